"""Columns that print a change or a percent change of two others: found by the rows that agree, checked in every row.

Which two columns are compared is inferred, so a row may speak only where the column fits everywhere else. A head that
says that its column is the change of the two before it needs fewer rows. Percentages beside amounts change by points,
and are judged by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import permutations

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import HUNDRED, Absolute, Add, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.rule import Rule
from checker.core.statement import Column, Line, Statement
from checker.core.unit import PERCENT, RATIO
from checker.core.value import evolve, frozen
from checker.judge.quotients import as_said, compares, why_no_change
from checker.judge.relations import slipped
from checker.judge.table import CHANGE_UNITS, STATED_LOST, STATED_UNITS
from checker.judge.trial import broken, growth_broken
from checker.lexicon.bases import otherwise
from checker.lexicon.equations import changes

_OTHER_BASIS = re.compile(
    r"constant|organic|comparable|currency|underlying|core|like.for.like|excluding|adjusted|local", re.IGNORECASE
)
"""Heads of columns that compare other amounts than those printed beside them."""
_FAVOUR = re.compile(r"variance|favou?rable|\bfav\b|better|worse|\b(?:over|under)\b.*budget", re.IGNORECASE)
"""Heads of columns whose sign may say whether the difference is a good one, so that costs have the other."""
_COMMON = 50
"""Percent by which amounts commonly change."""
_PAIRS = 6
"""Amount columns, nearest first, among which the two compared are sought."""


@frozen
class Row:
    """One row of such a column: what is printed, and the two figures it compares, by their sizes where both are
    negative and the change is printed so."""

    printed: Figure
    current: Figure
    prior: Figure
    broken: bool
    by_size: bool = False


def change_checks(role: str, rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each change column = current - prior` (role "change") or `each percent column = change / prior`
    (role "percent")."""
    for statement in book.lines.release.statements:
        for column in statement.columns:
            if column.role in ("change", "percent") and not (
                _OTHER_BASIS.search(column.head) or otherwise(column.head)
            ):
                yield from _column_checks(rule, role, statement, column)


def _column_checks(rule: Rule, role: str, statement: Statement, column: Column) -> Iterator[Check]:
    amounts = sorted(
        (one for one in statement.columns if one.role == "amount"), key=lambda one: abs(one.index - column.index)
    )[:_PAIRS]
    numbers = {one.index: [_number(line, one) for line in statement.lines] for one in (column, *amounts)}
    said = _said(column, amounts)
    pairs = (
        [said, *(pair for pair in permutations(amounts, 2) if pair != said)] if said else list(permutations(amounts, 2))
    )
    tried = [
        (pair == said, rows)
        for pair in pairs
        if (
            rows := _rows(
                zip(numbers[column.index], *(numbers[one.index] for one in pair), strict=True),
                (role, bool(_FAVOUR.search(column.head))),
            )
        )
    ]
    for points in (False, True):
        families = [(told, [row for row in rows if (row.current.unit == PERCENT) == points]) for told, rows in tried]
        yield from _family_checks(rule, role, [family for family in families if family[1]])


def _said(column: Column, amounts: Sequence[Column]) -> tuple[Column, Column] | None:
    """The two columns that the head of a change means, the later one first: those just before it, of unlike periods or
    none, where it says nothing else."""
    before = sorted((one for one in amounts if one.index < column.index), key=lambda one: -one.index)[:2]
    if len(before) < 2 or not changes(column.head):
        return None
    second, first = before
    ends = [one.period.end if one.period else None for one in (first, second)]
    return (second, first) if ends[0] is not None and ends[1] is not None and ends[1] > ends[0] else (first, second)


