"""Sums across the lines of a table."""

from __future__ import annotations

from tests.structure.tables import licensed, sums

HEADS = ("Retail", "Wholesale", "Eliminations", "Total")
SEGMENTS = """
Revenues  41,302  27,455  (1,204)  67,553
Cost of sales  30,118  19,770  (1,204)  48,684
Depreciation  2,745  1,933  -  4,678
Operating income  8,439  5,752  -  14,191
Assets  88,217  61,090  (7,350)  141,957
"""


def test_segments_and_eliminations_make_the_total() -> None:
    (found,) = [each for each in sums(SEGMENTS, HEADS) if each.kind == "row total"]
    assert found.relation == "Total = Retail + Wholesale + Eliminations"
    assert len(found.instances) == 5


def test_three_lines_are_no_witness() -> None:
    assert not [each for each in sums("\n".join(SEGMENTS.strip().splitlines()[:3]), HEADS) if each.kind == "row total"]


def test_one_mistyped_figure_is_seen_in_its_line() -> None:
    (instance,) = [
        each for each in licensed(sums(SEGMENTS.replace("61,090", "16,090"), HEADS)) if "slip" in each.licensed
    ]
    assert instance.total == "t0r4c3"


ACCOUNTS = ("Balance at beginning of year", "Charged to costs and expenses", "Deductions", "Balance at end of year")
SCHEDULE = """
Allowance for doubtful accounts 2023  1,204  318  207  1,315
Allowance for doubtful accounts 2022  1,077  409  282  1,204
Allowance for doubtful accounts 2021  964  251  138  1,077
"""


def test_a_schedule_carries_a_balance_along_each_line() -> None:
    (found,) = sums(SCHEDULE, ACCOUNTS)
    assert (
        found.relation
        == "Balance at end of year = Balance at beginning of year + Charged to costs and expenses - Deductions"
    )
    assert all(instance.holds for instance in found.instances)


def test_a_mistyped_deduction_is_seen_against_the_other_years() -> None:
    (instance,) = licensed(sums(SCHEDULE.replace("282", "228"), ACCOUNTS))
    assert instance.total == "t0r1c3"


def test_heads_that_name_no_balances_carry_none() -> None:
    assert not sums(SCHEDULE, ("Stores", "Opened", "Closed", "Employees"))


def test_columns_that_print_the_same_cancel_and_make_no_sum() -> None:
    """A company and its group, of this year and the last: where the subsidiary did nothing, its columns are those of
    the company."""
    expenses = "\n".join(
        f"Item {at}  {this}  {last}  {this}  {last if at else last - 49_027}"
        for at, (this, last) in enumerate(
            ((4_918, 59_812), (1_200, 1_250), (405, 371), (4_412, 1_087), (250, 1_399), (360, 330), (1_124, 1_784))
        )
    )
    heads = ("Company", "Company before", "Group", "Group before")
    assert not [each for each in sums(expenses, heads) if each.kind == "row total"]
