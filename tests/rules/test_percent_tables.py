"""House rules on tables that hold percentages alone: sums, bounds, definitions, changes; told in percent as the page
prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check
from checker.report.arithmetic import judged

TEXT = """\
Sales by channel as a percentage of total

                         2023    2022    2021
Retail stores           61.2%   64.0%   66.3%
Wholesale               22.4%   21.5%   20.2%
E-commerce              16.4%   14.5%   13.6%
Total                  100.0%  100.0%  100.1%
"""
MARKDOWN = """\
Occupancy

| | Q1 2024 | Q1 2023 |
|---|---|---|
| Occupancy | 94.1 % | 93.0 % |
| Vacancy | 5.9 % | 7.4 % |
| Tenant retention | 88.0 % | 85.5 % |
"""
HTML = """\
<html><body><p>Key ratios</p><table><tr><th></th><th>June 30, 2024</th><th>June 30, 2023</th></tr>
<tr><td>Tier 1 capital ratio</td><td>12.4%</td><td>11.9%</td></tr>
<tr><td>Tier 2 capital ratio</td><td>2.1</td><td>2.3</td></tr>
<tr><td>Total capital ratio</td><td>14.5%</td><td>14.3%</td></tr></table></body></html>
"""


def _said(name: str, page: str, rules: str, folder: Path) -> list[Finding]:
    path = folder / "own.rules"
    path.write_text(rules, encoding="utf-8")
    book = load([path], shipped=False)
    return [one for one in check(name, page.encode(), book).findings if one.verdict != "not applicable"]


@pytest.mark.parametrize(
    ("page", "rules", "verdicts"),
    [
        ("a.txt", "Total = Retail stores + Wholesale + E-commerce", ["agrees", "agrees", "agrees"]),
        ("a.txt", "Retail stores + Wholesale + E-commerce = 100%", ["agrees", "agrees", "rounding"]),
        ("a.txt", "Retail stores >= 65%", ["violation", "violation", "agrees"]),
        ("a.txt", "prior Retail stores - Retail stores <= 2.5 points", ["violation", "agrees"]),
        ("a.txt", "define Total = Retail stores + Wholesale as percent", ["violation", "violation", "violation"]),
        ("a.txt", "abs(Retail stores - prior Retail stores) <= 300 basis points", ["agrees", "agrees"]),
        ("a.txt", "max(Wholesale; E-commerce) <= 22%", ["violation", "agrees", "agrees"]),
        ("a.md", "define Vacancy = 100% - Occupancy as percent", ["agrees", "violation"]),
        ("a.md", "Tenant retention <= Occupancy", ["agrees", "agrees"]),
        ("a.md", "Occupancy + Vacancy = 100%", ["agrees", "violation"]),
        ("a.html", "Tier 1 capital ratio >= 12%", ["agrees", "violation"]),
        ("a.html", "Total capital ratio = Tier 1 capital ratio + Tier 2 capital ratio", ["agrees", "rounding"]),
    ],
)
def test_rules_apply_and_say_what_is_true(page: str, rules: str, verdicts: list[str], tmp_path: Path) -> None:
    pages = {"a.txt": TEXT, "a.md": MARKDOWN, "a.html": HTML}
    assert [one.verdict for one in _said(page, pages[page], rules + "\n", tmp_path)] == verdicts


def test_amounts_and_differences_are_told_in_percent(tmp_path: Path) -> None:
    broken, *_ = _said("a.txt", TEXT, "Retail stores + Wholesale = 90%\n", tmp_path)
    assert judged(broken) == "61.2% + 22.4% ≠ 90" and broken.units_of_last_place == -64
    assert broken.check.percent and broken.difference is not None and broken.difference * 10 == -64


def test_a_tolerance_in_points_counts_in_percent(tmp_path: Path) -> None:
    rule = "rule x\n    Retail stores + Wholesale + E-commerce = 100%\n    tolerance {}\n"
    assert [one.verdict for one in _said("a.txt", TEXT, rule.format("exact"), tmp_path)][-1] == "violation"
    assert [one.verdict for one in _said("a.txt", TEXT, rule.format("1 units"), tmp_path)][-1] != "violation"
