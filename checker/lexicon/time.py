"""Words of time: the dates, years, lengths and quarters that a heading, a caption or a sentence names.

Only reading: which of them say the period of a figure is decided in `periods`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.lexicon.lower import either, holds, lower, lowered, sought, stems

_MONTHS = (
    ("january", "januar", "jan"),
    ("february", "februar", "feb"),
    ("march", "märz", "marz", "mar"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
"""How each month is spelled, in the order of the year: its English name first, then those of other languages, then
abbreviations."""
MONTH: Mapping[str, int] = MappingProxyType({name: number for number, names in enumerate(_MONTHS, 1) for name in names})
"""The number of a month by each of its spellings."""
ENGLISH = tuple(names[0] for names in _MONTHS)
"""The months as the rule language names them."""
ABBREVIATED = tuple(
    name for name in MONTH if len(name) <= 4 and any(other != name and other.startswith(name) for other in MONTH)
)
"""The spellings that leave out the end of another."""
COUNTS: Mapping[str, int] = MappingProxyType(
    {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18,
        "twenty-four": 24, "twenty-six": 26, "twenty-seven": 27, "twenty-eight": 28, "thirty-six": 36,
        "thirty-nine": 39, "forty": 40, "fifty-one": 51, "fifty-two": 52, "fifty-three": 53,
    }
)  # fmt: skip
"""Words for how many months or weeks a period lasts."""
ORDINALS: Mapping[str, int] = MappingProxyType(
    {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
)
"""Which quarter or half of a year."""
_MONTHS_OF_WEEKS = {
    4: 1,
    5: 1,
    12: 3,
    13: 3,
    14: 3,
    16: 4,
    24: 6,
    25: 6,
    26: 6,
    27: 6,
    28: 6,
    36: 9,
    39: 9,
    40: 9,
    51: 12,
    52: 12,
    53: 12,
}
_MONTH_UNITS, _WEEK_UNITS = ("months", "month", "mos", "mths", "mth"), ("weeks", "week", "wks", "wk")
_QUARTER_UNITS = ("quarters", "quarterly", "quarter", "qtrs", "qtr")
_CENTURY = 80
"""Years of two digits from here on are of the last century."""

# Pieces of patterns, for text in either case where the flag is set, or in lower case.

_AUXILIARY = (
    r"may\s+(?:be|have|not|also|only|still|well|or|no|contain|vary|differ|result|change|affect|cause|include|require)\b"
)
NAME = rf"(?!{_AUXILIARY})(?:{either(MONTH)})\b\.?"
"""The name of a month, abbreviated or not; no "may" before a verb."""
YEAR = r"(?:19|20)\d\d"
_NO_DAY_BEHIND = rf"(?!\s*\d{{1,2}},?\s+{YEAR}\b|\s*\d{{1,2}},)"
"""After a month that stands behind its day: the 1 of "Level 1 December 31, 2022" is no day."""
COUNT = rf"(?:{either(COUNTS)})"
"""A number of months or weeks, in words."""
LENGTH = rf"(?:{COUNT}|\d{{1,2}})(?: ?\(\d{{1,2}}\))?[\s-]{{0,3}}(?:{either((*_MONTH_UNITS, *_WEEK_UNITS))})\b\.?"
"""How many months or weeks: "three months", "13 wks."."""
SPAN = (
    rf"(?:{LENGTH}|(?:(?:fiscal|financial|half)[- ])?years?|(?:{either(ORDINALS)})[ -](?:quarter|half)|"
    rf"{either(_QUARTER_UNITS)}|periods?)"
)
"""How long a period lasts, in any words."""
DAY = (
    rf"(?:{NAME}\s{{0,3}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d),?|\d{{1,2}}(?:st|nd|rd|th|"
    rf"\.)?[\s-](?:of )?{NAME}{_NO_DAY_BEHIND},?)"
)
"""A day without its year, the month before or behind it: "March 31,", "31 December"."""
UNIT = rf"(?:{either((*_MONTH_UNITS, *_WEEK_UNITS, *_QUARTER_UNITS))}|half|years?|periods?)"
"""What the length of a period is counted in."""
NUMERIC = rf"(?:\d{{1,2}}(?P<between>[/.-])\d{{1,2}}(?P=between)(?:{YEAR}|\d\d)|{YEAR}-\d\d-\d\d)(?![\d/.-]\d)\b"
"""A day in digits alone."""
STARTS = "".join(
    sorted(
        {
            word[0]
            for word in (*MONTH, *COUNTS, *ORDINALS, "year", "quarter", "period", "fiscal", "half")
            if word[0].isalpha()
        }
    )
)
"""The letters that a name, a number or a length above can begin with."""


_WHEN = frozenset(
    (
        *MONTH, *COUNTS, *ORDINALS, *_MONTH_UNITS, *_WEEK_UNITS, *_QUARTER_UNITS, "half", "year", "years", "period",
        "full", "fiscal", "financial", "calendar", "ended", "ending", "end", "during", "then", "fy",
    )
)  # fmt: skip
"""Words that say when, one by one."""
_DATED_WORD = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|\d{4}|(?:q[1-4]|h[12]|fy)\d*|[1-4]q\d*")


def says_when(words: Iterable[str]) -> bool:
    """Whether each of these words, in lower case, is one of a date or of a period."""
    return all(word in _WHEN or _DATED_WORD.fullmatch(word) is not None for word in words)


def months_of_weeks(weeks: int) -> int:
    """The months that so many weeks count as: 13 are a quarter, 52 and 53 are a year."""
    return _MONTHS_OF_WEEKS.get(weeks, max(1, round(weeks * 12 / 52)))


def century(digits: str) -> int:
    """The year that two or four digits name."""
    year = int(digits)
    if year > 99:
        return year
    return 1900 + year if year >= _CENTURY else 2000 + year


_DATES = (
    rf"\b(?=[\d{''.join(sorted({name[0] for name in MONTH}))}])(?:"  # what a day or the name of a month can begin with
    rf"(?P<m1>{NAME})\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%)(?:\s*,?\s*(?P<y1>{YEAR})\b)?"
    rf"|(?P<d7>\d{{1,2}})-(?P<m7>{NAME})-(?P<y7>\d\d)\b(?!\d)"
    rf"|(?P<d8>\d{{1,2}})\s(?P<m8>{NAME})\s(?P<y8>[0-4]\d)\b(?!\s*[\d%.,:/])"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?(?P<m2>{NAME}){_NO_DAY_BEHIND}(?:[\s,-]*(?P<y2>{YEAR})\b)?"
    rf"|(?P<m3>{NAME})(?:[\s,-]*|\s+of\s+)(?P<y3>{YEAR})\b"
    rf"|(?P<m4>{NAME})(?:-|\s?[’'])(?P<y4>\d\d)\b"
    rf"|(?P<a5>\d{{1,2}})(?P<s5>[/.-])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>{YEAR}|\d\d)\b"
    rf"|(?P<y6>{YEAR})[-/.](?P<m6>\d{{1,2}})[-/.](?P<d6>\d{{1,2}})\b)"
)
_DATE = re.compile(_DATES, re.IGNORECASE)
_LOW_DATE = sought(_DATES, stems(MONTH), r"\d[/.-]\d")
_LENGTH = sought(
    (
        rf"\b(?P<n>\d{{1,2}}|{either(COUNTS)})\s*(?:\(\d+\)\s*)?[\s-]*(?:(?P<months>{either(_MONTH_UNITS)})|"
        rf"(?P<weeks>{either(_WEEK_UNITS)}))\b\.?"
    ),
    stems((*_MONTH_UNITS, *_WEEK_UNITS)),
)
_QUARTER = sought(
    (
        rf"\b(?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q|(?P<q3>{either(ORDINALS)})[\s-]+(?:fiscal\s+)?(?:quarters?|"
        rf"qtrs?\.?))(?![a-z])"
    ),
    ("q",),
)
_QUARTER_YEAR = sought(
    (
        r"\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H|HY[12]?|(?:[369]|12)M|"
        r"FY)\s*['’/-]?\s*(?:FY\s*['’]?)?(?P<year>\d\d(?:\d\d)?)\b(?!%)"
    ),
    ("q", "h1", "h2", "1h", "2h", "hy", "3m", "6m", "9m", "12m", "fy"),
)
_SHORT_MONTHS = sought(
    r"\b(?P<count>[369]|12)M\s*['’/-]?\s*(?:FY\s*)?(?P<year>(?:20)?\d\d)\b", ("3m", "6m", "9m", "12m")
)
"""So many months from the beginning of the year: "9M 2024"."""
_STRETCH = sought(
    rf"\b(?P<from>{NAME})\s*(?:[-–—/]|to\b|through\b|until\b)\s*(?P<to>{NAME})(?=(?:[\s,-]*|\s+of\s+|\s?[’'])(?:{YEAR}|\d\d)\b|\s*$)"
    rf"|\b(?P<first>1|4|7|10)\s?[-–]\s?(?P<last>3|6|9|12)\s?/\s?(?P<year>{YEAR}|\d\d)\b(?!\s?/)",
    stems(MONTH),
    r"\d\s?/\s?\d\d",
)
"""From month to month: "Jan-Sep 2024", "7-9/2024"."""
_TWO_YEARS = sought(rf"\b(?P<year>{YEAR})[/–-](?P<next>\d\d)\b(?![/.,\d-])", ("19", "20"))
"""A fiscal year that lies in two: "2023/24"."""
_QUARTERLY = sought(rf"\b(?:{either(_QUARTER_UNITS)})\b", stems(_QUARTER_UNITS))
_HALF = sought(
    r"\b(?:(?P<h1>first|second|1st|2nd)[\s-]+(?:fiscal\s+)?half|half[- ]years?|H(?P<h2>[12])|(?P<h3>[12])H|"
    r"HY(?P<h4>[12]?)(?=[\s/’'-]?(?:FY)?\d\d)|six[- ]month)(?![a-z])",
    ("half", "h1", "h2", "1h", "2h", "hy", "six"),
)
_ANNUAL = sought(
    r"\b(?:fiscal\s+|financial\s+)?years?\s+(?:then\s+)?(?:ended|ending|to)\b(?!\s+date)|\bfiscal(?:\s+years?)?\b|"
    r"\bFY(?:\d{2,4})?\b|\bfull[- ]years?\b|\bannual\b|\bfor\s+the\s+years?\b|\b(?:twelve|12)[- ]months?\b|"
    r"\byears?[- ]ended\b",
    ("year", "fiscal", "fy", "annual", "twelve", "12"),
)
_TO_DATE = sought(r"\byear[- ]to[- ]date\b|\bYTD\b", ("date", "ytd"))
_RANGE = lowered(r"(?:\b(?:to|through|thru|until)|^\s*[-–—])\s*$")
_BARE_YEAR = re.compile(rf"{YEAR}(?<![\d,.$/-]{YEAR})(?![\d%]|,\d|\.\d|/\d)")
_DIGIT = re.compile(r"\d")
_TERM = lowered(
    rf"\b(?:less|more|greater|longer|fewer|shorter)\s+than\s+(?:or\s+equal\s+to\s+)?{LENGTH}|\b(?:within|beyond|after|next|over|under|up\s+to|at\s+least)\s+{LENGTH}"
    rf"|\b{LENGTH}\s+(?:or|and)\s+(?:more|greater|longer|less|fewer|over|above|beyond)\b"
)
"""How long something has lasted or will: "12 months or greater" names no period."""
SOUGHT = (
    _LOW_DATE,
    _LENGTH,
    _QUARTER,
    _QUARTER_YEAR,
    _QUARTERLY,
    _HALF,
    _ANNUAL,
    _TO_DATE,
    _SHORT_MONTHS,
    _STRETCH,
    _TWO_YEARS,
)
"""All that is sought in a text, each with what it cannot be without."""
_WORDS = stems((*_MONTH_UNITS, *_WEEK_UNITS, *_QUARTER_UNITS, "half", "year", "fiscal", "fy", "annual", "ytd"))
"""A text without a digit and without any of these says nothing of time."""


@frozen
class Date:
    """A day that is named; the year may be missing. `month_only`: the day is the end of the month because none was
    named."""

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
    if not numbered and not holds(low, _WORDS):
        return NONE
    found = _dates(low) if numbered else []
    rest = low
    for match, _ in reversed(found):
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    stretch = _stretch(low)
    if stretch is not None and stretch.ends is not None:
        rest = rest.replace(stretch.text, " " * len(stretch.text))
    named = (
        *(date for _, date in found),
        *((stretch.ends,) if stretch is not None and stretch.ends is not None else ()),
    )
    years = _years(low, rest, named) if numbered else ()
    if _LENGTH.may(rest):
        rest = _TERM.sub(" ", rest)
    lengths = [(stretch.months, None)] if stretch is not None else _lengths(rest)
    quarter, half = _quarter(rest), _half(rest)
    short = _SHORT_MONTHS.search(rest)
    if short is not None and not lengths and quarter is None and half is None:
        quarter = int(short["count"]) // 3
    months, weeks = lengths[0] if lengths else (None, None)
    annual = months in (None, 12) and _ANNUAL.search(rest) is not None
    if months is None:
        if quarter is not None:
            months = 3
        elif half is not None:
            months = 6
        elif annual:
            months = 12
        elif _QUARTERLY.search(rest):
            months = 3
    return Times(
        named,
        years,
        months,
        weeks,
        quarter,
        half,
        annual and months == 12,
        short is not None or _TO_DATE.search(rest) is not None,
        _range(low, found),
        tuple(length for length, _ in lengths),
    )


@frozen
class _Stretch:
    """From month to month, as one text has it."""

    text: str
    months: int
    ends: Date | None
    """The day it ends, where no other words of the text say it."""


def _stretch(low: str) -> _Stretch | None:
    """The months that a text names from the first to the last of them."""
    match = _STRETCH.search(low)
    if match is None:
        return None
    if match["from"]:
        return _Stretch(match[0], (MONTH[match["to"].rstrip(".")] - MONTH[match["from"].rstrip(".")]) % 12 + 1, None)
    first, last = int(match["first"]), int(match["last"])
    return _Stretch(match[0], last - first + 1, Date(century(match["year"]), last, 31, True)) if first < last else None


def stretch(text: str) -> int | None:
    """How many months lie from the first to the last of those that a text names: nine in "Jan-Sep 2024"; None where it
    names no such two."""
    found = _stretch(lower(text))
    return found.months if found is not None else None


def one_year(text: str) -> str:
    """The text with a fiscal year that lies in two named by its end: 2024 for "2023/24"."""
    return _TWO_YEARS.pattern.sub(lambda both: str(ended) if (ended := _ended(both)) is not None else both[0], text)


def _ended(both: re.Match[str]) -> int | None:
    """The year in which a fiscal year ends that is named by two; None where the second does not follow the first."""
    year = int(both["year"]) + 1
    return year if year % 100 == int(both["next"]) else None


def dates(text: str) -> tuple[Date, ...]:
    """The days that a text names, in order."""
    return tuple(date for _, date in _dates(lower(text)))


def undated(text: str) -> str:
    """The text with blanks where it names days."""
    return _DATE.sub(" ", text)


def count(word: str) -> int:
    """The number that a word or digits say."""
    return int(word) if word.isdigit() else COUNTS[word.lower().replace(" ", "-")]


def _dates(low: str) -> list[tuple[re.Match[str], Date]]:
    return [(match, date) for match in _LOW_DATE.finditer(low) if (date := _date(match)) is not None]


def _years(low: str, rest: str, dates: tuple[Date, ...]) -> tuple[int, ...]:
    """The years that stand alone, else the one in a quarter's name (`rest` is the text without its dates), else those
    of the dates."""
    if _TWO_YEARS.may(rest):
        rest, low = one_year(rest), one_year(low)
    alone = tuple(int(match[0]) for match in _BARE_YEAR.finditer(low))
    if not alone and (short := _QUARTER_YEAR.search(rest)) is not None:
        return (century(short["year"]),)
    return alone or tuple(date.year for date in dates if date.year)


def _date(match: re.Match[str]) -> Date | None:
    if match["m1"]:
        return _checked(match["y1"], MONTH[match["m1"].rstrip(".")], int(match["d1"]))
    if match["m2"]:
        return _checked(match["y2"], MONTH[match["m2"].rstrip(".")], int(match["d2"]))
    if match["m3"]:
        return Date(int(match["y3"]), MONTH[match["m3"].rstrip(".")], 31, True)
    if match["m4"]:
        return Date(century(match["y4"]), MONTH[match["m4"].rstrip(".")], 31, True)
    for form in "78":
        if match[f"m{form}"]:
            return _checked(
                str(century(match[f"y{form}"])), MONTH[match[f"m{form}"].rstrip(".")], int(match[f"d{form}"])
            )
    if match["y6"]:
        return _checked(match["y6"], int(match["m6"]), int(match["d6"]))
    first, second, year = int(match["a5"]), int(match["b5"]), str(century(match["y5"]))
    if first > 12 or (match["s5"] == "." and second <= 12):  # 31/12/2013 and 31.12.2013 name the day first
        first, second = second, first
    return _checked(year, first, second)


def _checked(year: str | None, month: int, number: int) -> Date | None:
    return Date(int(year) if year else None, month, number) if 1 <= month <= 12 and 1 <= number <= 31 else None


def _lengths(text: str) -> list[tuple[int, int | None]]:
    lengths: list[tuple[int, int | None]] = []
    for match in _LENGTH.finditer(text):
        number = count(match["n"])
        if match["weeks"]:
            lengths.append((months_of_weeks(number), number))
        elif 0 < number <= 60:
            lengths.append((number, None))
    return lengths


def _quarter(text: str) -> int | None:
    match = _QUARTER.search(text)
    if match is None:
        return None
    return int(match["q1"] or match["q2"]) if match["q3"] is None else ORDINALS[match["q3"]]


def _half(text: str) -> int | None:
    match = _HALF.search(text)
    if match is None:
        return None
    word = match["h1"] or match["h2"] or match["h3"] or (None if match["h4"] is None else match["h4"] or "1") or ""
    return ORDINALS.get(word) or (int(word) if word else 0)


def _range(text: str, found: list[tuple[re.Match[str], Date]]) -> tuple[Date, Date] | None:
    for (first, begin), (second, end) in itertools.pairwise(found):
        if (
            end.year
            and not begin.month_only
            and _RANGE.search(text[first.end() : second.start()])
            and len(text[first.end() : second.start()].split()) <= 3
        ):
            return (begin if begin.year else Date(end.year, begin.month, begin.day)), end
    return None


# ---- what is left of a heading without its time ----------------------------------------------------------------------

_TIMELESS = re.compile(
    rf"\b(?:for\s+the\s+|as\s+of\s+and\s+for\s+the\s+|as\s+of\s+|as\s+at\s+|at\s+)?(?:{LENGTH}|"
    rf"(?:{either(ORDINALS)})\s+(?:fiscal\s+)?(?:quarters?|qtrs?\.?|half)|year[- ]to[- ]date|quarters?\b|qtrs?\b|"
    rf"fiscal\s+years?|fiscal\b|(?:full[\s-]+)?years?\b|period\b|half[- ]years?|FY\s*['’]?\d{{0,4}}|Q[1-4]\b|"
    rf"[1-4]Q\s*['’]?\d{{0,4}}|H[12]\b|[12]H\b|YTD)|\b(?:ended|ending|from|to|through|as\s+of|as\s+at|at)\b|"
    r"\((?:un)?audited\)|\b(?:un)?audited\b",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s,;:|.&()–—-]+|[\s,;:|.&(–—-]+$")


def _untold(text: str) -> str:
    """The text with blanks where it names stretches of months, lengths in letters and years that lie in two."""
    low = lower(text)
    for one in (_TWO_YEARS, _QUARTER_YEAR, _SHORT_MONTHS, _STRETCH):
        for match in one.finditer(low):
            is_dated = one is _STRETCH and match["from"] and low[match.end() :].strip()
            end = match.start("to") if is_dated else match.end()  # the last month is a part of its date
            text = text[: match.start()] + " " * (end - match.start()) + text[end:]
    return text


@remembered(4096)
def without(text: str) -> str:
    """A heading without its words of time: what is left names a segment, a basis or a measure."""
    if not read(text):
        bare = re.sub(r"\((?:un)?audited\)|^(?:un)?audited$", " ", text, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", bare).strip()
    bare = _DATE.sub(" ", _untold(text))
    bare = _TIMELESS.sub(" ", _BARE_YEAR.sub(" ", bare))
    bare = re.sub(r"\(\s*\)|\s+['’]\d\d\b", " ", bare)
    return _EDGES.sub("", re.sub(r"\s+", " ", bare))
