"""Words of time: every spelling is read, whatever is sought first, and what `read` takes for a day is one for all rooms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.lexicon import time
from checker.lexicon.lower import Sought, lower


@pytest.mark.parametrize("one", time.SOUGHT, ids=lambda one: one.pattern.pattern[:30])
def test_nothing_that_a_pattern_finds_lacks_its_stems(one: Sought) -> None:
    @given(st.from_regex(one.pattern))
    @settings(max_examples=200, deadline=None)
    def check(text: str) -> None:
        low = lower(text)
        if one.pattern.search(low):
            assert one.may(low), low

    check()


LENGTHS = tuple(one for one in time.SOUGHT if not {"n", "m1", "year"} & set(one.pattern.groupindex))


@pytest.mark.parametrize("one", LENGTHS, ids=lambda one: one.pattern.pattern[:30])
def test_nothing_that_a_pattern_finds_is_passed_over_by_read(one: Sought) -> None:
    @given(st.from_regex(one.pattern, fullmatch=True))
    @settings(max_examples=100, deadline=None)
    def check(text: str) -> None:
        assert time.read(text), text

    check()


SPELLED = st.sampled_from(sorted(time.MONTH))
CASES = st.sampled_from([str.lower, str.upper, str.title])


@given(SPELLED, CASES, st.integers(1, 28), st.integers(1950, 2049))
def test_a_day_is_read_in_every_order_and_spelling(name: str, cased: st.SearchStrategy[str], day: int, year: int) -> None:
    month = cased(name)  # type: ignore[operator]
    for text in (f"{month} {day}, {year}", f"{month}. {day}, {year}", f"{day} {month} {year}", f"{day}. {month} {year}", f"{day}-{month}-{year}"):
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
    ("text", "years", "quarter"), [("Q3 FY23", (2023,), 3), ("3Q'24", (2024,), 3), ("FY23", (2023,), None), ("FY 2023", (2023,), None), ("1H99", (1999,), None)]
)
def test_short_years_stand_in_names_of_quarters_and_years(text: str, years: tuple[int, ...], quarter: int | None) -> None:
    found = time.read(text)
    assert (found.years, found.quarter) == (years, quarter)


@pytest.mark.parametrize(
    "text", ["Almost", "the candidate", "Consolidated", "wkly", "margin", "march past", "may", "up to 10 may be sold", "as many as 12 may not"]
)
def test_words_that_only_look_like_time_say_nothing_of_it(text: str) -> None:
    assert not time.read(text)
