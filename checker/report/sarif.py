"""SARIF 2.1.0 for code scanning, in two variants.

The one for GitHub keeps to what its code scanning takes: waived findings are left out, because it ignores
`suppressions` and would show them as open, and of more findings than it shows the most severe are kept, with a
notification that says so. The full one has every finding with a severity, waived ones as suppressed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from checker.core.figure import Figure
from checker.core.finding import Finding, Waiver
from checker.core.problem import SEVERITIES, Problem
from checker.core.report import Checked, Outcome, Report
from checker.core.value import frozen
from checker.report.places import has_no_lines
from checker.report.shape import Json, Object
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import (
    accounts,
    column_of,
    line_of,
    located,
    packs,
    pointed_at,
    rooted,
    shown,
    title,
    weakening,
)

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 5000
"""GitHub shows no more of one upload; it refuses more than 25,000."""
_MOST_RELATED = 20
"""Related places of one result: code scanning shows no more."""
_LONGEST = 1000
"""Characters of a description of a rule: code scanning takes 1,024."""

_Found = tuple[Checked, Finding]


@frozen
class _Results:
    """What a variant shows, and how many findings it had to leave out."""

    found: Sequence[_Found]
    left_out: int = 0


def render(report: Report, style: Style) -> str:
    """The report as one run that GitHub's code scanning takes."""
    report = rooted(report)
    found = [(checked, finding) for checked in report.documents for finding in shown(checked)]
    if len(found) <= MOST_RESULTS:
        return _written(report, _Results(found))
    worst_first = sorted(found, key=lambda pair: -SEVERITIES.index(pair[1].severity or "note"))
    return _written(report, _Results(worst_first[:MOST_RESULTS], len(found) - MOST_RESULTS))


def render_full(report: Report, style: Style) -> str:
    """The report as one run with every finding that has a severity or was waived; waived ones are suppressed."""
    report = rooted(report)
    every = ((checked, finding) for checked in report.documents for finding in checked.findings)
    return _written(
        report, _Results([pair for pair in every if pair[1].severity is not None or pair[1].waived is not None])
    )


