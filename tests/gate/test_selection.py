"""Which rules run: chosen by id, by the end of it, or by a glob."""

from __future__ import annotations

from checker.core.rule import Rule, Rulebook
from checker.gate.selection import Selection, choose

IDS = (
    "us-gaap/income-statement/gross-profit",
    "us-gaap/income-statement/net-income",
    "us-gaap/cash-flow/net-income",
    "house/gross-margin",
)
BOOK = Rulebook(rules=tuple(Rule(name, "", ()) for name in IDS))


def chosen(**patterns: tuple[str, ...]) -> tuple[str, ...]:
    book = choose(BOOK, Selection(**patterns))
    assert not book.problems
    return tuple(rule.id for rule in book.rules)


def test_nothing_selected_is_everything() -> None:
    assert chosen() == IDS


def test_a_whole_id_a_tail_and_a_glob() -> None:
    assert chosen(select=("house/gross-margin",)) == IDS[3:]
    assert chosen(select=("gross-profit",)) == IDS[:1]
    assert chosen(select=("us-gaap/*",)) == IDS[:3]
    assert chosen(select=("*/net-income",)) == IDS[1:3]


def test_what_is_ignored_does_not_run() -> None:
    assert chosen(ignore=("us-gaap/*",)) == IDS[3:]
    assert chosen(select=("us-gaap/*",), ignore=("gross-profit",)) == IDS[1:3]


def test_what_is_required_runs_and_must_apply() -> None:
    book = choose(BOOK, Selection(select=("gross-profit",), require=("gross-margin",)))
    assert [(rule.id, rule.clauses.required) for rule in book.rules] == [(IDS[0], False), (IDS[3], True)]


def test_a_pattern_that_fits_nothing_is_an_error_with_the_nearest_id() -> None:
    book = choose(BOOK, Selection(select=("gros-profit",)))
    assert book.faulty
    assert book.problems[0].help == "did you mean us-gaap/income-statement/gross-profit?"


def test_a_tail_that_fits_several_is_an_error_that_names_them() -> None:
    book = choose(BOOK, Selection(ignore=("net-income",)))
    assert book.faulty
    assert IDS[1] in book.problems[0].message and IDS[2] in book.problems[0].message
