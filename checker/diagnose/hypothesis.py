"""A hypothesis: a few figures with other values, and whether every equation stands with them. How one is found is not
asked here."""

from __future__ import annotations

from collections.abc import Mapping

from checker.algebra import Exact, magnitude
from checker.core.value import frozen
from checker.diagnose.relations import Net, Relation

Values = Mapping[str, Exact]
"""What some figures should read."""
_NOTE = 3
"""What it is worth that a broken relation that is only a note would hold too."""
_MOST_NOTES = 3
"""Notes that count: many of one kind are one witness."""


@frozen
class Edit:
    """One figure that should read `needed`, and what happened to it; what it prints already where the fault is not its
    amount."""

    figure: str
    needed: Exact
    cause: str


@frozen
class Hypothesis:
    """Edits that together leave every equation standing, and the bits it costs to believe them."""

    edits: tuple[Edit, ...]
    bits: int

    @property
    def values(self) -> dict[str, Exact]:
        """What its figures should read."""
        return {edit.figure: edit.needed for edit in self.edits}


def difference(relation: Relation, values: Values, net: Net) -> Exact:
    """Left less right with some figures at other values."""
    total = relation.difference
    for key, needed in values.items():
        coefficient = relation.coefficients.get(key)
        if coefficient is not None:
            total += coefficient * (needed - net.printed(key))
    return total


def stands(values: Values, net: Net) -> bool:
    """Whether every equation that the values touch stands with them, broken ones first."""
    touched = {id(relation): relation for key in values for relation in net.breaking.get(key, ())}
    if not all(_holds(relation, values, net) for relation in touched.values()):
        return False
    held = {id(relation): relation for key in values for relation in net.touching(key) if not relation.broken}
    return all(_holds(relation, values, net) for relation in held.values())


def _holds(relation: Relation, values: Values, net: Net) -> bool:
    keys = [key for key in values if key in relation.coefficients]
    if not relation.broken and all(key in relation.blind and values[key] == -net.printed(key) for key in keys):
        return True  # all that happens to it is that signs change which it does not know
    if None not in [relation.coefficients[key] for key in keys]:
        return magnitude(difference(relation, values, net)) <= relation.allowance
    if len(keys) > 1:
        return net.stands(relation, {key: values[key] for key in keys})
    room = net.room(relation, keys[0])
    return (
        not relation.broken
        if room is None
        else not (_under(values[keys[0]], room[0]) or _under(room[1], values[keys[0]]))
    )


def _under(one: Exact | None, two: Exact | None) -> bool:
    return one is not None and two is not None and one < two


def witnessed(values: Values, net: Net) -> int:
    """Bits for the broken relations that are only notes and would hold too."""
    notes = {
        id(relation): relation
        for key in values
        for relation in net.notes(key)
        if None not in relation.coefficients.values()
    }
    repaired = sum(magnitude(difference(relation, values, net)) <= relation.allowance for relation in notes.values())
    return _NOTE * min(repaired, _MOST_NOTES)
