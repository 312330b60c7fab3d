"""The period of a column or a line: from its own words, else from the stub, the captions above the table, the document.

The nearest words win; what they leave open (a head that is only a year) is filled from the next farther ones.
"""

from __future__ import annotations

import datetime as dt
import re

from checker.core.period import SLACK, Period, duration, instant
from checker.core.value import evolve
from checker.extract.calendars import Calendar
from checker.extract.settings import FLOWS, INTRODUCES, Dated, Setting, stocked
from checker.lexicon import time
from checker.lexicon.time import Date, Times

_SHORT = 60
"""Characters of a text that names a length and a year and means that period, rather than a sentence that mentions
them."""
_OWN_PERIOD = "the document's own period"
_BARE = 10
"""Characters of a year that stands alone, a colon or brackets included."""
_STOCK_HEAD = re.compile(r"(?:(?:total|identifiable|segment|long-lived|net)\s)*(?:assets|liabilities)", re.IGNORECASE)


def resolve(head: str, setting: Setting) -> Dated:
    """The period that a heading names in its setting."""
    own = time.read(head)
    if own and _is_no_period(head, own, setting.calendar):
        own = time.NONE
    if own.span is not None:
        return _from_span(own.span, head)
    begun = _since_inception(own, setting)
    if begun is not None:
        return begun
    ended = _end(own, setting)
    if ended is None:
        return Dated(None)
    end, source, is_own = ended
    length = _length(own, setting, source)
    if length is not None and not own.lasts and _is_of_a_day(head, own, setting):
        length = None
    if length is not None and own.months is None and _is_audited_year(head, own, setting):
        length = 12, None
    if own.to_date and own.months is None and own.quarter is None:
        length = (end.month - setting.calendar.year_end(end.year).month) % 12 or 12, None
    if (
        length is not None
        and length[0] < 12
        and own.years
        and not own.dates
        and own.quarter is None
        and own.half is None
    ):
        end = _interim(end, setting)
    if length is None:
        return Dated.by(instant(end, head or source), source or head, is_own)
    months, weeks = length
    if months == 12 and own.weeks is None:
        weeks = setting.calendar.weeks_to(end)
    return Dated.by(duration(end, months, head or source, weeks), source or head, is_own)


def _since_inception(own: Times, setting: Setting) -> Dated | None:
    """The first, shorter year of a company: a bare year in which the texts nearby name both the first day and the
    last."""
    if not own.years or own.dates or own.lasts or setting.kind not in FLOWS:
        return None
    for found, text in zip(setting.read, setting.nearby, strict=True):
        if found.span is not None and len(found.full) > 2 and found.span[0].year == found.span[1].year == own.years[-1]:
            return _from_span(found.span, text)
    return None


def titled(setting: Setting) -> Dated:
    """The one year that a short text above a table names, and nothing else says of time, in a document without a period
    of its own: "Acme: 2023"."""
    for found, text in zip(setting.read, setting.nearby, strict=True):
        if (
            setting.calendar.end is None
            and len(found.years) == 1
            and not found.dates
            and not found.lasts
            and len(text) < _SHORT
        ):
            end = setting.calendar.year_end(found.years[0])
            if setting.kind in FLOWS or setting.leaning > 0:
                return Dated.by(duration(end, 12, text), text)
            day = setting.kind == "balance sheet" or setting.leaning < 0
            return Dated.by(instant(end, text) if day else None, text)
    return Dated(None)


def of_a_day(setting: Setting) -> Dated:
    """The day of amounts whose heads name none: as the texts nearby say, else the document's own."""
    named = resolve("", evolve(setting, leaning=-1, kind=None))
    end = named.period.end if named.period is not None else setting.calendar.end
    return Dated(
        instant(end, named.period.text if named.period is not None else _OWN_PERIOD),
        named.why or "period: the document's own period",
        True,
        named.said,
    )


def leading_to(end: dt.date, setting: Setting) -> tuple[int, int | None]:
    """How long flows last that are printed under the day they lead to: as the texts nearby say, else as flows to that
    day usually do."""
    named = next(((found.months, found.weeks) for found in setting.read if found.months is not None), None)
    return _named(named) or _usual(end, setting.calendar) or (12, None)


