"""The arithmetic of a finding in words: amounts that a rule states stand in the scale of the figures beside them, and a
bound says what its sides come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from checker.core.unit import PERCENT, per_share
from checker.language import load
from checker.pipeline import check
from checker.report.arithmetic import arithmetic, common_scale, judged, shown
from tests.report import sample

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
        ("Revenues <= $19217", "19,217 is not <= 19.217"),
        ("Gross profit / Revenues >= 45%", "5,998 / 19,217 = 0.312\N{HORIZONTAL ELLIPSIS} is not >= 0.45"),
        ("Revenues <= 2 * Gross profit + 1 million", "19,217 is not <= 2 * 5,998 + 1,000 = 12,996"),
        (
            "Gross profit = Revenues - Cost of revenues - $2 thousand",
            "5,998 \N{NOT EQUAL TO} 19,217 - 13,219 - 2 = 5,996",
        ),
        ("Revenues = 20 million", "19,217 \N{NOT EQUAL TO} 20,000"),
        ("Revenues < Cost of revenues", "19,217 is not < 13,219"),
        ("40 million <= Revenues", "40,000 is not <= 19,217"),
        ("2 million >= 2 * Gross profit", "2,000 is not >= 2 * 5,998 = 11,996"),
        ("2 million >= Gross profit + Revenues", "2,000 is not >= 5,998 + 19,217 = 25,215"),
        ("2 million >= abs(Gross profit)", "2,000 is not >= abs(5,998) = 5,998"),
        ("2 million >= max(Gross profit; Revenues)", "2,000 is not >= max(5,998; 19,217) = 19,217"),
        ("Revenues <= min(2 million; Gross profit)", "19,217 is not <= min(2,000; 5,998) = 2,000"),
        ("Revenues <= max(2 million; Gross profit)", "19,217 is not <= max(2,000; 5,998) = 5,998"),
        ("Revenues <= abs(Gross profit - 1 million)", "19,217 is not <= abs(5,998 - 1,000) = 4,998"),
        ("Revenues <= 50% * (Gross profit + 1 million)", "19,217 is not <= 0.5 * (5,998 + 1,000) = 3,499"),
        ("Revenues < Gross profit + Cost of revenues", "19,217 is nearly < 5,998 + 13,219 = 19,217"),
    ],
)
def test_a_broken_relation_is_said_in_the_scale_of_its_figures(relation: str, said: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "own.rules").write_text(relation)
    found = check("release.md", RELEASE, load([tmp_path / "own.rules"])).findings
    assert (
        next(
            judged(finding)
            for finding in found
            if finding.check.rule.startswith("own/") and finding.verdict in ("violation", "rounding")
        )
        == said
    )


def test_a_relation_that_holds_is_said_with_nothing_added() -> None:
    assert judged(sample.AGREES) == "4,416,825 = 16,168,421 - 11,751,596"


def test_amounts_in_several_scales_are_said_in_full() -> None:
    scaled = evolve(sample.REVENUES, scale=Decimal(1000))
    figures = (sample.PROFIT, scaled, sample.COST)
    assert common_scale(evolve(sample.AGREES.check, figures=figures)) == 1
    assert arithmetic(evolve(sample.AGREES.check, figures=figures)) == "4,416,825 = 16,168,421 - 11,751,596"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": None, "text": "NM"}, "NM"),
        ({"step": Decimal("0.01")}, "16,168,421.00"),
        ({"unit": PERCENT, "value": Decimal("40.2"), "step": Decimal("0.10")}, "40.2%"),
        ({"unit": per_share("USD"), "value": Decimal("-0.5"), "step": Decimal("0.01")}, "(0.50)"),
    ],
)
def test_a_figure_is_said_with_the_decimals_it_was_printed_with(changed: dict[str, Any], said: str) -> None:
    assert shown(evolve(sample.REVENUES, **changed), Decimal(1)) == said


def test_a_figure_in_thousands_is_said_in_thousands() -> None:
    assert shown(evolve(sample.REVENUES, value=Decimal(19217500), step=Decimal(100)), Decimal(1000)) == "19,217.5"
