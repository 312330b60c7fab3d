"""Sums of what stands under a heading, and captions with a qualification behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

SHEET = """ACME CORP
CONSOLIDATED BALANCE SHEETS
(in thousands)
                                  March 31,  December 31,
                                    2024        2023
{heading}
  Cash and cash equivalents      $   500     $   450
  Inventory:
    Raw materials                    100          90
    Finished goods                   200         190
    Total inventory                  300         280
  Prepaid expenses                    40          30
  {total}                            840         {last}
Property and equipment, net          200         210
Total assets                     $ 1,040     $   {all}
"""


def said(text: str, rule: str, book: Rulebook) -> list[Finding]:
    """What a rule decided."""
    return [
        one
        for one in check("release.txt", text.encode(), book).findings
        if rule in (one.check.rule, *one.check.also) and one.verdict != "not applicable"
    ]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


@pytest.mark.parametrize("heading", ["Current assets:", "CURRENT ASSETS", "Current Assets"])
@pytest.mark.parametrize("total", ["Total current assets", "Current assets, total"])
def test_lines_under_a_heading_make_its_total_and_subtotals_count_once(
    heading: str, total: str, book: Rulebook
) -> None:
    text = SHEET.format(heading=heading, total=total, last="760", all="970")
    assert [one.verdict for one in said(text, "us-gaap/footing/current-assets", book)] == ["agrees", "agrees"]


def test_a_column_that_does_not_foot_is_told(book: Rulebook) -> None:
    text = SHEET.format(heading="Current assets:", total="Total current assets", last="706", all="916")
    found = said(text, "us-gaap/footing/current-assets", book)
    assert sorted(one.verdict for one in found) == ["agrees", "violation"]


def test_a_page_on_which_no_column_foots_so_is_not_blamed(book: Rulebook) -> None:
    text = SHEET.format(heading="Current assets:", total="Total current assets", last="706", all="916").replace(
        "840", "804"
    )
    found = said(text, "us-gaap/footing/current-assets", book)
    assert not [one for one in found if one.verdict == "violation" and one.severity == "error"]


def test_the_first_heading_with_lines_is_taken_and_the_rule_s_own_line_ends_them(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text(
        "rule a\n    Total current assets = sum of lines of (Liquid assets | Current assets)\n"
        "rule b\n    Prepaid expenses = sum of lines of Current assets - 760 thousand\n",
        encoding="utf-8",
    )
    book = load([rules], shipped=False)
    text = SHEET.format(heading="Current assets:", total="Total current assets", last="760", all="970")
    assert [one.verdict for one in said(text, "own/a", book)] == ["agrees", "agrees"]
    (now, _) = said(text, "own/b", book)
    assert now.right == 40_000  # 500 + 100 + 200 - 760, in thousands


STATEMENT = """ACME CORP
CONSOLIDATED STATEMENTS OF OPERATIONS
(in thousands)
                                                        Three Months Ended
                                                            March 31,
                                                         2024      2023
Net sales                                             $ 1,000   $   900
{cost:53}     600       550
{other}Gross profit                                               400       350
"""
QUALIFIED = [
    "Cost of sales (including buying and occupancy costs)",
    "COST OF SALES (Including freight, duty and warehousing)",
    "Cost of sales (inclusive of depreciation of $31)",
    "Cost of sales (exclusive of amortization shown below)",
    "Cost of sales (excluding depreciation)",
]


@pytest.mark.parametrize("caption", QUALIFIED)
@pytest.mark.parametrize("name", ["Cost of sales", "Cost of revenues"])
def test_a_name_finds_its_caption_with_a_qualification_behind_it(caption: str, name: str, tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text(f"rule a\n    Gross profit = Net sales - {name}\n", encoding="utf-8")
    text = STATEMENT.format(cost=caption, other="")
    assert [one.verdict for one in said(text, "own/a", load([rules]))] == ["agrees", "agrees"]


def test_a_line_of_the_name_itself_is_meant_before_one_with_a_qualification(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text("rule a\n    Gross profit = Net sales - Cost of sales\n", encoding="utf-8")
    other = f"{'Cost of sales (including distribution)':53}     700       650\n"
    found = said(STATEMENT.format(cost="Cost of sales", other=other), "own/a", load([rules]))
    assert [one.verdict for one in found] == ["agrees", "agrees"]


@pytest.mark.parametrize("caption", ["Cost of sales (restructuring)", "Cost of sales (excluding the Americas)"])
def test_brackets_that_name_another_amount_stay_part_of_the_caption(caption: str, tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text("rule a\n    Gross profit = Net sales - Cost of sales\n", encoding="utf-8")
    assert said(STATEMENT.format(cost=caption, other=""), "own/a", load([rules])) == []


def test_in_a_sum_of_money_a_share_that_is_a_line_too_is_the_line(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text(
        "rule a\n    Gross margin = Net sales - Cost of sales\n"
        "rule b\n    Income from operations = Gross margin - Operating expenses\n"
        "rule c\n    Gross margin >= 30%\n",
        encoding="utf-8",
    )
    text = STATEMENT.format(cost="Cost of sales", other="").replace("Gross profit", "Gross margin") + (
        "Operating expenses                                         300       260\n"
        "Income from operations                                     100        90\n"
    )
    book = load([rules])
    for rule in "abc":
        assert [one.verdict for one in said(text, f"own/{rule}", book)] == ["agrees", "agrees"]


def test_a_sum_that_the_table_bears_out_is_an_error_and_one_that_it_does_not_a_note(book: Rulebook) -> None:
    sheet = SHEET.format(heading="Current assets:", total="Total current assets", last="760", all="970")
    slip = said(sheet.replace("840", "804"), "us-gaap/footing/current-assets", book)
    assert [one.severity for one in slip if one.verdict == "violation"] == ["error"]
    unread = sheet.replace("    Total inventory                  300         280\n", "").replace(
        "Finished goods                   200         190", "Finished goods                               190"
    )
    told = said(unread, "us-gaap/footing/current-assets", book)
    assert "error" not in {one.severity for one in told if one.verdict == "violation"}
