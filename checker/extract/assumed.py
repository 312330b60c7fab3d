"""The scale of tables that state none, where other tables print the same amounts and state theirs.

What most tables of a document state holds for the rest, as a rule. A release may print its highlights in thousands all
the same and its statements in full: then the statements print amounts that are the highlights' only where nothing is
added to them. One amount alone decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.core.caption import normal
from checker.core.figure import ASSUMED, Figure, Reading
from checker.core.statement import Statement
from checker.core.unit import SHARES
from checker.core.value import evolve
from checker.extract.counted import trimmed

_FEWEST = 2
"""Different amounts that must be the same in full, and none as assumed."""
_DIGITS = 100
"""Units of the last place of an amount that agrees with another by no chance."""
_ONE = Decimal(1)

Place = tuple[str, object]


def compared(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those whose scale is assumed in full where the amounts of others say so."""
    stated: dict[Place, Figure] = {}
    for place, figure in _amounts(statements):
        if not figure.is_scaled_as_most and not figure.is_unscaled and figure.scale > 1:
            stated.setdefault(place, figure)
    full, scaled = set[Decimal](), set[Decimal]()
    for place, figure in _amounts(statements) if stated else ():
        other = stated.get(place)
        if other is not None and figure.is_scaled_as_most:
            full |= _same(figure, other, _ONE / figure.scale)
            scaled |= _same(figure, other, _ONE)
    if len(full) < _FEWEST or scaled:
        return tuple(statements)
    return tuple(_in_full(statement) for statement in statements)


def _amounts(statements: Sequence[Statement]) -> Iterator[tuple[Place, Figure]]:
    for statement in statements:
        for figure in statement.figures:
            if figure.unit.is_money and figure.additive and figure.value and figure.period is not None:
                yield (normal(figure.caption), figure.period), figure


def _same(figure: Figure, other: Figure, factor: Decimal) -> set[Decimal]:
    """The amount of another figure, if this one times a factor rounds to it."""
    assert figure.value is not None and other.value is not None
    telling = abs(other.value) >= _DIGITS * other.step
    return {other.value} if telling and 2 * abs(figure.value * factor - other.value) <= other.step else set()


def _in_full(statement: Statement) -> Statement:
    """The statement with figures whose scale is assumed as they are printed."""
    if not any(figure.is_scaled_as_most for figure in statement.figures):
        return statement
    lines = (
        evolve(line, figures=tuple(figure and _unscaled(figure) for figure in line.figures)) for line in statement.lines
    )
    return evolve(statement, lines=tuple(lines))


def _unscaled(figure: Figure) -> Figure:
    if figure.value is None or not figure.is_scaled_as_most or not (figure.unit.is_money or figure.unit == SHARES):
        return figure
    why = tuple(each for each in figure.why if not each.endswith(ASSUMED))
    return evolve(
        figure,
        value=trimmed(figure.value / figure.scale),
        step=trimmed(figure.step / figure.scale),
        scale=_ONE,
        why=(*why, "scale: none, since another table prints the same amounts in its own"),
        readings=(Reading(figure.value, figure.step, figure.unit, "the scale of most tables"), *figure.readings),
    )
