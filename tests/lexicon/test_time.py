"""Words of time: every spelling is read, whatever is sought first, and what `read` takes for a day is one for all
rooms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.lexicon import time
from checker.lexicon.lower import Sought, lower
from tests.examples import examples


@pytest.mark.parametrize("one", time.SOUGHT, ids=lambda one: one.pattern.pattern[:30])
def test_nothing_that_a_pattern_finds_lacks_its_stems(one: Sought) -> None:
    @given(st.from_regex(one.pattern))
    @settings(max_examples=examples(200), deadline=None)
    def check(text: str) -> None:
        low = lower(text)
        if one.pattern.search(low):
            assert one.may(low), low

    check()


LENGTHS = tuple(one for one in time.SOUGHT if not {"n", "m1", "year"} & set(one.pattern.groupindex))


@pytest.mark.parametrize("one", LENGTHS, ids=lambda one: one.pattern.pattern[:30])
def test_nothing_that_a_pattern_finds_is_passed_over_by_read(one: Sought) -> None:
    @given(st.from_regex(one.pattern, fullmatch=True))
    @settings(max_examples=examples(100), deadline=None)
    def check(text: str) -> None:
        assert time.read(text), text

    check()


SPELLED = st.sampled_from(sorted(time.MONTH))
CASES = st.sampled_from([str.lower, str.upper, str.title])


@given(SPELLED, CASES, st.integers(1, 28), st.integers(1950, 2049))
def test_a_day_is_read_in_every_order_and_spelling(
    name: str, cased: st.SearchStrategy[str], day: int, year: int
) -> None:
    month = cased(name)  # type: ignore[operator]
    for text in (
        f"{month} {day}, {year}",
        f"{month}. {day}, {year}",
        f"{day} {month} {year}",
        f"{day}. {month} {year}",
        f"{day}-{month}-{year}",
    ):
        found = time.read(text).dates
        assert [(one.year, one.month, one.day) for one in found] == [(year, time.MONTH[name], day)], text
        assert time.without(f"Revenue for {text}") == "Revenue for"
    for text in (f"{month} {day},", f"{day} {month}"):
        assert re.search(rf"\b{time.DAY}", text, re.IGNORECASE), text


@pytest.mark.parametrize(
    ("text", "months", "weeks"),
    [
        ("Three Months Ended", 3, None),
        ("Three Mos. Ended", 3, None),
        ("THREE MOS. ENDED", 3, None),
        ("Six Mths Ended", 6, None),
        ("Thirteen Weeks Ended", 3, 13),
        ("Thirteen Wks. Ended", 3, 13),
        ("Fifty-two Wks Ended", 12, 52),
        ("Fifty two weeks ended", 12, 52),
        ("Twenty-eight weeks", 6, 28),
        ("12-Wk. period", 3, 12),
        ("First Half", 6, None),
        ("half year", 6, None),
        ("2H", 6, None),
        ("Second Qtr.", 3, None),
        ("Full-year", 12, None),
        ("for the year", 12, None),
    ],
)
def test_a_length_is_read_with_or_without_digits(text: str, months: int, weeks: int | None) -> None:
    found = time.read(text)
    assert (found.months, found.weeks) == (months, weeks)
    assert not time.without(text).strip(".")


@pytest.mark.parametrize(
    ("text", "years", "quarter"),
    [
        ("Q3 FY23", (2023,), 3),
        ("3Q'24", (2024,), 3),
        ("FY23", (2023,), None),
        ("FY 2023", (2023,), None),
        ("1H99", (1999,), None),
    ],
)
def test_short_years_stand_in_names_of_quarters_and_years(
    text: str, years: tuple[int, ...], quarter: int | None
) -> None:
    found = time.read(text)
    assert (found.years, found.quarter) == (years, quarter)


@pytest.mark.parametrize(
    "text",
    [
        "Almost",
        "the candidate",
        "Consolidated",
        "wkly",
        "margin",
        "march past",
        "may",
        "up to 10 may be sold",
        "as many as 12 may not",
    ],
)
def test_words_that_only_look_like_time_say_nothing_of_it(text: str) -> None:
    assert not time.read(text)


@pytest.mark.parametrize(
    ("text", "months", "end"),
    [
        ("Jan-Sep 2024", 9, (2024, 9)),
        ("January – September 2024", 9, (2024, 9)),
        ("JULY TO SEPTEMBER 2024", 3, (2024, 9)),
        ("Apr–Jun ’24", 3, (2024, 6)),
        ("October through March 2025", 6, (2025, 3)),
        ("1-9/2024", 9, (2024, 9)),
        ("7–9/24", 3, (2024, 9)),
        ("10-12/2024", 3, (2024, 12)),
    ],
)
def test_stretches_from_month_to_month_are_read(text: str, months: int, end: tuple[int, int]) -> None:
    found = time.read(text)
    assert (found.months, [(day.year, day.month) for day in found.full]) == (months, [end])
    assert time.stretch(text) == months
    assert time.without(f"Group {text}") == "Group"


@pytest.mark.parametrize(
    ("text", "quarter", "half", "to_date", "year"),
    [
        ("9M 2024", 3, None, True, 2024),
        ("9M24", 3, None, True, 2024),
        ("H1/24", None, 1, False, 2024),
        ("HY24", None, 1, False, 2024),
        ("HY 2024", None, 1, False, 2024),
        ("HY2 FY25", None, 2, False, 2025),
        ("Q3/2024", 3, None, False, 2024),
        ("Q3-24", 3, None, False, 2024),
        ("3Q’24", 3, None, False, 2024),
    ],
)
def test_short_names_of_periods_are_read(
    text: str, quarter: int | None, half: int | None, to_date: bool, year: int
) -> None:
    found = time.read(text)
    assert (found.quarter, found.half, found.to_date, found.years) == (quarter, half, to_date, (year,))
    assert time.without(f"{text} £m") == "£m"


@pytest.mark.parametrize(
    ("text", "year"), [("2023/24", 2024), ("FY 2023/24", 2024), ("2023-24", 2024), ("1999/00", 2000)]
)
def test_a_fiscal_year_that_lies_in_two_bears_the_number_of_its_end(text: str, year: int) -> None:
    assert time.read(text).years == (year,)
    assert not time.without(text)


def test_years_that_do_not_follow_each_other_are_no_fiscal_year() -> None:
    assert time.one_year("2022/24 and 2023/25") == "2022/24 and 2023/25"
    assert time.read("12-31-24 of 43,210").years == (2024,)


def test_a_short_year_behind_its_day_is_no_number_of_a_row() -> None:
    assert time.read("30 Jun 24").full == (time.Date(2024, 6, 30),)
    for text in ("30 June 24,000", "30 June 24.5", "30 June 24 %"):
        assert not time.read(text).full, text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("year ended 31 march 2024", True),
        ("twelve months ended 30th november 2019", True),
        ("q3 fy2025", True),
        ("first half of 2024", False),
        ("year ended 2024 north america", False),
    ],
)
def test_words_that_say_only_when(words: str, says: bool) -> None:
    assert time.says_when(words.split()) is says
