"""Annotations for GitHub Actions: one workflow command a finding or problem, as many as GitHub shows; what is beyond
that stands in the log as plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.core.problem import SEVERITIES, Problem, Severity
from checker.core.report import Checked, Report
from checker.core.value import frozen
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import column_of, line_of, located, never, packs, pointed_at, rooted, shown, title, weakening

MOST = 10
"""Annotations of one kind that GitHub shows of a step; it drops the others without a word."""

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@frozen
class _Annotation:
    """One thing to show: where, under which title, and what."""

    severity: Severity
    path: str
    line: int
    column: int
    title: str
    text: str


def render(report: Report, style: Style) -> str:
    """One line a finding with a severity, one a problem, errors first."""
    report = rooted(report)
    found = [_problem(problem, "") for problem in report.problems]
    found += [
        _Annotation("note", report.documents[0].source.path, 1, 0, "rules", said)
        for said in packs(report)
        if report.documents
    ]
    for checked in report.documents:
        found += _annotations(checked)
    lines: list[str] = []
    for severity in reversed(SEVERITIES):
        lines += _kind([one for one in found if one.severity == severity])
    return "".join(f"{line}\n" for line in lines)


def _kind(found: Sequence[_Annotation]) -> Iterator[str]:
    """The annotations of one severity; where there are too many, the last one that is shown says how many more there
    are."""
    if len(found) <= MOST:
        yield from (_command(one) for one in found)
        return
    rest = found[MOST - 1 :]
    yield from (_command(one) for one in found[: MOST - 1])
    yield f"::{_COMMANDS[rest[0].severity]} title=tieout::{len(rest)} more, in the log of this step"
    yield from (
        f"{visible(one.path)}:{one.line}: {one.severity}: {visible(one.title)}: {visible(one.text)}" for one in rest
    )


def _annotations(checked: Checked) -> Iterator[_Annotation]:
    for finding in shown(checked):
        figure = pointed_at(finding, checked)
        line, column = line_of(figure.place if figure else None), column_of(figure.place) if figure else 0
        yield _Annotation(
            finding.severity or "note", checked.source.path, line, column, title(finding), located(finding, checked)
        )
    for problem in checked.problems:
        yield _problem(problem, checked.source.path)
    outcome, path = checked.outcome, checked.source.path
    if outcome is not None and outcome.unchecked:
        yield _Annotation("error", path, 1, 0, "not checked", visible("; ".join(outcome.reasons)))
    if said := never(checked):
        yield _Annotation("note", path, 1, 0, "house rules", said)
    if said := weakening(outcome):
        yield _Annotation("note", path, 1, 0, "weakened", said)


def _problem(problem: Problem, path: str) -> _Annotation:
    return _Annotation(
        problem.severity, problem.path or path, line_of(problem.place), 0, problem.code, visible(problem.message)
    )


def _command(one: _Annotation) -> str:
    place = f"file={_property(one.path)},line={one.line}" + (f",col={one.column}" if one.column else "")
    return f"::{_COMMANDS[one.severity]} {place},title={_property(one.title)}::{_message(one.text)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(visible(text)).replace(":", "%3A").replace(",", "%2C")
