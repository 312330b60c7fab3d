"""`each calculation = sum of its facts`: the networks of a calculation linkbase, judged as Calculations 1.1 of XBRL
International asks.

A calculation is bound wherever a total and at least one of its items are reported for one entity, period, unit and set
of dimensions. Items that are not reported add nothing. Facts whose duplicates disagree, or that have digits below their
stated accuracy, bind nothing. Where a fact says exactly what print shows, the printed figure stands for it, so that a
calculation that holds tests print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from checker.algebra.exact import divided, exact, whole
from checker.algebra.interval import Interval
from checker.algebra.reported import left_open
from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.bind.tags.facts import figure_of
from checker.core.check import Check
from checker.core.expression import Constant, Expression, Multiply, Variable, negative, total
from checker.core.fact import Contribution, Fact, Tagging
from checker.core.figure import CUT_OFF, Figure
from checker.core.release import Release
from checker.core.rule import Rule
from checker.core.value import evolve

_INCOMPLETE = "the filing does not report every item of the calculation for this period and these dimensions"
_Sort = tuple[object, ...]
"""All that a fact is a fact of but its concept."""


@frozen(eq=False)
class Calculation:
    """One calculation, bound: the total's facts, and those of the items that are reported, with their weights."""

    network: str
    total: tuple[Fact, ...]
    items: tuple[tuple[Fraction, tuple[Fact, ...]], ...]
    missing: tuple[str, ...] = ()
    """Items that the network names and that are not reported."""


def calculations(tagging: Tagging) -> Iterator[Calculation]:
    """Every calculation of the filing that its facts bind, network by network; facts that cannot be used included."""
    facts: dict[str, dict[_Sort, list[Fact]]] = {}
    for fact in tagging.facts:
        facts.setdefault(fact.concept, {}).setdefault(fact.sort[1:], []).append(fact)
    for (network, concept), arcs in _trees(tagging.contributions).items():
        for sort, totals in facts.get(concept, {}).items():
            reported = [(Fraction(arc.weight), tuple(facts.get(arc.item, {}).get(sort, ()))) for arc in arcs]
            items = tuple((weight, found) for weight, found in reported if found)
            if items:
                absent = tuple(arc.item for arc, (_, found) in zip(arcs, reported, strict=True) if not found)
                yield Calculation(network, tuple(totals), items, absent)


def _trees(contributions: Sequence[Contribution]) -> Mapping[tuple[str, str], list[Contribution]]:
    found: dict[tuple[str, str], list[Contribution]] = {}
    for arc in contributions:
        found.setdefault((arc.network, arc.total), []).append(arc)
    return found


def calculation_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of the calculations that can be judged."""
    release = book.lines.release
    cut_off = any(figure.is_cut_off for figure in release.figures)
    twins = _exact_twins(release)
    for one in calculations(release.tags):
        check = _check(rule, one, _Chosen(release.tags, twins, cut_off))
        if check is not None:
            yield check


def _exact_twins(release: Release) -> Mapping[str, Figure]:
    """The printed figure of each fact that says exactly what print shows, signs aside."""
    figures = {figure.id: figure for figure in release.figures if figure.origin == "table" and figure.value is not None}
    found: dict[str, Figure] = {}
    for fact in release.tags.facts:
        figure = figures.get(release.twins.get(fact.id, ""))
        if figure is not None and _says(figure, fact):
            found[fact.id] = figure
    return found


def _says(figure: Figure, fact: Fact) -> bool:
    if fact.value is None or figure.value is None or figure.unit != fact.unit:
        return False
    return abs(figure.value) == abs(fact.value) and figure.step == fact.step


@frozen(eq=False)
class _Chosen:
    """Which figure stands for facts of one sort."""

    tagging: Tagging
    twins: Mapping[str, Figure]
    cut_off: bool

    def figure(self, facts: Sequence[Fact]) -> tuple[Figure, int] | None:
        """The figure, and 1 or, where print has the other sign, -1; None where the facts leave nothing to calculate
        with."""
        meant = [fact for fact in facts if fact.value is not None]
        if len(meant) < len(facts) or not meant:
            return None
        found = left_open([(exact(fact.value or 0), exact(fact.step)) for fact in meant], cut_off=self.cut_off)
        if isinstance(found, str):
            return None
        first = min(meant, key=lambda fact: (fact.step, fact.id not in self.twins))
        alone = left_open([(exact(first.value or 0), exact(first.step))], cut_off=self.cut_off)
        if first.id in self.twins and found == alone:
            twin = self.twins[first.id]
            return twin, 1 if twin.value == first.value else -1
        figure = figure_of(first, self.tagging)
        if self.cut_off:
            return evolve(figure, why=(*figure.why, CUT_OFF)), 1
        return _as_wide(figure, found), 1


def _as_wide(figure: Figure, room: Interval) -> Figure:
    """The figure so that it stands for what all facts of its sort leave open together, which can be less than any of
    them does."""
    if Interval.rounded(figure.value or Decimal(0), figure.step) == room:
        return figure
    middle, width = divided(room.low + room.high, 2), room.high - room.low
    return evolve(figure, value=_decimal(middle), step=_decimal(width))


def _decimal(number: Fraction | int) -> Decimal:
    """Steps are powers of ten and their halves end, so this is exact."""
    above, below = number.as_integer_ratio()
    return Decimal(above) / Decimal(below)


def _check(rule: Rule, one: Calculation, chosen: _Chosen) -> Check | None:
    found = chosen.figure(one.total)
    if found is None:
        return None
    (whole_, sign), used, terms, named = found, [], [], []
    for weight, facts in one.items:
        if all(fact.nil for fact in facts):
            continue
        item = chosen.figure(facts)
        if item is None:
            return None
        used.append(item)
        terms.append(_weighted(weight * item[1] * sign, item[0]))
        named.append(f"{'-' if weight < 0 else '+'} {item[0].caption}")
    if not used:
        return None
    figures = (whole_, *(figure for figure, _ in used))
    turned = tuple(figure.id for figure, turn in (found, *used) if turn * sign < 0)
    relation = f"{whole_.caption} = {' '.join(named).removeprefix('+ ')}"
    check = inferred(rule, relation, total(tuple(terms)), figures)
    return evolve(check, turned=turned, unlicensed=_INCOMPLETE if one.missing else None)


def _weighted(weight: Fraction, figure: Figure) -> Expression:
    if weight == 1:
        return Variable(figure.id)
    if weight == -1:
        return negative(Variable(figure.id))
    return Multiply(Constant(Fraction(whole(weight))), Variable(figure.id))
