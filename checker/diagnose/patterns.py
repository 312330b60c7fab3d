"""One act that makes several figures wrong: rows swapped, a column shifted, columns of a line swapped, a digit that
slid over to its neighbour, an error carried from one figure to another; and a sign that equations without signs do not
see.

Each pattern says what the figures would have to read; it counts only where every equation stands with that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.algebra import Exact, divided, exact, magnitude
from checker.algebra.slips import moved
from checker.core.figure import Figure
from checker.diagnose.evidence import Neighbours, explain, stranger
from checker.diagnose.hypothesis import Edit, Hypothesis, Values, difference, stands, witnessed
from checker.diagnose.relations import Net, Relation, column_of

SAME_AMOUNT = "off by the same amount"
_SWAPPED, _SHIFTED, _CROSSED, _SLID = 6, 9, 6, 8
"""What it costs to believe in one act that makes several figures wrong."""
_CARRIED = 6
"""What it costs that an error was carried on to a figure of another component."""
_LONGEST = 12
"""Rows of a column that may have shifted."""
_MOST_KEYS = 60
"""Figures of one component among which acts are sought: every pair of neighbours is tried on every equation."""


def patterns(component: Sequence[Relation], net: Net, near: Neighbours) -> Iterator[Hypothesis]:
    """Every pattern with which all equations stand."""
    keys = sorted({key for relation in component for key in relation.coefficients}, key=net.place)[:_MOST_KEYS]
    choice = max(len(keys).bit_length() - 1, 0)
    for bits, cause, values in _candidates(keys, component, (net, near)):
        if all(values.keys() & relation.coefficients.keys() for relation in component) and stands(values, net):
            edits = tuple(Edit(key, needed, cause) for key, needed in values.items())
            odd = (
                sum(stranger(net.figures[key], needed, near) for key, needed in values.items())
                if cause != "wrong sign"
                else 0
            )
            yield Hypothesis(edits, bits + choice + odd - witnessed(values, net))


def _candidates(
    keys: Sequence[str], component: Sequence[Relation], rest: tuple[Net, Neighbours]
) -> Iterator[tuple[int, str, Values]]:
    net, near = rest
    yield from _turned(component, net, near)
    for key in keys:
        figure, below = net.figures[key], net.below(key)
        if not figure.value:
            continue
        for other in near.around(figure).beside:
            yield from ((_CROSSED, "columns swapped", values) for values in _exchanged(figure, other))
            yield from ((_SLID, "digit moved to its neighbour", values) for values in _slid(figure, other))
        if below is not None:
            yield from ((_SWAPPED, "rows swapped", values) for values in _exchanged(figure, below))
            yield from ((_SLID, "digit moved to its neighbour", values) for values in _slid(figure, below))
    for key in keys:
        if net.columns[column_of(net.figures[key])] > 1:  # rows that change places inside one sum break nothing
            yield from ((_SHIFTED, "column shifted", values) for values in _shifted(key, component, net))


def _turned(component: Sequence[Relation], net: Net, near: Neighbours) -> Iterator[tuple[int, str, Values]]:
    """One sign, where an equation that does not know signs keeps bounds from saying so."""
    for key, coefficient in component[0].coefficients.items():
        value = net.printed(key)
        repairs = coefficient and magnitude(component[0].difference - 2 * coefficient * value) <= component[0].allowance
        if repairs and any(key in relation.blind for relation in net.touching(key)):
            yield explain(net.figures[key], -value, near).bits, "wrong sign", {key: -value}


def _exchanged(one: Figure, two: Figure) -> Iterator[Values]:
    if one.value and two.value and abs(one.value) != abs(two.value):
        yield {one.id: exact(two.value), two.id: exact(one.value)}


def _slid(one: Figure, two: Figure) -> Iterator[Values]:
    """The first digit of one belongs to the other."""
    step = exact(one.step)
    if not one.value or not two.value or not step or one.step != two.step:
        return
    first, second = divided(exact(one.value), step), divided(exact(two.value), step)
    if first.denominator == second.denominator == 1:
        for here, there in moved(int(first), int(second)):
            yield {one.id: here * step, two.id: there * step}


# ---- a column shifted ------------------------------------------------------------------------------------------------


def _shifted(key: str, component: Sequence[Relation], net: Net) -> Iterator[Values]:
    """Three rows or more of a column that stand one row too low or too high: one amount is lost, or stands at the other
    end."""
    run = [net.figures[key]]
    while len(run) < _LONGEST and (below := net.below(run[-1].id)) is not None:
        run.append(below)
        if len(run) < 3:
            continue
        printed = [net.printed(figure.id) for figure in run]
        for right, free in (([*printed[1:], printed[0]], -1), ([printed[-1], *printed[:-1]], 0)):
            values = {figure.id: amount for figure, amount in zip(run, right, strict=True) if amount != figure.value}
            if len(values) < 3:
                continue
            yield values
            lost = _lost(run[free], values, component, net)
            if lost is not None:
                yield {**values, run[free].id: lost}


def _lost(figure: Figure, values: Values, component: Sequence[Relation], net: Net) -> Exact | None:
    """What the figure at the end must be, by the first broken equation that names it."""
    rest = {key: needed for key, needed in values.items() if key != figure.id}
    for relation in component:
        coefficient = relation.coefficients.get(figure.id)
        if coefficient and None not in [move for key, move in relation.coefficients.items() if key in rest]:
            needed = net.printed(figure.id) - divided(difference(relation, rest, net), coefficient)
            return needed if needed != figure.value else None
    return None


# ---- errors that cancel ----------------------------------------------------------------------------------------------


def cancelling(one: Sequence[Relation], two: Sequence[Relation], rest: tuple[Net, Neighbours]) -> Iterator[Hypothesis]:
    """An error of one component carried into the other, so that an equation between them still holds."""
    net, near = rest
    here, there = _moves(one), _moves(two)
    for key, move in here.items():
        for relation in net.touching(key):
            coefficient = relation.coefficients[key]
            if relation.broken or not coefficient:
                continue
            for other, theirs in there.items():
                weight = relation.coefficients.get(other)
                if other == key or not weight or magnitude(coefficient * move + weight * theirs) > relation.allowance:
                    continue
                values = {name: net.printed(name) + by for name, by in ((key, move), (other, theirs))}
                if all(values.keys() & broken.coefficients.keys() for broken in (*one, *two)) and stands(values, net):
                    causes = {name: explain(net.figures[name], needed, near) for name, needed in values.items()}
                    first = min(causes, key=lambda name: causes[name].bits)
                    edits = tuple(Edit(name, values[name], causes[name].phrase or SAME_AMOUNT) for name in (key, other))
                    yield Hypothesis(edits, causes[first].bits + _CARRIED - witnessed(values, net))


def _moves(component: Sequence[Relation]) -> dict[str, Exact]:
    """By how much each figure would have to change for the most exact broken equation that names it."""
    found: dict[str, Exact] = {}
    for relation in sorted(component, key=lambda relation: relation.allowance):
        for key, coefficient in relation.coefficients.items():
            if coefficient and key not in found:
                found[key] = divided(-relation.difference, coefficient)
    return found
