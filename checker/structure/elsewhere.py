"""Sums that every case of a table but one bears witness to: what a wrong figure hides from the search that it is part
of.

A sum is believed for what it says of its other cases. One that the whole table does not show may be shown by the table
without one of its columns; then it is held against that column too. Where another run of lines makes the total in that
column, nothing is hidden there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.value import evolve
from checker.structure.columns import UNNAMED, net, totals
from checker.structure.fit import Fit, measure
from checker.structure.grid import Grid, without
from checker.structure.members import named_totals
from checker.structure.search import runs
from checker.structure.slip import keyed

_WIDEST = 16
"""Columns beyond which none is left out: so many others outvote a broken one in the search of the whole table, and
every one of them would be a search."""


def held_elsewhere(grid: Grid, known: Sequence[Fit]) -> Iterator[Fit]:
    """The sums that hold in all cases but one, in which they are broken, and are not known."""
    said = {(fit.total, fit.terms) for fit in known}
    settled: dict[int, int] = {}
    for fit in known:
        settled[fit.total] = max(settled.get(fit.total, 0), net(fit))
    for place in range(grid.width if 1 < grid.width <= _WIDEST else 0):
        rest = without(grid, place)
        for fit in totals(rest, named_totals(rest)):
            if fit.broken or (fit.total, fit.terms) in said:
                continue
            found = evolve(fit, cases=measure(grid, fit.total, fit.terms))
            if [case.case for case in found.broken] != [place] or net(found) <= settled.get(fit.total, net(found) - 1):
                continue
            if not _rivalled(grid, found, known):
                said.add((fit.total, fit.terms))
                yield evolve(found, keyed=keyed(grid, found, found.broken[0]), apart=True)


def _rivalled(grid: Grid, fit: Fit, known: Sequence[Fit]) -> bool:
    """Whether another run of the lines before its total, or of the subtotals among them, makes the total where the sum
    is broken, and is broken nowhere."""
    case = fit.broken[0].case
    taken = {part for other in known if other.total < fit.total for _, part in other.terms}
    before = range(max(fit.total - UNNAMED, 0), fit.total)
    shapes = {
        shape.terms
        for stack in ([item for item in before if item not in taken], list(before))
        for shape in runs(grid, stack, fit.total)
        if not shape.missed
    }
    for terms in shapes - {fit.terms}:
        cases = measure(grid, fit.total, terms)
        if any(each.case == case and each.addends for each in cases) and all(each.holds for each in cases):
            return True
    return False
