"""What passes over the pattern of printed numbers: cells of words give no number by it either, and cells of numbers are
never passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import money, numbers, scale

BESIDE = (
    *sorted(money.SIGNS),
    *scale.words_in_number(),
    "x",
    "pp",
    "bps",
    "percentage points",
    "pence",
    "CR",
    "(a)",
    "*",
)
CORES = ("1,234", "(1,234.5)", "12", "1.4", "<1", "1 234,5", "-0.3", "$(694)")
CELLS = st.lists(st.sampled_from((*BESIDE, *CORES, " ", "(restated)", "over ", "Note 4", "sales")), max_size=5).map(
    "".join
)


@given(CELLS, st.sampled_from(("point", "comma", "blank")))
def test_the_pattern_finds_nothing_in_what_is_passed_over(cell: str, style: numbers.Style) -> None:
    plain = numbers.in_plain_signs(cell)
    if all(map(numbers._goes_with_a_number, numbers._RUN.findall(plain))):
        return
    match = numbers._pattern(style).fullmatch(plain)
    assert match is None or not (match["whole"] or match["fraction"]) or numbers._number(match) is None


@pytest.mark.parametrize(
    "cell",
    ["US$ 1,234", "RMB 12.5 million", "(1,234) (restated)", "1,234xUSD", "Rs. 40 crore", "1.4 percentage points"],
)
def test_signs_scales_units_and_marks_are_not_passed_over(cell: str) -> None:
    assert all(map(numbers._goes_with_a_number, numbers._RUN.findall(cell)))


@pytest.mark.parametrize(
    "cell", ["Net sales in fiscal 2004", "December 31, 2004", "Diluted 9,911 0% 10,142", "Software 203"]
)
def test_words_are_passed_over(cell: str) -> None:
    assert not all(map(numbers._goes_with_a_number, numbers._RUN.findall(cell)))
    assert numbers.parse(cell) is None


def test_a_long_row_of_signs_that_is_none_is_soon_told() -> None:
    assert not numbers._goes_with_a_number("usd" * 15 + "q")
    assert numbers._goes_with_a_number("usd" * 15)
