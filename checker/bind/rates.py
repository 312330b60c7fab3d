"""Amounts per share: which income of its table and which share count make each of them, found by the columns that
agree, checked in every column.

Captions alone name few of these lines alike, and written rules bind to the consolidated columns only; that the same
income over the same share count comes out at the printed amount in column after column does not depend on words. One
that is broken in more than one column compares something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Literal

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import MINUS_ONE, Divide, Expression, Multiply, Variable
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.problem import SEVERITIES
from checker.core.rule import Rule
from checker.core.statement import Line, Statement
from checker.core.value import evolve, frozen
from checker.judge.quotients import makes_a_rate, makes_a_worded_rate, taken_from_a_rate
from checker.judge.table import RATE_GROSS, RATE_LOOK, RATE_SLIGHTEST, RATE_WRONG
from checker.judge.trial import broken

_LINES = 16
"""Income lines, nearest first, among which the one divided is sought."""
_INCOME = re.compile(r"\b(?:income|loss|earnings|profit|result)\b", re.IGNORECASE)
_NET = re.compile(
    (
        r"\bnet\b.*\b(?:income|loss|earnings|profit)\b|\b(?:profit|loss|earnings|income)\b.*\b(?:for the|"
        r"attributable|available|applicable)\b"
    ),
    re.IGNORECASE,
)
"""Captions of the income that amounts per share are made of."""
_SORTS = re.compile(r"\bbasic\b|\bdiluted\b", re.IGNORECASE)
_ONLY_SORTS = re.compile(r"(?:(?:basic|diluted|and|or|[,&/–—-])\s*)+:?", re.IGNORECASE)

Sign = Literal[1, -1]
SIGNS: tuple[Sign, ...] = (1, -1)


@frozen
class Column:
    """What one column prints of the three, and whether that can be."""

    rate: Figure
    income: Figure
    count: Figure
    broken: bool
    bits: int


@frozen
class Fit:
    """An amount per share with the lines that make it."""

    sign: Sign
    """-1 for a loss per share printed without its sign, or the other way round."""
    columns: tuple[Column, ...]
    worded: bool = False
    """Only captions say which lines they are, and too few columns bear them out."""

    @property
    def evidence(self) -> tuple[int, int]:
        """Bits of the columns that agree, then how few do not."""
        return sum(column.bits for column in self.columns if not column.broken), -self.wrong

    @property
    def held(self) -> int:
        """How many columns agree."""
        return len(self.columns) - self.wrong

    @property
    def wrong(self) -> int:
        """How many columns do not."""
        return sum(column.broken for column in self.columns)


def rate_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each amount per share = income / shares`."""
    statements = book.lines.release.statements
    counted = {statement.index: _counts(statement) for statement in statements}
    for statement in statements:
        rates = [
            (place, line)
            for place, line in enumerate(statement.lines)
            if any(_is_rate(figure) for figure in line.figures)
        ]
        if rates:
            counts = counted[statement.index] or [
                line for other in statements for line in _beside(counted[other.index], statement)
            ]
            for place, rate in rates:
                for check in _line_checks(rule, rate, (_incomes(statement, place), counts)):
                    made = check.unlicensed is None and _made_elsewhere(check, statement, statements)
                    yield evolve(check, unlicensed=_ANOTHER_INCOME) if made else check


_ANOTHER_INCOME = "a note makes it of another income and the same shares"


