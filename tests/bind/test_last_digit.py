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


def forced(**wrong: str) -> str:
    """A document in thousands of which forty sums foot to the last digit, beside one of two columns that may miss."""
    tables = [
        f"| Schedule {number} (in thousands) | 2021 | 2020 |\n|---|---|---|\n"
        + "".join(
            f"| {name} | {1_000 * number + 37 * place:,} | {900 * number + 11 * place:,} |\n"
            for place, name in enumerate(("Land", "Buildings", "Machines", "Tools", "Vehicles"), 1)
        )
        + f"| Total | {5_000 * number + 37 * 15:,} | {4_500 * number + 11 * 15:,} |\n"
        for number in range(1, 21)
    ]
    last = {"now": "32,450", "then": "30,116"} | wrong
    lines = "| Wages | 20,125 | 19,004 |\n| Rent | 9,210 | 8,412 |\n| Freight | 3,115 | 2,700 |\n"
    return (
        "\n".join(tables)
        + "\n| Expenses (in thousands) | 2021 | 2020 |\n|---|---|---|\n"
        + lines
        + "| Total expenses | {now} | {then} |\n".format(**last)
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "agrees agrees"),
        ({"now": "32,451"}, "rounding agrees"),
        ({"now": "32,452"}, "violation agrees"),
        ({"then": "30,114"}, "agrees violation"),
        ({"now": "32,452", "then": "30,114"}, "rounding rounding"),
    ],
)
def test_two_units_are_no_rounding_in_one_column_alone_of_a_document_that_forces_its_sums(
    wrong: dict[str, str], said: str
) -> None:
    assert " ".join(verdicts(forced(**wrong), "release.md")[-2:]) == said


@pytest.mark.parametrize(
    ("title", "severity"), [("Consolidated balance sheet", "error"), ("Ageing of payables", "note")]
)
def test_one_whole_unit_is_an_error_of_a_statement_and_a_note_elsewhere(title: str, severity: str) -> None:
    """In a document whose sums foot to the last digit."""
    tables = "".join(
        f"# Schedule {number}\n\n| $ | 2021 | 2020 |\n|---|---|---|\n"
        + "".join(
            f"| {name} | {1_003 * number + 37 * place:,} | {907 * number + 11 * place:,} |\n"
            for place, name in enumerate(("Land", "Buildings", "Machines", "Tools", "Vehicles"), 1)
        )
        + f"| Total | {5_015 * number + 37 * 15:,} | {4_535 * number + 11 * 15:,} |\n\n"
        for number in range(1, 21)
    )
    text = (
        tables
        + f"# {title}\n\n"
        + (
            "| $ | 2021 | 2020 |\n|---|---|---|\n| Cash | 115,121 | 83,012 |\n| Receivables | 41,016 | 66,333 |\n"
            "| Total current assets | 156,137 | 149,346 |\n"
        )
    )
    release = infer(extract(read("release.md", text.encode())))
    found = evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
    assert [one.severity for one in found if one.verdict == "violation"] == [severity]
