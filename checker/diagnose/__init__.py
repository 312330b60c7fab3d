"""Which figure is wrong: findings get ranked suspects and the story they belong to. Verdicts are read and never
changed, and no number is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.algebra import Exact
from checker.core.figure import Figure
from checker.core.finding import Finding, Story
from checker.core.value import evolve
from checker.diagnose.doubts import DOUBT, doubtful
from checker.diagnose.evidence import ANOTHER_ERROR, Neighbours, neighbours
from checker.diagnose.hypothesis import Hypothesis
from checker.diagnose.lines import slipped
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
    asked = [finding for finding in findings if finding.check.kind != "expectation" and not finding.check.is_of_tags]
    equations = net(asked, figures)
    doubted = {id(relation.finding) for relation in doubtful(equations)}
    if doubted:
        equations = net([finding for finding in asked if id(finding) not in doubted], figures)
    told: dict[int, Story] = {}
    for number, explained in enumerate(_explained(equations, neighbours(figures)), 1):
        one = story(explained, number, equations)
        told.update((id(relation.finding), one) for relation in explained.broken)
    named = [_with(finding, told[id(finding)]) if id(finding) in told else finding for finding in findings]
    return tuple(
        evolve(one, message=f"{one.message}; {DOUBT}") if id(finding) in doubted else one
        for one, finding in zip(named, findings, strict=True)
    )


def _with(finding: Finding, told: Story) -> Finding:
    return evolve(finding, suspects=resting(finding, told.suspects), story=told)


def _explained(equations: Net, near: Neighbours) -> Iterator[Explained]:
    """The broken equations in groups of one cause, in reading order; groups that nothing can be said of are left
    out."""
    known, rest = slipped(equations)
    yield from known
    groups = [Explained(component, hypotheses(component, equations, near)) for component in components(rest)]
    if 1 < len(groups) <= _MOST_PAIRED:
        groups = list(_joined(_paired(groups, (equations, near))))
    for group in groups:
        if group.found:
            yield group
        elif outstanding := standing_out(group.broken, equations):
            yield Explained(group.broken, outstanding, OPEN)


def _paired(groups: Sequence[Explained], rest: tuple[Net, Neighbours]) -> Iterator[Explained]:
    """The groups, each with the errors that would explain others too: those save what the others would cost alone."""
    shared: dict[frozenset[tuple[str, Exact]], Hypothesis] = {}
    for here, one in enumerate(groups):
        found = [hypothesis for hypothesis in one.found if len(hypothesis.edits) > 1]
        found += [pair for two in groups[:here] for pair in cancelling(two.broken, one.broken, rest)]
        for hypothesis in found:
            shared.setdefault(frozenset(hypothesis.values.items()), hypothesis)
    reached = [
        (hypothesis, [group for group in groups if _explains(hypothesis, group)]) for hypothesis in shared.values()
    ]
    wide = [(hypothesis, members) for hypothesis, members in reached if len(members) > 1]
    for group in groups:
        extra = [
            evolve(hypothesis, bits=hypothesis.bits - _saved(members, group))
            for hypothesis, members in wide
            if group in members
        ]
        known = {frozenset(hypothesis.values.items()) for hypothesis in extra}
        kept = [hypothesis for hypothesis in group.found if frozenset(hypothesis.values.items()) not in known]
        yield Explained(group.broken, sorted([*kept, *extra], key=lambda one: (one.bits, one.edits[0].figure)))


def _explains(hypothesis: Hypothesis, group: Explained) -> bool:
    return all(hypothesis.values.keys() & relation.coefficients.keys() for relation in group.broken)


def _saved(members: Sequence[Explained], group: Explained) -> int:
    """What the other groups would cost if each had an error of its own."""
    return sum(
        ANOTHER_ERROR + (one.found[0].bits if one.found else ANOTHER_ERROR) for one in members if one is not group
    )


def _joined(groups: Iterator[Explained]) -> Iterator[Explained]:
    """Groups whose likeliest explanation is the same, as one."""
    together: dict[object, Explained] = {}
    for at, group in enumerate(groups):
        key = frozenset(group.found[0].values.items()) if group.found else at
        known = together.get(key)
        together[key] = group if known is None else Explained([*known.broken, *group.broken], known.found)
    yield from together.values()
