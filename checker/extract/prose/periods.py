"""Period phrases of running text: "the first quarter of 2013", "the same period a year ago", "at March 31, 2013".

A phrase is a run of period words; its features (length, quarter, years, dates, "prior") decide, not its wording. Which
period it means, `reported` says.
"""

from __future__ import annotations

import datetime as dt
import re

from checker.core.period import Period, duration, instant
from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.lexicon import time
from checker.lexicon.bases import FROM_QUARTER_TO_QUARTER
from checker.lexicon.lower import either
from checker.lexicon.time import Date

_YEAR = rf"\b{time.YEAR}(?:[/–-]\d\d)?\b(?!\s*(?:percent|%|\$))"
_DATED = rf"(?:,?\s+{time.YEAR}\b)?"
DATE = (
    rf"(?:{time.NAME}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d){_DATED}|\d{{1,2}}(?:st|nd|rd|"
    rf"th)?\s+(?:of\s+)?{time.NAME}(?!\s*\d{{1,2}}\b){_DATED}|\d{{1,2}}-{time.NAME}-{time.YEAR}\b|"
    rf"\d{{1,2}}\.\d{{1,2}}\.{time.YEAR}\b)"
)
"""A day, the month before or behind it, with or without its year; or in digits, as 30.11.2019."""
_ORDINAL = either(time.ORDINALS)

_WEEKS = either(word for word, count in time.COUNTS.items() if count > 10)
_YEARLY = r"year[- ]o(?:ver|n)[- ]year\b|y-?o-?y\b|y/y\b"
"""What a change is measured from, in one word; from the quarter before, the lexicon says."""
_STRETCH = (
    rf"(?:{time.NAME}\s*(?:[-–—/]|to\b|through\b)\s*{time.NAME}(?:\s+|,\s*|\s+of\s+){time.YEAR}\b|(?:1|4|7|"
    rf"10)[-–](?:3|6|9|12)/(?:20)?\d\d\b)"
)
_WORD = (
    rf"{DATE}|{_STRETCH}|{time.NAME}\s+(?:of\s+)?{time.YEAR}\b|{_YEAR}|(?:first\s+)?(?:two|"
    r"three)\s+(?:fiscal\s+)?quarters\b|Q[1-4](?!\w)(?:[ ’'/-]?\s?(?:FY\s?)?(?:20)?\d\d\b)?|"
    r"[1-4]Q[ ’'/-]?(?:FY\s?)?(?:20)?\d\d\b|(?:H1|1H|HY1?|[69]M)[ ’'/-]?(?:FY[ /]?)?(?:20)?\d\d\b|"
    r"FY[ ’'/]?(?:20)?\d\d\b|(?:H1|1H|HY|FY|9M|6M)(?!\w)(?=(?<=\b(?:19|20)\d\d\s..))|"
    rf"(?:{_ORDINAL})(?=[\s-]+(?:fiscal\s+)?(?:quarter|half|(?:three|six|nine|\d\d?)[\s-]+(?:month|week)))|(?:first|"
    r"second|third)(?=,?\s+(?:and\s+)?(?:second|third|fourth)\s+quarter)|(?:first|second|third|"
    r"fourth)(?=\s+fiscal\s+quarter)|(?:three|six|nine|twelve)(?=(?:\s+and\s+(?:six|nine|twelve))?[\s-]+months?)|"
    rf"\d\d?(?=[\s-]+(?:months?|weeks?)\b)|(?:{_WEEKS})(?=[\s-]+weeks?\b)|ended\b|ending\b|same\b(?=\s+(?:three|six|"
    r"nine|quarter|period|time|prior|fiscal|month|year|date))|(?:comparable|corresponding|equivalent|"
    r"comparative)\b(?=\s+(?:three|six|nine|quarter|period|prior|fiscal|year|20|\d))|(?:year[- ]ago|year[- ]earlier|"
    r"prior[- ]year|previous[- ]year|last[- ]year)(?:['’]s)?\b|a\s+year\s+(?:ago|earlier|prior)|one\s+year\s+(?:ago|"
    r"earlier)|(?:immediate(?:ly)?\s+)?(?:prior|previous|preceding|last|linked|current|sequential|"
    r"this)\b(?=\s+(?:fiscal\s+|calendar\s+|sequential\s+|three\s+|six\s+|nine\s+|first\s+|second\s+|third\s+|"
    rf"fourth\s+|corresponding\s+|comparable\s+)?(?:year|quarter|period|month))|year[- ]to[- ]date\b|{_YEARLY}|"
    rf"{FROM_QUARTER_TO_QUARTER}|full[- ]year\b|year[- ]?end\b(?!ed)|calendar\b(?=\s+(?:year|20))|"
    rf"quarter(?:ly|s)?\b|(?:months?|weeks?|years?|periods?)\s+to\b(?=\s+(?:{DATE}|{time.NAME}\s+{time.YEAR}\b))|months?\b|weeks?\b|fiscal\b|years?\b|half\b|periods?\b|"
    r"sequentially\b|ago\b|earlier\b(?=[\s,.;]|$)"
)
PATTERN = (
    rf"(?:(?:as\s+of|at|since)\s+(?:the\s+end\s+of\s+)?)?(?:the\s+)?(?:{_WORD})(?:[’']s\b)?(?:(?:\s+|-|,\s*|,?\s+(?:of|in|on|"
    rf"and|the|that)\s+(?:the\s+|its\s+)?)(?:{_WORD})(?:[’']s\b)?)*"
)

