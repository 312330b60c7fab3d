"""The periods that a release reports on, and which of them a phrase of its text means: resolved against the columns of
its tables.

What cannot be dated is left open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import field

from checker.core.period import Period, duration, instant
from checker.core.statement import Statement
from checker.core.value import frozen
from checker.extract.calendars import numbered_late, speaks_of
from checker.extract.prose.periods import DATE, Phrase, day_in, moved, shifted
from checker.lexicon import time
from checker.lexicon.time import ORDINALS

_SLACK = 10
"""Days by which what a text names may miss what the tables name and still be the same: a week of a fiscal calendar, and
some."""


@frozen
class Reported:
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

    @property
    def sole(self) -> bool:
        """Whether the tables report durations of one length alone, so that what names no period can mean no other."""
        ending = {
            period.months
            for period in self.known
            if period.months and period.end is not None and self._near(period.end)
        }
        return len(ending) == 1

    def _near(self, day: dt.date) -> bool:
        return self.quarter_end is not None and abs((day - self.quarter_end).days) <= _SLACK

    def snap(self, period: Period) -> Period:
        """The table's period where one has the same length and ends within days of it, else the period itself."""
        for known in self.known:
            if (
                known.same_length(period)
                and known.end is not None
                and period.end is not None
                and abs((known.end - period.end).days) <= _SLACK
            ):
                return known
        return period

    def resolve(self, said: Phrase, context: Period | None) -> tuple[Period, ...]:
        """The periods a phrase names, in its order; none where it cannot be dated. `context` is the period spoken of so
        far."""
        if said.year_end and not said.dates:
            return tuple(
                self.snap(instant(ended.end)) for year in said.years if (ended := self._long(12, year)).end is not None
            )
        found = self._dated(said, context) or self._counted(said, context) or self._related(said, context)
        if said.instant:
            found = [instant(period.end) for period in found]
        return tuple(self.snap(period) for period in found)

    def _dated(self, said: Phrase, context: Period | None) -> list[Period]:
        if not said.dates:
            return []
        ends: list[dt.date] = []
        year = next((day.year for day in said.dates if day.year), None) or (said.years[0] if said.years else None)
        year = year or (self.quarter_end.year if self.quarter_end else None)
        ends += [day.on(year) for day in said.dates if day.year or year] if year else []
        if ends and len(said.dates) == 1:  # "March 31, 2013 and 2012"
            ends += [time.day(other, ends[0].month, ends[0].day) for other in said.years if other != ends[0].year]
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
            return [
                self._quarter(said.quarter, year, months)
                for months in lengths or (3,)
                for year in said.years or (self._year_of(said.quarter),)
            ]
        if not said.years:
            return []
        months = said.lengths[0] if said.lengths else context.months if context is not None else 12
        if said.instant or (context is not None and context.is_instant and not said.lengths):
            base = context if context is not None and context.is_instant else self._instant()
            return (
                []
                if base is None or base.end is None
                else [shifted(base, 12 * (year - base.end.year)) for year in said.years]
            )
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
        return duration(moved(self.quarter_end, 12 * (year - self.year) + 3 * (quarter - self.quarter)), months)

    def _long(self, months: int, year: int) -> Period:
        if self.quarter_end is None or self.year is None:
            return duration(None, months)
        end = moved(self.quarter_end, 12 * (year - self.year))
        if months == 12 and self.quarter not in (None, 4) and 12 not in self.lengths:
            end = moved(end, 3 * (4 - (self.quarter or 4)))
        return duration(end, months)


