"""What a dash is rounded to: a printed zero has no digits of its own, so it takes the step of the figures beside it.

The unit of a dash is decided with its line; here only its step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from checker.core.figure import Figure
from checker.core.statement import Line
from checker.core.unit import Unit
from checker.core.value import evolve

_CENT = Decimal("0.01")


def rounded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, every dash rounded as the numbers of its own unit are: in its line, else in its column, else anywhere
    in the table."""
    if not any(figure.form == "dash" for line in lines for figure in line.figures if figure is not None):
        return tuple(lines)
    found = _Found(lines)
    done = []
    for line in lines:
        if any(figure is not None and figure.form == "dash" for figure in line.figures):
            figures = tuple(
                figure if figure is None or figure.form != "dash" else found.stepped(figure, line, place)
                for place, figure in enumerate(line.figures)
            )
            line = evolve(line, figures=figures)
        done.append(line)
    return tuple(done)


class _Found:
    """The usual steps of a table, each looked for once and only when asked."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.by_column: dict[tuple[int, Unit], Decimal | None] = {}
        self.by_unit: dict[Unit, Decimal | None] = {}

    def stepped(self, dash: Figure, line: Line, place: int) -> Figure:
        """The dash with the step of the numbers nearest to it."""
        own = _usual(dash.unit, line.figures) or self._of_column(place, dash.unit) or self._of_table(dash.unit)
        step = own or (_CENT if dash.unit.is_per_share else dash.step)
        return dash if step == dash.step else evolve(dash, step=step)

    def _of_column(self, place: int, unit: Unit) -> Decimal | None:
        key = place, unit
        if key not in self.by_column:
            self.by_column[key] = _usual(unit, (line.figures[place] for line in self.lines))
        return self.by_column[key]

    def _of_table(self, unit: Unit) -> Decimal | None:
        if unit not in self.by_unit:
            self.by_unit[unit] = _usual(unit, (figure for line in self.lines for figure in line.figures))
        return self.by_unit[unit]


def _usual(unit: Unit, figures: Iterable[Figure | None]) -> Decimal | None:
    """What most numbers of a unit are rounded to; None where there are none."""
    counted = Counter(
        figure.step for figure in figures if figure is not None and figure.form == "number" and figure.unit == unit
    )
    return counted.most_common(1)[0][0] if counted else None
