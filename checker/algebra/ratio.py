"""Quotients of two linear forms, and how far rounding lets them go: in whole numbers, and without a division.

Margins, growth and amounts per share are such quotients. What is not is for `bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from checker.algebra.bounds import MayBeZeroError
from checker.algebra.exact import Exact, magnitude, whole
from checker.algebra.linear import Linear, linear
from checker.core.expression import Absolute, Constant, Divide, Expression, Multiply

_MOST_SHARED = 8
"""Figures on both sides of the line beyond which their corners are not tried: 256 of them."""
_Pair = tuple[Exact, Exact]
"""A quotient: what stands above the line and, greater than zero, below it."""


@frozen
class Ratio:
    """`top / bottom`; `size`: the divisor counts without its sign."""

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
    size = isinstance(expression.right, Absolute)
    top, bottom = linear(expression.left), linear(expression.right.operand if isinstance(expression.right, Absolute) else expression.right)
    if top is None or bottom is None or not bottom.coefficients or not top.coefficients or _proportional(top, bottom):
        return None
    if sum(key in bottom.coefficients for key in top.coefficients) > _MOST_SHARED:
        return None
    if factor != 1:
        top = Linear({key: factor * coefficient for key, coefficient in top.coefficients.items()}, factor * top.constant)
    return Ratio(top, bottom, size)


def _proportional(one: Linear, two: Linear) -> bool:
    """Whether one is a multiple of the other."""
    if one.coefficients.keys() != two.coefficients.keys():
        return False
    key = next(iter(one.coefficients))
    a, b = one.coefficients[key], two.coefficients[key]
    return one.constant * b == two.constant * a and all(c * b == two.coefficients[k] * a for k, c in one.coefficients.items())


def reach(form: Ratio, scale: int, amounts: Mapping[str, tuple[int, int]]) -> Reach:
    """How far a quotient goes where each figure may be half a step off; `amounts` are the figures and half their steps on one scale.

    With all others fixed it is monotone in each figure, so it is least and most where every figure is at an end. Figures on one side of the line only
    move that side together; those on both sides are tried at both ends. Raises MayBeZeroError.
    """
    top, bottom = form.top.coefficients, form.bottom.coefficients
    above = form.top.constant * scale + sum([c * amounts[key][0] for key, c in top.items()])
    below = form.bottom.constant * scale + sum([c * amounts[key][0] for key, c in bottom.items()])
    wide = sum([magnitude(c) * amounts[key][1] for key, c in top.items() if key not in bottom])
    moves = [(top[key] * amounts[key][1], c * amounts[key][1]) for key, c in bottom.items() if key in top]
    moves.append((0, sum([magnitude(c) * amounts[key][1] for key, c in bottom.items() if key not in top])))
    corners = [(above, below)]
    for up, down in moves:
        if down:
            corners = [(a + sign * up, b + sign * down) for a, b in corners for sign in (1, -1)]
    divisors = [b for _, b in corners]
    if min(divisors) <= 0 <= max(divisors):
        raise MayBeZeroError(frozenset(bottom))
    if below < 0:  # the sign goes above the line, or is of no account
        turn = 1 if form.size else -1
        above, below, corners = turn * above, -below, [(turn * a, -b) for a, b in corners]
    low, high = (corners[0][0] - wide, corners[0][1]), (corners[0][0] + wide, corners[0][1])
    for a, b in corners[1:]:
        low, high = _lesser(low, (a - wide, b)), _greater(high, (a + wide, b))
    return _on_one_scale((above, below), low, high)


def _lesser(one: _Pair, two: _Pair) -> _Pair:
    return one if one[0] * two[1] <= two[0] * one[1] else two


def _greater(one: _Pair, two: _Pair) -> _Pair:
    return one if one[0] * two[1] >= two[0] * one[1] else two


def _on_one_scale(printed: _Pair, low: _Pair, high: _Pair) -> Reach:
    (a, b), (c, d), (e, f) = printed, low, high
    return Reach(a * d * f, c * b * f, e * b * d, b * d * f)
