"""Bounds are exact: reached at some point of the box, passed at none."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.algebra import Interval, MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.implied import implied
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
    variables,
)

A, B, C, P = (Variable(key) for key in "abcp")
TWO = Constant(Fraction(2))


def less(one: Expression, two: Expression) -> Expression:
    return Add((one, negative(two)))


FORMS: list[Expression] = [
    less(A, less(B, A)),
    Divide(less(A, B), B),
    less(Divide(A, B), Constant(Fraction(1))),
    Divide(A, Add((A, B))),
    Divide(less(A, B), Add((A, B))),
    less(Divide(A, B), Divide(C, B)),
    less(Divide(A, Add((B, C))), P),
    Multiply(A, less(P, B)),
    Divide(A, Divide(Add((B, C)), TWO)),
    Divide(less(A, B), Absolute(B)),
    Absolute(less(A, B)),
    Add((Absolute(less(A, B)), B)),
    less(Greatest((A, B)), B),
    less(Least((A, B)), Multiply(TWO, A)),
    less(A, Absolute(Add((A, negative(Multiply(TWO, B)))))),
    Greatest((A, B, C)),
    Multiply(TWO, Add((Absolute(A), A))),
]
"""What rules are made of, figures used once and more."""


def grid(interval: Interval) -> list[Fraction]:
    return (
        [interval.low + (interval.high - interval.low) * part / 4 for part in range(5)]
        if interval.low < interval.high
        else [interval.low]
    )


def boxes(least: int) -> st.SearchStrategy[dict[str, Interval]]:
    steps = st.sampled_from([Fraction(0), Fraction(1), Fraction(3)])
    interval = st.tuples(st.integers(least, 12), steps).map(lambda pair: Interval.rounded(Fraction(pair[0]), pair[1]))
    return st.fixed_dictionaries(dict.fromkeys("abcp", interval))


@pytest.mark.parametrize("expression", FORMS, ids=str)
@given(box=boxes(-12))
def test_nothing_in_the_box_is_outside_and_both_ends_are_reached(
    expression: Expression, box: dict[str, Interval]
) -> None:
    try:
        within = bounds(expression, box)
    except (MayBeZeroError, UndecidedError):
        assume(False)
    keys = sorted(variables(expression))
    points = [
        value(expression, dict(zip(keys, point, strict=True))) for point in product(*(grid(box[key]) for key in keys))
    ]
    assert all(within.low <= point <= within.high for point in points)
    corner_like = {min(points), max(points)}
    if not any(word in str(expression) for word in ("Absolute", "Least", "Greatest")):
        assert corner_like == {within.low, within.high}
    else:  # a fold may lie between the points of the grid, but not far from them
        width = max((box[key].high - box[key].low for key in keys), default=Fraction(0))
        assert min(points) - within.low <= width and within.high - max(points) <= width


def test_a_fold_inside_the_box_is_found_exactly() -> None:
    """|a - b| - a with a and b in [9, 10] ends at -10 where a = b = 10, and at -8 where a = 9 and b = 10."""
    box = {key: Interval(Fraction(9), Fraction(10)) for key in "ab"}
    assert bounds(less(Absolute(less(A, B)), A), box) == Interval(Fraction(-10), Fraction(-8))
    assert bounds(less(Absolute(Add((A, negative(B), Constant(Fraction(1, 3))))), A), box).low == Fraction(
        -29, 3
    )  # on the fold, at b = 10 and a = 29/3
    assert bounds(less(Add((A, B)), Absolute(less(A, B))), box) == Interval(Fraction(18), Fraction(20))


def test_a_divisor_that_holds_or_touches_zero_is_refused() -> None:
    for low, high in ((-1, 1), (0, 1), (-1, 0)):
        with pytest.raises(MayBeZeroError):
            bounds(Divide(A, B), {"a": Interval.exactly(Fraction(1)), "b": Interval(Fraction(low), Fraction(high))})


def test_a_square_is_not_claimed_to_be_monotone() -> None:
    with pytest.raises(UndecidedError):
        bounds(less(Multiply(A, A), A), {"a": Interval(Fraction(-1), Fraction(1))})


def test_open_ends_stay_open() -> None:
    box = {"a": Interval.truncated(Fraction(5), Fraction(1)), "b": Interval.truncated(Fraction(-5), Fraction(1))}
    within = bounds(Add((A, B)), box)
    assert within == Interval(Fraction(-1), Fraction(1), True, True)
    assert not bounds(less(A, Constant(Fraction(6))), box).holds(0)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (P, Divide(less(A, B), B)),
        (P, Divide(A, B)),
        (A, Multiply(P, B)),
        (A, Add((B, C))),
        (P, Divide(A, Add((B, C)))),
        (P, less(Divide(A, B), Constant(Fraction(1)))),
    ],
)
@given(box=boxes(2), key=st.sampled_from("abcp"), at=st.integers(1, 40))
def test_what_a_relation_implies_for_a_figure_is_where_it_can_hold(
    left: Expression, right: Expression, box: dict[str, Interval], key: str, at: int
) -> None:
    try:
        room = implied((left, right), key, box)
        moved = {**box, key: Interval.exactly(Fraction(at))}
        possible = bounds(less(left, right), moved).holds(0)
    except (MayBeZeroError, UndecidedError):
        assume(False)
    if room is not None:
        assert possible == room.holds(at)


def test_nothing_is_told_for_a_figure_that_stands_twice() -> None:
    box = {key: Interval(Fraction(low), Fraction(low + 2)) for key, low in (("a", 4), ("b", 9), ("p", 1))}
    left, right = P, Divide(A, Add((A, B)))
    assert implied((left, right), "a", box) is None
    assert implied((left, right), "b", box) is not None