def _made_elsewhere(check: Check, own: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a broken amount per share is printed once more, with its shares, in a column of another table that prints
    the income it is made of: an assumed conversion changes that too."""
    rate, income, count = check.figures[:3]
    amount, shares, step = (Fraction(one or 0) for one in (rate.value, count.value, rate.step))
    if not shares or 2 * abs(abs(Fraction(income.value or 0) / shares) - abs(amount)) <= step:
        return False
    for statement in statements:
        if statement.index == own.index:
            continue
        for place in range(len(statement.columns)):
            column = [figure for line in statement.lines if (figure := line.figures[place]) is not None]
            values = {figure.value for figure in column}
            if not {rate.value, count.value} <= values:
                continue
            if any(
                figure.is_amount
                and figure.value
                and 2 * abs(abs(Fraction(figure.value) / shares) - abs(amount)) <= step + Fraction(figure.step) / shares
                for figure in column
            ):
                return True
    return False


def _counts(statement: Statement) -> list[Line]:
    return [line for line in statement.lines if any(_is_count(figure) for figure in line.figures)]


def _beside(counts: Sequence[Line], statement: Statement) -> Iterator[Line]:
    """Share counts of another table, a note on them most often, in the columns of a statement that prints none: those
    of the same stretch of time."""
    for line in counts:
        of_period: dict[Period, Figure] = {}
        for figure in line.figures:
            if figure is not None and _is_count(figure) and figure.period is not None and figure.period.months:
                of_period.setdefault(figure.period, figure)
        if of_period:
            periods = [
                column.period for column in statement.columns
            ]  # a second column of one period is a change, or a part
            yield evolve(
                line,
                figures=tuple(
                    of_period.get(one) if one and one not in periods[:at] else None for at, one in enumerate(periods)
                ),
            )


def _incomes(statement: Statement, place: int) -> list[Line]:
    """The lines of income above an amount per share, nearest first, then those below it."""
    near = [*reversed(statement.lines[:place]), *statement.lines[place + 1 :]]
    return [
        line for line in near if _INCOME.search(line.caption) and any(_is_amount(figure) for figure in line.figures)
    ][:_LINES]


def _line_checks(rule: Rule, rate: Line, among: tuple[Sequence[Line], Sequence[Line]]) -> Iterator[Check]:
    best: Fit | None = None
    choices = (len(among[0]) * len(among[1])).bit_length()
    for count, income in product(among[1], among[0]):
        if _contrary(rate, count):
            continue
        for sign in SIGNS:
            fit = Fit(sign, tuple(_columns(rate, income, count, sign)))
            if makes_a_rate(fit.held, fit.wrong, fit.evidence[0] - choices) and (
                best is None or fit.evidence > best.evidence
            ):
                best = fit
    best = best or _worded(rate, among)
    if best is not None:
        for column in best.columns:
            slight = column.broken and _slight(column, best)
            if slight and not best.worded:
                continue  # it says nothing
            look = slight and best.evidence[0] >= RATE_LOOK and not _differs_by_less(column, RATE_SLIGHTEST, best.sign)
            why = (
                "so small a difference may come from securities that share in the income"
                if slight and not look
                else None
            )
            check = _check(rule, column, best)
            check = evolve(check, severity=min(check.severity, "warning", key=SEVERITIES.index)) if look else check
            yield evolve(
                check, unlicensed=why, confirmed=best.held - 1 if not best.wrong else best.held if column.broken else 0
            )


def _worded(rate: Line, among: tuple[Sequence[Line], Sequence[Line]]) -> Fit | None:
    """An amount per share made of what its words ask for: the nearest net income, and the one share count of its own
    sort."""
    incomes, counts = among
    income = next((line for line in incomes if _NET.search(line.caption)), None)
    alike = [line for line in counts if _sorts(line) and _sorts(line) == _sorts(rate)]
    if not alike and len(counts) == 1 and not _sorts(counts[0]) and _sorts(rate) != {"diluted"}:
        alike = list(counts)  # the only share count there is
    if income is None or len(alike) != 1:
        return None
    fits = [Fit(sign, tuple(_columns(rate, income, alike[0], sign)), worded=True) for sign in SIGNS]
    best = max(fits, key=lambda fit: (fit.held, fit.evidence))
    return best if makes_a_worded_rate(best.held, best.wrong, best.evidence[0]) else None


def _contrary(rate: Line, count: Line) -> bool:
    """Whether one says basic and the other diluted."""
    said = _sorts(rate), _sorts(count)
    return len(said[0]) == 1 and len(said[1]) == 1 and said[0] != said[1]


def _sorts(line: Line) -> set[str]:
    """Whether a line says basic, diluted or both."""
    return {word.lower() for word in _SORTS.findall(" ".join((*line.under, line.caption)))}


def _columns(rate: Line, income: Line, count: Line, sign: Sign) -> Iterator[Column]:
    """The columns that print all three, up to the second that is broken: no more are asked for."""
    wrong = 0
    seen: set[tuple[str, str, str]] = set()
    for one, amount, shares in zip(rate.figures, income.figures, count.figures, strict=False):
        if (
            one is None
            or amount is None
            or shares is None
            or not (_is_rate(one) and _is_amount(amount) and _is_count(shares))
        ):
            continue
        lost = broken(Variable(one.id), _quotient(amount, shares, sign), "=", (one, amount, shares))
        if lost is None or not one.value:
            continue
        key = (one.text, amount.text, shares.text)
        yield Column(
            one, amount, shares, lost, 0 if key in seen or not one.step else int(abs(one.value) / one.step).bit_length()
        )
        seen.add(key)
        wrong += lost
        if wrong > RATE_WRONG:
            return


def _quotient(income: Figure, count: Figure, sign: Sign) -> Expression:
    quotient = Divide(Variable(income.id), Variable(count.id))
    return Multiply(MINUS_ONE, quotient) if sign < 0 else quotient


def _is_rate(figure: Figure | None) -> bool:
    return (
        figure is not None
        and figure.is_rate
        and figure.form == "number"
        and figure.value is not None
        and figure.step < 1
    )


def _is_count(figure: Figure | None) -> bool:
    return figure is not None and figure.is_count and figure.value is not None and figure.value > 0


def _is_amount(figure: Figure | None) -> bool:
    return figure is not None and figure.is_amount and bool(figure.value)


def _check(rule: Rule, column: Column, fit: Fit) -> Check:
    relation = f"{_said(column.rate)} = {'-' if fit.sign < 0 else ''}{column.income.caption} / {_said(column.count)}"
    return inferred(
        rule, relation, _quotient(column.income, column.count, fit.sign), (column.rate, column.income, column.count)
    )


def _said(figure: Figure) -> str:
    """The caption, after its head where it says little alone ("Basic")."""
    tells = len(figure.caption.split()) > 2 and not _ONLY_SORTS.fullmatch(figure.caption.strip())
    return figure.caption if tells or not figure.under else f"{figure.under[-1].rstrip(':')}: {figure.caption}"


def _slight(column: Column, fit: Fit) -> bool:
    """Whether other claims on the income, or an amount rounded a second time, may make a broken column differ by as
    little as it does."""
    basic = "diluted" not in f"{column.rate.caption} {column.count.caption}".lower()
    return _differs_by_less(column, RATE_GROSS if fit.worded else taken_from_a_rate(basic, fit.held), fit.sign)


def _differs_by_less(column: Column, part: Decimal, sign: Sign) -> bool:
    """Whether a broken column would hold if its amount per share might be off by such a part of it, or by a second
    rounding."""
    step = column.rate.step
    coarser = evolve(column.rate, step=max(step + 2 * part * abs(column.rate.value or Decimal(0)), 2 * step))
    return not broken(
        Variable(coarser.id), _quotient(column.income, column.count, sign), "=", (coarser, column.income, column.count)
    )
