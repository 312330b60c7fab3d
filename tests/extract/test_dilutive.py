"""Lines between two share counts."""

from __future__ import annotations

import pytest

from checker.core.unit import SHARES
from checker.extract import extract
from checker.read import read

NOTE = """
Earnings per share (in millions, except per share amounts)

| | 2023 | 2022 |
|---|---|---|
| Net income | $ 4,582 | $ 3,712 |
| Weighted average shares outstanding, basic | 1,740.4 | 1,753.9 |
| {caption} | 9.9 | 11.6 |
| Weighted average shares outstanding, diluted | {diluted} | 1,765.5 |
"""


def units(caption: str, diluted: str = "1,750.3") -> set[str]:
    release = extract(read("release.md", NOTE.format(caption=caption, diluted=diluted).encode()))
    return {str(figure.unit) for figure in release.figures if figure.caption == caption}


@pytest.mark.parametrize(
    "caption",
    [
        "Dilutive stock options",
        "Effect of dilutive securities",
        "Plus: incremental warrants",
        "Equity compensation plans",
    ],
)
def test_what_leads_from_basic_to_diluted_shares_is_shares(caption: str) -> None:
    assert units(caption) == {str(SHARES)}
    assert units(caption, "1,705.3") == {str(SHARES)}  # one column that does not add up is for the checks to say


def test_amounts_that_lead_nowhere_stay_money() -> None:
    assert units("Interest on convertible notes", "1,790.1") != set()
    assert units("Dividends paid", "1,790.1") == {"USD"}


def test_the_line_takes_the_scale_of_the_counts() -> None:
    release = extract(read("release.md", NOTE.format(caption="Dilutive stock options", diluted="1,750.3").encode()))
    assert [int(figure.value or 0) for figure in release.figures if figure.caption == "Dilutive stock options"] == [
        9_900_000,
        11_600_000,
    ]
