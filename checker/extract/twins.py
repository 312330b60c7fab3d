"""Which printed figure the tag of a fact encloses. Print has been read by then, and is not read again in the light of
its tags."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from checker.core.fact import Fact
from checker.core.figure import Figure


def twins(facts: Iterable[Fact], figures: Iterable[Figure]) -> Mapping[str, str]:
    """The figure of each fact that encloses exactly one, by their ids."""
    ordered = sorted(figures, key=lambda figure: figure.place.span)
    starts = [figure.place.span[0] for figure in ordered]
    found: dict[str, str] = {}
    for fact in facts:
        low, high = fact.place.span
        if low == high or fact.hidden:
            continue
        at = bisect_right(starts, high - 1)
        inside = [figure for figure in ordered[max(0, at - 3) : at] if figure.place.span[1] > low]
        if len(inside) == 1:
            found[fact.id] = inside[0].id
    return found
