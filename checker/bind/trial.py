"""Whether a relation could hold at all, tried only to choose between readings: the verdict is not made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.algebra.bounds import MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.interval import Interval
from checker.core.expression import Add, Expression, negative
from checker.core.figure import Figure
from checker.core.rule import Comparison


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
