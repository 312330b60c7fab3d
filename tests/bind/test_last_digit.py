"""Sums that miss by one unit of the last place: where that is rounding, and where nothing was rounded."""

from __future__ import annotations

import pytest

from checker.bind import bind
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer

RULES = """
rule totals
    each total = sum of its lines

rule balances
    each closing balance = opening balance + its movements
"""


def verdicts(text: str, name: str = "release.txt") -> list[str]:
    release = infer(extract(read(name, text.encode())))
    found = evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
    return [one.verdict for one in found if one.verdict != "not applicable"]


LEDGER = """
Statement of cash, year ended June 30, 2021
                                     2021          2020
Cash at beginning of year          118.35         74.10
Dues received                      960.00        885.25
Hall and postage                  (901.15)      (841.00)
Cash at end of year                {now}        118.35
"""
DOLLARS = """
| | 2021 | 2020 |
|---|---|---|
| Cash | 83,012 | 71,400 |
| Receivables | 66,333 | 52,118 |
| Total current assets | {now} | 123,518 |
"""
COUNTS = """
| Report summary | 2022 | 2021 |
|---|---|---|
| Total credits from fuel supplied | 205,000 | 98,400 |
| Total debits from fuel supplied | (260,001) | (150,200) |
| Net credit (debit) balance | (55,000) | (51,800) |
"""


def test_a_cent_is_no_rounding_where_the_other_column_is_kept_to_the_cent() -> None:
    assert verdicts(LEDGER.format(now="177.20")) == ["agrees", "agrees"]
    assert verdicts(LEDGER.format(now="177.21")) == ["violation", "agrees"]


def test_cents_that_miss_in_both_columns_were_computed_one_by_one() -> None:
    assert verdicts(LEDGER.format(now="177.21").replace("885.25", "885.26")) == ["rounding", "rounding"]


@pytest.mark.parametrize("text", [DOLLARS.format(now="149,346"), COUNTS])
def test_whole_dollars_without_their_cents_and_counts_are_rounded(text: str) -> None:
    assert sorted(verdicts(text, "release.md")) == ["agrees", "rounding"]
