"""`each` sentences: which part of binding speaks for each of them, and the clauses of their rule, which are the same
for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

from checker.bind.ballots import ballot_checks
from checker.bind.build import Builder
from checker.bind.changes import change_checks
from checker.bind.claims import SENTENCE, claim_checks
from checker.bind.conditions import thresholds, unasked, undecided
from checker.bind.formulas import formula_checks
from checker.bind.headed import headed_checks, quarter_checks
from checker.bind.index import Spot, exactly
from checker.bind.lookup import Book, Scene
from checker.bind.narrow import Narrowing, narrowing
from checker.bind.nested import part_checks, period_checks
from checker.bind.percentages import ratio_checks, share_checks
from checker.bind.rates import rate_checks
from checker.bind.sums import repeat_checks, sum_checks
from checker.bind.tags import calculation_checks, duplicate_checks, print_checks
from checker.core.caption import normal
from checker.core.check import Check
from checker.core.rule import EACH_SEGMENT, Clauses, Each, Name, Rule, Sentence
from checker.core.statement import Column
from checker.core.value import evolve

_JUDGED: dict[Sentence, Callable[[Rule, Book], Iterable[Check]]] = {
    "each total = sum of its lines": partial(sum_checks, "total"),
    "each row total = sum of its columns": lambda rule, book: chain(
        sum_checks("row total", rule, book), headed_checks(rule, book), ballot_checks(rule, book)
    ),
    "each closing balance = opening balance + its movements": partial(sum_checks, "roll-forward"),
    "each long period = sum of its short periods": lambda rule, book: chain(
        sum_checks("long period", rule, book), quarter_checks(rule, book)
    ),
    "each short period <= its long period": period_checks,
    "each part <= its whole": part_checks,
    "each change column = current - prior": partial(change_checks, "change"),
    "each percent column = change / prior": partial(change_checks, "percent"),
    "each share column = figure / base": share_checks,
    "each percent line = figure / base": ratio_checks,
    "each amount per share = income / shares": rate_checks,
    "each formula agrees with its figures": formula_checks,
    "each caption agrees wherever it is printed": repeat_checks,
    SENTENCE: claim_checks,
    "each tag agrees with its figure": print_checks,
    "each fact agrees wherever it is tagged": duplicate_checks,
    "each calculation = sum of its facts": calculation_checks,
}
_OF_FACTS: frozenset[Sentence] = frozenset(
    {"each fact agrees wherever it is tagged", "each calculation = sum of its facts"}
)
"""What is judged of a release without print."""
_LATER: dict[Sentence, str] = {
    "each comparative agrees with last year's release": "last year's release is not read (`tieout compare` reads both)",
    "each figure agrees with the filing": "the filing is not read (`tieout compare` reads both)",
}


def bind_each(rule: Rule, each: Each, book: Book) -> tuple[Check, ...]:
    """The checks of one sentence; one that says why not where it finds nothing to speak of, or where the clauses of its
    rule leave nothing of it."""
    if each.sentence not in _JUDGED:
        return (_idle(rule, each, f"not yet: {_LATER[each.sentence]}"),)
    if book.lines.release.source.is_without_print and each.sentence not in _OF_FACTS:
        return (_idle(rule, each, "the release is made of facts, which stand in no order that means anything"),)
    if (within := narrowing(rule.clauses.within)).by_segment or within.later:
        return (_idle(rule, each, f"not yet: a sentence cannot be judged in “{within.later or EACH_SEGMENT}”"),)
    found = tuple(_JUDGED[each.sentence](rule, book))
    if not found:
        return (_idle(rule, each, "nothing in the release is built that way"),)
    clauses = rule.clauses
    if not (
        clauses.excepted
        or clauses.within
        or clauses.when
        or clauses.effective_from
        or clauses.effective_to
        or clauses.steps
        or clauses.tolerance
    ):
        return found
    meant = [check for check in found if _meant(check, clauses, book)]
    if not meant:
        return (_idle(rule, each, "its clauses leave out all that is built that way"),)
    scenes = {id(check): _scene(check, narrowing(clauses.within), book) for check in meant}
    reasons = {key: _kept_out(clauses, scene) if scene is not None else None for key, scene in scenes.items()}
    met = tuple(_clothed(check, clauses, scenes[id(check)]) for check in meant if reasons[id(check)] is None)
    return met or (_idle(rule, each, next(reason for reason in reasons.values() if reason is not None)),)


def _idle(rule: Rule, each: Each, reason: str) -> Check:
    return Check(
        rule=rule.id,
        title=rule.title,
        relation=each.sentence,
        basis="inferred",
        period="",
        reason=reason,
        severity=rule.clauses.severity or "error",
        required=rule.clauses.required,
    )


def _meant(check: Check, clauses: Clauses, book: Book) -> bool:
    """Whether the `in` and `except` clauses leave a check: where the figure stands that it is about, and under which
    captions."""
    figure = check.figures[0]
    place = book.lines.places.get(figure.id)
    captions = [figure.caption] if place is None else [place[0].line.caption, place[1].head]
    return not _excepted(captions, clauses.excepted) and (
        not clauses.within or _within(narrowing(clauses.within), place)
    )


def _excepted(captions: Sequence[str], names: Sequence[Name]) -> bool:
    return any(
        exactly(name.text) == exactly(caption) if name.quoted else normal(name.text) == normal(caption)
        for name in names
        for caption in captions
    )


def _within(narrow: Narrowing, place: tuple[Spot, Column] | None) -> bool:
    if place is None:
        return narrow.text
    spot, column = place
    return narrow.allows(spot) and narrow.admits(column, spot)


def _scene(check: Check, within: Narrowing, book: Book) -> Scene | None:
    """Where conditions are judged: the statement and column of the figure it is about; nowhere for running text."""
    place = book.lines.places.get(check.figures[0].id)
    return None if place is None else Scene(book, place[0].statement, place[1], within, place[0])


def _kept_out(clauses: Clauses, scene: Scene) -> str | None:
    builder = Builder(scene, natural=True)
    return unasked(clauses, builder) or undecided(clauses, builder)


def _clothed(check: Check, clauses: Clauses, scene: Scene | None) -> Check:
    """The check with the tolerance and the steps of severity of its rule."""
    steps = thresholds(clauses, Builder(scene, natural=True)) if scene is not None and clauses.steps else ()
    return evolve(check, tolerance=clauses.tolerance or check.tolerance, thresholds=steps)
