"""What captions measure: the prefilter loses nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon import measures

WORDS = st.sampled_from(
    "total net basic diluted weighted average number of shares outstanding per share eps margin rate ratio times price exchange rate claims filed granted "
    "fair value options headcount employees stores rooms hotels at end period yield return on equity interest turnover coverage % percent (in percent) "
    "excluded from diluted square feet barrels sold days sales outstanding denominator used in computing income loss cash cost ads units arpu adr revpar "
    "median mean avg. leverage multiple subscribers branches atms ounces tons gallons locations restaurants combined tax effective rate stock a share".split()
)


@given(st.lists(WORDS, max_size=7).map(" ".join))
def test_the_prefilter_loses_nothing_that_the_patterns_find(caption: str) -> None:
    if measures._measure(caption) != "amount":
        assert measures._MEASURING.search(caption)
    assert measures.measure(caption) == measures._measure(caption)
