"""Two neighbouring lines of one caption that print the same amounts: one of them was put in twice, whether or not a
total counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checker.core.caption import normal
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.statement import Line
from checker.core.structure import Sum
from checker.judge.table import LISTED
from checker.lexicon.captions import begins, ends, opens


def equal_lines(release: Release, sums: Sequence[Sum]) -> Iterator[Problem]:
    """A warning for each line that repeats the one before it, but for those that a total is said to count once.

    A caption that stands on three lines or more is the name of many things in a register: there one amount that two
    neighbours have in common says nothing.
    """
    told = {
        (one.statement, line)
        for one in sums
        if any(each.slip == "printed twice" for each in one.instances)
        for _, line in one.terms
    }
    for statement in release.statements:
        names = Counter(normal(line.caption) for line in statement.lines)
        for place, (one, two) in enumerate(pairwise(statement.lines)):
            stands = names[normal(one.caption)]
            if stands > LISTED or (statement.index, place + 1) in told:
                continue
            if _equal(one, two, stands == 2):
                figure = next(figure for figure in two.figures if figure is not None)
                message = "a line prints the caption and the amounts of the line before it"
                yield Problem("P201", "warning", message, release.source.path, figure.place)


def _equal(one: Line, two: Line, alone: bool) -> bool:
    """Whether two lines print the same under one caption, none, or the end of a caption that was broken; unless no
    other line has that caption, `alone`, amounts that differ from column to column.

    A balance that ends one period opens the next, and is printed twice for that where its caption says neither.
    """
    caption, again = normal(one.caption), normal(two.caption)
    if one.is_heading or _is_either(one.caption):
        return False
    amounts = [_amounts(line) for line in (one, two)]
    if amounts[0] != amounts[1] or not any(amounts[0]):
        return False
    several = len(set(filter(None, amounts[0]))) > 1
    if caption == again:
        return several or (alone and any(map(str.isalpha, again)))
    return several and two.caption[:1].islower() and caption.endswith(f" {again}")


def _is_either(caption: str) -> bool:
    """Whether a caption names a balance, and not whether it opens or closes."""
    return opens(caption) and not begins(caption) and not ends(caption)


def _amounts(line: Line) -> list[Decimal | None]:
    values = (None if figure is None else figure.value for figure in line.figures)
    return [value if value is not None and value.is_finite() else None for value in values]
