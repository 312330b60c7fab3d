"""From a report to an exit status. Trouble with reading outranks findings: what was not read cannot be clean, and its findings may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.core.finding import Finding
from checker.core.problem import SEVERITIES, Problem, Severity
from checker.core.report import Checked, Report
from checker.core.value import frozen
from checker.gate.settings import Settings

CLEAN, FINDINGS, USAGE, UNREADABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130
"""Exit statuses. 70 is what sysexits.h calls a software error; 130 is 128 and the number of the interrupt signal."""

INTERNAL_CODE = "T001"
"""The code of the problem that stands for a crash of the program on one document."""

_RANK = {CLEAN: 0, FINDINGS: 1, UNREADABLE: 2, INTERNAL: 3, USAGE: 4, INTERRUPTED: 5}


@frozen
class Decision:
    """The status of one document and, in a sentence, why it is not 0."""

    status: int
    reason: str = ""


def gate(report: Report, settings: Settings) -> int:
    """The exit status of a run: the worst of its documents and of the trouble with its waivers; a run without a document could not read anything."""
    return worst([*(decide(checked, settings).status for checked in report.documents), *statuses(report.problems, settings)])


def statuses(problems: Iterable[Problem], settings: Settings) -> Iterator[int]:
    """What trouble that belongs to no document, with waivers or the baseline, adds to the statuses of the documents."""
    return (FINDINGS for problem in problems if _reaches(problem.severity, settings))


def worst(statuses: Iterable[int]) -> int:
    """The status that outranks all others; without any, nothing was read."""
    return max(statuses, key=_RANK.__getitem__, default=UNREADABLE)


def decide(checked: Checked, settings: Settings) -> Decision:
    """Whether one document passes."""
    if any(problem.code == INTERNAL_CODE for problem in checked.problems):
        return Decision(INTERNAL, "the program failed on it")
    unread = _unread(checked, settings)
    if unread:
        return Decision(UNREADABLE, unread)
    blocking = sum(blocks(finding, settings) for finding in checked.findings)
    if blocking:
        return Decision(FINDINGS, f"{blocking} finding{'s' if blocking > 1 else ''} at or above {settings.fail_on}")
    return Decision(CLEAN)


def blocks(finding: Finding, settings: Settings) -> bool:
    """Whether a finding alone keeps a document from passing."""
    if finding.waived is not None:
        return False
    if settings.fail_on_rounding and finding.verdict == "rounding":
        return True
    return finding.severity is not None and _reaches(finding.severity, settings)


def _reaches(severity: Severity, settings: Settings) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(settings.fail_on)


def _unread(checked: Checked, settings: Settings) -> str:
    """Why too little of a document was read to call it clean; empty: enough was."""
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    if errors:
        return f"it could not be read as a whole ({', '.join(sorted({problem.code for problem in errors}))})"
    summary = checked.summary
    if not any(figure.origin == "table" for figure in checked.figures):
        return "no figure in a table was found"
    if not any(finding.verdict != "not applicable" for finding in checked.findings):
        return "no check could be decided"
    tested = summary.figures - summary.untested
    if tested < settings.min_coverage * summary.figures:
        return f"only {tested} of {summary.figures} table figures were tested, fewer than {_percent(settings)} %"
    return ""


def _percent(settings: Settings) -> str:
    percent = settings.min_coverage * 100
    return str(percent.numerator) if percent.denominator == 1 else f"{percent.numerator}/{percent.denominator}"
