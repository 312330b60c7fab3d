"""Cross-footing, long periods and roll-forwards along a line: columns that are the sum of other columns in most lines,
eliminations included.

Many lines bear witness, so words matter little here; but a line may well be one that does not cross-foot (a balance
among flows, a rate without its sign). A schedule of valuation accounts has few lines; there the heads say that a
balance is carried from the first column to the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.core.period import Period
from checker.core.statement import Statement
from checker.core.structure import SumKind
from checker.judge.table import ROW_BELIEVED, ROW_CARRIED, ROW_LINES, SUM_BROKEN
from checker.lexicon.captions import closes, opens, whole_column
from checker.structure.draft import Draft
from checker.structure.fit import Case, Fit, measure, near
from checker.structure.grid import Grid, across
from checker.structure.search import Shape, gappy, runs, signed
from checker.structure.walk import either_way

FARTHEST = 200
"""Columns back from a total in which its addends are sought: a table of thousands takes no longer for each of its
columns than a statement."""


def across_sums(statement: Statement) -> Iterator[Draft]:
    """The row totals and long periods of a table."""
    for grid in across(statement):
        fits = either_way(grid, _close)
        for place, fit in enumerate(fits):
            yield Draft(
                _kind(statement, grid, fit),
                statement.index,
                grid,
                fit,
                near(fits, place),
                max(net(fit), 0),
                statement.summary,
            )


def net(fit: Fit) -> int:
    """Evidence less cost, in bits."""
    return fit.witness - SUM_BROKEN * len(fit.broken) - fit.cost


def _close(grid: Grid, stack: Sequence[int], item: int) -> Fit | None:
    if len(stack) < 2:
        return None
    stack = stack[-FARTHEST:]
    best = _best(grid, item, (shape for shape in runs(grid, stack, item) if shape.family == "run"))
    if best is None and whole_column(grid.items[item].caption):
        best = _best(grid, item, gappy(grid, stack, item))
    return best or _carried(grid, stack, item)


def _carried(grid: Grid, stack: Sequence[int], item: int) -> Fit | None:
    """A closing balance as the opening one with all that stands between them added or taken off."""
    if not closes(grid.items[item].caption):
        return None
    opening = next((part for part in reversed(stack) if opens(grid.items[part].caption)), None)
    found: Fit | None = None
    for shape in (*runs(grid, stack, item), *signed(grid, stack, item)):
        if len(shape.terms) < 2 or shape.terms[0] != (1, opening):
            continue
        cases = tuple(case for case in measure(grid, item, shape.terms) if case.addends >= 2)
        fit = Fit(item, shape.terms, cases, sum(1 for coefficient, _ in shape.terms if coefficient < 0))
        if net(fit) >= ROW_CARRIED and (found is None or net(fit) > net(found)):
            found = fit
    return found


def _best(grid: Grid, item: int, shapes: Iterable[Shape]) -> Fit | None:
    found: Fit | None = None
    for shape in shapes:
        if len(shape.terms) < 2:
            continue
        cases = tuple(case for case in measure(grid, item, shape.terms) if case.addends >= 2)
        held = sum(case.holds and case.bits > 0 for case in cases)
        if held < ROW_LINES or 3 * (len(cases) - held) > held or _cancels(grid, shape, cases):
            continue
        flips = sum(1 for coefficient, _ in shape.terms if coefficient < 0)
        cost = (
            shape.choices
            + 2 * flips
            + (6 if shape.family == "gappy" else 0)
            + (-4 if whole_column(grid.items[item].caption) else 4)
        )
        fit = Fit(item, shape.terms, cases, cost)
        if net(fit) >= ROW_BELIEVED and (found is None or net(fit) > net(found)):
            found = fit
    return found


def _cancels(grid: Grid, shape: Shape, cases: Sequence[Case]) -> bool:
    """Whether a column that is taken off prints what one that is added does in most lines, so that the sum only says
    that the rest is the total: a company and its group, whose subsidiaries did nothing."""
    added = [item for coefficient, item in shape.terms if coefficient > 0]
    for coefficient, item in shape.terms:
        if coefficient > 0:
            continue
        taken = [(case.case, grid.values[item][case.case]) for case in cases if grid.values[item][case.case]]
        for other in added:
            same = sum(grid.values[other][case] == value for case, value in taken)
            if taken and 2 * same > len(taken):
                return True
    return False


def _kind(statement: Statement, grid: Grid, fit: Fit) -> SumKind:
    whole = statement.columns[grid.items[fit.total].position].period
    parts = [statement.columns[grid.items[item].position].period for _, item in fit.terms]
    if whole is not None and whole.months and _tile(whole, parts):
        return "long period"
    return "row total"


def _tile(whole: Period, parts: list[Period | None]) -> bool:
    months = [part.months for part in parts if part is not None and part.months]
    return len(months) == len(parts) and sum(months) == whole.months
