"""A breakdown: one measure of one table in one period, segment by segment. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import define

from checker.bind.index import Spot
from checker.bind.segments.words import segment_name
from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.statement import Column, Statement
from checker.core.value import frozen


@frozen
class Part:
    """The figure of one segment, of eliminations, or of the whole: what its line or column is called, and where it
    stands."""

    name: str
    figure: Figure
    spot: Spot
    column: Column


@frozen
class Breakdown:
    """The parts of a measure in print order and, where the table prints it, the whole they add up to."""

    statement: Statement
    parts: tuple[Part, ...]
    whole: Part | None = None
    heading: str = ""
    """The words over its columns or lines, beside the names of the parts: the heading above them, the head of the
    total."""

    @property
    def period(self) -> Period | None:
        """The period of its figures."""
        first = self.parts[0]
        return first.figure.period or first.column.period

    @cached_property
    def names(self) -> frozenset[str]:
        """What its parts are called, in the form in which names of segments compare."""
        return frozenset(segment_name(part.name) for part in self.parts)

    @cached_property
    def series(self) -> tuple[object, ...]:
        """What it has in common with the same breakdown of other periods: the lines of its table or, where segments are
        columns, the line and their names."""
        lines = {part.spot.line.index for part in self.parts}
        if len(lines) > 1:
            return self.statement.index, frozenset(lines)
        line = self.parts[0].spot.line
        return self.names, normal(line.caption), line.under


@define(slots=False, eq=False)
class Given:
    """All that one document gives by segment of one measure, in reading order. Nothing in it changes afterwards."""

    breakdowns: tuple[Breakdown, ...]

    def holds(self, one: Breakdown) -> bool:
        """Whether a breakdown is one of these, and not of another measure."""
        return id(one) in self._ids

    def parts_of(self, name: str) -> tuple[tuple[Breakdown, Part], ...]:
        """The parts of the segment of that name, each with its breakdown."""
        return self._by_segment.get(segment_name(name), ())

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(map(id, self.breakdowns))

    @cached_property
    def by_names(self) -> Mapping[frozenset[str], tuple[Breakdown, ...]]:
        """Those of just the same segments, by their names."""
        found: dict[frozenset[str], list[Breakdown]] = {}
        for one in self.breakdowns:
            found.setdefault(one.names, []).append(one)
        return {names: tuple(several) for names, several in found.items()}

    @cached_property
    def _by_segment(self) -> Mapping[str, tuple[tuple[Breakdown, Part], ...]]:
        found: dict[str, list[tuple[Breakdown, Part]]] = {}
        for one in self.breakdowns:
            for part in one.parts:
                found.setdefault(segment_name(part.name), []).append((one, part))
        return {name: tuple(several) for name, several in found.items()}
