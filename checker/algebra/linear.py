"""Linear forms: an expression as one coefficient for each figure and a constant, so that a figure named twice counts
once.

Knows no figures and no files: keys are text. Products of unknowns, quotients by unknowns, `abs`, `min` and `max` are
not linear: `quotient` and `bounds` see to those.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import lcm

from checker.algebra.exact import Exact, divided, whole
from checker.core.expression import (
    MINUS_ONE,
    Absolute,
    Add,
    Constant,
    Divide,
    Expression,
    Greatest,
    Least,
    Multiply,
    Variable,
)
from checker.core.value import frozen

ONE = ""
"""Stands for the constant among the keys, as if the number one were a figure printed exactly; no figure has an empty
id."""


_NONE: Exact = 0


@frozen
class Linear:
    """`constant + sum(coefficient * figure)`; no coefficient is zero."""

    coefficients: Mapping[str, Exact]
    constant: Exact = 0


def linear(expression: Expression) -> Linear | None:
    """The expression as a linear form, or None where it is not linear."""
    found = coefficients(expression)
    if found is None:
        return None
    constant = found.pop(ONE, 0)
    return Linear(found, constant)


def coefficients(expression: Expression) -> dict[str, Exact] | None:
    """The coefficient of each figure and of `ONE`, none of them zero; None where the expression is not linear."""
    if isinstance(expression, Variable):  # the most frequent by far
        return {expression.figure: 1}
    found: dict[str, Exact] = {}
    if not _collect(expression, 1, found):
        return None
    return found if all(found.values()) else {key: coefficient for key, coefficient in found.items() if coefficient}


Amounts = Mapping[str, tuple[int, int, int]]
"""Printed figures: each and its step as whole numbers on a scale of its own, and that scale. `ONE` is among them."""


def spread(form: Mapping[str, Exact], amounts: Amounts) -> tuple[Exact, Exact, int]:
    """What a linear form comes to as printed, how far it goes either way where every figure may be a whole step off,
    and the scale of both."""
    total = wide = _NONE
    scale = 0
    for key, coefficient in form.items():
        amount, step, own = amounts[key]
        if own != scale:
            if not scale:
                scale = own
            else:
                common = lcm(scale, own)
                times, more = common // scale, common // own
                scale, total, wide, amount, step = common, total * times, wide * times, amount * more, step * more
        total += coefficient * amount
        wide += coefficient * step if coefficient > 0 else -coefficient * step
    return total, wide, scale or 1


def on_one_scale(numbers: Mapping[str, tuple[Decimal, Decimal]]) -> tuple[int, dict[str, tuple[int, int]]]:
    """A common scale for printed amounts with their steps, and both as whole numbers on it: in those a linear form is
    judged fastest."""
    scale, finest = 1, {}
    for key, (amount, step) in numbers.items():
        (above, below), (size, parts) = amount.as_integer_ratio(), step.as_integer_ratio()
        finest[key] = above, below, size, parts
        if below != 1 or parts != 1:
            scale = lcm(scale, below, parts)
    if scale == 1:
        return 1, {key: (above, size) for key, (above, _, size, _) in finest.items()}
    return scale, {
        key: (above * (scale // below), size * (scale // parts)) for key, (above, below, size, parts) in finest.items()
    }


def _collect(expression: Expression, factor: Exact, into: dict[str, Exact]) -> bool:
    """Add `factor` times the expression to what is collected; False where it is not linear.

    The forms that sums are made of come first, without `match` and without another call for each term: every verdict
    begins here.
    """
    for term in expression.terms if isinstance(expression, Add) else (expression,):
        times = factor
        while isinstance(term, Multiply) and isinstance(term.left, Constant):
            times = -times if term.left is MINUS_ONE else times * whole(term.left.value)
            term = term.right
        if isinstance(term, Variable):
            into[term.figure] = into.get(term.figure, 0) + times
        elif isinstance(term, Constant):
            into[ONE] = into.get(ONE, 0) + times * whole(term.value)
        elif not (_collect(term, times, into) if isinstance(term, Add) else _collect_other(term, times, into)):
            return False
    return True


def _collect_other(
    expression: Multiply | Divide | Absolute | Least | Greatest, factor: Exact, into: dict[str, Exact]
) -> bool:
    """The forms that are linear only where one side, or all of them, is a number."""
    match expression:
        case Multiply(left, right):
            return _collect_product(left, right, factor, into)
        case Divide(left, right):
            over = linear(right)
            return (
                over is not None
                and not over.coefficients
                and over.constant != 0
                and _collect(left, factor * divided(1, over.constant), into)
            )
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
    into[ONE] = into.get(ONE, 0) + factor * by * form.constant
    return True


def _collect_constant(
    operands: tuple[Expression, ...], expression: Expression, factor: Exact, into: dict[str, Exact]
) -> bool:
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
    into[ONE] = into.get(ONE, 0) + factor * value
    return True
