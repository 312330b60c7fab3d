"""Two neighbouring lines that print the same are said, unless a total already says that one is too many."""

from __future__ import annotations

from attrs import evolve

from checker.structure import infer
from tests.structure.tables import release, statement


def warned(text: str) -> list[str]:
    return [problem.code for problem in infer(release(evolve(statement(text), kind="income statement"))).problems]


def test_two_equal_neighbours_are_one_warning() -> None:
    assert warned("Revenues  16,168  11,534\nRevenues  16,168  11,534\nStaff costs  3,204  2,918") == ["P201"]


def test_other_amounts_another_caption_or_a_line_between_are_none() -> None:
    assert warned("Revenues  16,168  11,534\nRevenues  16,168  11,543") == []
    assert warned("Revenues  16,168  11,534\nNet revenues  16,168  11,534") == []
    assert warned("Revenues  16,168  11,534\nStaff costs  3,204  2,918\nRevenues  16,168  11,534") == []


def test_lines_of_nothing_and_balances_that_end_one_period_and_open_the_next_are_none() -> None:
    assert warned("Dividends  -  -\nDividends  -  -\nIssues  120  115") == []
    assert warned("Balance at December 31, 2021  90,726  537,342\nBalance at December 31, 2021  90,726  537,342") == []


def test_a_line_that_a_total_counts_once_is_told_there() -> None:
    assert (
        warned(
            "Cash  14,250  12,180\nStocks  10,905  11,240\nStocks  10,905  11,240\nDebtors  3,118  "
            "2,907\nTotal  28,273  26,327"
        )
        == []
    )


def test_the_end_of_a_broken_caption_and_no_caption_at_all_are_the_line_before_too() -> None:
    assert warned("Net deferred income tax assets  2,475  2,254\ntax assets  2,475  2,254\nOther  120  115") == ["P201"]
    assert warned("Cash  120  115\nDebtors  30  20\n.  158,641  114,466\n.  158,641  114,466") == ["P201"]
    assert warned("Adjusted net income  2,475  2,254\nNet income  2,475  2,254\nOther  120  115") == []
    assert warned("Deferred tax assets  2,475  2,475\ntax assets  2,475  2,475\nOther  120  115") == []


def test_a_caption_of_many_lines_is_doubled_where_several_amounts_say_so() -> None:
    assert warned("Basic  0.16  0.02\nDiluted  0.16  0.02\nBasic  9,227  9,222\nBasic  9,227  9,222") == ["P201"]
    assert warned("Gift  2,000  -\nGift  2,000  -\nGift  2,000  -\nGift  1,500  -") == []


def test_a_balance_that_can_only_end_a_period_is_printed_once() -> None:
    text = "Balance at end of period  15,511  14,854\nBalance at end of period  15,511  14,854\nOther  120  115"
    assert warned(text) == ["P201"]


def test_a_list_under_one_name_may_hold_the_same_twice() -> None:
    rows = "\n".join(f"Cummins  36  {amount}" for amount in ("135,150", "39,124", "6,402", "6,402", "4,142", "3,892"))
    assert warned(rows) == []
