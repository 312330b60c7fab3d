"""A copy of the Word file with a comment at the figure that every finding points at.

Findings of one cause are one comment. Its last lines name the findings and their differences, so that an answer to it
can be read back as what was approved; see `named`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.algebra.notation import decimal
from checker.core.figure import Figure
from checker.core.finding import Finding, Story
from checker.core.report import Checked
from checker.core.value import frozen
from checker.office.comments import Note, Stretch, commented
from checker.office.package import Unfit
from checker.report.arithmetic import judged
from checker.report.places import Places
from checker.report.stories import grouped, told
from checker.report.terminal import visible
from checker.report.words import at_fault, sentence, title

AUTHOR = "tieout"
"""Who signs the comments."""

_NAMED = re.compile(
    r"finding ([0-9a-f]{8,64}(?:-\d{1,9})?), (?:difference (-?\d{1,100}(?:\.\d{1,100})?)|no difference)"
)
_MOST_NOTES = 2_000
"""Comments of a copy; nobody reads more, and the rest is counted in the last one."""


@frozen
class Named:
    """A finding as a comment names it."""

    id: str
    difference: Fraction | None


def copy(checked: Checked, content: bytes) -> bytes:
    """The file with its findings as comments. ValueError: no copy can be made, and why."""
    notes = list(_notes(checked))
    if len(notes) > _MOST_NOTES:
        notes = [
            *notes[:_MOST_NOTES],
            Note(None, (f"{len(notes) - _MOST_NOTES} more comments are left out: see another report",)),
        ]
    try:
        return commented(content, AUTHOR, notes)
    except Unfit as unfit:
        raise ValueError(unfit.problem.message) from unfit


def named(lines: Sequence[str]) -> list[Named]:
    """The findings that a comment of ours names."""
    found = (_NAMED.fullmatch(line.strip()) for line in lines)
    return [Named(one[1], Fraction(one[2]) if one[2] is not None else None) for one in found if one is not None]


def _notes(checked: Checked) -> Iterator[Note]:
    """A comment for each cause that is not waived, in the order of the report; one for the document where there is
    nothing to say."""
    open_ones = [
        one
        for one in checked.findings
        if one.severity is not None and (one.waived is None or one.waived.source == "baseline")
    ]
    places = Places(checked)
    for story, findings in grouped(open_ones):
        yield _note(story, findings, places)
    waived = sum(one.waived is not None for one in checked.findings) - sum(one.waived is not None for one in open_ones)
    if not open_ones or waived:
        yield Note(
            None,
            (
                f"tieout: {_count(len(open_ones), 'finding')}{f', {waived} waived' if waived else ''}",
                *_outcome(checked),
            ),
        )


def _outcome(checked: Checked) -> tuple[str, ...]:
    return tuple(visible(one) for one in checked.outcome.reasons) if checked.outcome is not None else ()


def _note(story: Story | None, findings: Sequence[Finding], places: Places) -> Note:
    """One cause in words, every relation that it breaks, and the names by which answers are read back."""
    checked = places.checked
    figure = at_fault(story, findings, places)
    lines = (
        [f"tieout {'/'.join(dict.fromkeys(one.severity or '' for one in findings))}: {title(findings[0])}"]
        if story is None or len(findings) == 1
        else []
    )
    if story is not None:
        said = told(story, places)
        lines += [
            f"{said.headline}." if not said.headline.endswith(".") else said.headline,
            *said.candidates,
            *([said.decides] if said.decides else []),
        ]
        lines += [f"{title(one)}: {_off(one)}" for one in findings] if len(findings) > 1 else [_off(findings[0])]
    else:
        lines += [sentence(findings[0], checked)]
    lines += [
        f"finding {one.id}, {'no difference' if one.difference is None else f'difference {decimal(one.difference)}'}"
        for one in findings
    ]
    return Note(_stretch(figure), tuple(lines))


def _off(finding: Finding) -> str:
    """The verdict with its arithmetic, without the suspects, which the story names."""
    return visible(f"{finding.verdict}: {finding.reason or judged(finding) or finding.message}")


def _stretch(figure: Figure | None) -> Stretch | None:
    """Where a figure stands in the text that was taken out."""
    if figure is None or figure.place.part is None:
        return None
    begin = figure.place.column - 1
    return Stretch(figure.place.line, begin, begin + max(1, len(figure.text)))


def _count(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
