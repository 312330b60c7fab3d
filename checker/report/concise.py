"""One line a finding, as compilers print them: `path:line:column: severity[rule] text`, for editors and for grep."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.places import Places
from checker.report.style import Style
from checker.report.terminal import Colour, painted, visible
from checker.report.weight import ordered
from checker.report.words import accounts, closing, column_of, line_of, sentence, shown, title, weakening

_COLOURS: dict[str, Colour] = {"error": "red", "warning": "yellow", "note": "dim"}


def render(report: Report, style: Style) -> str:
    """Findings of every document, heaviest first, its problems, and in the last line what came of the run."""
    lines = [line for checked in report.documents for line in _document(checked, style)]
    lines += [_problem(one, one.path or "tieout.toml", style) for one in report.problems]
    if said := weakening(report.outcome):
        lines.append(said)
    return "\n".join([*lines, closing(report.outcome)]) + "\n"


def _document(checked: Checked, style: Style) -> Iterator[str]:
    places = Places(checked)
    for finding in ordered(list(shown(checked)), checked):
        figure = finding.check.figures[0] if finding.check.figures else None
        line, column = (line_of(figure.place), column_of(figure.place)) if figure else (1, 1)
        row = places.beside(figure) if figure else ""
        text = f"{f'{row}: ' if row else ''}{title(finding)}: {sentence(finding, checked)}"
        yield _line(
            checked.source.path, (line, column), (str(finding.severity), visible(finding.check.rule)), text, style
        )
    for problem in checked.problems:
        yield _problem(problem, checked.source.path, style)
    for rule, said in accounts(checked):
        if said.startswith("never"):
            yield _line(checked.source.path, (1, 1), ("note", rule), said, style)
    if checked.outcome is not None and checked.outcome.unchecked:
        yield _line(
            checked.source.path, (1, 1), ("error", "tieout/not-checked"), "; ".join(checked.outcome.reasons), style
        )


def _problem(problem: Problem, path: str, style: Style) -> str:
    place = (line_of(problem.place), column_of(problem.place))
    return _line(problem.path or path, place, (problem.severity, problem.code), problem.message, style)


def _line(path: str, place: tuple[int, int], kind: tuple[str, str], text: str, style: Style) -> str:
    severity, name = kind
    return (
        f"{visible(path)}:{place[0]}:{place[1]}: "
        + painted(f"{severity}[{name}]", _COLOURS[severity], style)
        + f" {visible(text)}"
    )
