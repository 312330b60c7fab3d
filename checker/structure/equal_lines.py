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
from checker.lexicon.captions import closes, opens


def equal_lines(release: Release, sums: Sequence[Sum]) -> Iterator[Problem]:
    """A warning for each line that repeats the one before it, but for those that a total is said to count once.

    A caption that stands on three lines or more is the name of many things in a register.
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
            if names[normal(one.caption)] == 2 and _equal(one, two) and (statement.index, place + 1) not in told:
                figure = next(figure for figure in two.figures if figure is not None)
                message = "a line prints the caption and the amounts of the line before it"
                yield Problem("P201", "warning", message, release.source.path, figure.place)


def _equal(one: Line, two: Line) -> bool:
    """A balance that ends one period opens the next, and is printed twice for that."""
    if one.is_heading or normal(one.caption) != normal(two.caption) or not any(map(str.isalpha, one.caption)):
        return False
    if opens(one.caption) or closes(one.caption):
        return False
    amounts = [_amounts(line) for line in (one, two)]
    return amounts[0] == amounts[1] and any(amounts[0])


def _amounts(line: Line) -> list[Decimal | None]:
    values = (None if figure is None else figure.value for figure in line.figures)
    return [value if value is not None and value.is_finite() else None for value in values]
