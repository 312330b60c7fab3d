"""The period of a column or a line: from its own words, else from the stub, the captions above the table, the document.

The nearest words win; what they leave open (a head that is only a year) is filled from the next farther ones.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from checker.core.period import Period, duration, instant
from checker.core.statement import Kind
from checker.extract import times
from checker.extract.times import Date, Times

FLOWS: tuple[Kind, ...] = ("income statement", "cash flow", "comprehensive income")


@frozen
class Calendar:
    """What the whole document says of its periods: when its own period ended, how long it was, when its years end."""

    end: dt.date | None = None
    months: int | None = None
    weeks: int | None = None
    year_ends: tuple[dt.date, ...] = ()
    quarter_ends: tuple[dt.date, ...] = ()

    def year_end(self, year: int) -> dt.date:
        """The last day of the fiscal year of that number: as printed somewhere, else in the month in which its years end."""
        for end in self.year_ends:
            if end.year == year:
                return end
        if self.year_ends:
            model = self.year_ends[0]
            return times.day(year, model.month, 31 if (model + dt.timedelta(days=1)).day == 1 else model.day)
        if self.months == 12 and self.end is not None:
            return times.day(year, self.end.month, 31 if (self.end + dt.timedelta(days=1)).day == 1 else self.end.day)
        return dt.date(year, 12, 31)

    def quarter_end(self, year: int, quarter: int) -> dt.date:
        """The last day of a fiscal quarter."""
        last = self.year_end(year)
        if quarter == 4:
            return last
        index = last.year * 12 + last.month - 1 - 3 * (4 - quarter)
        guess = times.day(index // 12, index % 12 + 1, 31 if (last + dt.timedelta(days=1)).day == 1 else last.day)
        return next((end for end in self.quarter_ends if abs((end - guess).days) <= 8), guess)


def calendar(texts: Iterable[str]) -> Calendar:
    """The calendar of a document, from its headings and paragraphs in order; what is named first and most often wins."""
    spoken: list[tuple[dt.date, int, int | None]] = []
    for text in texts:
        found = times.read(text)
        if not found.full or found.months is None or len(found.full) > 4:
            continue
        spoken.append((found.full[0].on(0), found.months, found.weeks))
    if not spoken:
        return Calendar()
    counted = Counter(end for end, _, _ in spoken)
    latest = max(counted)
    best = max(counted, key=lambda end: (counted[end] * 2 >= max(counted.values()), end))
    end = best if counted[latest] * 4 < counted[best] else latest
    own = Counter((months, weeks) for when, months, weeks in spoken if when == end).most_common(1)[0][0]
    years = tuple(dict.fromkeys(sorted((when for when, months, _ in spoken if months == 12), reverse=True)))
    quarters = tuple(dict.fromkeys(when for when, months, _ in spoken if months in (3, 6, 9)))
    return Calendar(end, own[0], own[1], years, quarters)


@frozen
class Setting:
    """What surrounds a heading: the texts it may borrow from, nearest first, the kind of its statement and the document's calendar."""

    nearby: tuple[str, ...] = ()
    kind: Kind | None = None
    calendar: Calendar = Calendar()
    read: tuple[Times, ...] = field(init=False)

    @read.default
    def _read(self) -> tuple[Times, ...]:
        return tuple(times.read(text) for text in self.nearby)


@frozen
class Dated:
    """A period and the words that decided it. `own`: its end stands in the heading itself."""

    period: Period | None
    why: str = ""
    own: bool = False


def resolve(head: str, setting: Setting) -> Dated:
    """The period that a heading names in its setting."""
    own = times.read(head)
    if own.span is not None:
        return _from_span(own.span, head)
    ended = _end(own, setting)
    if ended is None:
        return Dated(None)
    end, source, is_own = ended
    length = _length(own, setting, source)
    why = f"period: {source or head}"[:120]
    if length is None:
        return Dated(instant(end, head or source), why, is_own)
    months, weeks = length
    return Dated(duration(end, months, head or source, weeks), why, is_own)


