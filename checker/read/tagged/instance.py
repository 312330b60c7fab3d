"""XBRL instances: facts in XML without a page that prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import define, field

from checker.core.fact import Fact, Tagging
from checker.core.place import Place
from checker.core.unit import NUMBER, Unit
from checker.read.tagged.amounts import places, stated
from checker.read.tagged.aspects import Context, period, unit
from checker.read.tagged.parsing import Element, parse

_XBRL = "http://www.xbrl.org/2003/instance"
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?xbrl[\s>]")
_MOST_FACTS = 500_000
"""Facts of the largest filing."""


@define
class _Found:
    """What was met so far."""

    contexts: dict[str, Context] = field(factory=dict)
    units: dict[str, Unit] = field(factory=dict)
    facts: list[tuple[Element, Mapping[str, str]]] = field(factory=list)
    said: dict[str, str] = field(factory=dict)
    members: list[tuple[str, str]] = field(factory=list)
    above: list[str] = field(factory=list)
    below: list[str] = field(factory=list)


def is_instance(content: bytes) -> bool:
    """Whether a file opens as an instance does."""
    head = content[:4000]
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
        and _ROOT.search(head) is not None
        and b"<html" not in head.lower()
    )


def instance_tags(content: bytes) -> Tagging:
    """The facts of an instance. Raises Unreadable."""
    found = _Found()
    spaces = parse(content, lambda one, around: _take(found, one, around))
    prefixes = {space: prefix for prefix, space in reversed(tuple(spaces.items())) if prefix}
    return Tagging(tuple(_facts(found, prefixes)))


def _take(found: _Found, one: Element, around: tuple[Element, ...]) -> None:
    if one.space == _XBRL or one.space.startswith("http://xbrl.org/2006/xbrldi"):
        _aspect(found, one, around)
    elif "contextRef" in one.said and "unitRef" in one.said and len(found.facts) < _MOST_FACTS:
        found.facts.append((one, one.said))
    elif around and around[-1].name == "typedMember":
        around[-1].parts.append(one.text)


def _aspect(found: _Found, one: Element, around: tuple[Element, ...]) -> None:
    match one.name:
        case "instant" | "startDate" | "endDate" | "identifier":
            found.said[one.name] = one.text
        case "explicitMember" | "typedMember":
            found.members.append((one.said.get("dimension", ""), one.text))
        case "context":
            context = Context(period(found.said), found.said.get("identifier", ""), tuple(sorted(set(found.members))))
            found.contexts.setdefault(one.said.get("id", ""), context)
            found.said.clear()
            found.members.clear()
        case "measure":
            (found.below if any(outer.name == "unitDenominator" for outer in around) else found.above).append(one.text)
        case "unit":
            found.units.setdefault(one.said.get("id", ""), unit(found.above, found.below))
            found.above.clear()
            found.below.clear()


def _facts(found: _Found, prefixes: Mapping[str, str]) -> Iterator[Fact]:
    for number, (one, said) in enumerate(found.facts, 1):
        context = found.contexts.get(said["contextRef"])
        if context is None:
            continue
        nil = said.get("nil") in ("true", "1")
        value = None if nil else stated(one.text)
        byte, line, column = one.at
        yield Fact(
            id=f"t{number}",
            concept=f"{prefixes.get(one.space, '')}:{one.name}".removeprefix(":"),
            text=one.text[:100],
            value=value,
            decimals=places(said.get("decimals", ""), said.get("precision", ""), value),
            unit=found.units.get(said["unitRef"], NUMBER),
            place=Place(line, column, (byte, one.end)),
            period=context.period,
            dimensions=context.dimensions,
            entity=context.entity,
            nil=nil,
        )