_QUARTERS = re.compile(r"\b(two|three)\s+(?:fiscal\s+)?quarters\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTER = re.compile(
    rf"\b({_ORDINAL})[\s-]+(?:fiscal\s+)?quarter|\bQ([1-4])\b|\bQ([1-4])(?=\d)|\b([1-4])Q", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"(?:Q[1-4]|[1-4]Q|H1|1H|HY1?|[69]M|FY)[ ’'/-]?\s?(?:FY\s?)?(\d\d)(?!\d)", re.IGNORECASE)
_HALF = re.compile(r"half|\bH1|\b1H|\bHY|\b6M", re.IGNORECASE)
_NINE_MONTHS = re.compile(r"\b9M", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(three|six|nine|twelve|3|6|9|12)(?=(?:\s+and\s+(?:six|nine|twelve))?[\s-]+months?\b)", re.IGNORECASE
)
_WEEK_LENGTH = re.compile(rf"\b({_WEEKS}|\d\d?)[\s-]+weeks?\b", re.IGNORECASE)
_PRIOR = re.compile(
    r"\bsame\b|comparable|corresponding|equivalent|comparative|year[- ]ago|year[- ]earlier|prior[- ]year|"
    r"previous[- ]year|last[- ]year|(?:prior|preceding|previous|last)\s+(?:fiscal\s+|calendar\s+)?(?:year|"
    rf"(?:reporting\s+)?period)|year\s+(?:ago|earlier|prior)|prior\s+(?:corresponding|comparable)|{_YEARLY}|(?:three|"
    r"six|nine|month)s?.*prior",
    re.IGNORECASE,
)
_PRECEDING = re.compile(
    (
        rf"\b(?:prior|previous|preceding|last|linked|sequential)\s+(?:fiscal\s+|sequential\s+)?quarter|"
        rf"\bsequential|\b(?:{FROM_QUARTER_TO_QUARTER})"
    ),
    re.IGNORECASE,
)
RHYTHM = re.compile(rf"\b(?:{_YEARLY}|{FROM_QUARTER_TO_QUARTER})|^(?:the\s+)?sequential(?:ly)?$", re.IGNORECASE)
"""Says what a change is measured from, not when."""
SEQUENTIAL = re.compile(rf"sequential|\b(?:{FROM_QUARTER_TO_QUARTER})", re.IGNORECASE)
_YEAR_END = re.compile(r"\byear[- ]?end\b", re.IGNORECASE)
_ENDS = re.compile(r"^(?:as\s+of|at)\b", re.IGNORECASE)


