"""A rulebook made ready for typed facts: which concepts it names, and each relation as coefficients where it is linear
or a quotient.

Facts are by nature: an expense is positive, whatever a page would print. So no reading is chosen, and what speaks of
print, of sections and columns of a statement narrows nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

from attrs import frozen

from checker.bind.prepared import prepared
from checker.bind.relations import Task
from checker.core.caption import normal
from checker.core.rule import (
    All,
    Amount,
    Any,
    Binary,
    Call,
    Condition,
    Either,
    Expr,
    Name,
    Negative,
    Not,
    Optional,
    Prefix,
    Relation,
    Rulebook,
    Shifted,
    Test,
)
from checker.core.unit import Measure

Shift = Literal["", "prior", "preceding", "opening", "closing"]
_SHIFTS: tuple[Prefix, ...] = ("prior", "preceding", "opening", "closing")


@frozen
class Concept:
    """What a name of the rules means among facts."""

    name: str
    tags: tuple[str, ...]
    """Qualified names that mean it and nothing else, and those it shares with other concepts: they count where the
    first are not reported."""
    shared: tuple[str, ...] = ()
    instant: bool | None = None
    measure: Measure | None = None

    @property
    def is_rate(self) -> bool:
        """Whether its amounts are kept on the finer scale."""
        return self.measure in ("per share", "percent", "ratio")


@frozen
class Leaf:
    """One amount of a relation: the first of its slots that is reported. `optional`: zero where none is. `size`:
    without its sign."""

    slots: tuple[int, ...]
    optional: bool = False
    size: bool = False


@frozen
class Terms:
    """A linear form in whole numbers over `below`: what each leaf counts, and a constant."""

    leaves: tuple[Leaf, ...]
    weights: tuple[int, ...]
    constant: int = 0
    below: int = 1


Shape = Literal["linear", "size", "quotient", "other"]


@frozen(eq=False)
class Rated:
    """One relation: how it is judged as columns. `other` is judged row by row, like all that could overflow."""

    task: Task
    shape: Shape
    slots: tuple[int, ...]
    """All that its sides name."""
    durations: bool
    """It is judged of stretches of time; else of days."""
    left: Terms | None = None
    right: Terms | None = None
    below: Terms | None = None
    """Of a quotient: what the right side is divided by."""
    twins: tuple[tuple[int, int], ...] = ()
    """Slots that the same fact could stand for: where it does, the relation says nothing."""


@frozen(eq=False)
class Compiled:
    """All that a rulebook asks of facts."""

    rulebook: Rulebook
    concepts: tuple[Concept, ...]
    slots: tuple[tuple[int, Shift], ...]
    """Concept and shift in time."""
    rated: tuple[Rated, ...]
    idle: tuple[tuple[str, str], ...]
    """Relations that no fact can bind, and why."""
    by_name: Mapping[tuple[str, str], int]
    """The slot of each name and shift."""

    def slot(self, name: Name, prefixes: Sequence[Prefix]) -> int:
        """The slot of a name."""
        return self.by_name[_key(name), prefixes[0] if prefixes else ""]

    @cached_property
    def sums(self) -> Mapping[int, int]:
        """Relations that are plain sums, by their place in `rated`: equations that rounding alone excuses; and their
        place among the sums.
        """
        plain = [
            at
            for at, one in enumerate(self.rated)
            if one.shape == "linear" and one.task.relation.comparison == "=" and _is_plain(one)
        ]
        return {at: number for number, at in enumerate(plain)}

    @property
    def by_segment(self) -> bool:
        """Whether any relation is judged in segments."""
        return any(one.task.within.by_segment for one in self.rated)


def _is_plain(rated: Rated) -> bool:
    tolerance = rated.task.clauses.tolerance
    return tolerance is None or tolerance.kind == "rounding"


def _key(name: Name) -> str:
    """How names compare."""
    return name.text if name.quoted else normal(name.text)


class _Unsaid(Exception):
    """What cannot be said of facts, and why."""


class _Making:
    """Concepts and slots as they are met."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.names = prepared(rulebook).names
        self.concepts: dict[str, int] = {}
        self.made: list[Concept] = []
        self.slots: dict[tuple[int, Shift], int] = {}
        owners: dict[str, set[str]] = {}
        for concept in rulebook.concepts:
            for tag in concept.tags:
                owners.setdefault(tag, set()).add(concept.name)
        self.shared = frozenset(tag for tag, names in owners.items() if len(names) > 1)

    def slot(self, name: Name, prefixes: Sequence[Prefix]) -> int:
        """The slot of a name."""
        if len(prefixes) > 1 or any(one not in _SHIFTS for one in prefixes):
            raise _Unsaid(f"“{' '.join(prefixes)}” is not judged of facts")
        shift: Shift = prefixes[0] if prefixes else ""  # type: ignore[assignment]
        key = (self._concept(name), shift)
        return self.slots.setdefault(key, len(self.slots))

    def _concept(self, name: Name) -> int:
        key = _key(name)
        if key not in self.concepts:
            self.concepts[key] = len(self.made)
            self.made.append(self._made(name))
        return self.concepts[key]

    def _made(self, name: Name) -> Concept:
        if name.quoted:
            return Concept(name.text, (name.text,))
        found = self.names.concepts.get(normal(name.text), ())
        tags = tuple(dict.fromkeys(tag for one in found for tag in one.tags))
        timing = {one.timing for one in found}
        measures = {one.measure for one in found}
        own = (
            *(tag for tag in tags if tag not in self.shared),
            *dict.fromkeys(one.name for one in found),
            *(() if found else (name.text,)),
        )
        return Concept(
            name.text,
            own,
            tuple(tag for tag in tags if tag in self.shared),
            None if timing != {"instant"} and timing != {"duration"} else timing == {"instant"},
            next(iter(measures)) if len(measures) == 1 else None,
        )