_NAMED = re.compile(
    rf"(?=[fst])(?:(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter(?:\s+(?:of\s+)?(?:its\s+|"
    rf"the\s+)?(?:fiscal\s+(?:year\s+)?)?((?:19|20)\d\d))?(?:\s+results)?,?\s+(?:\([^)]*\)\s*)?(?:which\s+|that\s+)?(?:ended|"
    rf"ending)\s+({DATE})"
    rf"|fiscal\s+(?:year\s+)?((?:19|20)\d\d)\s+(first|second|third|fourth)\s+quarter,?\s+(?:ended|ending)\s+({DATE}))",
    re.IGNORECASE,
)
"""This and those below begin with what they can begin with: they are sought in long texts."""
_FISCAL = re.compile(
    rf"fiscal\s+(?:year\s+)?((?:19|20)\d\d),?\s+(?:\([^)]*\)\s*)?(?:which\s+)?(?:ended|ending)\s+({DATE})",
    re.IGNORECASE,
)
_ENDED = re.compile(
    (
        rf"(?=[qtsnfy])(quarter|three[- ]months?|(?:six|nine|twelve)[- ]months?|fiscal\s+year|"
        rf"year)(?:\s+period)?s?\s+ended\s+({DATE})"
    ),
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter|\bQ([1-4])\b", re.IGNORECASE)


def reported(statements: Iterable[Statement], texts: Sequence[str]) -> Reported:
    """What the columns of the tables and the opening paragraphs say of the periods reported."""
    counted = Counter(
        column.period
        for statement in statements
        for column in statement.columns
        if column.period is not None and column.period.end is not None
    )
    known = tuple(period for period, _ in counted.most_common())
    opening = " \n ".join(texts[:40])[:20000]
    end = _about(counted, _stated_end(opening))
    if end is None:
        return Reported(known)
    lengths = frozenset(
        p.months for p in known if p.months in (3, 6, 9, 12) and p.end is not None and abs((p.end - end).days) <= _SLACK
    )
    late = numbered_late(texts, end.year + (end.month > _USUAL_LAST)) is not False
    quarter, year = _named(opening, end, late)
    if 12 in lengths and not lengths & {6, 9} and quarter != 4:  # a column of twelve months ends with the fiscal year
        quarter, year = 4, _counted_year(opening, 4, end, late)
    if quarter is None and speaks_of(texts, end.year + 1):
        year = end.year + 1
    years, quarters = (sum(counted[p] for p in known if p.months == months) for months in (12, 3))
    return Reported(
        known,
        end,
        quarter,
        year,
        lengths or frozenset(_said_lengths(opening)),
        12 in lengths and years > _YEARLY * quarters,
    )


_USUAL_LAST = 2
"""Months up to which a day ends the fiscal year of its own calendar year, where years end so early that their number
may be that of the year before."""
_YEARLY = 3
"""So many times as many columns of years as of quarters make an annual report."""


def _about(counted: Counter[Period], stated: dt.date | None) -> dt.date | None:
    """The end of the stretch that the release is about: the one its opening states where a column has it, else the
    latest that several columns report."""
    durations = Counter[dt.date]()
    for period, count in counted.items():
        if period.months in (3, 6, 9, 12) and period.end is not None:
            durations[period.end] += count
    same = [day for day in durations if stated is not None and abs((day - stated).days) <= _SLACK]
    if same:
        most = max(durations[day] for day in same)
        later = [day for day in durations if day > max(same) and durations[day] >= most]
        return max(later or same, key=lambda day: durations[day])  # an opening may state what is compared with alone
    return (
        max((day for day, count in durations.items() if count > 1), default=None)
        or stated
        or max(durations, default=None)
    )


def _stated_end(text: str) -> dt.date | None:
    """The latest of the first ends of a quarter or a year that the text states."""
    days: list[dt.date] = []
    for match in _ENDED.finditer(text):
        if (day := day_in(match[2])) is not None:
            days.append(day)
    return max(days[:3], default=None)


def _said_lengths(text: str) -> set[int]:
    words = {match[1].lower().replace("-", " ") for match in _ENDED.finditer(text)}
    return {
        months
        for start, months in (
            ("quarter", 3),
            ("three", 3),
            ("six", 6),
            ("nine", 9),
            ("twelve", 12),
            ("fiscal", 12),
            ("year", 12),
        )
        if any(w.startswith(start) for w in words)
    }


_COUNTED = re.compile(
    r"(?=[fstq])(?:\b(first|second|third|fourth)[\s-]+(?:fiscal\s+)?quarter(?:\s+(?:of|in))?(?:\s+(?:its\s+|"
    r"the\s+)?(?:fiscal\s+)?(?:year\s+)?((?:19|20)\d\d))|fiscal\s+(?:year\s+)?((?:19|20)\d\d)\s+(first|second|third|"
    r"fourth)\s+quarter|\bQ([1-4])\s+(?:FY\s?)?(20\d\d))",
    re.IGNORECASE,
)


def _named(text: str, end: dt.date, late: bool) -> tuple[int | None, int | None]:
    """Which quarter of which fiscal year ends on `end`: as stated, else the ordinal most spoken of, else the
    calendar's."""
    year_end = next((m for m in _FISCAL.finditer(text) if _same_day(m[2], end)), None)
    for match in _NAMED.finditer(text):
        ordinal, year, date = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        if _same_day(date, end):
            quarter = ORDINALS[ordinal.lower()]
            return quarter, int(year) if year else int(year_end[1]) if year_end else _counted_year(
                text, quarter, end, late
            )
    ordinals = Counter([ORDINALS[m[1].lower()] if m[1] else int(m[2]) for m in _ORDINAL.finditer(text)][:5])
    quarter_of_year = (
        ordinals.most_common(1)[0][0]
        if ordinals
        else 4
        if year_end
        else (end.month + 2) // 3
        if end.month % 3 == 0
        else None
    )
    return quarter_of_year, int(year_end[1]) if year_end else _counted_year(text, quarter_of_year, end, late)


def _counted_year(text: str, quarter: int | None, end: dt.date, late: bool) -> int:
    """The fiscal year of the quarter that ends on `end`: the latest that the text counts it to, where that is no
    comparative; else as usual."""
    usual = _usual_year(quarter, end, late)
    years = [
        int(match[2] or match[3] or match[6])
        for match in _COUNTED.finditer(text)
        if quarter == (ORDINALS[(match[1] or match[4]).lower()] if match[1] or match[4] else int(match[5]))
    ]
    return max((year for year in years if usual <= year <= end.year + 1), default=usual)


def _usual_year(quarter: int | None, end: dt.date, late: bool) -> int:
    """Fiscal years bear the calendar year in which they end; those that end in January, or days later, that in which
    they began, unless the document numbers them otherwise (docs/decisions/0034)."""
    near = end - dt.timedelta(days=_SLACK)
    last = near if quarter is None else moved(near, 3 * (4 - quarter))
    return last.year - (late and last.month == 1)


def _same_day(text: str, end: dt.date) -> bool:
    day = day_in(text, end.year)
    return day is not None and abs((day - end).days) <= _SLACK
