"""Which column a name means when a rule speaks of one period: the same, the instants at its ends, a year before, the
one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from checker.core.period import SLACK, Period, duration, instant, near
from checker.core.rule import Prefix
from checker.core.statement import Statement

_SLACK = dt.timedelta(days=SLACK)
_QUARTER = 3
"""Months."""
_YEAR = 365
"""Days."""
_SHIFTED = 31
"""Days by which a year may be longer or shorter where a fiscal year was moved."""


def shifted(base: Period, prefix: Prefix) -> Period | None:
    """The period that a prefix turns `base` into; None where `base` has no such thing."""
    match prefix:
        case "closing":
            return instant(base.end) if base.end else None
        case "opening":
            return instant(base.start - dt.timedelta(days=1)) if base.start else None
        case "prior":
            return years_later(base, -1)
        case "preceding":
            if base.start is None or base.months is None:
                return None
            return duration(base.start - dt.timedelta(days=1), base.months)
        case _:
            return None


def years_later(base: Period, years: int) -> Period | None:
    """The period so many years later (earlier where negative), month ends staying month ends; None where it is not
    dated."""
    if base.end is None:
        return None
    last = (base.end + dt.timedelta(days=1)).day == 1
    year = base.end.year + years
    if last:  # month ends stay month ends
        end = dt.date(year + (base.end.month == 12), base.end.month % 12 + 1, 1) - dt.timedelta(days=1)
    else:
        end = base.end.replace(year=year, day=min(base.end.day, 28) if base.end.month == 2 else base.end.day)
    return instant(end) if base.is_instant else duration(end, base.months or 12)


def answers(printed: Period | None, wanted: Period) -> bool:
    """Whether a figure printed for one period answers for another: the same, or, beside a duration, the instant at its
    close."""
    if printed is None or not near(printed.end, wanted.end):
        return False
    return printed.is_instant or (not wanted.is_instant and printed.same_length(wanted))


def quarters(whole: Period) -> tuple[Period, ...]:
    """The quarters that a period consists of, latest first; none where it does not consist of quarters."""
    if whole.end is None or whole.months is None or whole.months % _QUARTER:
        return ()
    found = [duration(whole.end, _QUARTER)]
    while len(found) < whole.months // _QUARTER and (begun := found[-1].start) is not None:
        found.append(duration(begun - dt.timedelta(days=1), _QUARTER))
    return tuple(found)


def touches(printed: Period | None, base: Period | None) -> bool:
    """Whether one of two periods lies in the other: a quarter of this year, the year that a balance closes."""
    if printed is None or base is None or printed.end is None or base.end is None:
        return False
    return _within(printed, base) or _within(base, printed)


def _within(inner: Period, outer: Period) -> bool:
    if inner.end is None or outer.end is None or outer.start is None:
        return False
    begins = inner.end >= outer.start if inner.start is None else inner.start >= outer.start - _SLACK
    return begins and inner.end <= outer.end + _SLACK


def comparative(statement: Statement, base: Period) -> Period | None:
    """The one period of the same length that ends about a year earlier in a table; None where there are several or
    none."""
    earlier = {
        column.period.end: column.period
        for column in statement.columns
        if column.period
        and column.period.end
        and base.end
        and column.period.same_length(base)
        and column.role == "amount"
        if abs((base.end - column.period.end).days - _YEAR) <= _SHIFTED
    }
    return next(iter(earlier.values())) if len(earlier) == 1 else None


def nearest_earlier(statement: Statement, base: Period) -> Period | None:
    """For an instant, `preceding`: the latest instant before it in the statement."""
    ends = [
        column.period
        for column in statement.columns
        if column.period and column.period.is_instant and column.period.end
    ]
    before = [
        period
        for period in ends
        if base.end and period.end and period.end < base.end and not near(period.end, base.end)
    ]
    return max(before, key=lambda period: period.end or dt.date.min, default=None)


def target(base: Period, prefixes: Sequence[Prefix], statement: Statement) -> Period | None:
    """The period a name is looked up in, after all prefixes around it, outermost last; None where there is none."""
    wanted: Period | None = base
    for prefix in prefixes:
        if wanted is None:
            return None
        if prefix == "preceding" and wanted.is_instant:
            wanted = nearest_earlier(statement, wanted)
            continue
        moved = shifted(wanted, prefix)
        if prefix == "prior" and not (moved and any(answers(column.period, moved) for column in statement.columns)):
            moved = comparative(statement, wanted) or moved
        wanted = moved
    return wanted
