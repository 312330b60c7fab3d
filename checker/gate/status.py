"""From a report to an exit status. Trouble with reading outranks findings: what was not read cannot be clean, and its
findings may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from checker.core.finding import Finding
from checker.core.problem import SEVERITIES, Problem, Severity
from checker.core.report import FOUND, PASSED, Against, Checked, Outcome
from checker.gate.settings import Settings

CLEAN, FINDINGS, USAGE, UNREADABLE, INTERNAL, INTERRUPTED = PASSED, FOUND, 2, 3, 70, 130
"""Exit statuses. 70 is what sysexits.h calls a software error; 130 is 128 and the number of the interrupt signal."""

INTERNAL_CODE = "T001"
"""The code of the problem that stands for a crash of the program on one document."""

UNOPENED_CODES = frozenset(("T002", "T003", "T004"))
"""The codes of what was never read to its end: it took too long, is too large, or cannot be opened. Their messages hold
no text of a document."""
_NOT_WHOLE = UNOPENED_CODES | {"R136", "R138"}
"""Those, and of messages and archives that could not be taken apart, or not wholly."""

UNAPPLIED_CODE = "P104"
"""The code of a document that was read and gave the rules that were chosen nothing to judge."""

_TOLD: Mapping[int, str] = MappingProxyType(
    {INTERNAL: "made the program fail", UNREADABLE: "not checked", FINDINGS: "with findings that count"}
)

_RANK = {CLEAN: 0, FINDINGS: 1, UNREADABLE: 2, INTERNAL: 3, USAGE: 4, INTERRUPTED: 5}


def decided(checked: Checked, settings: Settings, weakened: tuple[str, ...] = ()) -> Checked:
    """The document with its outcome, and each of its findings marked that keeps it from passing."""
    marked = tuple(attrs.evolve(one, blocks=True) if blocks(one, settings) else one for one in checked.findings)
    outcome = attrs.evolve(decide(checked, settings), weakened=weakened)
    return attrs.evolve(checked, findings=marked, outcome=outcome)


def of_run(
    outcomes: Sequence[Outcome], problems: Iterable[Problem], settings: Settings, weakened: tuple[str, ...] = ()
) -> Outcome:
    """The outcome of a run: the worst of its documents and of the trouble that belongs to none; a run without a
    document could not read anything."""
    told: list[tuple[int, str]] = []
    for status in (INTERNAL, UNREADABLE, FINDINGS):
        count = sum(one.status == status for one in outcomes)
        if count and len(outcomes) == 1:
            told += [(status, reason) for reason in outcomes[0].reasons]
        elif count:
            told.append((status, f"{count:,} of {len(outcomes):,} documents {_TOLD[status]}"))
    told += _troubles(problems, settings)
    if not outcomes:
        told.append((UNREADABLE, "no document was read"))
    status = max((status for status, _ in told), key=_RANK.__getitem__, default=CLEAN)
    return Outcome(status, tuple(reason for _, reason in told), weakened)


def worst(statuses: Iterable[int]) -> int:
    """The status that outranks all others; without any, nothing was read."""
    return max(statuses, key=_RANK.__getitem__, default=UNREADABLE)


def _troubles(problems: Iterable[Problem], settings: Settings) -> Iterator[tuple[int, str]]:
    """What trouble that belongs to no document adds: what could not be opened was not read, the rest counts by its
    severity."""
    for problem in problems:
        if problem.code in _NOT_WHOLE and problem.severity == "error":
            yield UNREADABLE, f"{problem.path}: {problem.message} ({problem.code})"
        elif _reaches(problem.severity, settings):
            yield FINDINGS, f"{problem.message} ({problem.code})"


def decide(checked: Checked, settings: Settings) -> Outcome:
    """Whether one document passes, and why not."""
    if any(problem.code == INTERNAL_CODE for problem in checked.problems):
        return Outcome(INTERNAL, ("the program failed on it",))
    unread = _unread(checked, settings)
    if unread:
        return Outcome(UNREADABLE, (unread,))
    blocking = sum(blocks(finding, settings) for finding in checked.findings)
    if blocking:
        return Outcome(FINDINGS, (f"{blocking} finding{'s' if blocking > 1 else ''} at or above {settings.fail_on}",))
    return Outcome(CLEAN)


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
    unopened = next((problem for problem in errors if problem.code in UNOPENED_CODES), None)
    if unopened is not None:
        return f"it {unopened.message} ({unopened.code})"
    if errors and all(problem.code == UNAPPLIED_CODE for problem in errors):
        return f"no rule of this run applied to it ({UNAPPLIED_CODE})"
    if errors:
        return f"it could not be read as a whole ({', '.join(sorted({problem.code for problem in errors}))})"
    summary = checked.summary
    if not any(figure.origin == "table" for figure in checked.figures):
        decided = sum(finding.verdict != "not applicable" for finding in checked.findings)
        said = (
            f": only sentences were checked, {decided} {'statement' if decided == 1 else 'statements'} of them"
            if decided
            else ""
        )
        return f"no figure in a table was found{said}"
    if not any(finding.verdict != "not applicable" for finding in checked.findings):
        return "no check could be decided"
    tested = summary.figures - summary.untested
    if tested < settings.min_coverage * summary.figures:
        return f"only {tested} of {summary.figures} table figures were tested, fewer than {_percent(settings)} %"
    return next((said for one in checked.against if (said := _strange(one, settings))), "")


def _strange(one: Against, settings: Settings) -> str:
    """Why a file and a document have too little in common for the one to say anything of the other. It is asked of the
    smaller of the two."""
    if not one.met:
        return f"not one of its table figures was met in {one.name}"
    if one.found >= settings.min_coverage * one.looked_for or one.entries_met >= settings.min_coverage * one.entries:
        return ""
    return (
        f"only {one.found} of {one.looked_for} figures of its statements were met in {one.name}, fewer than "
        f"{_percent(settings)} %"
    )


def _percent(settings: Settings) -> str:
    percent = settings.min_coverage * 100
    return str(percent.numerator) if percent.denominator == 1 else f"{percent.numerator}/{percent.denominator}"
