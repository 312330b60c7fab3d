"""A line that is missing: a total, a result, a balance carried forward to which nothing printed before it comes, where
the rest of its statement foots.

Such a slip breaks a sum in every column at once, and leaves nothing to hold the sum against. Words and layout say which
lines come before it; that no signs of theirs make it, in any column, and that the other sums of the table hold says
that one is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from checker.core.caption import normal
from checker.core.statement import Statement
from checker.judge import table
from checker.lexicon.captions import closes, earns, net_cash, opens, owes, owns, result, word
from checker.structure.blocks import REACH, Block, headed, runs_before
from checker.structure.draft import Slip, Slipped
from checker.structure.fit import Case, Fit, measure
from checker.structure.grid import Grid, between_read, digits

FOOTED = frozenset({"income statement", "balance sheet", "cash flow"})
"""Statements whose totals each have their lines above them: an equity statement has movements there, a note or a list
of highlights what it likes."""
_MOST_LINES = 10
"""Lines of whose signs all are tried: 512 choices."""


def missing(grid: Grid, fits: Sequence[Fit], found: Sequence[Block], statement: Statement) -> Slipped | None:
    """The one total of a table that lacks a line, unless a line of it prints just that in a column of another kind."""
    said = (_in_statement(grid, fits, statement) if statement.kind in FOOTED else None) or _short(
        grid, found, statement
    )
    return None if said is None or strayed(grid, said[0], statement) else said


def strayed(grid: Grid, fit: Fit, statement: Statement) -> bool:
    """Whether a line that prints nothing in a broken column prints what is missing there in one that has nothing to do
    with the sum: an amount beside a mark for a percentage was read into the column of percentages."""
    own = {grid.cases[each.case] for each in fit.cases}
    for case in fit.broken:
        lacking = str(abs(case.residual)).strip("0")
        for _, item in fit.terms:
            if grid.figures[item][case.case] is None:
                printed = enumerate(statement.lines[grid.items[item].position].figures)
                if any(str(digits(each)).strip("0") == lacking for place, each in printed if place not in own):
                    return True
    return False


def _in_statement(grid: Grid, fits: Sequence[Fit], statement: Statement) -> Slipped | None:
    """The one total or result of a statement that nothing before it comes to, where the rest of the statement foots."""
    footed = [fit for fit in fits if len(fit.terms) > 1 and not fit.broken]
    if grid.width < 2 or len(footed) < table.FOOTED_NAMED:
        return None
    found = [
        fit
        for fit in _untied(grid, fits, statement)
        if not _stands_beside(footed, fit) and _may_lack(grid, fit, statement)
    ]
    if not 0 < len(found) <= table.UNFOOTED:
        return None
    if len(footed) < table.FOOTED_REST and not _section(grid, found[0]):
        return None
    return found[0], Slip("missing", (found[0].broken[0].case,), "warning", "the rest of the statement foots")


def _section(grid: Grid, fit: Fit) -> bool:
    """Whether a total is called after the heading of its many lines."""
    return len(fit.terms) >= table.NAMED_LINES and headed(grid, fit.total, fit.terms[0][1])


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
    if statement.kind == "cash flow" and net_cash(caption):
        return _of_activity(grid, stack, closed)
    if word(caption) == "total":
        return _of_total(grid, left, item)
    if closes(caption) and not opens(grid.items[stack[-1]].caption):
        place = next((at for at in range(len(stack) - 1, -1, -1) if opens(grid.items[stack[at]].caption)), None)
        return tuple(stack[place:]) if place is not None and len(stack) - place > 1 else ()
    return _of_result(grid, stack, item, statement) if statement.kind == "income statement" else ()


def _of_total(grid: Grid, left: tuple[list[int], set[int]], item: int) -> tuple[int, ...]:
    """Two lines or more that begin below a heading, with another total or at the top: of several such runs the one that
    misses the total by least."""
    opened = [
        run for run in runs_before(grid, left, item) if _opened(grid, item, run, left) and not _crosses(grid, run, item)
    ]
    return min(opened, key=lambda run: _missed(grid, item, run), default=())


def _crosses(grid: Grid, run: Sequence[int], total: int) -> bool:
    """Whether a total of what is owed would take in the total of the assets before it."""
    return owes(grid.items[total].caption) and any(
        word(grid.items[item].caption) == "total" and owns(grid.items[item].caption) for item in run
    )


def _opened(grid: Grid, total: int, run: Sequence[int], left: tuple[list[int], set[int]]) -> bool:
    """Whether a run can be told for a block: the total is called after its heading, or all before it is summed up
    elsewhere; and no total in it stands for nothing."""
    stack, closed = left
    below = grid.items[run[0]].after_heading
    begun = run[0] in closed and result(grid.items[run[0]].caption) is None  # costs are no part of a result
    loose = [item for item in run if item not in closed]
    before = [item for item in stack if 0 < item < run[0] and item not in closed]
    named = below and headed(grid, total, run[0])
    if (
        len(run) < 2
        or not loose
        or (before and not named)
        or any(word(grid.items[item].caption) == "total" for item in loose)
    ):
        return False
    return below or begun or (run[0] == 0 and len(loose) == len(run))


def _stands_beside(footed: Sequence[Fit], fit: Fit) -> bool:
    """Whether a total that foots adds this one up with its supposed lines: then it is one line more, whose own lines
    stand in another table."""
    lines = {line for _, line in fit.terms}
    parts = (frozenset(item for _, item in other.terms) for other in footed)
    return any(fit.total in items and items & lines for items in parts)


def _missed(grid: Grid, item: int, run: Sequence[int]) -> int:
    return sum(abs(case.residual) for case in measure(grid, item, tuple((1, line) for line in run)))


def _of_activity(grid: Grid, stack: Sequence[int], closed: set[int]) -> tuple[int, ...]:
    """All lines since the cash of another activity, one at least that is no total: two, or one below a heading."""
    place = next((at for at in range(len(stack), 0, -1) if net_cash(grid.items[stack[at - 1]].caption)), 0)
    run = tuple(stack[place:])
    if not run or closed.issuperset(run) or opens(grid.items[run[0]].caption):
        return ()
    return run if len(run) > 1 or grid.items[run[0]].after_heading else ()


def _of_result(grid: Grid, stack: Sequence[int], item: int, statement: Statement) -> tuple[int, ...]:
    """All lines since the result before it, that one too, where results come in their order; or the first lines of
    all."""
    own = result(grid.items[item].caption)
    above = [place for other in range(item) if (place := result(grid.items[other].caption)) is not None]
    if own is None or any(place >= own for place in above) or len(stack) > _MOST_LINES:
        return ()
    if len(stack) > 1:
        return tuple(stack)
    whole = any(figure.is_rate or figure.is_count for figure in statement.figures)  # a discussion passes over lines
    return tuple(stack) if whole and (result(grid.items[stack[0]].caption) is not None or own == 0) else ()


def _fit(grid: Grid, item: int, lines: Sequence[int]) -> Fit:
    """The sum of a whole block; before a result costs that are printed without a sign are taken off."""
    costs = result(grid.items[item].caption) is not None
    signs = [1, *(-1 if costs and _costs(grid, line) else 1 for line in lines[1:])]
    terms = tuple(zip(signs, lines, strict=True))
    return Fit(item, terms, measure(grid, item, terms))


def _costs(grid: Grid, line: int) -> bool:
    amounts = [value for value in grid.values[line] if value]
    return bool(amounts) and min(amounts) > 0 and not earns(grid.items[line].caption)


def _may_lack(grid: Grid, fit: Fit, statement: Statement) -> bool:
    """Whether a line may be missing: whatever signs its lines have, they come to another amount in every column, or in
    several and hold in the others."""
    lines = [line for _, line in fit.terms]
    if (
        len(fit.cases) < 2
        or sum(case.worth for case in fit.cases) < 2
        or not between_read(grid, (lines[0], fit.total), statement.lines)
    ):
        return False
    if not all(_plain(grid, fit, case) for case in fit.broken) or _elsewhere(grid, fit) or _run_on(grid, fit.total):
        return False
    if _broken_down(grid, lines[0], statement) or _blank_there(grid, fit) or _comes_later(grid, fit):
        return False
    if len(lines) > _MOST_LINES:
        return len(fit.broken) > 1 and not _exchanged(fit.broken)
    caption = grid.items[fit.total].caption
    open_signs = word(caption) != "total" and not (statement.kind == "cash flow" and net_cash(caption))
    turned = range(len(lines) - 1) if open_signs else ()
    for signs in product((1, -1), repeat=len(turned)):
        terms = ((1, lines[0]), *zip(signs or (1,) * (len(lines) - 1), lines[1:], strict=True))
        broken = [case for case in measure(grid, fit.total, terms) if not case.holds]
        if len(broken) < 2 or _exchanged(broken):
            return False
    return True


def _plain(grid: Grid, fit: Fit, case: Case) -> bool:
    """Whether what a case misses by is no matter of rounding, and no more than its lines and its total print; where
    words call it a total, no more than twice that."""
    printed = sum(abs(grid.filled[line][case.case]) for _, line in fit.terms) + abs(case.total)
    most = 2 * abs(case.total) if word(grid.items[fit.total].caption) == "total" else printed
    return case.addends > 0 and table.ROUNDED_TWICE * case.allowance < 2 * abs(case.residual) <= 2 * most


def _elsewhere(grid: Grid, fit: Fit) -> bool:
    """Whether a line of the table prints what is missing in every column, twice it or its half: it was counted
    elsewhere, twice, or with another sign."""
    return any(_explains(grid, item, fit) for item in range(len(grid.items)) if item != fit.total)


def _run_on(grid: Grid, total: int) -> bool:
    """Whether some run of lines before it comes to a total in every column: another sum took one of them in."""
    steps, sums = list(grid.steps[total]), [0] * grid.width
    for item in range(total - 1, max(total - REACH, -1), -1):
        sums = [part + value for part, value in zip(sums, grid.filled[item], strict=True)]
        steps = [room + step for room, step in zip(steps, grid.steps[item], strict=True)]
        cases = zip(grid.values[total], sums, steps, strict=True)
        if item < total - 1 and all(whole is None or 2 * abs(whole - part) <= room for whole, part, room in cases):
            return True
    return False


def _exchanged(broken: Sequence[Case]) -> bool:
    """Whether a sum misses in two columns by the same, once too much, once too little: amounts changed places."""
    return any(2 * abs(one.residual + two.residual) <= one.allowance + two.allowance for one, two in pairwise(broken))


def _blank_there(grid: Grid, fit: Fit) -> bool:
    """Whether a line prints nothing where the sum is broken, and something where it holds: its amount was not read."""
    lines = [grid.values[line] for _, line in fit.terms]
    held = [values for values in lines if any(values[case.case] is not None for case in fit.holding)]
    return any(values[case.case] is None for values in held for case in fit.broken)


def _comes_later(grid: Grid, fit: Fit) -> bool:
    """Whether a result further down prints in every column what the lines come to: the one between is shown for
    information."""
    wanted = {case.case: case.total - case.residual for case in fit.cases}
    later = (item for item in range(fit.total + 1, len(grid.items)) if result(grid.items[item].caption) is not None)
    return any(
        all(
            grid.values[item][case.case] is not None
            and 2 * abs((grid.values[item][case.case] or 0) - wanted[case.case]) <= case.allowance
            for case in fit.cases
        )
        for item in later
    )


def _broken_down(grid: Grid, line: int, statement: Statement) -> bool:
    """Whether the heading of a line stands in the table once more: the lines of a block are broken down further on."""
    heads = grid.items[line].under[-1:]
    return bool(heads) and sum(normal(one.caption) == normal(heads[0]) for one in statement.lines if one.is_heading) > 1


def _explains(grid: Grid, item: int, fit: Fit) -> bool:
    values = grid.filled[item]
    return any(
        all(2 * abs(times * values[case.case] - case.residual) <= case.allowance for case in fit.cases)
        for times in (-2, -1, 1, 2)
    )


# ---- any table -------------------------------------------------------------------------------------------------------


def _short(grid: Grid, found: Sequence[Block], statement: Statement) -> Slipped | None:
    """The one total of a table to which its lines come short in every column, by less than the half of it unless it is
    called after their heading, where all before them is summed up elsewhere."""
    unfooted = [block for block in found if block.fit is None]
    if len(unfooted) > table.UNFOOTED or any(block.fit.broken for block in found if block.fit is not None):
        return None
    known = {block.total for block in found} | {
        item for block in found if block.fit is not None for _, item in block.fit.terms
    }
    for block in unfooted:
        lines = block.runs[0] if word(grid.items[block.total].caption) == "total" and block.runs else ()
        if not lines or not known.issuperset(range(lines[0])) or not _lines_of_its_own(grid, lines, statement):
            continue
        fit = Fit(block.total, terms := tuple((1, line) for line in lines), measure(grid, block.total, terms))
        if (
            between_read(grid, (lines[0], block.total), statement.lines)
            and _lacks(grid, fit)
            and all(_comes_short(case, headed(grid, fit.total, lines[0])) for case in fit.cases)
            and not _broken_down(grid, lines[0], statement)
            and not _picked_out(grid, block.total)
        ):
            return fit, Slip("missing", (fit.broken[0].case,), "warning", "its lines come short of it in every column")
    return None


def _picked_out(grid: Grid, total: int) -> bool:
    """Whether lines stand below the only total that nothing sums up: a summary picks out what it likes."""
    below = [word(item.caption) for item in grid.items[total + 1 :]]
    return "total" not in below and below.count("plain") > 1


def _lines_of_its_own(grid: Grid, lines: Sequence[int], statement: Statement) -> bool:
    """Whether the lines of a block can be told for its own: two or more, or a single plain one below a heading, and no
    reconciliation begins with it."""
    first = grid.items[lines[0]]
    if len(lines) == 1 and any(closes(item.caption) for item in grid.items[: lines[0]]):  # a memorandum below the cash
        return False
    if any("%" in grid.items[line].caption for line in lines):  # a list of bonds goes on elsewhere
        return False
    return len(lines) > 1 or (
        first.after_heading and word(first.caption) == "plain" and statement.kind != "reconciliation"
    )


def _comes_short(case: Case, named: bool) -> bool:
    """Whether what is missing is part of the total: less than half of it, where the lines do not stand under the
    heading that it is called after."""
    part = 1 if named else 2
    return case.residual * case.total > 0 and part * abs(case.residual) <= abs(case.total)


def _lacks(grid: Grid, fit: Fit) -> bool:
    """Whether a line may be missing from a block: it comes to another amount in every one of several columns, and lacks
    no more than the total."""
    printed = [value for value in grid.values[fit.total] if value is not None]
    return len(fit.cases) == len(printed) > 1 and all(
        case.addends
        and 2 * abs(case.residual) > table.ROUNDED_TWICE * case.allowance
        and abs(case.residual) <= abs(case.total)
        for case in fit.cases
    )
