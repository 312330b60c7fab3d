"""Which slip of the fingers turns the right number into the printed one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra import best_slip, slip
from checker.algebra.slips import meant, mistyped, moved, multiplied, rescaled


@pytest.mark.parametrize(("printed", "needed", "name"), [
    ("11793", "11739", "digits transposed"),
    ("1596280", "1956280", "digits transposed"),
    ("4416825", "4416925", "one digit wrong"),
    ("428142", "4281422", "digit dropped"),
    ("19979", "1979", "digit doubled"),
    ("197890", "19790", "digit added"),
    ("-659519", "659519", "wrong sign"),
    ("27540", "27539592", "wrong scale"),
    ("27539", "27539592", "wrong scale"),
    ("1006500", "10065", "wrong scale"),
    ("3212920", "212920", "digit added"),
    ("9231", "1239", "digits swapped"),
    ("-500", "-550", "one digit wrong"),
    ("1230", "123", "digit added"),
])  # fmt: skip
def test_slips_have_names(printed: str, needed: str, name: str) -> None:
    found = slip(Fraction(printed), Fraction(needed), 1)
    assert found is not None and found.name == name


def test_digits_are_counted_in_the_printed_step() -> None:
    found = slip(Fraction("16.2"), Fraction("12.6"), Fraction("0.1"))
    assert found is not None and found.name == "digits transposed"
    thousands = slip(Fraction(4281000), Fraction(4821000), Fraction(1000))
    assert thousands is not None and thousands.name == "digits transposed"
    assert slip(Fraction(4281000), Fraction(4821500), Fraction(1000)) is None


@pytest.mark.parametrize(("printed", "needed"), [("1234", "5678"), ("1234", "1234"), ("100", "-101"), ("0", "4711")])
def test_not_everything_is_a_slip(printed: str, needed: str) -> None:
    assert slip(Fraction(printed), Fraction(needed), 1) is None


def test_a_small_difference_says_nothing_and_a_large_one_much() -> None:
    small, large = slip(11793, 11739, 1), slip(11751596, 17151596, 1)
    assert small is not None and small.bits < 5
    assert large is not None and large.bits >= 15


@given(st.integers(1, 10**9), st.integers(-99, 99).filter(bool))
def test_under_a_hundred_units_never_ten_bits(printed: int, by: int) -> None:
    found = slip(printed, printed + by, 1)
    assert found is None or found.bits < 10


@given(st.integers(100, 10**9), st.integers(0, 8), st.sampled_from("0123456789"))
def test_one_changed_digit_is_always_seen(right: int, at: int, digit: str) -> None:
    text = str(right)
    at %= len(text)
    wrong = int(text[:at] + digit + text[at + 1 :])
    found = slip(wrong, right, 1)
    assert (found is None) == (wrong == right) or wrong == 0 or len(str(wrong)) < len(text)


def test_rounding_leaves_several_amounts_open_and_costs_evidence() -> None:
    exact, open_ended = best_slip(11751596, (17151596, 17151596), 1), best_slip(11751596, (17151590, 17151599), 1)
    assert exact is not None and open_ended is not None
    assert exact[0] == open_ended[0] == 17151596
    assert exact[1].bits > open_ended[1].bits
    assert best_slip(11751596, (0, 10**6), 1) is None


@given(st.integers(-(10**7), 10**7).filter(bool))
def test_what_was_meant_is_a_slip_away(printed: int) -> None:
    for number in meant(printed):
        found = slip(printed, number, 1)
        assert found is not None or number in (0, printed)


def test_a_first_digit_slides_over_to_a_neighbour_either_way() -> None:
    assert (212920, 31811915) in set(moved(3212920, 1811915))
    assert (-13212920, -811915) in set(moved(-3212920, -1811915))
    assert list(moved(7, 8)) == []


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_a_slid_digit_changes_neither_the_digits_nor_the_signs(one: int, two: int) -> None:
    for here, there in moved(one, two):
        assert sorted(f"{abs(here)}{abs(there)}") == sorted(f"{abs(one)}{abs(two)}")
        assert (here < 0, there < 0) == (one < 0, two < 0)


def test_an_amount_in_another_unit() -> None:
    assert multiplied(1006500, 1006, by=1) is True
    assert multiplied(1006500, 1007, by=0) is False
    assert rescaled(90, (898529, 901471)) == 900000
    assert rescaled(1006500, (Fraction("100.1"), Fraction("101.2"))) == Fraction("100.65")
    assert rescaled(90, (1, 10**12)) is None, "which unit it is must be clear"


@given(st.integers(10, 10**9), st.integers(0, 8), st.integers(0, 9))
def test_one_changed_digit_has_a_name(right: int, at: int, digit: int) -> None:
    text = str(right)
    at %= len(text)
    wrong = int(text[:at] + str(digit) + text[at + 1 :])
    assert wrong == right or len(str(wrong)) < len(text) or mistyped(wrong, right) == "one digit wrong"
