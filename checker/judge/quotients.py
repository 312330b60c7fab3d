"""Columns and lines that print what others come to (changes, percentages, amounts per share): when is it settled what
they compare, and may one that differs be called wrong?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from checker.judge import table


def compares(agreeing: int, lost: int, bits: int, keyed: Callable[[], bool]) -> bool:
    """Whether a column of changes compares two others: enough rows say so, or fewer with many digits; beside one row, a
    slip must explain the broken one."""
    if agreeing >= table.CHANGE_ROWS and 3 * lost <= agreeing:
        return True
    if agreeing >= 2 and agreeing > lost and bits >= (table.CHANGE_SURE if lost > 1 else table.CHANGE_BITS):
        return lost <= 2
    return agreeing >= 1 and bits >= table.CHANGE_LEAST and lost == 1 and keyed()


def as_said(bits: Sequence[int], lost: int) -> bool:
    """Whether a column of changes compares the two that its head means: `bits` of each row that agrees, and how many do
    not. Fewer rows and digits show it than where nothing says so; where none differs, each row must do without itself,
    or a slip in it would make all of them silent."""
    rest = sorted(bits)[:-1] if not lost else bits
    return len(rest) >= 1 and sum(rest) >= table.STATED_BITS and table.STATED_LOST * (lost - 1) <= len(rest)


def why_no_change(wrong: int, bits: int, slight: Callable[[], bool]) -> str | None:
    """Why a row of changes that differs stays a note: how many rows differ, the bits of those that agree, whether it
    differs by little."""
    if wrong > 2 or (wrong > 1 and bits < table.CHANGE_SURE):
        return "several rows of the column differ: it may compare something else"
    return "so small a difference may come from another basis of computation" if slight() else None


def makes_a_rate(held: int, wrong: int, bits: int) -> bool:
    """Whether the columns show which income and which shares make an amount per share; `bits` are those over choosing
    among the lines."""
    return held >= table.RATE_COLUMNS and wrong <= table.RATE_WRONG and bits >= table.RATE_BITS


def makes_a_worded_rate(held: int, wrong: int, bits: int) -> bool:
    """The same where captions name the income and the shares: one other column that agrees is enough."""
    return held >= 1 and held + wrong >= table.RATE_COLUMNS and wrong <= table.RATE_WRONG and bits >= table.RATE_WORDED


def taken_from_a_rate(basic: bool, held: int) -> Decimal:
    """The part of an amount per share by which other claims on the income may lower it."""
    return table.RATE_SLIGHTEST if basic and held >= table.RATE_SEVERAL else table.RATE_SLIGHT


def why_no_percentage(lost: int, several: bool, keyed: Callable[[], bool]) -> str | None:
    """Why a percentage that differs stays a note: how many differ, whether several others agree, whether a slip
    explains it."""
    return None if lost == 1 and (several or keyed()) else "too few others show what it is a percentage of"
