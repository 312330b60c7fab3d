"""Definitions that use themselves by whatever way round, and expressions that would grow beyond measure when
definitions are written out.

Names are followed as far as definitions go, nothing is replaced here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.core.caption import normal
from checker.core.rule import Definition, Name
from checker.core.value import frozen
from checker.language.walk import Node, names, nodes

_LONGEST = 40
"""Words before the parameter of a definition."""
LARGEST = 20_000
"""Nodes of an expression with every definition written out."""
DEEPEST = 200
"""Levels of it."""

Graph = Mapping[int, tuple[int, ...]]


@frozen
class Names:
    """Definitions by the names they go by, and those with a parameter by the words before it; values are positions."""

    plain: Mapping[str, int]
    openings: Mapping[str, int]
    firsts: frozenset[str]
    """The first words of all of them: most names of a rule begin otherwise."""

    def chain(self, name: Name, parameter: str = "") -> tuple[int, ...]:
        """The definitions that a name means: `Growth of Average of EBIT` is Growth, Average, EBIT. A printed figure is
        none."""
        if (
            name.quoted
            or name.text == parameter
            or any(not item.quoted and normal(item.text) == "as printed" for item in name.brackets)
        ):
            return ()
        words = normal(name.text).split()
        if not words or words[0] not in self.firsts:
            return ()
        found: list[int] = []
        while words:
            whole = " ".join(words)
            if whole in self.plain:
                return (*found, self.plain[whole])
            opening = next(
                (
                    count
                    for count in range(min(len(words) - 1, _LONGEST), 0, -1)
                    if " ".join(words[:count]) in self.openings
                ),
                0,
            )
            if not opening:
                break
            found.append(self.openings[" ".join(words[:opening])])
            words = words[opening:]
        return tuple(found)


def named(definitions: Sequence[Definition]) -> Names:
    """The names under which definitions are used."""
    plain: dict[str, int] = {}
    openings: dict[str, int] = {}
    for index, definition in enumerate(definitions):
        if definition.parameter:
            openings.setdefault(normal(definition.name[: -len(definition.parameter)]), index)
            continue
        for text in (definition.name, *(alias.text for alias in definition.clauses.aliases)):
            plain.setdefault(normal(text), index)
    return Names(plain, openings, frozenset(text.partition(" ")[0] for text in (*plain, *openings)))


def uses(definitions: Sequence[Definition]) -> Graph:
    """For each definition, by position, the definitions whose computed values it is made of."""
    known = named(definitions)
    return {
        index: tuple(
            dict.fromkeys(used for name in names([one.expression]) for used in known.chain(name, one.parameter))
        )
        for index, one in enumerate(definitions)
    }


def cycles(graph: Graph) -> tuple[tuple[int, ...], ...]:
    """Positions of the definitions of each circle, in the order in which one uses the next."""
    found: list[tuple[int, ...]] = []
    state: dict[int, int] = {}  # 1: on the way, 2: done
    for root in graph:
        if root in state:
            continue
        way = [root]
        state[root] = 1
        pending: list[Iterator[int]] = [iter(graph[root])]
        while pending:
            following = next(pending[-1], None)
            if following is None:
                pending.pop()
                state[way.pop()] = 2
            elif following not in state:
                state[following] = 1
                way.append(following)
                pending.append(iter(graph[following]))
            elif state[following] == 1:
                found.append(tuple(way[way.index(following) :]))
    return tuple(found)


@frozen
class Extent:
    """How many nodes an expression has when written out: `fixed`, and `each` time as many as its argument; and how many
    levels."""

    fixed: int
    each: int
    levels: int

    @property
    def excessive(self) -> bool:
        """Whether it is more than any later step should have to hold."""
        return self.fixed + self.each > LARGEST or self.levels > DEEPEST


class Extents:
    """The extents of definitions, the used before the using; those that grow beyond measure count as unknown names from
    then on."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self._definitions = definitions
        self._names = named(definitions)
        self._extents: dict[int, Extent] = {}
        self.excessive: set[int] = set()
        for index in _used_first(uses(definitions)):
            one = definitions[index]
            extent = self.of([one.expression], one.parameter)
            if extent.excessive:
                self.excessive.add(index)
            else:
                self._extents[index] = extent

    def of(self, roots: Iterable[Node], parameter: str = "") -> Extent:
        """The extent of some expressions together."""
        fixed = each = levels = 0
        for node, level in nodes(roots):
            if isinstance(node, Name):
                extent = self._name(node, parameter)
                fixed, each, levels = fixed + extent.fixed, each + extent.each, max(levels, level + extent.levels)
            else:
                fixed, levels = fixed + 1, max(levels, level)
        return Extent(min(fixed, LARGEST + 1), min(each, LARGEST + 1), levels)

    def _name(self, name: Name, parameter: str) -> Extent:
        chain = self._names.chain(name, parameter)
        last = bool(chain) and not self._definitions[chain[-1]].parameter
        about = bool(parameter) and not name.quoted and (name.text == parameter or name.text.endswith(f" {parameter}"))
        extent = Extent(0, 1, 0) if about else Extent(1, 0, 0)
        if last:
            extent = self._extents.get(chain[-1], extent)
        for index in reversed(chain[:-1] if last else chain):
            outer = self._extents.get(index)
            if outer is not None:
                extent = Extent(
                    min(outer.fixed + outer.each * extent.fixed, LARGEST + 1),
                    min(outer.each * extent.each, LARGEST + 1),
                    min(outer.levels + extent.levels, DEEPEST + 1),
                )
        return extent


def _used_first(graph: Graph) -> Iterator[int]:
    """The positions of a graph without circles, each after those it uses."""
    done: set[int] = set()
    for root in graph:
        pending = [root]
        while pending:
            index = pending[-1]
            waiting = [used for used in graph[index] if used not in done]
            if waiting:
                pending += waiting
                continue
            pending.pop()
            if index not in done:
                done.add(index)
                yield index
