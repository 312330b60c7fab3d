"""Quotients of linear forms in whole numbers say what exact bounds say, for every figure at both its ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.algebra import Interval, MayBeZeroError, UndecidedError, bounds, ratio, reach
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


@given(COEFFICIENTS, COEFFICIENTS, AMOUNTS, st.booleans(), st.sampled_from([1, -100, Fraction(1, 3)]))
def test_it_reaches_as_far_as_exact_bounds_say(above: list[int], below: list[int], amounts: tuple[tuple[int, int], ...], size: bool, factor: Fraction) -> None:
    divisor = Absolute(_sum(below)) if size else _sum(below)
    quotient = Multiply(Constant(Fraction(factor)), Divide(_sum(above), divisor))
    form = ratio(quotient)
    assume(form is not None)
    assert form is not None
    known = dict(zip("abc", amounts, strict=True))
    box = {key: Interval(Fraction(amount - half, 10), Fraction(amount + half, 10)) for key, (amount, half) in known.items()}
    try:
        within = bounds(quotient, box)
    except MayBeZeroError:
        with pytest.raises(MayBeZeroError):
            reach(form, 10, known)
        return
    except UndecidedError:
        return
    reached = reach(form, 10, known)
    assert (Fraction(reached.low, reached.scale), Fraction(reached.high, reached.scale)) == (within.low, within.high)
    assert reached.low <= reached.printed <= reached.high


def test_growth_counts_the_prior_amount_once() -> None:
    form = ratio(GROWTH)
    assert form is not None
    reached = reach(form, 2, {"a": (230, 1), "b": (200, 1)})
    assert Fraction(reached.low, reached.scale) == 100 * Fraction(229, 201) - 100
    assert Fraction(reached.high, reached.scale) == 100 * Fraction(231, 199) - 100


@pytest.mark.parametrize(
    "expression",
    [
        A,
        Multiply(A, B),
        Divide(Multiply(A, B), C),
        Divide(Multiply(Constant(Fraction(2)), A), A),
        Divide(Constant(Fraction(1)), A),
        Divide(A, Constant(Fraction(2))),
        Add((Divide(A, B), C)),
    ],
    ids=["one figure", "a product", "a product divided", "a number", "the inverse", "half", "a sum"],
)
def test_what_is_no_quotient_of_two_sums_is_left_to_others(expression: Expression) -> None:
    assert ratio(expression) is None
