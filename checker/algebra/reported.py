"""What facts of one sort leave open together, and whether a calculation over them can hold: Calculations 1.1 of XBRL
International, in whole numbers.

A fact is its value and the step it is rounded to; 0 where it is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Literal

from checker.algebra.exact import Exact
from checker.algebra.interval import Interval

Reported = tuple[Exact, Exact]
"""Value and step."""
Fault = Literal["excess digits", "disagree"]
"""Why facts leave nothing to calculate with: digits below the stated accuracy, or two that cannot both be right."""


def left_open(facts: Sequence[Reported], *, cut_off: bool = False) -> Interval | Fault:
    """Every amount that all of the facts can stand for; `cut_off`: their digits were dropped, not rounded.

    Facts of one accuracy must be equal: that their ends touch does not reconcile them.
    """
    known: dict[Exact, Exact] = {}
    for value, step in facts:
        if step and value % step:
            return "excess digits"
        if known.setdefault(step, value) != value:
            return "disagree"
    found = reduce(Interval.meet, (_interval(fact, cut_off) for fact in facts))
    return "disagree" if found.empty else found


def _interval(fact: Reported, cut_off: bool) -> Interval:
    value, step = fact
    if not step:
        return Interval.exactly(value)
    return Interval.truncated(value, step) if cut_off else Interval.rounded(value, step)


def calculates(total: Interval, items: Sequence[tuple[Exact, Interval]]) -> bool:
    """Whether the weighted items can come to what the total leaves open."""
    zero = Interval.exactly(0)
    computed = reduce(Interval.__add__, (item.scaled(weight) for weight, item in items), zero)
    return not total.meet(computed).empty
