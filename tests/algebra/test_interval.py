"""Intervals with open and closed ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.algebra import Interval

ENDS = st.fractions(-9, 9, max_denominator=4)
INTERVALS = (
    st.tuples(ENDS, ENDS, st.booleans(), st.booleans())
    .map(lambda t: Interval(min(t[:2]), max(t[:2]), t[2], t[3]))
    .filter(lambda i: not i.empty)
)
PARTS = st.fractions(0, 1, max_denominator=9)


def inside(interval: Interval, part: Fraction) -> Fraction:
    amount = interval.low + (interval.high - interval.low) * part
    assume(interval.holds(amount))
    return amount


@given(INTERVALS, INTERVALS, PARTS, PARTS)
def test_what_is_in_two_intervals_is_in_their_sum_product_and_size(
    one: Interval, two: Interval, here: Fraction, there: Fraction
) -> None:
    a, b = inside(one, here), inside(two, there)
    assert (one + two).holds(a + b)
    assert (one * two).holds(a * b)
    assert (-one).holds(-a)
    assert one.size.holds(abs(a))
    assert one.scaled(Fraction(-2, 3)).holds(a * Fraction(-2, 3))
    assert one.meet(two).holds(a) == two.holds(a)


def telling(interval: Interval) -> list[Fraction]:
    """Amounts at which a product can reach its ends."""
    return [interval.low, interval.high, (interval.low + interval.high) / 2, Fraction(0)]


@given(INTERVALS, INTERVALS)
def test_a_closed_end_of_a_product_is_reached(one: Interval, two: Interval) -> None:
    product = one * two
    for end, is_open in ((product.low, product.low_open), (product.high, product.high_open)):
        reached = any(one.holds(a) and two.holds(b) for a in telling(one) for b in telling(two) if a * b == end)
        assert reached != is_open


@pytest.mark.parametrize(("amount", "text"), [(7, "[7, 8)"), (-7, "(-8, -7]"), (0, "(-1, 1)")])
def test_truncation_drops_digits_toward_zero(amount: int, text: str) -> None:
    interval = Interval.truncated(Fraction(amount), Fraction(1))
    assert (
        f"{'(' if interval.low_open else '['}{interval.low}, {interval.high}{')' if interval.high_open else ']'}"
        == text
    )


def test_rounding_keeps_both_halves_and_exact_amounts_are_points() -> None:
    assert Interval.rounded(Fraction(2), Fraction(1)) == Interval(Fraction(3, 2), Fraction(5, 2))
    assert (
        Interval.truncated(Fraction(2), Fraction(0))
        == Interval.exactly(Fraction(2))
        == Interval.rounded(Fraction(2), Fraction(0))
    )
