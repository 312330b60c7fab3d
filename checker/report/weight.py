"""In which order findings are told: by severity, then by how much of their statement is at stake, then as they stand in
the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.core.finding import Finding, Story
from checker.core.problem import SEVERITIES
from checker.core.report import Checked
from checker.report.stories import grouped

Key = tuple[int, Fraction, tuple[int, int]]


def heaviest_first(findings: Sequence[Finding], checked: Checked) -> list[tuple[Story | None, list[Finding]]]:
    """Stories with their findings, and findings without one: the group with the heaviest finding first, and so within
    each."""
    sizes = _sizes(checked)
    groups = [(story, sorted(members, key=lambda one: _key(one, sizes))) for story, members in grouped(findings)]
    return sorted(groups, key=lambda group: _key(group[1][0], sizes))


def ordered(findings: Sequence[Finding], checked: Checked) -> list[Finding]:
    """The findings, heaviest first."""
    sizes = _sizes(checked)
    return sorted(findings, key=lambda one: _key(one, sizes))


def _key(finding: Finding, sizes: Mapping[str, Fraction]) -> Key:
    rank = SEVERITIES.index(finding.severity) if finding.severity is not None else -1
    figures = finding.check.figures
    return -rank, -_share(finding, sizes), figures[0].place.span if figures else (0, 0)


def _share(finding: Finding, sizes: Mapping[str, Fraction]) -> Fraction:
    """The difference as a part of the largest amount of its statement; of what stands in none, and of what is no
    amount, as a part of the side itself."""
    if finding.difference is None:
        return Fraction(0)
    whole = Fraction(0)
    if not finding.check.percent:
        whole = max((sizes.get(figure.id, Fraction(0)) for figure in finding.check.figures), default=Fraction(0))
    whole = whole or max(abs(finding.left or Fraction(0)), abs(finding.right or Fraction(0)), Fraction(1))
    return abs(finding.difference) / whole


def _sizes(checked: Checked) -> Mapping[str, Fraction]:
    """For every figure of a statement that is an amount of money, the largest one there."""
    found: dict[str, Fraction] = {}
    for statement in checked.statements:
        amounts = [one for one in statement.figures if one.unit.is_money and one.value is not None]
        largest = max((abs(Fraction(one.value)) for one in amounts if one.value is not None), default=Fraction(0))
        found.update((one.id, largest) for one in amounts)
    return found
