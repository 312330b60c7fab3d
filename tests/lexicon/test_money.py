"""Currencies: the table is what the script makes, and texts name what they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import currencies, money, tables


def test_the_table_is_what_the_script_makes() -> None:
    babel = pytest.importorskip("babel")
    if f"Babel {babel.__version__} " not in (currencies.__doc__ or ""):
        pytest.skip("the table was made with another version of Babel")
    assert tables.rows() == currencies.ROWS


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(IN THOUSANDS OF CANADIAN DOLLARS)", ("CAD",)),
        ("MILLIONS OF SWISS FRANCS", ("CHF",)),
        ("JAPANESE YEN", ("JPY",)),
        ("POUNDS STERLING", ("GBP",)),
        ("£m", ("GBP",)),
        ("€", ("EUR",)),
        ("EUR m", ("EUR",)),
        ("Rm", ("ZAR",)),
        ("RM'000", ("MYR",)),
        ("MSEK", ("SEK",)),
        ("TEUR", ("EUR",)),
        ("in Swedish kronor", ("SEK",)),
        ("TRY million", ("TRY",)),
        ("in millions of COP", ("COP",)),
        ("J$ million", ("JMD",)),
        ("U.S. $ in millions", ("USD",)),
        ("Rs. in crores", ("INR",)),
        ("in millions of won", ("KRW",)),
        ("zł thousand", ("PLN",)),
    ],
)
def test_what_a_head_or_a_caption_names(text: str, codes: tuple[str, ...]) -> None:
    assert money.named((text,)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "ALL shares",
        "TOP 10",
        "a Rand study",
        "COP 27",
        "class R shares",
        "the real estate won",
        "millions of pounds of copper",
        "$5",
        "kr 500",
        "Try it",
        "dollars",
    ],
)
def test_words_and_shared_signs_name_none(text: str) -> None:
    assert money.named((text,)) == ()


def test_a_bare_dollar_is_of_a_dollar_unless_a_table_says_pesos() -> None:
    assert {"USD", "CAD", "HKD", "JMD", "TWD"} <= money.DOLLARS
    assert not {"CLP", "MXN", "ARS", "COP"} & money.DOLLARS
    assert money.settled("$", "CLP") == "CLP"


@pytest.mark.parametrize(
    ("sign", "document", "code"),
    [
        ("$", "USD", "USD"),
        ("$", "JMD", "JMD"),
        ("$", "EUR", "USD"),
        ("kr", "NOK", "NOK"),
        ("kr", "USD", "SEK"),
        ("¥", "CNY", "CNY"),
        ("¥", "", "JPY"),
        ("x", "USD", ""),
    ],
)
def test_the_document_settles_what_a_sign_leaves_open(sign: str, document: str, code: str) -> None:
    assert money.settled(sign, document) == code


@given(
    st.lists(st.sampled_from([*money.SIGNS, *money.NAMES, " ", "1,234", "in", "m", "(", "x"]), max_size=8).map(" ".join)
)
def test_a_masked_text_is_as_long_as_the_text(text: str) -> None:
    masked = money.masked(text)
    assert len(masked) == len(text)
    assert all(shown == hidden or hidden == money.ANY for shown, hidden in zip(text, masked, strict=True))


@pytest.mark.parametrize("code", [code for code in money.CODES if code not in money.WORDS])
def test_every_code_is_named_by_itself_and_by_its_name(code: str) -> None:
    names = next(names for known, _, names in currencies.ROWS if known == code).split("|")
    assert money.named((f"in {code}",)) == (code,)
    assert money.named((f"in thousands of {names[0]}",)) == (code,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("We deliver films through our own content delivery network (“CDN”), which others own elsewhere.", ()),
        ("Engineers who draw parts with CAD software subscribe to it for a year, and renew it then.", ()),
        ("Our customers use CAD, simulation and data management, and these are sold in one package.", ()),
        ("The notes of the parent bear interest in CAD, and those of its subsidiaries in other money.", ("CAD",)),
        ("The facility of the subsidiary was drawn by CAD 12.5 million at the end of the quarter.", ("CAD",)),
        ("All amounts in these statements are expressed in thousands of CAD unless they say otherwise.", ("CAD",)),
        (
            "These statements are presented in Canadian dollars (CAD), which the company also functions in.",
            ("CAD",) * 2,
        ),
    ],
)
def test_letters_in_a_sentence_are_money_where_it_counts_in_them(text: str, codes: tuple[str, ...]) -> None:
    assert money.named((text,)) == codes
