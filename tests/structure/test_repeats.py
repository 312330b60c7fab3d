"""Amounts printed in several places."""

from __future__ import annotations

from attrs import evolve

from checker.core.statement import Statement
from checker.core.structure import Repeat
from checker.core.unit import SHARES, Unit, money
from checker.structure import infer
from tests.structure.tables import release, statement

DOLLARS = money("USD")
FIRST = """
Notes payable - related parties  696,429  639,286
Net loss  (1,596,280)  (785,951)
"""


def found(first: str, second: str, unit: Unit = DOLLARS) -> tuple[Repeat, ...]:
    return infer(
        release(*(measured(statement(text, place), unit) for place, text in enumerate((first, second))))
    ).repeats


def measured(table: Statement, unit: Unit) -> Statement:
    """The table with all its figures in one unit."""
    lines = (
        evolve(line, figures=tuple(each and evolve(each, unit=unit) for each in line.figures)) for line in table.lines
    )
    return evolve(table, lines=tuple(lines))


def test_the_same_line_in_two_tables_is_paired_period_by_period() -> None:
    assert [each.figures for each in found(FIRST, "Net loss  (1,596,280)  (785,951)")] == [
        ("t0r1c0", "t1r0c0"),
        ("t0r1c1", "t1r0c1"),
    ]


def test_a_slip_in_one_of_two_printings_speaks() -> None:
    pairs = found(FIRST, "Net loss  (1,956,280)  (785,951)")
    assert [bool(each.licensed) for each in pairs] == [False, True]


def test_lines_that_agree_nowhere_are_two_things_under_one_caption() -> None:
    assert found(FIRST, "Notes payable - related parties  4,281,422  4,492,136") == ()


def test_the_coarser_printing_rounds_from_the_finer() -> None:
    assert len(found("Revenues  16,168.4  11,534.7", "Revenues  16,168  11,535")) == 2


def test_another_basis_is_another_amount() -> None:
    assert found("Net income  16,168  11,534", "Non-GAAP net income  16,168  11,999") == ()


def test_a_charge_that_another_table_adds_back_is_the_same_amount_with_the_other_sign() -> None:
    assert [each.turned for each in found(FIRST, "Net loss  1,596,280  785,951")] == [True, True]
    assert [each.turned for each in found(FIRST, "Net loss  (1,596,280)  785,951")] == [False, False]
    assert found("Net loss  (1,596,280)", "Net loss  1,596,280") == ()


QUARTERS = "Shares used in computing loss per share  25,705  25,717  25,530  25,721  25,339"


def test_lines_of_two_bases_are_one_thing_where_a_slip_alone_tells_them_apart() -> None:
    one = statement(QUARTERS.replace("25,530", "2,550"))
    two = statement(QUARTERS, 1)
    titled = evolve(two, title="Pro forma results")
    assert [bool(each.licensed) for each in infer(release(one, titled)).repeats] == [False, False, False, False, True]
    assert infer(release(statement(QUARTERS.replace("25,530", "31,418")), titled)).repeats == ()


def test_two_other_periods_settle_that_lines_of_one_basis_are_one_thing() -> None:
    costs = "Research and development  11,663  12,108  10,975  13,222"
    assert [bool(each.licensed) for each in found(costs, costs.replace("10,975", "24,416"))] == [
        False,
        False,
        False,
        True,
    ]
    three = "Research and development  11,663  12,108  10,975"
    assert [bool(each.licensed) for each in found(three, three.replace("10,975", "24,416"))] == [False, False, True]
    two = "Research and development  11,663  12,108"
    assert not any(each.licensed for each in found(two, two.replace("11,663", "24,416")))
    assert not any(each.licensed for each in found(two, two.replace("11,663", "11,666")))


def test_share_counts_need_a_slip_even_so() -> None:
    shares = "Weighted average basic shares (in thousands)  1,767  1,771  1,768  1,770"
    assert [each.licensed for each in found(shares, shares.replace("1,770", "1,707"), SHARES)][
        -1
    ] == "the two lines agree in 3 other periods"
    assert not any(each.licensed for each in found(shares, shares.replace("1,770", "1,748"), SHARES))


def test_eight_digits_in_another_period_settle_it_too() -> None:
    equity = "Equity attributable to shareholders  2,304,127,603  2,204,511,380"
    pairs = found(equity, equity.replace("2,304,127,603", "2,303,970,425"))
    assert [bool(each.licensed) for each in pairs] == [False, True]
    short = "Equity attributable to shareholders  2,304,127  2,204,511"
    assert not any(each.licensed for each in found(short, short.replace("2,304,127", "2,313,970")))


def test_short_amounts_attest_one_another() -> None:
    taxes = "Income tax expense  1,351  859  523  665"
    assert [bool(each.licensed) for each in found(taxes, taxes.replace("1,351", "135"))] == [False, False, False, True]
    assert found("Income tax expense  1,351  859", "Income tax expense  135  859") == ()


def test_a_sign_that_differs_from_two_other_periods_was_lost() -> None:
    first = "Net loss  (1,596,280)  (785,951)  (690,118)"
    assert [each.licensed for each in found(first, "Net loss  (1,596,280)  785,951  (690,118)")] == [
        "",
        "the two lines print the same sign in 2 other periods",
        "",
    ]
    turned = found(first, "Net loss  1,596,280  (785,951)  690,118")
    assert [bool(each.licensed) for each in turned] == [False, True, False] and all(each.turned for each in turned)
    assert found("Interest  1,596,280", "Interest  (1,596,280)") == ()


def test_the_amount_of_another_period_in_one_of_two_printings_speaks() -> None:
    shares = "Diluted shares outstanding  2,107  2,149  2,113  2,166"
    pairs = found(shares, "Diluted shares outstanding  2,107  2,107  2,113  2,166", SHARES)
    assert [bool(each.licensed) for each in pairs] == [False, False, False, True]
    other = found(shares, "Diluted shares outstanding  2,107  2,131  2,113  2,166", SHARES)
    assert not any(each.licensed for each in other)


def test_a_digit_may_be_dropped_from_an_amount_of_four() -> None:
    pairs = found("Pretax earnings  1,336  1,541", "Pretax earnings  133  1,541")
    assert [bool(each.licensed) for each in pairs] == [False, True]


def test_basic_shares_are_as_many_on_every_basis() -> None:
    shares = "Shares used in basic earnings per share  26,554  26,515  25,928  26,534  25,872"
    assert [bool(each.licensed) for each in found(shares, shares.replace("26,554", "24,189"), SHARES)][-1]
    diluted = shares.replace("basic", "diluted")
    assert not any(each.licensed for each in found(diluted, diluted.replace("26,554", "24,189"), SHARES))


def test_two_other_periods_and_a_slip_are_enough_for_basic_shares() -> None:
    shares = "Shares used in basic earnings per share  26,352  26,371  26,515"
    assert [bool(each.licensed) for each in found(shares, shares.replace("26,352", "26,532"), SHARES)][-1]
    assert not any(each.licensed for each in found(shares, shares.replace("26,352", "24,189"), SHARES))
    diluted = shares.replace("basic", "diluted")
    assert not any(each.licensed for each in found(diluted, diluted.replace("26,352", "26,532"), SHARES))
