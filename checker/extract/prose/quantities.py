"""Quantities of running text: one printed number with its currency, scale word, unit and the words that hedge it.

Dates, years, times and telephone numbers are none. What the sentence says of a quantity is not decided here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from checker.core.unit import NUMBER, PERCENT, RATIO, Unit, money, per_share
from checker.core.value import evolve, frozen
from checker.lexicon import hedges, time
from checker.lexicon import money as moneys
from checker.lexicon import scale as scales
from checker.lexicon.numbers import IN_TEXT

_PENCE = frozenset({"p", "pence"})
_LONGEST = 19
"""Characters of a number beyond which it is none: a serial number, a row of noughts."""

SIGN = moneys.before_amounts().replace(r"\$", r"\\?\$")
"""Signs and codes before an amount; a dollar sign may be escaped, as Markdown has it."""
PATTERN = rf"""
(?:(?<![\w.])(?P<hedge>{hedges.pattern()})(?:\s+|(?<=[~.]))(?:a\s+|an\s+)?)?
(?:(?<![\w.,/\#&:])|(?<=(?<![\w.])[c~][.])|(?<=\d:)(?=[$€£¥])
|(?:(?<=\ to)|(?<=\ from)|(?<=\ of)|(?<=\ by)|(?<=\ and)|(?<=\ was)|(?<=\ were))(?=\\?[$€£]\ \d))(?<!\d[-–])
(?P<open>\()?\s?(?:(?P<negative>negative)\s+)?
(?P<minus>[-−–](?=\\?[$€£¥\d.(])|\+(?=\\?[$€£¥\d.]))?
(?P<currency>{SIGN})?\s?
(?P<inner>\((?=\d|\.\d))?
(?P<digits>(?(currency)\d{{1,3}}(?:\ \d{{3}})+(?!\d)(?:\.\d+)?|(?!))
|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+)(?![\d:/]|[hq]\ ?\d)
(?(currency)|(?!m[\ /’'-]?(?:fy)?(?:20)?\d\d\b))(?!,\d)(?!\.\d)
(?P<closed>(?(inner)\)|(?(open)\)|(?!))))?
(?:[\s-]?(?P<scale>(?:thousand|million|billion|trillion|crore|lakh)s?(?!\w)|(?<!-){scales.in_number(letters=True)}(?!\w)))?
(?:[\s-]?(?P<unit>%|percentage[\s-]points?\b|percent\b|per\ cent\b|basis[\s-]points?\b|bps\b|points?\b|
x\b|times\b|cents?\b|¢|pence\b|(?<=\d)p\b))?
(?P<close>(?(open)\)|(?(inner)\)|(?!))))?
(?P<share>\s+(?:diluted\s+|basic\s+)?(?:EPS|earnings\s+per\s+(?:diluted\s+|basic\s+|common\s+)*share)(?!\w)|
,?\s+(?:per|a|for\ each)\s+
(?:(?:fully|basic|diluted|common|ordinary|and|&)\s+|fully[- ]diluted\s+)*(?:share|unit|ADS|ADR)\b
(?:\s+of\s+common\s+stock)?)?
"""


@frozen
class Quantity:
    """A number of a sentence; `start` and `end` are characters of the paragraph and leave out the hedge."""

    text: str
    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: Unit
    scale: Decimal = Decimal(1)
    hedge: str = ""
    points: bool = False
    """In percent, by how many points of it something has changed."""
    signed: int = 0
    """+1 or -1 where a sign stands before it, as before changes: "+19%"."""

    @property
    def relative(self) -> bool:
        """Whether it is in percent or in points of percent."""
        return self.unit == PERCENT

    @property
    def measured(self) -> tuple[Unit, bool]:
        """Its unit; points of a percentage are another than percentages."""
        return self.unit, self.points


def quantity(match: re.Match[str], text: str, currency: str) -> Quantity | None:
    """What a match of `PATTERN` amounts to; None where it is a bare number that counts nothing by itself. The match is
    over `text` in lower case.

    `currency` is that of the document, which says what a sign that several share means.
    """
    group = match.groupdict()
    digits, unit = group["digits"].replace(" ", ","), _unit(group, currency)
    if unit is None or len(digits) > _LONGEST:
        return None
    word = _word(group)
    _, tallied = moneys.TALLIED.get((group["currency"] or "").strip(), ("", 0))
    scale = Decimal(1).scaleb(scales.power(group["scale"]).adjusted() if group["scale"] else tallied)
    if word.startswith(("cent", "¢", "basis", "bps")) or word in _PENCE:
        scale = Decimal(1).scaleb(-2)
    value = Decimal(digits.replace(",", "")) * scale
    if group["negative"] or (group["minus"] and group["minus"] != "+") or _bracketed(group):
        value = -value
    start = _begin(match)
    end = match.end("share") if group["share"] else _finish(match)
    hedge = " ".join((group["hedge"] or "").lower().split())
    signed = 0 if group["minus"] is None else 1 if group["minus"] == "+" else -1
    return Quantity(
        text[start:end],
        start,
        end,
        _plain(value),
        _plain(_step(digits) * scale),
        unit,
        scale,
        hedge,
        _is_points(word),
        signed,
    )


_ALONE = rf"(?P<minus>[-−–]\s?)?(?P<digits>{IN_TEXT})"
_BRACKETED = re.compile(
    rf"\s?\((?:(?P<sign>{moneys.before_amounts()})\s?)?{_ALONE}\s?(?P<scale>{scales.in_number(letters=True)}|"
    r"(?:thousand|million|billion)s?)?\s?(?P<unit>%|per ?cent)?\)(?!\w)"
)
_SEPARATOR = re.compile(r"\s*(?::|[-–](?!\d))?\s*")
_DATED = re.compile(rf"{_ALONE}\s?%?")
_YEAR = re.compile(time.YEAR)


def compared(before: Quantity, low: str) -> Quantity | None:
    """The amount in brackets right behind another one, of another period and printed as that is, without its unit or
    with it: "SEK 1,250 million (1,180)", "12.0% (11.0)". `low` is the text in lower case."""
    match = _BRACKETED.match(low, before.end)
    if match is None or (match["sign"] and not before.text.lower().startswith(match["sign"])):
        return None
    if bool(match["unit"]) > before.relative or (match["sign"] and before.relative):
        return None
    return _as_printed(before, match, low)


def alike(before: Quantity, found: Quantity) -> Quantity:
    """A number with a scale but no unit, in the unit of the amount before it: "€20.0 million (2023: 18.1 million)"."""
    return evolve(found, unit=before.unit) if found.unit == NUMBER and before.unit.is_money else found


def undressed(before: Quantity, low: str, span: tuple[int, int]) -> Quantity | None:
    """A number alone that is in the unit and scale of the amount before it: 195.1 in "EUR 200.3m (Q3 2024: 195.1)"."""
    separated = _SEPARATOR.match(low, *span)
    span = separated.end() if separated is not None else span[0], span[1]
    match = _DATED.fullmatch(low, *span)
    return _as_printed(before, match, low) if match is not None else None


def _as_printed(before: Quantity, match: re.Match[str], low: str) -> Quantity | None:
    """An amount printed as the one before it is; None where its decimals differ, or it may be a year or a mark."""
    digits = match["digits"].replace(" ", ",")
    value = Decimal(digits.replace(",", ""))
    scale, step = before.scale, Decimal(1).scaleb(-len(digits.partition(".")[2]))
    if step * scale != before.step and not (step == 1 and before.step > scale):
        return None
    if _YEAR.fullmatch(digits) or (step == 1 and len(digits) < 2 and len(str(abs(before.value) / scale)) > 2):
        return None
    amount = _plain((-value if match["minus"] else value) * scale)
    start, end = match.start("minus") if match["minus"] else match.start("digits"), match.end("digits")
    return evolve(
        before,
        text=low[start:end],
        start=start,
        end=end,
        value=amount,
        step=_plain(step * scale),
        hedge="",
        signed=0,
    )


def _word(group: dict[str, str | None]) -> str:
    return (group["unit"] or "").lower().replace("-", " ")


def _is_points(word: str) -> bool:
    return word.startswith(("basis", "bps", "percentage", "point"))


def _unit(group: dict[str, str | None], document: str) -> Unit | None:
    word = _word(group)
    sign = (group["currency"] or "").replace("\\", "").strip()
    currency = moneys.settled(moneys.TALLIED.get(sign.lower(), (sign, 0))[0], document) if sign else ""
    if word in ("%", "percent", "per cent") or _is_points(word):
        return PERCENT
    if word in ("x", "times"):
        return RATIO
    if word in _PENCE:
        return per_share("GBP")
    if word.startswith(("cent", "¢")) or (
        group["share"] and not group["scale"] and (currency or "." in (group["digits"] or ""))
    ):
        return per_share(currency or ("USD" if document == "GBP" else document))
    if currency:
        return money(currency)
    return NUMBER if group["scale"] or "," in (group["digits"] or "") else None


def _bracketed(group: dict[str, str | None]) -> bool:
    """Whether brackets stand for a minus: directly around an amount of money; around a percentage only where they close
    before its sign."""
    if group["inner"] and group["closed"]:
        return True
    return bool(
        group["open"]
        and (group["close"] or group["closed"])
        and (group["currency"] or group["closed"])
        and not (group["unit"] == "%" and group["close"])
    )


def _step(digits: str) -> Decimal:
    """The last printed place; whole groups of zeros at the end of an amount are taken as rounded off."""
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.split(".")[1]))
    step = Decimal(1)
    whole = digits
    while whole.endswith(",000"):
        whole, step = whole[:-4], step * 1000
    return step


def _plain(amount: Decimal) -> Decimal:
    """The amount without a power of ten in its print."""
    exponent = amount.as_tuple().exponent
    return amount.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else amount


def _begin(match: re.Match[str]) -> int:
    group = match.groupdict()
    bracket = (
        group["open"] is not None
        and (group["close"] is not None or group["closed"] is not None)
        and not (group["inner"] and not group["close"])
    )
    inner = ("inner",) if group["closed"] or group["close"] else ()
    for name in (("open",) if bracket else ()) + ("negative", "minus", "currency", *inner, "digits"):
        if group[name]:
            return match.start(name)
    return match.start("digits")


def _finish(match: re.Match[str]) -> int:
    group = match.groupdict()
    if group["close"] and group["open"]:
        return match.end("close")
    for name in ("unit", "scale"):
        if group[name]:
            return match.end(name)
    if group["closed"] and (group["inner"] or group["open"]):
        return match.end("closed")
    return match.end("digits")
