"""Tables whose heads state an equation of their columns: *As reported | Adjustment | As restated*, *GAAP | … |
Non-GAAP*, *Q1 … Q4 | Year*, *… | Total*.

The words say which columns add up to which; the rows say with which signs, and each row is judged by what the heads say
and the other rows bear out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import groupby

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import Expression, Variable, negative, total
from checker.core.figure import Figure
from checker.core.rule import Rule, Tolerance
from checker.core.statement import PRIMARY, Column, Line, Role, Statement
from checker.core.value import evolve, frozen
from checker.judge.relations import slipped
from checker.judge.stated import Row, meant, why_silent, worth_a_look
from checker.judge.table import COPIED, ROUNDED_TWICE
from checker.judge.trial import a_unit_of_a_note, broken, exactly_broken, to_the_last_digit
from checker.lexicon.captions import whole_column
from checker.lexicon.equations import ends, flows, goes_on, starts, steps, taken_off

_ADDITIVE: frozenset[Role] = frozenset({"amount", "shares", "count", "per share", "change"})
"""Roles of columns that may add up; an adjustment reads like a change."""
_NO_AMOUNTS: frozenset[Role] = frozenset({"average", "rate", "price", "ratio", "percent"})
"""Roles of lines that never add up along themselves."""
_FARTHEST = 12
"""Columns back from the last one of an equation in which its first is sought."""
_QUARTERS, _QUARTER, _YEAR = 4, 3, 12
"""Quarters of a year, and months of each and of it."""
Signs = tuple[int, ...]


@frozen
class Equation:
    """Columns that add up to another one, as their heads say."""

    total: int
    terms: tuple[tuple[int, int], ...]
    """Coefficient and column of each."""
    plain: bool
    """The heads leave no other reading: both ends of the way are named."""
    flows_only: bool = False
    """Only what happens over time adds up: quarters of a year."""


@frozen
class Case:
    """One line of a table as a case of an equation: the total first, then what is printed of the terms."""

    line: Line
    figures: tuple[Figure, ...]
    signs: Signs
    row: Row


@frozen
class Fit:
    """An equation in the lines of its table."""

    equation: Equation
    cases: tuple[Case, ...]

    @property
    def worth(self) -> tuple[int, int]:
        """Bits of the lines that hold less what those that do not take away, then how few there are of those."""
        lost = sum(case.row.broken for case in self.cases)
        return sum(case.row.bits for case in self.cases if not case.row.broken) - COPIED * lost, -lost


def headed_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks that heads state of `each row total = sum of its columns`."""
    for statement in book.lines.release.statements:
        for equations in _groups(statement):
            yield from _checks(rule, statement, equations, book)


