"""The scale that the amounts of a relation are shown in: the one that all of them are printed in. Amounts in thousands
stand beside thousands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from checker.core.check import Check
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable

_WORDS = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}


def less(expression: Expression, scale: Fraction) -> Expression:
    """The expression with the amounts that it states divided by the scale; factors and divisors are no amounts."""
    match expression:
        case Constant(value):
            return Constant(value / scale)
        case Add(terms):
            return Add(tuple(less(term, scale) for term in terms))
        case Least(operands):
            return Least(tuple(less(operand, scale) for operand in operands))
        case Greatest(operands):
            return Greatest(tuple(less(operand, scale) for operand in operands))
        case Absolute(operand):
            return Absolute(less(operand, scale))
        case Multiply(Constant() as factor, operand):
            return Multiply(factor, less(operand, scale))
        case _:
            return expression


def printed_scale(check: Check) -> Fraction:
    """What both sides, and their difference, are divided by to be shown in the scale that the figures are printed in: 1
    where a quotient has lost it."""
    scaled = {figure.id for figure in check.figures if figure.unit.takes_scale}
    return Fraction(common_scale(check)) ** _degree_of(check, lambda name: int(name in scaled))


def unit_word(check: Check) -> str:
    """The unit that the difference of the sides has: that of the figures, which a quotient has lost; empty where they
    have none, or several."""
    if check.percent:
        return "percentage points"
    units = {figure.unit for figure in check.figures}
    if len(units) != 1 or _degree_of(check, lambda _: 1) != 1:
        return ""
    (unit,) = units
    return "" if unit.is_bare else str(unit)


def _degree_of(check: Check, counts: Callable[[str], int]) -> int:
    return max((_degree(side, counts) for side in (check.left, check.right) if side is not None), default=0)


def _degree(expression: Expression, counts: Callable[[str], int]) -> int:
    """How often the scale, or the unit, of the figures is a factor of the expression: once in a sum of amounts, never
    in a quotient of two."""
    match expression:
        case Constant():
            return 0
        case Variable(name):
            return counts(name)
        case Add(parts) | Least(parts) | Greatest(parts):
            return max((_degree(part, counts) for part in parts), default=0)
        case Multiply(left, right):
            return _degree(left, counts) + _degree(right, counts)
        case Divide(left, right):
            return _degree(left, counts) - _degree(right, counts)
        case Absolute(operand):
            return _degree(operand, counts)


def common_scale(check: Check) -> Decimal:
    """The one scale that all its amounts of money are printed in, else 1."""
    scales = {figure.scale for figure in check.figures if figure.unit.takes_scale}
    return scales.pop() if len(scales) == 1 else Decimal(1)


def scale_word(scale: Fraction) -> str:
    """`in thousands`, or nothing where amounts are printed in full."""
    return next((f"in {word}" for power, word in _WORDS.items() if scale == 10**power), "")
