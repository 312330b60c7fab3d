"""Since when a change is measured that does not say so: since what its sentence, the one before it or the heading
compares with."""

from __future__ import annotations

from itertools import count

import pytest

from checker.core.claim import Claim
from checker.core.period import Period
from checker.core.release import Release
from checker.extract import extract
from checker.extract.prose import claims
from checker.language import load
from checker.read import read
from tests.prose.corruption import links_of
from tests.prose.test_idioms import paragraphs

_LEAD = (
    "NEW YORK -- Acme Bank, Inc. (NASDAQ: ACME) today announced results for its fourth quarter ended December 31, 2021."
)
THIRD, LAST_YEAR = "3@2021-09-30", "3@2020-12-31"


def said(text: str) -> tuple[Claim, ...]:
    ids = count(1)
    return claims(paragraphs(f"{_LEAD}\n{text}"), (), lambda: f"f{next(ids)}")


def when(period: Period | None) -> str:
    return "" if period is None or period.end is None else f"{period.months or ''}@{period.end.isoformat()}"


def bases(text: str) -> list[tuple[str, str]]:
    """The changes that a text states, and since when."""
    return [(one.figure.text, when(one.base)) for one in said(text) if one.role in ("change", "relative change")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # what the sentence before compares with
            "Fee income increased $12 million compared with the third quarter. Card fees decreased $3 million.",
            [("$12 million", THIRD), ("$3 million", THIRD)],
        ),
        (
            "Expense increased $9 million (3.0 percent) on a linked quarter basis. Salaries increased $5 million.",
            [("$9 million", THIRD), ("(3.0 percent)", THIRD), ("$5 million", THIRD)],
        ),
        (  # two comparisons leave open which goes on
            "Revenue decreased $7 million compared with the third quarter and $2 million compared with the fourth "
            "quarter of 2020. Card fees decreased $3 million.",
            [("$7 million", THIRD), ("$2 million", LAST_YEAR), ("$3 million", "")],
        ),
        (  # a sentence that names its own time compares anew
            "Fee income increased $12 million compared with the third quarter. Deposits grew $8 million during the "
            "fourth quarter.",
            [("$12 million", THIRD), ("$8 million", "")],
        ),
        (  # the comparison may come first
            "Compared with the third quarter of 2021, revenue increased $4 million.",
            [("$4 million", THIRD)],
        ),
        (  # and ends with its paragraph
            "Fee income increased $12 million compared with the third quarter.\nCard fees decreased $3 million.",
            [("$12 million", THIRD), ("$3 million", "")],
        ),
        (  # items of a list stand under the heading above their lead
            "Fourth quarter 2021 compared with third quarter 2021\n• Credit quality:\n– Net charge-offs increased $74 "
            "million to $229 million.",
            [("$74 million", THIRD)],
        ),
    ],
)
def test_a_change_is_measured_from_what_is_compared_with_before_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert bases(text) == expected


def test_the_earlier_amount_of_a_heading_that_compares_is_of_its_other_period() -> None:
    text = "Fourth quarter 2021 compared with third quarter 2021\nFee income increased $80 million from $514 million."
    assert [when(one.figure.period) for one in said(text) if one.role == "prior"] == [THIRD]


def test_each_change_is_of_what_stands_behind_it() -> None:
    text = (
        "Assets were stable, as a $4.8 billion increase in loans and a $935 million increase in investments was offset "
        "by a $4.5 billion decrease in cash."
    )
    assert [one.figure.caption for one in said(text)] == ["loans", "investments", "cash"]


def test_what_a_change_is_compared_with_is_a_change_too() -> None:
    text = (
        "Dealers increased inventories by $1.3 billion during the fourth quarter of 2021, compared with a decrease of "
        "$700 million during the fourth quarter of 2020."
    )
    assert [(one.role, one.direction, when(one.figure.period)) for one in said(text)] == [
        ("change", 1, "3@2021-12-31"),
        ("change", -1, LAST_YEAR),
    ]


def test_a_loss_that_something_comes_to_is_of_what_has_changed() -> None:
    text = "Loss from operations increased by 30.0%, or $1.3 million, to a loss of $1.7 million."
    assert {one.figure.caption for one in said(text)} == {"Loss from operations"}


def _page(sentence: str) -> Release:
    table = (
        "Consolidated income statement (in millions)\n\n| | 4Q21 | 3Q21 | 4Q20 |\n|---|---|---|---|\n"
        "| Service charges | 134 | 119 | 185 |\n| Card fees | 61.5 | 58.3 | 44.1 |\n"
    )
    return extract(read("page.md", f"{_LEAD}\n\n{sentence}\n\n{table}".encode()))


def test_a_row_of_changes_without_their_periods_is_tied_to_nothing() -> None:
    tied = links_of(_page("Card fees UP 39% UP 5% DOWN 2% UP 11%"), load([]))
    assert tied == ()


def test_such_a_change_is_held_against_the_right_column() -> None:
    release = _page(
        "Card fees rose $3 million compared with the third quarter of 2021. Service charges increased $15 million."
    )
    (_, link) = links_of(release, load([]))
    assert [figure.text for figure in link.figures] == ["134", "119"]


def test_an_expense_that_something_was_is_what_it_is_called() -> None:
    text = (
        "Other (income) expense, net, was $172 million of expense in the quarter compared with $438 million of expense."
    )
    assert len({one.figure.caption for one in said(text)}) == 1
