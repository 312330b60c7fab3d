"""The same statement in the layouts that people and programs give it: the same figures, the same verdicts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.layouts import LAYOUTS, Layout, Sheet, bare, copied, loose, page, run_on, tight, told
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from tests.examples import examples

INCOME = Sheet(
    "CONSOLIDATED STATEMENTS OF INCOME",
    "(in thousands, except per share amounts)",
    ("Three Months Ended", "Nine Months Ended"),
    ("September 30, 2024", "September 30, 2023", "September 30, 2024", "September 30, 2023"),
    (
        ("Net sales", ("$26,741", "$15,683", "$70,215", "$61,009")),
        ("Cost of sales", ("16,443", "9,272", "43,113", "38,440")),
        ("Gross profit", ("10,298", "6,411", "27,102", "22,569")),
        ("Operating expenses", ()),
        ("Research and development", ("575", "398", "1,610", "1,402")),
        ("Selling and administrative", ("1,896", "1,288", "5,011", "4,300")),
        ("Total operating expenses", ("2,471", "1,686", "6,621", "5,702")),
        ("Operating income", ("7,827", "4,725", "20,481", "16,867")),
        ("Other income (expense)", ("(136)", "(33)", "(412)", "(95)")),
        ("Income before income taxes", ("7,691", "4,692", "20,069", "16,772")),
        ("Provision for income taxes", ("1,959", "1,380", "5,102", "4,871")),
        ("Net income", ("$5,732", "$3,312", "$14,967", "$11,901")),
        ("Earnings per share", ()),
        ("Basic", ("$6.53", "$3.74", "$17.05", "$13.44")),
    ),
)
BALANCE = Sheet(
    "CONSOLIDATED BALANCE SHEETS",
    "(in thousands)",
    (),
    ("September 30, 2024", "December 31, 2023"),
    (
        ("Current assets", ()),
        ("Cash and cash equivalents", ("$3,120", "$3,396")),
        ("Accounts receivable", ("629", "766")),
        ("Inventories", ("72", "56")),
        ("Total current assets", ("3,821", "4,218")),
        ("Goodwill", ("80", "85")),
        ("Total assets", ("$3,901", "$4,303")),
        ("Current liabilities", ()),
        ("Accounts payable", ("1,061", "1,154")),
        ("Accrued expenses", ("1,094", "899")),
        ("Total liabilities", ("2,155", "2,053")),
        ("Common stock", ("2,369", "2,426")),
        ("Accumulated deficit", ("(623)", "(176)")),
        ("Total shareholders' equity", ("1,746", "2,250")),
        ("Total liabilities and shareholders' equity", ("$3,901", "$4,303")),
    ),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def verdicts(checked: Checked) -> Counter[tuple[str, str]]:
    """What is said of the document, by rule."""
    return Counter((one.check.rule, one.verdict) for one in checked.findings if one.verdict != "not applicable")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_gives_the_same_figures_and_verdicts(layout: Layout, rulebook: Rulebook) -> None:
    sheets = (INCOME, BALANCE)
    plain = check("a.htm", page(sheets).encode(), rulebook)
    laid_out = check("a", layout(sheets).encode(), rulebook)
    assert told(laid_out) == told(plain)
    assert verdicts(laid_out) == verdicts(plain)
    assert plain.summary.violations == 0


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_wrong_total_is_found_in_every_layout(layout: Layout, rulebook: Rulebook) -> None:
    content = layout((INCOME, BALANCE)).replace("4,218", "4,128").encode()
    assert check("a", content, rulebook).summary.violations > 0


_MOVED = (
    "Total current assets",
    "Total assets",
    "Accounts payable",
    "Total liabilities",
    "Total liabilities and shareholders' equity",
)
"""What grows with another current asset that is owed."""


def _grown(figures: tuple[str, ...], amount: int, column: int) -> tuple[str, ...]:
    return tuple(
        f"{int(text.lstrip('$').replace(',', '')) + (amount if at == column else 0):,}"
        for at, text in enumerate(figures)
    )


@settings(max_examples=examples(60))
@given(data=st.data())
def test_blank_figures_raise_no_alarm_in_any_layout(data: st.DataObject, rulebook: Rulebook) -> None:
    """Where a line has no figure in one column, a layout that drops blanks may lose the line; it never moves a figure
    into a column where it breaks a sum."""
    layout = data.draw(st.sampled_from(LAYOUTS))
    line = data.draw(st.integers(0, 3))
    column = data.draw(st.integers(0, 1))
    captions = ("Deferred tax assets", "Prepaid expenses", "Other assets", "Vendor receivables")
    amount = data.draw(st.integers(2, 999))
    printed = [
        *BALANCE.lines[:4],
        (captions[line], ("", f"{amount}") if column else (f"{amount}", "")),
        *BALANCE.lines[4:],
    ]
    grown = tuple(
        (caption, _grown(figures, amount, column) if caption in _MOVED else figures) for caption, figures in printed
    )
    sheet = Sheet(BALANCE.title, BALANCE.scale, (), BALANCE.heads, grown)
    assert check("a", layout((INCOME, sheet)).encode(), rulebook).summary.violations == 0


@pytest.mark.parametrize("layout", [bare, copied, loose, run_on, tight], ids=lambda layout: layout.__name__)
def test_a_figure_whose_column_nothing_tells_is_in_none(layout: Layout, rulebook: Rulebook) -> None:
    lines = (*BALANCE.lines[:2], ("Short-term investments", ("", "500")), *BALANCE.lines[2:])
    checked = check("a", layout((Sheet(BALANCE.title, BALANCE.scale, (), BALANCE.heads, lines),)).encode(), rulebook)
    assert [line.caption for statement in checked.statements for line in statement.lines if line.untold] == [
        "Short-term investments 500"
    ]
    assert checked.summary.violations == 0


def test_no_written_rule_speaks_over_a_line_whose_columns_nothing_tells(rulebook: Rulebook) -> None:
    lines = (
        ("Net sales", ("$26,741", "$15,683")),
        ("Cost of sales", ("16,443", "9,272")),
        ("Gross profit", ("10,298", "6,411")),
        ("Income before income taxes", ("7,691", "4,692")),
        ("Provision for income taxes", ("1,959", "1,380")),
        ("Cumulative effect of a change in accounting", ("", "7")),
        ("Net income", ("$5,732", "$3,319")),
    )
    sheet = Sheet(INCOME.title, INCOME.scale, (), ("September 30, 2024", "September 30, 2023"), lines)
    assert check("a", copied((sheet,)).encode(), rulebook).summary.violations == 0
