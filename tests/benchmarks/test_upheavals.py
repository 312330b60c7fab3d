"""Documents turned upside down get an answer within the limits of the command, whatever stands in them now."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import files
from benchmarks.robustness import answer
from benchmarks.upheavals import GROUPS, tried, turned
from checker.language import load
from tests.examples import examples

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CHECKS = 400
SHARDS = 20


@settings(max_examples=examples(40))
@given(st.integers(0, 1 << 30))
def test_an_example_turned_upside_down_gets_an_answer(seed: int) -> None:
    drawn = random.Random(seed)
    content = turned((EXAMPLES / "fusion-2013q1.md").read_bytes(), drawn)
    found = answer("turned.md", content, load([]))
    assert found.status in ("0", "1", "3") and "R199" not in found.problems


def test_the_same_number_draws_the_same_copy() -> None:
    content = (EXAMPLES / "fusion-2013q1.md").read_bytes()
    assert turned(content, random.Random(7)) == turned(content, random.Random(7)) != content


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
def test_documents_of_the_corpus_turned_upside_down_get_an_answer(corpus: Path, shard: int) -> None:
    documents = [one for one in files(corpus, GROUPS) if one.is_text]
    done = tried(
        documents, range(shard * CHECKS // SHARDS, (shard + 1) * CHECKS // SHARDS), (20_000, "tests"), load([])
    )
    assert [f"{one.name}: {one.trouble}" for one in done if one.trouble] == []
