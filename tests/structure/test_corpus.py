"""Real documents: every footing of the seed release is found, and tables that only look wrong stay silent."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from checker.core.release import Release
from checker.extract import extract
from checker.read import read
from checker.structure import infer
from tests.structure.tables import licensed

FOOTINGS = {
    "Gross profit": 2,
    "Total operating expenses": 2,
    "Operating loss": 2,
    "Total other (expenses) income": 2,
    "Net loss": 2,
    "Net loss applicable to common stockholders": 2,
    "Total current assets": 4,
    "Total other assets": 5,
    "TOTAL ASSETS": 3,
    "Total current liabilities": 6,
    "Total liabilities": 6,
    "Total stockholders' deficit": 4,
    "TOTAL LIABILITIES AND STOCKHOLDERS' DEFICIT": 2,
    "EBITDA": 3,
    "Adjusted EBITDA": 6,
}
"""Totals of the seed release and how many addends each has."""


def release(name: str, content: bytes) -> Release:
    return infer(extract(read(name, content)))


def test_every_footing_of_the_seed_is_found_and_holds_in_both_periods(corpus: Path) -> None:
    found = release("fusion-2013q1.md", (corpus / "fusion-2013q1.md").read_bytes())
    sums = {
        each.relation.partition(" = ")[0]: len(each.terms)
        for each in found.sums
        if all(instance.holds for instance in each.instances)
    }
    assert sums == FOOTINGS
    assert found.forces_sums


def test_the_seed_raises_nothing_and_pairs_what_is_the_same(corpus: Path) -> None:
    found = release("fusion-2013q1.md", (corpus / "fusion-2013q1.md").read_bytes())
    assert licensed(found.sums) == []
    assert {each.caption for each in found.repeats} == {"Net loss", "Depreciation and amortization"}
    assert not any(each.licensed for each in found.repeats)


@pytest.mark.long
def test_tables_that_do_not_foot_and_are_right_raise_nothing(corpus: Path) -> None:
    for text in (corpus / "analysis" / "nonfooting_62_labelled.jsonl").read_text(encoding="utf-8").splitlines():
        table = json.loads(text)["table"]
        width = max(map(len, table))
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in [*row, *[""] * (width - len(row))]) + "</tr>"
            for row in table
        )
        assert licensed(release("table.htm", f"<html><body><table>{rows}</table></body></html>".encode()).sums) == []
