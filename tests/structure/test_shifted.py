"""A column whose amounts moved up by a line: its total prints nothing, and the line above it is the sum."""

from __future__ import annotations

import pytest

from checker.structure import infer
from tests.structure.tables import release, slips, statement

SHEET = """
Total assets  61,432,118  48,300,905
Share capital  1,005,400  812,300
Reserves  54,275,968  42,490,005
Total equity  55,281,368  43,302,305
Accounts payable  2,410,350  1,640,200
Tax liabilities  {tax}  210,300
Other liabilities  {other}  2,640,100
Accrued expenses  {accrued}  508,000
Total equity and liabilities  {total}  48,300,905
"""
COSTS = """
Wages  {wages}  41,205  39,870
Rent  {rent}  8,310  8,120
Energy  {energy}  3,775  2,990
Other  {other}  902  1,115
Total costs  {total}  54,192  52,095
"""


def told(text: str) -> list[str]:
    return [f"{one.code} {one.message}" for one in infer(release(statement(text))).problems]


def test_a_column_that_moved_up_is_told_from_the_line_that_lost_its_amount_on() -> None:
    (said,) = told(SHEET.format(tax="3,215,400", other="525,000", accrued="61,432,118", total="."))
    assert (
        said.startswith("P204 ") and "from “Tax liabilities” on: what “Total equity and liabilities” comes to" in said
    )


@pytest.mark.parametrize(
    ("wages", "rent", "energy", "first"),
    [("8,455", "4,120", "877", "Wages"), ("42,950", "4,120", "877", "Rent"), ("42,950", "8,455", "877", "Energy")],
)
def test_wherever_it_begins(wages: str, rent: str, energy: str, first: str) -> None:
    whole = sum(int(one.replace(",", "")) for one in (wages, rent, energy))
    (said,) = told(COSTS.format(wages=wages, rent=rent, energy=energy, other=f"{whole:,}", total="."))
    assert f"from “{first}” on" in said


def test_no_figure_of_the_other_columns_is_accused() -> None:
    table = release(statement(SHEET.format(tax="3,215,400", other="525,000", accrued="61,432,118", total=".")))
    assert slips(infer(table).sums) == []


@pytest.mark.parametrize("total", [".", "61,432,118"])
def test_a_total_that_is_printed_or_not_made_above_itself_is_none(total: str) -> None:
    table = SHEET.format(tax="210,000", other="3,005,400", accrued="525,000", total=total)
    assert not [one for one in told(table) if one.startswith("P204")]
