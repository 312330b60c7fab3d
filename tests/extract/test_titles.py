"""Which statement a title names."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.extract.titles import is_title, kind_of
from tests.extract.tables import document


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Consolidated Statements of Comprehensive Income", "comprehensive income"),
        ("Consolidated Statements of Comprehensive (Loss) Income", "comprehensive income"),
        ("Consolidated Statements of Operations and Comprehensive Loss", "income statement"),
        ("Statement of profit or loss and other comprehensive income", "income statement"),
        ("AND COMPREHENSIVE LOSS", "income statement"),
        ("Condensed Consolidated Statements of Financial Condition", "balance sheet"),
        ("Reconciliation of net income to adjusted EBITDA", "reconciliation"),
        ("Statements of Changes in Stockholders' Equity", "equity"),
    ],
)
def test_a_title_names_its_statement(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_ratios_of_a_balance_sheet_are_none() -> None:
    assert kind_of("Balance Sheet Ratios") is None


def test_one_statement_for_profit_and_other_comprehensive_income_is_an_income_statement() -> None:
    rows = [
        ["", "2023", "2022"],
        ["Turnover", "1,083", "900"],
        ["Cost of sales", "637", "512"],
        ["Gross profit", "446", "388"],
        ["Taxation", "17", "-"],
        ["Other comprehensive income", "2", "3"],
        ["Total comprehensive income", "431", "391"],
    ]
    assert extract(document("Statement of Comprehensive Income", rows)).statements[0].kind == "income statement"


def test_a_sentence_that_names_a_statement_is_no_title() -> None:
    assert not is_title("The Company had no long-term debt on its balance sheet at June 30, 2031.")
    assert is_title("Condensed balance sheet as of June 30, 2031")
