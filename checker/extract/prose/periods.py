"""Periods of running text: "the first quarter of 2013", "the same period a year ago", "at March 31, 2013", resolved against the periods of the tables.

A phrase is a run of period words; its features (length, quarter, years, dates, "prior") decide, not its wording. What cannot be resolved is None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import field

from checker.core.period import Period, duration, instant
from checker.core.remembered import remembered
from checker.core.statement import Statement
from checker.core.value import frozen

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?!\d)(?:,?\s+(?:19|20)\d\d\b)?"
_DATE = rf"{_MONTH}\s+{_DAY}"
_YEAR = r"\b(?:19|20)\d\d\b(?!\s*(?:percent|%|\$))"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBERS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}

_WORD = (
    rf"{_MONTH}\s+(?:{_DAY}|(?:of\s+)?(?:19|20)\d\d\b)|{_YEAR}|(?:first\s+)?(?:two|three)\s+(?:fiscal\s+)?quarters\b|"
    rf"Q[1-4](?!\w)(?:[ ’']?\s?(?:FY\s?)?(?:20)?\d\d\b)?|[1-4]Q\s?(?:FY\s?)?(?:20)?\d\d\b|FY\s?(?:20)?\d\d\b|"
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th)(?=[\s-]+(?:fiscal\s+)?(?:quarter|half|(?:three|six|nine|\d\d?)[\s-]+(?:month|week)))|"
    r"(?:first|second|third)(?=,?\s+(?:and\s+)?(?:second|third|fourth)\s+quarter)|"
    r"(?:first|second|third|fourth)(?=\s+fiscal\s+quarter)|"
    r"(?:three|six|nine|twelve)(?=(?:\s+and\s+(?:six|nine|twelve))?[\s-]+months?)|\d\d?(?=[\s-]+(?:months?|weeks?)\b)|"
    r"thirteen|twenty-six|thirty-nine|fifty-two|fifty-three|"
    r"ended\b|ending\b|same\b(?=\s+(?:three|six|nine|quarter|period|time|prior|fiscal|month|year|date))|"
    r"(?:comparable|corresponding|equivalent|comparative)\b(?=\s+(?:three|six|nine|quarter|period|prior|fiscal|year|20|\d))|"
    r"(?:year[- ]ago|year[- ]earlier|prior[- ]year|previous[- ]year|last[- ]year)(?:['’]s)?\b|a\s+year\s+(?:ago|earlier|prior)|one\s+year\s+(?:ago|earlier)|"
    r"(?:immediate(?:ly)?\s+)?(?:prior|previous|preceding|last|linked|current|sequential|this)\b(?=\s+(?:fiscal\s+|"
    r"calendar\s+|sequential\s+|three\s+|six\s+|nine\s+|first\s+|second\s+|third\s+|fourth\s+|corresponding\s+|"
    r"comparable\s+)?(?:year|quarter|period|month))|"
    r"year[- ]to[- ]date\b|year[- ]over[- ]year\b|full[- ]year\b|calendar\b(?=\s+(?:year|20))|quarter(?:ly|s)?\b|months?\b|"
    r"weeks?\b|fiscal\b|years?\b|half\b|periods?\b|"
    r"sequentially\b|ago\b|earlier\b(?=[\s,.;]|$)"
)
PATTERN = (
    rf"(?:(?:as\s+of|at|since)\s+(?:the\s+end\s+of\s+)?)?(?:the\s+)?(?:{_WORD})(?:[’']s\b)?(?:(?:\s+|-|,\s*|,?\s+(?:of|in|on|"
    rf"and|the|that)\s+(?:the\s+|its\s+)?)(?:{_WORD})(?:[’']s\b)?)*"
)

_DATE_PARTS = re.compile(rf"({_MONTH})\s+(\d{{1,2}})(?!\d)(?:,?\s+((?:19|20)\d\d))?", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"({_MONTH})\s+(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_QUARTERS = re.compile(r"\b(two|three)\s+(?:fiscal\s+)?quarters\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTER = re.compile(r"\b(first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+)?quarter|\bQ([1-4])\b|\bQ([1-4])(?=\d)|\b([1-4])Q", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?:Q[1-4]|[1-4]Q|FY)[ ’']?\s?(?:FY\s?)?(\d\d)(?!\d)", re.IGNORECASE)
_LENGTH = re.compile(r"\b(three|six|nine|twelve|3|6|9|12)(?=(?:\s+and\s+(?:six|nine|twelve))?[\s-]+months?\b)", re.IGNORECASE)
_WEEKS = {
    "12": 3,
    "16": 4,
    "24": 6,
    "36": 9,
    "13": 3,
    "14": 3,
    "26": 6,
    "27": 6,
    "39": 9,
    "40": 9,
    "52": 12,
    "53": 12,
    "thirteen": 3,
    "twenty-six": 6,
    "thirty-nine": 9,
    "fifty-two": 12,
    "fifty-three": 12,
}
_WEEK_LENGTH = re.compile(r"\b(" + "|".join(_WEEKS) + r")[\s-]+weeks?\b", re.IGNORECASE)
_PRIOR = re.compile(
    r"\bsame\b|comparable|corresponding|equivalent|comparative|year[- ]ago|year[- ]earlier|prior[- ]year|previous[- ]year|"
    r"last[- ]year|(?:prior|preceding|previous|last)\s+(?:fiscal\s+|calendar\s+)?year|"
    r"year\s+(?:ago|earlier|prior)|prior\s+(?:corresponding|comparable)|year[- ]over[- ]year|(?:three|six|nine|month)s?.*prior",
    re.IGNORECASE,
)
_PRECEDING = re.compile(r"\b(?:prior|previous|preceding|last|linked|sequential)\s+(?:fiscal\s+|sequential\s+)?quarter|\bsequential", re.IGNORECASE)
_ENDS = re.compile(r"^(?:as\s+of|at)\b", re.IGNORECASE)


@frozen
class Phrase:
    """What one period phrase says, before it is dated."""

    text: str
    lengths: tuple[int, ...] = ()
    quarter: int | None = None
    years: tuple[int, ...] = ()
    dates: tuple[tuple[int, int, int | None], ...] = ()
    prior: bool = False
    preceding: bool = False
    instant: bool = False
    to_date: bool = False

    @property
    def explicit(self) -> bool:
        """Whether it names its period by itself: a date, or a year with a length."""
        return any(date[2] for date in self.dates) or bool(self.years and (self.quarter or self.lengths)) or self.quarter is not None


@remembered(1024)
def phrase(text: str) -> Phrase | None:
    """The features of a run of period words; None where it says nothing."""
    dates = tuple((_month(m[1]), int(m[2]), int(m[3]) if m[3] else None) for m in _DATE_PARTS.finditer(text))
    bare = _DATE_PARTS.sub(" ", text)
    monthly = tuple((_month(m[1]), _last_day(int(m[2]), _month(m[1])), int(m[2])) for m in _MONTH_YEAR.finditer(bare))
    dates += monthly
    bare = _MONTH_YEAR.sub(" ", bare)
    years = tuple(int(year) for year in _YEARS.findall(bare)) or tuple(2000 + int(year) for year in _SHORT_YEAR.findall(bare))
    quarter = next((_ordinal(m) for m in _QUARTER.finditer(text)), None)
    lengths = _lengths(bare, quarter)
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
    )


def _last_day(year: int, month: int) -> int:
    return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day


def _lengths(text: str, quarter: int | None) -> tuple[int, ...]:
    lengths = [_NUMBERS[m[1].lower()] for m in _LENGTH.finditer(text)] + [_WEEKS[m[1].lower()] for m in _WEEK_LENGTH.finditer(text)]
    low = text.lower()
    if many := _QUARTERS.search(text):
        return (6,) if many[1].lower() == "two" else (9,)
    if not lengths and (quarter or "quarter" in low):
        lengths.append(3)
        if re.search(r"\band\b.*\byear\b", low) and not re.search(r"year[- ](?:ago|over|earlier)|(?:prior|last|previous)[- ]year", low):
            lengths.append(12)
        elif re.search(r"\b(?:and|or)\b.*\bhalf\b", low):
            lengths.append(6)
    elif not lengths and "half" in low:
        lengths.append(6)
    elif (
        not lengths
        and re.search(r"full[- ]year|fiscal|\bFY|\byear ended|(?:the|for)\s+year\b(?!\s+(?:ago|earlier))|calendar", text, re.IGNORECASE)
        and not _PRIOR.search(text)
    ):
        lengths.append(12)
    return tuple(lengths)


def _month(word: str) -> int:
    return next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _ordinal(match: re.Match[str]) -> int:
    return _ORDINALS[match[1].lower()] if match[1] else int(match[2] or match[3] or match[4])


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shifted(period: Period, months: int) -> Period:
    """The period so many months later (earlier where negative), month ends staying month ends."""
    if period.end is None:
        return period
    end = _moved(period.end, months)
    return instant(end) if period.is_instant else duration(end, period.months or 12)


def _moved(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 9999 * 12:
        return day
    year, month = index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    at_end = (day + dt.timedelta(days=1)).day == 1
    return dt.date(year, month, last if at_end else min(day.day, last))


@frozen
class Calendar:
    """The periods a release reports on, and how its quarters and fiscal years are counted."""

    known: tuple[Period, ...] = ()
    """Of the tables' columns, most frequent first."""
    quarter_end: dt.date | None = None
    """The end of the quarter that the release is about."""
    quarter: int | None = None
    """Which quarter of the fiscal year that is."""
    year: int | None = None
    """The fiscal year it belongs to."""
    lengths: frozenset[int] = field(factory=frozenset)
    """Nominal months of the durations that end with the current quarter."""
    annual: bool = False
    """Whether the columns of whole years by far outnumber those of quarters."""

    @property
    def main(self) -> Period | None:
        """The period a release speaks of when it names none."""
        if self.quarter_end is None:
            return None
        months = 12 if self.annual else min(self.lengths, default=3)
        return self.snap(duration(self.quarter_end, months))

    def snap(self, period: Period) -> Period:
        """The table's period where one has the same length and ends within days of it, else the period itself."""
        for known in self.known:
            if known.same_length(period) and known.end is not None and period.end is not None and abs((known.end - period.end).days) <= 10:
                return known
        return period

    def resolve(self, said: Phrase, context: Period | None) -> tuple[Period, ...]:
        """The periods a phrase names, in its order; none where it cannot be dated. `context` is the period spoken of so far."""
        found = self._dated(said, context) or self._counted(said, context) or self._related(said, context)
        if said.instant:
            found = [instant(period.end) for period in found]
        return tuple(self.snap(period) for period in found)

    def _dated(self, said: Phrase, context: Period | None) -> list[Period]:
        if not said.dates:
            return []
        ends: list[dt.date] = []
        year = next((d[2] for d in said.dates if d[2]), None) or (said.years[0] if said.years else None)
        for month, day, own in said.dates:
            end = _date(own or year or (self.quarter_end.year if self.quarter_end else 0) or 1, month, day)
            if end is not None and end.year > 1900:
                ends.append(end)
        if ends and len(said.dates) == 1:  # "March 31, 2013 and 2012"
            ends += [
                moved
                for other in said.years
                if (moved := _date(other, ends[0].month, min(ends[0].day, 28 if ends[0].month == 2 else ends[0].day))) and other != ends[0].year
            ]
        if not ends:
            return []
        if not said.lengths and said.text.lower().rstrip().endswith("quarter"):
            return [duration(end, 3) for end in ends]
        if said.lengths:
            return [duration(end, months) for months in said.lengths for end in ends]
        if re.search(r"\b(?:period|ended|ending)\b", said.text) and context is not None and context.months:
            return [duration(end, context.months) for end in ends]
        return [instant(end) for end in ends]

    def _counted(self, said: Phrase, context: Period | None) -> list[Period]:
        if said.prior or said.preceding:
            return []
        if said.quarter is not None:
            lengths = said.lengths if len(said.years) < 2 else said.lengths[:1]
            return [self._quarter(said.quarter, year, months) for months in lengths or (3,) for year in said.years or (self._year_of(said.quarter),)]
        if not said.years:
            return []
        months = said.lengths[0] if said.lengths else context.months if context is not None else 12
        if said.instant or (context is not None and context.is_instant and not said.lengths):
            base = context if context is not None and context.is_instant else self._instant()
            return [] if base is None or base.end is None else [shifted(base, 12 * (year - base.end.year)) for year in said.years]
        return [self._long(months or 12, year) for year in said.years]

    def _related(self, said: Phrase, context: Period | None) -> list[Period]:
        if said.preceding:
            base = context if context is not None and context.months == 3 else self._current(3)
            return [shifted(base, -3)] if base is not None else []
        if said.prior:
            base = context
            if said.lengths and (base is None or base.months != said.lengths[0]):
                base = self._current(said.lengths[0])
            if base is None:
                base = self.main
            return [shifted(base, -12)] if base is not None else []
        if said.instant:
            base = self._instant()
            return [base] if base is not None else []
        if said.to_date:
            months = max((m for m in self.lengths if m not in (3, 12)), default=0)
            base = self._current(months) if months else None
            return [base] if base is not None else []
        return [base for months in said.lengths if (base := self._current(months)) is not None]

    def _instant(self) -> Period | None:
        return instant(self.quarter_end) if self.quarter_end is not None else None

    def _current(self, months: int) -> Period | None:
        return duration(self.quarter_end, months) if self.quarter_end is not None else None

    def _year_of(self, quarter: int) -> int | None:
        """The fiscal year of a quarter named without one: this year's, or last year's where it would lie ahead."""
        if self.year is None or self.quarter is None:
            return None
        return self.year if quarter <= self.quarter else self.year - 1

    def _quarter(self, quarter: int, year: int | None, months: int) -> Period:
        if self.quarter_end is None or self.quarter is None or self.year is None or year is None:
            if self.quarter_end is not None and year is None:
                return duration(self.quarter_end, months)
            return duration(None, months)
        return duration(_moved(self.quarter_end, 12 * (year - self.year) + 3 * (quarter - self.quarter)), months)

    def _long(self, months: int, year: int) -> Period:
        if self.quarter_end is None or self.year is None:
            return duration(None, months)
        end = _moved(self.quarter_end, 12 * (year - self.year))
        if months == 12 and self.quarter not in (None, 4) and 12 not in self.lengths:
            end = _moved(end, 3 * (4 - (self.quarter or 4)))
        return duration(end, months)


