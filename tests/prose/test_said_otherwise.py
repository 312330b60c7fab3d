"""The same claims in the words of other issuers: where the period stands first, where a change is said sequentially,
where margins expand, where an amount is so much lower."""

from __future__ import annotations

from functools import cache

import pytest

from checker.bind.claims import bind_claims
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

_ANNUAL = """Ostrava Group

{sentence}

Consolidated statement of profit or loss (EUR thousand)

| | Year ended 30 November 2019 | Year ended 30 November 2018 |
|---|---|---|
| Turnover | 78,415 | 74,220 |
| Operating costs | (70,110) | (66,905) |
| Operating profit | 8,305 | 7,315 |
| Finance costs | (420) | (390) |
| Profit before tax | 7,885 | 6,925 |
"""
_QUARTER = """Lumen Devices Announces Results for Second Quarter Fiscal 2027

{sentence}

LUMEN DEVICES, INC. CONDENSED CONSOLIDATED STATEMENTS OF INCOME (In millions, except per share data)

| | Three Months Ended | |
|---|---|---|
| | July 26, 2026 | July 27, 2025 |
| Net revenue | $ 8,115 | $ 5,700 |
| Cost of revenue | 3,210 | 2,480 |
| Gross profit | 4,905 | 3,220 |
| Operating expenses | 1,715 | 1,500 |
| Operating income | 3,190 | 1,720 |
| Other income, net | 110 | 80 |
| Income tax expense | 495 | 270 |
| Net income | $ 2,805 | $ 1,530 |
| Net income per share, diluted | $ 1.38 | $ 0.77 |
"""


@cache
def _rulebook() -> Rulebook:
    return load((), True)


def _said(page: str, sentence: str) -> tuple[list[str], list[str]]:
    """The relations that errors break and those that hold."""
    release = extract(read("release.md", page.format(sentence=sentence).encode()))
    found = evaluate(bind_claims(release, _rulebook()))
    broken = [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"]
    return broken, [one.check.relation for one in found if one.verdict in ("agrees", "rounding")]


@pytest.mark.parametrize(
    ("page", "sentence", "wrong"),
    [
        (_ANNUAL, "For the year ended 30th November 2019, turnover amounted to €87.4 million.", "87.4"),
        (_ANNUAL, "Turnover for the year ended 30.11.2019 was €87.4 million.", "87.4"),
        (_ANNUAL, "Turnover for the year ended 30-Nov-2019 was €87.4 million.", "87.4"),
        (_ANNUAL, "In the year ended 30 November 2019 turnover came to €87.4 million.", "87.4"),
        (
            _ANNUAL,
            "Operating profit for the year ended 30 November 2019 was €8.3 million, €9.9 million higher than in the "
            "year before.",
            "9.9",
        ),
        (
            _QUARTER,
            "Net revenue for the second quarter ended July 26, 2026, was $8.12 billion, up 9% sequentially and up 52% "
            "from a year ago.",
            "52%",
        ),
        (_QUARTER, "Gross margin expanded 9.3 percentage points to 60.4% from 56.5% a year ago.", "9.3"),
        (_QUARTER, "- GAAP net income of $2.81 billion, or $1.83 per diluted share", "1.83"),
    ],
)
def test_a_slip_is_seen_in_other_words(page: str, sentence: str, wrong: str) -> None:
    broken, _ = _said(page, sentence)
    assert len(broken) == 1 and wrong in broken[0]


@pytest.mark.parametrize(
    ("page", "sentence", "held"),
    [
        (_ANNUAL, "For the year ended 30th November 2019, turnover amounted to €78.4 million.", 1),
        (_ANNUAL, "Turnover for the year ended 30.11.2019 was €78.4 million.", 1),
        (_QUARTER, "Net revenue was $8.12 billion, up 9% sequentially and up 42% from a year ago.", 2),
        (_QUARTER, "Gross margin expanded 3.9 percentage points to 60.4% from 56.5% a year ago.", 3),
        (_QUARTER, "Gross margin narrowed to 60.4%.", 1),
        (_QUARTER, "- Gross profit of $4.91 billion, or 60.4% of revenue", 2),
        (_QUARTER, "- Gross profit of $4.91 billion, or 12.4% of the industry", 1),
        (_QUARTER, "- GAAP net income of $2.81 billion, or $1.38 per diluted share", 2),
    ],
)
def test_what_is_right_in_other_words_agrees(page: str, sentence: str, held: int) -> None:
    broken, agreeing = _said(page, sentence)
    assert not broken and len(agreeing) >= held


_DIVIDEND = """Interim results to 30 September 2017

| | Half-year to 30 September 2017 | Half-year to 30 September 2016 |
|---|---|---|
| | £m | £m |
| Turnover | 61.4 | 48.2 |
| Profit before tax | 3.3 | 1.7 |
| Interim dividend | 4.0p | 3.5p |

- Turnover up 27% on the comparative period
- {sentence}
"""


@pytest.mark.parametrize(("growth", "wrong"), [("14%", 0), ("24%", 1)])
def test_a_dividend_is_stated_by_the_share_whether_its_caption_says_so_or_not(growth: str, wrong: int) -> None:
    assert len(_said(_DIVIDEND, f"Interim dividend up {growth} to 4.0p per share")[0]) == wrong


def test_an_amount_behind_that_of_its_whole_is_a_part_of_it() -> None:
    sentence = "Of the €78.4 million of turnover for the year ended 30 November 2019, €8.4 million was turnover at sea."
    assert not _said(_ANNUAL, sentence)[0]
    sentence = (
        "As of the year ended 30 November 2019, we had €78.4 million of turnover, of which €8.4 million was at sea."
    )
    assert not _said(_ANNUAL, sentence)[0]
