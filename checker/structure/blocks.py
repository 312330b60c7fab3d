"""The lines that words and layout put under a total, whatever their amounts: what its block is, before anyone asks what
it adds up.

Sums that were found close their lines on the way, as in the walk that found them; a line that words call a total closes
its block where nothing was found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checker.core.caption import normal
from checker.core.value import frozen
from checker.lexicon.captions import Word, activity_of, named, net_cash, word
from checker.structure.fit import Fit
from checker.structure.grid import Grid

REACH = 200
"""Lines of a block that are looked at."""
_MOST_STARTS = 3
"""Places where a block may begin that are tried, the nearest first."""


@frozen
class Block:
    """A total, or what a sum was found for, and the lines that may be its own."""

    total: int
    word: Word
    fit: Fit | None
    """The sum that was found for it."""
    passed: tuple[int, ...]
    """Lines between the addends of that sum and the total that belong to no sum."""
    runs: tuple[tuple[int, ...], ...]
    """The lines before it, from each place at which words and layout say that its own may begin, the shortest first."""


def blocks(grid: Grid, fits: Sequence[Fit]) -> Iterator[Block]:
    """Every total of a grid, the net cash of an activity too, with its lines, in print order."""
    below = {item for fit in fits if fit.total < min(item for _, item in fit.terms) for _, item in fit.terms}
    above = {fit.total: fit for fit in reversed(fits) if fit.total > max(item for _, item in fit.terms)}
    heads = {fit.total for fit in fits} - above.keys()
    stack: list[int] = []
    closed: set[int] = set()
    for item in range(len(grid.items)):
        if item in below or not any(value is not None for value in grid.values[item]):
            continue
        fit = above.get(item)
        kind = called(grid, item)
        if item not in heads and (fit is not None or kind == "total" or (stack and net_cash(grid.items[item].caption))):
            runs = tuple(runs_before(grid, (stack, closed), item))
            first = min(part for _, part in fit.terms) if fit is not None else runs[0][0] if runs else item
            yield Block(item, kind, fit, _passed(stack, fit), runs)
            while stack and stack[-1] >= first:
                stack.pop()
            closed.add(item)
        stack.append(item)


def _passed(stack: Sequence[int], fit: Fit | None) -> tuple[int, ...]:
    if fit is None:
        return ()
    used = {part for _, part in fit.terms}
    return tuple(item for item in stack[bisect_left(stack, min(used)) :] if item not in used)


def called(grid: Grid, item: int) -> Word:
    """What its caption says it is, or that it repeats the heading of the lines just above, which no "Total ..." after
    it closes."""
    caption = normal(grid.items[item].caption)
    section = grid.items[item - 1].under if item else ()
    after = grid.items[item + 1].caption if item + 1 < len(grid.items) else ""
    closes_it = bool(section) and bool(caption) and caption == normal(section[-1]) and word(after) != "total"
    return "total" if closes_it else word(grid.items[item].caption)


def runs_before(grid: Grid, left: tuple[Sequence[int], set[int]], total: int) -> Iterator[tuple[int, ...]]:
    """What is left of the lines before a total, from each place at which its own may begin, the shortest first: the
    nearest places, and the heading that it is called after, however many blocks stand below that."""
    near, closed = left[0][-REACH:], left[1]
    found = 0
    for place in range(len(near) - 1, -1, -1):
        begins = _begins(grid, near, place, closed)
        found += begins
        if begins and (
            found <= _MOST_STARTS or (grid.items[near[place]].after_heading and headed(grid, total, near[place]))
        ):
            yield tuple(near[place:])


def _begins(grid: Grid, stack: Sequence[int], place: int, closed: set[int]) -> bool:
    """Whether the lines of a block may begin here: at the top, below a heading, after a total, in another section."""
    item = grid.items[stack[place]]
    if place == 0 or item.after_heading:
        return True
    before = stack[place - 1]
    return before in closed or grid.items[before].under != item.under


def headed(grid: Grid, total: int, line: int) -> bool:
    """Whether a line stands under a heading that the total is called after."""
    under, caption = grid.items[line].under, normal(grid.items[total].caption)
    if not under or not caption:
        return False
    activity = activity_of(caption)
    return normal(under[-1]) in (named(caption), caption) or (
        activity is not None and activity_of(under[-1]) == activity
    )
