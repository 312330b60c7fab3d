"""One linear form in one period is one finding: the most specific rule keeps it, the others stand in `also`."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from checker.algebra import form
from checker.core.check import Check


def merge(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks without repetition, in order of first appearance; they come most specific first.

    A check that may speak is not silenced by an equal one that may not: being inferred with confirmation licenses the written rule too.
    """
    kept: dict[str, Check] = {}
    for number, check in enumerate(checks):
        if check.reason is not None or check.left is None or check.right is None:
            kept[f"#{number}"] = check
            continue
        key = form(check.left, check.right, check.comparison).key
        first = kept.get(key)
        kept[key] = check if first is None else _joined(first, check)
    return tuple(kept.values())


def _joined(first: Check, second: Check) -> Check:
    also = first.also if second.rule == first.rule else tuple(dict.fromkeys((*first.also, second.rule)))
    unlicensed = first.unlicensed if second.unlicensed is not None else None
    return evolve(first, also=also, unlicensed=unlicensed, ticks=tuple(dict.fromkeys((*first.ticks, *second.ticks))))