def _from_span(span: tuple[Date, Date], text: str) -> Dated:
    start, end = span[0].on(0), span[1].on(0)
    if start > end:
        return Dated(instant(end, text), f"period: {text}"[:120], True)
    months = max(1, round(((end - start).days + 1) * 12 / 365.25)) if False else max(1, (((end - start).days + 1) * 48 + 730) // 1461)
    return Dated(Period(start, end, months, text), f"period: {text}"[:120], True)


def _end(own: Times, setting: Setting) -> tuple[dt.date, str, bool] | None:
    """The last day, the text it was borrowed from (empty: the heading's own), and whether the heading names it."""
    if own.full:
        return own.full[-1].on(0), "", True
    year = own.years[-1] if own.years else None
    if own.dates and year:
        return own.dates[-1].on(year), "", True
    if year is not None:
        return _end_of_year(own, year, setting)
    if own.dates:
        borrowed = _borrowed_year(own.dates[-1], setting)
        return (own.dates[-1].on(borrowed[0]), borrowed[1], True) if borrowed else None
    for found, text in zip(setting.read, setting.nearby, strict=True):
        if found.span is not None:
            return found.span[1].on(0), text, False
        if found.full:
            return found.full[0].on(0), text, False
        if found.years and (found.dates or found.months == 12 or found.quarter):
            inner = _end(found, Setting((), setting.kind, setting.calendar))
            if inner:
                return inner[0], text, False
    if setting.calendar.end is not None and own.lasts:
        return setting.calendar.end, "the document's own period", False
    return None


def _end_of_year(own: Times, year: int, setting: Setting) -> tuple[dt.date, str, bool]:
    """A bare year (or a quarter of one): the day comes from the nearest text with a day."""
    if own.quarter:
        return setting.calendar.quarter_end(year, own.quarter), "", True
    if own.half == 1 and not any(found.dates for found in setting.read[:1]):
        return setting.calendar.quarter_end(year, 2), "", True
    if not own.annual or not setting.calendar.year_ends:
        for found, text in zip(setting.read, setting.nearby, strict=True):
            if found.quarter and not found.dates and not own.lasts:
                return setting.calendar.quarter_end(year, found.quarter), text, True
            if not found.dates:
                continue
            named = next((date for date in found.dates if date.year == year), None) or next((date for date in found.dates if date.year is None), found.dates[0])
            if named.year == year or named.year is None:
                return named.on(year), text, True
            return _same_day(named, year), text, True
    if not own.annual and own.months is None and setting.calendar.end is not None and setting.calendar.months not in (None, 12) and setting.kind is not None:
        return _same_day(Date(setting.calendar.end.year, setting.calendar.end.month, setting.calendar.end.day), year), "the document's own period", True
    return setting.calendar.year_end(year), "", True


def _same_day(date: Date, year: int) -> dt.date:
    """The day a year or more away: ends of months stay ends of months."""
    there = date.on(date.year or year)
    last = (there + dt.timedelta(days=1)).day == 1
    return times.day(year, there.month, 31 if last else there.day)


def _borrowed_year(date: Date, setting: Setting) -> tuple[int, str] | None:
    for found, text in zip(setting.read, setting.nearby, strict=True):
        same = next((other.year for other in found.dates if other.year and (other.month, other.day) == (date.month, date.day)), None)
        if same:
            return same, text
        if found.years:
            return found.years[0], text
    if setting.calendar.end is not None:
        end = setting.calendar.end
        return (end.year if date.on(end.year) <= end else end.year - 1), "the document's own period"
    return None


def _length(own: Times, setting: Setting, source: str) -> tuple[int, int | None] | None:
    """Months (and exact weeks) of the heading's period; None for an instant."""
    if own.to_date and own.quarter:
        return 3 * own.quarter, None
    if own.months is not None:
        return own.months, own.weeks
    if setting.kind == "balance sheet":
        return None
    borrowed = next(((found.months, found.weeks) for found in setting.read if found.months is not None and not (own.full and setting.kind is None and not found.dates)), None)
    if setting.kind in FLOWS or own.to_date:
        return _named(borrowed) or _default(own, setting)
    if own.full:
        return _named(borrowed) if borrowed and _same_end(own, setting) else None
    if source:
        found = times.read(source)
        if found.months is not None:
            return found.months, found.weeks
        if found.span is not None:
            return _from_span(found.span, source).period.months or 12, None  # type: ignore[union-attr]
        if found.full and not own.years:
            return None
    return _named(borrowed)


def _named(borrowed: tuple[int | None, int | None] | None) -> tuple[int, int | None] | None:
    return None if borrowed is None or borrowed[0] is None else (borrowed[0], borrowed[1])


def _same_end(own: Times, setting: Setting) -> bool:
    """Whether the text that names a length names this very day too: then the length is the heading's."""
    for found in setting.read:
        if found.months is not None:
            return any((date.month, date.day) == (own.full[-1].month, own.full[-1].day) for date in found.dates) and found.lengths[1:] == ()
    return False


def _default(own: Times, setting: Setting) -> tuple[int, int | None] | None:
    if own.years and not own.dates:
        return (setting.calendar.months or 12), setting.calendar.weeks if setting.calendar.months else None
    if setting.calendar.months is not None:
        return setting.calendar.months, setting.calendar.weeks
    return (12, None) if setting.kind in FLOWS else None


def nearest(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts that say anything of time, nearest (the last) first; long sentences only where nothing shorter does."""
    spoken = [text for text in reversed(texts) if times.read(text)]
    return tuple(sorted(spoken, key=lambda text: len(text) > 400))
