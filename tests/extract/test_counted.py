"""The scale of share counts where words and earnings per share disagree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.core.figure import Figure
from checker.core.unit import SHARES
from checker.extract import extract
from checker.read import read

RELEASE = """
# Statements of income
({words})

|  | Quarter ended June 30, 2006 | Quarter ended June 30, 2005 |
|---|---|---|
| Total interest income | 21,183 | 15,536 |
| Net income | $ 4,582 | $ 3,712 |
| Basic earnings per share | $ 0.46 | $ {prior} |
| Weighted average shares: | | |
| Basic | {shares} |
"""


BALANCES = """
# Balance sheets

|  | June 30, 2006 | June 30, 2005 |
|---|---|---|
| Total assets | $ 1,083,743 | $ 932,639 |
| Book value per share | $ 11.18 | $ 10.69 |
"""


def figures(words: str, printed: str, prior: str = "0.37", more: str = "") -> list[Figure]:
    found = extract(read("release.md", (RELEASE.format(words=words, shares=printed, prior=prior) + more).encode()))
    return [figure for statement in found.statements for figure in statement.figures]


def shares(words: str, printed: str, prior: str = "0.37") -> list[Figure]:
    return [figure for figure in figures(words, printed, prior) if figure.unit == SHARES]


def test_counts_in_full_under_a_scale_that_excepts_only_amounts_per_share() -> None:
    found = shares("in thousands, except per share data", "9,872,117 | 9,997,738")
    assert [figure.value for figure in found] == [Decimal(9872117), Decimal(9997738)]
    assert [figure.step for figure in found] == [Decimal(1), Decimal(1)]
    assert all("earnings per share" in figure.why[-1] for figure in found)
    assert found[0].readings[0].value == Decimal(9872117000)


def test_counts_that_fit_as_worded_stay() -> None:
    assert [figure.value for figure in shares("in thousands, except per share data", "9,872 | 9,998")] == [
        Decimal(9872000),
        Decimal(9998000),
    ]


def test_counts_that_fit_in_fewer_than_two_columns_are_left_as_worded() -> None:
    assert all(figure.scale == 1000 for figure in shares("in thousands, except per share data", "98,721 | 3,998"))


@pytest.mark.parametrize("prior", ["3.70", "0.73"])
def test_counts_of_millions_of_thousands_are_in_full_where_one_column_says_so_and_the_other_is_misprinted(
    prior: str,
) -> None:
    found = shares("in thousands, except per share data", "9,872,117 | 9,997,738", prior)
    assert [figure.value for figure in found] == [Decimal(9872117), Decimal(9997738)]


def test_amounts_that_no_word_scales_take_the_scale_that_earnings_per_share_ask_for_in_every_table() -> None:
    found = figures("unaudited", "9,872,117 | 9,997,738", more=BALANCES)
    values = {figure.caption: figure.value for figure in reversed(found)}
    assert values["Net income"] == 4_582_000 and values["Total assets"] == 1_083_743_000
    assert (
        values["Basic"] == 9_872_117
        and values["Basic earnings per share"] == Decimal("0.46")
        and values["Book value per share"] == Decimal("11.18")
    )
    assert (
        next(figure for figure in found if figure.caption == "Total assets").readings[0].why
        == "as printed: no word gives a scale"
    )


def test_amounts_that_fit_in_one_column_only_stay() -> None:
    found = figures("unaudited", "9,872,117 | 9,997,738", "3.70")
    assert [figure.value for figure in found if figure.caption == "Net income"] == [4582, 3712]
