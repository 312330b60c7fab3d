"""What a dash is rounded to: a printed zero has no digits of its own, so it takes the step of the figures beside it.

The unit of a dash is decided with its line; here only its step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import evolve

from checker.core.figure import Figure
from checker.core.statement import Line

_CENT = Decimal("0.01")


def rounded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, every dash rounded as the numbers of its own unit are: in its line, else in its column, else anywhere in the table."""
    if not any(figure.form == "dash" for line in lines for figure in line.figures if figure is not None):
        return tuple(lines)
    by_column: dict[tuple[int, str], Counter[Decimal]] = {}
    by_unit: dict[str, Counter[Decimal]] = {}
    for line in lines:
        for place, figure in enumerate(line.figures):
            if figure is not None and figure.form == "number":
                by_column.setdefault((place, figure.unit), Counter())[figure.step] += 1
                by_unit.setdefault(figure.unit, Counter())[figure.step] += 1
    done = []
    for line in lines:
        if not any(figure is not None and figure.form == "dash" for figure in line.figures):
            done.append(line)
            continue
        figures = tuple(
            figure if figure is None or figure.form != "dash" else _stepped(figure, line, (by_column.get((place, figure.unit)), by_unit.get(figure.unit)))
            for place, figure in enumerate(line.figures)
        )
        done.append(evolve(line, figures=figures))
    return tuple(done)


def _stepped(dash: Figure, line: Line, wider: Iterable[Counter[Decimal] | None]) -> Figure:
    own = Counter(figure.step for figure in line.figures if figure is not None and figure.form == "number" and figure.unit == dash.unit)
    for counted in (own, *wider):
        if counted:
            return evolve(dash, step=counted.most_common(1)[0][0])
    return evolve(dash, step=_CENT) if dash.unit.endswith("/share") else dash
