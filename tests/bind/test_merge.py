"""What several relations say of the same figures."""

from __future__ import annotations

from pathlib import Path

from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check

STATEMENT = """
# Consolidated statements of income

(in thousands)

| | Year Ended March 31, 2006 | Year Ended March 31, 2005 |
|---|---|---|
| Revenues | $ 52,400 | $ 47,310 |
| Cost of revenues | 21,115 | 20,204 |
| Gross profit | 31,285 | 27,106 |
| Research and development | 5,127 | 5,071 |
| Selling, general and administrative | 3,600 | 3,603 |
| Total operating expenses | 8,727 | 8,674 |
| Income before income taxes | 22,558 | 18,432 |
| Provision for income taxes | 6,903 | {taxes} |
| Net income | $ 15,655 | $ 13,063 |
"""


def loud(taxes: str) -> list[Finding]:
    found = check("release.md", STATEMENT.format(taxes=taxes).encode(), load([]))
    return [one for one in found.findings if one.verdict == "violation" and one.severity != "note"]


def test_where_a_rule_by_name_holds_the_other_sign_is_not_believed_of_the_other_column() -> None:
    assert loud("5,369") == []
    found = loud("(5,369)")
    assert [one.check.rule for one in found] == ["us-gaap/income-statement/net-income"]
    assert {one.check.period for one in found} == {"Year Ended March 31, 2005"}


def test_a_rule_that_holds_only_with_a_line_turned_silences_nothing(seed: Path) -> None:
    published = seed.read_bytes()
    typed = published.replace(b"Operating loss\t(700,687)", b"Operating loss\t700,687")
    assert typed != published
    found = check("release.md", typed, load([])).findings
    assert any(one.check.rule == "structure/sums/totals" for one in found if one.verdict == "violation" and one.severity != "note")