def compiled(rulebook: Rulebook) -> Compiled:
    """The rulebook for facts."""
    making = _Making(rulebook)
    found: list[Rated] = []
    idle: list[tuple[str, str]] = []
    for task in prepared(rulebook).written:
        try:
            if task.later:
                raise _Unsaid(f"“{task.later}” needs more than a filing's facts")
            if task.within.text or task.within.headings:
                raise _Unsaid("it speaks of the text or the headings of a page")
            found.append(_rated(task, making))
        except _Unsaid as reason:
            idle.append((task.id, str(reason)))
    texts = {number: text for text, number in making.concepts.items()}
    by_name: dict[tuple[str, str], int] = {
        (texts[number], shift): slot for (number, shift), slot in making.slots.items()
    }
    return Compiled(rulebook, tuple(making.made), tuple(making.slots), tuple(found), tuple(idle), by_name)


def _rated(task: Task, making: _Making) -> Rated:
    relation = task.relation
    named = (*_slots(relation.left, (), making), *_slots(relation.right, (), making))
    asked = named if task.clauses.when is None else (*named, *_condition_slots(task.clauses.when, making))
    slots = tuple(dict.fromkeys(named))
    keys = list(making.slots)
    sides = [frozenset(_slots(side, (), making)) for side in (relation.left, relation.right)]
    if sides[0] == sides[1] and len(sides[0]) == 1:
        raise _Unsaid("both sides are one fact")
    durations = any(
        making.made[keys[slot][0]].instant is not True or keys[slot][1] in ("opening", "closing") for slot in asked
    )
    twins = tuple(
        (one, two)
        for at, one in enumerate(slots)
        for two in slots[at + 1 :]
        if _are_twins(keys[one], keys[two], making)
    )
    return _shaped(Rated(task, "other", slots, durations, twins=twins), relation, making)


def _are_twins(one: tuple[int, Shift], two: tuple[int, Shift], making: _Making) -> bool:
    concepts = [making.made[key[0]] for key in (one, two)]
    tags = [{*concept.tags, *concept.shared} for concept in concepts]
    return bool(tags[0] & tags[1])


def _shaped(rated: Rated, relation: Relation, making: _Making) -> Rated:
    """The relation with its coefficients, where it is linear or a plain quotient and all its amounts are on one
    scale."""
    from checker.core.value import evolve

    if relation.comparison == "!=":
        return rated
    left = _terms(relation.left, making)
    tolerance = rated.task.clauses.tolerance
    plain = tolerance is None or tolerance.kind == "rounding"
    if left is None:
        return rated
    quotient = relation.right
    if isinstance(quotient, Binary) and quotient.operator == "/" and relation.comparison == "=" and plain:
        top, bottom = _terms(quotient.left, making), _terms(quotient.right, making)
        if top is None or bottom is None or _number(quotient.right) is not None:
            pass
        elif _may_divide((left, top, bottom), making):
            return evolve(rated, shape="quotient", left=left, right=top, below=bottom)
        else:
            return rated
    right = _terms(relation.right, making)
    if right is None:
        return rated
    leaves = (*left.leaves, *right.leaves)
    scales = {_is_rate(leaf, making) for leaf in leaves}
    slots = [slot for leaf in leaves for slot in leaf.slots]
    if len(scales) > 1 or len(set(slots)) < len(slots) or not leaves:
        return rated
    if any(leaf.size for leaf in leaves):
        alone = len(left.leaves) == 1 and not left.constant and not left.leaves[0].optional and not left.leaves[0].size
        return (
            evolve(rated, shape="size", left=left, right=right)
            if alone and plain and relation.comparison == "="
            else rated
        )
    unit = tolerance.amount.unit if tolerance is not None and tolerance.amount is not None else ""
    return (
        rated
        if unit in ("points", "basis points", "as printed")
        else evolve(rated, shape="linear", left=left, right=right)
    )


