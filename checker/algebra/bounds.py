"""Exact bounds of an expression over everything its figures can stand for.

Interval arithmetic is exact where every figure stands once, so an expression is first brought to such a form: what is
known to be positive loses its `abs`, `(A - B) / B` becomes `A / B - 1`. A figure that still stands twice is put at both
its ends in turn: a form that is linear-fractional in it, others fixed, is monotone in it. Where neither is possible
nothing is claimed (`UndecidedError`), and a quotient by what may be zero has no bounds (`MayBeZeroError`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from checker.algebra.exact import Exact, divided, magnitude, whole
from checker.algebra.interval import Interval, greatest, least
from checker.algebra.linear import Linear, linear
from checker.core.expression import (
    Absolute,
    Add,
    Constant,
    Divide,
    Expression,
    Greatest,
    Least,
    Multiply,
    Variable,
    negative,
    parts,
    uses,
    variables,
    with_parts,
)

Box = Mapping[str, Interval]
"""What each figure can stand for."""

_MOST_CORNERS = 8
"""Figures used twice or more beyond which corners are not tried: 256 of them."""


class MayBeZeroError(Exception):
    """A divisor may be zero; holds the figures it is made of."""

    def __init__(self, figures: frozenset[str]) -> None:
        super().__init__("a divisor may be zero")
        self.figures = figures


class UndecidedError(Exception):
    """Exact bounds are not known for an expression of this form."""


def value(expression: Expression, values: Mapping[str, Exact]) -> Exact:
    """The expression computed from one value for each figure. Raises MayBeZeroError."""
    match expression:
        case Variable(figure):
            return values[figure]
        case Constant(amount):
            return whole(amount)
        case Add(terms):
            return sum([value(term, values) for term in terms])
        case Multiply(left, right):
            return value(left, values) * value(right, values)
        case Divide(left, right):
            divisor = value(right, values)
            if not divisor:
                raise MayBeZeroError(variables(right))
            return divided(value(left, values), divisor)
        case Absolute(operand):
            return magnitude(value(operand, values))
        case Least(operands):
            return min([value(operand, values) for operand in operands])
        case Greatest(operands):
            return max([value(operand, values) for operand in operands])


def bounds(expression: Expression, box: Box) -> Interval:
    """Every amount the expression can be, no wider. Raises MayBeZeroError and UndecidedError."""
    form = linear(expression)
    return settled_bounds(settle(expression, box), box) if form is None else linear_bounds(form, box)


def settled_bounds(settled: Expression, box: Box) -> Interval:
    """`bounds` of an expression that `settle` has seen, or of a part of one."""
    form = linear(settled)
    if form is not None:
        return linear_bounds(form, box)
    twice = sorted(figure for figure, count in Counter(uses(settled)).items() if count > 1)
    if not twice:
        return _naive(settled, box)
    if any(not _monotone(settled, figure) for figure in twice):
        return _folded(settled, box)
    if len(twice) > _MOST_CORNERS:
        raise UndecidedError
    ends = [sorted({box[figure].low, box[figure].high}) for figure in twice]
    corners = [
        _naive(settled, {**box, **{figure: _corner(end) for figure, end in zip(twice, corner, strict=True)}})
        for corner in product(*ends)
    ]
    low, high = min(corner.low for corner in corners), max(corner.high for corner in corners)
    return Interval(low, high)


def linear_bounds(form: Linear, box: Box) -> Interval:
    """Every amount a linear form can be."""
    if len(form.coefficients) == 1 and not form.constant:
        ((figure, coefficient),) = form.coefficients.items()
        return box[figure] if coefficient == 1 else box[figure].scaled(coefficient)
    total = Interval.exactly(form.constant)
    for figure, coefficient in form.coefficients.items():
        total = total + box[figure].scaled(coefficient)
    return total


# ---- to a form in which every figure stands once ---------------------------------------------------------------------


def settle(expression: Expression, box: Box) -> Expression:
    """The same amounts with `abs`, `min` and `max` gone where one case holds all over the box, and sums divided term by
    term where that frees a figure."""
    match expression:
        case Variable() | Constant() | Add() | Multiply():
            return with_parts(expression, tuple(settle(part, box) for part in parts(expression)))
        case Divide(left, right):
            over = settle(right, box)
            within = bounds(over, box)
            if within.low <= 0 <= within.high:  # an open end at zero has no bounds either
                raise MayBeZeroError(variables(right))
            return _divided(settle(left, box), over)
        case Absolute(operand):
            inner = settle(operand, box)
            within = bounds(inner, box)
            return inner if within.low >= 0 else negative(inner) if within.high <= 0 else Absolute(inner)
        case Least(operands):
            return _settle_least([settle(operand, box) for operand in operands], box)
        case Greatest(operands):
            return negative(_settle_least([negative(settle(operand, box)) for operand in operands], box))


def _settle_least(operands: list[Expression], box: Box) -> Expression:
    """The smallest, without those that another one is never above."""
    kept: list[Expression] = []
    for operand in operands:
        if any(bounds(Add((other, negative(operand))), box).high <= 0 for other in kept):
            continue
        kept = [other for other in kept if bounds(Add((operand, negative(other))), box).high > 0]
        kept.append(operand)
    return kept[0] if len(kept) == 1 else Least(tuple(kept))


def _divided(left: Expression, right: Expression) -> Expression:
    """`left / right`, term by term where a multiple of the divisor stands in the sum: `(A - B) / B` is `A / B - 1`."""
    above, below = linear(left), linear(right)
    if (
        above is None
        or below is None
        or not below.coefficients
        or not (set(below.coefficients) & set(above.coefficients))
    ):
        return Divide(left, right)
    figure = next(iter(below.coefficients))
    times = divided(above.coefficients.get(figure, 0), below.coefficients[figure])
    rest: dict[str, Exact] = dict(above.coefficients)
    for key, coefficient in below.coefficients.items():
        rest[key] = rest.get(key, 0) - times * coefficient
    constant = above.constant - times * below.constant
    rest = {key: coefficient for key, coefficient in rest.items() if coefficient}
    if set(rest) & set(below.coefficients):
        return Divide(left, right)
    return Add((Constant(Fraction(times)), Divide(expression_of(Linear(rest, constant)), right)))


def expression_of(form: Linear) -> Expression:
    """A linear form written out."""
    terms = tuple(
        Multiply(Constant(Fraction(coefficient)), Variable(figure)) for figure, coefficient in form.coefficients.items()
    )
    return Add((*terms, Constant(Fraction(form.constant))))


# ---- interval arithmetic ---------------------------------------------------------------------------------------------


def _naive(expression: Expression, box: Box) -> Interval:
    """Interval arithmetic: exact where every figure stands once."""
    match expression:
        case Variable(figure):
            return box[figure]
        case Constant(amount):
            return Interval.exactly(whole(amount))
        case Add(terms):
            total = Interval.exactly(0)
            for term in terms:
                total = total + _naive(term, box)
            return total
        case Multiply(Constant(amount), right):
            return -_naive(right, box) if amount == -1 else _naive(right, box).scaled(whole(amount))
        case Multiply(left, right):
            return _naive(left, box) * _naive(right, box)
        case Divide(left, right):
            over = _naive(right, box)
            if over.low <= 0 <= over.high:
                raise MayBeZeroError(variables(right))
            return _naive(left, box) * over.inverse()
        case Absolute(operand):
            return _naive(operand, box).size
        case Least(operands):
            return least([_naive(operand, box) for operand in operands])
        case Greatest(operands):
            return greatest([_naive(operand, box) for operand in operands])


def _corner(end: Exact) -> Interval:
    return Interval.exactly(end)


def _monotone(expression: Expression, figure: str) -> bool:
    """Whether the expression, all other figures fixed, is a quotient of two linear forms in this one."""
    degrees = _degrees(expression, figure)
    return degrees is not None and max(degrees) <= 1


def _degrees(expression: Expression, figure: str) -> tuple[int, int] | None:
    """Highest powers of the figure above and below the line; None where it stands in a case that is not settled."""
    match expression:
        case Variable(name):
            return (1, 0) if name == figure else (0, 0)
        case Constant():
            return 0, 0
        case Add(terms):
            above, below = 0, 0
            divisors: list[Expression] = []
            for term in terms:
                part = _degrees(term, figure)
                if part is None:
                    return None
                divisor = _divisor(term)
                if divisor is not None and divisor in divisors:  # one common denominator
                    above = max(above, part[0] + below - part[1])
                else:
                    above, below = max(above + part[1], part[0] + below), below + part[1]
                    divisors += [divisor] if divisor is not None else []
            return above, below
        case Multiply(left, right):
            one, two = _degrees(left, figure), _degrees(right, figure)
            return None if one is None or two is None else (one[0] + two[0], one[1] + two[1])
        case Divide(left, right):
            one, two = _degrees(left, figure), _degrees(right, figure)
            return None if one is None or two is None else (one[0] + two[1], one[1] + two[0])
        case Absolute() | Least() | Greatest():
            return None if figure in variables(expression) else (0, 0)


def _divisor(term: Expression) -> Expression | None:
    match term:
        case Multiply(Constant(), right):
            return _divisor(right)
        case Divide(_, right):
            return right
    return None


# ---- one case that holds in part of the box only ---------------------------------------------------------------------


def _folded(expression: Expression, box: Box) -> Interval:
    """Bounds where the sign inside one `abs` (or the smaller of two) differs within the box and all else is linear:
    linear programs, solved exactly."""
    fold = _fold(expression)
    if fold is None:
        raise UndecidedError
    within, cases = fold
    inside, forms = linear(within), [linear(_replaced(expression, case)) for case in cases]
    if inside is None or any(form is None for form in forms):
        raise UndecidedError
    ends: list[Exact] = []
    for form, sign in zip(forms, (1, -1), strict=True):
        assert form is not None
        condition = Linear({key: sign * c for key, c in inside.coefficients.items()}, sign * inside.constant)
        ends.append(_highest(form, condition, box))
        ends.append(
            -_highest(Linear({key: -c for key, c in form.coefficients.items()}, -form.constant), condition, box)
        )
    return Interval(min(ends), max(ends))


def _fold(
    expression: Expression,
) -> tuple[Expression, tuple[tuple[Expression, Expression], tuple[Expression, Expression]]] | None:
    """The one undecided case: the amount whose sign decides, and what stands for the whole where it is positive and
    where it is negative."""
    match expression:
        case Absolute(operand):
            return operand, ((expression, operand), (expression, negative(operand)))
        case Least((one, two)):
            return Add((one, negative(two))), ((expression, two), (expression, one))
    return next((fold for part in parts(expression) if (fold := _fold(part)) is not None), None)


def _replaced(expression: Expression, case: tuple[Expression, Expression]) -> Expression:
    """The expression with one part put for another."""
    if expression == case[0]:
        return case[1]
    return with_parts(expression, tuple(_replaced(part, case) for part in parts(expression)))


def _highest(form: Linear, condition: Linear, box: Box) -> Exact:
    """The largest amount of a linear form where another one is not negative (which it can be).

    By duality that is the least over t >= 0 of the largest amount of `form + t * condition`: convex and piecewise
    linear in t, so its least stands at a bend.
    """
    figures = set(form.coefficients) | set(condition.coefficients)
    bends = {Fraction(0)}
    for figure in figures:
        slope = condition.coefficients.get(figure, 0)
        if slope and -Fraction(form.coefficients.get(figure, 0)) / slope > 0:
            bends.add(-Fraction(form.coefficients.get(figure, 0)) / slope)
    return min(linear_bounds(_combined(form, condition, bend), box).high for bend in bends)


def _combined(form: Linear, other: Linear, times: Exact) -> Linear:
    figures = set(form.coefficients) | set(other.coefficients)
    return Linear(
        {f: form.coefficients.get(f, 0) + times * other.coefficients.get(f, 0) for f in figures},
        form.constant + times * other.constant,
    )
