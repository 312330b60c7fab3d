"""Costs in brackets under a minus, of which one column alone shows how they are meant; and shares of a whole that a
head names."""

from __future__ import annotations

import pytest

from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

_INCOME = """Financial summary

| | Six months to 31 March 2019 | Six months to 31 March 2018 |
|---|---|---|
| Revenue | €210.4m | €198.2m |
| Cost of sales | (€130.9m) | (€124.0m) |
| Gross profit | €{gross}m | €74.2m |
| Operating profit | €31.2m | €28.8m |
| Net finance costs | (€2.1m) | (€1.9m) |
| Profit before tax | €29.1m | €{before}m |
"""
_SHARES = """Net sales by geography, fiscal year ended June 30, 2022 (in thousands)

| | 2022 | 2021 | {head} |
|---|---|---|---|
| North America | $ 42,180 | $ 38,950 | 60% |
| EMEA | 21,440 | 19,720 | {emea} |
| Asia | 6,020 | 5,010 | 9% |
| Rest of world | 310 | 310 | <1% |
| Total net sales | $ 69,950 | $ 63,990 | 100% |
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def _said(page: str, rulebook: Rulebook) -> list[tuple[str, str | None]]:
    found = check("page.md", page.encode(), rulebook).findings
    return [(one.check.rule.rpartition("/")[2], one.severity) for one in found if one.verdict == "violation"]


@pytest.mark.parametrize(
    ("gross", "before", "said"),
    [
        ("79.5", "26.9", []),
        ("75.9", "26.9", [("gross-profit", "error")]),
        ("79.5", "29.6", [("profit-before-tax", "error")]),
    ],
)
def test_brackets_under_a_minus_say_the_same_as_none_where_one_column_shows_it(
    gross: str, before: str, said: list[tuple[str, str]], rulebook: Rulebook
) -> None:
    assert _said(_INCOME.format(gross=gross, before=before), rulebook) == said


@pytest.mark.parametrize(
    ("head", "emea", "wrong"),
    [
        ("% of 2022 sales", "31%", 0),
        ("% of 2022 sales", "13%", 1),
        ("Share of total", "13%", 1),
        ("Sales mix", "<1%", 1),
        ("Margin", "13%", 0),
    ],
)
def test_shares_of_the_whole_that_prints_a_hundred_percent(
    head: str, emea: str, wrong: int, rulebook: Rulebook
) -> None:
    assert len(_said(_SHARES.format(head=head, emea=emea), rulebook)) == wrong
