"""An amount written the way a figure is printed: the same separators, decimals, parentheses and words."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.algebra import Exact
from checker.algebra.exact import decimal_places
from checker.core.figure import Figure

_NUMBER = re.compile(r"\d[\d.,'’\u00a0\u2009\u202f ]*\d|\d|[.,]\d+")
_WORD = re.compile(r"[A-Za-z]{2}")
_MOST_PLACES = 6
"""Decimals of an amount that is shown without a pattern to follow."""
_GROUP = 3
_GROUPS = ",.'’\u00a0\u2009\u202f "


def printed_as(figure: Figure, needed: Exact) -> str:
    """The amount as this figure would show it: `(1,956,280)` in the place of `(1,596,280)`."""
    text, amount = figure.text.strip(), Fraction(needed)
    found = _NUMBER.search(text)
    step = Fraction(figure.step)
    if found is None or not step or (amount / step).denominator != 1:
        return _plain(amount if _WORD.search(text) else amount / Fraction(figure.scale), text)
    separator, mark, places = _marks(found.group(), figure)
    number = _digits(abs(int(amount / step)), (separator, mark), places)
    if places == _GROUP and _is_a_slip(amount / Fraction(figure.scale)):
        number = _digits(abs(int(amount / Fraction(figure.scale))), ("," if mark == "." else ".", mark), 0)
    before, after = text[: found.start()], text[found.end() :]
    if before.count("(") > before.count(")") and after.count(")") <= after.count(
        "("
    ):  # a bracket that lost its other half
        return f"{before if amount < 0 else before.replace('(', '', 1)}{number}{')' if amount < 0 else ''}{after}"
    if after.count(")") > after.count("(") and before.count("(") <= before.count(")"):
        return f"{before}{'(' if amount < 0 else ''}{number}{after if amount < 0 else after.replace(')', '', 1)}"
    if figure.value is not None and (amount < 0) != (figure.value < 0):
        before, after = _turned(before, after)
    return f"{before}{number}{after}"


def _is_a_slip(amount: Fraction) -> bool:
    """Whether three decimals were meant for a group of digits: what should stand there is a whole number of thousands
    and more (`4.471`, 4,417)."""
    return amount.denominator == 1 and abs(amount) >= 10**_GROUP


def _marks(number: str, figure: Figure) -> tuple[str, str, int]:
    """The separator of thousands ("" where there is none), the decimal mark, and the decimals."""
    marks = [character for character in number if character in _GROUPS]
    if not marks:
        return ("" if len(number) > 3 else ","), ".", 0
    last = marks[-1]
    behind = len(number) - number.rindex(last) - 1
    grouped = (
        (behind == 3 and last not in ".,")
        or marks.count(last) > 1
        or (behind == 3 and len(set(marks)) == 1 and figure.step >= figure.scale)
    )
    if grouped:
        return last, "," if last == "." else ".", 0
    groups = [mark for mark in marks if mark != last]
    bare = len(re.split(r"\D", number)[0]) > 3
    return (groups[0] if groups else "" if bare else "," if last == "." else "."), last, behind


def _digits(units: int, marks: tuple[str, str], places: int) -> str:
    separator, mark = marks
    digits = str(units).rjust(places + 1, "0")
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    if separator:
        whole = f"{int(whole):,}".replace(",", separator)
    return f"{whole}{mark}{rest}" if places else whole


def _turned(before: str, after: str) -> tuple[str, str]:
    """With the other sign: parentheses or a minus taken away, else parentheses put on."""
    if "(" in before and ")" in after:
        return before.replace("(", "", 1), after.replace(")", "", 1)
    for sign in "-−–△▲":
        if sign in before:
            return before.replace(sign, "", 1), after
    percent = after[:1] if after[:1] == "%" else ""
    return f"{before}(", f"{percent}){after[len(percent) :]}"


def _plain(amount: Fraction, text: str) -> str:
    """Without a pattern to follow: a plain decimal, negative ones in parentheses."""
    found = decimal_places(amount)
    places = _MOST_PLACES if found is None else min(found, _MOST_PLACES)
    units = round(abs(amount) * 10**places)
    number = _digits(units, ("," if "," in text or units >= 1000 else "", "."), places)
    return f"({number})" if amount < 0 else number
