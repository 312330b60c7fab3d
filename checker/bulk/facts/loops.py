"""The plain sums of a rulebook in one compiled loop, where numba is installed: a few rows at a time, so that their
amounts stay near the processor.

The same verdicts as the columns of `judged`, about twice as fast; a run does without it where numba is missing or
there is too little to judge.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

_TILE, _STRIDE = 256, 16
"""Rows that are looked at together, and rows of which it is seen at a glance that all sums come out."""
_WORTH_IT = 200_000_000
"""Sums times rows that a process judged, from which on the loop is loaded: that takes as long as it would have saved on
so many."""


@define
class Pace:
    """How much a process has judged."""

    seen: int = 0

    def is_worth_it(self, sums: int, rows: int) -> bool:
        """Whether the loop is there and pays for being loaded, as so many more rows are to be judged."""
        self.seen += sums * rows
        return self.seen >= _WORTH_IT and importlib.util.find_spec("numba") is not None


@cache
def loop() -> Callable[..., None]:
    """The loop, compiled. ModuleNotFoundError: numba is not installed."""
    import numba

    made: Callable[..., None] = numba.njit(cache=True, nogil=True)(_judge)
    return made


Whole = NDArray[Any]


def _judge(
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
    rows = fact.shape[1]
    count = len(leaves)
    value = np.zeros((count, _TILE), np.int64)
    known = np.zeros((count, _TILE), np.uint8)
    total = np.zeros(_TILE, np.int64)
    here = np.zeros(_TILE, np.uint8)
    all_known = np.zeros(count, np.uint8)
    all_kinds = np.zeros(len(kinds), np.uint8)
    for low in range(0, rows, _TILE):
        size = min(_TILE, rows - low)
        for one in range(len(kinds)):
            all_kinds[one] = 1
            for row in range(size):
                all_kinds[one] &= kinds[one, low + row]
        for leaf in range(count):
            every = 1
            for row in range(size):
                found, doubtful = -1, 0
                for alternative in range(leaves.shape[1]):
                    slot = leaves[leaf, alternative]
                    if slot < 0 or found >= 0 or doubtful:
                        break
                    found = fact[slot, low + row]
                    if found == -2:
                        doubtful = 1
                is_known = 1 if found >= 0 or (optional[leaf] and not doubtful) else 0
                value[leaf, row] = amounts[found]
                known[leaf, row] = is_known
                every &= is_known
            all_known[leaf] = every
        for number in range(len(constants)):
            sum_ = total[:size]
            fits = here[:size]
            said = out[number, low : low + size]
            kind = kinds[kind_of[number], low : low + size]
            sum_[:] = constants[number]
            every = all_kinds[kind_of[number]]
            for at in range(starts[number], starts[number + 1]):
                every &= all_known[places[at]]
                amount = value[places[at], :size]
                weight = weights[at]
                if weight == 1:
                    for row in range(size):
                        sum_[row] += amount[row]
                elif weight == -1:
                    for row in range(size):
                        sum_[row] -= amount[row]
                else:
                    for row in range(size):
                        sum_[row] += weight * amount[row]
            if every:
                said[:] = 1
                fits[:] = 1
                applies = size
            else:
                fits[:] = kind
                for at in range(starts[number], starts[number + 1]):
                    there = known[places[at], :size]
                    for row in range(size):
                        fits[row] &= there[row]
                applies = 0
                for row in range(size):
                    applies += fits[row]
                    said[row] = fits[row]
                if not applies:
                    continue
            counts[number, 0] += applies
            for begin in range(0, size, _STRIDE):
                end = min(begin + _STRIDE, size)
                bits = 0
                for row in range(begin, end):
                    bits |= sum_[row]
                if not bits:
                    continue
                for row in range(begin, end):
                    if sum_[row] == 0 or not fits[row]:
                        continue
                    room, coarsest, alone = 0, 0, 0
                    for at in range(starts[number], starts[number + 1]):
                        leaf, weight = places[at], abs(weights[at])
                        found = -1
                        for alternative in range(leaves.shape[1]):
                            if found >= 0 or leaves[leaf, alternative] < 0:
                                break
                            found = fact[leaves[leaf, alternative], low + row]
                        if found < 0:
                            continue
                        step = steps[found]
                        room += weight * step
                        if step > coarsest:
                            coarsest, alone = step, weight
                        elif step == coarsest:
                            alone = 0
                    twice = 2 * abs(sum_[row])
                    code = 1 if twice <= alone * coarsest else 2 if twice <= room else 3
                    said[row] = code
                    if code > 1:
                        counts[number, code - 1] += 1
