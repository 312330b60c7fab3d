"""What is said of a finding in one sentence, for formats that have room for no more, and which findings they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from checker.core.figure import Figure
from checker.core.finding import Finding, Story
from checker.core.place import Place
from checker.core.report import Applied, Checked, Outcome, Report
from checker.report.arithmetic import arithmetic
from checker.report.differences import told
from checker.report.mine import CLOSING
from checker.report.places import Places, called, has_no_lines, preposition, where
from checker.report.redacted import GONE
from checker.report.stories import because
from checker.report.terminal import visible


def shown(checked: Checked) -> Iterator[Finding]:
    """The findings that a gate may block on: those with a severity that nobody has waived."""
    return (finding for finding in checked.findings if finding.severity is not None and finding.waived is None)


def needs_a_look(finding: Finding) -> bool:
    """Whether the short report shows it: a violation above a note, an unlikely rounding, a required rule that did not
    apply."""
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
    return "passed: nothing that counts" if outcome.passed else f"failed: {visible(said)}"


def closing(outcome: Outcome | None) -> str:
    """The last line of a report in text, by which the next run knows it for a report: the exit status and why."""
    if outcome is None:
        return f"{CLOSING}checked"
    return f"{CLOSING}status {outcome.status}: {visible('; '.join(outcome.reasons)) or 'nothing that counts'}"


def weakening(outcome: Outcome | None) -> str:
    """What was set to ask for less than usual, in a sentence; empty where nothing was."""
    said = "; by ".join(visible(one) for one in outcome.weakened) if outcome is not None else ""
    return f"Weakened by {said}" if said else ""


def settings(report: Report) -> str:
    """Which file of settings a run used, and which packs of rules, in words; empty where it used none."""
    used = report.configuration.get("config")
    return "; ".join((*([f"Settings of {visible(used)}"] if used else []), *packs(report)))


def packs(report: Report) -> list[str]:
    """The packs of rules that a run used: each with its version, its licence and its hash."""
    return [
        f"Rules of {visible(name)}, {visible(said)}"
        for name, said in report.configuration.items()
        if name.startswith("pack ")
    ]


def accounts(checked: Checked) -> list[tuple[str, str]]:
    """Every rule of the house with what became of it, those that were never judged first."""
    return [(visible(one.rule), _account(one)) for one in sorted(checked.applied, key=lambda one: one.judged > 0)]


def _account(one: Applied) -> str:
    if one.judged:
        return "judged once" if one.judged == 1 else f"judged {one.judged} times"
    near = f"; nearest here: {', '.join(visible(caption) for caption in one.nearest)}" if one.nearest else ""
    return f"never judged: {visible(one.never)}{near}"


def never(checked: Checked) -> str:
    """The rules of the house that were never judged in a document, in a sentence; empty where all were."""
    idle = [one for one in checked.applied if not one.judged]
    if not idle:
        return ""
    which = "; ".join(f"{visible(one.rule)}: {_account(one).removeprefix('never judged: ')}" for one in idle)
    return f"{len(idle)} of {len(checked.applied)} house rules never judged: {which}"


def rooted(report: Report) -> Report:
    """The report with every path below its root named from there, as repositories name their files."""
    if not report.root:
        return report
    documents = (
        attrs.evolve(one, source=attrs.evolve(one.source, path=_from(report.root, one.source.path)))
        for one in report.documents
    )
    problems = (
        attrs.evolve(one, path=_from(report.root, one.path) if one.path else one.path) for one in report.problems
    )
    return attrs.evolve(report, documents=tuple(documents), problems=tuple(problems))


def _from(root: str, path: str) -> str:
    named, folder = path.replace("\\", "/"), root.rstrip("/") + "/"
    return named.removeprefix(folder) if named.startswith(folder) else path


def title(finding: Finding) -> str:
    """The relation and its period."""
    check = finding.check
    words = check.title if check.title and check.in_words == GONE else check.in_words
    return visible(f"{words}, {check.period}" if check.period else words)


def sentence(finding: Finding, checked: Checked) -> str:
    """The verdict with its arithmetic, and the first suspect."""
    said = (
        finding.reason
        or (told(finding) if finding.verdict in ("violation", "rounding") else "")
        or finding.message
        or arithmetic(finding.check)
    )
    parts = [f"{finding.verdict}: {said}" if said else finding.verdict]
    suspected = _suspected(finding, checked)
    if suspected is not None:
        suspect, figure = finding.suspects[0], suspected
        sure = "probably" if finding.story is not None and suspect.figure in finding.story.named else "perhaps"
        reads = f" should {sure} read {suspect.proposed}" if suspect.proposed else ""
        others = {one.id: one for one in checked.figures if one.id in suspect.together} if suspect.together else {}
        said = because(suspect, others)
        cause = f" ({said})" if said else ""
        name = f"{called(figure)} {figure.text}".strip()
        parts.append(
            f"suspect: {name or f'the figure {preposition(figure.place)} {where(figure.place)}'}{reads}{cause}"
        )
    return visible("; ".join(parts))


def located(finding: Finding, checked: Checked) -> str:
    """The sentence, after the page, cell or part where the figure stands, for formats that know no place but a line."""
    figure = pointed_at(finding, checked)
    at = visible(where(figure.place)) if figure is not None and has_no_lines(figure.place) else ""
    return f"{at}: {sentence(finding, checked)}" if at else sentence(finding, checked)


def pointed_at(finding: Finding, checked: Checked) -> Figure | None:
    """The figure to point at: the first suspect, else the left side."""
    return _suspected(finding, checked) or (finding.check.figures[0] if finding.check.figures else None)


def at_fault(story: Story | None, findings: Sequence[Finding], places: Places) -> Figure | None:
    """The figure that is probably wrong by the story of some findings; else what the first of them points at."""
    if story is not None and story.suspects and story.suspects[0].figure in places.figures:
        return places.figures[story.suspects[0].figure]
    return pointed_at(findings[0], places.checked)


def _suspected(finding: Finding, checked: Checked) -> Figure | None:
    """The figure of the first suspect, which nearly always stands in the relation itself."""
    if not finding.suspects:
        return None
    name = finding.suspects[0].figure
    return next(
        (figure for figures in (finding.check.figures, checked.figures) for figure in figures if figure.id == name),
        None,
    )


def line_of(place: Place | None) -> int:
    """The line of a place, 1 where there is none: gates refuse a line 0. Of a file of pages it is the page; a workbook
    and a Word file have neither."""
    if place is None or place.sheet is not None or place.part is not None:
        return 1
    return max(1, place.line if place.page is None else place.page)


def column_of(place: Place | None) -> int:
    """The column of a place, 1 where there is none."""
    return 1 if place is None or has_no_lines(place) else max(1, place.column)
