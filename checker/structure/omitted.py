"""A line of movements that is missing from a matrix: balances, every line between them cross-foots, and the closing
balance is short in several columns.

A misprinted amount breaks the line that it stands in; a line that is not there breaks none, and leaves the same short
in each column in which it stood and in their totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.core.statement import Statement
from checker.judge.table import MATRIX_FOOTED, ROW_BELIEVED, UNFOOTED
from checker.lexicon.captions import closes, opens, whole_column
from checker.structure.draft import Slip, Slipped
from checker.structure.fit import Fit, measure
from checker.structure.grid import Grid, across, between_read, some_cases
from checker.structure.search import runs
from checker.structure.walk import either_way


def omitted(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Iterator[Slipped]:
    """The one roll-forward of a matrix that lacks a line, where every other one foots."""
    footed = {fit.total for fit in fits if not fit.broken and len(fit.terms) > 1}
    balances = [
        item
        for item, each in enumerate(grid.items)
        if any(grid.values[item]) and (opens(each.caption) or closes(each.caption))
    ]
    ends = [
        (first, last)
        for first, last in pairwise(balances)
        if last - first > 1 and opens(grid.items[first].caption) and closes(grid.items[last].caption)
    ]
    short = [fit for first, last in ends if last not in footed and (fit := _rolled(grid, fits, (first, last))).broken]
    if not short or len(short) > UNFOOTED:
        return
    fit = short[0]
    first, last = fit.terms[0][1], fit.total
    if not between_read(grid, (first, last), statement.lines) or not _moved_elsewhere(fit) or _told(grid, fit):
        return
    whole = _total_of_broken(grid, fit, statement)
    if whole is not None:
        foot = "the other column foots" if len(fit.holding) == 1 else f"{len(fit.holding)} other columns foot"
        yield fit, Slip("missing", (whole,), "warning", f"every line cross-foots, and {foot}")


def _rolled(grid: Grid, fits: Sequence[Fit], ends: tuple[int, int]) -> Fit:
    """The closing balance as the opening one and all lines between, without the parts of those that are sums of
    others."""
    first, last = ends
    within = range(first + 1, last)
    parts = {item for fit in fits if fit.total in within and not fit.broken for _, item in fit.terms if item in within}
    terms = tuple((1, item) for item in range(first, last) if item not in parts)
    return Fit(last, terms, measure(grid, last, terms))


def _moved_elsewhere(fit: Fit) -> bool:
    """Whether other columns foot by movements of their own, beyond chance."""
    return len(fit.broken) > 1 and sum(case.bits for case in fit.holding if case.addends >= 2) >= MATRIX_FOOTED


def _told(grid: Grid, fit: Fit) -> bool:
    """Whether a line between prints what is short in every column, its opposite or half of it: then it was counted
    twice, or with its sign lost."""
    return any(_explains(grid.values[item], times, fit) for _, item in fit.terms for times in (-2, -1, 1, 2))


def _explains(values: Sequence[int | None], times: int, fit: Fit) -> bool:
    return all(
        2 * abs(times * (values[case.case] or 0) - (0 if case.holds else case.residual)) <= case.allowance
        for case in fit.cases
    )


def _total_of_broken(grid: Grid, fit: Fit, statement: Statement) -> int | None:
    """The column that sums up all others in which the balance is short, by cross-footings that hold in every line of
    the block; None where there is none."""
    rows = {grid.items[item].position for item in (*(item for _, item in fit.terms), fit.total)}
    broken = {grid.cases[case.case] for case in fit.broken}
    for turned in across(statement):
        block = some_cases(turned, [place for place, row in enumerate(turned.cases) if row in rows])
        columns = [item.position for item in block.items]
        short = broken & set(columns)  # a movement of shares is counted in a column of another unit
        if len(short) < 2 or block.width != len(rows):
            continue
        sums = either_way(block, _closed)
        tops = [one for one in sums if columns[one.total] in short]
        held = {columns[one.total] for one in tops} | {columns[item] for one in tops for _, item in one.terms}
        parts = {item for one in sums for _, item in one.terms}
        top = [one for one in tops if one.total not in parts]
        if len(top) == 1 and short <= held:
            return grid.cases.index(columns[top[0].total])
    return None


def _closed(grid: Grid, stack: Sequence[int], item: int) -> Fit | None:
    """The shortest run of columns that an item sums up in every line, as its head says or more surely than chance."""
    for shape in runs(grid, stack, item):
        if shape.family != "run" or len(shape.terms) < 2:
            continue
        fit = Fit(item, shape.terms, measure(grid, item, shape.terms), shape.choices)
        sure = sum(case.bits for case in fit.cases if case.addends >= 2) - fit.cost >= ROW_BELIEVED
        if not fit.broken and fit.witness and (sure or whole_column(grid.items[item].caption)):
            return fit
    return None
