"""Exact numbers stay exact, and whole ones stay whole."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra.exact import decimal_places, divided, exact

WHOLE = st.integers(-(10**12), 10**12)


@given(WHOLE, WHOLE.filter(bool))
def test_a_quotient_is_never_a_float_and_whole_where_it_can_be(one: int, two: int) -> None:
    found = divided(one, two)
    assert found == Fraction(one, two)
    assert type(found) is (int if one % two == 0 else Fraction)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_a_decimal_has_as_many_places_as_it_is_printed_with(number: object) -> None:
    amount = Fraction(str(number))
    assert decimal_places(amount) == len(f"{number:f}".partition(".")[2].rstrip("0"))


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(-22, 7), Fraction(1, 10**6 * 3)])
def test_decimals_that_do_not_end_have_no_count(number: Fraction) -> None:
    assert decimal_places(number) is None
    assert exact(number) == number
