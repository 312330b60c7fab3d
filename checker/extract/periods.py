"""The period of a column or a line: from its own words, else from the stub, the captions above the table, the document.

The nearest words win; what they leave open (a head that is only a year) is filled from the next farther ones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attrs import field, frozen

from checker.core.period import SLACK, Period, duration, instant
from checker.core.statement import Kind
from checker.extract import times, units
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
    known: tuple[dt.date, ...] = ()
    """Every day that a heading names."""

    def snapped(self, when: dt.date) -> dt.date:
        """The day that the document itself names within a week of one that was only reckoned."""
        near = [day for day in self.known if abs((day - when).days) <= SLACK]
        return min(near, key=lambda day: (abs((day - when).days), day)) if near else when

    def year_end(self, year: int) -> dt.date:
        """The last day of the fiscal year of that number: as printed somewhere, else in the month in which its years end."""
        for end in self.year_ends:
            if end.year == year:
                return end
        if self.year_ends:
            model = self.year_ends[0]
            return self.snapped(times.day(year, model.month, 31 if (model + dt.timedelta(days=1)).day == 1 else model.day))
        if self.months == 12 and self.end is not None:
            return self.snapped(times.day(year, self.end.month, 31 if (self.end + dt.timedelta(days=1)).day == 1 else self.end.day))
        return dt.date(year, 12, 31)

    def quarter_end(self, year: int, quarter: int) -> dt.date:
        """The last day of a fiscal quarter."""
        last = self.year_end(year)
        if quarter == 4:
            return last
        index = last.year * 12 + last.month - 1 - 3 * (4 - quarter)
        guess = times.day(index // 12, index % 12 + 1, 31 if (last + dt.timedelta(days=1)).day == 1 else last.day)
        return self.snapped(guess)


def calendar(texts: Iterable[str]) -> Calendar:
    """The calendar of a document, from its headings and paragraphs in order; what is named first and most often wins."""
    spoken: list[tuple[dt.date, int, int | None]] = []
    known: set[dt.date] = set()
    for text in texts:
        if not ("20" in text or "19" in text or "/" in text) or not _DATED.search(text) or (len(text) >= 120 and not _ENDED.search(text)):
            continue
        found = times.read(text)
        known.update(date.on(0) for date in found.full if len(text) < 120 and not date.month_only)
        if not found.full or found.months is None or len(found.full) > 4 or not _ENDED.search(text):
            continue
        spoken.append((found.full[0].on(0), found.months, found.weeks))
    if not spoken:
        return Calendar(known=tuple(sorted(known)))
    counted = Counter(end for end, _, _ in spoken)
    latest = max(counted)
    best = max(counted, key=lambda end: (counted[end] * 2 >= max(counted.values()), end))
    end = best if counted[latest] * 4 < counted[best] else latest
    own = Counter((months, weeks) for when, months, weeks in spoken if when == end).most_common(1)[0][0]
    year_ends = Counter(when for when, months, _ in spoken if months == 12)
    months = Counter({month: sum(number for when, number in year_ends.items() if when.month == month) for month in {when.month for when in year_ends}})
    usual = months.most_common(1)[0][0] if months else 12
    years = tuple(sorted((when for when in year_ends if abs(when.month - usual) in (0, 1, 11) and (when.month == usual or when.day <= 7)), reverse=True))
    if not years:
        years = tuple(sorted({_year_end(when, months) for when, months, _ in spoken if months in (6, 9)}, reverse=True)[:1])
    quarters = tuple(dict.fromkeys(when for when, months, _ in spoken if months in (3, 6, 9)))
    return Calendar(end, own[0], own[1], years, quarters, tuple(sorted(known)))


def _year_end(when: dt.date, months: int) -> dt.date:
    """Nine months that end in June belong to a year that ends in September."""
    index = when.year * 12 + when.month - 1 + 12 - months
    return times.day(index // 12, index % 12 + 1, 31 if (when + dt.timedelta(days=1)).day == 1 else when.day)


_ENDED = re.compile(r"\b(?:months?|weeks?|quarters?|quarterly periods?|years?|periods?|half)(?:\s+then)?\s+(?:ended|ending|to)\b", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d|\b\d{1,2}/\d{1,2}/\d\d")


@frozen
class Setting:
    """What surrounds a heading: the texts it may borrow from, nearest first, the kind of its statement and the document's calendar."""

    nearby: tuple[str, ...] = ()
    kind: Kind | None = None
    calendar: Calendar = Calendar()
    leaning: int = 0
    """Above zero: its lines and heads are of flows; below: of amounts on a day."""
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


