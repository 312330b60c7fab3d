"""Percentages of amounts in their own table: which two they relate, and when one of them may be called wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer

RULES = """
rule shares
    each share column = figure / base

rule ratios
    each percent line = figure / base
"""


def judged(table: str) -> list[Finding]:
    release = infer(extract(read("release.md", table.encode())))
    return [
        one
        for one in evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
        if one.verdict != "not applicable"
    ]


def wrong(table: str) -> list[tuple[str, str | None]]:
    return [(one.check.figures[0].text, one.severity) for one in judged(table) if one.verdict == "violation"]


SEGMENT = """
# Segment results

| | 2013 | 2012 | 2011 | 2010 |
|---|---|---|---|---|
| Net sales | $ 978,204 | $ 948,117 | $ 951,366 | $ 907,522 |
| Cost of sales | 412,882 | 399,641 | 405,118 | 390,077 |
| Operating profit | 226,977 | 203,846 | 198,836 | 171,522 |
| Percent of net sales | 23.2% | 21.5% | 20.9% | 18.9% |
"""


def test_a_line_of_percentages_is_one_line_over_another() -> None:
    found = judged(SEGMENT)
    assert {one.verdict for one in found} == {"agrees"}
    assert {one.check.relation for one in found} == {"Percent of net sales = Operating profit / Net sales"}
    assert len(found) == 4


def test_one_percentage_among_several_speaks_when_it_is_off() -> None:
    assert wrong(SEGMENT.replace("21.5%", "25.1%")) == [("25.1%", "error")]
    assert wrong(SEGMENT.replace("203,846", "230,846")) == [("21.5%", "error")]


def test_two_columns_alone_show_it_but_a_third_stays_a_note_without_a_slip() -> None:
    three = "\n".join(line.rsplit("|", 2)[0] + "|" for line in SEGMENT.strip().splitlines()[2:])
    assert wrong("# Segment results\n\n" + three.replace("21.5%", "23.1%")) == [("23.1%", "note")]


def test_a_unit_of_the_last_place_says_nothing() -> None:
    assert [one.check.figures[0].text for one in judged(SEGMENT.replace("21.5%", "21.6%"))] == [
        "23.2%",
        "20.9%",
        "18.9%",
    ]


def test_a_line_that_two_columns_contradict_is_another_quotient() -> None:
    assert judged(SEGMENT.replace("18.9%", "10.9%").replace("20.9%", "12.9%")) == []


def test_a_change_in_points_is_no_percentage() -> None:
    changes = ("Plan", "990,000", "400,000", "230,000", "1.7 ppts")
    heads, dashes, *rows = SEGMENT.strip().splitlines()[2:]
    table = [f"{row} {change} |" for row, change in zip((heads, *rows), changes, strict=True)]
    found = judged("\n".join((table[0], f"{dashes}---|", *table[1:])))
    assert [one.check.figures[0].text for one in found] == ["23.2%", "21.5%", "20.9%", "18.9%"]


def test_two_columns_of_one_digit_settle_nothing() -> None:
    assert (
        judged("""
| | 2013 | 2012 |
|---|---|---|
| Net sales | 978,204 | 948,117 |
| Cost of sales | 412,882 | 399,641 |
| Interest | 48,910 | 28,443 |
| Percent of net sales | 5% | 3% |
""")
        == []
    )


def test_amounts_printed_too_coarsely_bear_no_witness() -> None:
    table = """
| | 2013 | 2012 | 2011 |
|---|---|---|---|
| Hardware | {} | {} | {} |
| Services | {} | {} | {} |
| Consolidated | 77% | 80% | 89% |
"""
    assert judged(table.format(10, 12, 16, 13, 15, 18)) == []
    assert len(judged(table.format(1000, 1200, 1600, 1300, 1500, 1800))) == 3


LOANS = """
# Loans and deposits

