"""Sums of lines that share one caption: the parts of an amount, each under the name of a segment, a product or a class,
and the amount itself.

Statements that are broken down below their last line print them so (`Net sales`, then `Products > Net sales`, `Services
> Net sales`), and so do tables of segments. Words say which lines belong together, so that only the numbers have to say
which of them is the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.caption import normal
from checker.core.value import evolve, frozen
from checker.judge.table import MEMBERS_BELIEVED
from checker.lexicon.captions import NAMELESS, begins, named
from checker.structure.columns import net
from checker.structure.fit import Fit, Terms, measure
from checker.structure.grid import Grid, chosen
from checker.structure.search import runs
from checker.structure.slip import keyed
from checker.structure.walk import either_way

FEWEST = 3
"""A whole and two parts."""
MOST = 24
"""Captions on more lines than this name nothing."""
_BEGINNING = "opening balances"


@frozen
class Members:
    """The sums among the lines of one caption."""

    fits: tuple[Fit, ...]
    doubtful: bool
    """Lines of another caption under the same heads do not add up so: then the heads are no parts of one another in
    every column."""


def member_sums(grid: Grid, known: Sequence[Fit]) -> Iterator[Members]:
    """For each caption on several lines, the sums among them that are not known already."""
    summed = {frozenset((fit.total, *(item for _, item in fit.terms))) for fit in known}
    alike = _alike(grid)
    for items in alike:
        part = chosen(grid, items)
        within = either_way(part, _close)
        fits = tuple(
            evolve(fit, total=items[fit.total], terms=tuple((one, items[item]) for one, item in fit.terms))
            for fit in within
        )
        fresh = tuple(fit for fit in fits if frozenset((fit.total, *(item for _, item in fit.terms))) not in summed)
        if fresh:
            others = [chosen(grid, other) for other in alike if other is not items]
            yield Members(fresh, any(_contradicted(grid, fit, other) for fit in fresh for other in others))


def named_totals(grid: Grid) -> dict[int, Fit]:
    """The totals that say what they add up, by item: "Total goodwill" over the lines "Goodwill" of several sections,
    the total of all opening balances.

    Their parts stand in the totals of their sections as well, so that no walk down the table meets them side by side.
    """
    return {
        total: fit
        for total, parts in _named(grid)
        if (fit := _believed(grid, Fit(total, parts, measure(grid, total, parts)))) is not None
    }


def _named(grid: Grid) -> Iterator[tuple[int, Terms]]:
    names = {item: name for item, line in enumerate(grid.items) if (name := named(line.caption))}
    if not names:
        return
    groups: dict[str, list[int]] = {}
    for item, line in enumerate(grid.items):
        if item not in names:
            groups.setdefault(_BEGINNING if begins(line.caption) else normal(line.caption), []).append(item)
    for total, name in names.items():
        parts = groups.get(_BEGINNING if begins(name) else name, [])
        if FEWEST - 1 <= len(parts) <= MOST:
            yield total, tuple((1, part) for part in parts)


def _contradicted(grid: Grid, fit: Fit, other: Grid) -> bool:
    """Whether the lines of another caption under the same heads do not add up as these do."""
    places = {item.under: place for place, item in enumerate(other.items)}
    whole = places.get(grid.items[fit.total].under)
    parts = [places.get(grid.items[item].under) for _, item in fit.terms]
    if whole is None or None in parts:
        return False
    return any(not case.holds for case in measure(other, whole, tuple((1, part) for part in parts if part is not None)))


def _alike(grid: Grid) -> list[list[int]]:
    """The items of each caption that stands under several heads, in print order."""
    groups: dict[str, list[int]] = {}
    for place, item in enumerate(grid.items):
        groups.setdefault(normal(item.caption), []).append(place)
    return [
        items
        for caption, items in groups.items()
        if caption not in NAMELESS
        and FEWEST <= len(items) <= MOST
        and len({grid.items[item].under for item in items}) == len(items)
    ]


def _close(grid: Grid, stack: Sequence[int], item: int) -> Fit | None:
    """The best sum of a run of parts before this item, if any is believed."""
    found: Fit | None = None
    for shape in runs(grid, stack, item):
        if shape.family == "run" and len(shape.terms) >= 2:
            fit = _believed(grid, Fit(item, shape.terms, measure(grid, item, shape.terms), shape.choices))
            if fit is not None and (found is None or net(fit) > net(found)):
                found = fit
    return found


def _believed(grid: Grid, fit: Fit) -> Fit | None:
    """The sum, with what a keying slip says for its only broken case, if it is believed."""
    if len(fit.broken) == 1:
        fit = evolve(fit, keyed=keyed(grid, fit, fit.broken[0]))
    believed = len(fit.broken) <= 1 and any(case.addends >= 2 for case in fit.holding) and net(fit) >= MEMBERS_BELIEVED
    return fit if believed else None
