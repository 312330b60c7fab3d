"""Equations that words state (the heads of columns, the captions of lines): are they meant here, and may a row that
breaks one speak?

Words are worth most of the belief, so that one row can be enough; but a table may be built otherwise than its heads
sound, so rows that break it speak against it first, and each is judged by the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.core.value import frozen
from checker.judge.table import SLIP, STATED_BITS, STATED_FIRM, STATED_LOST, STATED_ROWS, STATED_SLIP, STATED_SLIPS


@frozen
class Row:
    """One row of a stated equation as seen: whether it is broken, and how many bits chance would need to make it
    hold."""

    broken: bool
    bits: int
    firm: bool = True
    """It prints amounts that add up: rates and amounts per share follow bases of their own."""
    lone: bool = False
    """It prints but one amount beside the total: the two may differ by what is printed nowhere."""
    elsewhere: bool = False
    """What it misses by is printed beside it, or its total is like one of its addends, as a balance or an average
    is."""
    slight: bool = False
    """A second rounding explains by how much it misses."""


def meant(rows: Sequence[Row], plain: bool) -> bool:
    """Whether the table is built as its heads say. `plain`: the words leave no other reading."""
    held = [row for row in rows if not row.broken]
    lost = [row for row in rows if row.broken and row.firm]
    if len(lost) > 1 and STATED_LOST * len(lost) > len(held):
        return False
    bits = [row.bits for row in held]
    if not plain:
        return (
            sum(bits if lost else sorted(bits)[:-1]) >= STATED_FIRM
        )  # each row must do without itself, or a slip in it would make all of them silent
    return sum(bits) >= STATED_BITS or len(lost) == 1


def why_silent(row: Row, others: Sequence[Row], plain: bool, keyed: Callable[[int], bool]) -> str | None:
    """Why a broken row stays a note, judged by the others; None where it may be called a violation. `keyed` asks
    whether a slip of so many bits explains it."""
    if not row.firm:
        return "amounts per share and rates need not add up across"
    lost = sum(other.broken and other.firm for other in others)
    held = [other for other in others if not other.broken and other.bits]
    bits = sum(other.bits for other in held)
    if lost and STATED_LOST * (lost + 1) > len(held):
        return "several rows differ: the table may be built otherwise than its heads say"
    if row.slight:
        return "a second rounding explains so small a difference"
    if row.elsewhere:
        return "what differs is printed in the row itself, or it prints a balance: it may be built otherwise"
    if not row.lone and not lost and len(held) >= STATED_ROWS and bits >= STATED_FIRM:
        return None
    if keyed(
        (STATED_SLIPS if bits >= STATED_BITS else STATED_SLIP)
        if plain
        else (STATED_SLIP if bits >= STATED_FIRM else SLIP)
    ):
        return None
    return "too few other rows confirm what the heads say"


def worth_a_look(row: Row, others: Sequence[Row]) -> bool:
    """Whether a row that words alone say is wrong is a warning, not only a note: nothing in its table speaks against
    the words."""
    return (
        row.firm and not row.lone and not row.elsewhere and not row.slight and not any(other.broken for other in others)
    )
