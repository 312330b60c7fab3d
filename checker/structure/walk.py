"""One walk over the items of a grid that closes sums as they come: what a sum took in stands for itself no more.

What closes a sum, and what that is worth, is the caller's business; statements down their columns keep more on the way
(`columns`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.structure.fit import Fit, unmirrored
from checker.structure.grid import Grid, mirrored

Close = Callable[[Grid, Sequence[int], int], Fit | None]
"""The best sum that an item closes over the items left before it, if any is believed."""


def either_way(grid: Grid, close: Close) -> tuple[Fit, ...]:
    """The sums whose totals stand after their parts; where there are none, those whose totals stand before them."""
    return _walked(grid, close) or tuple(unmirrored(grid, fit) for fit in _walked(mirrored(grid), close))


def _walked(grid: Grid, close: Close) -> tuple[Fit, ...]:
    stack: list[int] = []
    fits: list[Fit] = []
    for item in range(len(grid.items)):
        fit = close(grid, stack, item)
        if fit is not None:
            used = {part for _, part in fit.terms}
            stack = [part for part in stack if part not in used]
            fits.append(fit)
        stack.append(item)
    return tuple(fits)
