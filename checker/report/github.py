"""Annotations for GitHub Actions: one workflow command a finding or problem."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import line_of, pointed_at, sentence, shown, title

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, style: Style) -> str:
    """One line a finding with a severity, one a problem."""
    lines = [_problem(problem, "") for problem in report.problems]
    for checked in report.documents:
        lines += _annotations(checked)
    return "".join(f"{line}\n" for line in lines)


def _annotations(checked: Checked) -> Iterator[str]:
    for finding in shown(checked):
        figure = pointed_at(finding, checked)
        place = f"file={_property(checked.source.path)},line={line_of(figure.place if figure else None)}"
        if figure is not None:
            place += f",col={max(1, figure.place.column)}"
        yield f"::{_COMMANDS[finding.severity or 'note']} {place},title={_property(title(finding))}::{_message(sentence(finding, checked))}"
    for problem in checked.problems:
        yield _problem(problem, checked.source.path)


def _problem(problem: Problem, path: str) -> str:
    place = f"file={_property(problem.path or path)},line={line_of(problem.place)},title={_property(problem.code)}"
    return f"::{_COMMANDS[problem.severity]} {place}::{_message(visible(problem.message))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(visible(text)).replace(":", "%3A").replace(",", "%2C")
