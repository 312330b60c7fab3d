"""Markdown for a comment on a change: what needs a look as a table, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from checker.core.finding import Finding
from checker.core.report import Checked, Outcome, Report
from checker.report.differences import told as told_of
from checker.report.mine import COMMENT
from checker.report.places import Places
from checker.report.stories import told
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.text import counts, coverage
from checker.report.weight import heaviest_first, ordered
from checker.report.words import accounts, needs_a_look, sentence, settings, weakening

_ROOM = 50_000
"""Characters that the rows of a document may take: a comment on GitHub holds 65,536."""


def render(report: Report, style: Style) -> str:
    """Every document under a heading of its own, then what is wrong with waivers and the baseline; with `verbose` every
    relationship."""
    parts = ["\n".join(_document(checked, style)) for checked in report.documents]
    if report.problems:
        parts.append(
            "\n".join(
                f"- **{problem.severity}** {problem.code}: {escaped(problem.message)}" for problem in report.problems
            )
        )
    if used := settings(report):
        parts.append(f"{escaped(used)}.")
    return f"{COMMENT}\n" + "\n\n".join(parts) + "\n"


def _document(checked: Checked, style: Style) -> Iterator[str]:
    yield f"## {escaped(checked.source.path)}"
    yield ""
    yield from _outcome(checked.outcome)
    if not checked.summary.figures and not checked.findings:
        yield "No figure in a table could be read: nothing was checked."
        return
    yield from _stories(checked)
    findings = ordered([finding for finding in checked.findings if style.verbose or needs_a_look(finding)], checked)
    if findings:
        places = Places(checked)
        rows = [_row(finding, places) for finding in findings]
        fitting = _fitting(rows)
        yield "| | relation | period | where | |"
        yield "|---|---|---|---|---|"
        yield from rows[:fitting]
        yield ""
        if fitting < len(rows):
            yield f"{len(rows) - fitting} more are left out here: a comment holds no more."
            yield ""
    if checked.applied:
        yield from (f"- house rule {escaped(rule)}: {escaped(said)}" for rule, said in accounts(checked))
        yield ""
    yield from _waived(checked)
    yield f"{counts(checked)}. {coverage(checked)}."


def _outcome(outcome: Outcome | None) -> Iterator[str]:
    """Before all else that a document was not checked, and what was set to ask for less than usual."""
    if outcome is not None and outcome.unchecked:
        yield f"**Not checked**: {escaped('; '.join(outcome.reasons))}."
        yield ""
    if said := weakening(outcome):
        yield f"{escaped(said)}."
        yield ""


def _stories(checked: Checked) -> Iterator[str]:
    """What is behind the findings: one sentence for each cause, with the candidates where nobody is named."""
    places = Places(checked)
    found = [
        story
        for story, _ in heaviest_first([finding for finding in checked.findings if needs_a_look(finding)], checked)
        if story is not None
    ]
    for story in found:
        said = told(story, places)
        yield f"- **{escaped(said.headline)}**" if story.named else f"- {escaped(said.headline)}"
        yield from (f"  - {escaped(line)}" for line in (*said.candidates, *([said.decides] if said.decides else [])))
    if found:
        yield ""


def _fitting(rows: Sequence[str]) -> int:
    """How many rows there is room for."""
    sizes = accumulate(len(row) + 1 for row in rows)
    return sum(size <= _ROOM for size in sizes)


def _waived(checked: Checked) -> Iterator[str]:
    """What was accepted, by whom and why: nobody should have to look for it."""
    waived = [
        finding for finding in checked.findings if finding.waived is not None and finding.waived.source == "waiver"
    ]
    for finding in waived:
        if finding.waived is not None:
            said = f"waived until {finding.waived.expires} by {finding.waived.approver}: {finding.waived.reason}"
            yield f"- {escaped(finding.check.in_words)}, {escaped(finding.check.period)}: {escaped(said)}"
    if waived:
        yield ""


def _row(finding: Finding, places: Places) -> str:
    """A finding where it stands, which for a sentence is the sentence; the suspect of its story is told above the
    table."""
    figures = finding.check.figures
    severity = f"**{finding.severity}**" if finding.severity else finding.verdict
    cells = (
        severity,
        escaped(finding.check.in_words),
        escaped(finding.check.period),
        places.where(figures[0]) if figures else "",
    )
    said = told_of(finding) if finding.verdict in ("violation", "rounding") else ""
    return f"| {' | '.join(cells)} | {escaped(said or sentence(finding, places.checked))} |"


def escaped(text: str) -> str:
    """The text with every sign that Markdown or HTML would take for its own made plain."""
    return "".join(
        f"\\{one}" if one in "\\`*_[]#|~$" else {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(one, one)
        for one in visible(text)
    )
