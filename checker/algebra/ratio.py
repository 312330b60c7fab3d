"""Quotients of two linear forms, and how far rounding lets the sides of a relation go: in whole numbers, and without a
division.

Margins, growth and amounts per share are such quotients. What is not is for `bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from checker.algebra.bounds import MayBeZeroError
from checker.algebra.exact import Exact, divided, whole
from checker.algebra.linear import ONE, Amounts, coefficients, spread
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable

_NONE: Exact = 0


Form = Mapping[str, Exact]
"""Coefficients of figures and of `ONE`."""
Ratio = tuple[Exact, Form, Form, Exact, bool]
"""factor, top, bottom, plus, size: `factor * (top / bottom + plus)`, no figure above the line and below it; with
`size`, what is below counts without its sign.

Plain tuples, because they are made for every verdict on a quotient, in an eighth of the time that a class takes.
"""
Side = dict[str, Exact] | Ratio
"""One side of a relation: a linear form, or a quotient of two."""
Reach = tuple[Exact, Exact, Exact, Exact, Exact]
"""above, below, wide, deep, plus: `above / below + plus` as printed, `below` greater than zero; above and below move as
far as `wide` and `deep` either way."""


def formed(expression: Expression) -> Side | None:
    """One side of a relation as a linear form or as a quotient, if it is either."""
    quotient = None if isinstance(expression, (Variable, Add)) else ratio(expression)
    return coefficients(expression) if quotient is None else quotient


def named(side: Side) -> Form:
    """What stands in one side, by name."""
    return side if isinstance(side, dict) else {**side[1], **side[2]}


def ratio(expression: Expression) -> Ratio | None:
    """The expression as a quotient of two linear forms, times a number perhaps; None where it is none, or where
    everything in it cancels out.

    What both have in common stays below the line alone: `(A - B) / B` is `A / B - 1`.
    """
    factor: Exact = 1
    while isinstance(expression, Multiply) and isinstance(expression.left, Constant):
        factor *= whole(expression.left.value)
        expression = expression.right
    if not isinstance(expression, Divide) or not factor:
        return None
    divisor, size = (
        (expression.right.operand, True) if isinstance(expression.right, Absolute) else (expression.right, False)
    )
    top, bottom, plus = coefficients(expression.left), coefficients(divisor), _NONE
    if top is None or bottom is None:
        return None
    for key, coefficient in bottom.items():
        if key in top and key != ONE:
            plus = divided(top[key], coefficient)
            for each, taken in bottom.items():
                left = top.pop(each, 0) - plus * taken
                if left:
                    top[each] = left
            if len(bottom) > 1 and any(each in bottom for each in top if each != ONE):
                return None
            break
    return None if len(top) == (ONE in top) or len(bottom) == (ONE in bottom) else (factor, top, bottom, plus, size)


def reach(side: Side, amounts: Amounts) -> Reach:
    """How far one side goes where each figure may be half a step off; a linear form is a quotient over its scale.
    Raises MayBeZeroError.

    No figure stands above and below the line, so both move on their own. Everything is doubled, so that half a step is
    whole.
    """
    if isinstance(side, dict):
        amount, wide, scale = spread(side, amounts)
        return 2 * amount, 2 * scale, wide, 0, 0
    factor, top, bottom, plus, size = side
    above, wide, scale = spread(top, amounts)
    below, deep, other = spread(bottom, amounts)
    if scale != other:
        above, wide, below, deep = above * other, wide * other, below * scale, deep * scale
    above, below = 2 * factor * above, 2 * below
    if below < 0:  # the sign below the line goes above it, or is of no account
        above, below, plus = above if size else -above, -below, -plus if size else plus
    if below <= deep:
        raise MayBeZeroError(frozenset(bottom) - {ONE})
    return above, below, factor * wide if factor > 0 else -factor * wide, deep, factor * plus


def moves(reached: Reach, way: Literal[1, -1]) -> tuple[Exact, Exact]:
    """How far a quotient goes up, or with `way` -1 down, from what it comes to as printed: the first number over
    `below` times the second."""
    above, below, wide, deep, _ = reached
    if not deep:
        return wide, 1
    end = above + way * wide
    under = below - deep if way * end > 0 else below + deep
    return way * (end * below - above * under), under


def closing(one: Reach, two: Reach, way: Literal[1, -1]) -> tuple[Exact, Exact]:
    """How far two sides move towards each other where the first goes this way: over what stands below the line on both,
    times the second number."""
    move, under = moves(one, way)
    other, over = moves(two, -1 if way > 0 else 1)
    return move * two[1] * over + other * one[1] * under, under * over
