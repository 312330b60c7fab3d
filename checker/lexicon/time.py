"""Words of time: the dates, years, lengths and quarters that a heading, a caption or a sentence names.

Only reading: which of them say the period of a figure is decided in `periods`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re

from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.lexicon.lower import lower, lowered

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = {name: number for number, name in enumerate(_MONTHS, 1)} | {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH |= {"januar": 1, "februar": 2, "märz": 3, "marz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "okt": 10, "dezember": 12, "dez": 12}
_NAME = r"(?:" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d"
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16,
    "twenty-four": 24, "twenty-six": 26, "twenty-seven": 27, "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
_COUNT = "|".join(word.replace("-", "[- ]") for word in sorted(_COUNTS, key=len, reverse=True))

_DATES = (
    r"\b(?=[\dadfjmnos])(?:"  # what a day or the name of a month can begin with
    rf"(?P<m1>{_NAME})\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%)(?:\s*,?\s*(?P<y1>{_YEAR})\b)?"
    rf"|(?P<d7>\d{{1,2}})-(?P<m7>{_NAME})-(?P<y7>\d\d)\b(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?(?P<m2>{_NAME})(?:[\s,-]*(?P<y2>{_YEAR})\b)?"
    rf"|(?P<m3>{_NAME})[\s,-]*(?P<y3>{_YEAR})\b"
    rf"|(?P<m4>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-’'](?P<y4>\d\d)\b"
    rf"|(?P<a5>\d{{1,2}})(?P<s5>[/.-])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>{_YEAR}|\d\d)\b"
    rf"|(?P<y6>{_YEAR})[-/.](?P<m6>\d{{1,2}})[-/.](?P<d6>\d{{1,2}})\b)"
)
_DATE = re.compile(_DATES, re.IGNORECASE)
_LOW_DATE = lowered(_DATES)
_LENGTH = lowered(rf"\b(?P<n>\d{{1,2}}|{_COUNT})\s*(?:\(\d+\)\s*)?[\s-]*(?P<unit>months?|mos\.?|weeks?|wks\.?)\b")
_QUARTER = lowered(r"\b(?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q|(?P<q3>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+)?(?:quarter|qtr\.?))(?![a-z])")
_QUARTER_YEAR = lowered(r"\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H|FY)\s*['’]?\s*(?:FY\s*['’]?)?(?P<year>\d\d(?:\d\d)?)\b")
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTERLY = lowered(r"\b(?:quarters?\s+(?:ended|ending|to)|quarterly|quarters?|qtrs?)\b")
_HALF = lowered(r"\b(?:(?P<h1>first|second)\s+half|half[- ]years?|H(?P<h2>[12])|(?P<h3>[12])H|six[- ]month)(?![a-z])")
_ANNUAL = lowered(
    r"\b(?:fiscal\s+|financial\s+)?years?\s+(?:then\s+)?(?:ended|ending|to)\b(?!\s+date)|\bfiscal(?:\s+years?)?\b|\bFY(?:\d{2,4})?\b|\bfull[- ]years?\b|"
    r"\bannual\b|\bfor\s+the\s+years?\b"
    r"|\b(?:twelve|12)[- ]months?\b|\byears?[- ]ended\b"
)
_TO_DATE = lowered(r"\byear[- ]to[- ]date\b|\bYTD\b")
_RANGE = lowered(r"\b(?:to|through|thru|until|[-–—])\s*$")
_BARE_YEAR = re.compile(rf"{_YEAR}(?<![\d,.$/-]{_YEAR})(?![\d%]|,\d|\.\d|/\d)")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"\d[/.-]\d")
_WORDS = ("month", "week", "year", "quarter", "qtr", "half", "fiscal", "annual", "ytd", "fy")
"""A text without a digit and without any of these says nothing of time."""
_MONTH_STEMS = tuple(dict.fromkeys(name[:3] for name in _MONTH))
_LENGTH_STEMS = ("month", "mos", "week", "wk")
_HALF_STEMS = ("half", "h1", "h2", "1h", "2h", "six")
_ANNUAL_STEMS = ("year", "fiscal", "fy", "annual", "twelve", "12")
"""Stems of which each of the patterns above needs one: quicker to look for than the pattern itself."""

MONTHS_OF_WEEKS = {4: 1, 5: 1, 12: 3, 13: 3, 14: 3, 16: 4, 24: 6, 26: 6, 27: 6, 36: 9, 39: 9, 40: 9, 51: 12, 52: 12, 53: 12}


@frozen
class Date:
    """A day that is named; the year may be missing. `month_only`: the day is the end of the month because none was named."""

    year: int | None
    month: int
    day: int
    month_only: bool = False

    def on(self, year: int) -> dt.date:
        """This day in a year of its own or, where none was named, in `year`."""
        return day(self.year or year, self.month, self.day)


@frozen
class Times:
    """Every word of time of one text, in order."""

    dates: tuple[Date, ...] = ()
    years: tuple[int, ...] = ()
    """Years that stand alone or in a quarter's name, those of full dates included."""
    months: int | None = None
    weeks: int | None = None
    quarter: int | None = None
    half: int | None = None
    annual: bool = False
    to_date: bool = False
    span: tuple[Date, Date] | None = None
    """`from X to Y` with both days named."""
    lengths: tuple[int, ...] = ()
    """All lengths in months, in order."""

    @property
    def full(self) -> tuple[Date, ...]:
        """The dates with a year."""
        return tuple(date for date in self.dates if date.year)

    @property
    def lasts(self) -> bool:
        """Whether a length is named in any way."""
        return self.months is not None or self.span is not None

    def __bool__(self) -> bool:
        return bool(self.dates or self.years or self.lasts or self.to_date)


