"""A comparison without what is secret before a release is out: which places differ stays, not what stands there."""

from __future__ import annotations

from fractions import Fraction

import attrs

from checker.compare.values import Cause, Change, Comparison, Renamed, Tie
from checker.core.finding import Finding
from checker.report.redacted import bare, bare_finding, document


def redacted(comparison: Comparison) -> Comparison:
    """The comparison as it may leave the house."""
    return Comparison(
        kind=comparison.kind,
        old=document(comparison.old),
        new=document(comparison.new),
        ties=tuple(_tie(one) for one in comparison.ties),
        causes=tuple(_cause(one) for one in comparison.causes),
        added=tuple(bare(one) for one in comparison.added),
        removed=tuple(bare(one) for one in comparison.removed),
        appeared=_findings(comparison.appeared),
        fixed=_findings(comparison.fixed),
        still=_findings(comparison.still),
        met=comparison.met,
        renamed=tuple(_renamed(one) for one in comparison.renamed),
        sentences=tuple(_tie(one) for one in comparison.sentences),
        outcome=comparison.outcome,
    )


def _renamed(line: Renamed) -> Renamed:
    return Renamed(tuple((bare(one), bare(two)) for one, two in line.pairs))


def _tie(tie: Tie) -> Tie:
    return attrs.evolve(tie, old=bare(tie.old), new=None if tie.new is None else bare(tie.new))


def _cause(cause: Cause) -> Cause:
    return Cause(tuple(_change(one) for one in cause.roots), tuple(_change(one) for one in cause.moved))


def _change(change: Change) -> Change:
    return Change(bare(change.old), bare(change.new), Fraction(0))


def _findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(bare_finding(one, {}) for one in findings)
