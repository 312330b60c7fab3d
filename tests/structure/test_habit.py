"""Whether a document makes its sums foot is read off its own sums, and one wrong figure does not change a habit."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from checker.structure import infer
from tests.structure.tables import release, statement


def habit(tables: int, misses: Mapping[int, int]) -> bool | None:
    """The habit of a release whose tables each sum five lines in two columns; `misses` is by how much the first total
    of a table is off."""
    drawn = random.Random(7)
    printed = []
    for index in range(tables):
        lines = [[drawn.randrange(10_000, 999_999) for _ in range(2)] for _ in range(5)]
        totals = [sum(column) for column in zip(*lines, strict=True)]
        totals[0] += misses.get(index, 0)
        rows = [*(("Item " + "ABCDE"[at], *line) for at, line in enumerate(lines)), ("Total", *totals)]
        printed.append(statement("\n".join(f"{caption}  {one:,}  {two:,}" for caption, one, two in rows), index))
    return infer(release(*printed)).forces_sums


def test_sums_that_all_foot_are_forced() -> None:
    assert habit(12, {})


def test_two_footing_sums_say_nothing() -> None:
    assert habit(1, {}) is None


@pytest.mark.parametrize("off", [1, 2, 3, 700])
def test_one_wrong_figure_does_not_break_the_habit(off: int) -> None:
    assert habit(12, {3: off})


@pytest.mark.parametrize("off", [1, 3, 5])
def test_two_sums_that_miss_by_a_few_units_are_no_document_that_forces_them(off: int) -> None:
    """Five addends may be off by three units when each is rounded; by five when some were subtracted from rounded
    figures."""
    assert habit(20, {3: off, 8: -1}) is None


def test_a_long_document_is_spared_one_miss_in_a_hundred() -> None:
    assert habit(60, {3: 1, 8: -1})
    assert habit(60, {3: 1, 8: -1, 20: 1}) is None


def test_many_that_miss_show_plainly_that_figures_are_rounded_one_by_one() -> None:
    assert habit(12, {3: 1, 5: -1, 8: -1}) is False
