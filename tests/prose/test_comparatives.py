"""The amount of the period before, in brackets or behind its words: however its period is named, it is dated, and what
changed since is tested."""

from __future__ import annotations

import pytest

from checker.bind.claims import bind_claims
from checker.core.release import Release
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

YEARS, HALVES, QUARTERS, NINE = (
    ("2024", "2023"),
    ("1H24", "1H23"),
    ("Q3 2024", "Q3 2023"),
    ("Jan-Sep 2024", "Jan-Sep 2023"),
)
HALF_YEARS = ("Six months ended 30 June 2024", "Six months ended 30 June 2023")


def page(said: str, heads: tuple[str, str], unit: str) -> Release:
    """A sentence above a statement."""
    text = f"""Acme Group

{said}

Consolidated income statement

| | {heads[0]} {unit} | {heads[1]} {unit} |
|---|---|---|
| Revenue | 87.6 | 81.5 |
| Operating costs | (80.2) | (76.1) |
| Operating profit | 7.4 | 5.4 |
"""
    return extract(read("page.md", text.encode()))


def judged(release: Release) -> list[tuple[str, str]]:
    """The verdicts of what sentences say, notes aside."""
    found = [
        one
        for one in evaluate(bind_claims(release, load([])))
        if one.verdict != "not applicable" and one.severity != "note"
    ]
    return sorted({(one.verdict, one.check.relation) for one in found})


@pytest.mark.parametrize(
    ("heads", "unit", "earlier"),
    [
        (YEARS, "£m", "(2023 – £81.5m)"),
        (YEARS, "£m", "(2023 - £81.5 million)"),
        (YEARS, "£m", "[2023: £81.5m]"),
        (YEARS, "€m", "(FY 2023 €81.5m)"),
        (YEARS, "£m", "(prior year: £81.5m)"),
        (YEARS, "£m", "(31 December 2023: £81.5m)"),
        (YEARS, "SEK m", "as against SEK 81.5m in 2023"),
        (YEARS, "£m", "compared with £81.5m in the prior year"),
        (("2023/24", "2022/23"), "€m", "(2022/23: €81.5m)"),
        (HALVES, "£m", "(1H23: £81.5m)"),
        (HALF_YEARS, "£m", "(1H23: £81.5m)"),
        (HALF_YEARS, "£m", "(HY23: £81.5m)"),
        (HALF_YEARS, "£m", "(2023 H1: £81.5m)"),
        (HALF_YEARS, "$m", "(30 June 2023: $81.5m)"),
        (QUARTERS, "EUR m", "(Q3 2023: EUR 81.5m)"),
        (QUARTERS, "EUR m", "(Q3/2023: EUR 81.5m)"),
        (QUARTERS, "NOK m", "(3Q23: NOK 81.5m)"),
        (NINE, "€m", "(January–September 2023: €81.5m)"),
        (NINE, "€m", "(9M 2023: €81.5m)"),
        (("1-9/2024", "1-9/2023"), "€m", "(1–9/2023: €81.5m)"),
    ],
)
@pytest.mark.parametrize("percent", ["7%", "17%"])
def test_the_amount_compared_with_is_dated_however_its_period_is_named(
    heads: tuple[str, str], unit: str, earlier: str, percent: str
) -> None:
    money = (
        earlier[earlier.index("81.5") - 1]
        if "EUR" not in earlier and "SEK" not in earlier and "NOK" not in earlier
        else f"{unit[:3]} "
    )
    release = page(f"Revenue increased {percent} to {money}87.6m {earlier}.", heads, unit)
    amounts = [claim for claim in release.claims if claim.role in ("level", "prior")]
    assert [
        (claim.role, claim.figure.period and claim.figure.period.end and claim.figure.period.end.year)
        for claim in amounts
    ] == [
        ("level", 2024),
        ("prior", 2023),
    ]
    found = judged(release)
    assert [verdict for verdict, relation in found if relation.startswith("increase of")] == [
        "agrees" if percent == "7%" else "violation"
    ]
    assert {verdict for verdict, relation in found if relation.startswith("Revenue of")} == {"agrees"}
