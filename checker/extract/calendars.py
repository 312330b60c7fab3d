"""The calendar of a document: when its own period ended, when its years end."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from checker.core.period import SLACK
from checker.core.value import frozen
from checker.lexicon import time


@frozen
class Calendar:
    """What the whole document says of its periods: when its own period ended, how long it was, when its years end."""

    end: dt.date | None = None
    months: int | None = None
    weeks: int | None = None
    year_ends: tuple[dt.date, ...] = ()
    known: tuple[dt.date, ...] = ()
    """Every day that a heading names."""
    counted: tuple[tuple[dt.date, int], ...] = ()
    """The ends of years whose weeks are told, and how many they are."""
    later: int = 0
    """1 where fiscal years bear the number of the year in which they begin: "fiscal 2022" ends in January 2023."""

    def snapped(self, when: dt.date) -> dt.date:
        """The day that the document itself names within a week of one that was only reckoned."""
        near = [day for day in self.known if abs((day - when).days) <= SLACK]
        return min(near, key=lambda day: (abs((day - when).days), day)) if near else when

    def year_end(self, year: int) -> dt.date:
        """The last day of the fiscal year of that number: as printed somewhere, else in the month in which its years
        end."""
        for end in self.year_ends:
            if end.year == year:
                return end
        if self.year_ends:
            model = self.year_ends[0]
            return self.snapped(
                time.day(year, model.month, 31 if (model + dt.timedelta(days=1)).day == 1 else model.day)
            )
        if self.months == 12 and self.end is not None:
            return self.snapped(
                time.day(year, self.end.month, 31 if (self.end + dt.timedelta(days=1)).day == 1 else self.end.day)
            )
        return dt.date(year, 12, 31)

    def weeks_to(self, end: dt.date) -> int | None:
        """How many weeks the fiscal year had that ended on a day, where that is told, or the day on which the one
        before ended."""
        told = next((weeks for when, weeks in self.counted if when == end), None)
        if told is not None:
            return told
        apart = {(end - other).days for other in self.year_ends}
        return next((days // 7 for days in _YEARS_OF_WEEKS if days in apart and end in self.year_ends), None)

    def fiscal_end(self, number: int) -> dt.date:
        """The last day of the fiscal year that the document calls so."""
        return self.year_end(number + self.later)

    def quarter_end(self, year: int, quarter: int) -> dt.date:
        """The last day of a fiscal quarter."""
        last = self.fiscal_end(year)
        if quarter == 4:
            return last
        index = last.year * 12 + last.month - 1 - 3 * (4 - quarter)
        guess = time.day(index // 12, index % 12 + 1, 31 if (last + dt.timedelta(days=1)).day == 1 else last.day)
        return self.snapped(guess)


def calendar(texts: Iterable[str]) -> Calendar:
    """The calendar of a document, from its headings and paragraphs in order; what is named first and most often
    wins."""
    spoken: list[tuple[dt.date, int, int | None]] = []
    told = tuple(texts)
    known: set[dt.date] = set()
    ahead: list[bool] = []
    """Whether a text speaks of what is to come: guidance, what falls due."""
    for text in told:
        if (
            len(text) >= _LONGEST
            or not ("20" in text or "19" in text or "/" in text)
            or not _DATED.search(text)
            or (len(text) >= 120 and not _ENDED.search(text))
        ):
            continue
        found = time.read(text)
        known.update(date.on(0) for date in found.full if len(text) < 120 and not date.month_only)
        if not found.full or found.months is None or len(found.full) > 4 or not _ENDED.search(text):
            continue
        spoken.append((found.full[0].on(0), found.months, found.weeks))
        ahead.append(_AHEAD.search(text) is not None)
    if not all(ahead):
        spoken = [one for one, later in zip(spoken, ahead, strict=True) if not later]
    if not spoken:
        return Calendar(known=tuple(sorted(known)))
    counted = Counter(end for end, _, _ in spoken)
    latest = max(counted)
    best = max(counted, key=lambda end: (counted[end] * 2 >= max(counted.values()), end))
    end = best if counted[latest] * 4 < counted[best] else latest
    own = Counter((months, weeks) for when, months, weeks in spoken if when == end).most_common(1)[0][0]
    year_ends = Counter(when for when, months, _ in spoken if months == 12)
    months = Counter(
        {
            month: sum(number for when, number in year_ends.items() if when.month == month)
            for month in {when.month for when in year_ends}
        }
    )
    usual = months.most_common(1)[0][0] if months else 12
    whole = 2 * sum(count for when, count in year_ends.items() if _is_last(when)) > sum(year_ends.values())
    years = tuple(
        sorted((when for when in year_ends if _ends_in(when, usual) and (_is_last(when) or not whole)), reverse=True)
    )
    if not years:
        years = tuple(
            sorted({_year_end(when, months) for when, months, _ in spoken if months in (6, 9)}, reverse=True)[:1]
        )
    counted_weeks = tuple(sorted({(when, weeks) for when, months, weeks in spoken if months == 12 and weeks}))
    late = usual in _NUMBERED_LATE and bool(numbered_late(told, end.year + (end.month > usual)))
    return Calendar(end, own[0], own[1], years, tuple(sorted(known)), counted_weeks, int(late))


def numbered_late(texts: Iterable[str], year: int) -> bool | None:
    """Whether the fiscal year that ends in `year` bears the number of the year in which it begins: as texts say that
    give number and last day, else as the document speaks of it, and it speaks most of its own year. None where it
    speaks of neither often."""
    told = tuple(texts)
    numbered = Counter(apart for text in told if _may_number(text) for apart in _numbered(text))
    if numbered:
        return numbered[1] > numbered[0]
    spoken_of = _spoken_of(told)
    if spoken_of[year] and spoken_of[year] * _OFTEN >= spoken_of[year - 1]:
        return False
    return True if spoken_of[year - 1] >= _OFTEN else None


def speaks_of(texts: Iterable[str], year: int) -> bool:
    """Whether a document speaks of the fiscal year of that number often, and not much more of the one before."""
    spoken_of = _spoken_of(texts)
    return spoken_of[year] >= _OFTEN and spoken_of[year] * _OFTEN >= spoken_of[year - 1]


def _spoken_of(texts: Iterable[str]) -> Counter[int]:
    return Counter(int(match["number"]) for text in texts if _may_number(text) for match in _NUMBER.finditer(text))


def _may_number(text: str) -> bool:
    return "iscal" in text or "FISCAL" in text


def _numbered(text: str) -> Iterator[int]:
    """How many years after the number of a fiscal year it ends, for each that a text gives with its last day."""
    for match in _FISCAL.finditer(text):
        end = next(iter(time.dates(match["end"] or match["last"])), None)
        if end is not None and end.year is not None:
            yield end.year - int(match["year"] or match["behind"])


def _is_last(when: dt.date) -> bool:
    """Whether a day is the last of its month."""
    return (when + dt.timedelta(days=1)).day == 1


def _ends_in(when: dt.date, month: int) -> bool:
    """Whether a day is in that month, or a day or two off, as the ends of years of 52 and 53 weeks are."""
    apart = (when.month - month) % 12
    return apart == 0 or (apart == 1 and when.day <= SLACK) or (apart == 11 and when.day > _LAST_DAYS)


def _year_end(when: dt.date, months: int) -> dt.date:
    """Nine months that end in June belong to a year that ends in September; six that end on 3 July to one that ends
    with December, as weeks fall."""
    over = when.day <= SLACK
    index = when.year * 12 + when.month - 1 + 12 - months - over
    return time.day(index // 12, index % 12 + 1, 31 if over or (when + dt.timedelta(days=1)).day == 1 else when.day)


_LAST_DAYS = 24
"""Days of a month after which its last week begins at the latest."""
_YEARS_OF_WEEKS = 364, 371
"""Days."""
_NUMBERED_LATE = (1, 2)
"""Months in which a fiscal year may end that bears the number of the year before."""
_LONGEST = 400
"""Characters of a text that may tell the period of a document."""
_OFTEN = 3
"""A number is spoken of often, or more often than another, from so many times on."""
_NUMBER = re.compile(rf"\bfiscal\s+(?:years?\s+)?(?P<number>{time.YEAR})\b", re.IGNORECASE)
_FISCAL = re.compile(
    rf"\bfiscal\s+(?:years?\s+)?(?P<year>{time.YEAR})\b[^.;]{{0,60}}?\b(?:ended|ending|ends|on)\s+(?:on\s+)?(?P<end>{time.DAY}\s*{time.YEAR})"
    rf"|(?:ended|ending|ends|on)\s+(?:on\s+)?(?P<last>{time.DAY}\s*{time.YEAR})\W{{1,4}}(?:or\s+|the\s+)?\W{{0,2}}fiscal\s+(?:year\s+)?(?P<behind>{time.YEAR})",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:months?|weeks?|quarters?|years?)\s+ending\b|\b(?:guidance|outlook|forecast|expects?|anticipates?)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:months?|weeks?|quarters?|quarterly periods?|years?|periods?|half)(?:\s+then)?\s+(?:ended|ending|to)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:19|20)\d\d|\b\d{1,2}/\d{1,2}/\d\d")
