"""When a broken sum may be called a violation, and when it is our misreading."""

from __future__ import annotations

import pytest

from tests.structure.tables import licensed, relations, sums
from tests.structure.test_down import INCOME


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("11,751,596", "11,571,596"), ("4,416,825", "4,416,325"), ("4,267,597", "426,797"), ("(236,074)", "(263,074)"), ("2,051,142", "2,015,142")],
)
def test_a_keying_slip_in_one_column_speaks(printed: str, typed: str) -> None:
    assert licensed(sums(INCOME)) == []
    assert licensed(sums(INCOME.replace(printed, typed)))


def test_a_structure_broken_in_both_columns_is_our_misreading() -> None:
    assert licensed(sums(INCOME.replace("849,915", "849,951").replace("98,223", "98,322"))) == []


def test_a_residual_printed_elsewhere_in_the_column_is_a_misread_structure() -> None:
    table = """
        North  12,345  10,987
        South  4,321  3,204
        West  7,113  8,224
        Total regions  23,779  {total}
        Head office  1,000  2,030
        """
    assert licensed(sums(table.format(total="24,445"))) == []


def test_an_average_among_sums_is_silent() -> None:
    assert licensed(sums("""
        October  931,113  84.65  931,113
        November  800,432  89.92  790,111
        December  772,004  92.59  700,350
        Total  2,503,549  89.66  2,421,574
        """, ("Shares purchased", "Average price paid", "Under the plan"))) == []


def test_a_difference_of_a_few_units_is_rounding() -> None:
    assert licensed(sums(INCOME.replace("2,149,365", "2,149,367"))) == []


def test_a_column_of_percentages_without_signs_never_speaks() -> None:
    table = """
        License and subscription  12,118  6,620  83  76
        Maintenance  8,430  7,512  12  15
        Services  3,001  3,044  (1)  11
        Total cost of revenue  23,549  17,176  37  27
        """
    assert licensed(sums(table)) == []


def test_a_sum_of_one_column_is_never_confirmed_by_itself() -> None:
    table = """
        North  12,345
        South  4,321
        Total  16,768
        """
    assert licensed(sums(table)) == []
    assert relations(table) == [] or not licensed(sums(table))


def test_a_wrong_subtotal_is_asked_for_by_both_of_its_sums() -> None:
    reasons = [instance.licensed for instance in licensed(sums(INCOME.replace("5,117,512", "6,840,903")))]
    assert len(reasons) == 2
    assert all("another sum misses by as much" in reason for reason in reasons)


def test_an_addend_that_is_not_printed_leaves_no_instance() -> None:
    (found,) = sums("""
        North  12,345  10,987  9,001
        South  .  3,204  2,715
        West  7,113  8,224  6,630
        Total  23,779  22,415  18,346
        """)
    assert [instance.total for instance in found.instances] == ["t0r3c1", "t0r3c2"]


def test_a_line_the_sum_could_take_in_without_breaking_elsewhere_explains_it() -> None:
    assert licensed(sums("""
        Discontinued  4,250  -  -
        Operations:
        North  12,345  10,987  9,001
        West  7,113  8,224  6,630
        Total operations  23,708  19,211  15,631
        """)) == []
