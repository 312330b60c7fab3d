"""A reader sees a relation as it applies: neither the marks of the language nor terms that nobody reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from checker.bind.wording import worded
from checker.core.release import Release
from checker.core.rule import Relation, Rule
from checker.core.statement import Statement
from checker.evaluate import fingerprint
from checker.language import parse
from tests.bind.conftest import CLOSE, OPEN, QUARTER, YEAR_AGO, Rows, statement
from tests.bind.test_relations import checks, decided

Build = Callable[..., Release]
FULL: Rows = [("Net sales", "16"), ("Freight", "3"), ("Cost of revenues", "9"), ("Gross profit", "4")]
BARE: Rows = [("Net sales", "13"), ("Cost of revenues", "9"), ("Gross profit", "4")]


def income(rows: Rows) -> Statement:
    """One quarter of an income statement."""
    return statement("income statement", (QUARTER,), rows)


@pytest.mark.parametrize(
    ("rows", "written", "read"),
    [
        (
            FULL,
            "Gross profit = Revenues - Cost of revenues - Freight?",
            "Gross profit = Revenues - Cost of revenues - Freight",
        ),
        (BARE, "Gross profit = Revenues - Cost of revenues - Freight?", "Gross profit = Revenues - Cost of revenues"),
        (BARE, "Gross profit = Revenues - (Freight? + Cost of revenues)", "Gross profit = Revenues - Cost of revenues"),
        (
            FULL,
            "Gross profit = Revenues - (Freight? + Cost of revenues)",
            "Gross profit = Revenues - (Freight + Cost of revenues)",
        ),
        (
            BARE,
            "Gross profit = Freight? - (Cost of revenues - Revenues)",
            "Gross profit = -(Cost of revenues - Revenues)",
        ),
        (
            BARE,
            "Gross profit = Revenues - (Cost of sales | Cost of revenues)",
            "Gross profit = Revenues - Cost of revenues",
        ),
        (
            BARE,
            "Gross profit = sum of\\n    + Revenues\\n    - Cost of revenues",
            "Gross profit = Revenues - Cost of revenues",
        ),
        (
            BARE,
            "Gross profit + Freight? <= 50% * (Revenues | Sales) + $1.5 million",
            "Gross profit <= 50% * Revenues + 1,500,000",
        ),
        (
            BARE,
            "Gross profit <= sum of\\n    + Revenues\\n    - Cost of revenues",
            "Gross profit <= Revenues - Cost of revenues",
        ),
        (BARE, "Freight? <= Gross profit", "0 <= Gross profit"),
        (
            BARE,
            "Gross profit = -(Freight?) + Revenues - Cost of revenues",
            "Gross profit = Revenues - Cost of revenues",
        ),
        (
            FULL,
            "Gross profit = -(Freight? + Cost of revenues) + Revenues",
            "Gross profit = -(Freight + Cost of revenues) + Revenues",
        ),
        (
            FULL,
            "Gross profit = Revenues + (-(Freight? + Cost of revenues))",
            "Gross profit = Revenues + (-(Freight + Cost of revenues))",
        ),
        (
            BARE,
            "Gross profit = Freight? * 2 + Revenues - Cost of revenues",
            "Gross profit = 0 * 2 + Revenues - Cost of revenues",
        ),
        (
            BARE,
            "Gross profit <= (Revenues | Cost of revenues) * (Net sales | Revenues)",
            "Gross profit <= Revenues * Net sales",
        ),
        (
            BARE,
            "Gross profit / Revenues - Freight? / Revenues >= 5 points",
            "Gross profit / Revenues - 0 / Revenues >= 5 points",
        ),
        (
            BARE,
            "max(Freight?; Gross profit) = Revenues - Cost of revenues",
            "max(0; Gross profit) = Revenues - Cost of revenues",
        ),
    ],
)
def test_a_relation_is_said_as_it_applies(release: Build, rows: Rows, written: str, read: str) -> None:
    [check] = decided(release(income(rows)), written.replace("\\n", "\n"))
    assert check.in_words == read


def test_each_column_has_its_own_words(release: Build) -> None:
    rows: Rows = [
        ("Net sales", "16", "13"),
        ("Freight", "3", ""),
        ("Cost of revenues", "9", "9"),
        ("Gross profit", "4", "4"),
    ]
    both = decided(
        release(statement("income statement", (QUARTER, YEAR_AGO), rows)),
        "Gross profit = Revenues - Cost of revenues - Freight?",
    )
    assert [check.in_words.endswith("- Freight") for check in both] == [True, False]


def test_a_term_of_another_period_is_looked_for_there(release: Build) -> None:
    balances = statement("balance sheet", (CLOSE, OPEN), [("Accumulated deficit", "(12)", "(10)")], index=1)
    [check] = decided(
        release(statement("income statement", (QUARTER,), [("Net loss", "(2)")]), balances),
        "closing Accumulated deficit = opening Accumulated deficit? + (Net income | Revenues)",
    )
    assert check.in_words == "closing Accumulated deficit = opening Accumulated deficit + Net income"


def test_the_line_from_which_lines_are_added_up_is_the_one_that_is_reported(release: Build) -> None:
    [check] = decided(release(income(BARE)), "Gross profit = Revenues + sum of lines after (Fees | Revenues | Grants)")
    assert check.in_words == "Gross profit = Revenues + sum of lines after Revenues"


def test_an_open_term_behind_prior_is_that_of_the_other_period(release: Build) -> None:
    table = statement("income statement", (QUARTER, YEAR_AGO), [("Net sales", "16", "13"), ("Freight", "", "1")])
    assert (
        decided(release(table), "Revenues >= prior (Revenues + Freight?)")[0].in_words
        == "Revenues >= prior (Revenues + Freight)"
    )
    assert decided(release(table), "Revenues >= prior (Fees?)")[0].in_words == "Revenues >= 0"


def test_where_nothing_is_bound_it_says_what_may_be_left_out(release: Build) -> None:
    [check] = checks(release(income(BARE)), "Operating income = (Gross profit | Revenues) - Freight? + (Fees | Grants)")
    assert (
        check.reason
        and check.in_words == "Operating income = (Gross profit or Revenues) - Freight (if any) + (Fees or Grants)"
    )


def test_a_relation_without_open_terms_reads_as_written(release: Build) -> None:
    [check] = decided(release(income(BARE)), "Gross profit  =  Revenues -  Cost of revenues")
    assert check.in_words == check.relation == "Gross profit = Revenues - Cost of revenues"


def test_a_name_that_is_defined_keeps_its_name(release: Build) -> None:
    [check] = decided(
        release(income(BARE)),
        "define All costs = Cost of revenues + Freight?\n\nGross profit = Revenues - All costs - Fees?",
    )
    assert check.in_words == "Gross profit = Revenues - All costs"
    [check] = decided(
        release(income(BARE)), "define All costs = Cost of revenues + Freight?\n\nGross profit = Revenues - All costs?"
    )
    assert check.in_words == "Gross profit = Revenues - All costs"


def test_the_words_are_no_part_of_what_a_finding_is_known_by(release: Build) -> None:
    written = "Gross profit = Revenues - Cost of revenues - Freight?"
    [check] = decided(release(income(BARE)), written)
    assert check.relation == written and fingerprint(check) == fingerprint(evolve(check, reads="other words"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            '"Total costs" = Freight[balance sheet; restated]? + Fees?',
            '"Total costs" = Freight [balance sheet; restated] (if any) + Fees (if any)',
        ),
        ('"The ""net"" costs" = Fees?', '"The ""net"" costs" = Fees (if any)'),
        ("Costs = (Fees - Grants)? + Freight", "Costs = (Fees - Grants) (if any) + Freight"),
        ("Costs = ((Fees - Grants) | Freight)", "Costs = (Fees - Grants) or Freight"),
    ],
)
def test_quotes_and_brackets_stay(written: str, read: str) -> None:
    [rule] = parse(written, "house.rules", "house").declarations
    assert isinstance(rule, Rule) and isinstance(rule.relations[0], Relation)
    assert worded(rule.relations[0]) == read
