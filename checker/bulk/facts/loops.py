"""The plain sums of a rulebook in one compiled loop (`tiles`), where numba is installed.

The same verdicts as the columns of `judged`, about twice as fast; a run does without it where numba is missing or
there is too little to judge.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from attrs import define

_WORTH_IT = 200_000_000
"""Sums times rows that a process judged, from which on the loop is loaded: that takes as long as it would have saved on
so many."""


@define
class Pace:
    """How much a process has judged."""

    seen: int = 0

    def is_worth_it(self, sums: int, rows: int) -> bool:
        """Whether the loop is there and pays for being loaded, as so many more rows are to be judged."""
        self.seen += sums * rows
        return self.seen >= _WORTH_IT and importlib.util.find_spec("numba") is not None


def loop() -> Callable[..., None]:
    """The loop, compiled. ModuleNotFoundError: numba is not installed."""
    from checker.bulk.facts import tiles

    made: Callable[..., None] = tiles.judge
    return made
