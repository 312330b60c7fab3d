"""Lines that stand for one stretch of days after another, and the line that sums them up: purchases of shares month by
month, and in the quarter.

That the lines are all there is, their captions say by themselves: each stretch begins on the day after the one before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from checker.core.statement import Statement
from checker.core.unit import SHARES
from checker.core.value import evolve
from checker.judge import table
from checker.lexicon import time
from checker.lexicon.captions import word
from checker.lexicon.stretches import follows, is_left, stretch
from checker.structure.draft import Slip, Slipped
from checker.structure.fit import Fit, measure
from checker.structure.grid import Grid
from checker.structure.slip import keyed


def tiled(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Iterator[Slipped]:
    """The sums of consecutive stretches that miss in one column."""
    known = {fit.total for fit in fits if not fit.broken}
    stretches = [stretch(item.caption) for item in grid.items]
    begin = 0
    for item in range(1, len(grid.items) + 1):
        if item < len(grid.items) and follows(stretches[item - 1], stretches[item]):
            continue
        if (
            item - begin >= 2
            and item < len(grid.items)
            and item not in known
            and _sums_up(grid, (begin, item), stretches)
        ):
            said = _missed(grid, Fit(item, tuple((1, line) for line in range(begin, item)), ()), statement)
            if said is not None:
                yield said
        begin = item


def _sums_up(grid: Grid, run: tuple[int, int], stretches: Sequence[tuple[dt.date, dt.date] | None]) -> bool:
    """Whether the line behind a run is called a total, or dated as all of it is: to its last day."""
    begin, item = run
    caption, last = grid.items[item].caption, stretches[item - 1]
    if word(caption) == "total":
        return True
    first, whole = stretches[begin], stretches[item]
    if whole is not None:
        return first is not None and last is not None and whole == (first[0], last[1])
    return last is not None and [(each.month, each.day) for each in time.dates(caption)] == [
        (last[1].month, last[1].day)
    ]


def _missed(grid: Grid, fit: Fit, statement: Statement) -> Slipped | None:
    """The sum with its one column that misses; a warning where neither a slip nor another column speaks for it."""
    items = [fit.total, *(line for _, line in fit.terms)]
    cases = tuple(
        case
        for case in measure(grid, fit.total, fit.terms)
        if all(figure.unit == SHARES for item in items if (figure := grid.figures[item][case.case]) is not None)
        and not is_left(statement.columns[grid.cases[case.case]].head)
    )
    whole = evolve(fit, cases=cases)
    if len(whole.broken) != 1 or 2 * abs(whole.broken[0].residual) <= table.ROUNDED_TWICE * whole.broken[0].allowance:
        return None
    case = whole.broken[0]
    sure = keyed(grid, whole, case) >= table.REPAIRED or any(each.addends >= 2 for each in whole.holding)
    why = "its lines are one stretch of days after another, to the last"
    return whole, Slip(None, (case.case,), "error" if sure else "warning", why)
