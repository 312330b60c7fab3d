"""A line printed with its columns exchanged breaks a relation in both periods, and is no other make-up of the
statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checker.bind import bind
from checker.core.period import duration
from checker.core.release import Release
from checker.language import parse, resolve
from tests.bind.conftest import QUARTER, YEAR_AGO, Rows, statement
from tests.bind.test_relations import CONCEPTS

YEARS_AGO = duration(dt.date(2011, 3, 31), 3)
Build = Callable[..., Release]
RULE = "Gross profit = Revenues - Cost of revenues"


def unlicensed(release: Release) -> list[str | None]:
    """Why each column stays a note, for a rule that comes with the program."""
    book = resolve(
        [parse(CONCEPTS, "concepts.rules", "concepts", shipped=True), parse(RULE, "pack.rules", "pack", shipped=True)]
    )
    return [check.unlicensed for check in bind(release, book) if check.reason is None]


def income(revenues: tuple[str, str], cost: tuple[str, str], profit: tuple[str, str]) -> Rows:
    """Two quarters of an income statement."""
    return [("Net sales", *revenues), ("Cost of revenues", *cost), ("Gross profit", *profit)]


@pytest.mark.parametrize(
    "rows",
    [
        income(("11,534,705", "16,168,421"), ("11,751,596", "10,044,760"), ("4,416,825", "1,489,945")),
        income(("16,168,421", "11,534,705"), ("10,044,760", "11,751,596"), ("4,416,825", "1,489,945")),
        income(("16,168,421", "11,534,705"), ("11,751,596", "10,044,760"), ("1,489,945", "4,416,825")),
        income(("16.168", "11.535"), ("11.752", "10.045"), ("1.490", "4.417")),
    ],
)
def test_any_line_of_it_with_its_columns_exchanged_speaks_in_both(release: Build, rows: Rows) -> None:
    assert unlicensed(release(statement("income statement", (QUARTER, YEAR_AGO), rows))) == [None, None]


@pytest.mark.parametrize(
    "rows",
    [
        income(
            ("16,168,421", "11,534,705"), ("11,751,596", "10,044,760"), ("4,516,825", "1,589,945")
        ),  # both off by the same amount, the same way
        income(
            ("16,168,421", "11,534,705"), ("11,751,596", "10,044,760"), ("4,516,825", "1,389,945")
        ),  # opposite, but no line's difference
        income(("10", "16"), ("12", "9"), ("4", "1")),  # so small an amount is a coincidence
        income(
            ("16,168,421", "11,534,705"), ("11,751,596", "10,044,760"), ("1,489,945", "4,516,825")
        ),  # one column is wrong besides
    ],
)
def test_what_is_broken_twice_otherwise_stays_a_note(release: Build, rows: Rows) -> None:
    assert all(unlicensed(release(statement("income statement", (QUARTER, YEAR_AGO), rows))))


def test_a_third_period_that_is_broken_too_takes_the_licence(release: Build) -> None:
    two = income(("11,534,705", "16,168,421"), ("11,751,596", "10,044,760"), ("4,416,825", "1,489,945"))
    rows: Rows = [(*row, amount) for row, amount in zip(two, ("15", "9", "4"), strict=True)]
    assert all(unlicensed(release(statement("income statement", (QUARTER, YEAR_AGO, YEARS_AGO), rows))))
