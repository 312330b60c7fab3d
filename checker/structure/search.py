"""Shapes of sums that end in one total: runs of the items before it, with signs, with lines left out. It proposes; what
a shape is worth is decided elsewhere.

Runs come from running sums. Signed and gappy shapes are met in the middle: the halves' sums in one case are hashed, and
the pairs that fit there are tried on all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, repeat
from operator import sub

from attrs import define

from checker.core.value import frozen
from checker.structure.fit import Terms
from checker.structure.grid import Grid

SIGNED_REACH = 12
"""Addends, the nearest ones, of which any may be taken off: 2 ** 12 choices, met in the middle."""
GAPPY_REACH = 8
"""The same where lines may be left out too: 3 ** 8."""
_MOST_PAIRS = 150
"""Choices that fit one case and are tried on the others: more fit by chance alone."""


@frozen
class Shape:
    """Addends and how they were found; `choices` is the number of shapes tried of this family, in bits.

    What the search knows of its cases saves measuring most shapes of small numbers, of which hundreds fit a line
    somewhere by chance.
    """

    terms: Terms
    family: str
    choices: int
    held: int
    """It holds in no more cases."""
    missed: int
    """It is broken in no fewer cases."""
    bits: int
    """It is no more surprising in all that it holds in."""


def runs(grid: Grid, stack: Sequence[int], total: int) -> Iterator[Shape]:
    """All plus, and first less the rest, over each run of items that ends just before the total and fits in at least
    one case."""
    plus: dict[int, Tally] = {}
    minus: dict[int, Tally] = {}
    sure: list[int] = []
    near = stack[::-1]
    for place, whole in enumerate(grid.values[total]):
        if whole is None:
            continue
        values = [grid.filled[item][place] for item in near]
        bits = most_bits(whole, values)
        from_here = (
            next((length for length, value in enumerate(values, 1) if value), len(values) + 1)
            if place in grid.legible
            else len(values) + 1
        )
        sure.append(from_here)
        rooms = list(accumulate([grid.steps[item][place] for item in near], initial=grid.steps[total][place]))
        sums = list(accumulate(values, initial=0))
        widest = rooms[-1] // 2
        low, high = whole - widest, whole + widest
        for length in [length for length, added in enumerate(sums) if low <= added <= high]:
            if length and 2 * abs(whole - sums[length]) <= rooms[length]:
                plus.setdefault(length, Tally()).count(bits, length >= from_here)
        for length in [length for length, rest in enumerate(map(sub, values, sums), 1) if low <= rest <= high]:
            if 2 * abs(whole - values[length - 1] + sums[length - 1]) <= rooms[length]:
                minus.setdefault(length, Tally()).count(bits, length >= from_here)
    tried = max(len(stack), 1).bit_length()
    for length in sorted(plus.keys() | minus.keys()):
        parts = stack[-length:]
        printed = sum(length >= from_here for from_here in sure)
        if (tally := plus.get(length)) is not None:
            yield Shape(
                tuple(zip(repeat(1), parts, strict=False)), "run", tried, tally.held, printed - tally.surely, tally.bits
            )
        if (tally := minus.get(length)) is not None and length > 1:
            terms = ((1, parts[0]), *zip(repeat(-1), parts[1:], strict=False))
            yield Shape(terms, "difference", tried + 1, tally.held, printed - tally.surely, tally.bits)


@define
class Tally:
    """The cases that a shape fits in."""

    held: int = 0
    surely: int = 0
    """Those among them that will be measured: something is printed, and all of it was read."""
    bits: int = 0

    def count(self, bits: int, surely: bool) -> None:
        """Takes one more."""
        self.held += 1
        self.surely += surely
        self.bits += bits


def most_bits(whole: int, values: Sequence[int]) -> int:
    """The most that a case of these numbers is worth: `Case.bits` with no residual and nothing in common."""
    return (2 * max(abs(whole), max(map(abs, values), default=0))).bit_length() - 1


def exchanged(grid: Grid, stack: Sequence[int], total: int) -> Iterator[tuple[Shape, int]]:
    """Runs of a table of two columns that miss in both, with the line whose two amounts, exchanged, make them fit in
    both."""
    if grid.width != 2 or None in grid.values[total]:
        return
    missing = [value or 0 for value in grid.values[total]]
    rooms = list(grid.steps[total])
    for length in range(1, len(stack) + 1):
        item = stack[-length]
        missing = [rest - (value or 0) for rest, value in zip(missing, grid.values[item], strict=True)]
        rooms = [room + step for room, step in zip(rooms, grid.steps[item], strict=True)]
        if (
            length < 2
            or 2 * abs(sum(missing)) > sum(rooms)
            or any(2 * abs(rest) <= room for rest, room in zip(missing, rooms, strict=True))
        ):
            continue
        for line in (total, *stack[-length:]):
            here, there = grid.values[line]
            apart = (here or 0) - (there or 0) if line == total else (there or 0) - (here or 0)
            if here and there and 2 * abs(missing[0] - apart) <= rooms[0]:
                yield (
                    Shape(
                        tuple((1, part) for part in stack[-length:]),
                        "run",
                        (length + 1).bit_length() + len(stack).bit_length(),
                        0,
                        2,
                        0,
                    ),
                    line,
                )


def signed(grid: Grid, stack: Sequence[int], total: int) -> Iterator[Shape]:
    """Runs in which any addend may be taken off."""
    reach = list(stack[-SIGNED_REACH:])
    held, bits = _at_most(grid, reach, total)
    for terms in _meet(grid, reach, total, (1, -1)):
        yield Shape(terms, "signed", len(terms) + len(stack).bit_length(), held, 0, bits)


def gappy(grid: Grid, stack: Sequence[int], total: int) -> Iterator[Shape]:
    """Runs from which lines are left out and in which any may be taken off."""
    reach = list(stack[-GAPPY_REACH:])
    held, bits = _at_most(grid, reach, total)
    for terms in _meet(grid, reach, total, (1, -1, 0)):
        if len(terms) >= 2:
            yield Shape(terms, "gappy", (3 * len(reach) + 1) // 2, held, 0, bits)


def _at_most(grid: Grid, reach: Sequence[int], total: int) -> tuple[int, int]:
    """The cases that any choice of these addends can hold in, and what all of them are worth at most."""
    cases = [(place, whole) for place, whole in enumerate(grid.values[total]) if whole is not None]
    return len(cases), sum(most_bits(whole, [grid.filled[item][place] for item in reach]) for place, whole in cases)


def _meet(grid: Grid, reach: list[int], total: int, choices: tuple[int, ...]) -> Iterator[Terms]:
    """Every choice of coefficients for a suffix of `reach` that fits in the case with the largest total, or in the next
    one."""
    keys = sorted(
        (place for place in range(grid.width) if grid.values[total][place]),
        key=lambda place: -abs(grid.values[total][place] or 0),
    )[:2]
    given: set[Terms] = set()
    for key in keys:
        for terms in _pairs(grid, reach, (total, key), choices):
            if terms not in given:
                given.add(terms)
                yield terms


def _pairs(grid: Grid, reach: list[int], at: tuple[int, int], choices: tuple[int, ...]) -> Iterator[Terms]:
    total, key = at
    target = grid.values[total][key] or 0
    allowance = grid.steps[total][key] + sum(grid.steps[item][key] for item in reach)
    width = allowance // 2 + 1
    near = reach[len(reach) // 2 :]
    far = reach[: len(reach) // 2]
    buckets: dict[int, list[tuple[int, Terms]]] = {}
    for amount, terms in _sums(grid, (near, key), choices):
        buckets.setdefault((target - amount) // width, []).append((target - amount, terms))
    given = 0
    whole_far = 0 not in choices
    lengths = range(len(far) + 1) if whole_far else (len(far),)
    for length in lengths:
        for amount, terms in _sums(grid, (far[len(far) - length :], key), choices):
            slot = amount // width
            for bucket in (slot - 1, slot, slot + 1):
                for wanted, others in buckets.get(bucket, ()):
                    if 2 * abs(wanted - amount) <= allowance and len(terms) + len(others) > 1:
                        yield terms + others
                        given += 1
                        if given >= _MOST_PAIRS:
                            return


def _sums(grid: Grid, half: tuple[list[int], int], choices: tuple[int, ...]) -> list[tuple[int, Terms]]:
    """Each choice of coefficients for the items of one half, with its sum in the key case."""
    items, key = half
    sums: list[tuple[int, Terms]] = [(0, ())]
    for item in items:
        value = grid.values[item][key] or 0
        sums = [
            (amount + choice * value, (*terms, (choice, item)) if choice else terms)
            for amount, terms in sums
            for choice in choices
        ]
    return sums
