"""Walks from one rate of growth to the next: the change as reported, what exchange rates and acquisitions did to it,
the organic change.

The rates print their percent sign, the steps between them none. That they are percentages too is shown by arithmetic:
they lead from rate to rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.core.value import frozen
from checker.extract.pieces import Cells
from checker.lexicon.numbers import Printed

_FEWEST = 3
"""Lines that must be walked."""
_MOST = 7, 10
"""Of the lines with a step in them, those that must lead from rate to rate: steps are rounded, and a line may leave one
out."""
_LARGEST = 1000
"""A step of more is an amount."""


@frozen
class Walk:
    """The columns of the steps, and of the rates before and after them; a rate that is not printed is nothing."""

    steps: tuple[int, ...]
    start: int | None
    end: int


def steps(moves: Sequence[bool], rows: Sequence[Cells]) -> set[int]:
    """Of the columns that may hold steps, those that do."""
    rates = [place for place in range(len(moves)) if not moves[place] and _signed([row[place] for row in rows])]
    return {place for walk in _walks(moves, rates) if _leads(walk, rows) for place in walk.steps} if rates else set()


def _signed(cells: Cells) -> bool:
    numbers = [
        one for piece in cells if piece is not None and (one := piece.printed) is not None and one.form == "number"
    ]
    return len(numbers) >= _FEWEST and all(one.sign == "percent" for one in numbers)


def _walks(moves: Sequence[bool], rates: Sequence[int]) -> Iterator[Walk]:
    """From each rate to the next, and the steps after the last one, which make it up."""
    for place, rate in enumerate(rates):
        last = place + 1 == len(rates)
        stop = len(moves) if last else rates[place + 1]
        between = tuple(range(rate + 1, stop))
        if between and all(moves[column] for column in between):
            yield Walk(between, None, rate) if last else Walk(between, rate, stop)


def _leads(walk: Walk, rows: Sequence[Cells]) -> bool:
    walked = [line for row in rows if (line := _line(walk, row)) is not None]
    if any(one.currency or one.sign or one.size >= _LARGEST for line in walked for one in line.moves):
        return False
    moved = [line for line in walked if any(one.value for one in line.moves)]
    share, whole = _MOST
    held = max(sum(_fits(line, sign) for line in moved) for sign in (1, -1))
    return held >= _FEWEST and held * whole >= len(moved) * share


@frozen
class Line:
    """The steps of one line, and how far it is from the rate before them to the one after."""

    moves: tuple[Printed, ...]
    ends: tuple[Printed, ...]
    way: Decimal


def _line(walk: Walk, row: Cells) -> Line | None:
    """One line, if all its steps and rates are printed."""
    moves = [_number(row, place) for place in walk.steps]
    start, end = (_number(row, place) for place in (walk.start, walk.end))
    printed = tuple(one for one in moves if one is not None)
    if len(printed) < len(moves) or end is None or (start is None and walk.start is not None):
        return None
    return Line(printed, (start, end) if start else (end,), _value(end) - _value(start))


def _number(row: Cells, place: int | None) -> Printed | None:
    printed = piece.printed if place is not None and (piece := row[place]) is not None else None
    return printed if printed is not None and printed.value is not None and printed.form in ("number", "dash") else None


def _value(printed: Printed | None) -> Decimal:
    return printed.value or Decimal(0) if printed is not None else Decimal(0)


def _fits(line: Line, sign: int) -> bool:
    """Whether the steps, added or taken off, lead to the rate after them; each may be rounded."""
    around = (*line.moves, *line.ends)
    return abs(line.way - sign * sum(map(_value, line.moves))) * 2 <= max(one.step for one in around) * len(around)
