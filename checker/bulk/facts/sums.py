"""The plain sums of a rulebook as one sparse matrix: equations that rounding alone excuses, most of what rules ask of
facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from checker.bulk.facts.compiled import Compiled, Rated
from checker.bulk.facts.compiled import compiled as make_compiled
from checker.bulk.facts.table import LARGEST, Block, Flags, Ints
from checker.core.rule import Rulebook

KINDS = ((False, False), (False, True), (True, False), (True, True))
"""Of the rows of a block: whether they last, and whether they speak of a segment."""
_FAR = LARGEST / 64
"""A sum of amounts and steps below which nothing on the way to a verdict leaves 64 bits."""


@frozen(eq=False)
class Summed:
    """The plain sums of a rulebook as a sparse matrix: of each the slots of its amounts, their weights, a constant."""

    slots: NDArray[np.int64]
    """Sums by amounts by alternatives, of which the first that is reported counts; -1 where there are no more."""
    weights: NDArray[np.int64]
    """Sums by amounts: 0 where there are no more."""
    plain: NDArray[np.bool_]
    """Sums without a condition and without names that may mean one fact; and, next, the kind of their rows."""
    kinds: Sequence[tuple[bool, bool]]
    constants: Sequence[int]
    leaves: Sequence[Sequence[tuple[Sequence[int], int]]]
    """The same as lists."""
    optional: Sequence[Sequence[bool]]

    @cached_property
    def kind_codes(self) -> NDArray[np.int64]:
        """The kinds as places in `KINDS`."""
        return np.array([KINDS.index(kind) for kind in self.kinds], np.int64)

    def scaled_constant(self, number: int, block: Block) -> int:
        """The constant of a sum on the scale of its amounts."""
        constant = self.constants[number]
        return int(constant * 10 ** block.decimals(self.leaves[number][0][0][0])) if constant else 0

    def chosen(self, numbers: Ints) -> tuple[NDArray[Any], ...]:
        """Some of the sums as the loop takes them: the slots of every different amount, whether it may be missing;
        where each sum begins among its amounts.
        """
        different: dict[tuple[tuple[int, ...], bool], int] = {}
        starts, places, weights = [0], [], []
        for number in numbers:
            for (slots, weight), optional in zip(self.leaves[number], self.optional[number], strict=True):
                places.append(different.setdefault((tuple(slots), optional), len(different)))
                weights.append(weight)
            starts.append(len(places))
        leaves = np.full((len(different), self.slots.shape[2]), -1, np.int64)
        for (slots, _), place in different.items():
            leaves[place, : len(slots)] = slots
        return (
            leaves,
            np.array([optional for _, optional in different], np.bool_),
            *(np.array(one, np.int64) for one in (starts, places, weights)),
        )


def summed(compiled: Compiled) -> Summed:
    """The plain sums of a rulebook."""
    return compiled.rulebook.once(_summed)


def _summed(rulebook: Rulebook) -> Summed:
    compiled = rulebook.once(make_compiled)
    every, constants, optional = [], [], []
    for at in compiled.sums:
        one, two = compiled.rated[at].left, compiled.rated[at].right
        assert one is not None and two is not None
        sides = [(leaf, weight * two.below) for leaf, weight in zip(one.leaves, one.weights, strict=True)]
        sides += [(leaf, -weight * one.below) for leaf, weight in zip(two.leaves, two.weights, strict=True)]
        every.append([(leaf.slots, weight) for leaf, weight in sides])
        optional.append([leaf.optional for leaf, _ in sides])
        constants.append(one.constant * two.below - two.constant * one.below)
    most = max((len(one) for one in every), default=0)
    deep = max((len(slots) for one in every for slots, _ in one), default=0)
    slots = np.full((len(every), most, deep), -1, np.int64)
    weights = np.zeros((len(every), most), np.int64)
    for number, leaves in enumerate(every):
        for place, (names, weight) in enumerate(leaves):
            slots[number, place, : len(names)] = names
            weights[number, place] = weight
    rated = [compiled.rated[at] for at in compiled.sums]
    plain = np.array([asks_nothing(one) and not one.twins for one in rated], np.bool_)
    return Summed(
        slots,
        weights,
        plain,
        [(one.durations, one.task.within.by_segment) for one in rated],
        constants,
        every,
        optional,
    )


def asks_nothing(rated: Rated) -> bool:
    """Whether a relation is judged wherever its amounts are reported."""
    clauses = rated.task.clauses
    return (
        not rated.task.within.dated
        and clauses.when is None
        and clauses.effective_from is None
        and clauses.effective_to is None
    )


def everywhere(sums: Summed, block: Block) -> Sequence[bool]:
    """Of each sum whether it is judged in every row, and far from the end of 64 bits: so are most where filings are
    alike, and it is seen of all at once.
    """
    if block.facts.large or not len(sums.plain):
        return [False] * len(sums.plain)
    full = np.append(block.full, True)
    every = np.array([block.kind(*kind)[1] for kind in sums.kinds], np.bool_)
    found: list[bool] = (sums.plain & every & full[sums.slots[:, :, 0]].all(axis=1) & far(sums, block)).tolist()
    return found


def far(sums: Summed, block: Block) -> Flags:
    """Of each sum whether all numbers on the way are far from the end of 64 bits."""
    bound = np.abs(sums.weights).sum(axis=1) * block.facts.most + np.abs(
        np.array(sums.constants, np.float64)
    ) * 10.0 ** max(block.facts.decimals)
    found: Flags = bound < _FAR
    return found


def difference(sums: Summed, number: int, block: Block, rows: Ints) -> Ints:
    """Left less right of a sum; the array is used again for the next one."""
    found = block.scratch[: len(rows)]
    first = True
    for slots, weight in sums.leaves[number]:
        value = block.amounts(slots, rows)
        if first:
            np.multiply(value, weight, out=found)
        elif weight == 1:
            np.add(found, value, out=found)
        elif weight == -1:
            np.subtract(found, value, out=found)
        else:
            np.add(found, value * weight, out=found)
        first = False
    constant = sums.scaled_constant(number, block)
    return np.add(found, constant, out=found) if constant else found
