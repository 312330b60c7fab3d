"""What a relation implies for one of its figures: every amount of it that some amounts of the others make true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from checker.algebra.bounds import Box, settle, settled_bounds
from checker.algebra.exact import divided, whole
from checker.algebra.interval import Interval
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable, negative, uses


def implied(sides: tuple[Expression, Expression], figure: str, box: Box) -> Interval | None:
    """The amounts of `figure` for which both sides can be equal, the others within their box; None where no bound can
    be told.

    The figure must stand once when the relation is brought to its simplest form; the sign inside an `abs` is taken as
    printed. Raises MayBeZeroError and UndecidedError as `bounds` does.
    """
    return all_implied(sides, (figure,), box).get(figure)


def all_implied(sides: tuple[Expression, Expression], figures: Iterable[str], box: Box) -> Mapping[str, Interval]:
    """`implied` for several figures of one relation; those for which no bound can be told are left out."""
    difference = settle(Add((sides[0], negative(sides[1]))), box)
    once = frozenset(figure for figure, count in Counter(uses(difference)).items() if count == 1)
    return dict(_solved(difference, once.intersection(figures), Interval.exactly(0), box))


def _solved(
    expression: Expression, figures: frozenset[str], target: Interval, box: Box
) -> Iterator[tuple[str, Interval]]:
    """The amounts of each of the figures that bring the expression into the target."""
    match expression:
        case Variable(figure) if figure in figures:
            yield figure, target
        case Add(terms):
            for term in terms:
                if not figures.isdisjoint(uses(term)):
                    rest = settled_bounds(Add(tuple(other for other in terms if other is not term)), box)
                    yield from _solved(term, figures, target + -rest, box)
        case Multiply(Constant(factor), right) if factor:
            yield from _solved(right, figures, target.scaled(divided(1, whole(factor))), box)
        case Multiply(left, right):
            for inside, other in ((left, right), (right, left)):
                if not figures.isdisjoint(uses(inside)):
                    by = settled_bounds(other, box)
                    if not by.low <= 0 <= by.high:
                        yield from _solved(inside, figures, target * by.inverse(), box)
        case Divide(left, right):
            if not figures.isdisjoint(uses(left)):
                yield from _solved(left, figures, target * settled_bounds(right, box), box)
            if not figures.isdisjoint(uses(right)) and not target.low <= 0 <= target.high:
                yield from _solved(right, figures, settled_bounds(left, box) * target.inverse(), box)
        case Absolute(operand):
            size = target.high
            if size >= 0:
                yield from _solved(operand, figures, Interval(-size, size), box)
