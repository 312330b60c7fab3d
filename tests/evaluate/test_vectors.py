"""Calculations 1.1 of XBRL International: sums of rounded and truncated facts, with duplicates, judged as the
specification says.

`calc11_vectors.csv` holds cases of the iXBRL viewer's test suite and derived ones; `expected_reference` is what the
specification asks for. The parts that facts bring along, excess digits, duplicates and truncation, are judged by
`algebra/reported`; sums of figures by the verdicts.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from checker.algebra.reported import calculates, left_open
from checker.core.expression import Add, Constant, Multiply, Variable
from checker.evaluate import evaluate
from tests.evaluate.making import check, figure

VECTORS = list(csv.DictReader((Path(__file__).parent / "calc11_vectors.csv").open(encoding="utf-8")))


def facts(text: str) -> list[tuple[Fraction, Fraction]]:
    """Facts of one sort: value and step."""
    pairs = [one.strip().split("@") for one in text.split(";")]
    return [
        (Fraction(value), Fraction(0) if decimals == "INF" else Fraction(10) ** -int(decimals))
        for value, decimals in pairs
    ]


def items(row: dict[str, str]) -> list[tuple[Fraction, str]]:
    pairs = [item.split(" * ") for item in row["items(weight * value@decimals;dups)"].split(" | ")]
    return [(Fraction(weight.strip()), text) for weight, text in pairs]


def verdict(row: dict[str, str]) -> str:
    cut_off = row["mode"] != "round"
    found = [
        left_open(facts(text), cut_off=cut_off)
        for text in (row["total_facts(value@decimals)"], *(text for _, text in items(row)))
    ]
    if "excess digits" in found:
        return "excessDigits"
    total, *addends = (one for one in found if not isinstance(one, str))
    if len(addends) + 1 < len(found):
        return "inconsistentDuplicates"
    weighted = [(weight, addend) for (weight, _), addend in zip(items(row), addends, strict=True)]
    return "consistent" if calculates(total, weighted) else "inconsistent"


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['id']}-{row['mode']}")
def test_vector(row: dict[str, str]) -> None:
    assert verdict(row) == row["expected_reference"]


def plain(row: dict[str, str]) -> bool:
    """Rounded, each fact once, no digit too many: what a release can print."""
    facts_of_row = row["items(weight * value@decimals;dups)"] + row["total_facts(value@decimals)"]
    return row["mode"] == "round" and ";" not in facts_of_row and row["expected_reference"] != "excessDigits"


@pytest.mark.parametrize("row", [row for row in VECTORS if plain(row)], ids=lambda row: row["id"])
def test_a_sum_of_figures_is_judged_the_same(row: dict[str, str]) -> None:
    """Consistent is `agrees` or `rounding`, inconsistent is `violation`."""
    total, *addends = (
        figure(f"x{at}", value, "0" if decimals == "INF" else str(Decimal(10) ** -int(decimals)))
        for at, (value, decimals) in enumerate(
            text.split("@") for text in [row["total_facts(value@decimals)"], *(text for _, text in items(row))]
        )
    )
    terms = [
        Multiply(Constant(weight), Variable(addend.id)) for (weight, _), addend in zip(items(row), addends, strict=True)
    ]
    (finding,) = evaluate([check(Variable(total.id), Add(tuple(terms)), [total, *addends])])
    assert (finding.verdict == "violation") == (row["expected_reference"] == "inconsistent")
