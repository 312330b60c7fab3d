"""What is said of a finding in one sentence, for formats that have room for no more, and which findings they show."""

from __future__ import annotations

from collections.abc import Iterator

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.place import Place
from checker.core.report import Checked, Outcome
from checker.report.arithmetic import arithmetic
from checker.report.places import called, where
from checker.report.stories import because
from checker.report.terminal import visible


def shown(checked: Checked) -> Iterator[Finding]:
    """The findings that a gate may block on: those with a severity that nobody has waived."""
    return (finding for finding in checked.findings if finding.severity is not None and finding.waived is None)


def needs_a_look(finding: Finding) -> bool:
    """Whether the short report shows it: a violation above a note, an unlikely rounding, a required rule that did not apply."""
    if finding.waived is not None or finding.severity is None:
        return False
    return finding.unlikely or finding.verdict == "not applicable" or finding.severity != "note"


def answered(outcome: Outcome | None) -> str:
    """What the gate decided, in a line; empty where none was asked."""
    if outcome is None:
        return ""
    said = "; ".join(outcome.reasons)
    if outcome.unchecked:
        return f"not checked: {visible(said)}"
    return f"passed: nothing that counts{f'; {visible(said)}' if said else ''}" if outcome.passed else f"failed: {visible(said)}"


def weakening(outcome: Outcome | None) -> str:
    """What was set to ask for less than usual, in a sentence; empty where nothing was."""
    said = "; by ".join(visible(one) for one in outcome.weakened) if outcome is not None else ""
    return f"Weakened by {said}" if said else ""


def title(finding: Finding) -> str:
    """The relation and its period."""
    check = finding.check
    return visible(f"{check.in_words}, {check.period}" if check.period else check.in_words)


def sentence(finding: Finding, checked: Checked) -> str:
    """The verdict with its arithmetic, and the first suspect."""
    said = finding.reason or finding.message or arithmetic(finding.check)
    parts = [f"{finding.verdict}: {said}" if said else finding.verdict]
    suspected = _suspected(finding, checked)
    if suspected is not None:
        suspect, figure = finding.suspects[0], suspected
        sure = "probably" if finding.story is not None and suspect.figure in finding.story.named else "perhaps"
        reads = f" should {sure} read {suspect.proposed}" if suspect.proposed else ""
        others = {one.id: one for one in checked.figures if one.id in suspect.together} if suspect.together else {}
        said = because(suspect, others)
        cause = f" ({said})" if said else ""
        parts.append(f"suspect: {f'{called(figure)} {figure.text}'.strip() or f'the figure on {where(figure)}'}{reads}{cause}")
    return visible("; ".join(parts))


def pointed_at(finding: Finding, checked: Checked) -> Figure | None:
    """The figure to point at: the first suspect, else the left side."""
    return _suspected(finding, checked) or (finding.check.figures[0] if finding.check.figures else None)


def _suspected(finding: Finding, checked: Checked) -> Figure | None:
    """The figure of the first suspect, which nearly always stands in the relation itself."""
    if not finding.suspects:
        return None
    name = finding.suspects[0].figure
    return next((figure for figures in (finding.check.figures, checked.figures) for figure in figures if figure.id == name), None)


def line_of(place: Place | None) -> int:
    """The line of a place, 1 where there is none: gates refuse a line 0."""
    return max(1, place.line) if place is not None else 1