@frozen
class Phrase:
    """What one period phrase says, before it is dated."""

    text: str
    lengths: tuple[int, ...] = ()
    quarter: int | None = None
    years: tuple[int, ...] = ()
    dates: tuple[Date, ...] = ()
    prior: bool = False
    preceding: bool = False
    instant: bool = False
    to_date: bool = False
    year_end: bool = False

    @property
    def explicit(self) -> bool:
        """Whether it names its period by itself: a date, or a year with a length."""
        return (
            any(date.year for date in self.dates)
            or bool(self.years and (self.quarter or self.lengths))
            or self.quarter is not None
        )


@remembered(1024)
def phrase(text: str) -> Phrase | None:
    """The features of a run of period words; None where it says nothing."""
    dates, stretch = time.read(text).dates, time.stretch(text)
    bare = time.one_year(time.undated(text))
    years = tuple(int(year) for year in _YEARS.findall(bare)) or tuple(
        2000 + int(year) for year in _SHORT_YEAR.findall(bare)
    )
    quarter = next((_ordinal(m) for m in _QUARTER.finditer(text)), None)
    lengths = (stretch,) if stretch is not None else _lengths(bare, quarter)
    prior, preceding = bool(_PRIOR.search(text)), bool(_PRECEDING.search(text))
    if years or dates:
        prior = False  # "the same period in 2012": the year says which
    at = bool(_ENDS.match(text))
    if not (dates or years or lengths or prior or preceding):
        return None
    return Phrase(
        text,
        lengths,
        quarter,
        years,
        dates,
        prior and not preceding,
        preceding,
        at and (not lengths or "end of" in text.lower()),
        "to-date" in text.lower().replace(" ", "-"),
        bool(_YEAR_END.search(text)),
    )


def _lengths(text: str, quarter: int | None) -> tuple[int, ...]:
    lengths = [time.count(m[1]) for m in _LENGTH.finditer(text)] + [
        time.months_of_weeks(time.count(m[1])) for m in _WEEK_LENGTH.finditer(text)
    ]
    low = text.lower()
    if many := _QUARTERS.search(text):
        return (6,) if many[1].lower() == "two" else (9,)
    if _NINE_MONTHS.search(text):
        return (9,)
    if not lengths and (quarter or "quarter" in low):
        lengths.append(3)
        if re.search(r"\band\b.*\byear\b", low) and not re.search(
            r"year[- ](?:ago|over|earlier)|(?:prior|last|previous)[- ]year", low
        ):
            lengths.append(12)
        elif re.search(r"\b(?:and|or)\b.*\bhalf\b", low):
            lengths.append(6)
    elif not lengths and _HALF.search(text):
        lengths.append(6)
    elif (
        not lengths
        and re.search(
            (
                r"full[- ]year|fiscal|\bFY|\byear (?:ended|to\b(?! date))|(?:the|for)\s+year\b(?!\s+(?:ago|"
                r"earlier))|calendar"
            ),
            text,
            re.IGNORECASE,
        )
        and not _PRIOR.search(text)
    ):
        lengths.append(12)
    return tuple(lengths)


def _ordinal(match: re.Match[str]) -> int:
    return time.ORDINALS[match[1].lower()] if match[1] else int(match[2] or match[3] or match[4])


def day_in(text: str, year: int | None = None) -> dt.date | None:
    """The first day that a text names, in `year` where it states none; None where it names none, or none in a year."""
    found = next(iter(time.dates(text)), None)
    return found.on(year or 0) if found is not None and (found.year or year) else None


def shifted(period: Period, months: int) -> Period:
    """The period so many months later (earlier where negative), month ends staying month ends."""
    if period.end is None:
        return period
    end = moved(period.end, months)
    return instant(end) if period.is_instant else duration(end, period.months or 12)


def moved(day: dt.date, months: int) -> dt.date:
    """The day so many months later (earlier where negative), month ends staying month ends."""
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 9999 * 12:
        return day
    year, month = index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    at_end = (day + dt.timedelta(days=1)).day == 1
    return dt.date(year, month, last if at_end else min(day.day, last))
