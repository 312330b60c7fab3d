"""Columns that print a change or a percent change of two others: found by the rows that agree, checked in every row.

Which two columns are compared is inferred, so a row may speak only where the column fits everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import permutations

from attrs import evolve

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import HUNDRED, Absolute, Add, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.rule import Rule
from checker.core.statement import Column, Line, Statement
from checker.core.unit import PERCENT
from checker.core.value import frozen
from checker.judge.quotients import compares, why_no_change
from checker.judge.relations import slipped
from checker.judge.table import CHANGE_UNITS
from checker.judge.trial import broken, growth_broken

_OTHER_BASIS = re.compile(r"constant|organic|comparable|currency|underlying|core|like.for.like|excluding|adjusted|local", re.IGNORECASE)
"""Heads of columns that compare other amounts than those printed beside them."""
_PAIRS = 6
"""Amount columns, nearest first, among which the two compared are sought."""


@frozen
class Row:
    """One row of such a column: what is printed, and the two figures it compares."""

    printed: Figure
    current: Figure
    prior: Figure
    broken: bool


def change_checks(role: str, rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each change column = current - prior` (role "change") or `each percent column = change / prior` (role "percent")."""
    for statement in book.lines.release.statements:
        for column in statement.columns:
            if column.role in ("change", "percent") and not _OTHER_BASIS.search(column.head):
                yield from _column_checks(rule, role, statement, column)


def _column_checks(rule: Rule, role: str, statement: Statement, column: Column) -> Iterator[Check]:
    amounts = sorted((one for one in statement.columns if one.role == "amount"), key=lambda one: abs(one.index - column.index))[:_PAIRS]
    numbers = {one.index: [_number(line, one) for line in statement.lines] for one in (column, *amounts)}
    tried = [
        rows
        for current, prior in permutations(amounts, 2)
        if (rows := _rows(zip(numbers[column.index], numbers[current.index], numbers[prior.index], strict=True), role))
    ]
    best = max(tried, key=lambda rows: (sum(not row.broken for row in rows), -sum(row.broken for row in rows)), default=[])
    wrong = sum(row.broken for row in best)
    telling = [row for row in best if not row.broken and _telling(row, role)]
    bits = sum(_bits(row) for row in telling) - len(tried).bit_length()
    lost = [row for row in best if row.broken]
    if not compares(len(telling), len(lost), bits, lambda: _keyed(lost[0], role)):
        return
    for row in best:
        check = _check(rule, row, role, _why_not(row, role, (wrong, bits)))
        yield evolve(check, confirmed=len(best) - 1 if wrong - row.broken == 0 else 0)


def _bits(row: Row) -> int:
    """How little chance would make so many digits agree."""
    printed, step = abs(Fraction(row.printed.value or 0)), Fraction(row.printed.step)
    return max(int(printed / step).bit_length() - 1, 0) if step else 0


def _keyed(row: Row, role: str) -> bool:
    """Whether one slip of the fingers in an amount explains the row, or an amount that is thousands of times too small or too large."""
    return slipped((Variable(row.printed.id), _computed(row.current, row.prior, role)), (row.current, row.prior), (row.printed,))


def _why_not(row: Row, role: str, column: tuple[int, int]) -> str | None:
    """Why a broken row stays a note; `column` has the rows that are broken, and the bits of those that agree."""
    return why_no_change(*column, lambda: _slight(row, role)) if row.broken else None


def _slight(row: Row, role: str) -> bool:
    """Whether the row is off by no more than another basis of computation makes it."""
    coarser = evolve(row.printed, step=row.printed.step * CHANGE_UNITS * 2)
    return not broken(Variable(row.printed.id), _computed(row.current, row.prior, role), "=", (coarser, row.current, row.prior))


def _telling(row: Row, role: str) -> bool:
    """Whether the amounts are printed finely enough for the row to bear witness: from 2 to 3 anything is the change."""
    if role == "change":
        return True
    current, prior = (abs(Fraction(figure.value or 0)) for figure in (row.current, row.prior))
    room = 50 * (Fraction(row.current.step) + Fraction(row.prior.step) * current / prior) / prior
    return room <= CHANGE_UNITS * Fraction(row.printed.step)


def _rows(figures: Iterable[tuple[Figure | None, Figure | None, Figure | None]], role: str) -> list[Row]:
    """The lines that print all three: what the column says, and the two amounts it may compare."""
    rows = []
    for printed, current, prior in figures:
        if printed is None or current is None or prior is None or current.unit != prior.unit:
            continue
        if (printed.unit == PERCENT) != (role == "percent") or (role == "change" and printed.unit != current.unit):
            continue
        if role == "percent" and ((current.value or 0) < 0 or (prior.value or 0) <= 0 or current.unit == PERCENT):
            continue  # houses differ on the sign of a change from or to a loss
        lost = _lost((printed, current, prior), role)
        if lost is not None:
            rows.append(Row(printed, current, prior, lost))
    return rows


def _lost(row: tuple[Figure, Figure, Figure], role: str) -> bool | None:
    printed, current, prior = row
    return growth_broken(*row) if role == "percent" else broken(Variable(printed.id), _computed(current, prior, role), "=", row)


def _number(line: Line, column: Column) -> Figure | None:
    figure = line.figures[column.index] if column.index < len(line.figures) else None
    return figure if figure is not None and figure.form == "number" and figure.value is not None else None


def _computed(current: Figure, prior: Figure, role: str) -> Expression:
    change = Add((Variable(current.id), negative(Variable(prior.id))))
    if role == "change":
        return change
    return Multiply(HUNDRED, Divide(change, Absolute(Variable(prior.id))))


def _check(rule: Rule, row: Row, role: str, unlicensed: str | None) -> Check:
    what = f"{row.current.caption}, {row.printed.head or role}"
    relation = f"{what} = " + ("current - prior" if role == "change" else "(current - prior) / prior")
    check = inferred(rule, relation, _computed(row.current, row.prior, role), (row.printed, row.current, row.prior))
    return evolve(check, period=row.current.period.text if row.current.period else "", unlicensed=unlicensed, percent=role == "percent")
