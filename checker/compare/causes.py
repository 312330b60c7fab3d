"""Changed figures of two drafts, grouped: the changes that nothing explains, and what moved because of them along
relations that hold in the new draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checker.compare.values import Cause, Change
from checker.core.expression import Variable
from checker.core.finding import Finding

Edges = Mapping[str, frozenset[str]]
"""By the id of a figure in the new draft: the changed figures that it follows from."""


def causes(changes: Sequence[Change], findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """The changes in groups that hang together, in reading order of what began them."""
    by_id = {change.new.id: change for change in changes}
    follows = _follows(by_id, findings)
    found = []
    for group in _groups(by_id, follows):
        roots = [name for name in group if not follows.get(name)] or group[:1]
        found.append(
            Cause(tuple(by_id[name] for name in roots), tuple(by_id[name] for name in group if name not in roots))
        )
    return tuple(sorted(found, key=lambda cause: cause.roots[0].new.place.span))


def _follows(changes: Mapping[str, Change], findings: Sequence[Finding]) -> Edges:
    """For every changed figure the changed operands of relations that it is the left side of; a later relation adds no
    circle."""
    found: dict[str, frozenset[str]] = {}
    for finding in findings:
        left = finding.check.left
        if (
            finding.verdict not in ("agrees", "rounding")
            or finding.check.comparison != "="
            or not isinstance(left, Variable)
            or left.figure not in changes
        ):
            continue
        operands = [figure.id for figure in finding.check.figures if figure.id in changes and figure.id != left.figure]
        if not operands or not _balances(finding, changes):
            continue
        above = _reached(left.figure, found)
        found[left.figure] = found.get(left.figure, frozenset()) | {one for one in operands if one not in above}
    return found


def _balances(finding: Finding, changes: Mapping[str, Change]) -> bool:
    """Whether the changes of a sum cancel out, within what rounding allows twice; of a ratio it is enough that it
    holds."""
    moved = Fraction(0)
    for share in finding.shares:
        if share.coefficient is None:
            return True
        moved += share.coefficient * (changes[share.figure].by if share.figure in changes else 0)
    return abs(moved) <= 2 * (finding.allowance or 0)


def _reached(name: str, follows: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Every figure that follows from this one, itself included."""
    reached, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        for other, sources in follows.items():
            if one in sources and other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached)


def _groups(changes: Mapping[str, Change], follows: Edges) -> Iterator[list[str]]:
    """The changed figures that hang together, each group in reading order."""
    beside: dict[str, set[str]] = {name: set() for name in changes}
    for name, sources in follows.items():
        for source in sources:
            beside[name].add(source)
            beside[source].add(name)
    done: set[str] = set()
    for start in changes:
        if start in done:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for other in beside[waiting.pop()] - group:
                group.add(other)
                waiting.append(other)
        done |= group
        yield [name for name in changes if name in group]
