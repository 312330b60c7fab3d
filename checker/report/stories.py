"""Findings that one wrong figure would explain, told as one story. Judges nothing: who is suspected, the diagnosis has said."""

from __future__ import annotations

from attrs import frozen

from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.core.report import Checked
from checker.report.words import needs_a_look

_AS_GOOD = 2
"""A runner-up is told with the story where the first is not this many times as sure."""
_MOST_OTHERS = 2


@frozen
class Story:
    """One figure that may be wrong, and the findings in which it is the first suspect."""

    figure: Figure
    suspect: Suspect
    findings: tuple[Finding, ...]
    others: tuple[tuple[Figure, Suspect], ...] = ()
    """The likeliest runners-up, where they are nearly as likely."""
    more: int = 0
    """How many more figures may be wrong instead."""


def stories(checked: Checked) -> tuple[Story, ...]:
    """One story for every first suspect, in the order of the findings."""
    figures = {figure.id: figure for figure in checked.figures}
    first: dict[str, list[Finding]] = {}
    for finding in checked.findings:
        if needs_a_look(finding) and finding.suspects and finding.suspects[0].figure in figures:
            first.setdefault(finding.suspects[0].figure, []).append(finding)
    return tuple(_story(figures, found) for found in first.values())


def _story(figures: dict[str, Figure], found: list[Finding]) -> Story:
    chief, *others = found[0].suspects
    near = [(figures[one.figure], one) for one in others if one.figure in figures and _AS_GOOD * one.score > chief.score]
    return Story(figures[chief.figure], chief, tuple(found), tuple(near[:_MOST_OTHERS]), len(others) - len(near[:_MOST_OTHERS]))


def evidence(story: Story, looked_at: int) -> str:
    """What speaks for the suspect, in a few words: the slip, and how many of the findings it stands behind."""
    count = len(story.findings)
    stands = "behind the finding" if looked_at == 1 else f"behind {count} of {looked_at} findings"
    return "; ".join(part for part in (story.suspect.cause, stands) if part)