def _is_of_a_day(head: str, own: Times, setting: Setting) -> bool:
    """Whether a heading speaks of amounts on its day, whatever the texts around it say of lengths."""
    if _STOCK_HEAD.fullmatch(time.without(head)):
        return True
    if own.full and setting.leaning < 0 and (_AS_OF.search(head) or stocked(head)):
        return True
    return bool(own.full) and setting.kind not in FLOWS and _AS_OF.search(head) is not None


def _from_span(span: tuple[Date, Date], text: str) -> Dated:
    start, end = span[0].on(0), span[1].on(0)
    if start > end:
        return Dated.by(instant(end, text), text, True)
    months = max(1, (((end - start).days + 1) * 48 + 730) // 1461)
    return Dated.by(Period(start, end, months, text), text, True)


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
        if found.years and (
            found.dates
            or found.months == 12
            or found.quarter
            or (found.months is not None and len(text) < _SHORT)
            or is_bare_year(text)
        ):
            around = tuple(other for other in setting.nearby if not is_bare_year(other)) if is_bare_year(text) else ()
            inner = _end(found, Setting(around, setting.kind, setting.calendar))
            if inner:
                return inner[0], text, False
    if setting.calendar.end is not None and (own.lasts or setting.kind in (*FLOWS, "balance sheet", "equity")):
        return setting.calendar.end, _OWN_PERIOD, False
    return None


def is_bare_year(text: str) -> bool:
    """Whether a text is a year and nothing else: the heading of a part of a table."""
    return len(text) < _BARE and not time.without(text)


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
            named = next((date for date in found.dates if date.year == year), None) or next(
                (date for date in found.dates if date.year is None), found.dates[0]
            )
            if named.year == year or named.year is None:
                return named.on(year), text, True
            return setting.calendar.snapped(_same_day(named, year)), text, True
    if (
        not own.annual
        and own.months is None
        and setting.calendar.end is not None
        and setting.calendar.months not in (None, 12)
        and setting.kind is not None
    ):
        return (
            setting.calendar.snapped(
                _same_day(Date(setting.calendar.end.year, setting.calendar.end.month, setting.calendar.end.day), year)
            ),
            _OWN_PERIOD,
            True,
        )
    return setting.calendar.fiscal_end(year), "", True


def _same_day(date: Date, year: int) -> dt.date:
    """The day a year or more away: ends of months stay ends of months."""
    there = date.on(date.year or year)
    last = (there + dt.timedelta(days=1)).day == 1
    return time.day(year, there.month, 31 if last else there.day)


def _borrowed_year(date: Date, setting: Setting) -> tuple[int, str] | None:
    for found, text in zip(setting.read, setting.nearby, strict=True):
        same = next(
            (other.year for other in found.dates if other.year and (other.month, other.day) == (date.month, date.day)),
            None,
        )
        if same:
            return same, text
        if found.years:
            return found.years[0], text
    if setting.calendar.end is not None:
        end = setting.calendar.end
        return (end.year if date.on(end.year) <= end else end.year - 1), _OWN_PERIOD
    return None


def _length(own: Times, setting: Setting, source: str) -> tuple[int, int | None] | None:
    """Months (and exact weeks) of the heading's period; None for an instant."""
    if own.to_date and own.quarter:
        return 3 * own.quarter, None
    if setting.kind == "balance sheet" and (own.dates or own.months is None):
        return None
    if own.months is not None:
        return own.months, own.weeks
    borrowed = next(
        (
            (found.months, found.weeks)
            for found in setting.read
            if found.months is not None and not (own.full and setting.kind is None and not found.dates)
        ),
        None,
    )
    if setting.kind in FLOWS or own.to_date:
        return _named(borrowed) or _default(own, setting)
    if own.full:
        if setting.nearby and setting.read[0].lasts and not setting.read[0].dates and len(setting.nearby[0]) < 40:
            return _named((setting.read[0].months, setting.read[0].weeks)) or _named(borrowed)
        if borrowed and setting.leaning >= 0 and _same_end(own, setting):
            return _named(borrowed)
        return (
            _usual(own.full[-1].on(0), setting.calendar)
            if setting.leaning > 1 or (setting.leaning > 0 and not _is_as_of(setting))
            else None
        )
    if setting.leaning < 0 and not (setting.read and setting.read[0].lasts):
        return None
    if source:
        found = time.read(source)
        if found.months is not None:
            return found.months, found.weeks
        if found.span is not None:
            return _from_span(found.span, source).period.months or 12, None  # type: ignore[union-attr]
        if found.full and not own.years:
            return None
        if found.dates and not found.lasts and setting.leaning <= 0 and not time.without(source):
            return None
    if borrowed is None and own.years and not own.dates and setting.leaning >= 0:
        return _default(own, setting)
    return _named(borrowed)


_VINTAGE = re.compile(
    r"\boriginat|\bvintage|\bmaturit|\bthereafter|\bafter \d|\bdue in\b|\b\d+ years?\b(?! ended)", re.IGNORECASE
)
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|at)\s+(?:the\s+end|\w+\.?\s+\d{1,2})", re.IGNORECASE)


