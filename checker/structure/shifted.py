"""A column that stands one line off: a cell was lost, what stood below it moved up, and its total prints nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from checker.core.figure import Figure
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.statement import Line, Statement
from checker.core.structure import Sum
from checker.core.value import frozen
from checker.lexicon.captions import word
from checker.structure.grid import foots


@frozen
class Shift:
    """Where a column stands one line off: the column, the line of its total, and the first line that is off."""

    statement: int
    column: int
    total: int
    first: int


def shifts(release: Release, sums: Sequence[Sum]) -> Iterator[Shift]:
    """The columns of tables that stand one line off, each told once. A sum whose amounts moved up holds in one column
    with the line above the total in its place, and in another as it stands."""
    told: set[tuple[int, int]] = set()
    tables = {statement.index: statement for statement in release.statements}
    for one in sums:
        statement = tables[one.statement]
        if one.kind != "total" or one.total >= len(statement.lines):
            continue
        total = one.total if word(statement.lines[one.total].caption) == "total" else one.total + 1
        terms = [(sign, line) for sign, line in one.terms if line != total - 1]
        if len(terms) < 2 or total >= len(statement.lines) or max(line for _, line in terms) >= total - 1:
            continue
        for column in range(len(statement.columns)):
            if (one.statement, column) not in told and _off(statement, (terms, total), column):
                told.add((one.statement, column))
                yield Shift(one.statement, column, total, _first(statement, [line for _, line in terms], column))


def shifted(release: Release, found: Sequence[Shift]) -> Iterator[Problem]:
    """A warning for each of them, at the amount that is its total."""
    tables = {statement.index: statement for statement in release.statements}
    for shift in found:
        lines = tables[shift.statement].lines
        figure = lines[shift.total - 1].figures[shift.column]
        assert figure is not None
        first, total = (" ".join(lines[at].caption.split()) for at in (shift.first, shift.total))
        message = (
            f"a column stands one line off from “{first}” on: what “{total}” comes to is printed one line above it, "
            "and the amounts before it foot so"
        )
        help = "put each amount from there on one line down; the line where it begins lost its amount"
        yield Problem("P204", "warning", message, release.source.path, figure.place, help=help)


def _off(statement: Statement, block: tuple[Sequence[tuple[int, int]], int], column: int) -> bool:
    """Whether the total prints nothing in a column and the line above it what the others come to, as it does itself
    in another column."""
    terms, total = block
    last, whole = statement.lines[total - 1], statement.lines[total]
    if _at(whole, column) is not None or word(whole.caption) != "total":
        return False
    others = [at for at in range(len(statement.columns)) if at != column and _at(whole, at) is not None]
    if not others or not _comes_to(statement, terms, (last, column)):
        return False
    return any(_comes_to(statement, [*terms, (1, total - 1)], (whole, at)) for at in others)


def _comes_to(statement: Statement, terms: Sequence[tuple[int, int]], cell: tuple[Line, int]) -> bool:
    line, column = cell
    whole = _at(line, column)
    parts = [(sign, one) for sign, at in terms if (one := _at(statement.lines[at], column)) is not None]
    if (
        whole is None
        or not whole.value
        or len(parts) < 2
        or not all(foots(one) for one in (whole, *(p for _, p in parts)))
    ):
        return False
    missed = abs(_value(whole) - sum(sign * _value(figure) for sign, figure in parts))
    return 2 * missed <= sum((figure.step for _, figure in parts), whole.step)


def _first(statement: Statement, lines: Sequence[int], column: int) -> int:
    """The line from which on the amounts of the column, one line down, are most like those of another column."""
    width = range(len(statement.columns))
    other = next(at for at in width if at != column and _at(statement.lines[lines[0]], at) is not None)
    own = [_value(_at(statement.lines[line], column)) for line in lines]
    beside = [_value(_at(statement.lines[line], other)) for line in (*lines, lines[-1] + 1)]

    def alike(start: int) -> Fraction:
        pairs = [*zip(own[:start], beside[:start], strict=True), *zip(own[start:], beside[start + 1 :], strict=True)]
        return sum((_likeness(one, two) for one, two in pairs), Fraction(0))

    return lines[max(range(len(lines)), key=lambda start: (alike(start), start))]


def _likeness(one: Decimal, two: Decimal) -> Fraction:
    """The smaller amount over the larger one; nothing where their signs differ."""
    return Fraction(min(abs(one), abs(two))) / Fraction(max(abs(one), abs(two))) if one * two > 0 else Fraction(0)


def _value(figure: Figure | None) -> Decimal:
    return figure.value if figure is not None and figure.value is not None else Decimal(0)


def _at(line: Line, column: int) -> Figure | None:
    return line.figures[column] if column < len(line.figures) else None
