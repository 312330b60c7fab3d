"""Definitions that use themselves, by whatever way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.core.caption import normal
from checker.core.rule import Definition, Name
from checker.language.walk import names

_LONGEST = 40
"""Words before the parameter of a definition."""

Graph = Mapping[int, tuple[int, ...]]


def cycles(definitions: Sequence[Definition]) -> tuple[tuple[int, ...], ...]:
    """Positions of the definitions of each circle, in the order in which one uses the next, each circle once."""
    graph = uses(definitions)
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


def uses(definitions: Sequence[Definition]) -> Graph:
    """For each definition, by position, the definitions whose computed values it is made of."""
    plain: dict[str, int] = {}
    openings: dict[str, int] = {}
    for index, definition in enumerate(definitions):
        if definition.parameter:
            openings.setdefault(normal(definition.name[: -len(definition.parameter)]), index)
        for text in (definition.name, *(alias.text for alias in definition.clauses.aliases)):
            if not definition.parameter:
                plain.setdefault(normal(text), index)
    return {
        index: tuple(dict.fromkeys(used for name in names([definition.expression]) for used in _used(name, definition, plain, openings)))
        for index, definition in enumerate(definitions)
    }


def _used(name: Name, inside: Definition, plain: Mapping[str, int], openings: Mapping[str, int]) -> Iterator[int]:
    """The definition that a name means, and those that its argument means."""
    if name.quoted or any(not item.quoted and normal(item.text) == "as printed" for item in name.brackets):
        return
    if inside.parameter and name.text == inside.parameter:
        return
    words = normal(name.text).split()
    while words:
        whole = " ".join(words)
        if whole in plain:
            yield plain[whole]
            return
        opening = next((count for count in range(min(len(words) - 1, _LONGEST), 0, -1) if " ".join(words[:count]) in openings), 0)
        if not opening:
            return
        yield openings[" ".join(words[:opening])]
        words = words[opening:]
