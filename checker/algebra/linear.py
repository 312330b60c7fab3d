"""Linear forms: an expression as one coefficient for each figure and a constant, so that a figure named twice counts once.

Knows no figures and no files: keys are text. Products of unknowns, quotients by unknowns, `abs`, `min` and `max` are not linear:
`quotient` and `bounds` see to those.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import lcm

from checker.algebra.exact import Exact, divided, whole
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.value import frozen

_CONSTANT = ""
"""Stands for the constant among the keys while a form is collected; no figure has an empty id."""


@frozen
class Linear:
    """`constant + sum(coefficient * figure)`; no coefficient is zero."""

    coefficients: Mapping[str, Exact]
    constant: Exact = 0


def linear(expression: Expression) -> Linear | None:
    """The expression as a linear form, or None where it is not linear."""
    if type(expression) is Variable:  # the most frequent by far
        return Linear({expression.figure: 1})
    collected: dict[str, Exact] = {}
    if not _collect(expression, 1, collected):
        return None
    constant = collected.pop(_CONSTANT, 0)
    if not all(collected.values()):
        collected = {key: coefficient for key, coefficient in collected.items() if coefficient}
    return Linear(collected, constant)


def on_one_scale(numbers: Mapping[str, tuple[Decimal, Decimal]]) -> tuple[int, dict[str, tuple[int, int]]]:
    """A common scale for printed amounts with their steps, and both as whole numbers on it: in those a linear form is judged fastest."""
    scale, finest = 1, {}
    for key, (amount, step) in numbers.items():
        (above, below), (size, parts) = amount.as_integer_ratio(), step.as_integer_ratio()
        finest[key] = above, below, size, parts
        if below != 1 or parts != 1:
            scale = lcm(scale, below, parts)
    if scale == 1:
        return 1, {key: (above, size) for key, (above, _, size, _) in finest.items()}
    return scale, {key: (above * (scale // below), size * (scale // parts)) for key, (above, below, size, parts) in finest.items()}


def _collect(expression: Expression, factor: Exact, into: dict[str, Exact]) -> bool:
    """Add `factor` times the expression to what is collected; False where it is not linear.

    The four forms that sums are made of come first and without `match`, which takes four times as long: every verdict begins here.
    """
    if isinstance(expression, Variable):
        into[expression.figure] = into.get(expression.figure, 0) + factor
        return True
    if isinstance(expression, Add):
        for term in expression.terms:  # noqa: SIM110
            if not _collect(term, factor, into):
                return False
        return True
    if isinstance(expression, Multiply) and isinstance(expression.left, Constant):
        return _collect(expression.right, factor * whole(expression.left.value), into)
    if isinstance(expression, Constant):
        into[_CONSTANT] = into.get(_CONSTANT, 0) + factor * whole(expression.value)
        return True
    return _collect_other(expression, factor, into)


def _collect_other(expression: Multiply | Divide | Absolute | Least | Greatest, factor: Exact, into: dict[str, Exact]) -> bool:
    """The forms that are linear only where one side, or all of them, is a number."""
    match expression:
        case Multiply(left, right):
            return _collect_product(left, right, factor, into)
        case Divide(left, right):
            over = linear(right)
            return over is not None and not over.coefficients and over.constant != 0 and _collect(left, factor * divided(1, over.constant), into)
        case Absolute(operand):
            return _collect_constant((operand,), expression, factor, into)
        case Least(operands) | Greatest(operands):
            return _collect_constant(operands, expression, factor, into)


def _collect_product(left: Expression, right: Expression, factor: Exact, into: dict[str, Exact]) -> bool:
    one, two = linear(left), linear(right)
    if one is None or two is None or (one.coefficients and two.coefficients):
        return False
    by, form = (two.constant, one) if one.coefficients else (one.constant, two)
    for key, coefficient in form.coefficients.items():
        into[key] = into.get(key, 0) + factor * by * coefficient
    into[_CONSTANT] = into.get(_CONSTANT, 0) + factor * by * form.constant
    return True


def _collect_constant(operands: tuple[Expression, ...], expression: Expression, factor: Exact, into: dict[str, Exact]) -> bool:
    """`abs`, `min` and `max` of numbers that are all known are numbers themselves."""
    numbers: list[Exact] = []
    for operand in operands:
        form = linear(operand)
        if form is None or form.coefficients:
            return False
        numbers.append(form.constant)
    if not numbers:
        return False
    value = max(numbers)
    if isinstance(expression, Least):
        value = min(numbers)
    elif isinstance(expression, Absolute):
        value = max(value, -value)
    into[_CONSTANT] = into.get(_CONSTANT, 0) + factor * value
    return True