def quarter_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks that heads state of `each long period = sum of its short periods`: four quarters and their year, of
    which the dates need not be known."""
    for statement in book.lines.release.statements:
        for equation in _years(statement.columns):
            yield from _checks(rule, statement, (equation,), book)


# ---- what the heads say ----------------------------------------------------------------------------------------------


def _groups(statement: Statement) -> Iterator[tuple[Equation, ...]]:
    """For each column that ends a way or is a total: the equations that may lead to it. Where two years of each part
    stand beside each other, a total is one of its own year."""
    columns = [column for column in statement.columns if column.role in _ADDITIVE]
    if len(columns) < 3:
        return
    for place, column in enumerate(columns):
        if ways := tuple(_ways(columns, place)):
            yield ways
        elif whole_column(_head(column)):
            own = [other for other in columns if _alike((other, column))]
            yield (*_wholes(columns, place), *(_wholes(own, own.index(column)) if len(own) < len(columns) else ()))


def _ways(columns: Sequence[Column], place: int) -> Iterator[Equation]:
    """The ways that end with this column: back to each column that can begin one, over others that neither begin nor
    end one."""
    kinds = ends(_head(columns[place]))
    for first in range(place - 2, max(place - _FARTHEST, -1), -1) if kinds else ():
        if not kinds & starts(_head(columns[first])) or not _alike(columns[first : place + 1]):
            continue
        between = columns[first + 1 : place]
        if any(ends(_head(each)) & kinds and not starts(_head(each)) & kinds for each in between):
            return
        yield from _signed(columns[place], columns[first], between)
    if place + 1 < len(columns) and kinds and place and kinds & starts(_head(columns[place - 1])):
        after = columns[place + 1]  # the adjustment stands behind the two that it leads between
        if steps(_head(after)) and _alike(columns[place - 1 : place + 2]):
            yield from _signed(columns[place], columns[place - 1], (after,))


def _signed(last: Column, first: Column, between: Sequence[Column]) -> Iterator[Equation]:
    """The steps added as printed, those taken off that their heads say so of, or all taken off."""
    worded = tuple(-1 if taken_off(_head(each)) else 1 for each in between)
    for signs in dict.fromkeys((tuple(1 for _ in between), worded, tuple(-1 for _ in between))):
        terms = ((1, first.index), *((sign, each.index) for sign, each in zip(signs, between, strict=True)))
        yield Equation(last.index, terms, plain=True)


def _wholes(columns: Sequence[Column], place: int) -> Iterator[Equation]:
    """A total as the sum of all columns before it back to another total, or of all behind it up to one; of a group of
    columns under a head of their own, of these alone."""
    before = _of_its_group(_until_total(reversed(columns[:place]))[::-1], columns[place])
    behind = _until_total(columns[place + 1 :])
    for parts in (before, before[1:], behind):
        schedule = any(goes_on(_head(part)) for part in parts)
        if len(parts) >= 2 and (schedule or _alike((*parts, columns[place]))):
            yield Equation(columns[place].index, tuple((1, part.index) for part in parts), plain=schedule)


def _of_its_group(before: list[Column], whole: Column) -> list[Column]:
    """The last of these columns that stand under the same head as the total, where two or more do; else all."""
    group = _head(whole).rpartition(" ")[0].casefold()
    at = len(before)
    while group and at and _head(before[at - 1]).casefold().startswith(f"{group} "):
        at -= 1
    return before[at:] if len(before) - at >= 2 else before


def _until_total(columns: Iterator[Column] | Sequence[Column]) -> list[Column]:
    found: list[Column] = []
    for column in columns:
        if whole_column(_head(column)):
            break
        found.append(column)
    return found[:_FARTHEST]


def _alike(columns: Sequence[Column]) -> bool:
    """Whether the columns are of one period, or none says of which."""
    return len({(column.period.end, column.period.months) for column in columns if column.period is not None}) <= 1


def _years(columns: Sequence[Column]) -> Iterator[Equation]:
    """Years with their four quarters, which stand together before or behind them."""
    amounts = [column for column in columns if column.role == "amount"]
    runs = [
        list(run) for _, run in groupby(amounts, key=lambda column: column.period.months if column.period else None)
    ]
    for number, run in enumerate(runs):
        if (
            len(run) != _QUARTERS
            or run[0].period is None
            or run[0].period.months != _QUARTER
            or len({_head(each) for each in run}) < _QUARTERS
        ):
            continue
        beside = [*(runs[number + 1][:1] if number + 1 < len(runs) else ()), *(runs[number - 1][-1:] if number else ())]
        year = next((each for each in beside if each.period is not None and each.period.months == _YEAR), None)
        if year is not None:
            yield Equation(year.index, tuple((1, each.index) for each in run), plain=True, flows_only=True)


def _head(column: Column) -> str:
    return column.member or column.head


# ---- what the rows say -----------------------------------------------------------------------------------------------


def _checks(rule: Rule, statement: Statement, equations: Sequence[Equation], book: Book) -> Iterator[Check]:
    forced = book.lines.release.forces_sums
    fits = [Fit(equation, tuple(_cases(statement, equation, forced))) for equation in equations]
    best = max(fits, key=lambda fit: fit.worth, default=None)
    if best is None or not any(case.row.bits for case in best.cases):
        return
    plain = best.equation.plain
    if not meant([case.row for case in best.cases], plain):
        return
    for place, case in enumerate(best.cases):
        others = [other.row for other in (*best.cases[:place], *best.cases[place + 1 :])]
        why = why_silent(case.row, others, plain, partial(_keyed, case)) if case.row.broken else None
        if case.row.broken and book.lines.garbled(case.figures):
            why = "an amount of the line cannot be read"
        if why is None or (
            plain and not (case.row.elsewhere or case.row.lone or case.row.slight)
        ):  # what a mere total leaves open is no note
            tolerance = Tolerance("exact" if to_the_last_digit(case.figures, forced) else "rounding")
            confirmed = len(others) if not any(other.broken for other in others) else 0
            check = _check(rule, statement, best.equation, case)
            if why is not None and check.severity == "error" and worth_a_look(case.row, others):
                check, why = evolve(check, severity="warning"), None
            if tolerance.kind == "exact" and a_unit_of_a_note(_residual(case), case.figures, statement.kind in PRIMARY):
                check = evolve(check, severity="note")
            yield evolve(check, tolerance=tolerance, forced=bool(forced), unlicensed=why, confirmed=confirmed)


def _cases(statement: Statement, equation: Equation, forced: bool | None) -> Iterator[Case]:
    """The lines that print the total and a term in one unit, and that the equation can be true of."""
    seen: set[tuple[str, ...]] = set()
    strays = _strays(statement, equation)
    for place, line in enumerate(statement.lines):
        whole = _summable(statement, line, equation.total)
        terms = [
            (sign, figure)
            for sign, column in equation.terms
            if (figure := _summable(statement, line, column)) is not None
        ]
        if whole is None or not terms or line.role in _NO_AMOUNTS:
            continue
        figures, signs = (whole, *(figure for _, figure in terms)), tuple(sign for sign, _ in terms)
        units = {figure.unit for figure in figures if figure.value}
        if len(units) != 1 or (equation.flows_only and not all(unit.is_money for unit in units)):
            continue
        lost = _is_broken(figures, signs, forced)
        if lost is not None and (
            not lost or whole.value or equation.plain
        ):  # a dash for a total is seldom a statement that it is zero
            key = tuple(figure.text for figure in figures)
            firm, lone = (
                not any(unit.is_per_share for unit in units),
                sum(bool(figure.value) for figure in figures[1:]) < 2
                and not (equation.plain and len(terms) == len(equation.terms)),  # a dash says that there is none
            )
            case = Case(line, figures, signs, Row(lost, 0 if key in seen else _bits(figures), firm, lone))
            yield (
                evolve(
                    case,
                    row=evolve(
                        case.row,
                        elsewhere=_misread(equation, case, strays) or _beside(statement, place, case),
                        slight=_is_slight(case, forced),
                    ),
                )
                if lost
                else case
            )
            seen.add(key)


def _summable(statement: Statement, line: Line, place: int) -> Figure | None:
    """What the line prints in a column, where that can be part of a sum along it: an amount, a change of one, an amount
    per share."""
    figure = line.figures[place] if place < len(line.figures) else None
    if figure is None or figure.value is None or figure.unit.is_relative:
        return None
    return figure if figure.additive or figure.unit.is_per_share or statement.columns[place].role == "change" else None


def _is_broken(figures: Sequence[Figure], signs: Signs, forced: bool | None) -> bool | None:
    left, right = _sides(figures, signs)
    if to_the_last_digit(figures, forced):
        return exactly_broken(left, right, figures)
    return broken(left, right, "=", figures)


def _sides(figures: Sequence[Figure], signs: Signs) -> tuple[Expression, Expression]:
    terms = (
        Variable(figure.id) if sign > 0 else negative(Variable(figure.id))
        for sign, figure in zip(signs, figures[1:], strict=True)
    )
    return Variable(figures[0].id), total(tuple(terms))


def _bits(figures: Sequence[Figure]) -> int:
    """How little chance would make so many digits agree; a line with one amount besides the total only repeats it."""
    parts = [figure for figure in figures[1:] if figure.value]
    size = max((abs(figure.value or Decimal(0)) / figure.step for figure in figures if figure.step), default=Decimal(0))
    bits = max(int(size).bit_length() - 1, 0)
    return bits if len(parts) >= 2 and figures[0].value is not None else min(bits, COPIED)


def _residual(case: Case) -> Fraction:
    values = [Fraction(figure.value or 0) for figure in case.figures]
    return values[0] - sum(sign * value for sign, value in zip(case.signs, values[1:], strict=True))


def _keyed(case: Case, least: int) -> bool:
    printed = [figure for figure in case.figures if figure.value]
    return slipped(
        _sides(case.figures, case.signs), printed, [figure for figure in case.figures if not figure.value], least
    )


def _is_slight(case: Case, forced: bool | None) -> bool:
    """Whether amounts that were rounded twice would differ as much."""
    if to_the_last_digit(case.figures, forced):
        return False
    return 2 * abs(_residual(case)) <= ROUNDED_TWICE * sum(
        Fraction(figure.step) for figure in case.figures if figure.value
    )


def _misread(equation: Equation, case: Case, strays: frozenset[Fraction]) -> bool:
    """Whether the row is built otherwise rather than misprinted: it misses by an amount of its own line, or by one that
    the equation has no place for, or looks like an average or a balance."""
    residual = abs(_residual(case))
    if residual in strays or any(
        residual == abs(Fraction(figure.value)) for figure in case.line.figures if figure is not None and figure.value
    ):
        return True
    if _foots_as_printed(case):
        return True
    parts = [
        sign * (figure.value or 0) for sign, figure in zip(case.signs, case.figures[1:], strict=True) if figure.value
    ]
    whole = case.figures[0].value or 0
    if len(parts) < 2 or not min(parts) <= whole <= max(parts) or min(parts) * max(parts) <= 0:
        return False
    return not flows(case.line.caption) if equation.flows_only else not equation.plain


def _foots_as_printed(case: Case) -> bool:
    """Whether a row of figures in several scales foots in the digits that are printed: "(in thousands)" of one head is
    said of something else."""
    if len({figure.scale for figure in case.figures if figure.value}) < 2:
        return False
    shown = [(figure.value or Decimal(0)) / figure.scale for figure in case.figures]
    slack = sum(figure.step / figure.scale for figure in case.figures)
    missed = shown[0] - sum(sign * value for sign, value in zip(case.signs, shown[1:], strict=True))
    return 2 * abs(missed) <= slack


def _beside(statement: Statement, place: int, case: Case) -> bool:
    """Whether a line beside prints just what is missing, and nothing in the columns that this one prints amounts in: a
    figure set one row off."""
    residual, own = abs(_residual(case)), case.line.figures
    for at in (place - 1, place + 1):
        other = statement.lines[at].figures if 0 <= at < len(statement.lines) else ()
        told = [figure for figure in other if figure is not None and figure.value is not None]
        apart = all(here is None or there is None for here, there in zip(own, other, strict=False))
        if told and apart and residual == abs(sum(Fraction(figure.value or 0) for figure in told)):
            return True
    return False


def _strays(statement: Statement, equation: Equation) -> frozenset[Fraction]:
    """Amounts at the end of lines that print nothing to come from: a total below takes them in. All of them together
    count as one."""
    ends = [line.figures[equation.total] for line in statement.lines if equation.total < len(line.figures)]
    begun = [
        any(_summable(statement, line, place) for _, place in equation.terms)
        for line in statement.lines
        if equation.total < len(line.figures)
    ]
    found = [
        abs(Fraction(figure.value))
        for figure, told in zip(ends, begun, strict=True)
        if figure is not None and figure.value and not told
    ]
    return frozenset((*found, sum(found, Fraction(0)))) if found else frozenset()


def _check(rule: Rule, statement: Statement, equation: Equation, case: Case) -> Check:
    columns = statement.columns
    first, *rest = equation.terms
    said = "".join(f" {'+' if sign > 0 else '-'} {_head(columns[place]) or 'column'}" for sign, place in rest)
    relation = f"{case.line.caption}, {_head(columns[equation.total]) or 'total'} = {_head(columns[first[1]])}{said}"
    return inferred(rule, relation, _sides(case.figures, case.signs)[1], case.figures)
