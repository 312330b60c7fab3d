"""The code quality report of GitLab: an array of issues, each with a fingerprint of its own."""

from __future__ import annotations

import hashlib
import json

from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.shape import Json
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import line_of, pointed_at, sentence, shown, title

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def render(report: Report, style: Style) -> str:
    """Findings with a severity, and problems that are errors."""
    issues = [_issue(checked, finding) for checked in report.documents for finding in shown(checked)]
    issues += [_problem(checked, problem) for checked in report.documents for problem in checked.problems if problem.severity == "error"]
    return json.dumps(issues, indent=1) + "\n"


def _issue(checked: Checked, finding: Finding) -> Json:
    figure = pointed_at(finding, checked)
    return {
        "description": f"{title(finding)}: {sentence(finding, checked)}",
        "check_name": finding.check.rule,
        "fingerprint": _fingerprint(checked.source.path, finding.id),
        "severity": _SEVERITIES[finding.severity or "note"],
        "location": {"path": checked.source.path, "lines": {"begin": line_of(figure.place if figure else None)}},
    }


def _problem(checked: Checked, problem: Problem) -> Json:
    return {
        "description": visible(problem.message),
        "check_name": problem.code,
        "fingerprint": _fingerprint(checked.source.path, problem.code),
        "severity": "critical",
        "location": {"path": checked.source.path, "lines": {"begin": line_of(problem.place)}},
    }


def _fingerprint(path: str, name: str) -> str:
    """Two documents may hold the same finding; GitLab wants two fingerprints."""
    return hashlib.sha256(f"{path}\n{name}".encode("utf-8", "surrogatepass")).hexdigest()
