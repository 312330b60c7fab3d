"""A line that a statement of its kind never leaves out is said where it is gone; what may be it under another name, or
was never there, is not."""

from __future__ import annotations

import pytest
from attrs import evolve

from checker.core.statement import Kind
from checker.core.unit import SHARES, per_share
from checker.structure import infer
from tests.structure.tables import release, statement

BALANCE = """
Assets
Current assets
Cash  1,420  1,180
Receivables  2,260  2,010
Inventories  905  870
Total current assets  4,585  4,060
Plant  3,310  3,450
Total assets  7,895  7,510
Liabilities
Current liabilities
Payables  1,115  1,030
Accruals  640  615
Total current liabilities  1,755  1,645
Debt  2,400  2,600
Total liabilities  4,155  4,245
Share capital  500  500
Retained earnings  3,240  2,765
Total shareholders' equity  3,740  3,265
Total liabilities and shareholders' equity  7,895  7,510
"""
FLOWS = """
Operating activities
Net income  475  390
Depreciation  320  310
Net cash from operating activities  795  700
Investing activities
Purchases of plant  (180)  (240)
Sales of plant  40  10
Net cash used in investing activities  (140)  (230)
Financing activities
Repayments  (200)  (150)
Dividends  (215)  (190)
Net cash used in financing activities  (415)  (340)
Net increase in cash  240  130
Cash at beginning of year  1,180  1,050
Cash at end of year  1,420  1,180
"""
INCOME = """
Revenues  9,420  8,810
Cost of sales  5,870  5,530
Gross profit  3,550  3,280
Selling  1,610  1,540
Research  890  860
Operating income  1,050  880
Interest expense  210  225
Income before income taxes  840  655
Income taxes  205  160
Net income  635  495
Basic earnings per share  1.27  0.99
Diluted earnings per share  1.25  0.98
Basic shares  500  500
Diluted shares  508  505
"""
RESERVE = """
Balance at beginning of period  15,100  14,200
Provision  700  650
Charge-offs, net  (289)  250
Balance at end of period  15,511  15,100
"""


def said(text: str, kind: Kind | None) -> list[str]:
    table = statement(text)
    lines = []
    for line in table.lines:
        unit = per_share("USD") if "per share" in line.caption else SHARES if line.caption.endswith("shares") else None
        figures = tuple(one if one is None or unit is None else evolve(one, unit=unit) for one in line.figures)
        lines.append(evolve(line, figures=figures))
    found = infer(release(evolve(table, kind=kind, lines=tuple(lines)))).problems
    return [one.message.rpartition("not ")[2] for one in found if one.code == "P206"]


def without(text: str, caption: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(f"{caption}  "))


@pytest.mark.parametrize(
    ("text", "kind", "gone", "name"),
    [
        (BALANCE, "balance sheet", "Total assets", "total assets"),
        (BALANCE, "balance sheet", "Total current assets", "total current assets"),
        (BALANCE, "balance sheet", "Total current liabilities", "total current liabilities"),
        (
            BALANCE,
            "balance sheet",
            "Total liabilities and shareholders' equity",
            "the total of liabilities and equity",
        ),
        (FLOWS, "cash flow", "Net cash from operating activities", "the net cash of operating activities"),
        (FLOWS, "cash flow", "Net cash used in investing activities", "the net cash of investing activities"),
        (
            BALANCE.replace("Share cap", "Shareholders' equity\nShare cap"),
            "balance sheet",
            "Total shareholders' equity",
            "total equity",
        ),
        (FLOWS, "cash flow", "Net increase in cash", "the net change in cash"),
        (FLOWS, "cash flow", "Cash at beginning of year", "the cash at the beginning"),
        (FLOWS, "cash flow", "Cash at end of year", "the cash at the end"),
        (INCOME, "income statement", "Income before income taxes", "the result before taxes"),
        (INCOME, "income statement", "Net income", "net income"),
        (INCOME, "income statement", "Diluted shares", "the diluted shares"),
        (INCOME, "income statement", "Basic earnings per share", "the basic amount per share"),
        (RESERVE, None, "Balance at beginning of period", "the balance at the beginning"),
        (RESERVE, "notes", "Balance at end of period", "the balance at the end"),
    ],
)
def test_a_line_that_goes_with_one_printed_is_said_where_it_is_gone(
    text: str, kind: Kind | None, gone: str, name: str
) -> None:
    assert said(text, kind) == []
    assert said(without(text, gone), kind) == [name]


