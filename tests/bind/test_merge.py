"""What several relations say of the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert any(
        one.check.rule == "structure/sums/totals"
        for one in found
        if one.verdict == "violation" and one.severity != "note"
    )


HOUSE = {
    "loose": "rule loose\n    Gross profit = Revenues - Cost of revenues\n    tolerance 2%\n",
    "strict": "rule strict\n    Gross profit = Revenues - Cost of revenues\n",
    "quiet": "rule quiet\n    Gross profit = Revenues - Cost of revenues\n    severity note\n",
}


@pytest.mark.parametrize(
    "order",
    [
        ("loose",),
        ("quiet",),
        ("loose", "quiet"),
        ("loose", "strict"),
        ("strict", "loose"),
        ("quiet", "strict", "loose"),
    ],
)
def test_no_rule_silences_another_of_the_same_figures(tmp_path: Path, order: tuple[str, ...]) -> None:
    paths = []
    for name in order:
        paths.append(tmp_path / f"{name}.rules")
        paths[-1].write_text(HOUSE[name])
    found = check(
        "release.md", STATEMENT.format(taxes="5,369").replace("31,285", "31,725").encode(), load(paths)
    ).findings
    said = {
        one.check.rule: (one.verdict, one.severity)
        for one in found
        if one.check.period.endswith("2006") and "gross-profit" in one.check.rule
    }
    said |= {
        one.check.rule.split("/")[-1]: (one.verdict, one.severity)
        for one in found
        if one.check.house and one.check.period.endswith("2006")
    }
    loud = [name for name, (verdict, severity) in said.items() if verdict == "violation" and severity == "error"]
    assert loud == (["strict"] if "strict" in order else ["us-gaap/income-statement/gross-profit"])
    assert said.get("loose", ("agrees", None))[0] != "violation"
    assert said.get("quiet", ("violation", "note")) == ("violation", "note")
