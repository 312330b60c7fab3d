"""Amounts of a balance sheet that a summary prints under the length of a period: they are of its last day.

A caption alone decides nothing ("Inventories" may be a movement): in one column at least the amount must be what the
balance sheet prints for that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import instant
from checker.core.statement import Line, Statement
from checker.core.unit import Unit
from checker.core.value import evolve

_TELLING = 1000
"""Units of the last place from which on two equal amounts are no chance."""

Sheet = Mapping[tuple[str, Unit, dt.date], Decimal]
"""What the balance sheets print: by caption, unit and day."""


def settled(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, lines of summaries that a balance sheet prints too dated as there."""
    if not any(statement.summary for statement in statements):
        return tuple(statements)
    sheet = dict(_sheet(statements))
    return tuple(_dated(statement, sheet) if statement.summary and sheet else statement for statement in statements)


def _sheet(statements: Sequence[Statement]) -> Iterator[tuple[tuple[str, Unit, dt.date], Decimal]]:
    for statement in statements:
        if statement.kind != "balance sheet" or statement.summary:
            continue
        for line in statement.lines:
            for figure in line.figures:
                if (
                    figure is not None
                    and figure.value is not None
                    and figure.period is not None
                    and figure.period.is_instant
                    and figure.period.end is not None
                ):
                    yield (normal(line.caption), figure.unit, figure.period.end), abs(figure.value)


def _dated(statement: Statement, sheet: Sheet) -> Statement:
    names = {caption for caption, _, _ in sheet}
    lines = tuple(
        _on_its_day(line) if normal(line.caption) in names and _is_attested(line, sheet) else line
        for line in statement.lines
    )
    return statement if lines == statement.lines else evolve(statement, lines=lines)


def _is_attested(line: Line, sheet: Sheet) -> bool:
    """Whether one of its amounts, at the end of its period, is the one of the balance sheet."""
    return any(
        figure.value is not None
        and abs(figure.value) >= _TELLING * figure.step
        and figure.period is not None
        and figure.period.end is not None
        and sheet.get((normal(line.caption), figure.unit, figure.period.end)) == abs(figure.value)
        for figure in line.figures
        if figure is not None
    )


def _on_its_day(line: Line) -> Line:
    return evolve(line, figures=tuple(figure and _last_day(figure) for figure in line.figures))


def _last_day(figure: Figure) -> Figure:
    period = figure.period
    if period is None or period.is_instant or period.end is None:
        return figure
    return evolve(
        figure, period=instant(period.end, period.text), why=(*figure.why, "on its last day: a balance sheet prints it")
    )
