"""`each fact agrees wherever it is tagged`: facts of one concept, period, unit and dimensions are one amount, rounded
differently perhaps.

Where a tag claims more digits than the print that it encloses, the amount is taken as it is printed: a statement in
millions does not contradict a sentence in billions because of an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.bind.tags.facts import figure_of, when
from checker.core.check import Check
from checker.core.expression import Variable
from checker.core.fact import Fact, Tagging
from checker.core.figure import Figure
from checker.core.release import Release
from checker.core.rule import Rule, Tolerance
from checker.core.unit import RATIO
from checker.core.value import evolve

_MOST = 40
"""Facts of one sort that are compared: a page made to be hostile repeats one without end."""


def sorts(tagging: Tagging) -> Mapping[tuple[object, ...], tuple[Fact, ...]]:
    """The facts that state an amount, by what they are facts of."""
    found: dict[tuple[object, ...], list[Fact]] = {}
    for fact in tagging.facts:
        if fact.value is not None:
            found.setdefault(fact.sort, []).append(fact)
    return {sort: tuple(facts) for sort, facts in found.items()}


def duplicate_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """One check for each fact that is not word for word what the most exact one of its sort is."""
    release = book.lines.release
    twins = _twins(release)
    for facts in sorts(release.tags).values():
        if len({(fact.value, fact.decimals) for fact in facts}) > 1:
            yield from _compared(rule, sorted(facts[:_MOST], key=lambda fact: fact.step), (twins, release.tags))


def _twins(release: Release) -> Mapping[str, Figure]:
    """The printed figure of each fact that has one."""
    figures = {figure.id: figure for figure in release.figures}
    return {fact: figures[figure] for fact, figure in release.twins.items() if figure in figures}


def _compared(rule: Rule, facts: Sequence[Fact], known: tuple[Mapping[str, Figure], Tagging]) -> Iterator[Check]:
    """The most exact fact, or of several the one that most others repeat, against each that differs from it."""
    twins, tagging = known
    finest = [fact for fact in facts if fact.step == facts[0].step]
    first = max(finest, key=lambda fact: sum(one.value == fact.value for one in facts))
    told = {(first.value, first.decimals)}
    for fact in facts:
        if (fact.value, fact.decimals) not in told:
            told.add((fact.value, fact.decimals))
            yield _check(rule, (first, fact), (_as_printed(first, twins, tagging), _as_printed(fact, twins, tagging)))


def _as_printed(fact: Fact, twins: Mapping[str, Figure], tagging: Tagging) -> Figure:
    """The fact, no more exact than the print in which it stands."""
    figure, twin = figure_of(fact, tagging), twins.get(fact.id)
    step = (
        None
        if twin is None
        else twin.step / 100
        if twin.unit.measure == "percent" and fact.unit == RATIO
        else twin.step
    )
    return evolve(figure, step=step) if step is not None and step > fact.step and fact.step else figure


def _check(rule: Rule, facts: tuple[Fact, Fact], figures: tuple[Figure, Figure]) -> Check:
    one, two = figures
    said = (
        f"{one.caption} for {when(facts[0])}, tagged at line {one.place.line} = the same, tagged at line "
        f"{two.place.line}"
    )
    check = inferred(rule, f"{one.caption} = {one.caption}, tagged again", Variable(two.id), figures)
    exactly = one.step == two.step and bool(one.step)
    return evolve(check, reads=said, tolerance=Tolerance("exact") if exactly else check.tolerance)
