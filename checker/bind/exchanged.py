"""Whether one line printed with its two columns exchanged breaks a relation in both periods: then it is no other
make-up of the statement.

Two coincidences speak for it at once: what one period has too much the other has too little, and it is the very
difference of one line's two amounts.
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.algebra import Exact, exact, form, magnitude
from checker.bind.build import Use
from checker.core.expression import Expression
from checker.core.value import frozen
from checker.judge.table import SLIP

Line = tuple[int, int]
"""A line by the indexes of its statement and of its own."""


@frozen
class Missed:
    """A linear relation in one column: by how much its sides differ, what rounding explains, and each line's
    coefficient and amount."""

    difference: Exact
    room: Exact
    finest: Exact
    lines: Mapping[Line, tuple[Exact, Exact]]


def missed(sides: tuple[Expression, Expression], uses: tuple[Use, ...]) -> Missed | None:
    """How far the relation misses in one column; None where it is not linear, or names one line twice."""
    said = form(*sides).linear
    stands = {use.found.figure.id: use.found for use in uses}
    if said is None or not said.coefficients.keys() <= stands.keys():
        return None
    lines: dict[Line, tuple[Exact, Exact]] = {}
    difference, room = said.constant, exact(0)
    for key, coefficient in said.coefficients.items():
        spot, figure = stands[key].spot, stands[key].figure
        amount = exact(figure.value or 0)
        difference += coefficient * amount
        room += magnitude(coefficient) * exact(figure.step)
        lines[spot.statement.index, spot.line.index] = coefficient, amount
    finest = min((exact(stands[key].figure.step) for key in said.coefficients), default=exact(0))
    return Missed(difference, room, finest, lines) if len(lines) == len(said.coefficients) else None


def exchanged(one: Missed, two: Missed) -> bool:
    """Whether exchanging the two amounts of one line repairs the relation in both columns, and that says enough."""
    spread = max(one.room, two.room) + max(one.finest, two.finest)
    if not spread:
        return False
    bits = (
        2 * (int(min(magnitude(one.difference), magnitude(two.difference)) // spread).bit_length() - 1)
        - len(one.lines).bit_length()
    )
    return bits >= SLIP and any(_repairs(line, one, two) for line in one.lines.keys() & two.lines.keys())


def _repairs(line: Line, one: Missed, two: Missed) -> bool:
    (here, amount), (there, other) = one.lines[line], two.lines[line]
    apart = amount - other
    return (
        2 * magnitude(one.difference - here * apart) <= one.room
        and 2 * magnitude(two.difference + there * apart) <= two.room
    )
