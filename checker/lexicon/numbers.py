"""The printed number: from the text of a cell to value, step, form, sign, currency and unit sign.

It knows how numbers are printed in releases, not what they measure: scale ("in thousands"), shares and per-share amounts are decided
in `units`. Nothing here guesses: a text that is not wholly a printed number is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Literal

from checker.core.figure import Form
from checker.core.remembered import remembered
from checker.core.value import frozen

Style = Literal["point", "comma"]
"""Which sign parts whole from fraction: `1,234.5` (point) or `1.234,5` (comma, also `1 234,5`)."""
Sign = Literal["", "percent", "points", "basis points", "times"]

CURRENCIES: dict[str, str] = {
    "$": "$",
    "us$": "USD",
    "u.s.$": "USD",
    "usd": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "cad": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "hkd": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "sgd": "SGD",
    "j$": "JMD",
    "jmd": "JMD",
    "r$": "BRL",
    "brl": "BRL",
    "mx$": "MXN",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "jpy": "JPY",
    "rmb": "CNY",
    "cny": "CNY",
    "₹": "INR",
    "rs.": "INR",
    "rs": "INR",
    "inr": "INR",
    "₩": "KRW",
    "krw": "KRW",
    "chf": "CHF",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "₱": "PHP",
    "php": "PHP",
    "₪": "ILS",
    "nis": "ILS",
}
"""Currency signs as printed, in lower case; a bare dollar sign is settled by the document."""

_CUR = "(?:" + "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True)) + ")"
_UNIT = r"(?:%|％|per ?cent|percentage points?|ppts?|pts?\.?|points?|pp|bps?|basis points?|x|times)"
_WORD = r"(?:trillion|billion|million|thousand|crores?|lakhs?|mn|bn)"
_MARK = r"(?:\s*(?:\((?:\d{1,2}|[a-z]{1,2})\)|\[(?:\d{1,2}|[a-z])\]|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹†‡§]|(?<=\d)\s[a-z]\)))+"
_WHOLE = {
    "point": r"\d{1,3}(?:\s?,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:['’]\d{3})+|\d+",
    "comma": r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:['’]\d{3})+|\d+",
}
_FRACTION = {"point": r"\.\d+", "comma": r",\d+"}
_MINUS = "-−–—‒▲△"


@cache
def _pattern(style: Style) -> re.Pattern[str]:
    """A printed number in that style; made when a document first needs it, which for the comma is seldom."""
    return re.compile(
        rf"\s*(?:{_CUR}\s*)?"
        rf"(?P<core>(?P<sign>[{_MINUS}+]\s?)?(?:{_CUR}\s*)?(?P<open>[(<]\s*)?(?P<inner>[{_MINUS}]\s?)?(?:{_CUR}\s*)?"
        rf"(?P<whole>{_WHOLE[style]})?(?P<fraction>{_FRACTION[style]})?"
        rf"(?P<word>\s?{_WORD}\b)?(?P<unit>\s*{_UNIT})?(?P<close>\s*[)>])?(?P<outer>\s*{_UNIT})?(?P<trailing>-)?)"
        rf"(?:\s?{_CUR})?(?P<marks>{_MARK})?\s*",
        re.IGNORECASE,
    )


_CURRENCY = re.compile(_CUR, re.IGNORECASE)
_DASH = re.compile(rf"(?:{_CUR}\s*)?(?P<core>\(?\s*(?:[-−–—‒―─]{{1,4}}|- -|-0-|nil)\s*\)?\s*%?)(?P<marks>{_MARK})?", re.IGNORECASE)
_NOT_MEANINGFUL = re.compile(
    r"(?P<core>\(?\s*(?:n/?m/?f?|n\.m\.f?\.?|n/?a|n\.a\.|not meaningful|not applicable|\*{1,3}|#)\s*\)?\s*%?)(?P<marks>\s*\((?:\d|[a-z])\))?", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"[^0-9]")
_ENOUGH = 1000
"""Votes that settle it."""
_LONGEST = 48
"""Characters of the longest number with its signs and words; no cell with more is one."""
_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "lakh": 5, "crore": 7}


@frozen
class Printed:
    """One number as printed. `text[start:end]` is the number with its sign, parentheses and unit sign; a currency sign only if it is inside."""

    value: Decimal | None
    step: Decimal
    form: Form
    negative: bool = False
    currency: str | None = None
    """What `CURRENCIES` says of the sign; `$` where only the document can tell."""
    sign: Sign = ""
    multiplier: Decimal = Decimal(1)
    """The scale word inside the cell: a million in `$1.2 million`. Not yet applied to `value` and `step`."""
    start: int = 0
    end: int = 0
    digits_end: int = 0
    """Where the last digit ends: closing signs hang over the edge of a column."""
    marks: str = ""
    broken: Decimal | None = None
    """What stands before a stray blank inside it, as a number of its own: `4,180` in `4,180 ,000`."""

    @property
    def size(self) -> Decimal:
        """The value without its sign; zero where there is none."""
        return abs(self.value) if self.value is not None else Decimal(0)

    @property
    def places(self) -> int:
        """How many decimals are printed."""
        return -int(self.step.as_tuple().exponent)


@remembered(1 << 16)
def parse(text: str, style: Style = "point") -> Printed | None:
    """The number that `text` prints, or None where it is anything else."""
    if not text or len(text) > _LONGEST:
        return None
    if text.endswith("-0-") or not _DIGIT.search(text):
        return None if len(text) > 18 else _without_digits(text)
    match = _pattern(style).fullmatch(text)
    if match is None or not (match["whole"] or match["fraction"]):
        return None
    return _number(match)


def _without_digits(text: str) -> Printed | None:
    match = _DASH.fullmatch(text)
    if match is not None:
        sign: Sign = "percent" if "%" in text else ""
        return Printed(
            Decimal(0),
            Decimal(1),
            "dash",
            False,
            _currency(text),
            sign,
            Decimal(1),
            match.start("core"),
            match.end("core"),
            match.end("core"),
            match["marks"] or "",
        )
    match = _NOT_MEANINGFUL.fullmatch(text)
    if match is not None:
        return Printed(None, Decimal(1), "not meaningful", False, None, "", Decimal(1), match.start("core"), match.end("core"), match.end("core"))
    return None


def _number(match: re.Match[str]) -> Printed | None:
    opened, closed = match["open"], match["close"]
    if opened and closed and ("(" in opened) != (")" in closed):
        return None
    whole = _NO_DIGIT.sub("", match["whole"] or "0")
    fraction = (match["fraction"] or "")[1:]
    if not whole or not fraction.isascii():  # digits of other scripts
        return None
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    minus = (match["sign"] or "+")[0] != "+" or bool(match["inner"])
    negative = minus or bool(opened) or bool(closed) or bool(match["trailing"])
    word = (match["word"] or "").strip().lower()
    multiplier = Decimal(10) ** _SCALES[word if word in _SCALES else word.rstrip("s")] if word else Decimal(1)
    last = match.end("fraction") if match["fraction"] else match.end("whole")
    return Printed(
        -value if negative else value,
        Decimal(1).scaleb(-len(fraction)),
        "number",
        negative,
        _currency(match.string),
        _sign((match["unit"] or match["outer"] or "").strip().lower()),
        multiplier,
        match.start("core"),
        match.end("core"),
        last,
        (match["marks"] or "").strip(),
        _before_blank(match["whole"] or "", negative),
    )


def _before_blank(whole: str, negative: bool) -> Decimal | None:
    first = re.split(r"\s(?=,)", whole)[0] if "," in whole else whole
    if first == whole:
        return None
    value = Decimal(first.replace(",", ""))
    return -value if negative else value


def _sign(unit: str) -> Sign:
    if not unit:
        return ""
    if unit in "%％" or unit in ("percent", "per cent"):
        return "percent"
    if unit.startswith(("bp", "basis")):
        return "basis points"
    if unit in ("x", "times"):
        return "times"
    return "points"


def _currency(text: str) -> str | None:
    if text[0].isdigit() and text[-1].isdigit():
        return None
    match = _CURRENCY.search(text)
    return CURRENCIES[match[0].lower()] if match else None


# ---- which sign parts whole from fraction ----------------------------------------------------------------------------------

_ONLY_POINT = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{1,2}(?:,\d{2})+,\d{3}|\d+\.(?:\d{1,2}|\d{4,})")
_ONLY_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3})+(?:,\d+)?|\d+,(?:\d{1,2}|\d{4,})")
_WEAK_POINT = re.compile(r"\d{1,3},\d{3}")
_WEAK_COMMA = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DRESS = re.compile(rf"^(?:\s|[-−–—▲△(+]|{_CUR})+|(?:\s|[)%]|{_CUR})+$", re.IGNORECASE)


def votes(texts: Iterable[str]) -> tuple[int, int]:
    """How strongly cells speak for the point and for the comma as decimal sign; a certain cell counts ten times one that is only likely."""
    point = comma = 0
    for text in texts:
        if len(text) > 24 or ("," not in text and "." not in text and " " not in text) or not _DIGIT.search(text):
            continue
        bare = text.lstrip("($ ").rstrip(")%$ ")
        if not (bare[:1].isdigit() and bare[-1:].isdigit()):
            bare = _DRESS.sub("", text)
        if _ONLY_POINT.fullmatch(bare):
            point += 10
        elif _ONLY_COMMA.fullmatch(bare):
            comma += 10
        elif _WEAK_POINT.fullmatch(bare):
            point += 1
        elif _WEAK_COMMA.fullmatch(bare):
            comma += 1
        if point + comma > _ENOUGH:
            break
    return point, comma


# ---- numbers broken over several cells -------------------------------------------------------------------------------------

OPENING = re.compile(rf"(?:{_CUR}\s*[(<]?|[(<]\s*(?:{_CUR})?|[-−▲△]\s*{_CUR})", re.IGNORECASE)
"""What may stand in a cell of its own before its number. Never a bare dash: that is a zero of its own column."""
CLOSING = re.compile(rf"(?:[)>]\s*%?|%\s*\)?|{_UNIT}\s*\)?|{_CUR})", re.IGNORECASE)
"""What may stand in a cell of its own after its number."""
MARK = re.compile(r"(?:\([a-z]{1,2}\)|\[(?:\d{1,2}|[a-z])\]|\*{1,3}|[¹²³†‡§])+")
"""A footnote mark in a cell of its own."""
YEAR = re.compile(r"(?:fy\s*|fiscal\s*)?(?:19|20)\d\d(?:\s*(?:\([^)]*\)|\*))?", re.IGNORECASE)


def is_year(text: str) -> bool:
    """Whether a text is nothing but a year, perhaps with a footnote mark: a head or a caption, not an amount."""
    return YEAR.fullmatch(text.strip()) is not None
