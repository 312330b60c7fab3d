"""A sum speaks only when it is closed: no additive line of the same block is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from checker.algebra.linear import Linear
from checker.bind.lookup import Book
from checker.core.statement import Line, Statement
from checker.core.unit import Unit
from checker.core.value import frozen
from checker.lexicon.captions import word

_MOST_STRAYS = 12
"""Lines left out of which any choice is tried against what a sum lacks: 4,096 choices; more lines are simply left
out."""


@frozen
class Stray:
    """A line that stands among the lines of a sum and belongs to no term of it; no amount where it is not known."""

    caption: str
    amount: Decimal | None = None
    step: Decimal = Decimal(0)


def could_explain(strays: Sequence[Stray], residual: Decimal, step: Decimal) -> bool:
    """Whether some of the lines left out, added or taken off, may be what a sum lacks, rounding of each allowed for:
    `residual` is what it misses by, `step` what its own figures may take from that."""
    amounts = [(one.amount, one.step) for one in strays if one.amount is not None]
    if len(amounts) < len(strays) or len(amounts) > _MOST_STRAYS:
        return True
    sums = [(Decimal(0), step)]
    for amount, room in amounts:
        sums += [(total + amount, slack + room) for total, slack in sums]
    return any(2 * abs(abs(total) - abs(residual)) <= slack for total, slack in sums[1:])


def strays(form: Linear, book: Book) -> tuple[Stray, ...]:
    """The lines that stand among the lines of a sum and belong to no term of it; none where the sum is closed.

    Only plain sums are asked (coefficients of one, all figures in one column of one statement). A line is covered when
    the inferred sums build one of the bound lines from it, or build it from bound or covered ones.
    """
    if form.constant or any(abs(coefficient) != 1 for coefficient in form.coefficients.values()):
        return ()
    places = [book.lines.places.get(figure) for figure in form.coefficients]
    found = [place for place in places if place is not None]
    if len(found) < 2 or len(found) < len(places):
        return ()
    spot, column = found[0]
    if any(other.statement is not spot.statement or standing is not column for other, standing in found):
        return ()
    return _left_out(spot.statement, spot.statement.columns.index(column), {spot.line.index for spot, _ in found}, book)


def _left_out(statement: Statement, column: int, bound: set[int], book: Book) -> tuple[Stray, ...]:
    units = {
        figure.unit for line in statement.lines if line.index in bound and (figure := line.figures[column]) is not None
    }
    addends = _addends(statement, book)
    within = [line for line in statement.lines if min(bound) < line.index < max(bound) and line.index not in bound]
    untold = next((line.caption for line in within if line.untold), None)
    if untold is not None:
        return (Stray(untold),)
    adding = [line for line in (*_before(statement, min(bound), addends), *within) if _adds(line, column, units)]
    if not adding:
        return ()
    sections = (_section(statement, total) for total in bound)
    covered = _covered(bound, addends) | {line for section in sections if not section & bound for line in section}
    return tuple(
        Stray(line.caption or "an unnamed line", figure.value, figure.step)
        for line in adding
        if line.index not in covered and (figure := line.figures[column]) is not None
    )


def _before(statement: Statement, first: int, addends: Mapping[int, frozenset[int]]) -> list[Line]:
    """Lines of the same section just above the first bound one, up to the last heading or total."""
    section = next((line.under for line in statement.lines if line.index == first), ())
    found: list[Line] = []
    for line in reversed([line for line in statement.lines if line.index < first]):
        if not section or line.is_heading or line.under != section or line.index in addends:
            break
        found.append(line)
    return found


def _section(statement: Statement, total: int) -> set[int]:
    """The lines that layout alone gives a total by its words: all that stand between the heading of its section and
    itself, no other total among them."""
    place = next((at for at, line in enumerate(statement.lines) if line.index == total), 0)
    section = statement.lines[place].under
    if word(statement.lines[place].caption) not in ("total", "subtotal") or not section:
        return set()
    found: set[int] = set()
    for line in reversed(statement.lines[:place]):
        if line.is_heading and (*line.under, line.caption) == section:
            return found
        if line.is_heading or line.under != section or word(line.caption) in ("total", "subtotal"):
            return set()
        found.add(line.index)
    return set()


def _adds(line: Line, column: int, units: set[Unit]) -> bool:
    figure = line.figures[column] if column < len(line.figures) else None
    return figure is not None and bool(figure.value) and figure.additive and figure.unit in units


def _addends(statement: Statement, book: Book) -> Mapping[int, frozenset[int]]:
    """The lines that each inferred total of the statement is built from."""
    found: dict[int, frozenset[int]] = {}
    for one in book.lines.release.sums:
        if one.statement == statement.index and one.kind in ("total", "roll-forward"):
            found[one.total] = found.get(one.total, frozenset()) | {line for _, line in one.terms}
    return found


def _covered(bound: set[int], addends: Mapping[int, frozenset[int]]) -> set[int]:
    """Lines that a bound one is built from, and subtotals built from bound or covered ones alone, to any depth.

    A bound total that is itself built from another bound line is the sum that is asked about: it covers nothing.
    """
    covered = {line for total in bound if not (parts := _within(total, addends)) & bound for line in parts} | bound
    grown = True
    while grown:
        above = {total for total, parts in addends.items() if parts and parts <= covered}
        grown = not above <= covered
        covered |= above
    return covered


def _within(total: int, addends: Mapping[int, frozenset[int]]) -> set[int]:
    """All lines a total is built from, at any depth; not itself."""
    found: set[int] = set()
    fresh = set(addends.get(total, ()))
    while fresh:
        found |= fresh
        fresh = {line for part in fresh for line in addends.get(part, ())} - found
    return found - {total}
