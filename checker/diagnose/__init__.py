"""Which figure is wrong: findings get ranked suspects and the story they belong to. Verdicts are read and never changed, and no number is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from checker.core.figure import Figure
from checker.core.finding import Finding, Story
from checker.diagnose.evidence import ANOTHER_ERROR, Neighbours, neighbours
from checker.diagnose.hypothesis import Hypothesis
from checker.diagnose.patterns import cancelling
from checker.diagnose.ranking import OPEN, Explained, resting, story
from checker.diagnose.relations import Net, components, net
from checker.diagnose.search import hypotheses, standing_out

__all__ = ["diagnose"]

_MOST_PAIRED = 12
"""Components beyond which errors that cancel are not sought: so many have other causes."""


def diagnose(findings: Sequence[Finding], figures: Sequence[Figure]) -> tuple[Finding, ...]:
    """The findings, violations with the figures that may be wrong.

    Violations that are only notes have no say, though they can bear witness; equations that hold have one.
    """
    if not any(finding.verdict == "violation" and finding.severity != "note" for finding in findings):
        return tuple(findings)
    equations = net(findings, figures)
    told: dict[int, Story] = {}
    for number, explained in enumerate(_explained(equations, neighbours(figures)), 1):
        one = story(explained, number, equations)
        told.update((id(relation.finding), one) for relation in explained.broken)
    return tuple([_with(finding, told[id(finding)]) if id(finding) in told else finding for finding in findings])


def _with(finding: Finding, told: Story) -> Finding:
    return evolve(finding, suspects=resting(finding, told.suspects), story=told)


def _explained(equations: Net, near: Neighbours) -> Iterator[Explained]:
    """The broken equations in groups of one cause, in reading order; groups that nothing can be said of are left out."""
    groups = [Explained(component, hypotheses(component, equations, near)) for component in components(equations.broken)]
    if 1 < len(groups) <= _MOST_PAIRED:
        groups = list(_joined(_paired(groups, (equations, near))))
    for group in groups:
        if group.found:
            yield group
        elif outstanding := standing_out(group.broken, equations):
            yield Explained(group.broken, outstanding, OPEN)


def _paired(groups: Sequence[Explained], rest: tuple[Net, Neighbours]) -> Iterator[Explained]:
    """The groups, each with the errors that would explain another one too: those save what the other would cost alone."""
    extra: dict[int, list[Hypothesis]] = {}
    for here, one in enumerate(groups):
        for there, two in enumerate(groups[:here]):
            for pair in cancelling(two.broken, one.broken, rest):
                for at, other in ((here, two), (there, one)):
                    saved = ANOTHER_ERROR + (other.found[0].bits if other.found else ANOTHER_ERROR)
                    extra.setdefault(at, []).append(evolve(pair, bits=pair.bits - saved))
    for at, group in enumerate(groups):
        found = sorted([*group.found, *extra.get(at, ())], key=lambda one: (one.bits, one.edits[0].figure))
        yield Explained(group.broken, found)


def _joined(groups: Iterator[Explained]) -> Iterator[Explained]:
    """Groups whose likeliest explanation is the same, as one."""
    together: dict[object, Explained] = {}
    for at, group in enumerate(groups):
        key = frozenset(group.found[0].values.items()) if group.found else at
        known = together.get(key)
        together[key] = group if known is None else Explained([*known.broken, *group.broken], known.found)
    yield from together.values()
