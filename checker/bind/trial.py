"""Whether a relation could hold at all, tried only to choose between readings: the verdict is not made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.algebra.bounds import MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.interval import Interval
from checker.core.expression import Add, Expression, negative
from checker.core.figure import Figure
from checker.core.rule import Comparison


def to_the_last_digit(figures: Sequence[Figure], forces_sums: bool | None) -> bool:
    """Whether these figures stand for exactly what they print: whole currency units of a document whose sums foot to the last digit.

    Where every sum of five rounded amounts foots, they were not rounded one by one; then a sum that misses by one unit is wrong, not rounded.
    Thousands and millions keep their rounding: there one sum in a hundred misses by a unit in documents that force all others.
    """
    return bool(forces_sums) and all(figure.scale == 1 and figure.step <= 1 and _is_amount(figure) for figure in figures)


def _is_amount(figure: Figure) -> bool:
    return figure.origin == "table" and figure.unit not in ("shares", "percent", "ratio", "number") and not figure.unit.endswith("/share")


def exactly_broken(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool | None:
    """Whether the sides differ as printed; None where one divides by zero."""
    values = {figure.id: Fraction(figure.value or 0) for figure in figures}
    sides = printed(left, values), printed(right, values)
    return None if None in sides else sides[0] != sides[1]


def broken(left: Expression, right: Expression, comparison: Comparison, figures: Sequence[Figure]) -> bool | None:
    """Whether no unrounded amounts make the relation true; None where that cannot be told."""
    box = {figure.id: Interval.rounded(Fraction(figure.value or 0), Fraction(figure.step)) for figure in figures}
    try:
        difference = bounds(Add((left, negative(right))), box)
    except (MayBeZeroError, UndecidedError):
        return None
    match comparison:
        case "<" | "<=":
            return difference.low > 0
        case ">" | ">=":
            return difference.high < 0
        case _:
            return not difference.holds(0)


def printed(expression: Expression, values: Mapping[str, Fraction]) -> Fraction | None:
    """What an expression comes to as printed; None where it divides by zero."""
    try:
        return value(expression, values)
    except MayBeZeroError:
        return None
