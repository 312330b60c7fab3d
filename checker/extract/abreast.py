"""Columns side by side: what the period of one says of the others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from checker.core.period import SLACK, duration, instant
from checker.core.statement import Statement
from checker.core.value import evolve
from checker.extract import periods
from checker.extract.roles import Deemed
from checker.extract.settings import FLOWS, Dated, Setting
from checker.lexicon import measures, time

_FORWARD = re.compile(
    r"\b(?:guidance|outlook|forecasts?|targets?|project(?:ed|ions?)|estimate[sd]?|expected|pro forma|plan)\b",
    re.IGNORECASE,
)
_BESIDE = ("percent", "rate", "ratio", "price")


def filled(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Columns without a word of time take the latest period beside them; a table of amounts on a day that names none,
    the document's own day; a single column, the year in its title."""
    if any(
        one.own for one in dated
    ):  # a rate belongs to the amount beside it, rather than to what stands above the table
        dated = [
            Dated(None) if not one.own and measures.head_role(head) in _BESIDE else one
            for one, head in zip(dated, heads, strict=True)
        ]
    if all(one.period is not None for one in dated) or any(_FORWARD.search(text) for text in (*setting.nearby, *heads)):
        return tuple(dated)
    known = [one.period for one in dated if one.period is not None and one.period.end is not None]
    if known:
        latest = max(known, key=lambda period: (period.end or dt.date.min, -(period.months or 0)))
        return tuple(
            one
            if one.period is not None
            else Dated(latest, f"period: {latest.text} (column beside it)"[:120], said=latest.text)
            for one in dated
        )
    if setting.leaning < 0 and setting.calendar.end is not None:
        when = instant(setting.calendar.end, "the document's own period")
        return tuple(Dated(when, "period: the document's own period") for _ in dated)
    return (periods.titled(setting),) if len(dated) == 1 else tuple(dated)


_QUARTERS, _ONE_QUARTER, _WHOLE_YEAR = (1, 2, 3, 4), 3, 12
"""The quarters of a year; months of one, and of it."""


