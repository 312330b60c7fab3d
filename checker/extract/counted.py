"""In what scale share counts are printed, where earnings per share can tell: "in thousands, except per share data" often leaves them in full.

Words give a scale to share counts; income over shares must come out at about the amount per share that is printed below it. Where it does so in another
scale only, that scale is taken and the worded one is kept as a reading. Nothing is decided by a single line that fits in no scale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from attrs import evolve

from checker.core.figure import Figure, Reading
from checker.core.statement import Line, Statement

_INCOME = re.compile(r"\b(?:income|loss|earnings|profit)\b", re.IGNORECASE)
_NEAR = Decimal("0.1")
"""What dilution and preferred dividends may take from a quotient; scales are a thousand apart."""
_FEWEST = 2
"""Columns in which a scale must fit."""
_FACTORS = (Decimal(1000), Decimal(1) / 1000, Decimal(1000000), Decimal(1) / 1000000)


def settled(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, with share counts in the scale that their earnings per share ask for."""
    return tuple(_settled(statement) for statement in statements)


def _settled(statement: Statement) -> Statement:
    if all(figure.unit != "shares" for figure in statement.figures):  # as nearly always
        return statement
    rates = _lines(statement, lambda figure: figure.unit.endswith("/share"))
    counts = _lines(statement, lambda figure: figure.unit == "shares")
    if not rates or not counts:
        return statement
    incomes = [line for line in statement.lines if _INCOME.search(line.caption)]
    factor = _factor(rates, counts, incomes)
    if factor == 1:
        return statement
    return evolve(statement, lines=tuple(evolve(line, figures=tuple(_scaled(figure, factor) for figure in line.figures)) for line in statement.lines))


def _lines(statement: Statement, wanted: Callable[[Figure], bool]) -> list[Line]:
    return [line for line in statement.lines if any(figure is not None and figure.value and wanted(figure) for figure in line.figures)]


def _factor(rates: Sequence[Line], counts: Sequence[Line], incomes: Sequence[Line]) -> Decimal:
    """By what the share counts must be multiplied to fit; 1 where they fit as worded, or in no scale."""
    if _fits(rates, counts, incomes, Decimal(1)):
        return Decimal(1)
    found = [factor for factor in _FACTORS if _fits(rates, counts, incomes, factor) >= _FEWEST]
    return found[0] if len(found) == 1 else Decimal(1)


def _fits(rates: Sequence[Line], counts: Sequence[Line], incomes: Sequence[Line], factor: Decimal) -> int:
    """The most columns in which one share count, so scaled, makes a printed income the amount per share."""
    return max((sum(1 for place in range(len(count.figures)) if _quotient(place, count, factor, (incomes, rates))) for count in counts), default=0)


def _quotient(place: int, count: Line, factor: Decimal, among: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    shares = next(_values([count], place, "shares"), None)
    if not shares:
        return False
    amounts = [value for value in _values(among[0], place, "") if value]
    return any(
        abs(amount / (shares * factor) - rate) <= _NEAR * abs(rate) for rate in _values(among[1], place, "/share") if rate for amount in amounts
    )


def _values(lines: Sequence[Line], place: int, unit: str) -> Iterator[Decimal]:
    """What the lines print in one column, in units that end so; amounts of money for no ending at all."""
    for line in lines:
        figure = line.figures[place] if place < len(line.figures) else None
        if figure is None or figure.value is None:
            continue
        if figure.unit.endswith(unit) if unit else (figure.additive and len(figure.unit) == 3):
            yield figure.value


def _scaled(figure: Figure | None, factor: Decimal) -> Figure | None:
    if figure is None or figure.unit != "shares" or figure.value is None or figure.scale * factor < 1:
        return figure
    worded = Reading(figure.value, figure.step, figure.unit, "the scale that the words give")
    return evolve(
        figure,
        value=_trimmed(figure.value * factor),
        step=_trimmed(figure.step * factor),
        scale=_trimmed(figure.scale * factor),
        why=(*figure.why, "scale: the one in which earnings per share come out"),
        readings=(worded, *figure.readings),
    )


def _trimmed(number: Decimal) -> Decimal:
    """A whole number without decimals."""
    whole = number.to_integral_value()
    return whole if whole == number else number
