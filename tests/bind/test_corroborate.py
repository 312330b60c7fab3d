"""Two relations that break on one figure by the same amount are believed together, and only then."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from checker.core.check import Check
from checker.core.expression import Add, Variable
from checker.core.release import Release
from checker.judge.corroborate import corroborate
from tests.bind.conftest import QUARTER, statement

Build = Callable[..., Release]


def check(release: Release, total: int, parts: tuple[int, ...]) -> Check:
    """`line total = sum of lines` as an inferred check that lacks a licence but holds in another column."""
    figures = [release.figures[number] for number in (total, *parts)]
    right = Add(tuple(Variable(figure.id) for figure in figures[1:]))
    said = Check(
        "structure/sums/totals", "", f"{total} = {parts}", "inferred", "", unlicensed="only inferred", confirmed=1
    )
    return evolve(said, left=Variable(figures[0].id), right=right, figures=tuple(figures))


def lines(*amounts: str) -> list[tuple[str, ...]]:
    return [(f"Line {number}", amount) for number, amount in enumerate(amounts)]


def unlicensed(*checks: Check) -> list[bool]:
    return [one.unlicensed is not None for one in corroborate(checks)]


def test_the_same_demand_from_two_relations_is_believed(release: Build) -> None:
    found = release(
        statement(None, (QUARTER,), lines("500,000", "200,000", "333,000", "633,000", "300,000"))
    )  # line 2 should read 300,000
    assert unlicensed(check(found, 0, (1, 2)), check(found, 3, (2, 4))) == [True, True]
    found = release(statement(None, (QUARTER,), lines("500,000", "200,000", "333,000", "600,000", "300,000")))
    assert unlicensed(check(found, 0, (1, 2)), check(found, 3, (2, 4))) == [False, False]


def test_different_demands_stay_notes(release: Build) -> None:
    found = release(statement(None, (QUARTER,), lines("500,000", "200,000", "333,000", "700,000", "300,000")))
    assert unlicensed(check(found, 0, (1, 2)), check(found, 3, (2, 4))) == [True, True]


def test_a_relation_that_holds_vetoes_the_demand(release: Build) -> None:
    found = release(
        statement(None, (QUARTER,), lines("500,000", "200,000", "333,000", "600,000", "300,000", "333,000"))
    )
    holding = evolve(check(found, 5, (2,)), unlicensed=None)
    assert unlicensed(check(found, 0, (1, 2)), check(found, 3, (2, 4)), holding) == [True, True, False]


def test_what_holds_nowhere_else_is_not_heard(release: Build) -> None:
    found = release(statement(None, (QUARTER,), lines("500,000", "200,000", "333,000", "600,000", "300,000")))
    assert unlicensed(evolve(check(found, 0, (1, 2)), confirmed=0), check(found, 3, (2, 4))) == [True, True]


def test_a_second_printing_and_a_sum_that_miss_by_a_few_units_are_believed_where_one_slip_repairs_both(
    release: Build,
) -> None:
    found = release(statement(None, (QUARTER,), lines("1,871", "490", "1,388", "1,381")))
    assert unlicensed(check(found, 0, (1, 2)), evolve(check(found, 3, (2,)), confirmed=0)) == [False, False]
    found = release(statement(None, (QUARTER,), lines("1,945", "490", "1,388", "1,455")))
    assert unlicensed(check(found, 0, (1, 2)), evolve(check(found, 3, (2,)), confirmed=0)) == [True, True]
    found = release(statement(None, (QUARTER,), lines("1,871", "490", "1,388", "1,384")))
    assert unlicensed(check(found, 0, (1, 2)), evolve(check(found, 3, (2,)), confirmed=0)) == [True, True]
