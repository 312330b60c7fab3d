"""Sums of what stands between two lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

SHEET = """ACME CORP
CONSOLIDATED BALANCE SHEETS
(in thousands)
                                  March 31,  December 31,   March 31,
                                    2024        2023           2023
Current assets:
  Cash and cash equivalents      $   500     $   450        $   430
  Prepaid expenses                    40          30             20
  Total current assets               540         480            450
Property:
  Land                               100         100            100
  Buildings                          150         140            130
  Property, net                      250         240            230
Intangible items                      60          50             40
Total assets                     $   850     $   {all}        $   720
"""

SEGMENTS = """ACME CORP
CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
(in thousands)
                                      Three Months Ended March 31,
                                          2024          2023
North
  Net sales                            $ 1,200       $ 1,100
  Cost of sales                            700           640
  Freight                                   30            20
  Gross profit                             470           440
South
  Net sales                            $   800       $   700
  Cost of sales                            410           350
  Freight                                   70            60
  Gross profit                             320           {south}
"""

EQUITY = """ACME CORP
CONSOLIDATED STATEMENTS OF STOCKHOLDERS' EQUITY
(in thousands)
                                     Common     Retained
                                      Stock     Earnings      Total
Balance at December 31, 2022        $   100     $    900    $ 1,000
  Shares issued                          20            -         20
  Net income                              -          150        150
  Dividends                               -          (50)       (50)
Balance at December 31, 2023            120        1,000      1,120
  Net income                              -          {net}        210
  Dividends                               -          (60)       (60)
Balance at December 31, 2024        $   120     $  1,150    $ 1,270
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


def said(text: str, rule: str, book: Rulebook) -> list[Finding]:
    """What a rule decided."""
    return [
        one
        for one in check("release.txt", text.encode(), book).findings
        if rule in (one.check.rule, *one.check.also) and one.verdict != "not applicable"
    ]


def test_every_line_between_counts_under_whatever_heading_and_subtotals_do_not(book: Rulebook) -> None:
    found = said(SHEET.format(all="770"), "us-gaap/what-stands-between/assets-line-by-line", book)
    assert [one.verdict for one in found] == ["agrees"] * 3
    captions = {figure.caption for figure in found[0].check.figures}
    assert {"Land", "Buildings", "Intangible items"} <= captions
    assert "Property, net" not in captions


def test_one_column_of_three_that_does_not_come_out_is_told_and_two_are_not(book: Rulebook) -> None:
    one = said(SHEET.format(all="707"), "us-gaap/what-stands-between/assets-line-by-line", book)
    assert sorted(each.verdict for each in one) == ["agrees", "agrees", "violation"]
    two = said(SHEET.format(all="707").replace("720", "702"), "us-gaap/what-stands-between/assets-line-by-line", book)
    assert [each for each in two if each.verdict == "agrees"] == []


def test_each_line_of_the_name_is_held_against_the_nearest_above_it(book: Rulebook) -> None:
    found = said(SEGMENTS.format(south="290"), "us-gaap/what-stands-between/gross-profit-line-by-line", book)
    assert [one.verdict for one in found] == ["agrees"] * 4
    assert {one.left for one in found} == {470_000, 440_000, 320_000, 290_000}


def test_balances_of_equity_lead_from_one_to_the_next_in_each_component(book: Rulebook) -> None:
    found = said(EQUITY.format(net="210"), "us-gaap/what-stands-between/equity-moves", book)
    assert {one.verdict for one in found} == {"agrees"}
    assert {one.left for one in found} >= {1_000_000, 1_120_000, 1_150_000, 1_270_000}


def test_no_error_comes_of_a_line_that_may_be_no_part_of_the_way(book: Rulebook) -> None:
    odd = SHEET.format(all="770").replace(
        "Total assets", "Tax base                               7           7              7\nTotal assets"
    )
    assert [one for one in check("a.txt", odd.encode(), book).findings if one.severity == "error"] == []


@pytest.mark.parametrize("signs", ["printed", "brackets"])
def test_an_author_s_sum_of_lines_after_counts_with_the_signs_of_the_print(signs: str, tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    operator = "-" if signs == "printed" else "+"
    rules.write_text(
        f"rule a\n    Gross profit = Net sales {operator} sum of lines after (Turnover | Net sales)\n", encoding="utf-8"
    )
    text = SEGMENTS.format(south="290").split("South")[0]
    if signs == "brackets":
        for amount in ("700", "640", "30", "20"):
            text = text.replace(f" {amount}\n", f"({amount})\n").replace(f" {amount} ", f"({amount})")
    found = said(text, "own/a", load([rules], shipped=False))
    assert [one.verdict for one in found] == ["agrees", "agrees"]


def test_without_lines_between_the_rule_says_so(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text("rule a\n    Intangible items = sum of lines after Property, net\n", encoding="utf-8")
    book = load([rules], shipped=False)
    findings = check("release.txt", SHEET.format(all="770").encode(), book).findings
    assert any(
        one.check.rule == "own/a" and "no lines stand between Property, net and it" in one.message for one in findings
    )


def test_lines_of_another_unit_are_no_part_of_the_way(tmp_path: Path) -> None:
    rules = tmp_path / "own.rules"
    rules.write_text(
        "rule a\n    Total assets = Cash and cash equivalents + sum of lines after Cash and cash equivalents\n"
    )
    text = SHEET.format(all="770").replace(
        "Intangible items", "Book value per share               $1.25       $1.20          $1.10\nIntangible items"
    )
    found = said(text, "own/a", load([rules], shipped=False))
    assert found
    assert all(one.check.figures and Decimal("1.25") not in [each.value for each in one.check.figures] for one in found)


def test_what_other_columns_bear_out_does_not_license_a_way_that_is_broken(book: Rulebook) -> None:
    """Two ways that miss one unread line ask the same of one figure, and are no witnesses for each other."""
    (broken,) = [
        one
        for one in said(SHEET.format(all="813"), "us-gaap/what-stands-between/assets-line-by-line", book)
        if one.verdict == "violation" and one.check.rule == "us-gaap/what-stands-between/assets-line-by-line"
    ]
    assert broken.check.basis == "written"
    assert broken.severity == "note" or "structure/sums/totals" in broken.check.also
