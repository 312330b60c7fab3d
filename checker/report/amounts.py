"""Exact amounts as text: without exponent for programs, in groups of three digits for people. Nothing is rounded
unseen."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from checker.algebra import notation
from checker.algebra.exact import decimal_places

_FEWEST, _MOST = 3, 12
"""Decimals shown for reading of an amount that does not end."""
_ODDS = Context(prec=2, rounding=ROUND_HALF_EVEN)


def plain(value: Decimal) -> str:
    """The decimal with the digits it has, without exponent and without a negative zero."""
    return format(value if value else abs(value), "f")


def exact(value: Fraction) -> str | None:
    """The quotient as `n/d` where its decimal does not end."""
    return None if decimal_places(value) is not None else f"{value.numerator}/{value.denominator}"


def places(step: Decimal) -> int:
    """How many decimals a figure rounded to `step` is printed with."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def grouped(value: Fraction | Decimal, decimals: int = 0) -> str:
    """The amount as accountants print it: digits in threes, a negative one in parentheses; at least `decimals`
    decimals, more where it has more."""
    text = notation.grouped(Fraction(value), decimals)
    return f"({text})" if value < 0 else text


def two_digits(value: Fraction) -> str:
    """A score or a count of units, to two significant digits after the whole number: for reading, not for computing."""
    if value.denominator == 1 or abs(value) >= 100:
        return f"{round(value):,}"
    return format(_ODDS.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(), "f")


def amount(value: Fraction) -> str:
    """An amount for reading: in full where that ends soon, else its first digits and an ellipsis."""
    if value.denominator == 1 or 10**4 % value.denominator == 0:
        return grouped(value)
    size = abs(value)
    decimals = _FEWEST
    while size and size * 10**decimals < 10 ** (_FEWEST - 1) and decimals < _MOST:
        decimals += 1
    text = f"{grouped(Fraction(int(size * 10**decimals), 10**decimals), decimals)}…"
    return f"({text})" if value < 0 else text
