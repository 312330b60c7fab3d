"""Which few wrong figures would explain all broken equations of a component, and break none that holds.

Sets of figures are tried in growing size, each touching every broken equation; errors may cancel, so an equation that
holds but forbids a set may name one more figure. For each set the values are worked out from exact bounds over all
equations it touches. The work is bounded: past the bound nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.algebra import Exact, divided, exact, magnitude
from checker.algebra.exact import whole
from checker.algebra.slips import meant, rescaled
from checker.diagnose.evidence import ANOTHER_ERROR, Cause, Neighbours, explain
from checker.diagnose.hypothesis import Edit, Hypothesis, Values, difference, stands, witnessed
from checker.diagnose.patterns import SAME_AMOUNT, patterns
from checker.diagnose.relations import Net, Range, Relation, linear_room

_MOST_SETS = 200
"""Sets of figures that are tried in full: beyond them the search would be felt."""
_MOST_FIGURES = 3
"""Figures that are wrong by themselves at the same time; four would explain nearly anything."""
_MOST_VALUES = 24
"""Values of one figure that are tried."""
_FAR = 500
"""Times as large or as small from which another unit may explain it."""
_MISSED, _MISSED_FORCED = 2, 5
"""What it costs that an equation would stand by rounding only, and where the document forces its sums to foot."""
_CARRIED = 5
"""What it costs that an error was carried on to a second figure, so that an equation with both still holds."""
_EMPTY: Range = (1, 0)


def hypotheses(component: Sequence[Relation], net: Net, near: Neighbours) -> list[Hypothesis]:
    """What could be wrong, likeliest first; nothing where no small set of figures explains it or the search would be
    too long."""
    found = list(patterns(component, net, near))
    layer: list[frozenset[str]] = [frozenset()]
    tried, seen = 0, {frozenset[str]()}
    for _ in range(_MOST_FIGURES):
        following: list[frozenset[str]] = []
        for base in layer:
            for key in _branches(base, component, net):
                one = base | {key}
                if one in seen or len(seen) > 4 * _MOST_SETS:
                    continue
                seen.add(one)
                following.append(one)
        for one in following:
            if all(one & relation.coefficients.keys() for relation in component):
                tried += 1
                if tried > _MOST_SETS:
                    break
                found.extend(_tried(sorted(one), net, near))
        if found or tried > _MOST_SETS:
            break
        layer = following
    return sorted(found, key=lambda one: (one.bits, one.edits[0].figure))


def standing_out(component: Sequence[Relation], net: Net) -> list[Hypothesis]:
    """Where no small set explains a component: the figures in the most broken equations and the fewest that hold, one
    as likely as the other."""
    votes: dict[str, int] = {}
    for relation in component:
        for key, coefficient in relation.coefficients.items():
            if coefficient is not None:
                votes[key] = sum(1 if other.broken else -1 for other in net.touching(key))
    most = max(votes.values(), default=0)
    found: list[Hypothesis] = []
    for key in sorted(key for key, count in votes.items() if count == most and most > 0):
        asked = next((needed for needed in _asked(key, {}, net) if needed != net.printed(key)), None)
        if asked is not None:
            found.append(Hypothesis((Edit(key, asked, ""),), 0))
    return found


def _branches(base: frozenset[str], component: Sequence[Relation], net: Net) -> Sequence[str]:
    """The figures one of which must be wrong too: those of a broken equation not touched yet, else of all equations
    that touch the set."""
    untouched = next((relation for relation in component if not base & relation.coefficients.keys()), None)
    if untouched is not None:
        return sorted(untouched.coefficients)
    return sorted({other for key in base for relation in net.touching(key) for other in relation.coefficients} - base)


# ---- the values of one set -------------------------------------------------------------------------------------------


def _tried(keys: Sequence[str], net: Net, near: Neighbours) -> Iterator[Hypothesis]:
    """The best way to give each figure of the set a value, if there is one."""
    alone = {key: _alone_room(key, keys, net) for key in keys}
    if any(room is None for room in alone.values()):
        return
    order = sorted(keys, key=lambda key: (_width(alone[key]), key))
    values: dict[str, Exact] = {}
    edits: list[Edit] = []
    costs: list[Cause] = []
    for key in order:
        best = _best(key, _joint_room(key, alone[key] or _EMPTY, values, (net, keys)), values, (net, near))
        if best is None or best[0] == net.printed(key):
            return
        values[key] = best[0]
        edits.append(Edit(key, best[0], best[1].phrase))
        costs.append(best[1])
    if not stands(values, net):
        return
    if _carried(values, net):
        first = min(range(len(costs)), key=lambda at: costs[at].bits)
        edits = [Edit(edit.figure, edit.needed, edit.cause or SAME_AMOUNT) for edit in edits]
        bits = costs[first].bits + sum(
            min(_CARRIED, ANOTHER_ERROR + cause.bits) for at, cause in enumerate(costs) if at != first
        )
    else:
        bits = ANOTHER_ERROR * (len(keys) - 1) + sum(cause.bits for cause in costs)
    yield Hypothesis(tuple(edits), bits - witnessed(values, net))


def _carried(values: Values, net: Net) -> bool:
    """Whether the errors of several figures are one amount, carried on through equations that hold."""
    moves = {magnitude(needed - net.printed(key)) for key, needed in values.items()}
    if len(values) < 2 or len(moves) > 1:
        return False
    return all(
        any(
            not relation.broken and len(values.keys() & relation.coefficients.keys()) > 1
            for relation in net.touching(key)
        )
        for key in values
    )


def _alone_room(key: str, keys: Sequence[str], net: Net) -> Range | None:
    """What the equations that touch no other figure of the set leave to this one; None where they leave nothing."""
    room: Range = (None, None)
    for relation in net.touching(key):
        if any(other in relation.coefficients for other in keys if other != key):
            continue
        told = net.room(relation, key)
        if told is not None:
            room = _meet(room, told)
        elif relation.broken:
            return None
    return None if _is_empty(room) else room


def _joint_room(key: str, room: Range, values: Values, rest: tuple[Net, Sequence[str]]) -> Range:
    """The room narrowed by equations whose other figures of the set have their values by now."""
    net, keys = rest
    for relation in net.touching(key):
        others = [other for other in keys if other != key and other in relation.coefficients]
        coefficient = relation.coefficients[key]
        if (
            not others
            or coefficient is None
            or any(other not in values or relation.coefficients[other] is None for other in others)
        ):
            continue
        apart = difference(relation, values, net)
        room = _meet(room, linear_room((net.printed(key), coefficient), apart, relation.allowance))
    return room


def _best(key: str, room: Range, values: Values, rest: tuple[Net, Neighbours]) -> tuple[Exact, Cause] | None:
    """The likeliest value in the room, with its cause and its bits."""
    net, near = rest
    figure = net.figures[key]
    best: tuple[Exact, Cause] | None = None
    for needed in _values(key, room, values, net):
        cause = explain(figure, needed, near)
        cause = Cause(cause.phrase, cause.bits + _missed(key, needed, values, net))
        if best is None or cause.bits < best[1].bits:
            best = needed, cause
    return best


def _values(key: str, room: Range, values: Values, net: Net) -> list[Exact]:
    """Values worth a look: all that can be printed where they are few, else those that some equation asks for exactly
    or a slip explains."""
    low, high = room
    if low is None or high is None or low > high:
        return []
    step, value = exact(net.figures[key].step), net.printed(key)
    if not step:
        return [needed for needed in _asked(key, values, net) if low <= needed <= high]
    first, last = -((value - low) // step), (high - value) // step
    if last - first < _MOST_VALUES:
        return [value + count * step for count in range(first, last + 1) if count] + _rescaled(value, (low, high))
    asked = [value + round(divided(needed - value, step)) * step for needed in _asked(key, values, net)] or [
        value + (first if first > 0 else last) * step
    ]
    units = divided(value, step)
    if units.denominator == 1:
        asked += [count * step for count in meant(int(units)) if first <= count - units.numerator <= last]
    asked += _rescaled(value, (low, high))
    return [needed for needed in dict.fromkeys(asked) if low <= needed <= high and needed != value][:_MOST_VALUES]


def _rescaled(value: Exact, room: tuple[Exact, Exact]) -> list[Exact]:
    """The amount in another unit: what is out of scale is out of step too, and may be printed finer than the figure
    is."""
    near, far = sorted((magnitude(room[0]), magnitude(room[1])))
    is_far = near > _FAR * magnitude(value) or far * _FAR < magnitude(value)
    scaled = rescaled(value, room) if is_far and value else None
    return [] if scaled is None else [whole(scaled)]


def _asked(key: str, values: Values, net: Net) -> list[Exact]:
    """What each linear equation asks the figure to be."""
    value = net.printed(key)
    found: list[Exact] = []
    for relation in net.touching(key):
        coefficient = relation.coefficients[key]
        if coefficient is not None:
            found.append(value - divided(difference(relation, values, net), coefficient))
    return list(dict.fromkeys(found))


def _missed(key: str, needed: Exact, values: Values, net: Net) -> int:
    """What the equations cost that would stand by rounding only."""
    bits = 0
    for relation in net.touching(key):
        if (
            relation.coefficients[key] is not None
            and 2 * magnitude(difference(relation, {**values, key: needed}, net)) > relation.coarsest
        ):
            bits += _MISSED_FORCED if relation.forced else _MISSED
    return bits


# ---- ranges ----------------------------------------------------------------------------------------------------------


def _meet(one: Range, two: Range) -> Range:
    lows = [end for end in (one[0], two[0]) if end is not None]
    highs = [end for end in (one[1], two[1]) if end is not None]
    return max(lows, default=None), min(highs, default=None)


def _is_empty(room: Range) -> bool:
    return room[0] is not None and room[1] is not None and room[0] > room[1]


def _width(room: Range | None) -> tuple[int, Exact]:
    if room is None or room[0] is None or room[1] is None:
        return 1, 0
    return 0, room[1] - room[0]
