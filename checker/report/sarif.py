"""SARIF 2.1.0 for code scanning. Waived findings are left out: readers that ignore `suppressions` would show them as open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.shape import Json, Object
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import line_of, pointed_at, sentence, shown, title

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST_RELATED = 20
"""Related places of one result: code scanning shows no more."""


def render(report: Report, style: Style) -> str:
    """The report as one SARIF run."""
    results = [(checked, finding) for checked in report.documents for finding in shown(checked)]
    rules = list(dict.fromkeys(finding.check.rule for _, finding in results))
    meanings = {finding.check.rule: finding.check.title or finding.check.relation for _, finding in results}
    index = {rule: number for number, rule in enumerate(rules)}
    notifications: list[Json] = [_notification(problem) for problem in report.problems]
    notifications += [_notification(problem) for checked in report.documents for problem in checked.problems]
    run: Object = {
        "tool": {
            "driver": {
                "name": "tieout",
                "version": report.version,
                "rules": [{"id": rule, "shortDescription": {"text": visible(meanings[rule]) or rule}} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not any(problem.severity == "error" for checked in report.documents for problem in checked.problems),
                "toolExecutionNotifications": notifications,
            }
        ],
        "results": [_result(checked, finding, index) for checked, finding in results],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def uri(path: str) -> str:
    """A path as a relative reference."""
    return quote(path.replace("\\", "/"), errors="replace")


def _result(checked: Checked, finding: Finding, index: Mapping[str, int]) -> Json:
    found: Object = {
        "ruleId": finding.check.rule,
        "ruleIndex": index[finding.check.rule],
        "level": finding.severity,
        "message": {"text": f"{title(finding)}: {sentence(finding, checked)}"},
        "locations": [_location(checked, pointed_at(finding, checked))],
        "partialFingerprints": {"tieout/v1": finding.id},
    }
    others = _others(finding)
    if others:
        found["relatedLocations"] = [_related(checked, figure) for figure in others]
    return found


def _others(finding: Finding) -> Sequence[Figure]:
    return finding.check.figures[:_MOST_RELATED]


def _location(checked: Checked, figure: Figure | None) -> Object:
    region: Object = {"startLine": line_of(figure.place if figure else None)}
    if figure is not None:
        start, end = figure.place.span
        region |= {"startColumn": max(1, figure.place.column), "byteOffset": start, "byteLength": end - start}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(checked.source.path)}, "region": region}}


def _related(checked: Checked, figure: Figure) -> Json:
    return {**_location(checked, figure), "message": {"text": visible(f"{figure.caption} {figure.text}".strip()) or "a figure of the relation"}}


def _notification(problem: Problem) -> Json:
    found: Object = {"descriptor": {"id": problem.code}, "level": problem.severity, "message": {"text": visible(problem.message)}}
    if problem.path:
        region: Json = {"startLine": line_of(problem.place)}
        found["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri(problem.path)}, "region": region}}]
    return found
