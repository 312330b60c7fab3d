"""Quotients of linear forms in whole numbers say what exact bounds say, for every figure at both its ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.algebra import ONE, Interval, MayBeZeroError, UndecidedError, bounds, moves, ratio, reach, value
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable, negative

A, B, C = Variable("a"), Variable("b"), Variable("c")
GROWTH = Multiply(Constant(Fraction(100)), Divide(Add((A, negative(B))), Absolute(B)))
COEFFICIENTS = st.lists(st.integers(-3, 3), min_size=4, max_size=4)
AMOUNTS = st.tuples(*[st.tuples(st.integers(-40, 40), st.integers(0, 4))] * 3)


def _sum(coefficients: list[int]) -> Expression:
    """A number and so many times each of three figures."""
    first, *others = coefficients
    terms = (Multiply(Constant(Fraction(c)), one) for c, one in zip(others, (A, B, C), strict=True))
    return Add((Constant(Fraction(first)), *terms))


@given(
    COEFFICIENTS,
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.integers(-2, 2),
    AMOUNTS,
    st.booleans(),
    st.sampled_from([1, -100, Fraction(1, 3)]),
)
def test_it_reaches_as_far_as_exact_bounds_say(
    coefficients: list[int],
    below: list[bool],
    plus: int,
    amounts: tuple[tuple[int, int], ...],
    size: bool,
    factor: Fraction,
) -> None:
    bottom = _sum([coefficients[0], *(c if lower else 0 for c, lower in zip(coefficients[1:], below, strict=True))])
    top = _sum([coefficients[0] + 1, *(0 if lower else c for c, lower in zip(coefficients[1:], below, strict=True))])
    quotient = Multiply(
        Constant(Fraction(factor)),
        Divide(Add((top, Multiply(Constant(Fraction(plus)), bottom))), Absolute(bottom) if size else bottom),
    )
    form = ratio(quotient)
    assume(form is not None)
    assert form is not None
    known = dict(zip("abc", amounts, strict=True))
    box = {
        key: Interval(Fraction(amount - half, 10), Fraction(amount + half, 10)) for key, (amount, half) in known.items()
    }
    tenths = {key: (amount, 2 * half, 10) for key, (amount, half) in known.items()} | {ONE: (10, 0, 10)}
    try:
        within = bounds(quotient, box)
    except MayBeZeroError:
        with pytest.raises(MayBeZeroError):
            reach(form, tenths)
        return
    except UndecidedError:
        return
    reached = reach(form, tenths)
    printed = Fraction(reached[0], reached[1]) + reached[4]
    assert printed == value(quotient, {key: Fraction(amount, 10) for key, (amount, _) in known.items()})
    (up, over), (down, under) = moves(reached, 1), moves(reached, -1)
    assert printed + Fraction(up, reached[1] * over) == within.high
    assert printed - Fraction(down, reached[1] * under) == within.low


def test_growth_counts_the_prior_amount_once() -> None:
    form = ratio(GROWTH)
    assert form is not None
    above, below, _, _, plus = reached = reach(form, {"a": (115, 1, 1), "b": (100, 1, 1), ONE: (1, 0, 1)})
    (up, over), (down, under) = moves(reached, 1), moves(reached, -1)
    assert Fraction(above, below) + plus == 15
    assert Fraction(up, below * over) == 100 * (Fraction(231, 199) - Fraction(115, 100))
    assert Fraction(down, below * under) == 100 * (Fraction(115, 100) - Fraction(229, 201))


@pytest.mark.parametrize(
    "expression",
    [
        A,
        Multiply(A, B),
        Divide(Multiply(A, B), C),
        Divide(Multiply(Constant(Fraction(2)), A), A),
        Divide(Constant(Fraction(1)), A),
        Divide(A, Constant(Fraction(2))),
        Divide(A, Add((A, B))),
        Add((Divide(A, B), C)),
    ],
    ids=["one figure", "a product", "a product divided", "a number", "the inverse", "half", "a part of a sum", "a sum"],
)
def test_what_is_no_quotient_of_two_sums_is_left_to_others(expression: Expression) -> None:
    assert ratio(expression) is None
