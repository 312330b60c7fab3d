"""What a fact is a fact of: periods, dimensions and units as XBRL writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from checker.core.fact import Dimensions
from checker.core.period import Period, instant
from checker.core.unit import NUMBER, RATIO, SHARES, Unit, money, per_share
from checker.core.value import frozen

_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(T00:00:00(?:\.0+)?|T24:00:00|T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?\s*")
_CURRENCY = re.compile("[A-Z]{3}")
_DAYS_OF_A_MONTH = 30
"""About: a stretch of 28 to 35 days (four or five weeks) is a month, 90 to 98 are three."""


@frozen
class Context:
    """One context of an instance: when, of whom, and in which dimensions."""

    period: Period | None
    entity: str = ""
    dimensions: Dimensions = ()


def day(text: str, *, ends: bool) -> dt.date | None:
    """The day that a date names; midnight at the end of a period (`ends`) is the end of the day before."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        date = dt.date.fromisoformat(found[1])
        return date - dt.timedelta(days=1) if ends and found[2] and found[2].startswith("T00:00:00") else date
    except (ValueError, OverflowError):
        return None


def period(said: Mapping[str, str]) -> Period | None:
    """The period that `instant`, or `startDate` and `endDate`, name; None for ever, and where a date is none."""
    if "instant" in said:
        end = day(said["instant"], ends=True)
        return None if end is None else instant(end, end.isoformat())
    start, end = day(said.get("startDate", ""), ends=False), day(said.get("endDate", ""), ends=True)
    return None if start is None or end is None or end < start else between(start, end)


def between(start: dt.date, end: dt.date) -> Period:
    """The stretch from the start of one day to the end of another."""
    months = max(1, round(((end - start).days + 1) * 12 / 365))
    return Period(start, end, months, f"{start.isoformat()} to {end.isoformat()}")


def unit(above: Sequence[str], below: Sequence[str] = ()) -> Unit:
    """The unit of measures (qualified names) multiplied with each other, over others."""
    over, under = ([name.rpartition(":")[2].strip() for name in names] for names in (above, below))
    if len(over) == 1 and not under:
        return _simple(over[0])
    if len(over) == 1 and len(under) == 1 and _CURRENCY.fullmatch(over[0]) and under[0] == "shares":
        return per_share(over[0])
    return Unit("number", "/".join(filter(None, ("*".join(sorted(over)), "*".join(sorted(under))))))


def _simple(name: str) -> Unit:
    match name:
        case "shares":
            return SHARES
        case "pure":
            return RATIO
        case _ if _CURRENCY.fullmatch(name):
            return money(name)
        case _:
            return Unit("number", name) if name else NUMBER
