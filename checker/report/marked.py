"""A copy of the workbook with its figures coloured by what is tested of them, and a note at the figure that every
finding points at.

The note at the first figure says what the colours mean and what came of the run. The original is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.core.figure import Figure, Status
from checker.core.finding import Finding, Story
from checker.core.report import Checked
from checker.office.marking import Fill, Mark, marked
from checker.report.arithmetic import judged
from checker.report.places import Places
from checker.report.stories import grouped, told
from checker.report.terminal import visible
from checker.report.text import counts, coverage
from checker.report.words import answered, pointed_at, sentence, title

AUTHOR = "tieout"
"""Who signs the notes."""
_FILLS: Mapping[Status, Fill] = {
    "violated": Fill("FFF8B4AE"),
    "rounding": Fill("FFFFE9A8"),
    "agreed": Fill("FFDDF1DF"),
    "untested": Fill("FFB8BCC4", "lightUp"),
}
_BESIDE = Fill("FFFBD9B5")
_COLOURS = (
    "Red: violated, and what the notes point at. Orange: stands in a relation that is violated. Yellow: agrees but for "
    "rounding. Green: agrees. Hatched: nothing tests it."
)
_MOST_NOTES = 2_000
"""Notes of a copy; nobody reads more."""


def copy(checked: Checked, content: bytes) -> bytes:
    """The workbook with its marks. ValueError: no copy can be made, and why."""
    told_of = list(_notes(checked))
    named = {_cell(figure) for figure, _ in told_of}
    fills = {
        _cell(figure): _BESIDE if said.status == "violated" and _cell(figure) not in named else _FILLS[said.status]
        for figure in checked.figures
        if (said := checked.coverage.get(figure.id)) and figure.place.sheet is not None
    }
    notes: dict[tuple[str, str], list[str]] = {}
    if first := next(iter(fills), None):
        notes[first] = [_head(checked)]
    for figure, text in told_of:
        if len(notes) < _MOST_NOTES and figure.place.sheet is not None:
            notes.setdefault(_cell(figure), []).append(text)
    for problem in checked.problems:
        if problem.place is not None and problem.place.sheet is not None and problem.place.cell:
            notes.setdefault((problem.place.sheet, problem.place.cell), []).append(
                visible(f"{problem.severity} {problem.code}: {problem.message}")
            )
    marks = {
        cell: Mark(fills.get(cell), "\n\n".join(notes.get(cell, []))) for cell in {**fills, **dict.fromkeys(notes)}
    }
    return marked(content, marks, AUTHOR)


def _cell(figure: Figure) -> tuple[str, str]:
    return figure.place.sheet or "", figure.place.cell or ""


def _head(checked: Checked) -> str:
    """What came of the document, and what the colours mean."""
    said = (counts(checked), coverage(checked), answered(checked.outcome), _COLOURS)
    return "\n".join(visible(one) for one in said if one)


def _notes(checked: Checked) -> Iterator[tuple[Figure, str]]:
    """A note for each cause that is not waived, at the figure that is probably wrong, and one at each other relation
    that it breaks."""
    open_ones = [
        one
        for one in checked.findings
        if one.severity is not None and (one.waived is None or one.waived.source == "baseline")
    ]
    places = Places(checked)
    for story, findings in grouped(open_ones):
        yield from _cause(story, findings, places)


def _cause(story: Story | None, findings: Sequence[Finding], places: Places) -> Iterator[tuple[Figure, str]]:
    at = pointed_at(findings[0], places.checked)
    if story is not None and story.suspects:
        at = places.figures.get(story.suspects[0].figure, at)
        said = told(story, places)
        lines = [said.headline, *said.candidates, *([said.decides] if said.decides else [])]
        if at is not None:
            yield at, "\n".join(visible(one) for one in lines)
    for finding in findings:
        whole = finding.check.figures[0] if finding.check.figures else at
        if whole is not None:
            arithmetic = judged(finding) or finding.message if story is not None else sentence(finding, places.checked)
            yield whole, visible(f"{finding.severity}: {title(finding)}") + "\n" + visible(arithmetic)
