"""Lines that stand among those of a sum and belong to no term of it: when they keep it silent, when they cannot be what
it lacks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bind.closed import Stray, could_explain
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

RULE = "us-gaap/balance-sheet/liabilities-and-equity"

TEXT = """\
BALANCE SHEET
(in thousands)

                                          December 31, 2041
Total assets                                          3,486
Accounts payable                                        700
Accrued liabilities                                     386
Total liabilities                                     1,086
{between}Common stock                                            400
Retained earnings                                     2,000
Total {owners} equity                             {equity}
Total liabilities and {owners} equity             3,486
"""
PAGE = """\
## Haldene Works: December 31, 2041

| Section | Subsection | Item | Value |
|---|---|---|---|
| Assets |  | Total assets | 3486 |
| Liabilities | Current_Liabilities | Accounts payable | 700 |
| Liabilities | Current_Liabilities | Accrued liabilities | 386 |
| Liabilities |  | Total liabilities | 1086 |
| Equity | Stockholders_Equity | Common stock | 400 |
| Equity | Stockholders_Equity | Retained earnings | 2000 |
| Equity |  | Total {owners} equity | {equity} |
| Total liabilities and equity |  | {whole} | 3486 |
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load([])


def said(path: str, text: str, rule: str, book: Rulebook) -> list[tuple[str, str | None]]:
    """What a rule decided, and how loud."""
    return [
        (one.verdict, one.severity)
        for one in check(path, text.encode(), book).findings
        if rule in (one.check.rule, *one.check.also) and one.verdict != "not applicable"
    ]


@pytest.mark.parametrize("owners", ["stockholders'", "shareholders'"])
def test_a_wrong_total_of_equity_does_not_make_strays_of_its_own_lines(owners: str, book: Rulebook) -> None:
    for equity, verdict in (("2,400", ("agrees", None)), ("2,913", ("violation", "error"))):
        text = TEXT.format(owners=owners, equity=equity, between="")
        assert said("a.txt", text, RULE, book) == [verdict]
        page = PAGE.format(
            owners=owners, equity=equity.replace(",", ""), whole=f"Total liabilities and {owners} equity"
        )
        assert said("a.md", page, RULE, book) == [verdict]


def test_a_line_between_that_is_what_the_sum_lacks_keeps_it_silent(book: Rulebook) -> None:
    between = "Deferred gain on the sale of a plant                    310\n"
    text = TEXT.format(owners="stockholders'", equity="2,090", between=between)
    assert said("a.txt", text, RULE, book) == []


def test_a_bare_total_is_of_the_section_that_is_its_own(book: Rulebook) -> None:
    rule = "us-gaap/balance-sheet/balance"
    page = PAGE.format(owners="stockholders'", equity="2400", whole="Total")
    assert said("a.md", page, rule, book) == [("agrees", None)]
    assert said("a.md", page.replace("| Total | 3486", "| Total | 3846"), rule, book) == [("violation", "error")]


STRAYS = st.lists(st.integers(-9999, 9999).filter(bool), min_size=1, max_size=8)


@given(STRAYS, st.data())
def test_any_choice_of_the_lines_left_out_explains_what_they_come_to(amounts: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(amounts))), min_size=1, unique=True))
    strays = [Stray("line", Decimal(amount), Decimal(1)) for amount in amounts]
    residual = Decimal(sum(amounts[at] for at in chosen))
    assert could_explain(strays, residual, Decimal(3))
    assert could_explain(strays, -residual, Decimal(3))


def test_what_is_farther_off_than_all_of_them_is_not_explained() -> None:
    strays = [Stray("one", Decimal(40), Decimal(1)), Stray("two", Decimal(-7), Decimal(1))]
    assert not could_explain(strays, Decimal(60), Decimal(3))
    assert could_explain([*strays, Stray("a line that was not read")], Decimal(60), Decimal(3))


def test_two_totals_that_are_one_amount_are_not_parted_by_rounding(book: Rulebook) -> None:
    rule = "us-gaap/balance-sheet/balance"
    page = PAGE.format(owners="stockholders'", equity="2400", whole="Total")
    assert said("a.md", page.replace("| Total | 3486", "| Total | 3485"), rule, book) == [("violation", "error")]
    tenths = page.replace("| Total assets | 3486", "| Total assets | 348.6").replace(
        "| Total | 3486", "| Total | 348.5"
    )
    assert said("a.md", tenths, rule, book) == [("rounding", "note")]
