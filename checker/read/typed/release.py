"""Statements put together again from figures as data: with the lines and columns that were printed, or from the figures
alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any, get_args

from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.release import Release, Source
from checker.core.statement import KINDS, Column, Line, Role, Statement
from checker.core.unit import PERCENT, SHARES, Unit
from checker.core.value import evolve
from checker.lexicon import money

Values = Mapping[str, Any]

_PLAIN = re.compile(r"-?\d{1,40}(?:\.\d{1,20})?")
_DIGITS = re.compile(r"\d[\d,.' ]*")
_MOST_DIGITS, _MOST_DECIMALS = 100, 10
_MOST_COLUMNS = 500
_MOST_LINES = 100_000
"""Places of cells beyond which a file was broken by hand: memory would go to empty ones."""
_POWERS = (0, 2, 3, 5, 6, 7, 9, 12)
"""Scales that a heading may give: units to trillions, lakh and crore."""


class Fault(Exception):
    """Extracted figures that are not what they should be."""


def release_of(source: Source, document: Values, problems: tuple[Problem, ...]) -> Release:
    """The release of one document given as data."""
    raw = document.get("figures")
    if not isinstance(raw, list):
        raise Fault("no list of figures in it")
    figures: dict[str, Figure] = {}
    stands: dict[str, tuple[int, int, int]] = {}
    prose = 0
    for number, values in enumerate(raw, 1):
        if not isinstance(values, dict):
            raise Fault(f"figure {number} is no record")
        figure = _figure(values, number)
        if figure.id in figures:
            raise Fault(f"two figures are called {figure.id}")
        if figure.origin == "prose":
            prose += 1
            continue
        figures[figure.id] = figure
        stands[figure.id] = tuple(
            _count(values.get(name), f"{name} of figure {figure.id}") for name in ("table", "row", "column")
        )  # type: ignore[assignment]
    left = Problem(
        "R152",
        "note",
        f"{prose} figures of the running text are not checked: their sentences are not in the file",
        source.path,
    )
    statements = _statements(document, figures, stands)
    return Release(source, statements, problems=(*problems, *((left,) if prose else ())))


# ---- figures ---------------------------------------------------------------------------------------------------------


def _figure(values: Values, number: int) -> Figure:
    name = str(values.get("id") or f"f{number}")
    value = None if values.get("value") is None else _amount(values["value"], f"value of figure {name}")
    form = values.get("form")
    step, text, scale = (
        _amount(values.get("rounded_to") or "1", f"rounding of figure {name}"),
        str(values.get("text") or ""),
        values.get("scale"),
    )
    figure = Figure(
        id=name,
        text=text,
        value=value,
        step=step,
        unit=Unit.of(str(values.get("unit") or "number")),
        caption=str(values.get("caption") or ""),
        place=_place(values.get("where")),
        under=_texts(values.get("under")),
        statement=_text(values.get("statement")),
        period=_period(values.get("period"), name),
        origin="prose" if values.get("origin") == "prose" else "table",
        form=form
        if form in ("number", "dash", "not meaningful")
        else ("not meaningful" if value is None else "number"),
        scale=_amount(scale, f"scale of figure {name}") if scale else Decimal(1),
        additive=bool(values.get("additive", True)),
        head=str(values.get("head") or ""),
        why=_texts(values.get("why")),
        edited=bool(values.get("edited")) or not _as_printed(text, value),
    )
    return (
        figure
        if value is None or _as_printed(text, value)
        else evolve(figure, text=_reprinted(figure, value), why=(*figure.why, f"text: {text}"))
    )


def _reprinted(figure: Figure, value: Decimal) -> str:
    """How a page would print the value that somebody put in the place of another: with it the words of every report
    agree with its arithmetic."""
    with localcontext(prec=_MOST_DIGITS):
        amount, step = (abs(one / (figure.scale or 1)).normalize() for one in (value, figure.step))
        decimals = max(0, *(-int(one.as_tuple().exponent) for one in (amount, step)))
        printed = f"{amount:,.{min(decimals, _MOST_DECIMALS)}f}"
    return (f"({printed})" if value < 0 else printed) + ("%" if figure.unit == PERCENT else "")


def _as_printed(text: str, value: Decimal | None) -> bool:
    """Whether the value is what the text prints, up to a scale; what the text leaves open counts as printed."""
    digits = _DIGITS.search(text)
    if value is None or not digits:
        return value is None or value == 0
    printed = digits[0].rstrip(" ,.'")
    candidates = {
        printed.replace(",", "").replace(" ", "").replace("'", ""),
        printed.replace(".", "").replace(" ", "").replace("'", "").replace(",", "."),
    }
    amounts = [Decimal(candidate) for candidate in candidates if _PLAIN.fullmatch(candidate)]
    signed = -1 if re.search(rf"\(|[-−–—▲△]\s*[{money.CLASS}\d.]", text[: digits.end()]) else 1
    return not amounts or any(value == signed * amount.scaleb(power) for amount in amounts for power in _POWERS)


def _amount(value: object, what: str) -> Decimal:
    text = str(value).strip().replace(",", "")
    if not _PLAIN.fullmatch(text):
        raise Fault(f"the {what} is no plain number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Fault(f"the {what} is no plain number") from error


def _count(value: object, what: str) -> int:
    text = str(value if value is not None else "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Fault(f"the {what} is missing")
    return int(text)


def _place(where: object) -> Place:
    values: Values = where if isinstance(where, dict) else {}
    span = values.get("span")
    ends = (
        [int(str(end)) if str(end).isdigit() else 0 for end in span]
        if isinstance(span, list) and len(span) == 2
        else [0, 0]
    )
    line, column = (int(str(values.get(name))) if str(values.get(name)).isdigit() else 1 for name in ("line", "column"))
    page, sheet, cell = values.get("page"), values.get("sheet"), values.get("cell")
    return Place(
        line,
        column,
        (ends[0], ends[1]),
        page if isinstance(page, int) else None,
        None,
        _text(sheet),
        _text(cell),
        _text(values.get("part")),
    )


def _period(values: object, name: str) -> Period | None:
    if not isinstance(values, dict):
        return None
    start, end = (_date(values.get(each), name) for each in ("start", "end"))
    months = values.get("months")
    if isinstance(months, str) and months.isdigit():
        months = int(months)
    if months is None and start is not None and end is not None:
        months = max(1, round((end - start).days * 12 / 365))
    return Period(start, end, months if isinstance(months, int) else None, str(values.get("text") or ""))


def _date(value: object, name: str) -> dt.date | None:
    if not value:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise Fault(
            f"the period of figure {name} has no date like 2013-03-31 (a spreadsheet rewrites dates; import "
            f"the column as text)"
        ) from error


def _text(value: object) -> str | None:
    return str(value) if value else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


# ---- statements ------------------------------------------------------------------------------------------------------


def _statements(
    document: Values, figures: Mapping[str, Figure], stands: Mapping[str, tuple[int, int, int]]
) -> tuple[Statement, ...]:
    described = _records(document.get("statements"), "table")
    tables: dict[int, list[Figure]] = {}
    for figure in figures.values():
        tables.setdefault(stands[figure.id][0], []).append(figure)
    return tuple(_statement(index, tables[index], stands, described.get(index) or {}) for index in sorted(tables))


def _records(values: object, key: str) -> dict[int, Values]:
    """The records of a list by the number each has under `key`."""
    records = [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
    return {each[key]: each for each in records if isinstance(each.get(key), int) and each[key] >= 0}


def _statement(
    index: int, figures: Sequence[Figure], stands: Mapping[str, tuple[int, int, int]], values: Values
) -> Statement:
    width, height = (max(stands[figure.id][part] for figure in figures) + 1 for part in (2, 1))
    if width > _MOST_COLUMNS or height > _MOST_LINES:
        raise Fault("a row or column number beyond any table")
    by_place = {stands[figure.id][1:]: figure for figure in figures}
    if len(by_place) < len(figures):
        raise Fault("two figures share one cell of a table")
    rows, heads = _records(values.get("lines"), "row"), _records(values.get("columns"), "column")
    numbers = sorted({row for row, _ in by_place} | {row for row in rows if row < _MOST_LINES})
    wide = max([width, *(column + 1 for column in heads if column < _MOST_COLUMNS)])
    lines = tuple(
        _line(row, tuple(by_place.get((row, column)) for column in range(wide)), rows.get(row) or {}) for row in numbers
    )
    columns = tuple(
        _column(column, [figure for figure in figures if stands[figure.id][2] == column], heads.get(column) or {})
        for column in range(wide)
    )
    kind = values.get("kind") or figures[0].statement
    return Statement(
        index,
        kind if kind in KINDS else None,
        str(values.get("title") or ""),
        columns,
        lines,
        _texts(values.get("context")),
        bool(values.get("summary")),
    )


def _line(index: int, figures: tuple[Figure | None, ...], values: Values) -> Line:
    first = next((figure for figure in figures if figure is not None), None)
    role, indent = values.get("role"), values.get("indent")
    return Line(
        index,
        str(values.get("caption") or (first.caption if first else "")),
        _texts(values.get("under")) or (first.under if first else ()),
        indent if isinstance(indent, int) else 0,
        bool(values.get("bold")),
        bool(values.get("rule_above")),
        bool(values.get("double_rule_below")),
        str(values.get("marks") or ""),
        figures,
        _named_role(role) or _role([figure for figure in figures if figure is not None]),
    )


def _column(index: int, figures: Sequence[Figure], values: Values) -> Column:
    periods = [figure.period for figure in figures if figure.period is not None]
    role = values.get("role")
    period = (
        _period(values.get("period"), "of a column")
        if values
        else (max(periods, key=periods.count) if periods else None)
    )
    head = str(values.get("head") or (figures[0].head if figures else ""))
    return Column(index, head, period, _named_role(role) or "amount", str(values.get("member") or ""))


def _named_role(value: object) -> Role | None:
    return next((role for role in get_args(Role) if role == value), None)


def _role(figures: Sequence[Figure]) -> Role:
    units = {figure.unit for figure in figures}
    if units == {PERCENT}:
        return "percent"
    if units == {SHARES}:
        return "shares"
    return "per share" if units and all(unit.is_per_share for unit in units) else "amount"
