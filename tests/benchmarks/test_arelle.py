"""The verdicts on calculations are those of Arelle, where it is installed: what is bound, and what is broken."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

pytest.importorskip("arelle", reason="the oracle for calculations, arelle-release, is not installed")
pytest.importorskip("lxml")

from benchmarks.arelle import doubled, nudged
from benchmarks.xbrl import _compared
from checker.language import load
from tests.evaluate.test_vectors_of_facts import instance

pytestmark = pytest.mark.long
VECTORS = [
    row
    for row in csv.DictReader((Path(__file__).parents[1] / "evaluate/calc11_vectors.csv").open(encoding="utf-8"))
    if row["mode"] == "round"
]
PEERS_BUGS = frozenset(row["id"] for row in VECTORS if row["arelle_2.47.3_end_to_end"] != row["expected_reference"])
"""Where the peer departs from the specification; the reasons stand in the notes of the vectors."""


@pytest.mark.parametrize("row", [row for row in VECTORS if row["id"] not in PEERS_BUGS][::6], ids=lambda row: row["id"])
@pytest.mark.parametrize("variant", ["as it is", "moved", "with duplicates"])
def test_the_same_is_bound_and_broken(row: dict[str, str], variant: str) -> None:
    from collections import Counter

    content, base = instance(row)
    if ";" in row["items(weight * value@decimals;dups)"] + row["total_facts(value@decimals)"] and variant != "as it is":
        pytest.skip("it has duplicates of its own")
    content = {
        "as it is": content,
        "moved": nudged(content, row["id"]),
        "with duplicates": doubled(content, row["id"]),
    }[variant]
    total: Counter[str] = Counter()
    _compared((row["id"], variant), (content, base), load([]), (True, [0.0, 0.0], total))
    assert not total["unequal"]