NONE = Times()


def day(year: int, month: int, number: int) -> dt.date:
    """That day, or the last of the month where the month is shorter."""
    for back in range(4):
        try:
            return dt.date(year, month, number - back)
        except ValueError:
            continue
    return dt.date(year, month, 28)


@remembered(8192)
def read(text: str) -> Times:
    """What a text says of time."""
    low = lower(text)
    numbered = _DIGIT.search(low) is not None
    if not numbered and not _has(low, _WORDS):
        return NONE
    found = _dates(low) if numbered else []
    rest = low
    for match, _ in reversed(found):
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    dates = tuple(date for _, date in found)
    years = _years(low, rest, dates) if numbered else ()
    lengths = _lengths(rest) if _has(low, _LENGTH_STEMS) else []
    quarter = _quarter(rest) if "q" in low else None
    half = _half(rest) if _has(low, _HALF_STEMS) else None
    months, weeks = lengths[0] if lengths else (None, None)
    annual = months in (None, 12) and _has(low, _ANNUAL_STEMS) and _ANNUAL.search(rest) is not None
    if months is None:
        if quarter is not None:
            months = 3
        elif half is not None:
            months = 6
        elif annual:
            months = 12
        elif ("quarter" in low or "qtr" in low) and _QUARTERLY.search(rest):
            months = 3
    return Times(
        dates,
        years,
        months,
        weeks,
        quarter,
        half,
        annual and months == 12,
        ("date" in low or "ytd" in low) and _TO_DATE.search(rest) is not None,
        _range(low, found),
        tuple(length for length, _ in lengths),
    )


def _has(low: str, stems: tuple[str, ...]) -> bool:
    return any(map(low.__contains__, stems))


def _dates(low: str) -> list[tuple[re.Match[str], Date]]:
    if not _has(low, _MONTH_STEMS) and not _NUMERIC.search(low):
        return []
    return [(match, date) for match in _LOW_DATE.finditer(low) if (date := _date(match)) is not None]


def _years(low: str, rest: str, dates: tuple[Date, ...]) -> tuple[int, ...]:
    """The years that stand alone, else the one in a quarter's name (`rest` is the text without its dates), else those of the dates."""
    alone = tuple(int(match[0]) for match in _BARE_YEAR.finditer(low))
    if not alone and (short := _QUARTER_YEAR.search(rest)) is not None:
        return (_century(short["year"]),)
    return alone or tuple(date.year for date in dates if date.year)


