"""A line that is missing: a total, a result, a balance carried forward to which nothing printed before it comes, where the rest of its statement foots.

Such a slip breaks a sum in every column at once, and leaves nothing to hold the sum against. Words and layout say which lines come before it;
that no signs of theirs make it, in any column, and that the other sums of the table hold says that one is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from checker.core.statement import Statement
from checker.judge import table
from checker.lexicon.captions import closes, earns, net_cash, opens, result, word
from checker.structure.blocks import called, runs_before
from checker.structure.draft import Slip, Slipped
from checker.structure.fit import Case, Fit, measure
from checker.structure.grid import Grid, between_read

FOOTED = frozenset({"income statement", "balance sheet", "cash flow"})
"""Statements whose totals each have their lines above them: an equity statement has movements there, a note or a list of highlights what it likes."""
_MOST_LINES = 10
"""Lines of whose signs all are tried: 512 choices."""


def short_totals(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Iterator[Slipped]:
    """The one total of a statement that lacks a line, where the rest of it foots."""
    if statement.kind not in FOOTED or statement.summary or grid.width < 2:
        return
    footed = [fit for fit in fits if len(fit.terms) > 1 and not fit.broken]
    if len(footed) < table.FOOTED_REST:
        return
    found = [fit for fit in _untied(grid, fits, statement) if _lacks(grid, fit, statement)]
    if len(found) <= table.UNFOOTED:
        yield from ((fit, Slip("missing", tuple(case.case for case in fit.broken)[:1], "warning", "the rest of the statement foots")) for fit in found)


def _untied(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Iterator[Fit]:
    """What words call a total or a result and no sum has with lines above it, with those lines."""
    tied: dict[int, Fit] = {}
    for fit in fits:
        last = max(fit.items)
        if len(fit.terms) > 1 and (fit.total == last or len(fit.broken) < 2):
            tied.setdefault(last, fit)
    stack: list[int] = []
    closed: set[int] = set()
    for item in range(len(grid.items)):
        if not any(value is not None for value in grid.values[item]):
            continue
        known = tied.get(item)
        whole = len(known.broken) < 2 if known is not None else False
        lines = () if whole else _lines(grid, (stack, closed), item, statement)
        if lines:
            yield _fit(grid, item, lines)
        first = min(known.items) if known is not None and whole else lines[0] if lines else len(grid.items)
        while stack and stack[-1] >= first:
            stack.pop()
        if first < len(grid.items):
            closed.add(item)
        stack.append(item)


def _lines(grid: Grid, left: tuple[list[int], set[int]], item: int, statement: Statement) -> tuple[int, ...]:
    """The lines that words and layout put before a total; none where it is none, or they cannot be told."""
    stack, closed = left
    caption = grid.items[item].caption
    if not stack:
        return ()
    if called(grid, item) == "total" or (statement.kind == "cash flow" and net_cash(caption)):
        run = next((run for run in runs_before(grid, stack, closed) if len(run) > 1 or grid.items[run[0]].after_heading), ())
        return run if run and (grid.items[run[0]].after_heading or run[0] in closed or run[0] == 0) and not closed.issuperset(run) else ()
    if closes(caption) and not opens(grid.items[stack[-1]].caption):
        place = next((at for at in range(len(stack) - 1, -1, -1) if opens(grid.items[stack[at]].caption)), None)
        return tuple(stack[place:]) if place is not None and len(stack) - place > 1 else ()
    if statement.kind == "income statement" and result(caption) and len(stack) <= _MOST_LINES:
        return tuple(stack) if len(stack) > 1 or stack[0] in closed else ()
    return ()


def _fit(grid: Grid, item: int, lines: Sequence[int]) -> Fit:
    """The sum of a whole block; before a result costs that are printed without a sign are taken off."""
    costs = result(grid.items[item].caption) and word(grid.items[item].caption) != "total"
    signs = [1, *(-1 if costs and _costs(grid, line) else 1 for line in lines[1:])]
    terms = tuple(zip(signs, lines, strict=True))
    return Fit(item, terms, measure(grid, item, terms))


def _costs(grid: Grid, line: int) -> bool:
    amounts = [value for value in grid.values[line] if value]
    return bool(amounts) and min(amounts) > 0 and not earns(grid.items[line].caption)


def _lacks(grid: Grid, fit: Fit, statement: Statement) -> bool:
    """Whether a line may be missing: whatever signs its lines have, they come to another amount in every column, or in several and hold in the others."""
    lines = [line for _, line in fit.terms]
    if len(fit.cases) < 2 or sum(case.worth for case in fit.cases) < 2 or not between_read(grid, (lines[0], fit.total), statement.lines):
        return False
    if not all(_plain(grid, fit, case) for case in fit.broken) or _elsewhere(grid, fit):
        return False
    if len(lines) > _MOST_LINES:
        return len(fit.broken) > 1
    turned = range(len(lines) - 1) if called(grid, fit.total) != "total" else ()
    for signs in product((1, -1), repeat=len(turned)):
        terms = ((1, lines[0]), *zip(signs or (1,) * (len(lines) - 1), lines[1:], strict=True))
        if sum(not case.holds for case in measure(grid, fit.total, terms)) < 2:
            return False
    return True


def _plain(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether what a case misses by is no matter of rounding, and no more than its lines and its total print."""
    printed = sum(abs(grid.filled[line][case.case]) for _, line in fit.terms) + abs(case.total)
    return case.addends > 0 and 2 * abs(case.residual) > table.ROUNDED_TWICE * case.allowance and abs(case.residual) <= printed


def _elsewhere(grid: Grid, fit: Fit) -> bool:
    """Whether a line of the table prints what is missing in every column, twice it or its half: it was counted elsewhere, twice, or with another sign."""
    return any(_explains(grid, item, fit) for item in range(len(grid.items)) if item != fit.total)


def _explains(grid: Grid, item: int, fit: Fit) -> bool:
    values = grid.filled[item]
    return any(all(2 * abs(times * values[case.case] - case.residual) <= case.allowance for case in fit.cases) for times in (-2, -1, 1, 2))
