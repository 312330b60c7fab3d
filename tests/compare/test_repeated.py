"""Sentences that a filing repeats from its release, or says of the same thing."""

from __future__ import annotations

import pytest

from checker import pipeline
from checker.compare import compare
from checker.compare.repeated import SAME
from checker.core.rule import Rulebook
from checker.language import load

TABLE = """
| | Three Months Ended March 31, 2024 |
|---|---|
| Revenues | 9,417 |
| Costs | 4,105 |
| Gross profit | 5,312 |

"""
SAID = (
    "In the first quarter of 2024 a storm closed two of the northern mills, which cost {} in repairs and {} in wages."
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


def said(book: Rulebook, release: str, filing: str) -> dict[str, tuple[str, str]]:
    """What became of each amount, by its text."""
    old, new = (
        pipeline.check(f"{n}.md", (TABLE + t + "\n").encode(), book) for n, t in (("r", release), ("f", filing))
    )
    return {tie.old.text: (tie.agreement, tie.note) for tie in compare(old, new, "filing").sentences}


def test_a_sentence_that_is_repeated_agrees(book: Rulebook) -> None:
    one = SAID.format("$3.7 million", "$1.9 million")
    assert said(book, one, f"(a) {one}") == {"$3.7 million": ("agrees", SAME), "$1.9 million": ("agrees", SAME)}


def test_a_repeated_sentence_with_another_amount_differs(book: Rulebook) -> None:
    told = said(book, SAID.format("$3.7 million", "$1.9 million"), SAID.format("$3.1 million", "$1.9 million"))
    assert told == {"$3.7 million": ("differs", SAME), "$1.9 million": ("agrees", SAME)}


@pytest.mark.parametrize(
    "other",
    [
        SAID.format("$3.1 million", "$2.9 million").replace("2024", "2023"),
        SAID.format("$3.1 million", "$2.9 million").replace("northern", "southern"),
        "\n\n".join((SAID.format("$3.1 million", "$2.9 million"), SAID.format("$4.1 million", "$5.9 million"))),
        SAID.format("$3.1 million", "$2.9 million").replace(" and $2.9 million in wages", ""),
        SAID.format("3.1 percent", "2.9 percent"),
        "The mills cost $3.1 million.",
    ],
    ids=["another year", "another thing", "said twice", "fewer amounts", "other units", "another sentence"],
)
def test_what_is_not_plainly_the_same_sentence_accuses_nobody(book: Rulebook, other: str) -> None:
    told = said(book, SAID.format("$3.7 million", "$1.9 million"), other)
    assert {agreement for agreement, _ in told.values()} == {"not found"}


def test_a_short_sentence_agrees_where_name_and_period_are_the_same(book: Rulebook) -> None:
    told = said(
        book,
        "Capital expenditures for maintenance were $3.7 million in the three months ended March 31, 2024.",
        "We spent much. In the three months ended March 31, 2024, maintenance capital expenditures were $3.7 million.",
    )
    assert {agreement for agreement, _ in told.values()} == {"agrees"}