def _date(match: re.Match[str]) -> Date | None:
    if match["m1"]:
        return _checked(match["y1"], _MONTH[match["m1"].rstrip(".")], int(match["d1"]))
    if match["m2"]:
        return _checked(match["y2"], _MONTH[match["m2"].rstrip(".")], int(match["d2"]))
    if match["m3"]:
        return Date(int(match["y3"]), _MONTH[match["m3"].rstrip(".")], 31, True)
    if match["m4"]:
        return Date(_century(match["y4"]), _MONTH[match["m4"]], 31, True)
    if match["m7"]:
        return _checked(str(_century(match["y7"])), _MONTH[match["m7"].rstrip(".")], int(match["d7"]))
    if match["y6"]:
        return _checked(match["y6"], int(match["m6"]), int(match["d6"]))
    first, second, year = int(match["a5"]), int(match["b5"]), str(_century(match["y5"]))
    if first > 12 or (match["s5"] == "." and second <= 12):  # 31/12/2013 and 31.12.2013 name the day first
        first, second = second, first
    return _checked(year, first, second)


def _checked(year: str | None, month: int, number: int) -> Date | None:
    return Date(int(year) if year else None, month, number) if 1 <= month <= 12 and 1 <= number <= 31 else None


def _century(digits: str) -> int:
    year = int(digits)
    if year > 99:
        return year
    return 1900 + year if year >= 80 else 2000 + year


def _lengths(text: str) -> list[tuple[int, int | None]]:
    lengths: list[tuple[int, int | None]] = []
    for match in _LENGTH.finditer(text):
        word = match["n"]
        count = int(word) if word.isdigit() else _COUNTS[word.replace(" ", "-")]
        if match["unit"].startswith("w"):
            lengths.append((MONTHS_OF_WEEKS.get(count, max(1, round(count * 12 / 52))), count))
        elif 0 < count <= 60:
            lengths.append((count, None))
    return lengths


def _quarter(text: str) -> int | None:
    match = _QUARTER.search(text)
    if match is None:
        return None
    return int(match["q1"] or match["q2"]) if match["q3"] is None else _QUARTERS[match["q3"]]


def _half(text: str) -> int | None:
    match = _HALF.search(text)
    if match is None:
        return None
    word = match["h1"] or match["h2"] or match["h3"] or ""
    return {"first": 1, "1": 1, "second": 2, "2": 2}.get(word, 0)


def _range(text: str, found: list[tuple[re.Match[str], Date]]) -> tuple[Date, Date] | None:
    for (first, begin), (second, end) in itertools.pairwise(found):
        if end.year and not begin.month_only and _RANGE.search(text[first.end() : second.start()]) and len(text[first.end() : second.start()].split()) <= 3:
            return (begin if begin.year else Date(end.year, begin.month, begin.day)), end
    return None


# ---- what is left of a heading without its time ---------------------------------------------------------------------------

_TIMELESS = re.compile(
    rf"\b(?:for\s+the\s+|as\s+of\s+and\s+for\s+the\s+|as\s+of\s+|as\s+at\s+|at\s+)?(?:(?:\d{{1,2}}|{_COUNT})[\s-]*(?:months?|weeks?|mos\.?|wks\.?)\b|(?:first|second|third|"
    rf"fourth)\s+(?:fiscal\s+)?(?:quarter|half)|"
    r"year[- ]to[- ]date|quarters?\b|qtrs?\b|fiscal\s+years?|fiscal\b|(?:full\s+)?years?\b|period\b|half[- ]years?|FY\s*['’]?\d{0,4}|Q[1-4]\b|"
    r"[1-4]Q\s*['’]?\d{0,4}|H[12]\b|[12]H\b|YTD)"
    r"|\b(?:ended|ending|from|to|through|as\s+of|as\s+at|at)\b|\((?:un)?audited\)|\b(?:un)?audited\b",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s,;:|.&()–—-]+|[\s,;:|.&(–—-]+$")


@remembered(4096)
def without(text: str) -> str:
    """A heading without its words of time: what is left names a segment, a basis or a measure."""
    if not read(text):
        bare = re.sub(r"\((?:un)?audited\)|^(?:un)?audited$", " ", text, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", bare).strip()
    bare = _TIMELESS.sub(" ", _BARE_YEAR.sub(" ", _DATE.sub(" ", text)))
    bare = re.sub(r"\(\s*\)|\s+['’]\d\d\b", " ", bare)
    return _EDGES.sub("", re.sub(r"\s+", " ", bare))
