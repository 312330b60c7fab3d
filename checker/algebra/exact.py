"""Exact numbers: whole ones are kept as `int`, because their arithmetic is ten times as fast as that of a
`Fraction`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction
"""An exact number. Never write `/` between two of them: of two `int` it makes a `float`; `divided` is exact."""


def exact(number: Exact | Decimal) -> Exact:
    """The number itself, without rounding."""
    above, below = number.as_integer_ratio()
    return above if below == 1 else Fraction(above, below)


def whole(number: Fraction) -> Exact:
    """The number as an `int` where it is one."""
    above, below = number.as_integer_ratio()
    return above if below == 1 else number


def magnitude(number: Exact) -> Exact:
    """The number without its sign."""
    return -number if number < 0 else number


def divided(one: Exact, two: Exact) -> Exact:
    """The exact quotient."""
    if two == 1:
        return one
    if isinstance(one, int) and isinstance(two, int) and two and not one % two:
        return one // two
    return whole(Fraction(one, two))


def decimal_places(number: Fraction) -> int | None:
    """How many decimals the number has; None where they do not end."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None
