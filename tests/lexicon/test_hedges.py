"""Hedges: every one of one kind, and found however long its neighbours are."""

from __future__ import annotations

import re

import pytest

from checker.lexicon import hedges


@pytest.mark.parametrize("word", sorted(hedges.KINDS))
def test_the_pattern_takes_every_hedge_whole(word: str) -> None:
    found = re.match(hedges.pattern(), word.replace(" ", "  "))
    assert found is not None and hedges.kind(found[0]) == hedges.KINDS[word]
    assert len(found[0].split()) == len(word.split())


def test_what_is_no_hedge_is_of_no_kind() -> None:
    assert hedges.kind("exactly") is None
    assert hedges.kind("More  Than") == "at least"
