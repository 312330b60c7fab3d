"""A sum of the library of which nothing but two amounts is left is judged where they ever agree, and is not meant where
they never do."""

from __future__ import annotations

import pytest

from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check

TABLE = """
# Consolidated income statement

| $ million | 2024 | 2023 | 2022 |
|---|---|---|---|
| Revenue | 149.8 | 134.0 | 178.7 |
| Operating profit | 12.3 | 10.4 | 12.4 |
| Impact of pensions | (0.4) | (0.3) | (0.8) |
| Profit before tax | {before} |
"""


def found(before: str) -> list[Finding]:
    checked = check("release.md", TABLE.format(before=before).encode(), load([]))
    return [one for one in checked.findings if "before-taxes" in one.check.rule and len(one.check.figures) == 2]


def test_what_differs_in_every_period_is_not_held_against_each_other() -> None:
    assert {one.verdict for one in found("11.9 | 10.1 | 11.6")} <= {"not applicable"}


@pytest.mark.parametrize(
    ("before", "verdicts"), [("12.3 | 10.4 | 12.4", {"agrees"}), ("12.3 | 10.4 | 14.2", {"agrees", "violation"})]
)
def test_what_agrees_once_is_judged(before: str, verdicts: set[str]) -> None:
    table = TABLE.replace("| Impact of pensions | (0.4) | (0.3) | (0.8) |\n", "")
    checked = check("release.md", table.format(before=before).encode(), load([]))
    assert {
        one.verdict for one in checked.findings if "before-taxes" in one.check.rule and len(one.check.figures) == 2
    } == verdicts
