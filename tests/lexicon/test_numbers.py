"""The printed number: every style in use, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import numbers
from checker.lexicon.numbers import Style, parse
from checker.read.shapes import is_figure, is_mark

STYLES: tuple[Style, ...] = ("point", "comma", "blank")


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
    "text",
    [
        "",
        "Revenues",
        "March 31, 2013",
        "1,23",
        "12,34,5",
        "1.2.3",
        "10-K",
        "Level 1",
        "2013 2012",
        "(a)",
        "3/31/2013",
        "$",
        "(",
        "%",
    ],
)
def test_what_is_not_wholly_a_number_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("-12,75", "-12.75"),
        ("1 234,5", "1234.5"),
        ("(1.000)", "-1000"),
    ],
)
def test_the_comma_as_decimal_sign(text: str, value: str) -> None:
    printed = parse(text, "comma")
    assert printed is not None
    assert printed.value == Decimal(value)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["1.234", "1.234,5", "12,75", "2013"], "comma"),
        (["1,234", "1,234.5", "12.75"], "point"),
        (["43 210", "41 402", "13 110", "1.25", "7.4%"], "blank"),
        (["43 210", "41 402", "1.25", "1.10", "7.4%", "7.0%"], "blank"),
        (["R1 316.5m", "R1 301.3m", "(R190.2m)", "R1 126.3m"], "blank"),
        (["43\u202f210", "41 402", "12,5"], "comma"),
        (["43 210", "1,234", "1,250.5"], "point"),
    ],
)
def test_the_style_is_decided_by_cells_that_leave_no_choice(cells: list[str], style: str) -> None:
    assert numbers.style_of(cells) == style


@pytest.mark.parametrize(
    ("text", "value", "marks"),
    [
        ("12,500 2)", "12500", "2)"),
        ("(9,000)5)", "-9000", "5)"),
        ("3,900 (a)", "3900", "(a)"),
        ("12,500 b)", "12500", "b)"),
        ("12,500 m)", "12500", "m)"),
        ("12,500 c)", "12500", "c)"),
        ("1,200¹", "1200", "¹"),
        ("1,200 ¹⁾", "1200", "¹⁾"),
        ("2) 12,500", "12500", "2)"),
        ("*12,500", "12500", "*"),
        ("12,500 (restated)", "12500", "(restated)"),
        ("‑301.2", "-301.2", ""),
        ("‐290.0", "-290.0", ""),
        ("－150.1", "-150.1", ""),
        ("﹣140.1", "-140.1", ""),
        ("（12,500）", "-12500", ""),
        ("(-61,300)", "-61300", ""),
        ("12,500 CR", "-12500", ""),
        ("12,500 DR", "12500", ""),
        ("―301.2", "-301.2", ""),
        ("⁻301.2", "-301.2", ""),
        ("301.2−", "-301.2", ""),
        ("12,500 *)", "12500", "*)"),
        ("12,500 (†)", "12500", "(†)"),
        ("(9,000)**)", "-9000", "**)"),
    ],
)
def test_marks_stand_before_and_behind_and_every_minus_counts(text: str, value: str, marks: str) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.value, printed.marks) == (Decimal(value), marks)


@pytest.mark.parametrize(
    ("text", "value", "currency", "times", "sign"),
    [
        ("£316.5m", "316.5", "£", 10**6, ""),
        ("(£190.2m)", "-190.2", "£", 10**6, ""),
        ("316.5m", "316.5", None, 10**6, ""),
        ("US$1.2bn", "1.2", "USD", 10**9, ""),
        ("₹12,500 Cr", "12500", "INR", 10**7, ""),
        ("28.0p", "28.0", "GBP", 1, "hundredths"),
        ("12.5¢", "12.5", None, 1, "hundredths"),
        ("R12,500", "12500", "ZAR", 1, ""),
        ("RM 5,200", "5200", "MYR", 1, ""),
        ("12,500 kr", "12500", "kr", 1, ""),
        ("12,500 zł", "12500", "PLN", 1, ""),
        ("TRY 1,234", "1234", "TRY", 1, ""),
        ("(₩ 5,321)", "-5321", "KRW", 1, ""),
        ("NOK (5,321)", "-5321", "NOK", 1, ""),
        ("J$5,321", "5321", "JMD", 1, ""),
    ],
)
def test_money_scale_and_hundredths_stand_in_the_cell(
    text: str, value: str, currency: str | None, times: int, sign: str
) -> None:
    printed = parse(text)
    assert printed is not None
    assert (printed.value, printed.currency, printed.multiplier, printed.sign) == (
        Decimal(value),
        currency,
        times,
        sign,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Phase 2b",
        "2b",
        "12 m",
        "R5",
        "TOP 10",
        "ALL 5",
        "COP 27",
        "12 cars",
        "12,5002)",
        "(12,500 2)",
        "Dec 31",
        "1)",
        "£000",
    ],
)
def test_names_lengths_and_marks_are_no_amounts(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"), [("<1%", 0, 1), ("< $5", 0, 5), ("less than 1%", 0, 1), ("(<1)%", -1, 0)]
)
def test_what_is_less_than_an_amount_lies_between_it_and_nothing(text: str, low: int, high: int) -> None:
    printed = parse(text)
    assert printed is not None and printed.value is not None
    assert (printed.value - printed.step / 2, printed.value + printed.step / 2) == (low, high)


def test_what_is_more_than_an_amount_has_no_value() -> None:
    printed = parse(">100%")
    assert printed is not None
    assert (printed.form, printed.value) == ("not meaningful", None)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        *(
            (text, "unreadable amount")
            for text in [
                "1,498,94",
                "1,498,9O5",
                "l,498,945",
                "5,1\ufffd7,512",
                "$ 1,2O0",
                "1,234,5678",
                "(15O.1)",
                "83.366.77",
                "1.283.366.77",
                "(8. 3)",
                "4O.2%",
            ]
        ),
        *((text, "placeholder") for text in ["[●]", "$[●]", "TBD", "X,XXX", "XX.X%", "#REF!", "####", "???"]),
        *(
            (text, None)
            for text in [
                "1,498,945",
                "10.1.2",
                "1.2.3",
                "Note 8. 3",
                "1, 2",
                "1,2",
                "12,2013",
                "31.12.2013",
                "10-K",
                "Level 3",
                "[x]",
                "[***]",
                "X",
                "II",
                "1,498 945",
            ]
        ),
    ],
)
def test_what_means_an_amount_and_cannot_be_read_is_told_from_what_is_none(text: str, what: str | None) -> None:
    assert numbers.unread(text) == what


@given(st.text(alphabet="0123456789.,()-–—‐ $€£¥%krmpSEKRUB<>'*¹[]", max_size=16))
def test_what_reading_takes_for_a_figure_can_be_parsed_or_is_counted_as_unread(text: str) -> None:
    if is_figure(text):
        piece = text.strip()
        assert any(parse(piece, style) is not None for style in STYLES) or numbers.unread(piece)


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
        text = {
            "minus": f"-{currency}{digits}",
            "parentheses": f"{currency}({digits})",
            "triangle": f"▲{currency}{digits}",
        }[style]
    printed = parse(text)
    assert printed is not None
    assert printed.value == amount
    assert printed.step == Decimal(1).scaleb(-places)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for style in STYLES:
        printed = parse(text, style)
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


PIECES = st.sampled_from(
    ("*", "**", "†", "¹", "(a)", "a)", "1)", "1", ",", ".", " ", "-", "<", "(", "$", "p", "ns", "%")
)


@given(st.lists(st.tuples(PIECES, st.integers(1, 40)), min_size=1, max_size=5), st.sampled_from(("", "!", "1o*")))
def test_no_text_keeps_the_patterns_busy(pieces: list[tuple[str, int]], last: str) -> None:
    text = ("".join(piece * times for piece, times in pieces))[:45] + last
    for style in ("point", "comma", "blank"):
        parse.__wrapped__(text, style)  # type: ignore[attr-defined]
    is_mark(text)


@pytest.mark.parametrize("text", ["p" + "*" * 40 + "1", "Contp" + "*" * 38 + "1o*", "*" * 200 + "!", "12*†" * 60])
def test_a_row_of_stars_is_told_apart_in_one_way(text: str) -> None:
    assert not is_figure(text)
    is_mark(text)
    numbers.MARK.fullmatch(text)
    numbers.style_of([text[-24:], f"1,5{'a' * 20}1"])


@pytest.mark.parametrize(("text", "value"), [("7 (94,324,726)", -94324726), ("12  (1,204)", -1204)])
def test_the_number_of_a_note_stands_before_an_amount_in_brackets(text: str, value: int) -> None:
    printed = parse(text)
    assert printed is not None
    assert printed.value == value


@pytest.mark.parametrize("text", ["7 94,324,726", "2041 (1,204)"])
def test_other_numbers_side_by_side_are_no_amount(text: str) -> None:
    assert parse(text) is None
