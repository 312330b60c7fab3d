"""What may be said of a broken sum, by what is seen of it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.judge.sums import OBJECTIONS, Broken, reason, severity, silencing

SEEN = Broken(
    bits=40,
    held=3,
    keyed=12,
    footing=40,
    plain=True,
    forced=None,
    echoed=False,
    average=False,
    laid_out=False,
    crowded=False,
    copied=False,
    contradicted=False,
)
FLAGS = st.booleans()
ANY = st.builds(
    Broken,
    bits=st.integers(0, 80),
    held=st.integers(0, 12),
    keyed=st.integers(-5, 20),
    footing=st.integers(0, 80),
    plain=FLAGS,
    forced=st.none() | FLAGS,
    **dict.fromkeys(
        (
            "echoed",
            "average",
            "laid_out",
            "crowded",
            "copied",
            "contradicted",
            "apart",
            "small",
            "nothing",
            "absent",
            "misread",
        ),
        FLAGS,
    ),
)


def test_a_slip_in_a_sum_that_holds_elsewhere_speaks() -> None:
    assert silencing(SEEN) is None
    assert reason(SEEN) == ", and one keying slip explains the difference"


@pytest.mark.parametrize("objection", ["nothing", "alone", "addend", "as_printed"])
def test_what_is_our_own_reading_never_speaks_however_strong_the_rest_is(objection: str) -> None:
    assert reason(evolve(SEEN, **{objection: True})) is None


@pytest.mark.parametrize("doubt", ["crowded", "absent", "contradicted", "copied", "misread", "small"])
def test_a_striking_slip_outweighs_a_doubt(doubt: str) -> None:
    assert reason(evolve(SEEN, **{doubt: True})) is not None
    assert reason(evolve(SEEN, footing=0, keyed=0, held=1, **{doubt: True})) is None


@pytest.mark.parametrize(("doubt", "keyed"), [("absent", 6), ("misread", 12), ("misread", 30), ("small", 5)])
def test_where_a_doubt_is_left_it_is_a_warning(doubt: str, keyed: int) -> None:
    seen = evolve(SEEN, keyed=keyed, **{doubt: True})
    assert (reason(seen) is not None, severity(seen)) == (True, "warning")
    assert severity(evolve(seen, **{doubt: False})) == "error"


def test_a_residual_hardly_larger_than_rounding_explains_is_no_matter_of_a_slip() -> None:
    assert reason(evolve(SEEN, small=True, near=True, keyed=20)) is None


def test_columns_that_hold_speak_by_themselves_where_they_bear_witness_to_enough() -> None:
    seen = evolve(SEEN, keyed=0, footing=0)
    assert [(reason(one) is not None, severity(one)) for one in (seen, evolve(seen, bits=30))] == [
        (True, "error"),
        (True, "warning"),
    ]
    assert reason(evolve(seen, bits=23)) is None
    assert reason(evolve(seen, bits=30, plain=False)) is None


def test_a_sum_believed_only_without_its_case_asks_for_a_slip_an_echo_or_the_rest_of_its_column() -> None:
    apart = evolve(SEEN, apart=True, keyed=0, held=1)
    assert reason(apart) is None
    assert reason(evolve(apart, keyed=3)) is not None
    assert reason(evolve(apart, echoed=True)) is not None
    assert reason(evolve(apart, held=2)) is not None
    assert reason(evolve(apart, held=2, footing=29)) is None


@given(ANY, st.integers(0, 10))
def test_more_bits_for_a_slip_never_silence(seen: Broken, more: int) -> None:
    if reason(seen) is not None:
        assert reason(evolve(seen, keyed=seen.keyed + more)) is not None


@given(ANY)
def test_an_objection_more_never_gives_voice(seen: Broken) -> None:
    for place in range(len(OBJECTIONS)):
        assert reason(seen, OBJECTIONS[: place + 1]) is None or reason(seen, OBJECTIONS[:place]) is not None


def test_words_that_carry_a_balance_forward_stand_for_more_columns() -> None:
    alone = evolve(SEEN, held=1, bits=12, keyed=0, footing=0)
    assert reason(alone) is None
    assert reason(evolve(alone, carried=True)) is not None
    assert reason(evolve(alone, carried=True, plain=False)) is None
    assert silencing(evolve(alone, carried=True, held=0)) == "held"


def test_layout_a_slip_and_the_rest_of_the_column_stand_for_another_column() -> None:
    alone = evolve(SEEN, held=0, laid_out=True)
    assert reason(alone) is not None
    for lacking in ({"laid_out": False}, {"keyed": 2}, {"footing": 3}):
        assert silencing(evolve(alone, **lacking)) == "held"


def test_a_column_that_says_that_nothing_moved_may_end_in_nothing() -> None:
    still = evolve(SEEN, nothing=True, misread=True)
    assert silencing(still) == "nothing"
    assert reason(evolve(still, nil=True)) is not None
    assert silencing(evolve(SEEN, misread=True, nil=True, keyed=0)) == "misread"
