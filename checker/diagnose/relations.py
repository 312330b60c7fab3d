"""Findings as constraints on what is printed: which values of one figure would leave each equation standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import field, frozen

from checker.algebra import Interval, MayBeZeroError, UndecidedError
from checker.algebra.implied import implied
from checker.core.figure import Figure
from checker.core.finding import Finding

Range = tuple[Fraction | None, Fraction | None]
"""From, to, both in; None where there is no bound."""


@frozen(eq=False)
class Relation:
    """One decided equation."""

    finding: Finding
    coefficients: Mapping[str, Fraction | None]
    """Of each figure with a say; None where the form is not linear."""
    broken: bool
    difference: Fraction
    allowance: Fraction
    coarsest: Fraction
    """The widest step of its figures, times the coefficient."""

    @property
    def forced(self) -> bool:
        """Whether the document's sums foot to the last digit."""
        return self.finding.check.forced


@frozen(eq=False)
class Net:
    """All decided equations of a document, and which of them each figure stands in."""

    figures: Mapping[str, Figure]
    relations: Sequence[Relation]
    touching: Mapping[str, Sequence[Relation]]
    below: Mapping[str, Figure]
    """The next figure down the same column."""
    solved: dict[tuple[int, str], Range | None] = field(factory=dict)
    """What ratios imply, kept because it is asked for often; a cache, no state."""

    def room(self, relation: Relation, figure: str) -> Range | None:
        """What the figure may print so that the relation stands, all others as printed; None where nothing can be told."""
        coefficient = relation.coefficients[figure]
        if coefficient is None:
            return self._room_of_ratio(relation, figure)
        value = Fraction(self.figures[figure].value or 0)
        ends = [value + (side * relation.allowance - relation.difference) / coefficient for side in (-1, 1)]
        return min(ends), max(ends)

    def implied(self, relation: Relation, figure: str) -> Fraction | None:
        """What the figure must print for both sides to be equal as printed; None where the form is not linear."""
        coefficient = relation.coefficients[figure]
        return None if coefficient is None else Fraction(self.figures[figure].value or 0) - relation.difference / coefficient

    def _room_of_ratio(self, relation: Relation, figure: str) -> Range | None:
        key = id(relation), figure
        if key not in self.solved:
            self.solved[key] = self._solve(relation, figure)
        return self.solved[key]

    def _solve(self, relation: Relation, figure: str) -> Range | None:
        check = relation.finding.check
        if check.left is None or check.right is None or check.tolerance.kind != "rounding":
            return None
        box = {one.id: Interval.rounded(Fraction(one.value or 0), Fraction(one.step)) for one in check.figures}
        try:
            room = implied((check.left, check.right), figure, box)
        except (MayBeZeroError, UndecidedError):
            return None
        half = Fraction(self.figures[figure].step) / 2
        return None if room is None else (room.low - half, room.high + half)


def net(findings: Sequence[Finding], figures: Sequence[Figure]) -> Net:
    """The equations that have a say: violations above a note, and all that hold."""
    known = {figure.id: figure for figure in figures}
    relations: list[Relation] = []
    touching: dict[str, list[Relation]] = {}
    for finding in findings:
        relation = _relation(finding)
        if relation is None:
            continue
        relations.append(relation)
        for figure in finding.check.figures:
            known.setdefault(figure.id, figure)
        for key in relation.coefficients:
            touching.setdefault(key, []).append(relation)
    return Net(known, relations, touching, _below(figures))


def _below(figures: Sequence[Figure]) -> dict[str, Figure]:
    """For each figure of a table the next one with a number in its column: same statement, same heading, same period."""
    last: dict[tuple[object, ...], Figure] = {}
    below: dict[str, Figure] = {}
    for figure in figures:
        if figure.origin != "table" or not figure.value:
            continue
        column = figure.statement, figure.head, figure.period
        if column in last:
            below[last[column].id] = figure
        last[column] = figure
    return below


def _relation(finding: Finding) -> Relation | None:
    if finding.verdict == "not applicable" or finding.check.comparison != "=" or finding.difference is None or finding.allowance is None:
        return None
    broken = finding.verdict == "violation"
    if broken and (finding.severity == "note" or finding.waived is not None):
        return None
    coefficients = {share.figure: share.coefficient for share in finding.shares if share.coefficient != 0}
    allowance = finding.allowance if broken else max(finding.allowance, abs(finding.difference))
    steps = {figure.id: figure.step for figure in finding.check.figures}
    coarsest = max((abs(c) * Fraction(steps[key]) for key, c in coefficients.items() if c is not None), default=Fraction(0))
    return Relation(finding, coefficients, broken, finding.difference, allowance, coarsest)


def components(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Broken relations that share figures, directly or through others, in their order."""
    groups: list[tuple[set[str], list[Relation]]] = []
    for relation in relations:
        if not relation.broken:
            continue
        keys, members = set(relation.coefficients), [relation]
        apart = []
        for group in groups:
            if group[0] & keys:
                keys |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (keys, members)]
    return [members for _, members in groups]