def test_a_line_without_a_name_or_one_of_the_same_amounts_may_be_it() -> None:
    assert said(BALANCE.replace("Total current assets", "."), "balance sheet") == []
    assert said(BALANCE.replace("Total liabilities and", "Total libilities and"), "balance sheet") == []


def test_a_statement_without_investments_lacks_none() -> None:
    text = FLOWS.partition("Investing activities")[0] + "Financing" + FLOWS.partition("Financing")[2]
    assert said(text, "cash flow") == []


def test_an_excerpt_prints_what_it_likes() -> None:
    assert said("Cash  1,420  1,180\nTotal assets  7,895  7,510\nTotal equity  3,740  3,265", "balance sheet") == []
    assert said("Cash  14  11\nRestricted cash  2  1\nCash at end of period  16  12", "notes") == []


def test_one_line_of_shares_for_both_amounts_is_meant() -> None:
    text = without(INCOME, "Diluted shares").replace("Basic shares", "Basic and diluted shares")
    assert said(text, "income statement") == []


def test_a_table_that_was_cut_lacks_what_stands_on_the_next_page() -> None:
    assert said(BALANCE.partition("Total liabilities\n")[0].partition("Debt")[0], "balance sheet") == []
    cut = BALANCE.replace(
        "Liabilities\nCurrent", "Share capital  500  500\nTotal shareholders' equity  500  500\nCurrent"
    )
    assert said(cut.partition("Total current liabilities")[0], "balance sheet") == []


def test_a_statement_that_goes_on_in_the_next_table_lacks_nothing() -> None:
    assets, _, rest = BALANCE.partition("Liabilities\n")
    more = "Pensions  10  10\nLeases  20  20\nProvisions  5  5\nTaxes  1  1\n"
    tables = [evolve(statement(text), index=at, kind="balance sheet") for at, text in enumerate((assets, more + rest))]
    both = infer(evolve(release(tables[0]), statements=tuple(tables))).problems
    alone = infer(evolve(release(tables[1]), statements=(tables[1],))).problems
    assert "P206" not in {one.code for one in both} and "P206" in {one.code for one in alone}


def test_sections_summed_up_in_one_line_each_are_a_summary() -> None:
    lines = BALANCE.replace("Cash  ", "Current assets  ").replace("Current assets\nCurrent", "Current")
    assert said(without(lines, "Total liabilities and shareholders' equity"), "balance sheet") == []


def test_other_words_for_the_same_lines() -> None:
    text = without(BALANCE, "Debt").replace("Total current liabilities", "Current and total liabilities")
    assert said(without(text, "Total liabilities"), "balance sheet") == []
    assert said(RESERVE.replace("at end of period", "at March 31, 2023"), "notes") == []
    assert said(RESERVE.replace("Balance at end of period", "Reserve, June 30"), "notes") == []
    units = "Units of one  127,129  123,491\nUnits of others  1,101  1,101\nBalance at end of period  128,230  124,592"
    assert said(units, "notes") == []
    assert said(without(INCOME, "Basic shares"), "income statement") == []


def test_net_income_may_be_called_profit_and_basic_amounts_bear_no_word() -> None:
    text = INCOME.replace("Net income", "Profit").replace("Basic earnings per share", "Profit per share")
    assert said(text, "income statement") == []


def test_equity_securities_are_nobodys_equity() -> None:
    lines = (
        "Bonds  10  11\nNotes  20  21\nMortgages  5  6\nFunds  7  7\nTotal debt securities  42  45\nLarge firms  9  8\n"
        "Small firms  4  5\nTotal equity securities  13  13\nContracts  1  2\nTotal assets  56  60\nSwaps  3  2\n"
        "Total liabilities  3  2"
    )
    assert said(lines, "balance sheet") == []
