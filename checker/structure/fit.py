"""One supposed sum held against every case of its grid: where it holds, where it is broken, and how many bits that is
worth over chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import compress
from math import gcd
from operator import mul

from checker.core.value import evolve, frozen
from checker.judge.table import COPIED, SHOWN, UNLIKE
from checker.structure.grid import Grid

Terms = tuple[tuple[int, int], ...]
"""Coefficient and item of each addend."""

NEAR = 100
"""Sums before and behind one of them that are held against it: a table of thousands has nothing to say of one that
stands far off."""


@frozen
class Case:
    """The sum in one case, with its numbers: the total and its addends, 0 where nothing is printed."""

    case: int
    residual: int
    allowance: int
    """Twice the largest residual that rounding explains."""
    addends: int
    """How many of them are not zero."""
    numbers: tuple[int, ...]
    worth: int = 1
    """0 where an earlier case has the same numbers: equal columns count once."""

    @property
    def total(self) -> int:
        """Its total."""
        return self.numbers[0]

    @property
    def holds(self) -> bool:
        """Whether rounding explains the residual."""
        return 2 * abs(self.residual) <= self.allowance

    @property
    def unit(self) -> int:
        """The common divisor of its numbers."""
        return max(gcd(*self.numbers), 1)

    @property
    def room(self) -> int:
        """How many residuals would have been possible, in units of the common divisor."""
        return max(2 * max(map(abs, self.numbers)) // self.unit, 1)

    @cached_property
    def bits(self) -> int:
        """How surprising so small a residual would be for numbers of this size that have nothing to do with each
        other."""
        spread = 2 * (abs(self.residual) // self.unit) + 1
        bits = max((self.room // spread).bit_length() - 1, 0) * self.worth
        return bits if self.addends >= 2 else min(bits, COPIED)


@frozen
class Fit:
    """A supposed sum: its total and addends by item, and what every case says of it."""

    total: int
    terms: Terms
    cases: tuple[Case, ...]
    cost: int = 0
    """Bits needed to say which of all structures that were tried this is, less what captions and layout speak for
    it."""
    keyed: int = 0
    """Bits by which one keying slip explains its only broken case better than chance."""
    exchanged: int | None = None
    """The item whose amounts in the two cases, exchanged, make both of them hold; then `keyed` says how surprising that
    is."""
    apart: bool = False
    """It is believed only without the one case that is broken."""

    @cached_property
    def items(self) -> frozenset[int]:
        """The total and its addends."""
        return frozenset((self.total, *(item for _, item in self.terms)))

    @property
    def holding(self) -> tuple[Case, ...]:
        """The cases in which it holds."""
        return tuple(case for case in self.cases if case.holds)

    @property
    def broken(self) -> tuple[Case, ...]:
        """The cases in which it does not."""
        return tuple(case for case in self.cases if not case.holds)

    @property
    def witness(self) -> int:
        """The bits of the cases in which it holds."""
        return sum(case.bits for case in self.cases if case.holds)


def measure(grid: Grid, total: int, terms: Terms) -> tuple[Case, ...]:
    """The sum in every case in which its total is printed and none of its addends is one that does not foot; equal
    columns count once."""
    cases: list[Case] = []
    seen: set[tuple[int, ...]] = set()
    coefficients = [coefficient for coefficient, _ in terms]
    parts = [item for _, item in terms]
    for place, whole in enumerate(grid.values[total]):
        if whole is None or (place not in grid.legible and _unread(grid, total, parts, place)):
            continue
        numbers = [grid.filled[item][place] for item in parts]
        addends = len(numbers) - numbers.count(0)
        if not addends and (not whole or all(grid.values[item][place] is None for item in parts)):
            continue
        residual = whole - sum(map(mul, coefficients, numbers))
        allowance = sum([grid.steps[item][place] for item in parts], grid.steps[total][place])
        key = (whole, *numbers)
        cases.append(Case(place, residual, allowance, addends, key, 0 if key in seen else 1))
        seen.add(key)
    return tuple(cases)


def _unread(grid: Grid, total: int, parts: Sequence[int], place: int) -> bool:
    """Whether an addend that should stand in a case was left out of it."""
    whole = place in grid.wholes
    missing = (item for item in parts if grid.values[item][place] is None)
    return any(
        grid.opaque[item][place] or (whole and any(compress(grid.values[item], grid.values[total]))) for item in missing
    )


def near(fits: Sequence[Fit], place: int) -> tuple[Fit, ...]:
    """The sums of a table among which one is judged, itself among them: all of them in any but the longest tables."""
    return tuple(fits[max(place - NEAR, 0) : place + NEAR])


def absent(grid: Grid, fit: Fit, case: Case, others: Sequence[Fit]) -> bool:
    """Whether an addend that is printed where the sum holds is not printed here: then it was left out of the case, or
    not read.

    Where the sum holds twice or more with the very same blanks, or another sum of the table holds in this case with
    blanks in the lines called so, they are how the table prints nothing. A single one of another sign, or of quite
    another size, than what the sum lacks did not hold it.
    """
    missing = _blanks(grid, fit, case)
    shown = [
        (coefficient, item)
        for coefficient, item in fit.terms
        if item in missing and any(grid.values[item][each.case] for each in fit.holding)
    ]
    if not shown or (len(shown) == 1 and not _lacking(grid, fit, case, shown[0])):
        return False
    if sum(each.addends >= 2 and _blanks(grid, fit, each) == missing for each in fit.holding) >= 2:
        return False
    captions = {grid.items[item].caption for _, item in shown}
    return not any(
        captions <= {grid.items[item].caption for item in _blanks(grid, other, case)}
        for other in others
        if witnessed(other, case.case)
    )


def sparse(grid: Grid, fit: Fit) -> bool:
    """Whether a sum of two cases or more that add up several amounts leaves lines blank in each of them: blanks are how
    its table prints nothing."""
    adding = [case for case in fit.holding if case.addends >= 2]
    return len(adding) >= 2 and all(_blanks(grid, fit, case) for case in adding)


def witnessed(fit: Fit, place: int) -> bool:
    """Whether a sum shows that its case at `place` foots."""
    return any(case.case == place and case.addends >= 2 and case.bits >= SHOWN for case in fit.holding)


def _lacking(grid: Grid, fit: Fit, case: Case, term: tuple[int, int]) -> bool:
    """Whether what a case lacks may be the amount of the one addend that is not printed there."""
    coefficient, item = term
    lacks = coefficient * case.residual
    amounts = [value for each in fit.holding if (value := grid.values[item][each.case])]
    return any(
        lacks * amount > 0 and abs(amount) <= UNLIKE * abs(lacks) and abs(lacks) <= UNLIKE * abs(amount)
        for amount in amounts
    )


def _blanks(grid: Grid, fit: Fit, case: Case) -> list[int]:
    """The addends that are not printed in a case."""
    return [item for _, item in fit.terms if grid.values[item][case.case] is None]


def echoes(fit: Fit, other: Fit, case: Case) -> bool:
    """Whether another sum that is broken in this case alone asks for the same amount, within rounding, in the one
    figure that both share."""
    if other is fit or len(other.broken) != 1 or other.broken[0].case != case.case:
        return False
    theirs = other.broken[0]
    if fit.items.isdisjoint(other.items):  # as most are, where many are broken
        return False
    wanted = {fit.total: -case.residual, **{item: coefficient * case.residual for coefficient, item in fit.terms}}
    asked = {
        other.total: -theirs.residual,
        **{item: coefficient * theirs.residual for coefficient, item in other.terms},
    }
    return any(
        2 * abs(wanted[item] - asked[item]) <= case.allowance + theirs.allowance
        for item in wanted.keys() & asked.keys()
    )


def footing(fit: Fit, others: Sequence[Fit], case: Case) -> int:
    """The bits of the other sums that hold in a broken case, fewer where they miss by rounding; 0 where one of them is
    broken there by another figure."""
    beside = [
        one
        for one in others
        if not one.apart and (one.total, one.terms) != (fit.total, fit.terms) and not echoes(fit, one, case)
    ]
    there = [each for other in beside for each in other.cases if each.case == case.case and each.addends >= 2]
    if not all(each.holds for each in there):
        return 0
    return sum(each.bits for each in there)


def unmirrored(grid: Grid, fit: Fit) -> Fit:
    """A fit found in the mirrored grid, in terms of the grid itself."""
    last = len(grid.items) - 1
    terms = tuple(sorted(((coefficient, last - item) for coefficient, item in fit.terms), key=lambda term: term[1]))
    return evolve(fit, total=last - fit.total, terms=terms)
