"""Names find their lines, rules find their periods, signs are read one way for the whole rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from checker.bind import bind
from checker.core.check import Check
from checker.core.period import duration
from checker.core.release import Release
from checker.evaluate import evaluate
from checker.language import parse, resolve
from tests.bind.conftest import CLOSE, OPEN, QUARTER, YEAR_AGO, statement

CONCEPTS = """
concept Revenues
    aka Net sales
    duration, currency, credit
concept Cost of revenues
    duration, currency, debit
concept Gross profit
    duration, currency, credit
concept Net income
    aka Net earnings
    aka minus "Net loss"
    duration, currency, credit
concept Retained earnings
    aka Accumulated deficit
    instant, currency, credit
concept Interest expense
    duration, currency, debit
concept Other income
    duration, currency, credit
concept Total other income
    duration, currency, credit
"""


def checks(release: Release, rules: str) -> tuple[Check, ...]:
    book = resolve([parse(CONCEPTS, "concepts.rules", "concepts"), parse(rules, "house.rules", "house")])
    assert not book.faulty, book.problems
    return bind(release, book)


def verdict(release: Release, rules: str) -> str:
    (one,) = [each for each in evaluate(checks(release, rules)) if each.verdict != "not applicable"]
    return one.verdict


def decided(release: Release, rules: str) -> list[Check]:
    return [check for check in checks(release, rules) if check.reason is None]


def reasons(release: Release, rules: str) -> list[str]:
    return [check.reason for check in checks(release, rules) if check.reason is not None]


Build = Callable[..., Release]
INCOME = [("Net sales", "16", "11"), ("Cost of revenues", "12", "10"), ("Gross profit", "4", "1")]


def test_a_rule_is_judged_once_for_every_period(release: Build) -> None:
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), INCOME)),
        "Gross profit = Revenues - Cost of revenues",
    )
    assert [check.period for check in found] == ["3 months to 2013-03-31", "3 months to 2012-03-31"]
    assert [figure.text for figure in found[0].figures] == ["4", "16", "12"]


def test_a_missing_name_is_never_zero_and_says_what_is_near(release: Build) -> None:
    rows = [("Net sales", "16"), ("Cost of goods and revenues", "12"), ("Gross profit", "4")]
    [reason] = reasons(
        release(statement("income statement", (QUARTER,), rows)), "Gross profit = Revenues - Cost of revenues"
    )
    assert reason is not None
    assert reason.endswith("Cost of revenues is not reported; the nearest caption is “Cost of goods and revenues”")


def test_what_is_optional_is_zero_where_it_is_not_reported(release: Build) -> None:
    one_column = statement("income statement", (QUARTER,), [(caption, amount) for caption, amount, _ in INCOME])
    found = decided(release(one_column), "Gross profit = Revenues - Cost of revenues - Freight?")
    assert len(found) == 1


def test_opening_and_closing_balances_stand_at_the_ends_of_the_period(release: Build) -> None:
    both = release(
        statement("income statement", (QUARTER, YEAR_AGO), [("Net loss", "(2)", "(1)")]),
        statement("balance sheet", (CLOSE, OPEN), [("Accumulated deficit", "(12)", "(10)")], index=1),
    )
    [check] = decided(both, "closing Accumulated deficit = opening Accumulated deficit + Net loss")
    assert [figure.text for figure in check.figures] == ["(12)", "(10)", "(2)"]


def test_a_loss_printed_without_brackets_is_a_negative_income(release: Build) -> None:
    rows = [("Operating result", "5"), ("Tax", "7"), ("Net loss", "2")]
    [check] = decided(release(statement("income statement", (QUARTER,), rows)), "Net income = Operating result - Tax")
    assert check.turned == ("s0l2c0",)


def test_a_profit_in_a_line_of_losses_that_prints_its_signs_stays_one(release: Build) -> None:
    rows = [("Operating result", "9", "(4)", "(6)"), ("Tax", "1", "2", "1"), ("Net loss", "8", "(6)", "(7)")]
    periods = (QUARTER, YEAR_AGO, duration(dt.date(2011, 3, 31), 3))
    found = decided(release(statement("income statement", periods, rows)), "Net income = Operating result - Tax")
    assert [check.turned for check in found] == [(), (), ()]


OTHER = [
    ("Other (expenses) income:",),
    ("Interest expense", "(6)", "(5)"),
    ("Other income", "2", "1"),
    ("Total other income", "(4)", "(4)"),
]


def test_an_expense_in_a_section_printed_as_income_is_turned_by_nature(release: Build) -> None:
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), OTHER)),
        "Total other income = Other income - Interest expense",
    )
    assert [check.turned for check in found] == [("s0l1c0",), ("s0l1c1",)]


def test_one_column_never_chooses_its_own_sign(release: Build) -> None:
    rows = [("Gross profit", "4", "1"), ("Interest expense", "(3)", "3"), ("Net income", "1", "-2")]
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), rows)),
        "Net income = Gross profit - Interest expense",
    )
    turned = {check.turned for check in found}
    assert turned == {()}


def test_both_columns_together_may(release: Build) -> None:
    rows = [("Gross profit", "4", "5"), ("Interest expense", "(3)", "(3)"), ("Net income", "1", "2")]
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), rows)),
        "Net income = Gross profit - Interest expense",
    )
    assert [check.turned for check in found] == [("s0l1c0",), ("s0l1c1",)]


def test_whoever_asks_for_the_printed_sign_means_it(release: Build) -> None:
    rows = [("Net sales", "640"), ("Levy expense", "(411)"), ("Margin", "229")]
    found = release(statement("income statement", (QUARTER,), rows, 0))
    plain, insisting, added = (
        "Margin = Net sales - Levy expense",
        "Margin = Net sales - Levy expense[as printed]",
        "Margin = Net sales + Levy expense[as printed]",
    )
    assert [verdict(found, rule) for rule in (plain, insisting, added)] == ["agrees", "violation", "agrees"]


def test_a_bound_chooses_no_sign_that_would_keep_it(release: Build) -> None:
    rows = [("Gross profit", "4", "5"), ("Interest expense", "3", "3"), ("Net income", "5", "6")]
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), rows)),
        "Net income >= Gross profit + Interest expense",
    )
    assert [check.turned for check in found] == [(), ()]


def test_the_line_that_an_authors_sum_passes_over_is_known_unless_it_is_meant(release: Build) -> None:
    rows = [("Cash", "1"), ("Inventory", "2"), ("Prepaid", "3"), ("Total current assets", "6")]
    [check] = decided(release(statement("balance sheet", (CLOSE,), rows)), "Total current assets = Cash + Prepaid")
    assert check.passed_over == "Inventory"
    [meant] = decided(
        release(statement("balance sheet", (CLOSE,), rows)),
        "Total current assets = Cash + Prepaid\n    these lines are meant",
    )
    assert meant.passed_over == ""


def test_the_same_caption_in_two_sections_is_ambiguous_until_a_bracket_says_which(release: Build) -> None:
    rows = [
        ("Debt", "2"),
        ("Current liabilities:",),
        ("Notes payable", "1"),
        ("Long-term liabilities:",),
        ("Notes payable", "2"),
    ]
    sheet = release(statement("balance sheet", (CLOSE,), rows))
    [reason] = reasons(sheet, "Debt = Notes payable")
    assert reason.startswith(
        "Notes payable is ambiguous: “Current liabilities > Notes payable” (1), “Long-term liabilities > "
        "Notes payable” (2)"
    )
    [check] = decided(sheet, "Debt = Notes payable[Long-term liabilities]")
    assert check.figures[1].text == "2"


def test_a_relation_of_a_figure_with_itself_says_nothing(release: Build) -> None:
    rows = [("Cash", "1")]
    assert reasons(release(statement("balance sheet", (CLOSE,), rows)), "Cash = Cash") == [
        "both sides are the same figure"
    ]


def test_a_definition_is_checked_where_its_name_is_printed(release: Build) -> None:
    rows = [*INCOME, ("Gross margin", "25%", "9%")]
    found = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), rows)),
        "define Gross margin = Gross profit / Revenues  as percent",
    )
    assert [(check.percent, check.figures[0].text) for check in found] == [(True, "25%"), (True, "9%")]


def test_two_rules_that_say_the_same_are_one_finding(release: Build) -> None:
    rules = "Gross profit = Revenues - Cost of revenues\nRevenues = Gross profit + Cost of revenues\n"
    [check] = decided(release(statement("income statement", (QUARTER,), [(c, a) for c, a, _ in INCOME])), rules)
    assert check.also == ("house/revenues",)


def test_conditions_keep_a_rule_away(release: Build) -> None:
    rules = "rule gp\n    Gross profit = Revenues - Cost of revenues\n    when Freight is reported\n"
    assert reasons(release(statement("income statement", (QUARTER,), [(c, a) for c, a, _ in INCOME])), rules) == [
        "its condition does not hold"
    ]
