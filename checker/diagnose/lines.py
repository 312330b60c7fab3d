"""Sums that a slip of a whole line broke, in every column at once: which line it was, and where the wrong total was
carried on to.

What happened is known before anything is broken (`Check.slip`); here it becomes one story for all columns, with the
totals above that took the error in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.algebra import Exact, divided, magnitude
from checker.core.expression import Variable
from checker.diagnose.hypothesis import Edit, Hypothesis, difference
from checker.diagnose.printing import printed_as
from checker.diagnose.ranking import CERTAIN, OPEN, Explained
from checker.diagnose.relations import Net, Relation

CARRIED = "carried on"
_MOST_CARRIED = 12
"""Totals to which an error is followed."""


def slipped(net: Net) -> tuple[list[Explained], list[Relation]]:
    """The broken sums of which a line slipped, those of one relation together, and the broken equations that this
    leaves to explain."""
    groups: dict[tuple[str, str, str | None], list[Relation]] = {}
    for relation in net.broken:
        check = relation.finding.check
        if check.slip is not None and isinstance(check.left, Variable):
            groups.setdefault((check.slip, check.relation, check.figures[0].statement), []).append(relation)
    explained = [one for group in groups.values() if (one := _explained(group, net)) is not None]
    settled = {id(relation) for one in explained for relation in one.broken}
    return explained, [relation for relation in net.broken if id(relation) not in settled]


def _explained(group: Sequence[Relation], net: Net) -> Explained | None:
    slip = group[0].finding.check.slip
    if slip in ("missing", "blank"):
        return Explained(group, [Hypothesis((_missing(group[0], net),), 0)], OPEN)
    edits: dict[str, Edit] = {}
    for relation in group:
        if slip == "turned round":
            total = _total(relation)
            edits[total] = Edit(total, net.printed(total) - relation.difference, "a line is counted against its words")
            _carry(total, edits, net)
            continue
        stray = _stray(relation, net)
        if stray is None:
            return None
        if slip == "printed twice":
            edits[stray] = Edit(stray, net.printed(stray), "printed twice")
            continue
        total = _total(relation)
        edits[total] = Edit(
            total,
            net.printed(total) - relation.difference,
            f"leaves out {net.figures[stray].caption.strip() or 'a line'}",
        )
        _carry(total, edits, net)
    values = {key: edit.needed for key, edit in edits.items()}
    repaired = [
        one
        for one in net.broken
        if one not in group and values.keys() & one.coefficients.keys() and _stands(one, values, net)
    ]
    return Explained([*group, *repaired], [Hypothesis(tuple(edits.values()), 0)], CERTAIN)


def _missing(relation: Relation, net: Net) -> Edit:
    total = _total(relation)
    figure = net.figures[total]
    lines = printed_as(figure, net.printed(total) - relation.difference)
    what = "one is blank" if relation.finding.check.slip == "blank" else "one may be missing"
    return Edit(total, net.printed(total), f"its lines come to {lines}: {what}")


def _total(relation: Relation) -> str:
    left = relation.finding.check.left
    assert isinstance(left, Variable)
    return left.figure


def _stray(relation: Relation, net: Net) -> str | None:
    """The addend that the total lacks, the last one of equal ones."""
    total = _total(relation)
    lacking = [
        key
        for key, coefficient in relation.coefficients.items()
        if key != total
        and coefficient
        and magnitude(relation.difference - coefficient * net.printed(key)) <= relation.allowance
    ]
    return max(lacking, key=net.place, default=None)


def _carry(total: str, edits: dict[str, Edit], net: Net) -> None:
    """Follows an error into the sums that hold only because they took it in."""
    waiting = [total]
    while waiting and len(edits) < _MOST_CARRIED:
        key = waiting.pop(0)
        values = {one: edit.needed for one, edit in edits.items()}
        for relation in net.touching(key):
            left = relation.finding.check.left
            if (
                relation.broken
                or not isinstance(left, Variable)
                or left.figure in edits
                or left.figure == key
                or None in relation.coefficients.values()
            ):
                continue
            if not _stands(relation, values, net):
                needed = net.printed(left.figure) - divided(
                    difference(relation, values, net), relation.coefficients[left.figure] or 1
                )
                edits[left.figure] = Edit(left.figure, needed, CARRIED)
                waiting.append(left.figure)


def _stands(relation: Relation, values: Mapping[str, Exact], net: Net) -> bool:
    if any(relation.coefficients[key] is None for key in values.keys() & relation.coefficients.keys()):
        return False
    return magnitude(difference(relation, values, net)) <= relation.allowance