_NAMED = re.compile(
    rf"(?=[fst])(?:(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter(?:\s+(?:of\s+)?(?:its\s+|"
    rf"the\s+)?(?:fiscal\s+(?:year\s+)?)?((?:19|20)\d\d))?(?:\s+results)?,?\s+(?:\([^)]*\)\s*)?(?:which\s+|that\s+)?(?:ended|"
    rf"ending)\s+({_DATE})"
    rf"|fiscal\s+(?:year\s+)?((?:19|20)\d\d)\s+(first|second|third|fourth)\s+quarter,?\s+(?:ended|ending)\s+({_DATE}))",
    re.IGNORECASE,
)
"""This and those below begin with what they can begin with: they are sought in long texts."""
_FISCAL = re.compile(rf"fiscal\s+(?:year\s+)?((?:19|20)\d\d),?\s+(?:\([^)]*\)\s*)?(?:which\s+)?(?:ended|ending)\s+({_DATE})", re.IGNORECASE)
_ENDED = re.compile(
    rf"(?=[qtsnfy])(quarter|three[- ]months?|(?:six|nine|twelve)[- ]months?|fiscal\s+year|year)(?:\s+period)?s?\s+ended\s+({_DATE})", re.IGNORECASE
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter|\bQ([1-4])\b", re.IGNORECASE)


def calendar(statements: Iterable[Statement], texts: Sequence[str]) -> Calendar:
    """What the columns of the tables and the opening paragraphs say of the periods reported."""
    counted = Counter(column.period for statement in statements for column in statement.columns if column.period is not None and column.period.end is not None)
    known = tuple(period for period, _ in counted.most_common())
    opening = " \n ".join(texts[:40])[:20000]
    end = _reported(counted, _stated_end(opening))
    if end is None:
        return Calendar(known)
    lengths = frozenset(p.months for p in known if p.months in (3, 6, 9, 12) and p.end is not None and abs((p.end - end).days) <= 10)
    quarter, year = _named(opening, end)
    if 12 in lengths and not lengths & {6, 9} and quarter != 4:  # a column of twelve months ends with the fiscal year
        quarter, year = 4, _counted_year(opening, 4, end)
    years, quarters = (sum(counted[p] for p in known if p.months == months) for months in (12, 3))
    return Calendar(known, end, quarter, year, lengths or frozenset(_said_lengths(opening)), 12 in lengths and years > _YEARLY * quarters)


_YEARLY = 3
"""So many times as many columns of years as of quarters make an annual report."""


def _reported(counted: Counter[Period], stated: dt.date | None) -> dt.date | None:
    """The end of the stretch that the release is about: the one its opening states where a column has it, else the latest that several columns report."""
    durations = Counter[dt.date]()
    for period, count in counted.items():
        if period.months in (3, 6, 9, 12) and period.end is not None:
            durations[period.end] += count
    same = [day for day in durations if stated is not None and abs((day - stated).days) <= 10]
    if same:
        return max(same, key=lambda day: durations[day])
    return max((day for day, count in durations.items() if count > 1), default=None) or stated or max(durations, default=None)


def _stated_end(text: str) -> dt.date | None:
    """The latest of the first ends of a quarter or a year that the text states."""
    days: list[dt.date] = []
    for match in _ENDED.finditer(text):
        parts = _DATE_PARTS.search(match[2])
        if parts and parts[3] and (day := _date(int(parts[3]), _month(parts[1]), int(parts[2]))):
            days.append(day)
    return max(days[:3], default=None)


def _said_lengths(text: str) -> set[int]:
    words = {match[1].lower().replace("-", " ") for match in _ENDED.finditer(text)}
    return {
        months
        for start, months in (("quarter", 3), ("three", 3), ("six", 6), ("nine", 9), ("twelve", 12), ("fiscal", 12), ("year", 12))
        if any(w.startswith(start) for w in words)
    }


_COUNTED = re.compile(
    r"(?=[fstq])(?:\b(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter(?:\s+(?:of|in))?(?:\s+(?:its\s+|"
    r"the\s+)?(?:fiscal\s+)?(?:year\s+)?((?:19|20)\d\d))|fiscal\s+(?:year\s+)?((?:19|20)\d\d)\s+(first|second|third|"
    r"fourth)\s+quarter|\bQ([1-4])\s+(?:FY\s?)?(20\d\d))",
    re.IGNORECASE,
)


def _named(text: str, end: dt.date) -> tuple[int | None, int | None]:
    """Which quarter of which fiscal year ends on `end`: as stated, else the ordinal most spoken of, else the calendar's."""
    year_end = next((m for m in _FISCAL.finditer(text) if _same_day(m[2], end)), None)
    for match in _NAMED.finditer(text):
        ordinal, year, date = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        if _same_day(date, end):
            quarter = _ORDINALS[ordinal.lower()]
            return quarter, int(year) if year else int(year_end[1]) if year_end else _counted_year(text, quarter, end)
    ordinals = Counter([_ORDINALS[m[1].lower()] if m[1] else int(m[2]) for m in _ORDINAL.finditer(text)][:5])
    quarter_of_year = ordinals.most_common(1)[0][0] if ordinals else 4 if year_end else (end.month + 2) // 3 if end.month % 3 == 0 else None
    return quarter_of_year, int(year_end[1]) if year_end else _counted_year(text, quarter_of_year, end)


def _counted_year(text: str, quarter: int | None, end: dt.date) -> int:
    """The fiscal year of the quarter that ends on `end`: the latest that the text counts it to, where that is no comparative; else as usual."""
    usual = _usual_year(quarter, end)
    years = [
        int(match[2] or match[3] or match[6])
        for match in _COUNTED.finditer(text)
        if quarter == (_ORDINALS[(match[1] or match[4]).lower()] if match[1] or match[4] else int(match[5]))
    ]
    return max((year for year in years if usual <= year <= end.year + 1), default=usual)


def _usual_year(quarter: int | None, end: dt.date) -> int:
    """Fiscal years bear the calendar year in which they end; those that end in January, or days later, mostly that in which they began."""
    near = end - dt.timedelta(days=10)
    last = near if quarter is None else _moved(near, 3 * (4 - quarter))
    return last.year - (last.month == 1)


def _same_day(text: str, end: dt.date) -> bool:
    parts = _DATE_PARTS.search(text)
    if parts is None:
        return False
    day = _date(int(parts[3]) if parts[3] else end.year, _month(parts[1]), int(parts[2]))
    return day is not None and abs((day - end).days) <= 10
