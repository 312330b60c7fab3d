"""What linkbases and schemas of a filing say of its facts: how they add up, what their concepts are called. They are
given beside the filing, never fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from urllib.parse import unquote

from attrs import define, field

from checker.core.fact import Contribution, Shown, Tagging
from checker.core.problem import Problem
from checker.core.value import evolve
from checker.read.tagged.amounts import stated
from checker.read.tagged.parsing import Element, Unreadable, parse

Beside = Mapping[str, bytes]
"""Files that go with a filing, by name: `acme-20231231_cal.xml`."""

_SUMMATION = frozenset(
    {"http://www.xbrl.org/2003/arcrole/summation-item", "https://xbrl.org/2023/arcrole/summation-item"}
)
_PARENT = "http://www.xbrl.org/2003/arcrole/parent-child"
_CALLED = "http://www.xbrl.org/2003/arcrole/concept-label"
_LABEL = "http://www.xbrl.org/2003/role/label"
_LINKS = frozenset({"calculationLink", "labelLink", "presentationLink"})
_INSIDE = "EX-101"
"""What the names of documents inside a submission begin with."""
_MOST_ARCS = 200_000
"""Arcs of the largest taxonomy that one filing extends."""


@define
class _Arc:
    """One arc of an extended link, by the labels of what it leads from and to."""

    kind: str
    start: str
    stop: str
    weight: Decimal
    order: Decimal
    priority: int
    prohibited: bool


@define
class _Link:
    """One extended link: its role, its locators and labels by name, its arcs."""

    role: str
    concepts: dict[str, list[str]] = field(factory=dict)
    words: dict[str, list[tuple[str, str, str]]] = field(factory=dict)
    """Labels as role, language and text."""
    arcs: list[_Arc] = field(factory=list)


@define
class _Read:
    """All links of all files."""

    links: list[_Link] = field(factory=list)
    networks: dict[str, str] = field(factory=dict)
    arcs: int = 0


def with_linkbases(tagging: Tagging, beside: Beside) -> tuple[Tagging, tuple[Problem, ...]]:
    """The tags with what the files beside them say, and which of these could not be read."""
    read, faulty = _Read(), set[str]()
    problems: list[Problem] = []
    for name in sorted(beside):
        try:
            linkbase(beside[name], read)
        except Unreadable as fault:
            faulty.add(name)
            message = f"{name}, beside the filing, was not read: {fault}"
            problems.append(
                Problem("R191", "warning", message, help="without it the calculations of the filing are not judged")
            )
    if read.arcs > _MOST_ARCS:
        message = f"the linkbases beside the filing hold more than {_MOST_ARCS:,} arcs; none of them was read"
        return tagging, (*problems, Problem("R191", "warning", message, help="no filing needs so many"))
    good = [name for name in sorted(beside) if name not in faulty and not name.startswith(_INSIDE)]
    if good:
        problems.append(Problem("R192", "note", f"read with the filing, from beside it: {', '.join(good)}"))
    names = _names(tagging)
    return (
        evolve(
            tagging,
            contributions=(*tagging.contributions, *_contributions(read, names)),
            labels={**dict(_labels(read, names)), **tagging.labels},
            networks={**read.networks, **tagging.networks},
            shown=(*tagging.shown, *_presented(read, names)),
        ),
        tuple(problems),
    )


def linkbase(content: bytes, read: _Read) -> None:
    """Takes one linkbase in, or the linkbases inside a schema. Raises Unreadable."""
    here: list[_Link] = []

    def opened(one: Element) -> None:
        if one.name in _LINKS:
            here[:] = [_Link(one.said.get("role", ""))]
            read.links.append(here[0])

    def take(one: Element, _: tuple[Element, ...]) -> None:
        if one.name == "definition":
            _name_of_role(one, _, read)
        elif not here:
            return
        elif one.name in _LINKS:
            here.clear()
        elif one.name == "loc":
            here[0].concepts.setdefault(one.said.get("label", ""), []).append(
                unquote(one.said.get("href", "").rpartition("#")[2])
            )
        elif one.name == "label":
            here[0].words.setdefault(one.said.get("label", ""), []).append(
                (one.said.get("role", _LABEL), one.said.get("lang", ""), one.text)
            )
        elif one.said.get("type") == "arc" or one.name.endswith("Arc"):
            read.arcs += 1
            if read.arcs <= _MOST_ARCS:
                here[0].arcs.append(_arc(one.said))

    parse(content, take, opened)


def _name_of_role(one: Element, around: tuple[Element, ...], read: _Read) -> None:
    if around and around[-1].name == "roleType" and one.text:
        read.networks.setdefault(around[-1].said.get("roleURI", ""), " ".join(one.text.split()))


def _arc(said: Mapping[str, str]) -> _Arc:
    priority = said.get("priority", "0").strip()
    return _Arc(
        said.get("arcrole", ""),
        said.get("from", ""),
        said.get("to", ""),
        _number(said.get("weight", ""), Decimal(0)),
        _number(said.get("order", ""), Decimal(1)),
        int(priority) if priority.lstrip("-").isdigit() and len(priority) < 10 else 0,
        said.get("use") == "prohibited",
    )


def _number(text: str, otherwise: Decimal) -> Decimal:
    found = stated(text)
    return otherwise if found is None else found


def _names(tagging: Tagging) -> Mapping[str, str]:
    """Concepts by the ids that schemas give them: a prefix, a low line, a name."""
    return {fact.concept.replace(":", "_", 1): fact.concept for fact in tagging.facts}


def _named(fragment: str, names: Mapping[str, str]) -> str:
    return names.get(fragment) or fragment.replace("_", ":", 1)


def _arcs(read: _Read, names: Mapping[str, str], kinds: frozenset[str]) -> Iterator[tuple[str, str, str, _Arc]]:
    """Role, and both concepts, of each arc that stands: of equal ones that of the highest priority, unless it
    prohibits."""
    strongest: dict[tuple[str, str, str, Decimal | None], tuple[str, str, str, _Arc]] = {}
    presents = _PARENT in kinds  # a concept may be shown twice under one parent
    for link in read.links:
        for arc in link.arcs:
            if arc.kind not in kinds:
                continue
            for start in link.concepts.get(arc.start, ()):
                for stop in link.concepts.get(arc.stop, ()):
                    found = link.role, _named(start, names), _named(stop, names), arc
                    key = (*found[:3], arc.order if presents else None)
                    known = strongest.get(key)
                    if known is None or (arc.priority, arc.prohibited) > (known[3].priority, known[3].prohibited):
                        strongest[key] = found
    return (found for found in strongest.values() if not found[3].prohibited)


def _contributions(read: _Read, names: Mapping[str, str]) -> Iterator[Contribution]:
    for role, total, item, arc in _arcs(read, names, _SUMMATION):
        if arc.weight and total != item:
            yield Contribution(role, total, item, arc.weight)


def _presented(read: _Read, names: Mapping[str, str]) -> Iterator[Shown]:
    """The trees of the presentation linkbase as lines: role by role, each concept with how deep it stands. A tree that
    bites its tail is cut there."""
    children: dict[str, dict[str, list[tuple[Decimal, str]]]] = {}
    for role, parent, child, arc in _arcs(read, names, frozenset({_PARENT})):
        children.setdefault(role, {}).setdefault(parent, []).append((arc.order, child))
    for role, below in children.items():
        inside = {child for found in below.values() for _, child in found}
        yield from _walked(role, below, [parent for parent in below if parent not in inside])


def _walked(role: str, below: Mapping[str, Sequence[tuple[Decimal, str]]], roots: Sequence[str]) -> Iterator[Shown]:
    left = [(root, 0) for root in reversed(roots)]
    spent: set[tuple[str, int]] = set()
    budget = 2 * sum(map(len, below.values())) + len(roots)
    while left and budget > 0:
        concept, depth = left.pop()
        budget -= 1
        yield Shown(role, concept, depth)
        if depth < 30 and (concept, depth) not in spent:
            spent.add((concept, depth))
            left.extend(
                (child, depth + 1) for _, child in sorted(below.get(concept, ()), reverse=True, key=lambda one: one[0])
            )


def _labels(read: _Read, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The standard label of each concept, in English where there is one."""
    best: dict[str, tuple[tuple[bool, bool], str]] = {}
    for link in read.links:
        for arc in link.arcs:
            if arc.kind != _CALLED:
                continue
            for start in link.concepts.get(arc.start, ()):
                for role, language, words in link.words.get(arc.stop, ()):
                    rank = role == _LABEL, language.lower().startswith("en")
                    if words and (start not in best or rank > best[start][0]):
                        best[start] = rank, " ".join(words.split())
    return ((_named(start, names), words.removesuffix(" [Abstract]")) for start, (_, words) in best.items())
