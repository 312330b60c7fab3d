"""The one sentence of a finding: its arithmetic in the figures as printed, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checker.algebra.exact import decimal_places
from checker.core.check import Check
from checker.core.expression import MINUS_ONE, Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.figure import Figure
from checker.evaluate.judge import Judgement

_DIGITS = 12
"""Significant digits of a quotient that does not end."""
_CONTRARY = {"=": "is not", "<": "is not below", "<=": "is above", ">": "is not above", ">=": "is below", "!=": "is"}


def sentence(check: Check, judgement: Judgement) -> str:
    """What was computed and what it means, in plain English."""
    figures = {figure.id: figure for figure in check.figures}
    left, right = arithmetic(check.left, figures), arithmetic(check.right, figures)
    if judgement.verdict == "agrees":
        return f"{left} {check.comparison} {right}{_rounds(check, judgement)}"
    difference = abs(judgement.difference)
    apart = f"{short(difference)}{_unit(check)}{_units_of_last_place(judgement)}"
    if judgement.verdict == "rounding":
        explains = "the rule tolerates" if check.tolerance.kind == "amount" else "rounding explains"
        worth = ", but so much is unlikely" if judgement.unlikely else ""
        return f"{left} {check.comparison} {right} but for {apart}; {explains} up to {short(judgement.allowance)}{worth}"
    limit = {
        "rounding": f"rounding explains no more than {short(judgement.allowance)}",
        "exact": "the rule allows none",
        "amount": f"the rule tolerates no more than {short(judgement.allowance)}",
    }[check.tolerance.kind]
    return f"{left} {_CONTRARY[check.comparison]} {right}{_computed(check, judgement)}: the difference is {apart}, and {limit}"


def arithmetic(expression: Expression | None, figures: Mapping[str, Figure]) -> str:
    """The expression with every figure as printed: `16,168,421 - 11,751,596`."""
    match expression:
        case None:
            return ""
        case Variable(figure):
            return figures[figure].text.strip()
        case Constant(amount):
            return decimal(amount)
        case Add(terms):
            return _sum([_signed(term, figures) for term in terms])
        case Multiply(left, right):
            if left == MINUS_ONE:
                return f"-{_factor(right, figures)}"
            return f"{_factor(left, figures)} * {_factor(right, figures)}"
        case Divide(left, right):
            return f"{_factor(left, figures)} / {_divisor(right, figures)}"
        case Absolute(operand):
            return f"abs({arithmetic(operand, figures)})"
        case Least(operands):
            return f"min({'; '.join(arithmetic(one, figures) for one in operands)})"
        case Greatest(operands):
            return f"max({'; '.join(arithmetic(one, figures) for one in operands)})"


def decimal(number: Fraction) -> str:
    """The number with thousands separators, without exponent; 12 significant digits where it does not end."""
    sign, size = ("-", -number) if number < 0 else ("", number)
    places = decimal_places(size)
    if places is None:
        whole = len(str(size.numerator // size.denominator)) if size >= 1 else 0
        lead = 0 if size >= 1 else len(str(size.denominator // size.numerator)) - 1
        places = max(0, _DIGITS - whole + lead)
        scaled = round(size * 10**places)
        text = _pointed(scaled, places)
        return sign + (text.rstrip("0").rstrip(".") if places else text)
    return sign + _pointed(size.numerator * 10**places // size.denominator, places)


def _pointed(scaled: int, places: int) -> str:
    whole, rest = divmod(scaled, 10**places)
    return f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"


def _signed(term: Expression, figures: Mapping[str, Figure]) -> tuple[str, str]:
    match term:
        case Multiply(Constant(amount), right) if amount == -1:
            return "-", _factor(right, figures)
        case Multiply(Constant(amount), right) if amount < 0:
            return "-", f"{decimal(-amount)} * {_factor(right, figures)}"
        case Constant(amount) if amount < 0:
            return "-", decimal(-amount)
        case Add():
            return "+", f"({arithmetic(term, figures)})" if len(term.terms) > 1 else arithmetic(term, figures)
    return "+", arithmetic(term, figures)


def _sum(signed: list[tuple[str, str]]) -> str:
    if not signed:
        return "0"
    first = ("-" if signed[0][0] == "-" else "") + signed[0][1]
    return " ".join([first, *(f"{sign} {text}" for sign, text in signed[1:])])


def _factor(expression: Expression, figures: Mapping[str, Figure]) -> str:
    text = arithmetic(expression, figures)
    return f"({text})" if isinstance(expression, Add) and len(expression.terms) > 1 else text


def _divisor(expression: Expression, figures: Mapping[str, Figure]) -> str:
    text = _factor(expression, figures)
    return f"({text})" if isinstance(expression, Multiply | Divide) else text


def _computed(check: Check, judgement: Judgement) -> str:
    """What the right side comes to, where it is more than one figure and no figure is scaled."""
    if isinstance(check.right, Variable) or check.right is None or any(figure.scale != 1 for figure in check.figures):
        return ""
    return f" = {short(judgement.right)}"


def short(number: Fraction) -> str:
    """The number as `decimal` has it where that is short, else to four significant digits after the point begins to tell."""
    places = decimal_places(number)
    if places is not None and places <= 4:
        return decimal(number)
    lead = len(str(number.denominator // abs(number.numerator))) - 1 if abs(number) < 1 else 0
    return decimal(Fraction(round(number * 10 ** (lead + 4)), 10 ** (lead + 4)))


def _rounds(check: Check, judgement: Judgement) -> str:
    """For an equation that holds after rounding only: that it does."""
    if check.comparison != "=" or not judgement.difference:
        return ""
    return f", rounded to {decimal(judgement.coarsest)}"


def _unit(check: Check) -> str:
    if check.percent:
        return " percentage points"
    units = {figure.unit for figure in check.figures}
    return next((f" {unit}" for unit in units if len(units) == 1 and not unit.is_bare), "")


def _units_of_last_place(judgement: Judgement) -> str:
    if not judgement.coarsest:
        return ""
    units = abs(judgement.difference) / judgement.coarsest
    if units == 1:
        return " (one unit of the last place)"
    return f" ({decimal(units if units.denominator == 1 else round(units * 10) / Fraction(10))} units of the last place)"
