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


@pytest.mark.parametrize(
    "text",
    [
        "(Unless otherwise stated, y/y growth metrics are presented on a comparable basis)",
        "All growth rates are at constant currency unless otherwise stated.",
        "Revenue rose. Except where noted, percentage changes are on an organic basis.",
        "Throughout this document, growth rates exclude disposals and are like-for-like.",
    ],
)
def test_a_document_says_once_for_all_that_growth_is_on_another_basis(text: str) -> None:
    assert bases.of_all_rates(text)


@pytest.mark.parametrize(
    "text",
    [
        "Percentages are calculated on rounded figures, unless stated otherwise.",
        "All revenue growth was organic.",
        "Unless otherwise stated, all comparisons are to the prior year period.",
        "All of the changes, 5% in total, were at constant currency.",
        "All regions grew. Changes of scope are shown on a comparable basis.",
    ],
)
def test_what_says_it_of_something_alone_does_not(text: str) -> None:
    assert not bases.of_all_rates(text)


@pytest.mark.parametrize("text", ["USD", "EUR", "Swiss francs", "US dollars", "constant currency", "reported currency"])
def test_what_only_names_a_currency_measures_nothing(text: str) -> None:
    assert bases.is_currency(text)
    assert not bases.is_currency(f"{text} sales")
