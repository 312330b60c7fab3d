"""Rules that speak of the text itself (`in text`): parts of a whole, weighted margins, with no table that shows
them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

_RULES = """\
rule parts "The segments make up the whole"
    Revenue = Retail revenue + Wholesale revenue
    in text

rule changes "and its change"
    Increase in revenue = Increase in Retail revenue - Decrease in Wholesale revenue
    in text

rule margins "The margin of the whole is that of its parts, weighted by revenue"
    Gross margin[as printed] = (Retail gross margin * Retail revenue
        + Wholesale gross margin * Wholesale revenue) / Revenue
    in text
"""
_TEXT = """\
NEW YORK -- Acme Widgets, Inc. (NASDAQ: ACME) today announced results for its first quarter ended March 31, 2013.

In the first quarter of 2013, revenue was $16.2 million, an increase of $4.6 million.
Retail revenue was $7.5 million, an increase of $6.9 million.
Wholesale revenue was $8.7 million, a decrease of $2.3 million.
Gross margin was 27.3% in the first quarter of 2013.
Retail gross margin was 49.6%.
Wholesale gross margin was 8.2%.
"""


def _verdicts(text: str, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "acme.rules").write_text(_RULES, encoding="utf-8")
    rulebook = load((tmp_path / "acme.rules",), True)
    found: tuple[Finding, ...] = evaluate(bind(extract(read("acme.txt", text.encode())), rulebook))
    return {one.check.rule.rpartition("/")[2]: one.verdict for one in found if one.check.rule.startswith("acme/")}


def test_what_the_text_states_adds_up(tmp_path: Path) -> None:
    assert _verdicts(_TEXT, tmp_path) == {"parts": "agrees", "changes": "agrees", "margins": "rounding"}


@pytest.mark.parametrize(
    ("right", "wrong", "broken"),
    [
        ("$7.5 million", "$5.7 million", {"parts", "margins"}),
        ("$6.9 million", "$9.6 million", {"changes"}),
        ("49.6%", "46.9%", {"margins"}),
        ("27.3%", "37.3%", {"margins"}),
    ],
)
def test_what_does_not_is_a_violation(right: str, wrong: str, broken: set[str], tmp_path: Path) -> None:
    verdicts = _verdicts(_TEXT.replace(right, wrong), tmp_path)
    assert {rule for rule, verdict in verdicts.items() if verdict == "violation"} == broken


def test_a_part_that_the_text_does_not_state_is_not_zero(tmp_path: Path) -> None:
    assert _verdicts(
        _TEXT.replace("Wholesale revenue was $8.7 million, a decrease of $2.3 million.", ""), tmp_path
    ) == dict.fromkeys(("parts", "changes", "margins"), "not applicable")


def test_an_amount_stated_in_two_ways_is_none(tmp_path: Path) -> None:
    assert (
        _verdicts(f"{_TEXT}\n\nRevenue was $16.9 million in the first quarter of 2013.", tmp_path)["parts"]
        == "not applicable"
    )


def test_a_hedged_amount_is_none(tmp_path: Path) -> None:
    assert _verdicts(_TEXT.replace("$8.7 million", "approximately $8.7 million"), tmp_path)["parts"] == "not applicable"


@pytest.mark.parametrize(("said", "verdict"), [("0.09", "agrees"), ("9.05", "violation")])
def test_an_amount_per_share_that_a_rule_file_defines_is_known_to_the_text(
    said: str, verdict: str, tmp_path: Path
) -> None:
    text = f"""\
In the first quarter of 2013, revenue per share was ${said}.

| | Three Months Ended March 31, 2013 |
|---|---|
| Revenues | 16,168,421 |
| Weighted average number of shares outstanding | 178,670,488 |
"""
    (tmp_path / "acme.rules").write_text(
        "define Revenue per share = Revenues / Weighted average number of shares outstanding\n", encoding="utf-8"
    )
    found = evaluate(bind(extract(read("acme.md", text.encode())), load((tmp_path / "acme.rules",), True)))
    assert [one.verdict for one in found if "evenue per share" in one.check.relation] == [verdict]
