"""The arithmetic of a finding, written out with its amounts: `4,416,825 = 16,168,421 - 11,751,596`. Computes
nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from checker.algebra.notation import Notation, written
from checker.core.check import Check
from checker.core.expression import Constant, Expression, Variable
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.unit import PERCENT
from checker.lexicon.one_scale import common_scale, less, printed_scale
from checker.report.amounts import amount, grouped, places

_TRUE = {
    (True, "violation"): "≠",
    (True, "rounding"): "≈",
    (False, "violation"): "is not {}",
    (False, "rounding"): "is nearly {}",
}
"""What is true of the sides of an equation, or of a bound, that does not hold as printed."""


def arithmetic(check: Check) -> str:
    """Both sides of the relation with the figures' amounts, in the scale they are printed in where that is one; empty
    where nothing was bound."""
    sides = _sides(check)
    return f"{sides[0]} {check.comparison} {sides[1]}" if sides else ""


def _sides(check: Check) -> tuple[str, str] | None:
    """The two sides in words: their figures in their common scale, and so the amounts that the rule states beside them;
    None where nothing was bound."""
    if check.left is None or check.right is None:
        return None
    figures = {figure.id: figure for figure in check.figures}
    scale, divisor = common_scale(check), printed_scale(check)
    notation = Notation(lambda name: shown(figures[name], scale) if name in figures else name, grouped)
    return written(less(check.left, divisor), notation), written(less(check.right, divisor), notation)


def judged(finding: Finding) -> str:
    """Both sides with their amounts, and the sign between them that is true; behind a side that is a sum or a quotient,
    what it comes to.

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


def shown(figure: Figure, scale: Decimal = Decimal(1)) -> str:
    """One figure's amount, in the scale given, with the decimals it was printed with."""
    if figure.value is None:
        return figure.text
    if figure.unit.takes_scale:
        return grouped(figure.value / scale, places(figure.step / scale))
    return grouped(figure.value, places(figure.step)) + ("%" if figure.unit == PERCENT else "")
