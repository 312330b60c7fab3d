"""What a relation implies for one of its figures: every amount of it that some amounts of the others make true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.algebra.bounds import Box, bounds, settle
from checker.algebra.exact import divided, whole
from checker.algebra.interval import Interval
from checker.algebra.quotient import variables
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable, negative


def implied(sides: tuple[Expression, Expression], figure: str, box: Box) -> Interval | None:
    """The amounts of `figure` for which both sides can be equal, the others within their box; None where no bound can be told.

    The figure must stand once when the relation is brought to its simplest form; the sign inside an `abs` is taken as printed.
    Raises MayBeZeroError and UndecidedError as `bounds` does.
    """
    return all_implied(sides, (figure,), box).get(figure)


def all_implied(sides: tuple[Expression, Expression], figures: Iterable[str], box: Box) -> Mapping[str, Interval]:
    """`implied` for several figures of one relation; those for which no bound can be told are left out."""
    difference = settle(Add((sides[0], negative(sides[1]))), box)
    told = {figure: _solve(difference, figure, Interval.exactly(0), box) for figure in figures}
    return {figure: room for figure, room in told.items() if room is not None}


def _solve(expression: Expression, figure: str, target: Interval, box: Box) -> Interval | None:
    """The amounts of the figure that bring the expression into the target."""
    match expression:
        case Variable():
            return target
        case Add(terms):
            holding = [term for term in terms if figure in variables(term)]
            if len(holding) != 1:
                return None
            rest = bounds(Add(tuple(term for term in terms if term is not holding[0])), box)
            return _solve(holding[0], figure, target + -rest, box)
        case Multiply(Constant(factor), right):
            return _solve(right, figure, target.scaled(divided(1, whole(factor))), box) if factor else None
        case Multiply(left, right):
            inside, other = (left, right) if figure in variables(left) else (right, left)
            by = bounds(other, box)
            return None if figure in variables(other) or by.low <= 0 <= by.high else _solve(inside, figure, target * by.inverse(), box)
        case Divide(left, right) if figure in variables(left):
            return None if figure in variables(right) else _solve(left, figure, target * bounds(right, box), box)
        case Divide(left, right):
            return None if target.low <= 0 <= target.high else _solve(right, figure, bounds(left, box) * target.inverse(), box)
        case Absolute(operand):
            size = target.high
            return _solve(operand, figure, Interval(-size, size), box) if size >= 0 else None
    return None
