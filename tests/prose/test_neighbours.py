"""Among claims that rightly mean their lines one that misses is wrong, by its words alone; among others that miss it is
not."""

from __future__ import annotations

import pytest

from checker.bind.claims import bind_claims, linked
from checker.bind.claims.names import Meanings
from checker.bind.claims.neighbours import firm
from checker.bind.claims.places import places
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book
from checker.core.release import Release
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

TABLE = """
Consolidated income statement (in millions of euros)

| | Year ended December 31, 2021 | Year ended December 31, 2020 |
|---|---|---|
| Net sales | 612.4 | 548.9 |
| Cost of sales | (371.2) | (340.3) |
| Gross profit | 241.2 | 208.6 |
| Selling expenses | (88.3) | (80.1) |
| Administrative expenses | (61.7) | (57.4) |
| Operating profit | 91.2 | 71.1 |
| Finance costs | (9.4) | (8.8) |
| Profit before income tax | 81.8 | 62.3 |
| Income tax expense | (20.3) | (15.9) |
| Profit for the year | 61.5 | 46.4 |
"""
RIGHT = (
    "Net sales for 2021 were €612.4 million.",
    "Gross profit for 2021 was €241.2 million.",
    "Selling expenses for 2021 were €88.3 million.",
    "Profit before income tax for 2021 was €81.8 million.",
    "Net sales increased 12% compared with 2020.",
    "Gross profit increased 16% compared with 2020.",
)


def page(*said: str, heading: str = "Results of the year") -> Release:
    text = "\n\n".join(("Acme Group annual results for the year ended December 31, 2021", heading, *said, TABLE))
    return extract(read("page.md", text.encode()))


def errors(release: Release) -> list[str]:
    found = evaluate(bind_claims(release, load([])))
    return [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"]


WRONG = [
    "Operating profit for 2021 was €117.8 million.",
    "Operating profit for the year ended December 31, 2021 was €64.3 million.",
    "Finance costs for 2021 were €12.6 million.",
    "Operating profit increased 51% compared with 2020.",
    "Operating profit decreased 28% compared with 2020.",
    "Operating profit for 2020 was €91.2 million.",
    "Profit for the year 2020 was €61.5 million, up from what the board had hoped for.",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_claim_that_misses_among_claims_that_hit_is_wrong(wrong: str) -> None:
    assert errors(page(*RIGHT)) == []
    assert len(errors(page(*RIGHT, wrong))) == 1


@pytest.mark.parametrize("wrong", WRONG[:4])
def test_the_same_alone_or_among_others_that_miss_may_speak_of_something_else(wrong: str) -> None:
    others = (
        "Net sales for 2021 were €97.3 million.",
        "Gross profit for 2021 was €33.9 million.",
        "Selling expenses for 2021 were €14.6 million.",
    )
    assert errors(page(*RIGHT[:3], *others, wrong)) == []


def test_what_stands_under_the_name_of_a_part_is_not_of_the_whole() -> None:
    segments = (
        "\n\nSegment results\n\n| | Tools | Fasteners | Total |\n|---|---|---|---|\n| Revenue 2021 | 301.1 | "
        "311.3 | 612.4 |\n"
    )
    text = "\n\n".join(
        (
            "Acme Group annual results for the year ended December 31, 2021",
            *RIGHT,
            "Fasteners highlights",
            WRONG[0],
            TABLE,
            segments,
        )
    )
    assert errors(extract(read("page.md", text.encode()))) == []


def test_hedged_and_rounded_claims_stay_quiet() -> None:
    for said in (
        "Operating profit for 2021 was about €117.8 million.",
        "Operating profit for 2021 was €117.8 million on a like-for-like basis.",
        "Operating profit for 2021 was €91 million.",
        "Finance costs for 2021 were €10 million.",
        "Adjusted operating profit for 2021 was €117.8 million.",
        "Operating profit and finance costs for 2021 were €117.8 million and €9.4 million, respectively.",
    ):
        assert errors(page(*RIGHT, said)) == [], said


def test_only_claims_that_miss_are_firm_and_only_among_others_that_hit() -> None:
    release = page(*RIGHT, WRONG[0])
    book = Book(Lines(release), Names(load([])))
    links = linked(release.claims, book)
    found = firm(links, places(Meanings(book)))
    assert {one.claim.figure.text for one in links if one.claim.figure.id in found} == {"€117.8 million"}
