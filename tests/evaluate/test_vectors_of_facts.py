"""The same vectors, rounded ones, the whole way: an instance and its linkbase in, verdicts out."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from checker.language import load
from checker.pipeline import check
from tests.tagged import ENTITY, linkbase

VECTORS = [
    row
    for row in csv.DictReader((Path(__file__).parent / "calc11_vectors.csv").open(encoding="utf-8"))
    if row["mode"] == "round"
]
BOOK = load([])
VERDICTS = {
    "consistent": {"agrees", "rounding"},
    "inconsistent": {"violation"},
    "excessDigits": set(),
    "inconsistentDuplicates": set(),
}


def _facts(concept: str, text: str) -> str:
    pairs = (one.strip().split("@") for one in text.split(";"))
    return "".join(
        f'<a:{concept} contextRef="c" unitRef="u" decimals="{decimals}">{Decimal(value):f}</a:{concept}>'
        for value, decimals in pairs
    )


def instance(row: dict[str, str]) -> tuple[bytes, bytes]:
    """The facts of a vector, and the calculation over them."""
    items = [item.split(" * ") for item in row["items(weight * value@decimals;dups)"].split(" | ")]
    facts = _facts("Total", row["total_facts(value@decimals)"]) + "".join(
        _facts(f"Item{at}", text) for at, (_, text) in enumerate(items)
    )
    day = "<xbrli:period><xbrli:instant>2023-12-31</xbrli:instant></xbrli:period>"
    context = f'<xbrli:context id="c">{ENTITY.format(segment="")}{day}</xbrli:context>'
    unit = (
        '<xbrli:unit id="u"><xbrli:measure'
        ' xmlns:iso4217="http://www.xbrl.org/2003/iso4217">iso4217:USD</xbrli:measure></xbrli:unit>'
    )
    body = (
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        f' xmlns:a="http://acme.com">{context}{unit}{facts}</xbrli:xbrl>'
    )
    return body.encode(), linkbase(*(("Total", f"Item{at}", weight.strip()) for at, (weight, _) in enumerate(items)))


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["id"])
def test_vector_of_facts(row: dict[str, str]) -> None:
    content, base = instance(row)
    found = check("a.xml", content, BOOK, {"a_cal.xml": base}).findings
    said = {
        one.verdict for one in found if one.check.rule == "tags/facts/calculations" and one.verdict != "not applicable"
    }
    assert said <= VERDICTS[row["expected_reference"]]
    assert bool(said) == bool(VERDICTS[row["expected_reference"]])
