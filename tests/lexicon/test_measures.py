"""What captions measure: the prefilter loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import measures

WORDS = st.sampled_from(
    "total net basic diluted weighted average number of shares outstanding per share eps margin rate ratio times price"
    " exchange rate claims filed granted fair value options headcount employees stores rooms hotels at end period yield"
    " return on equity interest turnover coverage % percent (in percent) excluded from diluted square feet barrels sold"
    " days sales outstanding denominator used in computing income loss cash cost ads units arpu adr revpar median mean"
    " avg. leverage multiple subscribers branches atms ounces tons gallons locations restaurants combined tax effective"
    " rate stock a share".split()
)


@given(st.lists(WORDS, max_size=7).map(" ".join))
def test_the_prefilter_loses_nothing_that_the_patterns_find(caption: str) -> None:
    if measures._measure(caption) != "amount":
        assert measures._MEASURING.search(caption)
    assert measures.measure(caption) == measures._measure(caption)


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Basic Earnings Per Share Weighted- Average Shares Outstanding (B)", "shares"),
        ("Basic Earnings Per Share", "per share"),
        ("Less than 12 months Number of Securities", "count"),
        ("Number of shares", "shares"),
        ("Common Stock Number", "shares"),
    ],
)
def test_what_a_head_measures(head: str, role: str) -> None:
    assert measures.head_role(head) == role


def test_what_earnings_are_divided_by_no_shares_yet_is_an_amount() -> None:
    assert (
        measures.measure("Net earnings (loss) for basic earnings (loss) per share attributable to the company")
        == "amount"
    )
    assert measures.measure("Net earnings (loss) per basic share") == "per share"


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("Turnover", "amount"),
        ("Group turnover", "amount"),
        ("Total turnover", "amount"),
        ("Cost of turnover", "amount"),
        ("Inventory turnover", "ratio"),
        ("Asset turnover", "ratio"),
        ("Stock turnover ratio", "ratio"),
        ("Turnover (x)", "ratio"),
        ("Turnover rate", "ratio"),
    ],
)
def test_turnover_is_revenue_unless_something_is_turned_over(caption: str, role: str) -> None:
    assert measures.measure(caption) == role


@pytest.mark.parametrize(
    ("caption", "role"),
    [
        ("Screens per theatre", "average"),
        ("Revenue per available room", "average"),
        ("Sales per square foot", "average"),
        ("Net income per employee", "average"),
        ("Balance per bank statement", "amount"),
        ("Equity per consolidated balance sheet", "amount"),
    ],
)
def test_what_is_so_much_for_each_of_something_adds_up_to_nothing(caption: str, role: str) -> None:
    assert measures.measure(caption) == role


@pytest.mark.parametrize(
    "rate", ["per share: $3.53", "($0.20 per share)", "per common share of $0.20", "per ADS – US$1.1"]
)
def test_a_caption_that_states_its_rate_prints_amounts(rate: str) -> None:
    assert measures.measure(f"Cash dividends declared {rate}") == "amount"
    assert measures.measure("Cash dividends declared per share") == "per share"


def test_a_purchase_price_that_is_allocated_is_an_amount() -> None:
    assert measures.measure("Purchase price contingent consideration") == "amount"
    assert measures.measure("Purchase price allocation adjustments") == "amount"
    assert measures.measure("Average purchase price") == "price"


@pytest.mark.parametrize(
    ("caption", "both"),
    [
        ("EBITDA, EBIT, net income and EPS", True),
        ("Adjusted EBIT, Net income, and diluted EPS", True),
        ("Adjusted net earnings and EPS", True),
        ("Earnings per share", False),
        ("Basic and diluted EPS", False),
        ("Weighted average exercise price per share", False),
    ],
)
def test_a_caption_may_name_an_amount_and_what_it_comes_to_for_a_share(caption: str, both: bool) -> None:
    assert measures.several(caption) is both
