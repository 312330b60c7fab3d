"""Findings as constraints on what is printed: which values of one figure would leave each equation standing.

Relations are made of findings only where somebody asks for them: most of a document adds up, and what adds up far away
has no say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from attrs import field, frozen

from checker.algebra import Exact, Interval, MayBeZeroError, UndecidedError, bounds, divided, exact, magnitude
from checker.algebra.exact import whole
from checker.algebra.implied import implied
from checker.core.expression import Add, negative
from checker.core.figure import Figure
from checker.core.finding import Finding

Range = tuple[Exact | None, Exact | None]
"""From, to, both in; None where there is no bound."""
_FAR = 80
"""Figures further down that are looked at for the next one of a column."""


@frozen(eq=False)
class Relation:
    """One decided equation."""

    finding: Finding
    coefficients: Mapping[str, Exact | None]
    """Of each figure with a say; None where the form is not linear."""
    broken: bool
    difference: Exact
    allowance: Exact

    @property
    def forced(self) -> bool:
        """Whether the document's sums foot to the last digit."""
        return self.finding.check.forced

    @cached_property
    def coarsest(self) -> Exact:
        """The widest step of its figures, times the coefficient."""
        steps = {figure.id: figure.step for figure in self.finding.check.figures}
        return max(
            (magnitude(c) * exact(steps[key]) for key, c in self.coefficients.items() if c is not None), default=0
        )

    @cached_property
    def blind(self) -> Set[str]:
        """Figures whose sign it does not know: those read with the other sign than printed, two printings of opposite
        sign, and what running text tells."""
        turned = frozenset(self.finding.check.turned)
        one, *others = self.coefficients.values()
        if len(others) == 1 and one is not None and others[0] is not None:
            told = any(figure.origin == "prose" for figure in self.finding.check.figures)
            if one == others[0] or (one == -others[0] and told):
                return frozenset(self.coefficients)
        return turned


@frozen(eq=False)
class Net:
    """All decided equations of a document, and which of them each figure stands in."""

    figures: Mapping[str, Figure]
    broken: Sequence[Relation]
    resting: Mapping[str, Sequence[Finding]]
    """The decided equations in which a figure stands, violations that are only notes among them."""
    order: Sequence[Figure]
    """Every figure in reading order."""
    kept: dict[int, Relation | None] = field(factory=dict)
    asked: dict[str, list[Relation]] = field(factory=dict)
    amounts: dict[str, Exact] = field(factory=dict)
    solved: dict[tuple[int, str], Range | None] = field(factory=dict)
    """What was worked out once, kept because it is asked for often: caches, no state."""

    def printed(self, figure: str) -> Exact:
        """What the figure prints; 0 where that is no number."""
        if figure not in self.amounts:
            self.amounts[figure] = exact(self.figures[figure].value or 0)
        return self.amounts[figure]

    @cached_property
    def breaking(self) -> Mapping[str, Sequence[Relation]]:
        """The broken equations by figure."""
        found: dict[str, list[Relation]] = {}
        for relation in self.broken:
            for key in relation.coefficients:
                found.setdefault(key, []).append(relation)
        return found

    @cached_property
    def columns(self) -> Mapping[tuple[object, ...], int]:
        """How many broken equations have figures in each column."""
        return Counter(
            column
            for relation in self.broken
            for column in {column_of(self.figures[key]) for key in relation.coefficients}
        )

    def touching(self, figure: str) -> list[Relation]:
        """The equations with a say in which a figure stands."""
        if figure not in self.asked:
            found = (self._relation(finding) for finding in self.resting.get(figure, ()) if _has_a_say(finding))
            self.asked[figure] = [one for one in found if one is not None and figure in one.coefficients]
        return self.asked[figure]

    def notes(self, figure: str) -> Iterator[Relation]:
        """The broken equations without a say in which a figure stands: they can bear witness, no more."""
        for finding in self.resting.get(figure, ()):
            if (
                not _has_a_say(finding)
                and finding.waived is None
                and (relation := self._relation(finding)) is not None
                and figure in relation.coefficients
            ):
                yield relation

    def _relation(self, finding: Finding) -> Relation | None:
        key = id(finding)
        if key not in self.kept:
            self.kept[key] = _made(finding)
        return self.kept[key]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {figure.id: at for at, figure in enumerate(self.order)}

    def place(self, key: str) -> int:
        """Where the figure stands among all in reading order; behind them where it is not listed."""
        return self._places.get(key, len(self.order))

    def below(self, key: str) -> Figure | None:
        """The next figure with a number down the same column of a table: same statement, same heading, same period."""
        start = self._places.get(key)
        if start is None or self.order[start].origin != "table":
            return None
        above = self.order[start]
        for figure in self.order[start + 1 : start + _FAR]:
            if (
                figure.value is not None
                and figure.head == above.head
                and figure.statement == above.statement
                and figure.period == above.period
            ):
                return figure if figure.origin == "table" else None
        return None

    def room(self, relation: Relation, figure: str) -> Range | None:
        """What the figure may print so that the relation stands, all others as printed; None where nothing can be
        told."""
        coefficient = relation.coefficients[figure]
        if coefficient is None:
            return self._room_of_ratio(relation, figure)
        return linear_room((self.printed(figure), coefficient), relation.difference, relation.allowance)

    def stands(self, relation: Relation, values: Mapping[str, Exact]) -> bool:
        """Whether a relation of any form can be true with some figures at other values; where that cannot be told,
        whether it holds as printed."""
        check = relation.finding.check
        if check.left is None or check.right is None or check.tolerance.kind != "rounding":
            return not relation.broken
        box = {one.id: Interval.rounded(values.get(one.id, one.value or 0), one.step) for one in check.figures}
        try:
            return bounds(Add((check.left, negative(check.right))), box).holds(0)
        except (MayBeZeroError, UndecidedError):
            return not relation.broken

    def _room_of_ratio(self, relation: Relation, figure: str) -> Range | None:
        key = id(relation), figure
        if key not in self.solved:
            self.solved[key] = self._solve(relation, figure)
        return self.solved[key]

    def _solve(self, relation: Relation, figure: str) -> Range | None:
        check = relation.finding.check
        if check.left is None or check.right is None or check.tolerance.kind != "rounding":
            return None
        box = {one.id: Interval.rounded(one.value or 0, one.step) for one in check.figures}
        try:
            room = implied((check.left, check.right), figure, box)
        except (MayBeZeroError, UndecidedError):
            return None
        half = divided(exact(self.figures[figure].step), 2)
        return None if room is None else (room.low - half, room.high + half)