_SHORT = 60
_STOCK_HEAD = re.compile(r"(?:(?:total|identifiable|segment|long-lived|net)\s)*(?:assets|liabilities)", re.IGNORECASE)


def resolve(head: str, setting: Setting) -> Dated:
    """The period that a heading names in its setting."""
    own = times.read(head)
    if own and _is_no_period(head, own, setting.calendar):
        own = times.NONE
    if own.span is not None:
        return _from_span(own.span, head)
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
    if length is not None and length[0] < 12 and own.years and not own.dates and own.quarter is None and own.half is None:
        end = _interim(end, length[0], setting)
    why = f"period: {source or head}"[:120]
    if length is None:
        return Dated(instant(end, head or source), why, is_own)
    months, weeks = length
    return Dated(duration(end, months, head or source, weeks), why, is_own)


def _is_of_a_day(head: str, own: Times, setting: Setting) -> bool:
    """Whether a heading speaks of amounts on its day, whatever the texts around it say of lengths."""
    if _STOCK_HEAD.fullmatch(times.without(head)):
        return True
    return bool(own.full) and setting.kind not in FLOWS and _AS_OF.search(head) is not None


def _from_span(span: tuple[Date, Date], text: str) -> Dated:
    start, end = span[0].on(0), span[1].on(0)
    if start > end:
        return Dated(instant(end, text), f"period: {text}"[:120], True)
    months = max(1, (((end - start).days + 1) * 48 + 730) // 1461)
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
        if found.years and (found.dates or found.months == 12 or found.quarter or (found.months is not None and len(text) < _SHORT)):
            inner = _end(found, Setting((), setting.kind, setting.calendar))
            if inner:
                return inner[0], text, False
    if setting.calendar.end is not None and (own.lasts or setting.kind in (*FLOWS, "balance sheet", "equity")):
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
            return setting.calendar.snapped(_same_day(named, year)), text, True
    if not own.annual and own.months is None and setting.calendar.end is not None and setting.calendar.months not in (None, 12) and setting.kind is not None:
        return (
            setting.calendar.snapped(_same_day(Date(setting.calendar.end.year, setting.calendar.end.month, setting.calendar.end.day), year)),
            "the document's own period",
            True,
        )
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
    if setting.kind == "balance sheet" and (own.dates or own.months is None):
        return None
    if own.months is not None:
        return own.months, own.weeks
    borrowed = next(
        ((found.months, found.weeks) for found in setting.read if found.months is not None and not (own.full and setting.kind is None and not found.dates)),
        None,
    )
    if setting.kind in FLOWS or own.to_date:
        return _named(borrowed) or _default(own, setting)
    if own.full:
        if setting.nearby and setting.read[0].lasts and not setting.read[0].dates and len(setting.nearby[0]) < 40:
            return _named((setting.read[0].months, setting.read[0].weeks)) or _named(borrowed)
        if borrowed and setting.leaning >= 0 and _same_end(own, setting):
            return _named(borrowed)
        return _usual(own.full[-1].on(0), setting.calendar) if setting.leaning > 1 or (setting.leaning > 0 and not _is_as_of(setting)) else None
    if setting.leaning < 0 and not (setting.read and setting.read[0].lasts):
        return None
    if source:
        found = times.read(source)
        if found.months is not None:
            return found.months, found.weeks
        if found.span is not None:
            return _from_span(found.span, source).period.months or 12, None  # type: ignore[union-attr]
        if found.full and not own.years:
            return None
        if found.dates and not found.lasts and setting.leaning <= 0 and not times.without(source):
            return None
    if borrowed is None and own.years and not own.dates and setting.leaning >= 0:
        return _default(own, setting)
    return _named(borrowed)


_VINTAGE = re.compile(r"\boriginat|\bvintage|\bmaturit|\bthereafter|\bafter \d|\bdue in\b|\b\d+ years?\b(?! ended)", re.IGNORECASE)
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
    return len(setting.nearby[0]) < 100 or _INTRODUCES.search(setting.nearby[0]) is not None


def _usual(end: dt.date, calendar: Calendar) -> tuple[int, int | None] | None:
    """The length of flows that end on a day, from the document's own period."""
    if any(abs((end - other).days) <= SLACK for other in calendar.year_ends):
        return 12, None
    if calendar.end is None or calendar.months is None:
        return None
    apart = abs((end - calendar.end).days) % 365
    return (calendar.months, calendar.weeks) if min(apart, 365 - apart) <= SLACK else None


_FLOW = re.compile(
    r"\b(?:expenses?|costs?|revenues?|sales|income|provision|amortization|depreciation|charges?|paid|payments?|proceeds|gains?|loss(?:es)?|"
    r"benefit from|purchases|additions|settlements|accruals?|during)\b|\b(?:beginning|start) of (?:the )?(?:year|period|quarter)",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(?:assets?|liabilit(?:y|ies)|receivables?|payables?|inventor(?:y|ies)|debt|notes|goodwill|equity|deposits|allowance|accrued|prepaid|"
    r"cash equivalents|securities|notional|fair value|carrying|amortized cost|unrealized|outstanding|contracts?|borrowings|commercial paper|land|"
    r"buildings|equipment|funded status|obligations?|accumulated)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\W*(?:(?:net )?proceeds|repayments?|payments?|purchases?|additions?|amortization|depreciation|settlements?) (?:of|from|to|on|for)\b|\W*proceeds from/",
    re.IGNORECASE,
)
_ROLLING = re.compile(
    r"\b(?:beginning|start) of (?:the )?(?:fiscal )?(?:year|period|quarter)|^(?:beginning|opening) balances?|balances?,? beginning|beginning balances?",
    re.IGNORECASE,
)


def leaning(captions: Sequence[str], heads: Sequence[str]) -> int:
    """Whether lines and heads are a roll-forward (2), speak of flows (1), of amounts on a day (-1), or of neither clearly (0)."""
    if any(_ROLLING.search(caption) for caption in captions):
        return 2
    if any(_STOCK.search(head) for head in heads):
        return -1
    flows = sum(1 for caption in captions if _MOVES.match(caption) or (_FLOW.search(caption) and not _STOCK.search(caption)))
    stocks = sum(1 for caption in captions if _STOCK.search(caption) and not _FLOW.search(caption))
    if 2 * sum(1 for head in heads if _FLOW.search(head)) > len(heads):
        return 1
    if flows > 2 * stocks or (len({date.year for head in heads for date in times.read(head).full}) >= 3 and stocks <= 2 * flows):
        return 1
    return -1 if stocks > 2 * flows else 0


_FORWARD = re.compile(r"\b(?:guidance|outlook|forecasts?|targets?|project(?:ed|ions?)|estimate[sd]?|expected|pro forma|plan)\b", re.IGNORECASE)


_BESIDE = ("percent", "rate", "ratio", "price")


def filled(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Columns without a word of time take the latest period beside them; a table of amounts on a day that names none, the document's own day."""
    if any(one.own for one in dated):  # a rate belongs to the amount beside it, rather than to what stands above the table
        dated = [Dated(None) if not one.own and units.head_role(head) in _BESIDE else one for one, head in zip(dated, heads, strict=True)]
    if all(one.period is not None for one in dated) or any(_FORWARD.search(text) for text in (*setting.nearby, *heads)):
        return tuple(dated)
    known = [one.period for one in dated if one.period is not None and one.period.end is not None]
    if known:
        latest = max(known, key=lambda period: (period.end or dt.date.min, -(period.months or 0)))
        return tuple(one if one.period is not None else Dated(latest, f"period: {latest.text} (column beside it)"[:120]) for one in dated)
    if setting.leaning < 0 and setting.calendar.end is not None:
        when = instant(setting.calendar.end, "the document's own period")
        return tuple(Dated(when, "period: the document's own period") for _ in dated)
    return tuple(dated)


def present(dated: Sequence[Dated], heads: Sequence[str], calendar: Calendar) -> tuple[Dated, ...]:
    """Years that run on into the future are those in which something falls due: none of them is a period."""
    years = [found.years[-1] if (found := times.read(head)).years and not found.dates and not found.lasts else None for head in heads]
    last = max((year for year in years if year is not None), default=0)
    if calendar.end is None or last <= calendar.end.year + 1:
        return tuple(dated)
    return tuple(Dated(None) if year is not None and year >= calendar.end.year else one for one, year in zip(dated, years, strict=True))


def agreed(dated: Sequence[Dated], heads: Sequence[str], setting: Setting) -> tuple[Dated, ...]:
    """Heads that are all bare dates are all of amounts on a day, or none is; an interim day beside the end of a year is no pair of flows."""
    bare = [place for place, head in enumerate(heads) if (found := times.read(head)).full and not found.lasts]
    days = sum(1 for place in bare if (period := dated[place].period) is not None and period.is_instant)
    months = {times.read(heads[place]).full[-1].month for place in bare}
    mixed = setting.kind not in ("income statement", "cash flow") and any(2 <= abs(one - two) <= 10 for one in months for two in months)
    if days == len(bare) or not (mixed or (days and setting.leaning <= 0)):
        return tuple(dated)
    return tuple(
        Dated(instant(one.period.end, one.period.text), one.why, one.own) if place in bare and one.period is not None else one
        for place, one in enumerate(dated)
    )


def _named(borrowed: tuple[int | None, int | None] | None) -> tuple[int, int | None] | None:
    return None if borrowed is None or borrowed[0] is None else (borrowed[0], borrowed[1])


def _interim(end: dt.date, months: int, setting: Setting) -> dt.date:
    """The last day of less than a year that is headed by its year alone: where only the end of that year was known, the document's own day."""
    own = setting.calendar
    if own.end is None or own.months in (None, 12) or end != own.year_end(end.year) or any(found.dates for found in setting.read):
        return end
    return own.snapped(_same_day(Date(own.end.year, own.end.month, own.end.day), end.year))


_AUDITED = re.compile(r"\baudited\b", re.IGNORECASE)


def _is_audited_year(head: str, own: Times, setting: Setting) -> bool:
    """Whether a column beside interim ones is that of the last year: audited, and of another day than the period that the title names."""
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
    said = [_says_when(text) for text in reversed(texts)]
    return (*(text for weight, text in said if weight == 2), *(text for weight, text in said if weight == 1))


@lru_cache(maxsize=1024)
def _says_when(text: str) -> tuple[int, str]:
    """What a text (the last sentence of a long one) says of time, with its weight: 2 for headings and introductions, 1 for other statements of a day."""
    last = text if len(text) <= 160 else _SENTENCE.split(text)[-1]
    if not times.read(last):
        return 0, last
    if _INTRODUCES.search(last) or not _IS_SENTENCE.search(last):
        return 2, last
    return (1 if len(text) <= 300 and _STATES.search(last) else 0), last


_SENTENCE = re.compile(r"(?<=[a-z)0-9][.;])\s+(?=[A-Z])")
_STATES = re.compile(r"\b(?:as\s+of|as\s+at|at|ended|ending)\b", re.IGNORECASE)
_IS_SENTENCE = re.compile(r"[a-z]{2}\.\s*$|\b(?:was|were|is|are|has|have|had)\b")
_INTRODUCES = re.compile(
    r"\bfollow(?:s|ing)\b|\bbelow\b|\btables?\b|\bpresents?\b|\bsummari[sz]e[sd]?\b|\bset forth\b|:\s*(?:\([^)]*\)\s*)?$|\bshows?n?\b|\bconsist(?:s|"
    r"ed)? of\b|\binclude[sd]?\b",
    re.IGNORECASE,
)
