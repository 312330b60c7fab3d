"""Which figure is wrong: findings get ranked suspects. Verdicts are read and never changed, and no number is edited."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.diagnose.evidence import neighbours
from checker.diagnose.ranking import OPEN, resting, suspects
from checker.diagnose.relations import components, net
from checker.diagnose.search import hypotheses, standing_out

__all__ = ["diagnose"]


def diagnose(findings: Sequence[Finding], figures: Sequence[Figure]) -> tuple[Finding, ...]:
    """The findings, violations with the figures that may be wrong. Violations that are only notes have no say, equations that hold do."""
    if not any(finding.verdict == "violation" and finding.severity != "note" for finding in findings):
        return tuple(findings)
    equations, near = net(findings, figures), neighbours(figures)
    named: dict[int, tuple[Suspect, ...]] = {}
    for component in components(equations.relations):
        explained = hypotheses(component, equations, near)
        found = suspects(explained, component, equations) or suspects(standing_out(component, equations), component, equations, OPEN)
        for relation in component:
            named[id(relation.finding)] = resting(relation.finding, found)
    return tuple([evolve(finding, suspects=named[id(finding)]) if named.get(id(finding)) else finding for finding in findings])
