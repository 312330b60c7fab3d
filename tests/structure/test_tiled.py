"""Purchases month by month and their quarter: one column is enough, for the captions say that the months are all."""

from __future__ import annotations

import pytest

from checker.core.report import Checked
from checker.language import load
from checker.pipeline import check

LIBRARY = load([])
HEADS = (
    "| Period | Total Number of Shares Purchased | Average Price Paid per Share | Shares Purchased as Part of Publicly "
    "Announced Programs | Maximum Number of Shares that May Yet Be Purchased |\n|---|---|---|---|---|\n"
)
MONTHS = [
    ("{0}, 2031", "8,774", "69.58", "—", "6,919,004"),
    ("{1}, 2031", "13,363,617", "67.98", "13,310,986", "6,014,112"),
    ("{2}, 2031", "74,267", "64.69", "—", "6,014,112"),
]
DAYS = ("April 1 to 30", "May 1 to 31", "June 1 to 30")


def page(total: str = "13,446,658", caption: str = "Total", days: tuple[str, str, str] = DAYS) -> str:
    rows = "".join(f"| {name.format(*days)} | {' | '.join(cells)} |\n" for name, *cells in MONTHS)
    return f"# Purchases\n\n{HEADS}{rows}| {caption} | {total} | | 13,310,986 | 6,014,112 |\n"


def violations(text: str) -> list[str | None]:
    checked: Checked = check("purchases.md", text.encode(), LIBRARY)
    return [one.severity for one in checked.findings if one.verdict == "violation" and one.severity != "note"]


@pytest.mark.parametrize("caption", ["Total", "Three months ended June 30, 2031", "April 1 - June 30, 2031"])
def test_a_slip_in_the_one_column_with_several_purchases_is_an_error(caption: str) -> None:
    assert violations(page(caption=caption)) == []
    assert violations(page("13,446,558", caption)) == ["error"]


def test_another_amount_that_no_slip_explains_is_a_warning() -> None:
    assert violations(page("17,291,003")) == ["warning"]


@pytest.mark.parametrize("days", [("April 1 to 30", "May 1 to 31", "July 1 to 31"), ("Plan A", "Plan B", "Plan C")])
def test_months_that_do_not_follow_one_another_say_nothing(days: tuple[str, str, str]) -> None:
    assert violations(page("17,291,003", days=days)) == []
