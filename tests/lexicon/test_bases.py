"""Another basis than the one reported, by the words before and behind an amount."""

from __future__ import annotations

import pytest

from checker.lexicon import bases


@pytest.mark.parametrize(
    "text",
    [
        "5% organically",
        " (at constant exchange rates)",
        " like-for-like",
        " in the year, excluding acquisitions",
        " on a pro forma basis",
    ],
)
def test_behind_an_amount(text: str) -> None:
    assert bases.said_behind(text.removeprefix("5%"))


@pytest.mark.parametrize("text", ["", " in the year", ", gross profit", " of revenue", " of organic food"])
def test_nothing_behind_an_amount(text: str) -> None:
    assert not bases.said_behind(text)


def test_before_amounts_phrases_speak_of_all_that_follows_and_adjectives_do_not() -> None:
    assert bases.said_before("On a like-for-like basis, sales rose ")
    assert bases.said_before("Excluding acquisitions, revenue was ")
    assert not bases.said_before("Organic growth was 5% and revenue ")
