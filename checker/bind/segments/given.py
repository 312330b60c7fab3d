"""What a document gives by segment of what a name means, and the figure of one segment in one period. Decides no
verdict."""

from __future__ import annotations

from collections.abc import Mapping

from checker.bind.index import Lines, Names, another_basis, exactly
from checker.bind.narrow import Narrowing
from checker.bind.segments.breakdown import Breakdown, Given
from checker.bind.segments.layouts import Bears, breakdowns
from checker.bind.segments.words import segment_name, speaks, titled_by_segment, unshared
from checker.core.caption import normal
from checker.core.rule import Name
from checker.core.structure import Sum
from checker.core.value import evolve


def declared(names: Names) -> dict[str, str]:
    """The name that rules give a segment, by each of its names in print."""
    concepts = [concept for concept in names.rulebook.concepts if concept.stands_for == "segment"]
    return {
        segment_name(text): concept.name
        for concept in concepts
        for text in (concept.name, *(alias.text for alias in concept.aliases))
    }


def given(name: Name, narrow: Narrowing, lines: Lines, names: Names) -> Given:
    """Every breakdown of what the name means, in reading order."""
    bears = _bears(name, names)
    sums: dict[int, list[Sum]] = {}
    for one in lines.release.sums:
        sums.setdefault(one.statement, []).append(one)
    tables = (one for one in lines.release.statements if one.kind != "reconciliation" and not another_basis(one))
    own = declared(names)
    found = [
        _called(one, own)
        for table in tables
        for one in breakdowns(table, bears, sums.get(table.index, ()))
        if _allowed(one, narrow)
    ]
    speaking = [_says_so(one) for one in found]
    known = {_segments(one) for one, says_so in zip(found, speaking, strict=True) if says_so}
    told = {segment_name(name) for name in own.values()}
    return Given(
        tuple(
            one
            for one, says_so in zip(found, speaking, strict=True)
            if says_so or _segments(one) in known or _segments(one) <= told
        )
    )


def _called(one: Breakdown, declared: Mapping[str, str]) -> Breakdown:
    """The breakdown with segments called as rules call them."""
    if declared.keys().isdisjoint(one.names):
        return one
    return evolve(
        one, parts=tuple(evolve(part, name=declared.get(segment_name(part.name), part.name)) for part in one.parts)
    )


def _allowed(one: Breakdown, narrow: Narrowing) -> bool:
    return all(narrow.allows(part.spot) for part in one.parts)


def _segments(one: Breakdown) -> frozenset[str]:
    """The names of its segments, which tell it for one where another table with just these says so."""
    return frozenset(segment_name(part.name) for part in one.parts if not unshared(part.name))


def _says_so(one: Breakdown) -> bool:
    """Whether a breakdown says that it is one by segment: in its own words or, where no heading of the table speaks of
    segments, in those before the table."""
    own = (one.heading, *(part.name for part in one.parts))
    if any(map(speaks, own)):
        return True
    return titled_by_segment(one.statement) and not any(
        line.is_heading and speaks(line.caption) for line in one.statement.lines
    )


def _bears(name: Name, names: Names) -> Bears:
    """Whether a caption bears the name: the test that `lookup` asks of lines, for captions of headings, columns and
    titles too."""
    if name.quoted:
        wanted, begins = exactly(name.text.removesuffix("...").removesuffix("…")), name.text.endswith(("...", "…"))
        return lambda text: False if (said := exactly(text)) == wanted or (begins and said.startswith(wanted)) else None
    concepts = names.concepts.get(normal(name.text))
    if concepts is None:
        bare = normal(name.text)
        return lambda text: False if normal(text) == bare else None
    known = {
        caption.text: caption.negated
        for concept in reversed(concepts)
        for caption in reversed(names.captions(concept))
        if not caption.opens
    }
    return lambda text: known.get(normal(text))
