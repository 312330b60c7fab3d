"""A second opinion that shares no code with the program: plain fractions, every corner of the box tried.

Slow and simple on purpose. Right for forms that are linear-fractional in each figure, all that a rule is made of once
the sign inside `abs` is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.figure import Figure


def computed(expression: Expression, values: Mapping[str, Fraction]) -> Fraction:
    """The expression at one point."""
    match expression:
        case Variable(figure):
            return values[figure]
        case Constant(value):
            return value
        case Add(terms):
            return sum((computed(term, values) for term in terms), Fraction(0))
        case Multiply(left, right):
            return computed(left, values) * computed(right, values)
        case Divide(left, right):
            return computed(left, values) / computed(right, values)
        case Absolute(operand):
            return abs(computed(operand, values))
        case Least(operands):
            return min(computed(one, values) for one in operands)
        case Greatest(operands):
            return max(computed(one, values) for one in operands)


def corners(expression: Expression, figures: Sequence[Figure]) -> tuple[Fraction, Fraction]:
    """The least and the most the expression can be within the rounding of its figures."""
    ends = [
        (
            Fraction(figure.value or 0) - Fraction(figure.step) / 2,
            Fraction(figure.value or 0) + Fraction(figure.step) / 2,
        )
        for figure in figures
    ]
    reached = [
        computed(expression, dict(zip((figure.id for figure in figures), corner, strict=True)))
        for corner in product(*ends)
    ]
    return min(reached), max(reached)


def linear_verdict(coefficients: Sequence[int], figures: Sequence[Figure]) -> str:
    """What an equation `sum(coefficient * figure) = 0` deserves."""
    residual = sum(
        (c * Fraction(figure.value or 0) for c, figure in zip(coefficients, figures, strict=True)), Fraction(0)
    )
    if residual == 0:
        return "agrees"
    steps = [figure.step for figure in figures]
    coarsest = max(range(len(steps)), key=steps.__getitem__)
    if steps.count(steps[coarsest]) == 1 and abs(residual / coefficients[coarsest]) <= Fraction(steps[coarsest]) / 2:
        return "agrees"
    reach = sum(
        (abs(c) * Fraction(figure.step) / 2 for c, figure in zip(coefficients, figures, strict=True)), Fraction(0)
    )
    return "rounding" if abs(residual) <= reach else "violation"
