"""A breakdown: one measure of one table in one period, segment by segment. Values only."""

from __future__ import annotations

from checker.bind.index import Spot
from checker.bind.segments.words import segment_name
from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.statement import Column, Statement
from checker.core.value import frozen


@frozen
class Part:
    """The figure of one segment, of eliminations, or of the whole: what its line or column is called, and where it stands."""

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
    """The words over its columns or lines, beside the names of the parts: the heading above them, the head of the total."""

    @property
    def period(self) -> Period | None:
        """The period of its figures."""
        first = self.parts[0]
        return first.figure.period or first.column.period

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        wanted = segment_name(name)
        return next((part for part in self.parts if segment_name(part.name) == wanted), None)

    @property
    def names(self) -> frozenset[str]:
        """What its parts are called, in the form in which names of segments compare."""
        return frozenset(segment_name(part.name) for part in self.parts)

    @property
    def series(self) -> tuple[object, ...]:
        """What it has in common with the same breakdown of other periods: the lines of its table or, where segments are columns, the line and their names."""
        lines = {part.spot.line.index for part in self.parts}
        if len(lines) > 1:
            return self.statement.index, frozenset(lines)
        line = self.parts[0].spot.line
        return self.names, normal(line.caption), line.under
