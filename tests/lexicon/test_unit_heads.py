"""Heads that state a unit and nothing besides tell no column from another."""

from __future__ import annotations

import pytest

from checker.lexicon.scale import is_unit


@pytest.mark.parametrize(
    "head",
    [
        "£m",
        "£'000",
        "£000",
        "(HK$ Thousand)",
        "HK$ Thousand)",
        "Rm",
        "NOK million",
        "US$",
        "€",
        "(in millions)",
        "$ in millions)",
    ],
)
def test_a_unit_alone(head: str) -> None:
    assert is_unit(head)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "*",
        "%",
        "Restated £m",
        "GAAP",
        "% Change",
        "$ Change",
        "North America",
        "Total",
        "Class A common stock",
        "Level 1",
    ],
)
def test_more_than_a_unit(head: str) -> None:
    assert not is_unit(head)
