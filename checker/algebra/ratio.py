"""Quotients of two linear forms, and how far rounding lets the sides of a relation go: in whole numbers, and without a division.

Margins, growth and amounts per share are such quotients. What is not is for `bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.algebra.bounds import MayBeZeroError
from checker.algebra.exact import Exact, magnitude, whole
from checker.algebra.linear import Linear, linear
from checker.core.expression import Absolute, Constant, Divide, Expression, Multiply
from checker.core.value import frozen

_MOST_SHARED = 8
"""Figures on both sides of the line beyond which their corners are not tried: 256 of them."""
_NONE: Exact = 0
_Pair = tuple[Exact, Exact]
"""A quotient: what stands above the line and, greater than zero, below it."""


@frozen
class Ratio:
    """`factor * top / bottom`; `size`: the divisor counts without its sign."""

    factor: Exact
    top: Linear
    bottom: Linear
    size: bool


@frozen
class Reach:
    """What a quotient comes to as printed, at least and at most: numerators over one scale."""

    printed: Exact
    low: Exact
    high: Exact
    scale: Exact


def ratio(expression: Expression) -> Ratio | None:
    """The expression as a quotient of two linear forms, times a number perhaps; None where it is none, or where everything in it cancels out."""
    factor: Exact = 1
    while isinstance(expression, Multiply) and isinstance(expression.left, Constant):
        factor *= whole(expression.left.value)
        expression = expression.right
    if not isinstance(expression, Divide) or not factor:
        return None
    divisor, size = (expression.right.operand, True) if isinstance(expression.right, Absolute) else (expression.right, False)
    top, bottom = linear(expression.left), linear(divisor)
    if top is None or bottom is None or not bottom.coefficients or not top.coefficients or _proportional(top, bottom):
        return None
    if len(top.coefficients.keys() & bottom.coefficients.keys()) > _MOST_SHARED:
        return None
    return Ratio(factor, top, bottom, size)


def _proportional(one: Linear, two: Linear) -> bool:
    """Whether one is a multiple of the other."""
    if one.coefficients.keys() != two.coefficients.keys():
        return False
    key = next(iter(one.coefficients))
    a, b = one.coefficients[key], two.coefficients[key]
    return one.constant * b == two.constant * a and all(c * b == two.coefficients[k] * a for k, c in one.coefficients.items())


def named(form: Linear | Ratio) -> frozenset[str]:
    """The figures with a say in one side of a relation."""
    if isinstance(form, Linear):
        return frozenset(form.coefficients)
    return frozenset((*form.top.coefficients, *form.bottom.coefficients))


def reach(form: Linear | Ratio, scale: int, amounts: Mapping[str, tuple[int, int]]) -> Reach:
    """How far one side of a relation goes where each figure may be half a step off; `amounts` are the figures and half their steps on one scale.

    Raises MayBeZeroError.
    """
    if isinstance(form, Ratio):
        return _reach(form, scale, amounts)
    printed, slack = form.constant * scale, _NONE
    for key, coefficient in form.coefficients.items():
        amount, half = amounts[key]
        printed += coefficient * amount
        slack += magnitude(coefficient) * half
    return Reach(printed, printed - slack, printed + slack, scale)


def _reach(form: Ratio, scale: int, amounts: Mapping[str, tuple[int, int]]) -> Reach:
    """How far a quotient goes.

    With all others fixed it is monotone in each figure, so it is least and most where every figure is at an end. Figures on one side of the line only
    move that side together; those on both sides are tried at both ends.
    """
    top, bottom = form.top.coefficients, form.bottom.coefficients
    above, below = form.top.constant * scale, form.bottom.constant * scale
    wide, deep = _NONE, _NONE  # what figures add that stand above the line only, and below it only
    both: list[tuple[Exact, Exact]] = []
    for key, coefficient in top.items():
        amount, half = amounts[key]
        above += coefficient * amount
        if key in bottom:
            both.append((coefficient * half, bottom[key] * half))
        else:
            wide += magnitude(coefficient) * half
    for key, coefficient in bottom.items():
        amount, half = amounts[key]
        below += coefficient * amount
        if key not in top:
            deep += magnitude(coefficient) * half
    corners = [(above, below - deep), (above, below + deep)]
    for up, down in both:
        corners = [corner for a, b in corners for corner in ((a + up, b + down), (a - up, b - down))]
    if below > 0:
        turn = form.factor
    else:  # the sign goes above the line, or is of no account
        turn = form.factor if form.size else -form.factor
        below, corners = -below, [(a, -b) for a, b in corners]
    if min([b for _, b in corners]) <= 0:
        raise MayBeZeroError(frozenset(bottom))
    low, high = (corners[0][0] - wide, corners[0][1]), (corners[0][0] + wide, corners[0][1])
    for a, b in corners[1:]:
        low, high = _lesser(low, (a - wide, b)), _greater(high, (a + wide, b))
    if turn < 0:
        low, high = high, low
    (c, d), (e, f) = low, high
    return Reach(turn * above * d * f, turn * c * below * f, turn * e * below * d, below * d * f)


def _lesser(one: _Pair, two: _Pair) -> _Pair:
    return one if one[0] * two[1] <= two[0] * one[1] else two


def _greater(one: _Pair, two: _Pair) -> _Pair:
    return one if one[0] * two[1] >= two[0] * one[1] else two
