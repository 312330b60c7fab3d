"""Calculations 1.1 of XBRL International: sums of rounded and truncated facts, with duplicates, judged as the specification says.

`calc11_vectors.csv` holds cases of the iXBRL viewer's test suite and derived ones; `expected_reference` is what the specification asks for.
Excess digits and duplicates are the business of whoever reads facts; the test does that part itself, with the intervals of the program.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from pathlib import Path

import pytest

from checker.algebra import Interval, bounds
from checker.core.expression import Add, Constant, Expression, Multiply, Variable, negative
from checker.evaluate import evaluate
from tests.evaluate.making import check, figure

VECTORS = list(csv.DictReader((Path(__file__).parent / "calc11_vectors.csv").open(encoding="utf-8")))


class Excess(Exception):
    """A fact has digits beyond its stated accuracy."""


def fact(text: str, mode: str) -> Interval:
    value, decimals = text.strip().split("@")
    if decimals == "INF":
        return Interval.exactly(Fraction(value))
    step = Fraction(10) ** -int(decimals)
    if Fraction(value) % step:
        raise Excess
    return Interval.rounded(Fraction(value), step) if mode == "round" else Interval.truncated(Fraction(value), step)


def facts(text: str, mode: str) -> Interval:
    """What duplicates leave open together. Duplicates of one accuracy must be equal: touching ends do not reconcile them."""
    printed: dict[str, str] = {}
    for value, decimals in (one.strip().split("@") for one in text.split(";")):
        if Fraction(printed.setdefault(decimals, value)) != Fraction(value):
            return Interval(Fraction(1), Fraction(0))
    return reduce(Interval.meet, (fact(one, mode) for one in text.split(";")))


def items(row: dict[str, str]) -> list[tuple[Fraction, str]]:
    pairs = [item.split(" * ") for item in row["items(weight * value@decimals;dups)"].split(" | ")]
    return [(Fraction(weight.strip()), text) for weight, text in pairs]


def verdict(row: dict[str, str]) -> str:
    try:
        box = {f"x{at}": facts(text, row["mode"]) for at, (_, text) in enumerate(items(row))}
        box["total"] = facts(row["total_facts(value@decimals)"], row["mode"])
    except Excess:
        return "excessDigits"
    if any(interval.empty for interval in box.values()):
        return "inconsistentDuplicates"
    terms: list[Expression] = [Multiply(Constant(weight), Variable(f"x{at}")) for at, (weight, _) in enumerate(items(row))]
    difference = bounds(Add((Variable("total"), negative(Add(tuple(terms))))), box)
    return "consistent" if difference.holds(0) else "inconsistent"


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
        for at, (value, decimals) in enumerate(text.split("@") for text in [row["total_facts(value@decimals)"], *(text for _, text in items(row))])
    )
    terms = [Multiply(Constant(weight), Variable(addend.id)) for (weight, _), addend in zip(items(row), addends, strict=True)]
    (finding,) = evaluate([check(Variable(total.id), Add(tuple(terms)), [total, *addends])])
    assert (finding.verdict == "violation") == (row["expected_reference"] == "inconsistent")
