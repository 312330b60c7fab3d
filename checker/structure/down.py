"""Sums down the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.statement import Statement
from checker.core.structure import SumKind
from checker.lexicon.captions import closes, opens
from checker.structure.columns import net, totals
from checker.structure.draft import Draft
from checker.structure.elsewhere import held_elsewhere
from checker.structure.fit import Fit, near
from checker.structure.grid import Grid, down
from checker.structure.line_slips import line_slips
from checker.structure.members import member_sums, named_totals
from checker.structure.omitted import omitted
from checker.structure.tiled import tiled


def down_sums(statement: Statement) -> Iterator[Draft]:
    """The totals and roll-forwards of a table, grid by grid, and the sums of lines that share a caption."""
    for grid in down(statement):
        walked = totals(grid, named_totals(grid))
        sought = (*walked, *held_elsewhere(grid, walked))
        slips = (*line_slips(grid, sought, statement), *omitted(grid, sought, statement))
        slips = (
            *slips,
            *(one for one in tiled(grid, sought, statement) if one[0].total not in {fit.total for fit, _ in slips}),
        )
        slipped = {fit.total for fit, _ in slips}
        fits = tuple(fit for fit in sought if fit.total not in slipped)
        found: list[tuple[SumKind, Fit, bool]] = [(_kind(grid, fit), fit, False) for fit in fits]
        found.sort(key=lambda each: each[1].total)
        found += [("total", fit, alike.doubtful) for alike in member_sums(grid, fits) for fit in alike.fits]
        every = [fit for _, fit, _ in found]
        for place, (kind, fit, doubtful) in enumerate(found):
            yield Draft(
                kind, statement.index, grid, fit, near(every, place), max(net(fit), 0), statement.summary, doubtful
            )
        for fit, slip in slips:
            yield Draft(
                _kind(grid, fit), statement.index, grid, fit, (), max(fit.witness, 0), statement.summary, slip=slip
            )


def _kind(grid: Grid, fit: Fit) -> SumKind:
    captions = [grid.items[item].caption for _, item in fit.terms]
    if closes(grid.items[fit.total].caption) and any(opens(caption) for caption in captions):
        return "roll-forward"
    return "total"
