"""Stretches of days in captions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import time
from checker.lexicon.stretches import follows, stretch


@pytest.mark.parametrize(
    ("caption", "first", "last"),
    [
        ("April 1 to 30, 2023", (2023, 4, 1), (2023, 4, 30)),
        ("May 6, 2023 - June 2, 2023", (2023, 5, 6), (2023, 6, 2)),
        ("Month of June 2024", (2024, 6, 1), (2024, 6, 30)),
        ("Feb. 2024", (2024, 2, 1), (2024, 2, 29)),
        ("December 31 through January 27, 2024 (1)", (2023, 12, 31), (2024, 1, 27)),
        ("03/01/23 - 03/31/23", (2023, 3, 1), (2023, 3, 31)),
        ("July 1 – July 31", (2000, 7, 1), (2000, 7, 31)),
    ],
)
def test_a_stretch_has_its_first_and_last_day(
    caption: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert stretch(caption) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize("name", sorted({*time.ENGLISH, *time.ABBREVIATED}))
def test_every_month_is_itself_however_it_is_written(name: str) -> None:
    found = stretch(f"{name} 1, 2023 - {name} 28, 2023")
    assert found == (dt.date(2023, time.MONTH[name], 1), dt.date(2023, time.MONTH[name], 28))


@pytest.mark.parametrize(
    "caption", ["", "March 31, 2023", "June", "Balance, June 30, 2023", "June 31 - July 40, 2023", "May 2023 dividends"]
)
def test_single_days_and_other_words_are_none(caption: str) -> None:
    assert stretch(caption) is None


def test_years_that_no_caption_names_part_no_stretches() -> None:
    assert follows(stretch("December 1 - December 31"), stretch("January 1 - January 31"))
    assert follows(stretch("February 1 - February 28"), stretch("March 1 - March 31"))
    assert not follows(stretch("April 1 - April 30"), stretch("June 1 - June 30"))
    assert not follows(None, stretch("June 1 - June 30"))


@given(st.text(max_size=60))
def test_any_caption_is_read_or_left(caption: str) -> None:
    found = stretch(caption)
    assert found is None or isinstance(found[0], dt.date)
