"""Who does the work: processes of this machine, or a cluster. Each is given the same function and the same tasks, so their answers are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from checker.bulk import pool

LOCAL = "local"


def answered(tasks: Iterable[Any], setup: pool.Setup, engine: str = LOCAL) -> Iterator[tuple[Any, Any]]:
    """Each task with its answer, `Died` or `Late`: in the order in which they come."""
    under_way: dict[int, Any] = {}

    def numbered() -> Iterator[Any]:
        for number, task in enumerate(tasks):
            under_way[number] = task
            yield task

    for number, found in pool.answered(numbered(), setup):
        yield under_way.pop(number), found
