"""Small releases written as tables, for tests of binding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from checker.core.figure import Figure
from checker.core.period import Period, duration, instant
from checker.core.place import Place
from checker.core.release import Release, Source
from checker.core.statement import Column, Kind, Line, Statement
from checker.core.unit import PERCENT, money

QUARTER = duration(dt.date(2013, 3, 31), 3)
YEAR_AGO = duration(dt.date(2012, 3, 31), 3)
CLOSE = instant(dt.date(2013, 3, 31))
OPEN = instant(dt.date(2012, 12, 31))

Rows = list[tuple[str, ...]]


def statement(kind: Kind | None, periods: tuple[Period, ...], rows: Rows, index: int = 0) -> Statement:
    """A statement from rows of caption and printed amounts; a row without amounts is a heading, two blanks in front set
    a line in."""
    lines, under = [], ()
    for number, (caption, *amounts) in enumerate(rows):
        if not amounts:
            under = (caption.rstrip(":"),)
        figures = tuple(
            _figure(f"s{index}l{number}c{at}", text, caption, under, kind, periods[at]) if text else None
            for at, text in enumerate(amounts)
        )
        lines.append(Line(number, caption, under if amounts else (), figures=figures or (None,) * len(periods)))
    columns = tuple(Column(at, period.text or str(period.end), period) for at, period in enumerate(periods))
    return Statement(index, kind, kind or "Notes", columns, tuple(lines))


def _figure(id: str, text: str, caption: str, under: tuple[str, ...], kind: Kind | None, period: Period) -> Figure:
    digits = text.strip("()%").replace(",", "")
    value = Decimal(0) if digits == "-" else -Decimal(digits) if text.startswith("(") else Decimal(digits)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    unit = PERCENT if text.endswith("%") else money("USD")
    form = "dash" if digits == "-" else "number"
    return Figure(id, text, value, step, unit, caption, Place(1, 1, (0, 1)), under, kind, period, form=form)


@pytest.fixture
def release() -> Callable[..., Release]:
    """Builds a release of statements."""

    def build(*statements: Statement) -> Release:
        return Release(Source("release.txt", "0" * 64, "text", "utf-8"), statements)

    return build
