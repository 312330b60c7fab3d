"""Which statement a title names."""

from __future__ import annotations

import pytest

from checker.extract.titles import kind_of


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