def _family_checks(rule: Rule, role: str, tried: Sequence[tuple[bool, list[Row]]]) -> Iterator[Check]:
    """The checks of one sort of rows, amounts or percentages, for the two columns that the most of them agree with."""
    told, best = max(
        tried,
        key=lambda each: (sum(not row.broken for row in each[1]), -sum(row.broken for row in each[1])),
        default=(False, []),
    )
    if all(_both_below(row.current, row.prior) for row in best if not row.broken):
        best = [row for row in best if not _only_turned(row, role)]
    wrong = sum(row.broken for row in best)
    telling = [row for row in best if not row.broken and _telling(row, role)]
    bits = sum(_bits(row) for row in telling) - (0 if told else len(tried).bit_length())
    lost = [row for row in best if row.broken]
    if wrong > 1 and best[0].current.unit == PERCENT:
        return  # points are as often basis points, or rates of change
    stated = told and as_said([_size(row, role) for row in telling], wrong)
    if not stated and not compares(len(telling), len(lost), bits, lambda: _keyed(lost[0], role)):
        return
    units = STATED_UNITS if stated and len(telling) >= STATED_LOST else CHANGE_UNITS
    for row in best:
        why = why_no_change(wrong, bits, partial(_slight, row, role, units)) if row.broken else None
        yield evolve(_check(rule, row, role, why), confirmed=len(best) - 1 if wrong - row.broken == 0 else 0)


def _bits(row: Row) -> int:
    """How little chance would make so many digits agree."""
    printed, step = abs(Fraction(row.printed.value or 0)), Fraction(row.printed.step)
    either = _both_below(row.current, row.prior)  # a sign that may be either tells nothing
    return max(int(printed / step).bit_length() - 1 - either, 0) if step else 0


def _size(row: Row, role: str) -> int:
    """The same where it is not asked which columns are compared: two amounts have any difference up to their own size,
    or up to some half of it."""
    largest = max(
        abs(Fraction(figure.value or 0))
        for figure in ((row.printed,) if role == "percent" else (row.printed, row.current, row.prior))
    )
    largest = max(largest, Fraction(_COMMON)) if role == "percent" else largest
    return max(int(largest / Fraction(row.printed.step)).bit_length() - 1, 0) if row.printed.step else 0


def _keyed(row: Row, role: str) -> bool:
    """Whether one slip of the fingers in an amount explains the row, or an amount that is thousands of times too small
    or too large."""
    return slipped((Variable(row.printed.id), _computed(row, role)), (row.current, row.prior), (row.printed,))


def _slight(row: Row, role: str, units: int) -> bool:
    """Whether the row is off by no more than another basis of computation makes it, or compares amounts of one digit,
    which are made to foot by a unit."""
    if role == "percent" and max(
        abs(Fraction(figure.value or 0)) for figure in (row.current, row.prior)
    ) < 10 * Fraction(row.current.step):
        return True
    coarser = evolve(row.printed, step=row.printed.step * units * 2)
    return not broken(Variable(row.printed.id), _computed(row, role), "=", (coarser, row.current, row.prior))


def _telling(row: Row, role: str) -> bool:
    """Whether the amounts are printed finely enough for the row to bear witness: from 2 to 3 anything is the change."""
    if role == "change":
        return True
    current, prior = (abs(Fraction(figure.value or 0)) for figure in (row.current, row.prior))
    room = 50 * (Fraction(row.current.step) + Fraction(row.prior.step) * current / prior) / prior
    return room <= CHANGE_UNITS * Fraction(row.printed.step)


def _rows(figures: Iterable[tuple[Figure | None, Figure | None, Figure | None]], sort: tuple[str, bool]) -> list[Row]:
    """The lines that print all three: what the column says, and the two amounts it may compare. `sort` is its role, and
    whether a sign says what is favourable."""
    role, favours = sort
    rows = []
    for printed, current, prior in figures:
        if printed is None or current is None or prior is None or current.unit != prior.unit:
            continue
        if role == "percent" and (
            printed.unit != PERCENT
            or printed.in_points
            or current.unit == PERCENT
            or ((current.value or 0) < 0) != ((prior.value or 0) < 0)
            or not prior.value
        ):
            continue  # houses differ on the sign of a change from or to a loss
        if role == "percent" and _both_below(current, prior):
            rows.append(_deepened(printed, current, prior))
            continue
        if role == "change" and (printed.unit != current.unit or printed.unit == RATIO):
            continue
        lost = _lost((printed, current, prior), role)
        if lost and _in_basis_points(printed, current, prior):
            continue
        deducted = max(current.value or 0, prior.value or 0) < 0  # houses may print by how much more it became
        if lost and role == "change" and (favours or deducted) and _lost((printed, prior, current), role) is False:
            rows.append(Row(printed, prior, current, broken=False))
        elif lost is not None:
            rows.append(Row(printed, current, prior, lost))
    return rows


