"""What is wrong with a request, found before any document is read."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.problem import Problem


class Refused(ValueError):
    """Rules, settings or paths that cannot be used: nothing was checked. `problems` says each thing with its place and
    what would help."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.path}: {one.message}" if one.path else one.message for one in self.problems))