def _is_no_period(head: str, own: Times, calendar: Calendar) -> bool:
    """Years of maturity or of origination, and years still to come, are members, not periods."""
    if own.dates or own.lasts:
        return False
    if _VINTAGE.search(head):
        return True
    return calendar.end is not None and own.years[-1:] != () and own.years[-1] > calendar.end.year + 1


def _is_as_of(setting: Setting) -> bool:
    if not setting.nearby or setting.read[0].lasts or _AS_OF.search(setting.nearby[0]) is None:
        return False
    return len(setting.nearby[0]) < 100 or INTRODUCES.search(setting.nearby[0].lower()) is not None


def _usual(end: dt.date, calendar: Calendar) -> tuple[int, int | None] | None:
    """The length of flows that end on a day, from the document's own period."""
    if any(abs((end - other).days) <= SLACK for other in calendar.year_ends):
        return 12, None
    if calendar.end is None or calendar.months is None:
        return None
    apart = abs((end - calendar.end).days) % 365
    return (calendar.months, calendar.weeks) if min(apart, 365 - apart) <= SLACK else None


def _named(borrowed: tuple[int | None, int | None] | None) -> tuple[int, int | None] | None:
    return None if borrowed is None or borrowed[0] is None else (borrowed[0], borrowed[1])


def _interim(end: dt.date, setting: Setting) -> dt.date:
    """The last day of less than a year that is headed by its year alone: where only the end of that year was known, the
    document's own day."""
    own = setting.calendar
    if (
        own.end is None
        or own.months in (None, 12)
        or end != own.year_end(end.year)
        or any(found.dates for found in setting.read)
    ):
        return end
    return own.snapped(_same_day(Date(own.end.year, own.end.month, own.end.day), end.year))


_AUDITED = re.compile(r"\baudited\b", re.IGNORECASE)


def _is_audited_year(head: str, own: Times, setting: Setting) -> bool:
    """Whether a column beside interim ones is that of the last year: audited, and of another day than the period that
    the title names."""
    if not own.full or not _AUDITED.search(head):
        return False
    named = next((found for found in setting.read if found.months is not None), None)
    if named is None or named.months == 12 or not named.dates:
        return False
    return all((date.month, date.day) != (own.full[-1].month, own.full[-1].day) for date in named.dates)


def _same_end(own: Times, setting: Setting) -> bool:
    """Whether the text that names a length names this very day too: then the length is the heading's."""
    for found in setting.read:
        if found.months is not None:
            return (
                any((date.month, date.day) == (own.full[-1].month, own.full[-1].day) for date in found.dates)
                and found.lengths[1:] == ()
            )
    return False


def _default(own: Times, setting: Setting) -> tuple[int, int | None] | None:
    if own.years and not own.dates:
        return (setting.calendar.months or 12), setting.calendar.weeks if setting.calendar.months else None
    if setting.calendar.months is not None:
        return setting.calendar.months, setting.calendar.weeks
    return (12, None) if setting.kind in FLOWS else None
