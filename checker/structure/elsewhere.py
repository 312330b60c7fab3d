"""Sums that every case of a table but one bears witness to: what a wrong figure hides from the search that it is part of.

A sum is believed for what it says of its other cases. One that the whole table does not show may be shown by the table without one of its columns;
then it is held against that column too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from checker.structure.columns import totals
from checker.structure.fit import Fit, measure
from checker.structure.grid import Grid, without
from checker.structure.members import named_totals
from checker.structure.slip import keyed


def held_elsewhere(grid: Grid, known: Sequence[Fit]) -> Iterator[Fit]:
    """The sums that hold in all cases but one, in which they are broken, and are not known."""
    said = {(fit.total, fit.terms) for fit in known}
    settled = {fit.total for fit in known if not fit.broken}
    for place in range(grid.width if grid.width > 1 else 0):
        rest = without(grid, place)
        for fit in totals(rest, named_totals(rest)):
            if fit.broken or fit.total in settled or (fit.total, fit.terms) in said:
                continue
            found = evolve(fit, cases=measure(grid, fit.total, fit.terms))
            if [case.case for case in found.broken] == [place]:
                said.add((fit.total, fit.terms))
                yield evolve(found, keyed=keyed(grid, found, found.broken[0]), apart=True)
