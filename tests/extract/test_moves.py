"""Columns of changes: what they print beside percentages is told in points or basis points, beside amounts in
amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.core.figure import Figure
from checker.core.unit import PERCENT
from checker.language import load
from checker.pipeline import check, release


def _text(head: str, *changes: str) -> str:
    rows = (
        ("Net interest income", "412.3", "398.1", changes[0]),
        ("Noninterest income", "120.4", "133.0", changes[1]),
        ("Total revenue", "532.7", "531.1", changes[2]),
        ("Net interest margin", "1.51%", "2.17%", changes[3]),
        ("Return on assets", "1.10%", "0.95%", changes[4]),
    )
    lines = [
        "Bank (in millions)",
        "",
        f"| | Q1 2023 | Q1 2022 | {head} |",
        "|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines)


AMOUNTS, RATES = ("14.2", "(12.6)", "1.6"), ("3.6%", "(9.5)%", "0.3%")


def _change(text: str, caption: str) -> Figure:
    return next(
        line.figures[2]
        for line in release("a.md", text.encode()).statements[0].lines
        if line.caption == caption and line.figures[2]
    )


@pytest.mark.parametrize(
    ("head", "changes"),
    [
        ("Change", (*AMOUNTS, "(66)", "15")),
        ("Change", (*AMOUNTS, "(0.66)", "0.15")),
        ("Change", (*AMOUNTS, "(66) bps", "15 bps")),
        ("Change", (*AMOUNTS, "(0.66) pp", "0.15 pp")),
        ("Change, bps", (*AMOUNTS, "(66)", "15")),
        ("% Change", (*RATES, "(66) bps", "15 bps")),
        ("% Change", (*RATES, "(66)", "15")),
        ("% Change", (*RATES, "(0.66) pts.", "0.15 pts.")),
    ],
)
def test_the_change_of_a_percentage_is_told_in_points(head: str, changes: tuple[str, ...]) -> None:
    figure = _change(_text(head, *changes), "Net interest margin")
    assert (figure.unit, figure.value, figure.in_points) == (PERCENT, Decimal("-0.66"), True)
    assert _change(_text(head, *changes), "Return on assets").value == Decimal("0.15")


@pytest.mark.parametrize(("head", "changes"), [("Change", AMOUNTS), ("% Change", RATES)])
def test_a_change_in_points_is_judged_as_a_difference(head: str, changes: tuple[str, ...]) -> None:
    right = check(
        "a.md",
        (_text(head, *changes, "(66) bps", "15 bps") + "\n| Efficiency ratio | 58.4% | 61.0% | (260) bps |").encode(),
        load([]),
    )
    assert not [finding for finding in right.findings if finding.verdict == "violation"]
    margin = [finding for finding in right.findings if "Net interest margin" in finding.check.relation]
    assert [finding.verdict for finding in margin] == ["agrees"]
