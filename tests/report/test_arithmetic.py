"""The arithmetic of a finding in words: amounts that a rule states stand in the scale of the figures beside them, and a bound says what its sides come to."""

from __future__ import annotations

import pytest

from checker.language import load
from checker.pipeline import check
from checker.report.arithmetic import judged

RELEASE = b"""# Statements of income
(in thousands)

|  | Quarter ended June 30, 2013 | Quarter ended June 30, 2012 |
|---|---|---|
| Revenues | 19,217 | 16,850 |
| Cost of revenues | 13,219 | 12,262 |
| Gross profit | 5,998 | 4,588 |
"""


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("Revenues >= 40 million", "19,217 is not >= 40,000"),
        ("Revenues <= 19217", "19,217 is not <= 19.217"),
        ("Gross profit / Revenues >= 45%", "5,998 / 19,217 = 0.312\N{HORIZONTAL ELLIPSIS} is not >= 0.45"),
        ("Revenues <= 2 * Gross profit + 1 million", "19,217 is not <= 2 * 5,998 + 1,000 = 12,996"),
        ("Gross profit = Revenues - Cost of revenues - $2 thousand", "5,998 \N{NOT EQUAL TO} 19,217 - 13,219 - 2 = 5,996"),
        ("Revenues = 20 million", "19,217 \N{NOT EQUAL TO} 20,000"),
        ("Revenues < Cost of revenues", "19,217 is not < 13,219"),
    ],
)
def test_a_broken_relation_is_said_in_the_scale_of_its_figures(relation: str, said: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "own.rules").write_text(relation)
    found = check("release.md", RELEASE, load([tmp_path / "own.rules"])).findings
    assert next(judged(finding) for finding in found if finding.check.rule.startswith("own/") and finding.verdict == "violation") == said
