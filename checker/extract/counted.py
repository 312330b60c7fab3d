"""In what scale share counts are printed, where earnings per share can tell: "in thousands, except per share data"
often leaves them in full.

Words give a scale to share counts; income over shares must come out at about the amount per share that is printed below
it. Where it does so in another scale only, that scale is taken and the worded one is kept as a reading. Nothing is
decided by a single line that fits in no scale.

Where share counts are printed in full and no word gives the amounts a scale, the same arithmetic tells that of the
amounts: a release that leaves out "in thousands" leaves it out of all its tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from checker.core.figure import Figure, Reading
from checker.core.statement import Line, Statement
from checker.core.value import evolve

_INCOME = re.compile(r"\b(?:income|loss|earnings|profit)\b", re.IGNORECASE)
_NEAR = Decimal("0.1")
"""What dilution and preferred dividends may take from a quotient; scales are a thousand apart."""
_ONE = Decimal(1)
_FEWEST = 2
"""Columns in which a scale must fit."""
_MILLION = 1000000
_FACTORS = (Decimal(1000), _ONE / 1000, Decimal(1000000), _ONE / 1000000)


def settled(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, with share counts, and amounts of which no word gives the scale, in the scale that their earnings
    per share ask for."""
    factors = [_asked(statement) for statement in statements]
    counted = tuple(
        _throughout(statement, _recounted, factor) if factor != 1 else statement
        for statement, factor in zip(statements, factors, strict=True)
    )
    amounts = {
        _ONE / factor
        for statement, factor in zip(statements, factors, strict=True)
        if factor < 1 and _is_in_full(statement)
    }
    if len(amounts) != 1:
        return counted
    return tuple(_throughout(statement, _revalued, next(iter(amounts))) for statement in counted)


def _throughout(statement: Statement, scaled: Callable[[Figure, Decimal], Figure], factor: Decimal) -> Statement:
    lines = (
        evolve(line, figures=tuple(figure and scaled(figure, factor) for figure in line.figures))
        for line in statement.lines
    )
    return evolve(statement, lines=tuple(lines))


def _is_in_full(statement: Statement) -> bool:
    """Whether its share counts are printed in full."""
    counts = [figure for line in statement.lines for figure in line.figures if figure is not None and figure.is_count]
    return all(figure.scale == 1 for figure in counts)


def _asked(statement: Statement) -> Decimal:
    """By what the share counts must be multiplied; 1 where nothing asks for another scale."""
    if not any(figure.is_count for figure in statement.figures):  # as nearly always
        return _ONE
    rates, counts = _lines(statement, lambda figure: figure.is_rate), _lines(statement, lambda figure: figure.is_count)
    if not rates or not counts:
        return _ONE
    return _factor(rates, counts, [line for line in statement.lines if _INCOME.search(line.caption)])


def _lines(statement: Statement, wanted: Callable[[Figure], bool]) -> list[Line]:
    return [
        line
        for line in statement.lines
        if any(figure is not None and figure.value and wanted(figure) for figure in line.figures)
    ]


def _factor(rates: Sequence[Line], counts: Sequence[Line], incomes: Sequence[Line]) -> Decimal:
    """By what the share counts must be multiplied to fit; 1 where they fit as worded, or in no scale."""
    if _fits(rates, counts, incomes, _ONE):
        return _ONE
    fewest = 1 if all(_in_full(figure) for count in counts for figure in count.figures) else _FEWEST
    found = [factor for factor in _FACTORS if _fits(rates, counts, incomes, factor) >= fewest]
    return found[0] if len(found) == 1 else _ONE


def _in_full(figure: Figure | None) -> bool:
    """Whether a share count is printed with so many digits that its scale would make it one of billions: then a single
    column that comes out in full tells."""
    return (
        figure is None
        or not figure.is_count
        or not figure.value
        or (figure.scale > 1 and abs(figure.value / figure.scale) >= _MILLION)
    )


def _fits(rates: Sequence[Line], counts: Sequence[Line], incomes: Sequence[Line], factor: Decimal) -> int:
    """The most columns in which one share count, so scaled, makes a printed income the amount per share."""
    return max(
        (
            sum(1 for place in range(len(count.figures)) if _comes_out(place, count, factor, (incomes, rates)))
            for count in counts
        ),
        default=0,
    )


def _comes_out(place: int, count: Line, factor: Decimal, among: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    """Whether in a column one of the incomes, over the count so scaled, is about one of the amounts per share."""
    incomes, rates = among
    shares = next(_values([count], place, lambda figure: figure.is_count), None)
    if shares is None:
        return False
    amounts = list(_values(incomes, place, lambda figure: figure.is_amount))
    return any(
        abs(amount / (shares * factor) - rate) <= _NEAR * abs(rate)
        for rate in _values(rates, place, lambda figure: figure.is_rate)
        for amount in amounts
    )


def _values(lines: Sequence[Line], place: int, wanted: Callable[[Figure], bool]) -> Iterator[Decimal]:
    """What the lines print in one column, zeros aside."""
    for line in lines:
        figure = line.figures[place] if place < len(line.figures) else None
        if figure is not None and figure.value and wanted(figure):
            yield figure.value


def _recounted(figure: Figure, factor: Decimal) -> Figure:
    """A share count in another scale; not where a part of a share would be left."""
    if not figure.is_count or figure.scale * factor < 1:
        return figure
    return _scaled(figure, factor, "the scale that the words give")


def _revalued(figure: Figure, factor: Decimal) -> Figure:
    """An amount of money to which no word gives a scale, in one."""
    if not figure.unit.is_money or not figure.is_unscaled:
        return figure
    return _scaled(figure, factor, "as printed: no word gives a scale")


def _scaled(figure: Figure, factor: Decimal, why: str) -> Figure:
    if figure.value is None:
        return figure
    return evolve(
        figure,
        value=trimmed(figure.value * factor),
        step=trimmed(figure.step * factor),
        scale=trimmed(figure.scale * factor),
        why=(*figure.why, "scale: the one in which earnings per share come out"),
        readings=(Reading(figure.value, figure.step, figure.unit, why), *figure.readings),
    )


def trimmed(number: Decimal) -> Decimal:
    """A whole number without decimals."""
    whole = number.to_integral_value()
    return whole if whole == number else number
