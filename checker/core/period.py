"""Periods: an instant is the end of a day, a duration runs from the start of one day to the end of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from attrs import field

from checker.core.value import frozen

SLACK = 7
"""Days by which fiscal calendars of 52 and 53 weeks may miss the calendar."""


MONTHS: Mapping[str, int] = MappingProxyType(
    {
        "full year": 12,
        "year": 12,
        "twelve months": 12,
        "nine months": 9,
        "six months": 6,
        "half year": 6,
        "three months": 3,
        "quarter": 3,
    }
)
"""The words of the rule language for a length of time, and how many months each means."""


@frozen
class Period:
    """`start` is None for an instant. `end` is None where the text names a length but no date. Two periods are equal
    when their dates and length are."""

    start: dt.date | None
    end: dt.date | None
    months: int | None = None
    """The nominal length in months (13 weeks count as 3); None for an instant."""
    text: str = field(default="", eq=False)

    @property
    def is_instant(self) -> bool:
        """Whether this is one moment, not a stretch of time."""
        return self.months is None

    @property
    def days(self) -> int | None:
        """How long it lasts, both days counted; None for an instant or an unknown start."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def ends_with(self, other: Period) -> bool:
        """Whether both end on the same day, give or take the slack of fiscal calendars."""
        return near(self.end, other.end)

    def same_length(self, other: Period) -> bool:
        """Whether both are instants, or both last as many months."""
        return self.months == other.months


def near(one: dt.date | None, two: dt.date | None) -> bool:
    """Whether two days are at most `SLACK` days apart; unknown days are near nothing."""
    return one is not None and two is not None and abs((one - two).days) <= SLACK


def instant(end: dt.date | None, text: str = "") -> Period:
    """The end of one day."""
    return Period(None, end, None, text)


def duration(end: dt.date | None, months: int, text: str = "", weeks: int | None = None) -> Period:
    """The stretch of `months` (or exactly `weeks`) that ends with `end`."""
    if end is None:
        return Period(None, None, months, text)
    if weeks is not None:
        return Period(end - dt.timedelta(days=7 * weeks - 1), end, months, text)
    return Period(_day_after_months_before(end, months), end, months, text)


def _day_after_months_before(end: dt.date, months: int) -> dt.date:
    """The first day of the `months` that end with `end`: month ends stay month ends."""
    after = end + dt.timedelta(days=1)
    if after.day == 1:  # a calendar month end
        index = after.year * 12 + after.month - 1 - months
        return dt.date(index // 12, index % 12 + 1, 1)
    index = end.year * 12 + end.month - 1 - months
    year, month = index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(end.day, last)) + dt.timedelta(days=1)
