"""Names that resemble another: looked for among thousands in a thousandth of a second, by the runs of three characters
that they share."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property

from attrs import frozen

_LOOKED_AT = 12
"""Names that share the most with the one sought, and are compared with it in full."""
_COMMON = 400
"""Names that share a run of characters beyond which it tells nothing apart."""


@frozen(eq=False, slots=False)
class Near:
    """Names among which near ones are sought, in the order in which the first of several equally near ones is taken."""

    names: tuple[str, ...]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            for run in _runs(name):
                found.setdefault(run, []).append(number)
        return found

    def nearest(self, name: str, likeness: float, most: int = 1) -> list[str]:
        """The names at least so like the one given, the likest first."""
        shared: Counter[int] = Counter()
        runs = [self._holding[run] for run in _runs(name) if run in self._holding]
        telling = [holders for holders in runs if len(holders) <= _COMMON] or runs
        for holders in telling:
            shared.update(holders)
        length = len(name)
        best = sorted(shared.items(), key=lambda pair: (-2 * pair[1] / (length + len(self.names[pair[0]])), pair[0]))[
            :_LOOKED_AT
        ]
        alike = ((_ratio(name, self.names[number]), number) for number, _ in best)
        return [
            self.names[number]
            for ratio, number in sorted(
                (one for one in alike if one[0] >= likeness), key=lambda one: (-one[0], one[1])
            )[:most]
        ]


def _runs(name: str) -> set[str]:
    bounded = f"  {name} "
    return {bounded[at : at + 3] for at in range(len(bounded) - 2)}


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, other, one, autojunk=False).ratio()