def _may_divide(parts: tuple[Terms, Terms, Terms], making: _Making) -> bool:
    """Whether a quotient is a plain one: a single amount on the left, none in two places, no constants and no sizes,
    one scale above and below the line."""
    left, top, bottom = parts
    leaves = (*left.leaves, *top.leaves, *bottom.leaves)
    slots = [slot for leaf in leaves for slot in leaf.slots]
    if (
        len(left.leaves) != 1
        or left.weights != (1,)
        or left.below != 1
        or left.leaves[0].optional
        or any(leaf.size for leaf in leaves)
    ):
        return False
    if any(
        part.constant or part.below != 1 or not part.leaves or all(leaf.optional for leaf in part.leaves)
        for part in parts
    ):
        return False
    return (
        len(set(slots)) == len(slots) and len({_is_rate(leaf, making) for leaf in (*top.leaves, *bottom.leaves)}) == 1
    )


def _is_rate(leaf: Leaf, making: _Making) -> bool | None:
    """Whether its amounts are on the finer scale; None where its slots differ, so that it fits nothing."""
    keys = list(making.slots)
    found = {making.made[keys[slot][0]].is_rate for slot in leaf.slots}
    return found.pop() if len(found) == 1 else None


# ---- linear forms ----------------------------------------------------------------------------------------------------


def _terms(expr: Expr, making: _Making) -> Terms | None:
    found: list[tuple[Fraction, Leaf]] = []
    constant = _collect(expr, Fraction(1), found, making)
    if constant is None:
        return None
    below = lcm(*(weight.denominator for weight, _ in found), constant.denominator)
    return Terms(
        tuple(leaf for _, leaf in found),
        tuple(int(weight * below) for weight, _ in found),
        int(constant * below),
        below,
    )


def _collect(expr: Expr, factor: Fraction, into: list[tuple[Fraction, Leaf]], making: _Making) -> Fraction | None:
    """Adds the leaves of a linear form, and answers with its constant; None where it is none."""
    if (number := _number(expr)) is not None:
        return factor * number
    if (leaf := _leaf(expr, making)) is not None:
        into.append((factor, leaf))
        return Fraction(0)
    match expr:
        case Negative():
            return _collect(expr.operand, -factor, into, making)
        case Binary(operator="+" | "-"):
            one = _collect(expr.left, factor, into, making)
            two = _collect(expr.right, factor if expr.operator == "+" else -factor, into, making)
            return None if one is None or two is None else one + two
        case Binary(operator="*"):
            by, other = _number(expr.left), expr.right
            if by is None:
                by, other = _number(expr.right), expr.left
            return None if not by else _collect(other, factor * by, into, making)
        case Binary(operator="/"):
            by = _number(expr.right)
            return None if not by else _collect(expr.left, factor / by, into, making)
        case _:
            return None


def _number(expr: Expr) -> Fraction | None:
    """The number that an expression is, if it names no figure."""
    match expr:
        case Amount(unit="" | "currency"):
            return expr.value
        case Amount(unit="percent" | "points"):
            return expr.value / 100
        case Amount(unit="basis points"):
            return expr.value / 10_000
        case Negative():
            inner = _number(expr.operand)
            return None if inner is None else -inner
        case _:
            return None


def _leaf(expr: Expr, making: _Making, prefixes: tuple[Prefix, ...] = ()) -> Leaf | None:
    """A name, the first reported of several, one that may be missing, one without its sign; None where it is anything
    else."""
    match expr:
        case Name():
            return Leaf((making.slot(expr, prefixes),))
        case Shifted() if expr.prefix in _SHIFTS:
            return _leaf(expr.operand, making, (expr.prefix, *prefixes))
        case Either():
            inner = [_leaf(option, making, prefixes) for option in expr.options]
            if any(one is None or one.optional or one.size for one in inner):
                return None
            return Leaf(tuple(slot for one in inner if one is not None for slot in one.slots))
        case Optional():
            one = _leaf(expr.operand, making, prefixes)
            return None if one is None or one.size else Leaf(one.slots, True)
        case Call(function="abs"):
            one = _leaf(expr.operands[0], making, prefixes)
            return None if one is None or one.size or one.optional else Leaf(one.slots, False, True)
        case _:
            return None


def _slots(expr: Expr, prefixes: tuple[Prefix, ...], making: _Making) -> Iterator[int]:
    """Every slot that an expression names."""
    match expr:
        case Name():
            yield making.slot(expr, prefixes)
        case Shifted():
            yield from _slots(expr.operand, (expr.prefix, *prefixes), making)
        case Either():
            for option in expr.options:
                yield from _slots(option, prefixes, making)
        case Call():
            for operand in expr.operands:
                yield from _slots(operand, prefixes, making)
        case Optional() | Negative():
            yield from _slots(expr.operand, prefixes, making)
        case Binary():
            yield from _slots(expr.left, prefixes, making)
            yield from _slots(expr.right, prefixes, making)
        case Amount(unit="as printed"):
            raise _Unsaid("an amount “as printed” needs a page")
        case _:
            return


def _condition_slots(condition: Condition, making: _Making) -> Iterator[int]:
    match condition:
        case Relation():
            yield from _slots(condition.left, (), making)
            yield from _slots(condition.right, (), making)
        case Test():
            yield from _slots(condition.operand, (), making)
        case Not():
            yield from _condition_slots(condition.operand, making)
        case All() | Any():
            for operand in condition.operands:
                yield from _condition_slots(operand, making)
