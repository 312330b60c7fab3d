"""What a number between tags is worth: the transformations that inline XBRL names, scale and sign. No words of the page
decide anything here."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_MOST_DIGITS = 60
"""Characters of the longest number that is an amount."""
_MOST_SCALE = 30
_PLAIN = re.compile(r"-?\d*\.?\d+|-?\d+\.?")
_EXPONENT = re.compile(r"([-+]?\d{1,60}(?:\.\d{0,60})?|[-+]?\.\d{1,60})(?:[eE]([-+]?\d{1,3}))?")
_NOTHING = ("zero", "dash", "nocontent", "empty")
"""What the names of transformations hold that print nought, whatever stands there."""
_DASHES = frozenset("-‐‑‒–—―−")
_UNITS = re.compile(r"\D*(\d[\d.,\s]*?)\D+(\d{1,2})\D*")
_COUNTING = (
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split(),
    "twenty thirty forty fifty sixty seventy eighty ninety".split(),
)
_SMALL = (
    {word: at for at, word in enumerate(_COUNTING[0])}
    | {word: 10 * at for at, word in enumerate(_COUNTING[1], 2)}
    | {"no": 0, "none": 0, "nil": 0}
)
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FILLERS = frozenset({"and", "a"})


def printed(text: str, form: str) -> Decimal | None:
    """The number that a transformation makes of what is printed, without scale and sign; None where it makes none."""
    shown = text.strip()
    kind = form.rpartition(":")[2].lower().replace("-", "")
    if len(shown) > 10 * _MOST_DIGITS:
        return None
    if any(word in kind for word in _NOTHING) or (shown and all(character in _DASHES for character in shown)):
        return Decimal(0)
    if "numwords" in kind:
        return _words(shown)
    if "unitdecimal" in kind:
        parts = _UNITS.fullmatch(shown)
        return None if parts is None else _plain(f"{re.sub(r'[^0-9]', '', parts[1])}.{parts[2]:0>2}")
    if kind in ("numcommadecimal", "numdotcomma", "numspacecomma", "numcomma"):
        return _plain(re.sub(r"[^\d,-]", "", shown).replace(",", "."))
    return _plain(re.sub(r"[^\d.-]", "", shown))


def stated(text: str) -> Decimal | None:
    """A number as an instance writes it: `-1234.5`, `1.2E6`."""
    found = _EXPONENT.fullmatch(text.strip())
    if found is None:
        return None
    return (
        scaled(_decimal(found[1]), int(found[2] or 0), negative=False)
        if abs(int(found[2] or 0)) <= _MOST_SCALE
        else None
    )


def scaled(number: Decimal, scale: int, *, negative: bool) -> Decimal:
    """The number times a power of ten, with the sign that the tag gives it. No digit is lost."""
    digits = number.as_tuple()
    exponent = (digits.exponent if isinstance(digits.exponent, int) else 0) + scale
    if not number:
        return Decimal(0)
    return Decimal((digits.sign ^ int(negative), (*digits.digits, *(0,) * max(0, exponent)), min(0, exponent)))


def power(text: str) -> int:
    """The scale that an attribute states; 0 where it is none."""
    found = re.fullmatch(r"\s*([-+]?\d{1,3})\s*", text)
    return int(found[1]) if found and abs(int(found[1])) <= _MOST_SCALE else 0


def places(decimals: str, precision: str, value: Decimal | None) -> int | None:
    """The decimal place to which a fact is rounded, from `decimals` or the older `precision`; None: it is exact."""
    if decimals.strip().upper() == "INF" or precision.strip().upper() == "INF":
        return None
    if re.fullmatch(r"\s*[-+]?\d{1,3}\s*", decimals):
        return max(-_MOST_SCALE, min(_MOST_SCALE, int(decimals)))
    if value and re.fullmatch(r"\s*\d{1,3}\s*", precision):
        return max(-_MOST_SCALE, min(_MOST_SCALE, int(precision) - value.adjusted() - 1))
    return None


def _plain(text: str) -> Decimal | None:
    if len(text) > _MOST_DIGITS or not _PLAIN.fullmatch(text):
        return None
    return _decimal(text)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _words(text: str) -> Decimal | None:
    """A number in English words; None where a word is none of a number."""
    total, part = 0, 0
    words = [word for word in re.split(r"[\s-]+", text.lower()) if word not in _FILLERS]
    if not words or len(words) > 20:
        return None
    for word in words:
        if word in _SMALL:
            part += _SMALL[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _LARGE:
            total, part = total + max(part, 1) * _LARGE[word], 0
        else:
            return _plain(text.replace(",", ""))
    return Decimal(total + part)
