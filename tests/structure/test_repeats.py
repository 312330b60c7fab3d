"""Amounts printed in several places."""

from __future__ import annotations

from checker.core.structure import Repeat
from checker.structure import infer
from tests.structure.tables import release, statement

FIRST = """
Notes payable - related parties  696,429  639,286
Net loss  (1,596,280)  (785,951)
"""


def found(first: str, second: str) -> tuple[Repeat, ...]:
    return infer(release(statement(first), statement(second, 1))).repeats


def test_the_same_line_in_two_tables_is_paired_period_by_period() -> None:
    assert [each.figures for each in found(FIRST, "Net loss  (1,596,280)  (785,951)")] == [("t0r1c0", "t1r0c0"), ("t0r1c1", "t1r0c1")]


def test_a_slip_in_one_of_two_printings_speaks() -> None:
    pairs = found(FIRST, "Net loss  (1,956,280)  (785,951)")
    assert [bool(each.licensed) for each in pairs] == [False, True]


def test_lines_that_agree_nowhere_are_two_things_under_one_caption() -> None:
    assert found(FIRST, "Notes payable - related parties  4,281,422  4,492,136") == ()


def test_the_coarser_printing_rounds_from_the_finer() -> None:
    assert len(found("Revenues  16,168.4  11,534.7", "Revenues  16,168  11,535")) == 2


def test_another_basis_is_another_amount() -> None:
    assert found("Net income  16,168  11,534", "Non-GAAP net income  16,168  11,999") == ()