def quartered(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Four quarters and the year beside them: quarters that name no year are of that one, and a head that is a bare
    year is all of it. Which way round they stand is no matter."""
    found = [time.read(head) for head in heads]
    quarters = [one for one in found if one.quarter and not one.dates and not one.to_date]
    whole = [
        one for one in found if one.years and not one.quarter and not one.dates and one.months in (None, _WHOLE_YEAR)
    ]
    years = {year for one in (*quarters, *whole) for year in one.years}
    if len(whole) != 1 or len(years) != 1 or tuple(sorted(one.quarter or 0 for one in quarters)) != _QUARTERS:
        return tuple(dated)
    year, calendar = years.pop(), setting.calendar
    ends = [
        (calendar.quarter_end(year, one.quarter), _ONE_QUARTER)
        if one in quarters and one.quarter
        else (calendar.fiscal_end(year), _WHOLE_YEAR)
        if one in whole
        else None
        for one in found
    ]
    return tuple(
        one if end is None else Dated.by(duration(end[0], end[1], head), head, True)
        for one, end, head in zip(dated, ends, heads, strict=True)
    )


def is_continued(heads: Sequence[str], above: Statement | None) -> bool:
    """Whether columns go on right below as many columns of another table: without heads, or with the days alone."""
    if above is None or len(above.columns) != len(heads) or any(column.period is None for column in above.columns):
        return False
    return not any(heads) or _are_the_same_days(heads, above)


def _are_the_same_days(heads: Sequence[str], above: Statement) -> bool:
    """Whether heads of bare days, one of them twice, are those of the table above, whose lengths they leave out."""
    days = [
        found.full[0].on(0)
        for head in heads
        if (found := time.read(head)).full and not found.lasts and not time.without(head)
    ]
    ends = [column.period.end for column in above.columns if column.period is not None]
    return len(days) == len(heads) and len(set(days)) < len(days) and days == ends


def continued(dated: Sequence[Dated], above: Statement | None) -> tuple[Dated, ...]:
    """The periods of columns; those of the table above that they go on from."""
    if above is None:
        return tuple(dated)
    return tuple(
        Dated(column.period, f"period: {column.head} (table above)"[:120], said=column.head) for column in above.columns
    )


_DUE = re.compile(
    r"\bthereafter\b|\bafter (?:\d+ years|20\d\d)|\b(?:20\d\d|years?) and (?:after|beyond)\b|\b20\d\d\s?\+",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:.*\W)?(?:prior|earlier|pre-?)(?: years?)?", re.IGNORECASE)
"""The head of all years before those that are named."""
_FEWEST_ORIGINS, _FEWEST_DUE = 3, 3
"""Columns of years of origin, lines of years to come."""
_SOON = dt.timedelta(days=40)


def present(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Years that run on into the future are those in which something falls due: none is a period; what falls due is an
    amount of the day named above."""
    calendar = setting.calendar
    if _of_origin(heads):
        return _on_one_day(dated, heads, setting)
    if calendar.end is not None and any(_DUE.search(head) for head in heads):
        day = periods.resolve("", evolve(setting, leaning=-1, kind=None))
        ahead = [
            one.period is not None and one.period.end is not None and one.period.end > calendar.end + _SOON
            for one in dated
        ]
        return (
            tuple(day if later or not one.own else one for one, later in zip(dated, ahead, strict=True))
            if any(ahead)
            else tuple(dated)
        )
    years = [
        found.years[-1] if (found := time.read(head)).years and not found.dates and not found.lasts else None
        for head in heads
    ]
    last = max((year for year in years if year is not None), default=0)
    if calendar.end is None or last <= calendar.end.year + 1:
        return tuple(dated)
    return tuple(
        Dated(None) if year is not None and year >= calendar.end.year else one
        for one, year in zip(dated, years, strict=True)
    )


def _of_origin(heads: Sequence[str]) -> bool:
    """Whether columns are of the years in which loans were made, the last of them of all years before: what they print
    is of one day."""
    named = [time.read(head).years for head in heads]
    return sum(map(bool, named)) >= _FEWEST_ORIGINS and any(_BEFORE.fullmatch(time.without(head)) for head in heads)


def _on_one_day(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Columns of years of origin: of the one day that their heads name, else the one nearby; as they are where a head
    names a length."""
    found = [time.read(head) for head in heads]
    named = {one.full[-1] for one in found if one.full}
    if any(one.lasts and not one.annual for one in found):
        return tuple(dated)
    if len(named) == 1:
        return tuple(Dated.by(instant(day.on(0), head), head, True) for day in named for head in heads)
    day = periods.resolve("", evolve(setting, leaning=-1, kind=None)).period
    return tuple(dated) if day is None else tuple(Dated.by(instant(day.end, day.text), day.text, True) for _ in dated)


def due(dated: Sequence[Dated], captions: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Lines that are captioned with years to come say what falls due in them: amounts of the day that is named nearby,
    where no head names another."""
    end = setting.calendar.end
    if end is None or any(one.own for one in dated):
        return tuple(dated)
    ahead = sum(
        1
        for caption in captions
        if (found := time.read(caption)).years
        and not found.full
        and found.years[0] > end.year
        and not time.without(caption)
    )
    if ahead < _FEWEST_DUE:
        return tuple(dated)
    return tuple(periods.of_a_day(setting) for _ in dated)


def agreed(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Heads that are all bare dates are all of amounts on a day, or none is; an interim day beside the end of a year is
    no pair of flows."""
    bare = [place for place, head in enumerate(heads) if (found := time.read(head)).full and not found.lasts]
    days = sum(1 for place in bare if (period := dated[place].period) is not None and period.is_instant)
    months = {time.read(heads[place]).full[-1].month for place in bare}
    mixed = setting.kind not in ("income statement", "cash flow") and any(
        2 <= abs(one - two) <= 10 for one in months for two in months
    )
    if days == len(bare) or not (mixed or (days and setting.leaning <= 0)):
        return tuple(dated)
    return tuple(
        evolve(one, period=instant(one.period.end, one.period.text))
        if place in bare and one.period is not None
        else one
        for place, one in enumerate(dated)
    )


def lasting(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Columns of flows under a bare day beside a column that names a length to the same day of another year last as
    long: one head stood over both."""
    done = list(dated)
    for place in range(1, len(heads) if setting.kind in FLOWS else 0):
        found, beside = time.read(heads[place]), done[place - 1].period
        mine = done[place].period
        if (
            not found.full
            or found.lasts
            or mine is None
            or mine.end is None
            or beside is None
            or beside.end is None
            or beside.months is None
        ):
            continue
        named = time.read(heads[place - 1]).lasts or done[place - 1] is not dated[place - 1]
        years = round((beside.end - mine.end).days / _YEAR)
        if named and years and abs((beside.end - mine.end).days - years * _YEAR) <= SLACK:
            done[place] = evolve(done[place], period=duration(mine.end, beside.months, mine.text))
    return tuple(done)


_YEAR = 365.25
"""Days."""


def changes_dated(dated: tuple[Dated, ...], heads: Sequence[str], deemed: Sequence[Deemed]) -> tuple[Dated, ...]:
    """A change belongs to the period that changed, not to the one it is measured from: the latest of its kind to the
    left."""
    done = list(dated)
    for place, (head, role) in enumerate(zip(heads, deemed, strict=True)):
        if role.role not in ("change", "percent") or not (measures.header_change(head) or role.origin.kind == "change"):
            continue
        left = [
            one
            for other, one in enumerate(dated[:place])
            if deemed[other].role == "amount" and one.period is not None and one.period.end is not None
        ]
        if not left or left[-1].period is None:
            continue
        months = left[-1].period.months
        alike = [one for one in left if one.period is not None and one.period.months == months]
        done[place] = max(
            alike,
            key=lambda one: one.period.end if one.period is not None and one.period.end is not None else dt.date.min,
        )
    return tuple(done)