| | 2013 | % of total |
|---|---|---|
| Real estate | 636,657 | 70% |
| Consumer | 239,936 | 26% |
| Construction | 82,114 | 9% |
| Leases | 46,300 | 5% |
| Reserve | (92,397) | (10)% |
| Loans, net | 912,610 | {whole} |
| Checking | 120,300 | 15% |
| Savings | 200,500 | 25% |
| Money market | 160,400 | 20% |
| Certificates | 320,800 | 40% |
| Deposits | 802,000 | 100% |
"""


@pytest.mark.parametrize("whole", ["100%", ""])
def test_a_column_of_percentages_states_parts_of_the_base_of_their_block(whole: str) -> None:
    found = judged(LOANS.format(whole=whole))
    assert {one.verdict for one in found} == {"agrees"}
    bases = {one.check.figures[1].caption: one.check.figures[2].caption for one in found}
    assert bases == {
        **dict.fromkeys(("Real estate", "Consumer", "Construction", "Leases", "Reserve"), "Loans, net"),
        **dict.fromkeys(("Checking", "Savings", "Money market", "Certificates"), "Deposits"),
    }


PRODUCTS = """
| | 2013 | % of total |
|---|---|---|
| Tea | 126,300 | 31% |
| Coffee | 81,480 | 20% |
| Cocoa | 65,180 | 16% |
| Sugar | 48,890 | 12% |
| Spices | 44,810 | 11% |
| Other | 40,740 | 10% |
| Total | 407,400 | |
| Stores | 203,700 | 1% |
"""


def test_one_part_of_a_whole_speaks_and_two_are_notes() -> None:
    assert wrong(PRODUCTS) == []
    assert wrong(PRODUCTS.replace("20%", "44%")) == [("44%", "error")]
    assert wrong(PRODUCTS.replace("20%", "44%").replace("10%", "4%")) == [("44%", "note"), ("4%", "note")]


def test_rows_outside_a_block_are_no_parts_of_its_base() -> None:
    assert {one.check.figures[1].caption for one in judged(PRODUCTS)} == {
        "Tea",
        "Coffee",
        "Cocoa",
        "Sugar",
        "Spices",
        "Other",
    }


PARTS = """
| | 2013 | % of total |
|---|---|---|
| Tea | {} | {} |
| Coffee | 11,481 | {} |
| Cocoa | 18,317 | {} |
| Total | 407,400 | |
"""


@pytest.mark.parametrize("printed", [("126,300", "31.00%", "2.82%", "7.15%"), ("16,300", "4%", "3%", "4%")])
def test_two_rows_or_three_of_one_digit_settle_no_base(printed: Sequence[str]) -> None:
    assert judged(PARTS.format(*printed)) == []
    assert len(judged(PARTS.format("126,300", "31.00%", "2.82%", "4.50%"))) == 3


def test_two_compositions_in_turn_find_a_base_each() -> None:
    found = judged("""
| | 2013 | % of total |
|---|---|---|
| Sales, north | 126,300 | 31% |
| Costs, north | 30,110 | 12% |
| Sales, south | 175,180 | 43% |
| Costs, south | 77,790 | 31% |
| Sales, west | 105,920 | 26% |
| Costs, west | 143,030 | 57% |
| Total sales | 407,400 | 100% |
| Total costs | 250,930 | 100% |
""")
    assert {one.verdict for one in found} == {"agrees"}
    assert {(one.check.figures[1].caption.split(",")[0], one.check.figures[2].caption) for one in found} == {
        ("Sales", "Total sales"),
        ("Costs", "Total costs"),
    }


def test_parts_that_are_made_to_add_up_say_nothing() -> None:
    assert wrong(LOANS.format(whole="100%").replace("70%", "69%")) == []


BANK = """
# Selected balances

| | Q3 | Q2 | Q1 |
|---|---|---|---|
| Loans (a) | $ 288,372 | $ 290,230 | $ 294,704 |
| Other assets | 36,100 | 41,212 | 40,001 |
| Total deposits | {deposits} | 448,902 | 452,897 |
| {caption} | 63% | 65% | 65% |
"""


@pytest.mark.parametrize("caption", ["Loans to deposits", "Ratio of loans to total deposits", "Loans / deposits (b)"])
def test_a_percentage_whose_caption_names_both_lines_needs_two_other_columns(caption: str) -> None:
    assert wrong(BANK.format(deposits="457,278", caption=caption)) == []
    assert wrong(BANK.format(deposits="957,278", caption=caption)) == [("63%", "error")]


@pytest.mark.parametrize("caption", ["Loans to average deposits", "Liquidity coverage"])
def test_a_caption_that_names_other_lines_says_no_more_than_the_amounts(caption: str) -> None:
    assert ("63%", "error") not in wrong(BANK.format(deposits="957,278", caption=caption))
