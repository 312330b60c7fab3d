"""Stretches of days that captions of short periods name: "April 1 to 30, 2023", "May 6, 2023 - June 2, 2023", "June
2023".

Tables of purchases of shares have a line for each month of a quarter, and a line for the quarter.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from checker.core.remembered import remembered
from checker.lexicon import time
from checker.lexicon.lower import either

_MONTHS = {name.lower(): time.MONTH[name] for name in (*time.ENGLISH, *time.ABBREVIATED)}
_MONTH = rf"(?:{either(tuple(_MONTHS))})\b\.?"
_TO = r"\s{0,3}(?:-|–|—|to|through|thru|until)\s{0,3}"
_STRETCH = re.compile(
    rf"(?:month of )?(?P<first>{_MONTH})(?:\s{{1,3}}(?P<from>\d{{1,2}})(?:\s{{0,2}},\s{{0,2}}(?P<opened>{time.YEAR}))?"
    rf"{_TO}(?:(?P<last>{_MONTH})\s{{1,3}})?(?P<to>\d{{1,2}}))?(?:\s{{0,2}},?\s{{0,2}}(?P<year>{time.YEAR}))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<from>\d{{1,2}})(?P=mark)(?P<opened>{time.YEAR}|\d\d){_TO}"
    rf"(?P<last>\d{{1,2}})(?P=mark)(?P<to>\d{{1,2}})(?P=mark)(?P<year>{time.YEAR}|\d\d)",
)
_LEFT = re.compile(
    r"\bmay yet\b|\bmaximum\b|\bremain(?:s|ing)?\b|\bavailable\b|\byet to\b|\bauthori[sz]ed\b|\bdollar value\b",
    re.IGNORECASE,
)
_SOME_YEAR = 2000
"""The year of a stretch that names none: a leap year."""
_LONGEST = 80
"""Characters of a caption that is nothing but a stretch of days."""


@remembered(1024)
def stretch(caption: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of the stretch that a caption names, in some year where it names none; None where it
    names nothing of the kind. A single day is no stretch."""
    said = " ".join(caption.split())
    if len(said) > _LONGEST or not said:
        return None
    found = _NUMBERED.match(said) or _STRETCH.match(said)
    if found is None or (found["year"] is None and found["from"] is None) or not _ends(said[found.end() :]):
        return None
    try:
        return _days(found)
    except ValueError:
        return None


def follows(one: tuple[dt.date, dt.date] | None, two: tuple[dt.date, dt.date] | None) -> bool:
    """Whether one stretch begins on the day after another, the years aside that their captions may not name."""
    return one is not None and two is not None and (two[0] - one[1]).days % _LEAP in _NEXT


def is_left(head: str) -> bool:
    """Whether a column beside such lines says that it prints what is left, and carries it from line to line."""
    return _LEFT.search(head) is not None


_LEAP, _NEXT = 366, (1, 2)
"""Days of the year in which stretches without a year are set, and those between the end of one and the next: two where
February has 28 days."""


def _days(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    year = _year(found["year"] or found["opened"]) if found["year"] or found["opened"] else _SOME_YEAR
    first = _month(found["first"])
    last = _month(found["last"]) if found["last"] else first
    opened = _year(found["opened"]) if found["opened"] else year - (last < first)
    if found["from"] is None:
        return dt.date(year, first, 1), dt.date(year, first, calendar.monthrange(year, first)[1])
    return dt.date(opened, first, int(found["from"])), dt.date(year, last, int(found["to"]))


def _ends(rest: str) -> bool:
    """Whether nothing but marks of notes follows."""
    return re.fullmatch(r"[\s:.*]{0,9}(?:\(\w{1,3}\)[\s,]{0,3}){0,4}", rest) is not None


def _year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else 2000 + int(digits)


def _month(name: str) -> int:
    return int(name) if name.isdecimal() else _MONTHS[name.lower().rstrip(".")]
