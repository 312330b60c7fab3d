"""Markdown for a comment on a change: what needs a look as a table, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.finding import Finding
from checker.core.report import Checked, Report
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.text import counts, coverage, needs_a_look
from checker.report.words import line_of, pointed_at, sentence


def render(report: Report, style: Style) -> str:
    """Every document under a heading of its own; with `verbose` every relationship."""
    return "\n\n".join("\n".join(_document(checked, style)) for checked in report.documents) + "\n"


def _document(checked: Checked, style: Style) -> Iterator[str]:
    yield f"## {escaped(checked.source.path)}"
    yield ""
    if not checked.summary.figures:
        yield "No figure in a table could be read: nothing was checked."
        return
    findings = [finding for finding in checked.findings if style.verbose or needs_a_look(finding)]
    if findings:
        yield "| | relation | period | line | |"
        yield "|---|---|---|---|---|"
        yield from (_row(finding, checked) for finding in findings)
        yield ""
    yield f"{counts(checked)}. {coverage(checked)}."


def _row(finding: Finding, checked: Checked) -> str:
    figure = pointed_at(finding, checked)
    severity = f"**{finding.severity}**" if finding.severity else finding.verdict
    cells = (severity, escaped(finding.check.relation), escaped(finding.check.period), str(line_of(figure.place)) if figure else "")
    return f"| {' | '.join(cells)} | {escaped(sentence(finding, checked))} |"


def escaped(text: str) -> str:
    """The text with every sign that Markdown or HTML would take for its own made plain."""
    return "".join(f"\\{one}" if one in "\\`*_[]#|~$" else {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(one, one) for one in visible(text))
