"""Lines that lead from one share count to another: what options, warrants and conversions add to basic shares are
shares too, though their captions name none.

*Basic 1,740,359; dilutive stock options 9,889; basic plus dilutive 1,750,248*: under a head that says "in millions" the
middle line reads like money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checker.core.figure import Figure
from checker.core.statement import Line, Statement
from checker.core.unit import SHARES
from checker.core.value import evolve
from checker.extract.counted import trimmed

_ADDED = re.compile(
    r"\bdiluti(?:ve|on)\b|\bincremental\b|\bassumed (?:exercise|conversion|vesting)|\b(?:options|warrants|awards|"
    r"restricted|convertible|preferred|units|plans?|RSUs?|PSUs?)\b",
    re.IGNORECASE,
)
"""What share counts are raised by."""
_MOST = 8
"""Lines at most between two share counts."""


def dilutive(statement: Statement) -> Statement:
    """The statement with the lines between two share counts in shares, where they lead from the one to the other."""
    found = dict(_between(statement.lines))
    if not found:
        return statement
    return evolve(statement, lines=tuple(found.get(place, line) for place, line in enumerate(statement.lines)))


def _between(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    counts = [
        place
        for place, line in enumerate(lines)
        if any(figure is not None and figure.unit == SHARES and figure.value for figure in line.figures)
    ]
    for first, last in pairwise(counts):
        inner = [place for place in range(first + 1, last) if not lines[place].is_heading]
        if (
            0 < len(inner) <= _MOST
            and all(_is_money(lines[place]) for place in inner)
            and _lead(lines, (first, last), inner)
        ):
            for place in inner:
                yield place, _recounted(lines[place], lines[first])


def _is_money(line: Line) -> bool:
    return line.role == "amount" and all(figure is None or figure.unit.is_money for figure in line.figures)


def _lead(lines: Sequence[Line], ends: tuple[int, int], inner: Sequence[int]) -> bool:
    """Whether the printed numbers add up from the first share count to the last: in one column where every caption says
    what shares are raised by, else in two and more than not."""
    first, last = (lines[place] for place in ends)
    held = lost = 0
    for column in range(min(len(first.figures), len(last.figures))):
        whole, base = _printed(last, column), _printed(first, column)
        parts = [part for place in inner if (part := _printed(lines[place], column)) is not None]
        if whole and base and any(parts):
            near = abs(whole - base - sum(parts)) <= _step(last, column) * len(parts)
            held, lost = held + near, lost + (not near)
    worded = all(_ADDED.search(" ".join((*lines[place].under[-1:], lines[place].caption))) for place in inner)
    return held >= 1 if worded else held >= 2 and held > lost


def _printed(line: Line, column: int) -> Decimal | None:
    figure = line.figures[column] if column < len(line.figures) else None
    return None if figure is None or figure.value is None else figure.value / figure.scale


def _step(line: Line, column: int) -> Decimal:
    figure = line.figures[column]
    return figure.step / figure.scale if figure is not None else Decimal(0)


def _recounted(line: Line, like: Line) -> Line:
    """The line in shares, in the scale of another."""
    scale = next(
        figure.scale for figure in like.figures if figure is not None and figure.unit == SHARES and figure.value
    )
    return evolve(line, role="shares", figures=tuple(figure and _in_shares(figure, scale) for figure in line.figures))


def _in_shares(figure: Figure, scale: Decimal) -> Figure:
    factor = scale / figure.scale
    return evolve(
        figure,
        value=None if figure.value is None else trimmed(figure.value * factor),
        step=trimmed(figure.step * factor),
        scale=scale,
        unit=SHARES,
        why=(*figure.why, "unit: it leads from one share count to another"),
    )
