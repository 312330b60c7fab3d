"""A parent and its subsidiary print a set of statements each: what one set says is not held against the other."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from checker.bind.index import Lines
from checker.core.release import Release
from tests.bind.conftest import CLOSE, OPEN, QUARTER, YEAR_AGO, Rows, statement
from tests.bind.test_relations import decided, reasons

PERIODS = (QUARTER, YEAR_AGO)
INCOME: Rows = [
    ("Net sales", "640", "602"),
    ("Cost of revenues", "411", "397"),
    ("Gross profit", "229", "205"),
    ("Net income", "88", "71"),
]
CASH: Rows = [("Net income", "88", "71"), ("Depreciation", "40", "38")]
ITS_INCOME: Rows = [
    ("Net sales", "633", "596"),
    ("Cost of revenues", "405", "390"),
    ("Gross profit", "228", "206"),
    ("Net income", "95", "76"),
]
ITS_CASH: Rows = [("Net income", "95", "76"), ("Depreciation", "39", "37")]
SHEET: Rows = [("Retained earnings", "310")]
STARTS = "Net income[cash flow] = Net income[income statement]"

Build = Callable[..., Release]


def said(release: Release, rules: str) -> list[list[str]]:
    return [[figure.text for figure in check.figures] for check in decided(release, rules)]


def test_each_set_is_held_against_itself(release: Build) -> None:
    both = release(
        statement("income statement", PERIODS, INCOME, 0),
        statement("balance sheet", (CLOSE,), SHEET, 1),
        statement("cash flow", PERIODS, CASH, 2),
        statement("income statement", PERIODS, ITS_INCOME, 3),
        statement("balance sheet", (CLOSE,), SHEET, 4),
        statement("cash flow", PERIODS, ITS_CASH, 5),
    )
    assert said(both, STARTS) == [["88", "88"], ["71", "71"], ["95", "95"], ["76", "76"]]
    assert said(both, "Gross profit = Revenues - Cost of revenues") == [
        ["229", "640", "411"],
        ["205", "602", "397"],
        ["228", "633", "405"],
        ["206", "596", "390"],
    ]


def test_a_set_without_a_statement_does_not_borrow_that_of_another_set_that_is_whole(release: Build) -> None:
    both = release(
        statement("income statement", PERIODS, INCOME, 0),
        statement("income statement", PERIODS, ITS_INCOME, 1),
        statement("cash flow", PERIODS, ITS_CASH, 2),
    )
    assert said(both, STARTS) == [["95", "95"], ["76", "76"]]


def test_a_quarter_in_a_table_of_its_own_is_no_set_of_its_own(release: Build) -> None:
    apart = release(
        statement("income statement", (YEAR_AGO,), [(caption, before) for caption, _, before in INCOME], 0),
        statement("income statement", (QUARTER,), [(caption, now) for caption, now, _ in INCOME], 1),
        statement("cash flow", PERIODS, CASH, 2),
    )
    assert sorted(said(apart, STARTS)) == [["71", "71"], ["88", "88"]]


def test_statements_printed_again_are_not_checked_again(release: Build) -> None:
    again = release(
        statement("income statement", PERIODS, INCOME, 0),
        statement("balance sheet", (CLOSE,), SHEET, 1),
        statement("income statement", PERIODS, INCOME, 2),
    )
    assert len(decided(again, "Gross profit = Revenues - Cost of revenues")) == 2
    assert reasons(again, STARTS)


def test_a_note_that_repeats_a_few_lines_begins_no_set(release: Build) -> None:
    note: Rows = [("Net income", "88", "71"), ("Dividends", "3", "2")]
    assert Lines(
        release(statement("income statement", PERIODS, INCOME, 0), statement("income statement", PERIODS, note, 1))
    ).sets == {0: 0, 1: 0}


def test_the_second_half_of_a_statement_begins_no_set(release: Build) -> None:
    assets: Rows = [("Cash", "120"), ("Inventories", "80"), ("Other", "5")]
    claims: Rows = [("Payables", "90"), ("Other", "5"), ("Retained earnings", "110")]
    assert Lines(
        release(statement("balance sheet", (CLOSE,), assets, 0), statement("balance sheet", (CLOSE,), claims, 1))
    ).sets == {0: 0, 1: 0}
    assert Lines(
        release(statement("balance sheet", (CLOSE,), assets, 0), statement("balance sheet", (OPEN,), assets, 1))
    ).sets == {0: 0, 1: 0}
    assert Lines(
        release(statement("balance sheet", (CLOSE,), assets, 0), statement("balance sheet", (CLOSE,), assets, 1))
    ).sets == {0: 0, 1: 1}


def test_of_two_sets_the_own_one_is_asked(release: Build) -> None:
    parts = release(
        statement("income statement", PERIODS, INCOME, 0),
        statement("balance sheet", (CLOSE,), SHEET, 1),
        statement("income statement", PERIODS, ITS_INCOME, 2),
        statement("cash flow", PERIODS, ITS_CASH, 3),
    )
    assert said(parts, STARTS) == [["95", "95"], ["76", "76"]]
    assert said(parts, "Net income[cash flow] + Depreciation[cash flow] = Gross profit[income statement] - 94") == [
        ["95", "39", "228"],
        ["76", "37", "206"],
    ]
    assert said(parts, "closing Retained earnings[balance sheet] = Net income[cash flow] + 215") == [["310", "95"]]


def test_a_set_lends_its_statement_for_a_period_in_which_it_has_no_twin(release: Build) -> None:
    parts = release(
        statement("income statement", PERIODS, ITS_INCOME, 0),
        statement("income statement", (QUARTER,), [(caption, now) for caption, now, _ in ITS_INCOME], 1),
        statement("cash flow", PERIODS, ITS_CASH, 2),
    )
    both = "Gross profit[income statement] + Net income[income statement] = Net income[cash flow] + 206"
    assert sorted(said(parts, both)) == [["206", "76", "76"], ["228", "95", "95"]]


def test_a_summary_is_of_no_set(release: Build) -> None:
    summary = evolve(statement("income statement", PERIODS, INCOME, 1), summary=True)
    assert Lines(release(statement("income statement", PERIODS, INCOME, 0), summary)).sets == {0: 0}
