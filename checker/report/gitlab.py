"""The code quality report of GitLab: an array of issues, each with a fingerprint of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.shape import Json
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import line_of, located, never, packs, pointed_at, rooted, shown, title, weakening

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def render(report: Report, style: Style) -> str:
    """Findings with a severity, problems of documents that are errors, and what is wrong with waivers and the
    baseline."""
    report = rooted(report)
    issues = [_issue(checked, finding) for checked in report.documents for finding in shown(checked)]
    issues += [
        _problem(checked.source.path, problem)
        for checked in report.documents
        for problem in checked.problems
        if problem.severity == "error"
    ]
    issues += [_problem(problem.path or "tieout.toml", problem) for problem in report.problems]
    issues += [issue for checked in report.documents for issue in _outcome(checked)]
    issues += [
        _said(report.documents[0].source.path, "tieout/pack", said, "info")
        for said in packs(report)
        if report.documents
    ]
    return json.dumps(issues, indent=1) + "\n"


def _outcome(checked: Checked) -> Iterator[Json]:
    """A document that was not checked, and what was set to ask for less than usual."""
    outcome, path = checked.outcome, checked.source.path
    if outcome is not None and outcome.unchecked:
        yield _said(path, "tieout/not-checked", f"not checked: {'; '.join(outcome.reasons)}", "blocker")
    if idle := never(checked):
        yield _said(path, "tieout/house-rules", idle, "info")
    if weak := weakening(outcome):
        yield _said(path, "tieout/weakened", weak, "info")


def _said(path: str, name: str, text: str, severity: str) -> Json:
    """Something that stands on no line of the document."""
    return {
        "description": visible(text),
        "check_name": name,
        "fingerprint": _fingerprint(path, name),
        "severity": severity,
        "location": {"path": _relative(path), "lines": {"begin": 1}},
    }


def _issue(checked: Checked, finding: Finding) -> Json:
    figure = pointed_at(finding, checked)
    return {
        "description": f"{title(finding)}: {located(finding, checked)}",
        "check_name": finding.check.rule,
        "fingerprint": _fingerprint(checked.source.path, finding.id),
        "severity": _SEVERITIES[finding.severity or "note"],
        "location": {
            "path": _relative(checked.source.path),
            "lines": {"begin": line_of(figure.place if figure else None)},
        },
    }


def _problem(path: str, problem: Problem) -> Json:
    return {
        "description": visible(problem.message),
        "check_name": problem.code,
        "fingerprint": _fingerprint(path, f"{problem.code} {problem.message}"),
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": _relative(path), "lines": {"begin": line_of(problem.place)}},
    }


def _relative(path: str) -> str:
    """The path as GitLab compares it: with slashes, without the folder it starts in."""
    return path.replace("\\", "/").removeprefix("./")


def _fingerprint(path: str, name: str) -> str:
    """Two documents may hold the same finding; GitLab wants two fingerprints."""
    return hashlib.sha256(f"{path}\n{name}".encode("utf-8", "surrogatepass")).hexdigest()
