"""The loop over plain sums that numba compiles (`loops`), a tile of rows at a time, so that their amounts stay near the
processor. Nothing here runs as Python."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

_TILE, _STRIDE = 256, 16
"""Rows that are looked at together, and rows of which it is seen at a glance that all sums come out."""
_DOUBTFUL = -2
"""In place of a fact where several differ."""

Whole = NDArray[Any]


@njit(cache=True, nogil=True)
def _all_of(kinds: Whole, low: int, size: int, every: Whole) -> None:
    """Of each kind whether all rows of a tile are of it."""
    for kind in range(len(kinds)):
        every[kind] = 1
        for row in range(size):
            every[kind] &= kinds[kind, low + row]


@njit(cache=True, nogil=True)
def _read(
    fact: Whole, amounts: Whole, leaves: Whole, optional: Whole, low: int, size: int, value: Whole, known: Whole
) -> None:
    """The amounts of a tile, and in the last column of `known` whether each is known in all of its rows."""
    for leaf in range(len(leaves)):
        every = 1
        for row in range(size):
            found, doubtful = -1, 0
            for alternative in range(leaves.shape[1]):
                slot = leaves[leaf, alternative]
                if slot < 0 or found >= 0 or doubtful:
                    break
                found = fact[slot, low + row]
                if found == _DOUBTFUL:
                    doubtful = 1
            is_known = 1 if found >= 0 or (optional[leaf] and not doubtful) else 0
            value[leaf, row] = amounts[found]
            known[leaf, row] = is_known
            every &= is_known
        known[leaf, _TILE] = every


@njit(cache=True, nogil=True)
def _add(total: Whole, amount: Whole, weight: int) -> None:
    """Adds an amount in some rows."""
    if weight == 1:
        for row in range(len(total)):
            total[row] += amount[row]
    elif weight == -1:
        for row in range(len(total)):
            total[row] -= amount[row]
    else:
        for row in range(len(total)):
            total[row] += weight * amount[row]


@njit(cache=True, nogil=True)
def _narrow(fits: Whole, there: Whole) -> None:
    """Keeps the rows in which an amount is known."""
    for row in range(len(fits)):
        fits[row] &= there[row]


@njit(cache=True, nogil=True)
def _code(fact: Whole, steps: Whole, leaves: Whole, places: Whole, weights: Whole, row: int, off: int) -> int:
    """The verdict of a sum that does not come out in a row: 1 agrees, 2 rounding, 3 violation."""
    room, coarsest, alone = 0, 0, 0
    for at in range(len(places)):
        leaf, weight = places[at], abs(weights[at])
        found = -1
        for alternative in range(leaves.shape[1]):
            if found >= 0 or leaves[leaf, alternative] < 0:
                break
            found = fact[leaves[leaf, alternative], row]
        if found < 0:
            continue
        step = steps[found]
        room += weight * step
        if step > coarsest:
            coarsest, alone = step, weight
        elif step == coarsest:
            alone = 0
    twice = 2 * abs(off)
    return 1 if twice <= alone * coarsest else 2 if twice <= room else 3


@njit(cache=True, nogil=True)
def _applying(fits: Whole, said: Whole, known: Whole, places: Whole, kind: Whole) -> int:
    """Notes in which rows of a tile a sum applies, and says in how many."""
    size = len(fits)
    fits[:] = kind
    for place in places:
        _narrow(fits, known[place, :size])
    applies = 0
    for row in range(size):
        applies += fits[row]
        said[row] = fits[row]
    return applies


@njit(cache=True, nogil=True)
def _is_off(total: Whole) -> bool:
    """Whether some sum does not come out."""
    bits = 0
    for row in range(len(total)):
        bits |= total[row]
    return bits != 0


@njit(cache=True, nogil=True)
def _settle(
    fact: Whole,
    steps: Whole,
    leaves: Whole,
    terms: tuple[Whole, Whole],
    low: int,
    sums: Whole,
    fits: Whole,
    said: Whole,
    counts: Whole,
) -> None:
    """The verdicts where a sum applies and does not come out."""
    places, weights = terms
    for begin in range(0, len(sums), _STRIDE):
        end = min(begin + _STRIDE, len(sums))
        if not _is_off(sums[begin:end]):
            continue
        for row in range(begin, end):
            if sums[row] != 0 and fits[row]:
                code = _code(fact, steps, leaves, places, weights, low + row, sums[row])
                said[row] = code
                if code > 1:
                    counts[code - 1] += 1


@njit(cache=True, nogil=True)
def judge(
    fact: Whole,
    amounts: Whole,
    steps: Whole,
    kinds: Whole,
    leaves: Whole,
    optional: Whole,
    starts: Whole,
    places: Whole,
    weights: Whole,
    constants: Whole,
    kind_of: Whole,
    out: Whole,
    counts: Whole,
) -> None:
    """The verdict of each sum in each row: 0 where it does not apply, 1 agrees, 2 rounding, 3 violation; and how many
    rows apply, and how many differ by rounding and by more.

    `fact` slots by rows; `amounts` and `steps` of facts, zero at the end; `kinds` rows by kind; `leaves` the slots of
    each different amount, -1 where there are no more; of each sum from `starts` on the amounts (`places`) and their
    weights.
    """
    value = np.zeros((len(leaves), _TILE), np.int64)
    known = np.zeros((len(leaves), _TILE + 1), np.uint8)
    total, here = np.zeros(_TILE, np.int64), np.zeros(_TILE, np.uint8)
    all_kinds = np.zeros(len(kinds), np.uint8)
    for low in range(0, fact.shape[1], _TILE):
        size = min(_TILE, fact.shape[1] - low)
        _all_of(kinds, low, size, all_kinds)
        _read(fact, amounts, leaves, optional, low, size, value, known)
        for number in range(len(constants)):
            sums, fits, said = total[:size], here[:size], out[number, low : low + size]
            mine, by = places[starts[number] : starts[number + 1]], weights[starts[number] : starts[number + 1]]
            sums[:] = constants[number]
            every = all_kinds[kind_of[number]]
            for at in range(len(mine)):
                every &= known[mine[at], _TILE]
                _add(sums, value[mine[at], :size], by[at])
            if every:
                said[:] = 1
                fits[:] = 1
                applies = size
            else:
                applies = _applying(fits, said, known, mine, kinds[kind_of[number], low : low + size])
                if not applies:
                    continue
            counts[number, 0] += applies
            _settle(fact, steps, leaves, (mine, by), low, sums, fits, said, counts[number])
