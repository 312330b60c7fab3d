"""The printed number: every style in use, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import numbers
from checker.lexicon.numbers import parse


@pytest.mark.parametrize(
    ("text", "value", "step", "shown"),
    [
        ("1,596,280", "1596280", "1", "1,596,280"),
        ("(1,596,280)", "-1596280", "1", "(1,596,280)"),
        ("$ (1.5)", "-1.5", "0.1", "(1.5)"),
        ("($1.5)", "-1.5", "0.1", "($1.5)"),
        ("-$5", "-5", "1", "-$5"),
        ("$ 16,168,421", "16168421", "1", "16,168,421"),
        ("US$12.50", "12.50", "0.01", "12.50"),
        ("R$ 1,000", "1000", "1", "1,000"),
        ("€1,234", "1234", "1", "1,234"),
        ("1,234 €", "1234", "1", "1,234"),
        ("EUR 27", "27", "1", "27"),
        ("▲1,234", "-1234", "1", "▲1,234"),
        ("△ 5.0", "-5.0", "0.1", "△ 5.0"),
        ("−12", "-12", "1", "−12"),
        ("1,234-", "-1234", "1", "1,234-"),
        ("<1,234>", "-1234", "1", "<1,234>"),
        ("1,23,45,678", "12345678", "1", "1,23,45,678"),
        (".75", "0.75", "0.01", ".75"),
        ("1,234(a)", "1234", "1", "1,234"),
        ("1,234 (1)", "1234", "1", "1,234"),
        ("12*", "12", "1", "12"),
        ("(0.01)", "-0.01", "0.01", "(0.01)"),
    ],
)
def test_a_printed_number_keeps_its_sign_and_its_last_place(text: str, value: str, step: str, shown: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.value, printed.step) == (Decimal(value), Decimal(step))
    assert text[printed.start : printed.end] == shown


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("40.2%", "percent", "40.2"),
        ("(3.1)%", "percent", "-3.1"),
        ("(3.1%)", "percent", "-3.1"),
        ("50 bps", "basis points", "50"),
        ("1.4x", "times", "1.4"),
        ("2.5 pts", "points", "2.5"),
    ],
)
def test_unit_signs_belong_to_the_number(text: str, sign: str, value: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.sign, printed.value) == (sign, Decimal(value))


@pytest.mark.parametrize("text", ["-", "—", "–", "--", "$ —", "$-", "-0-", "(-)", "— %", "nil"])
def test_a_dash_is_a_reported_zero(text: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.form, printed.value) == ("dash", 0)


@pytest.mark.parametrize("text", ["nm", "n/a", "N/M", "NM", "*", "n.m.", "not meaningful", "(nm)"])
def test_not_meaningful_is_no_amount(text: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.form, printed.value) == ("not meaningful", None)


@pytest.mark.parametrize(
    "text", ["", "Revenues", "March 31, 2013", "1,23", "12,34,5", "1.2.3", "10-K", "Level 1", "2013 2012", "(a)", "3/31/2013", "$", "(", "%"]
)
def test_what_is_not_wholly_a_number_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1.234.567", "1234567"), ("1.234,5", "1234.5"), ("-12,75", "-12.75"), ("1 234,5", "1234.5"), ("(1.000)", "-1000")]
)
def test_the_comma_as_decimal_sign(text: str, value: str) -> None:
    printed = parse(text, "comma")
    assert printed is not None
    assert printed.value == Decimal(value)


def test_the_style_is_decided_by_cells_that_leave_no_choice() -> None:
    point, comma = numbers.votes(["1.234", "1.234,5", "12,75", "2013"])
    assert comma > point
    point, comma = numbers.votes(["1,234", "1,234.5", "12.75"])
    assert point > comma


AMOUNTS = st.decimals(min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=2, allow_nan=False)


@given(
    AMOUNTS,
    st.integers(0, 2),
    st.sampled_from(["minus", "parentheses", "triangle"]),
    st.sampled_from(["", "$", "$ ", "€", "US$"]),
    st.sampled_from(["", "%", "x"]),
)
def test_what_is_printed_reads_back(amount: Decimal, places: int, style: str, currency: str, unit: str) -> None:
    amount = amount.quantize(Decimal(1).scaleb(-places))
    digits = f"{abs(amount):,.{places}f}{unit}"
    text = currency + digits
    if amount < 0:
        text = {"minus": f"-{currency}{digits}", "parentheses": f"{currency}({digits})", "triangle": f"▲{currency}{digits}"}[style]
    printed = parse(text)
    assert printed is not None
    assert printed.value == amount
    assert printed.step == Decimal(1).scaleb(-places)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for style in ("point", "comma"):
        printed = parse(text, style)  # type: ignore[arg-type]
        if printed is not None and printed.form == "number":
            assert any(character.isdigit() for character in text[printed.start : printed.end])


def test_a_stray_blank_before_a_comma_is_inside_the_number() -> None:
    broken, whole = parse("$ 4,180 ,000"), parse("4,180,000")
    assert broken is not None and whole is not None
    assert (broken.value, broken.broken) == (whole.value, Decimal(4180))
    assert whole.broken is None
    assert parse("4,180 000") is None


def test_digits_of_other_scripts_are_no_number() -> None:
    assert parse("\U00011066") is None
    assert parse("1.\u0663") is None
