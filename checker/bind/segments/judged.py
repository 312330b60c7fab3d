"""Rules that speak of segments, bound: sums over all of them against the consolidated figure, and relations in each.

That a table is one of segments, and which line is whose, is never written in a rule. So such a relation is read as it
is printed, and a broken one speaks under the conditions of a shipped rule (decision 0010), whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from checker.bind.build import Builder
from checker.bind.conditions import unasked
from checker.bind.expand import Mention
from checker.bind.lookup import Book, Scene, Segment, broken_down, period_text
from checker.bind.periods import answers
from checker.bind.reading import Instance, Manner, best_reading
from checker.bind.relations import (
    SEGMENTS,
    Task,
    anchors,
    circular,
    judged,
    judged_columns,
    left_spot,
    not_applicable,
    said,
    unbound,
)
from checker.bind.segments.breakdown import Breakdown
from checker.bind.segments.words import unshared
from checker.core.check import Check
from checker.core.expression import Add, Variable
from checker.core.value import evolve
from checker.judge.relations import slipped
from checker.judge.trial import broken

_BELONGS = 24
"""Statements, best first, in which a consolidated figure is sought."""


@frozen(eq=False)
class _Case:
    """The relation in one period of one breakdown; `period` as a person reads it."""

    builder: Builder
    period: str
    instance: Instance | None = None

    @property
    def within(self) -> Breakdown:
        """The breakdown it was found by."""
        assert self.builder.scene.segment is not None
        return self.builder.scene.segment.within

    @property
    def end(self) -> dt.date:
        """When its period ends."""
        period = self.builder.scene.period
        return (period.end if period else None) or dt.date.min


def bind_by_segment(task: Task, book: Book) -> tuple[Check, ...]:
    """The checks of one relation that is judged in each segment, or adds up all of them; one that says why not where
    there is none."""
    if task.later:
        return (
            not_applicable(
                task, "", f"not yet: “{task.later}” needs more than one document, or a part of it that is not read"
            ),
        )
    named = next(
        (mention for mention in task.mentioned if task.within.by_segment or SEGMENTS in mention.prefixes), None
    )
    if named is None:
        return (not_applicable(task, "", "it names nothing that could be given by segment"),)
    given = broken_down(named.name, task.within, book).breakdowns
    if not given:
        return (not_applicable(task, "", f"no table gives {named.name.text} by segment"),)
    checks = _in_each(task, given, book) if task.within.by_segment else _sums(task, named, given, book)
    return _settled(tuple(checks)) or (
        not_applicable(task, "", f"{named.name.text} by segment stands in no period of which it speaks"),
    )


def _settled(checks: Sequence[tuple[dt.date, Check]]) -> tuple[Check, ...]:
    """What is decided, and of every period and segment in which nothing is, one reason. Only the latest period must be
    decided where that is required."""
    decided = {(check.period, check.segment) for _, check in checks if check.reason is None}
    latest = max((end for end, check in checks if check.reason is None), default=dt.date.min)
    idle: dict[tuple[str, str], Check] = {}
    for end, check in checks:
        if check.reason is not None and (check.period, check.segment) not in decided:
            idle.setdefault(
                (check.period, check.segment), check if end > latest or not decided else evolve(check, required=False)
            )
    if not decided:
        return tuple(sorted(idle.values(), key=lambda check: not check.required))[:1]
    return (*(check for _, check in checks if check.reason is None), *idle.values())


# ---- in each segment -------------------------------------------------------------------------------------------------


def _in_each(task: Task, given: Sequence[Breakdown], book: Book) -> Iterator[tuple[dt.date, Check]]:
    """The relation in every segment and period; of several tables that give it for one, the first."""
    cases: dict[tuple[str, str], _Case] = {}
    for one in given:
        if task.within.dated and not task.within.fits(one.period):
            continue
        for part in one.parts:
            period = period_text(one.period)
            if not unshared(part.name) and (period, part.name) not in cases:
                scene = Scene(
                    book,
                    one.statement,
                    evolve(part.column, period=one.period),
                    task.within,
                    segment=Segment(one, part.name),
                )
                cases[period, part.name] = _Case(Builder(scene, task.natural), period)
    for case, check in _judged(task, tuple(cases.values())):
        segment = case.builder.scene.segment
        yield case.end, evolve(check, segment=segment.name if segment else "")


# ---- sums of segments ------------------------------------------------------------------------------------------------


def _sums(task: Task, named: Mention, given: Sequence[Breakdown], book: Book) -> Iterator[tuple[dt.date, Check]]:
    """The relation beside every breakdown of its period: against the consolidated figures or, where only the table has
    them, its own total."""
    consolidated = any(SEGMENTS not in mention.prefixes for mention in task.mentioned)
    cases = tuple(_against(task, given, book)) if consolidated else ()
    if not cases:
        cases = tuple(_alone(task, given, book))
    series: dict[tuple[object, ...], dict[int, list[_Case]]] = {}
    for case in cases:
        series.setdefault(case.within.series, {}).setdefault(case.builder.scene.statement.index, []).append(case)
    for beside in series.values():
        tried = [tuple(_judged(task, same)) for same in beside.values()]
        meant = next(filter(_holds, tried), None) or next(filter(_meets, tried), None)
        for case, check in meant or [_doubted(named, *one) for one in tried[0]]:
            yield case.end, _told(case, check)


def _holds(tried: Iterable[tuple[_Case, Check]]) -> bool:
    """Whether the sum holds in some period, so that it is this statement whose figures are broken down."""
    return any(
        case.instance is not None and case.instance.broken is False and any(figure.value for figure in check.figures)
        for case, check in tried
    )


def _meets(tried: Iterable[tuple[_Case, Check]]) -> bool:
    """Whether the breakdown prints, as its total, the very figure that the sum is compared with; or the relation asks
    for no equality."""
    return any(check.reason is None and (check.comparison != "=" or _totalled(case)) for case, check in tried)


def _totalled(case: _Case) -> bool:
    uses = case.instance.uses if case.instance is not None else ()
    return case.within.whole is not None and any(
        use.found.figure.value == case.within.whole.figure.value for use in uses[:1]
    )


def _against(task: Task, given: Sequence[Breakdown], book: Book) -> Iterator[_Case]:
    """The columns of the statements where the rule could belong, best first, each beside the breakdowns of its
    period."""
    tables = {one.statement.index for one in given if one.statement.kind == "segments"}
    for statement in [one for one in anchors(task, book) if one.index not in tables][:_BELONGS]:
        left = left_spot(task, statement, book)
        for column in judged_columns(task, statement):
            for one in given:
                if column.period and one.period and answers(one.period, column.period):
                    yield _Case(
                        Builder(Scene(book, statement, column, task.within, left, Segment(one)), _natural(task)),
                        said(column),
                    )


def _alone(task: Task, given: Sequence[Breakdown], book: Book) -> Iterator[_Case]:
    """Every breakdown that prints the whole, in its own table: names mean the whole there."""
    for one in given:
        if one.whole is not None and not (task.within.dated and not task.within.fits(one.period)):
            scene = Scene(
                book,
                one.statement,
                evolve(one.whole.column, period=one.period),
                task.within,
                segment=Segment(one, whole=True),
            )
            yield _Case(Builder(scene, _natural(task)), period_text(one.period))


def _natural(task: Task) -> bool:
    """Whether signs are read by nature: never where a measure is compared with the sum of itself, which one document
    prints in one way."""
    return task.natural and len({mention.name.text for mention in task.mentioned}) > 1


def _told(case: _Case, check: Check) -> Check:
    """The check with the names of what was added up."""
    if check.reason is not None:
        return check
    names = " + ".join(part.name for part in case.within.parts)
    return evolve(check, reads=f"{check.in_words} ({names})", unlicensed=check.unlicensed or _whole_against(case))


def _whole_against(case: _Case) -> str | None:
    """Why a broken sum stays a note where the table adds up to a total of its own: two figures speak for it, so the
    other must be a slip of the fingers."""
    one, whole = case.instance, case.within.whole
    if one is None or not one.broken or whole is None or one.left is None or one.right is None or _totalled(case):
        return None
    total, parts = Variable(whole.figure.id), Add(tuple(Variable(part.figure.id) for part in case.within.parts))
    figures = (whole.figure, *(part.figure for part in case.within.parts))
    if broken(total, parts, "=", figures):
        return None
    if slipped((one.left, total), [use.found.figure for use in one.uses[:1]], (whole.figure,)):
        return None
    return "the table adds up to a total of its own, and no keying error explains the other"


def _doubted(named: Mention, case: _Case, check: Check) -> tuple[_Case, Check]:
    """A sum that holds in no period is not judged: what lies between the segments and the whole is not printed beside
    them."""
    if check.reason is not None:
        return case, check
    whole = case.within.whole
    why = f"its total there is {whole.figure.text}" if whole is not None else "the table prints no total of them"
    reason = f"the segments of {named.name.text} add up to something else in every period, and {why}"
    return case, evolve(check, left=None, right=None, figures=(), turned=(), unlicensed=None, reason=reason)


# ---- both ------------------------------------------------------------------------------------------------------------


def _judged(task: Task, cases: Iterable[_Case]) -> Iterator[tuple[_Case, Check]]:
    """Each case with its check, read in one way for all of them."""
    waiting: list[_Case] = []
    for case in cases:
        if (left_out := unasked(task.clauses, case.builder)) is not None:
            yield case, evolve(not_applicable(task, case.period, left_out), required=False)
        elif (reason := unbound(task, case.builder)) is not None:
            yield case, not_applicable(task, case.period, reason)
        else:
            waiting.append(case)
    summed = any(SEGMENTS in mention.prefixes for mention in task.mentioned)
    manner = Manner(task.rule.shipped or task.relation.comparison == "=", len(task.mentioned) > 2, as_printed=summed)
    read = best_reading(task.relation, [Instance(case.builder) for case in waiting], manner)
    for case, one in zip(waiting, read, strict=True):
        check = not_applicable(task, case.period, circular(task, one.reason or ""))
        yield (
            evolve(case, instance=one),
            check if one.reason is not None else judged(task, check, one, Builder(one.scene, task.natural)),
        )
