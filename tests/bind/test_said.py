"""What a rule is told where it does not apply is the truth, which period a name means beside which column, and what is
required of comparatives."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.core.period import duration, instant
from tests.bind.conftest import CLOSE, OPEN, QUARTER, YEAR_AGO, statement
from tests.bind.test_relations import INCOME, Build, checks, decided, reasons

HALF = duration(dt.date(2013, 6, 30), 6)
SECOND = duration(dt.date(2013, 6, 30), 3)
HALF_BEFORE = duration(dt.date(2012, 6, 30), 6)
SECOND_BEFORE = duration(dt.date(2012, 6, 30), 3)
PERIODS = (SECOND, QUARTER, SECOND_BEFORE, HALF, HALF_BEFORE)
SALES = ("Net sales", "20", "16", "12", "36", "23")


def test_a_year_earlier_is_a_year_earlier(release: Build) -> None:
    sales = release(statement("income statement", (SECOND, QUARTER, SECOND_BEFORE), [SALES[:4]]))
    found = checks(sales, "rule x\n    Revenues >= prior Revenues")
    assert [(check.period, [figure.text for figure in check.figures]) for check in found if check.reason is None] == [
        ("3 months to 2013-06-30", ["20", "12"])
    ]
    assert [check.reason for check in found if check.reason] == [
        "Revenues is not reported for 3 months to 2012-03-31",
        "Revenues is not reported for 3 months to 2011-06-30",
    ]


def test_a_balance_that_is_missing_is_missing_at_its_own_day(release: Build) -> None:
    both = release(
        statement("income statement", (QUARTER, YEAR_AGO), [("Net loss", "(2)", "(1)")]),
        statement("balance sheet", (CLOSE, OPEN), [("Accumulated deficit", "(12)", "(10)")], index=1),
    )
    [reason] = reasons(both, "closing Accumulated deficit = opening Accumulated deficit + Net loss")
    assert reason == "Accumulated deficit is not reported for 2012-03-31"


def test_the_quarters_of_a_period_add_up_to_it(release: Build) -> None:
    sales = release(statement("income statement", PERIODS, [SALES]))
    found = checks(sales, "Revenues = sum of quarters of Revenues")
    assert [(check.period, [figure.text for figure in check.figures]) for check in found if check.reason is None] == [
        ("6 months to 2013-06-30", ["36", "20", "16"])
    ]
    said = {check.period: check.reason for check in found if check.reason}
    assert said["6 months to 2012-06-30"] == "the table has no column for 3 months to 2012-03-31"
    assert said["3 months to 2013-06-30"] == "3 months to 2013-06-30 has no quarters to add up"


def test_a_period_that_comes_every_year_is_that_of_the_column_judged(release: Build) -> None:
    sales = release(statement("income statement", PERIODS, [SALES]))
    [check] = decided(sales, "Revenues[six months] = Revenues[Q1] + Revenues[Q2]")
    assert [figure.text for figure in check.figures] == ["36", "16", "20"]


def test_what_is_ambiguous_is_told_apart(release: Build) -> None:
    sales = release(statement("income statement", PERIODS, [SALES]))
    found = reasons(sales, "Revenues >= Revenues[2013] - 5")
    assert (
        "Revenues is ambiguous: “Net sales” (20) for 3 months to 2013-06-30, “Net sales” (16) for 3 months "
        "to 2013-03-31, "
    ) in found[0]


def test_a_word_that_ends_otherwise_is_near(release: Build) -> None:
    [reason] = reasons(
        release(statement("income statement", (QUARTER,), [row[:2] for row in INCOME])),
        "Gross profits = Revenues - Cost of revenues",
    )
    assert reason == "Gross profits is not reported; the nearest caption is “Gross profit”"


def test_a_definition_that_is_stated_again_says_how_the_printed_figure_is_meant(release: Build) -> None:
    income = release(statement("income statement", (QUARTER,), [row[:2] for row in INCOME]))
    [reason] = reasons(
        income,
        "define Gross margin = Gross profit / Revenues as percent\nrule x\n    Gross margin = Gross profit / Net sales",
    )
    assert reason.startswith(
        "Gross margin is defined as just this; Gross margin[as printed] is the figure that the page prints"
    )


def test_a_condition_that_is_not_known_says_what_it_lacks(release: Build) -> None:
    income = release(statement("income statement", (QUARTER,), [row[:2] for row in INCOME]))
    [reason] = reasons(income, "rule x\n    Gross profit = Revenues - Cost of revenues\n    when Freight > 0")
    assert reason == "whether its condition holds is not known: Freight is not reported"


def test_a_bracket_brings_in_its_own_table_and_no_other(release: Build) -> None:
    three = release(
        statement("balance sheet", (CLOSE,), [("Deposits", "500")]),
        statement("notes", (CLOSE,), [("Savings", "500"), ("Total", "500")], index=1),
        statement("notes", (QUARTER,), [("Deposits", "450")], index=2),
    )
    [check] = decided(three, "Deposits = Total[notes]")
    assert [figure.text for figure in check.figures] == ["500", "500"]


class TestRequired:
    """A rule that must apply must apply where the release is about, and only where the rule itself asks."""

    def required(self, release: Build, clauses: str, row: tuple[str, ...] = ("Cash", "500", "400")) -> list[str]:
        balance = release(statement("balance sheet", (CLOSE, OPEN), [row]))
        found = checks(balance, f"rule x\n    Cash >= 300\n    required\n{clauses}")
        return [check.period for check in found if check.reason is not None and check.required]

    def test_a_period_before_it_was_in_force_is_not_asked_for(self, release: Build) -> None:
        assert self.required(release, "    effective from 2013-01-01") == []

    def test_a_condition_that_does_not_hold_asks_for_nothing(self, release: Build) -> None:
        assert self.required(release, "    when Cash > 450") == []

    def test_a_comparative_that_is_not_reported_is_not_asked_for(self, release: Build) -> None:
        assert self.required(release, "", ("Cash", "500", "")) == []

    def test_the_figure_of_the_latest_day_is(self, release: Build) -> None:
        assert self.required(release, "", ("Cash", "", "400")) == ["2013-03-31"]

    @pytest.mark.parametrize("clauses", ["", "    effective from 2012-12-31"])
    def test_a_release_without_the_figures_is_a_finding(self, release: Build, clauses: str) -> None:
        assert len(self.required(release, clauses, ("Receivables", "500", "400"))) == 1

    def test_a_condition_that_is_not_known_excuses_nothing(self, release: Build) -> None:
        assert len(self.required(release, "    when Freight > 0")) == 1

    def test_of_several_periods_that_lack_something_one_that_is_asked_for_speaks(self, release: Build) -> None:
        two = release(
            statement("balance sheet", (OPEN, instant(dt.date(2013, 3, 31))), [("Cash", "4", "5"), ("Debt", "", "")])
        )
        [check] = checks(two, "rule x\n    Cash >= Debt\n    required\n    effective from 2013-01-01")
        assert check.required and check.period == "2013-03-31"
