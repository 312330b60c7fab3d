"""How likely a broken sum is an error: more evidence never makes it less likely, and what looks misread never more."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.judge.likelihood import SIGNS, likelihood
from checker.judge.sums import Broken
from checker.judge.table import LIKELIHOOD

small = st.integers(0, 60)
flag = st.booleans()
seen = st.builds(
    Broken,
    bits=small,
    held=st.integers(0, 8),
    keyed=st.integers(-8, 20),
    footing=small,
    plain=flag,
    forced=st.none() | flag,
    echoed=flag,
    average=flag,
    laid_out=flag,
    crowded=flag,
    copied=flag,
    contradicted=flag,
    apart=flag,
    small=flag,
    misread=flag,
    absent=flag,
)


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    assert {sign.name for sign in SIGNS} == LIKELIHOOD.keys()


@given(seen)
def test_it_is_a_probability_in_hundredths_and_never_certain(one: Broken) -> None:
    said = likelihood(one)
    assert 0 < said < 1 and (100 * said).denominator == 1


@given(seen)
def test_a_slip_that_explains_it_makes_it_likelier_and_so_does_the_rest_of_its_column(one: Broken) -> None:
    assert likelihood(evolve(one, keyed=12)) >= likelihood(evolve(one, keyed=0))
    assert likelihood(evolve(one, footing=40)) >= likelihood(evolve(one, footing=0))
    assert likelihood(evolve(one, echoed=True)) >= likelihood(evolve(one, echoed=False))


@given(seen)
def test_what_stands_in_the_table_or_is_blank_makes_it_less_likely(one: Broken) -> None:
    assert likelihood(evolve(one, misread=True)) <= likelihood(evolve(one, misread=False))
    assert likelihood(evolve(one, absent=True)) <= likelihood(evolve(one, absent=False))


def test_a_slip_in_a_column_that_foots_is_nearly_sure_and_a_lost_line_is_not() -> None:
    plain = Broken(
        bits=40,
        held=3,
        keyed=6,
        footing=40,
        plain=True,
        forced=None,
        echoed=False,
        average=False,
        laid_out=True,
        crowded=False,
        copied=False,
        contradicted=False,
    )
    assert likelihood(plain) > Fraction(9, 10)
    assert likelihood(evolve(plain, keyed=0, footing=0, misread=True)) < Fraction(1, 10)
