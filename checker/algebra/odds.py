"""How likely rounding alone makes a difference: exact chances of sums of uniform rounding errors.

Every amount is taken to lie anywhere within its rounding with the same chance, independently
(P. Hall, "The distribution of means for samples of size N", Biometrika 1927).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import comb, factorial, prod

from checker.algebra.exact import Exact

UNLIKELY = Fraction(1, 1000)
"""A rounding difference with a smaller chance is worth a look."""
_MOST_ERRORS = 1000
"""Errors of one width that are told apart: the work grows with the square of their number."""
_MOST_TERMS = 20_000
"""Terms of inclusion and exclusion that are added up: more would take longer than the verdict is worth."""


def unlikely(difference: Exact, widths: Sequence[Exact]) -> bool:
    """Whether rounding makes a difference at least this large in fewer than 1 in 1,000 cases; `widths` are
    |coefficient| * step of each figure."""
    return chance(difference, widths) < UNLIKELY


def chance(difference: Exact, widths: Sequence[Exact]) -> Fraction:
    """The chance of a rounding difference at least this large, either way.

    The coarsest figure is rounded from the others' unrounded sum, so it takes up half a step of it: ten addends that
    are each rounded to one unit miss their total by three units or more where their errors add up to two and a half or
    more.
    """
    errors = sorted((Fraction(width) for width in widths if width), reverse=True)
    if not difference:
        return Fraction(1)
    if not errors:
        return Fraction(0)
    return 2 * _tail(abs(Fraction(difference)) - errors[0] / 2, errors[1:])


def _tail(above: Fraction, widths: Sequence[Fraction]) -> Fraction:
    """The chance that uniform errors, each within half its width, add up to `above` or more."""
    if above <= 0:
        return Fraction(1, 2)  # twice that is certain; nothing smaller is asked for
    most = sum(widths, Fraction(0)) / 2
    if above >= most:
        return Fraction(0)
    groups = _groups(widths)
    count = sum(groups.values())
    # Measured from the far end, the errors add up to no more than most - above: a volume of a corner of a box, by
    # inclusion and exclusion.
    room = sum((width * times for width, times in groups.items()), Fraction(0)) / 2 - above
    if room <= 0:
        return Fraction(0)
    total = Fraction(0)
    for taken, ways in _subsets(list(groups.items()), room):
        total += ways * (room - taken) ** count
    volume = Fraction(factorial(count))
    for width, times in groups.items():
        volume = volume * width**times
    return total / volume


def _groups(widths: Sequence[Fraction]) -> Counter[Fraction]:
    """Widths with how often they stand.

    Of too many of one width four are taken for one error twice as wide, whose variance is theirs: near one chance in a
    thousand that is right to two in a hundred. Where there are too many kinds, smaller ones are widened, which only
    makes differences likelier.
    """
    groups = Counter(widths)
    while many := [width for width, count in groups.items() if count > _MOST_ERRORS]:
        for width in many:
            groups[2 * width] += groups[width] // 4
            groups[width] %= 4
    groups = +groups
    while prod(count + 1 for count in groups.values()) > _MOST_TERMS:
        narrow, wide = sorted(groups)[:2]
        groups[wide] += groups.pop(narrow)
    return groups


def _subsets(groups: list[tuple[Fraction, int]], room: Fraction) -> list[tuple[Fraction, int]]:
    """For every choice of widths that fits in the room: their sum, and in how many ways (with the sign of inclusion and
    exclusion)."""
    found: list[tuple[Fraction, int]] = [(Fraction(0), 1)]
    for width, count in groups:
        found = [
            (taken + width * times, ways * comb(count, times) * (-1) ** times)
            for taken, ways in found
            for times in range(count + 1)
            if taken + width * times < room
        ]
    return found
