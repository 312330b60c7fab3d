"""The guide for authors is true: its rules parse, and the example release gets the verdicts that it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.language import load, parse
from checker.pipeline import check

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "rules-guide.md"
_FENCE = re.compile(r"^```rules\n(.*?)^```\n(?:```findings\n(.*?)^```)?", re.DOTALL | re.MULTILINE)
EXAMPLES = [
    (match[1], (match[2] or "").strip().splitlines()) for match in _FENCE.finditer(GUIDE.read_text(encoding="utf-8"))
]


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) > 8


@pytest.mark.parametrize(("rules", "expected"), EXAMPLES, ids=[rules.splitlines()[0][:40] for rules, _ in EXAMPLES])
def test_an_example_parses(rules: str, expected: list[str]) -> None:
    assert parse(rules, "acme.rules", "acme").problems == ()


@pytest.mark.parametrize(("rules", "expected"), EXAMPLES, ids=[rules.splitlines()[0][:40] for rules, _ in EXAMPLES])
def test_an_example_says_what_the_guide_prints(rules: str, expected: list[str], seed: Path, tmp_path: Path) -> None:
    file = tmp_path / "acme.rules"
    file.write_text(rules, encoding="utf-8")
    findings = check(str(seed), seed.read_bytes(), load([file])).findings
    said = [
        (name.removeprefix("acme/"), one.check.period, one.verdict)
        for one in findings
        for name in (one.check.rule, *one.check.also)
    ]
    for line in expected:
        rule, period, verdict = line.split(" ", 2)
        answers = [(when, outcome) for name, when, outcome in said if name == rule]
        assert any(period in when and outcome == verdict for when, outcome in answers), (line, answers)