def column_of(figure: Figure) -> tuple[object, ...]:
    """What the figures of one column have in common."""
    return figure.statement, figure.head, figure.period


def linear_room(printed: tuple[Exact, Exact], difference: Exact, allowance: Exact) -> Range:
    """What a figure may print so that a relation stands that misses by `difference`; `printed` is what it prints now,
    and its coefficient there."""
    amount, coefficient = printed
    low, high = sorted(
        (amount + divided(-allowance - difference, coefficient), amount + divided(allowance - difference, coefficient))
    )
    return low, high


def net(findings: Sequence[Finding], figures: Sequence[Figure]) -> Net:
    """The equations that have a say (violations above a note, and all that hold), and the notes that bear witness."""
    known = {figure.id: figure for figure in figures}
    resting: dict[str, list[Finding]] = {}
    broken: list[Relation] = []
    for finding in findings:
        if (
            finding.verdict == "not applicable"
            or finding.difference is None
            or finding.allowance is None
            or finding.check.comparison != "="
        ):
            continue
        for figure in finding.check.figures:
            known.setdefault(figure.id, figure)
            resting.setdefault(figure.id, []).append(finding)
        if finding.verdict == "violation" and _has_a_say(finding) and (relation := _made(finding)) is not None:
            broken.append(relation)
    found = Net(known, broken, resting, figures)
    found.kept.update((id(relation.finding), relation) for relation in broken)
    return found


def _has_a_say(finding: Finding) -> bool:
    return finding.verdict != "violation" or (finding.severity != "note" and finding.waived is None)


def _made(finding: Finding) -> Relation | None:
    if finding.difference is None or finding.allowance is None:
        return None
    coefficients = {
        share.figure: None if share.coefficient is None else whole(share.coefficient)
        for share in finding.shares
        if share.coefficient != 0
    }
    broken = finding.verdict == "violation"
    difference, allowance = whole(finding.difference), whole(finding.allowance)
    return Relation(
        finding, coefficients, broken, difference, allowance if broken else max(allowance, magnitude(difference))
    )


def components(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Broken relations that share figures, directly or through others, in their order."""
    groups: dict[int, list[Relation]] = {}
    into = list(
        range(len(relations))
    )  # by the number of a relation that once named a group: the one that it was taken into
    last: dict[str, int] = {}
    for number, relation in enumerate(relations):
        members = [relation]
        for group in sorted({_leading(into, last[key]) for key in relation.coefficients if key in last}):
            members = [*groups.pop(group), *members]
            into[group] = number
        groups[number] = members
        last.update(dict.fromkeys(relation.coefficients, number))
    return list(groups.values())


def _leading(into: list[int], number: int) -> int:
    """Where a chain of groups taken into others ends; it is shortened on the way."""
    while into[number] != number:
        into[number] = into[into[number]]
        number = into[number]
    return number