def _written(report: Report, results: _Results) -> str:
    names = list(dict.fromkeys(finding.check.rule for _, finding in results.found))
    index = {rule: number for number, rule in enumerate(names)}
    first = {finding.check.rule: finding for _, finding in reversed(results.found)}
    notifications: list[Json] = [_notification(problem) for problem in report.problems]
    notifications += [_notification(problem) for checked in report.documents for problem in checked.problems]
    notifications += [one for checked in report.documents for one in _outcome(checked)]
    notifications += [_notification(Problem("tieout/pack", "note", said)) for said in packs(report)]
    if results.left_out:
        text = f"{results.left_out} findings of least severity are left out: code scanning shows {MOST_RESULTS}"
        notifications.append({"level": "warning", "message": {"text": text}})
    run: Object = {
        "tool": {
            "driver": {
                "name": "tieout",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_rule(first[name]) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not any(_failed(checked) for checked in report.documents),
                **_exit(report.outcome),
                "toolExecutionNotifications": notifications,
            }
        ],
        "results": [_result(checked, finding, index) for checked, finding in results.found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _failed(checked: Checked) -> bool:
    """Whether a document was not checked: its results, or that there are none, say nothing."""
    unread = any(problem.severity == "error" for problem in checked.problems)
    return unread or (checked.outcome is not None and checked.outcome.unchecked)


def _exit(outcome: Outcome | None) -> Object:
    """The exit status of the run and why it is not 0."""
    if outcome is None:
        return {}
    return {
        "exitCode": outcome.status,
        **({"exitCodeDescription": visible("; ".join(outcome.reasons))} if outcome.reasons else {}),
    }


def _outcome(checked: Checked) -> Iterator[Json]:
    """A document that was not checked, and what was set to ask for less than usual."""
    outcome = checked.outcome
    if outcome is not None and outcome.unchecked:
        yield _notification(
            Problem("tieout/not-checked", "error", f"not checked: {'; '.join(outcome.reasons)}", checked.source.path)
        )
    for rule, account in accounts(checked):
        yield _notification(Problem("tieout/house-rule", "note", f"{rule}: {account}", checked.source.path))
    if said := weakening(outcome):
        yield _notification(Problem("tieout/weakened", "note", said, checked.source.path))


def _rule(finding: Finding) -> Json:
    """What a viewer shows of a rule: the severity is the rule's own, not the finding's."""
    check = finding.check
    meaning = visible(check.title or check.relation) or check.rule
    written = check.basis == "written" and visible(check.relation) not in (meaning, "")
    return {
        "id": check.rule,
        "shortDescription": {"text": meaning[:_LONGEST]},
        "fullDescription": {"text": (f"{meaning}: {visible(check.relation)}" if written else meaning)[:_LONGEST]},
        "help": {"text": f"tieout explain {visible(check.rule)}"[:_LONGEST]},
        "defaultConfiguration": {"level": check.severity},
        "properties": {"precision": "very-high" if check.basis == "written" else "high", "tags": [check.basis]},
    }


def uri(path: str) -> str:
    """A path as a reference: relative, or a file of its own where it lies outside the folder that paths count from."""
    named = path.replace("\\", "/")
    if named.startswith("/"):
        return "file://" + quote(named, errors="replace")
    drive = len(named) > 1 and named[1] == ":"
    return (
        "file:///" + quote(named, safe="/:", errors="replace")
        if drive
        else quote(named.removeprefix("./"), errors="replace")
    )


def _artifact(path: str) -> Object:
    """Where a file is, from the root of what was scanned where it lies there."""
    where = uri(path)
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": "%SRCROOT%"}


def _result(checked: Checked, finding: Finding, index: Mapping[str, int]) -> Json:
    found: Object = {
        "ruleId": finding.check.rule,
        "ruleIndex": index[finding.check.rule],
        "level": finding.severity or "none",
        "message": {"text": f"{title(finding)}: {located(finding, checked)}"},
        "locations": [_location(checked, pointed_at(finding, checked))],
        "partialFingerprints": {"primaryLocationLineHash": _line_hash(checked, finding), "tieout/v1": finding.id},
    }
    if finding.waived is not None:
        found["suppressions"] = [_suppression(finding.waived)]
    others = _others(finding)
    if others:
        found["relatedLocations"] = [_related(checked, figure) for figure in others]
    return found


def _line_hash(checked: Checked, finding: Finding) -> str:
    """What code scanning knows a finding by: the document and the fingerprint, so that neither another line nor a
    second document confuses it."""
    return (
        hashlib.sha256(f"{checked.source.path}\n{finding.id}".encode("utf-8", "surrogatepass")).hexdigest()[:16] + ":1"
    )


def _suppression(waived: Waiver) -> Json:
    by = (
        f" (approved by {visible(waived.approver)}, until {visible(waived.expires)})"
        if waived.source == "waiver"
        else ""
    )
    return {"kind": "external", "status": "accepted", "justification": visible(waived.reason) + by}


def _others(finding: Finding) -> Sequence[Figure]:
    return finding.check.figures[:_MOST_RELATED]


def _location(checked: Checked, figure: Figure | None) -> Object:
    region: Object = {"startLine": line_of(figure.place if figure else None)}
    if figure is not None and not has_no_lines(figure.place):
        start, end = figure.place.span
        region |= {"startColumn": column_of(figure.place), "byteOffset": start, "byteLength": end - start}
    return {"physicalLocation": {"artifactLocation": _artifact(checked.source.path), "region": region}}


def _related(checked: Checked, figure: Figure) -> Json:
    return {
        **_location(checked, figure),
        "message": {"text": visible(f"{figure.caption} {figure.text}".strip()) or "a figure of the relation"},
    }


def _notification(problem: Problem) -> Json:
    found: Object = {
        "descriptor": {"id": problem.code},
        "level": problem.severity,
        "message": {"text": visible(problem.message)},
    }
    if problem.path:
        region: Json = {"startLine": line_of(problem.place)}
        found["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(problem.path), "region": region}}]
    return found
