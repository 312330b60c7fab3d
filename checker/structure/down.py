"""Sums down the columns of a table, stated and licensed."""

from __future__ import annotations

from checker.core.statement import Statement
from checker.core.structure import Sum, SumKind
from checker.structure.captions import closes, opens
from checker.structure.columns import net, totals
from checker.structure.fit import Fit
from checker.structure.grid import Grid, down
from checker.structure.licence import licences
from checker.structure.state import Stated, state


def down_sums(statement: Statement) -> tuple[Sum, ...]:
    """The totals and roll-forwards of a table, in reading order."""
    found = []
    for grid in down(statement):
        fits = totals(grid)
        for fit in fits:
            allowed = {} if statement.summary else licences(grid, fit, fits)
            found.append(state(grid, fit, Stated(_kind(grid, fit), statement.index, allowed, max(net(fit), 0))))
    return tuple(sorted(found, key=lambda each: each.total))


def _kind(grid: Grid, fit: Fit) -> SumKind:
    captions = [grid.items[item].caption for _, item in fit.terms]
    if closes(grid.items[fit.total].caption) and any(opens(caption) for caption in captions):
        return "roll-forward"
    return "total"
