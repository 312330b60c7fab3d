"""The arithmetic of a finding, written out with its amounts: `4,416,825 = 16,168,421 - 11,751,596`. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from checker.algebra.notation import Notation, written
from checker.core.check import Check
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.unit import PERCENT
from checker.report.amounts import amount, grouped, places

_TRUE = {
    (True, "violation"): "≠",
    (True, "rounding"): "≈",
    (False, "violation"): "is not {}",
    (False, "rounding"): "is nearly {}",
}
"""What is true of the sides of an equation, or of a bound, that does not hold as printed."""
_WORDS = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}


def arithmetic(check: Check) -> str:
    """Both sides of the relation with the figures' amounts, in the scale they are printed in where that is one; empty where nothing was bound."""
    sides = _sides(check)
    return f"{sides[0]} {check.comparison} {sides[1]}" if sides else ""


def _sides(check: Check) -> tuple[str, str] | None:
    """The two sides in words: their figures in their common scale, and so the amounts that the rule states beside them; None where nothing was bound."""
    if check.left is None or check.right is None:
        return None
    figures = {figure.id: figure for figure in check.figures}
    scale, divisor = common_scale(check), printed_scale(check)
    notation = Notation(lambda name: shown(figures[name], scale) if name in figures else name, grouped)
    return written(_less(check.left, divisor), notation), written(_less(check.right, divisor), notation)


def _less(expression: Expression, scale: Fraction) -> Expression:
    """The expression with the amounts that it states divided by the scale; factors and divisors are no amounts."""
    match expression:
        case Constant(value):
            return Constant(value / scale)
        case Add(terms):
            return Add(tuple(_less(term, scale) for term in terms))
        case Least(operands):
            return Least(tuple(_less(operand, scale) for operand in operands))
        case Greatest(operands):
            return Greatest(tuple(_less(operand, scale) for operand in operands))
        case Absolute(operand):
            return Absolute(_less(operand, scale))
        case Multiply(Constant() as factor, operand):
            return Multiply(factor, _less(operand, scale))
        case _:
            return expression


def judged(finding: Finding) -> str:
    """Both sides with their amounts, and the sign between them that is true; behind a side that is a sum or a quotient, what it comes to.

    Of an equation that is the right side, which was computed; of a bound, either.
    """
    check, sides = finding.check, _sides(finding.check)
    if sides is None or finding.right is None or finding.verdict in ("agrees", "not applicable"):
        return arithmetic(check)
    left, right = sides
    if check.comparison != "=":
        left += _comes_to(check, check.left, finding.left)
    if len(check.figures) > 2 or not isinstance(check.right, Variable):
        right += _comes_to(check, check.right, finding.right)
    return f"{left} {_TRUE[check.comparison == '=', finding.verdict].format(check.comparison)} {right}"


def _comes_to(check: Check, side: Expression | None, value: Fraction | None) -> str:
    """What a side is worth, where its words do not say so."""
    if value is None or isinstance(side, Constant) or (isinstance(side, Variable) and check.comparison != "="):
        return ""
    return f" = {amount(value / printed_scale(check))}"


def printed_scale(check: Check) -> Fraction:
    """What both sides, and their difference, are divided by to be shown in the scale that the figures are printed in: 1 where a quotient has lost it."""
    figures = {figure.id: figure for figure in check.figures}
    degree = max((_degree(side, figures) for side in (check.left, check.right) if side is not None), default=0)
    return Fraction(common_scale(check)) ** degree


def _degree(expression: Expression, figures: Mapping[str, Figure]) -> int:
    """How often the scale of the figures is a factor of the expression: once in a sum of amounts, never in an amount per share."""
    match expression:
        case Constant():
            return 0
        case Variable(name):
            return 1 if name in figures and figures[name].unit.takes_scale else 0
        case Add(parts) | Least(parts) | Greatest(parts):
            return max((_degree(part, figures) for part in parts), default=0)
        case Multiply(left, right):
            return _degree(left, figures) + _degree(right, figures)
        case Divide(left, right):
            return _degree(left, figures) - _degree(right, figures)
        case Absolute(operand):
            return _degree(operand, figures)


def common_scale(check: Check) -> Decimal:
    """The one scale that all its amounts of money are printed in, else 1."""
    scales = {figure.scale for figure in check.figures if figure.unit.takes_scale}
    return scales.pop() if len(scales) == 1 else Decimal(1)


def scale_word(scale: Fraction) -> str:
    """`in thousands`, or nothing where amounts are printed in full."""
    return next((f"in {word}" for power, word in _WORDS.items() if scale == 10**power), "")


def shown(figure: Figure, scale: Decimal = Decimal(1)) -> str:
    """One figure's amount, in the scale given, with the decimals it was printed with."""
    if figure.value is None:
        return figure.text
    if figure.unit.takes_scale:
        return grouped(figure.value / scale, places(figure.step / scale))
    return grouped(figure.value, places(figure.step)) + ("%" if figure.unit == PERCENT else "")
