"""Rounding odds are exact: compared with counting, and with what independent rounding is known to do."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import erfc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra import chance, unlikely

FINE = 12


def counted(above: Fraction, widths: list[int]) -> tuple[Fraction, Fraction]:
    """Bounds of the chance that errors add up to `above` or more, by counting a grid of FINE cells for each unit of
    width."""
    sums = Counter({0: 1})
    cells = 1
    for width in widths:
        sums = _convolved(sums, width * FINE)
        cells *= width * FINE
    offset = Fraction(sum(widths), 2)
    sure = sum(count for at, count in sums.items() if Fraction(at, FINE) - offset >= above)
    perhaps = sum(count for at, count in sums.items() if Fraction(at + len(widths), FINE) - offset >= above)
    return Fraction(sure, cells), Fraction(perhaps, cells)


def _convolved(sums: Counter[int], width: int) -> Counter[int]:
    out: Counter[int] = Counter()
    for at, count in sums.items():
        for step in range(width):
            out[at + step] += count
    return out


@given(st.lists(st.sampled_from([1, 1, 2]), min_size=1, max_size=4), st.integers(1, 5))
def test_the_chance_is_what_counting_finds(widths: list[int], difference: int) -> None:
    coarsest = max(widths, default=1)
    above = Fraction(difference) - Fraction(coarsest, 2)
    if above <= 0:
        assert chance(difference, [coarsest, *widths]) == 1
        return
    low, high = counted(above, widths)
    assert 2 * low <= chance(difference, [coarsest, *widths]) <= 2 * high


@pytest.mark.parametrize(("addends", "likely", "rare"), [(10, 3, 4), (20, 4, 5), (30, 5, 6)])
def test_the_quantile_of_one_in_a_thousand(addends: int, likely: int, rare: int) -> None:
    widths = [1] * (addends + 1)
    assert not unlikely(likely, widths)
    assert unlikely(rare, widths)


def test_one_unit_is_common() -> None:
    assert Fraction(44, 100) < chance(1, [1] * 6) < Fraction(46, 100)
    assert Fraction(58, 100) < chance(1, [1] * 11) < Fraction(60, 100)


def test_nothing_to_round_explains_nothing() -> None:
    assert chance(1, [0, 0]) == 0
    assert chance(0, [0, 0]) == 1


def test_many_kinds_of_steps_end() -> None:
    widths = [Fraction(1, at) for at in range(1, 60)]
    assert 0 <= chance(3, widths) <= 1


@pytest.mark.parametrize("addends", [1200, 4000, 4096, 30_000])
def test_thousands_of_addends_are_nearly_normal(addends: int) -> None:
    difference = int(3.29 * (addends / 12) ** 0.5)
    normal = erfc((difference - 0.5) / ((addends - 1) / 6) ** 0.5)
    assert float(chance(difference, [1] * addends)) == pytest.approx(normal, rel=0.03)
    assert chance(addends // 2 - 2, [1] * addends) == 0
