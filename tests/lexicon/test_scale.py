"""Scales: what heads and captions state, what they do not, and a prefilter that loses nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.lexicon import money, scale
from checker.lexicon.scale import ROWS, may_state, stated

THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("2013 £m", MILLION),
        ("£'000", THOUSAND),
        ("£000", THOUSAND),
        ("2023 (HK$ Thousand)", THOUSAND),
        ("NOK million", MILLION),
        ("Rm", MILLION),
        ("R'000", THOUSAND),
        ("EUR m", MILLION),
        ("EURm", MILLION),
        ("€bn", BILLION),
        ("MSEK", MILLION),
        ("TEUR", THOUSAND),
        ("in mkr", MILLION),
        ("k€", THOUSAND),
        ("M€", MILLION),
        ("Mio. EUR", MILLION),
        ("EUR in Tsd.", THOUSAND),
        ("in Tausend EUR", THOUSAND),
        ("Angaben in Millionen Euro", MILLION),
        ("en milliers d'euros", THOUSAND),
        ("(en millions d'euros)", MILLION),
        ("NOK mill.", MILLION),
        ("w tys. PLN", THOUSAND),
        ("i miljoner kronor", MILLION),
        ("in miljoenen euro", MILLION),
        ("(In NOK 1,000)", THOUSAND),
        ("₩ in billions", BILLION),
        ("US$ B", BILLION),
        ("(₹ in Cr)", Decimal(10) ** 7),
        ("zł thousand", THOUSAND),
        ("(IN THOUSANDS OF CANADIAN DOLLARS)", THOUSAND),
        ("in millions of won", MILLION),
    ],
)
def test_a_head_or_a_line_of_its_own_states_a_scale(text: str, amounts: Decimal) -> None:
    said = stated(text)
    assert said is not None
    assert said.amounts == amounts


@pytest.mark.parametrize(
    "text",
    [
        "Class B",
        "$1,000 face amount",
        "Form 10-K",
        "at 12 m",
        "Revenues rose by SEK 5 million",
        "Phase 2b",
        "from system",
        "in 2,000 branches",
        "£5m",
        "MSFT",
        "in Mill Valley",
        "Distance in miles",
        "TEAM",
        "KPMG",
    ],
)
def test_an_amount_or_a_name_states_none(text: str) -> None:
    assert stated(text) is None


_WRITTEN = (
    "'000",
    "000s",
    "(000)",
    "1,000",
    "in",
    "of",
    "(",
    ")",
    ",",
    "dollars",
    "except",
    "12",
    "shares in thousands",
    "R",
    "kr",
    "M",
    "T",
)
_SCALES = (form for _, word, where in ROWS for form in (word, f"{word}s")[: 2 if where == "word" else 1])
PIECES = st.sampled_from([*_SCALES, *money.SIGNS, *money.CODES, *money.NAMES, *_WRITTEN])


@example("EUR b")
@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=6).map(
        lambda pieces: "".join(piece + blank for piece, blank in pieces)
    )
)
def test_the_prefilter_loses_nothing_that_the_pattern_finds(text: str) -> None:
    if scale._states().search(money.masked(text)) or scale._SHARE_SCALE.search(money.masked(text)):
        assert may_state(text)
