"""Problems in words for a terminal: where, what, the line of the rule file with a caret, and what would help."""

from __future__ import annotations

from checker.core.problem import Problem
from checker.report.places import named
from checker.report.style import Style
from checker.report.terminal import Colour, columns, painted, visible

_COLOURS: dict[str, Colour] = {"error": "red", "warning": "yellow", "note": "dim"}

_WIDEST = 1000
"""Characters of a line that are shown: as many as a line of a rule file may hold."""


def trouble(problem: Problem, style: Style) -> str:
    """The problem as a compiler would say it."""
    lines = [
        _where(problem)
        + painted(f"{problem.severity}[{problem.code}]", _COLOURS[problem.severity], style)
        + f": {visible(problem.message)}"
    ]
    if problem.excerpt is not None and problem.place is not None:
        first = max(0, problem.place.column - _WIDEST) if len(problem.excerpt) > _WIDEST else 0
        shown = problem.excerpt[first : first + _WIDEST].replace("\t", "  ")
        before = visible(problem.excerpt[first : problem.place.column - 1].replace("\t", "  "))
        lines.append(f"    {visible(shown)}")
        lines.append(f"    {' ' * columns(before)}{painted('^', 'red', style)}")
    if problem.help:
        lines.append(f"    help: {visible(problem.help)}")
    return "\n".join(lines)


def _where(problem: Problem) -> str:
    if problem.path is None:
        return ""
    place = problem.place
    return f"{visible(problem.path)}: " if place is None else f"{named(problem.path, place)}: "
