"""What captions say that a percentage relates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon.ratios import name, related


@pytest.mark.parametrize(
    ("caption", "part", "base"),
    [
        ("Loans to deposits", "loans", "deposits"),
        ("Common shareholders’ equity to total assets (c)", "common shareholders equity", "assets"),
        ("Operating income as a percentage of net sales", "operating income", "net sales"),
        ("Ratio of nonperforming loans to total loans", "nonperforming loans", "loans"),
        ("Net debt / EBITDA", "net debt", "ebitda"),
    ],
)
def test_two_names_are_read(caption: str, part: str, base: str) -> None:
    assert related(caption) == (part, base)


@pytest.mark.parametrize("caption", ["", "Operating margin", "Net loans to net loans", "Total loans"])
def test_others_name_no_two_lines(caption: str) -> None:
    assert related(caption) is None


def test_a_total_is_called_as_what_it_adds_up() -> None:
    assert name("Total deposits (a)") == name("Deposits") == "deposits"


@given(st.text(max_size=150))
def test_any_caption_is_read_or_left(caption: str) -> None:
    found = related(caption)
    assert found is None or found[0] != found[1]