def _both_below(current: Figure, prior: Figure) -> bool:
    """Whether both amounts are negative: costs in brackets, two losses."""
    return (current.value or 0) < 0 and (prior.value or 0) < 0


def _deepened(printed: Figure, current: Figure, prior: Figure) -> Row:
    """The row of two negative amounts: houses print by how much the size grew, or how much better or worse it became;
    whichever is nearer is meant."""
    sizes = _negated(current), _negated(prior)
    by_size, by_worth = growth_broken(printed, *sizes), growth_broken(_negated(printed), *sizes)
    grown = (Fraction(current.value or 0) / Fraction(prior.value or 1) - 1) * Fraction(printed.value or 0) >= 0
    sized = not by_size or (grown and bool(by_worth))
    return Row(printed, current, prior, bool(by_size and by_worth), sized)


def _negated(figure: Figure) -> Figure:
    return evolve(figure, value=None if figure.value is None else -figure.value)


def _only_turned(row: Row, role: str) -> bool:
    """Whether the change of amounts that are not negative is printed with the other sign: where all others are
    negative, that may be this column's way."""
    turned = role == "percent" and row.broken and not _both_below(row.current, row.prior)
    return turned and growth_broken(_negated(row.printed), row.current, row.prior) is False


def _lost(row: tuple[Figure, Figure, Figure], role: str) -> bool | None:
    printed, current, prior = row
    return (
        growth_broken(*row)
        if role == "percent"
        else broken(Variable(printed.id), _difference(Variable(current.id), Variable(prior.id)), "=", row)
    )


def _in_basis_points(printed: Figure, current: Figure, prior: Figure) -> bool:
    """Whether the row compares rates that print no sign: what it prints is a hundred times their difference."""
    change = Multiply(HUNDRED, _difference(Variable(current.id), Variable(prior.id)))
    return not broken(Variable(printed.id), change, "=", (_bare(printed), _bare(current), _bare(prior)))


def _bare(figure: Figure) -> Figure:
    """A figure as its digits alone stand there, without a scale that was stated for amounts."""
    return evolve(figure, value=(figure.value or 0) / figure.scale, step=figure.step / figure.scale)


def _number(line: Line, column: Column) -> Figure | None:
    figure = line.figures[column.index] if column.index < len(line.figures) else None
    return figure if figure is not None and figure.form == "number" and figure.value is not None else None


def _difference(current: Expression, prior: Expression) -> Expression:
    return Add((current, negative(prior)))


def _computed(row: Row, role: str) -> Expression:
    """What the column should print: the change, in percent of the size of the prior amount where its role says so."""
    current, prior = Variable(row.current.id), Variable(row.prior.id)
    if role == "change":
        return _difference(current, prior)
    change = _difference(Absolute(current), Absolute(prior)) if row.by_size else _difference(current, prior)
    return Multiply(HUNDRED, Divide(change, Absolute(prior)))


def _check(rule: Rule, row: Row, role: str, unlicensed: str | None) -> Check:
    what = f"{row.current.caption}, {row.printed.head or role}"
    relation = f"{what} = " + ("current - prior" if role == "change" else "(current - prior) / prior")
    check = inferred(rule, relation, _computed(row, role), (row.printed, row.current, row.prior))
    return evolve(
        check,
        period=row.current.period.text if row.current.period else "",
        unlicensed=unlicensed,
        percent=role == "percent",
    )
