"""Rules as written, bound: one relation becomes a check for every period in which its figures stand, or one that says
why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Sequence

from attrs import frozen

from checker.bind.bare import limits, other_currency
from checker.bind.build import AFTER, Builder
from checker.bind.conditions import thresholds, unasked, undecided
from checker.bind.expand import Mention, amounts_meant, expand, mentions, printed_left
from checker.bind.index import Names, Spot, another_basis, rank
from checker.bind.lookup import NOT_AMOUNTS, Book, Scene, bearing, effective, meant, period_text, unknown
from checker.bind.narrow import Narrowing, narrowing
from checker.bind.outcome import Absent
from checker.bind.reading import SAME, Instance, Manner, best_reading
from checker.bind.signs import by_nature, takes_away, turnable
from checker.bind.vanished import lacking
from checker.bind.wording import worded
from checker.core.check import Check
from checker.core.rule import EACH_SEGMENT, Clauses, Name, Prefix, Relation, Rule, Tolerance
from checker.core.statement import PRIMARY, Column, Statement
from checker.core.value import evolve

SEGMENTS: Prefix = "sum of segments of"
"""The prefix whose name means the figures of all segments."""
LINES: frozenset[Prefix] = frozenset({"sum of lines of", AFTER})
"""Prefixes that mean lines of a statement by where they stand."""


@frozen(eq=False)
class Task:
    """One relation of one rule with its definitions written out."""

    id: str
    rule: Rule
    relation: Relation
    within: Narrowing
    natural: bool
    mentioned: tuple[Mention, ...]
    given: Relation
    """The relation with its definitions as names."""
    reads: str
    """That in words where terms of it may be left out, whatever a document reports; else empty."""
    later: str
    """Words of it that need more than one document, or a part of it that is not read."""

    @property
    def by_segment(self) -> bool:
        """Whether it is judged in each segment, or adds up all of them."""
        return self.within.by_segment or any(SEGMENTS in mention.prefixes for mention in self.mentioned)

    @property
    def of_lines(self) -> bool:
        """Whether a shipped rule adds up lines by where they stand: each table that has them bears it out for itself,
        and none is blamed for it."""
        return self.rule.shipped and any(not LINES.isdisjoint(mention.prefixes) for mention in self.mentioned)

    @property
    def clauses(self) -> Clauses:
        """The clauses of the rule."""
        return self.rule.clauses


def bind_relation(task: Task, book: Book) -> tuple[Check, ...]:
    """The checks of one relation. What is required must be decided in the latest period that it speaks of; the
    comparatives are not asked for."""
    if task.later:
        return (
            not_applicable(
                task, "", f"not yet: “{task.later}” needs more than one document, or a part of it that is not read"
            ),
        )
    decided: dict[str, Check] = {}
    idle: dict[str, Check] = {}
    ends: dict[str, dt.date] = {}
    for statement in anchors(task, book):
        if decided and not task.of_lines and _all_decided(task, statement, book, decided):
            continue
        for column, check in _in_statement(task, statement, book):
            period = _when(statement, column, book)
            if task.of_lines and period in decided:
                if check.reason is not None or check.unlicensed is not None:
                    continue
                period = f"{period} {len(decided)}"  # another table, column or section of the same period
            (idle if check.reason is not None else decided).setdefault(period, check)
            ends.setdefault(period, (column.period.end if column.period else None) or dt.date.min)
    if decided:
        latest = max(ends[period] for period in decided)
        left = {period: check for period, check in idle.items() if period not in decided}
        return (
            *decided.values(),
            *(check if ends[period] > latest else evolve(check, required=False) for period, check in left.items()),
        )
    return tuple(sorted(idle.values(), key=lambda check: not check.required))[:1] or (
        not_applicable(task, "", missing(task, book)),
    )


def _when(statement: Statement, column: Column, book: Book) -> str:
    """What tells a column from those of other periods, in whichever statement."""
    return book.lines.apart.get(statement.index, "") + (
        period_text(column.period) or f"{statement.index} {column.index}"
    )


def _all_decided(task: Task, statement: Statement, book: Book, decided: Container[str]) -> bool:
    """Whether better statements have decided the relation in every period of this one: nothing that it says would be
    kept."""
    return all(_when(statement, column, book) in decided for column in judged_columns(task, statement))


def written_out(rule: Rule, relation: Relation, number: int, names: Names) -> Task:
    """One relation of a rule, ready to be bound to any document; `number` counts the relations of its rule from 1."""
    kept = amounts_meant(relation, names)
    relation = relation if rule.shipped else printed_left(relation, names)
    written = evolve(relation, left=expand(relation.left, names, kept), right=expand(relation.right, names, kept))
    within = narrowing(rule.clauses.within)
    mentioned = (*mentions(written.left), *mentions(written.right))
    natural = by_nature((mention.name for mention in mentioned), within, names)
    later = next(
        filter(
            None, (_later(within), *(_later(effective(mention.name, within), mention.name) for mention in mentioned))
        ),
        "",
    )
    return Task(
        rule.id if number == 1 else f"{rule.id}#{number}",
        rule,
        written,
        within,
        natural,
        mentioned,
        relation,
        worded(relation),
        later,
    )


def _later(narrow: Narrowing, name: Name | None = None) -> str:
    """Words of a clause, or of the bracket of a name, that ask for what no run judges."""
    in_vain = narrow.by_segment and (narrow.text or (name is not None and bool(name.brackets)))
    return EACH_SEGMENT if in_vain else narrow.later


def not_applicable(task: Task, period: str, reason: str) -> Check:
    """The check that says why its relation does not apply."""
    return Check(
        rule=task.id,
        title=task.rule.title,
        relation=task.relation.text,
        reads=task.reads,
        basis="written",
        period=period,
        comparison=task.relation.comparison,
        kind=task.clauses.kind,
        severity=task.clauses.severity or "error",
        required=task.clauses.required,
        house=not task.rule.shipped,
        reason=reason,
        ticks=task.clauses.ticks,
    )


def missing(task: Task, book: Book) -> str:
    """Why a relation stands nowhere: the first name without a line, with its nearest caption; or where its names stand,
    which is in no table together."""
    where: dict[str, str] = {}
    for mention in task.mentioned:
        spots = bearing(mention.name, task.within, book).spots
        if not spots and not mention.optional:
            return unknown(mention.name, task.within, book)
        if spots and not mention.prefixes:
            table = spots[0].statement
            where.setdefault(mention.name.text, table.kind if table.kind in PRIMARY else table.title)
    if len(set(where.values())) < 2:
        return "no column holds its figures"
    apart = ", ".join(f"{name} in {title or 'a table without a title'}" for name, title in list(where.items())[:3])
    return f"no table holds its figures together: {apart}; a bracket behind the first name says which table is meant"


# ---- where a relation is judged --------------------------------------------------------------------------------------


def anchors(task: Task, book: Book) -> list[Statement]:
    """Statements in which the relation can be judged, best first: those that hold most of its names.

    A name in another period (`opening X`) says little about where the rule belongs, so names without a prefix count.
    Below the primary statements a table must hold every name that the relation needs, and tables of segments are never
    meant unless named.
    """
    plain = [mention for mention in task.mentioned if not mention.prefixes] or list(task.mentioned)
    held: dict[int, set[str]] = {}
    named: set[int] = set()
    by_index: dict[int, Statement] = {}
    for mention in plain:
        for spot in bearing(mention.name, task.within, book).spots:
            by_index[spot.statement.index] = spot.statement
            held.setdefault(spot.statement.index, set()).add(mention.name.text)
            if task.within.kinds or mention.name.brackets:
                named.add(spot.statement.index)
    needed = {mention.name.text for mention in plain if not mention.optional}
    best = max(map(len, held.values()), default=0)
    fit = [
        statement
        for index, statement in by_index.items()
        if len(held[index]) == best or needed <= held[index]
        if index in named or rank(statement) == 0 or (needed <= held[index] and statement.kind != "segments")
        if index in named or not another_basis(statement)
    ]
    return sorted(
        fit, key=lambda statement: (statement.summary, -len(held[statement.index]), rank(statement), statement.index)
    )


def judged_columns(task: Task, statement: Statement) -> list[Column]:
    """The columns in which the rule is judged: one a period, never a segment's unless the rule names it. Shipped rules
    are about amounts."""
    allowed = [
        column
        for column in statement.columns
        if (column.role not in NOT_AMOUNTS if task.rule.shipped else meant(column, statement))
    ]
    usable = [column for column in allowed if (not task.within.dated or task.within.fits(column.period))]
    chosen = []
    for column in usable:
        same = [other for other in usable if other.period == column.period and other.period is not None]
        alone = [other for other in same if not other.member]
        if task.of_lines or len(same) < 2 or alone == [column] or _headed(task, column):
            chosen.append(column)
    return chosen


def _headed(task: Task, column: Column) -> bool:
    return bool(task.within.headings) and all(
        item.text.casefold() in f"{column.member} {column.head}".casefold() for item in task.within.headings
    )


def _in_statement(task: Task, statement: Statement, book: Book) -> Iterator[tuple[Column, Check]]:
    """One check a column of this statement; of sums of lines, one for each line that bears the name of the left
    side."""
    spots = left_spots(task, statement, book)
    if not task.of_lines:
        yield from _beside(task, statement, spots[0] if spots else None, book)
        return
    for spot in spots[:_LEFTS]:
        yield from _beside(task, statement, spot, book)


_LEFTS = 12
"""Lines of one name in a statement beyond which they are no sections of it."""


def _beside(task: Task, statement: Statement, left: Spot | None, book: Book) -> Iterator[tuple[Column, Check]]:
    """One check a column of this statement, the left side of which stands in this line."""
    nearest = next(mentions(task.relation.left), None) if task.of_lines else None
    open_columns: list[Instance] = []
    for column in judged_columns(task, statement):
        scene = Scene(book, statement, column, task.within, left, nearest=nearest.name if nearest else None)
        builder = Builder(scene, task.natural)
        if (left_out := unasked(task.clauses, builder)) is not None:
            yield column, evolve(not_applicable(task, said(column), left_out), required=False)
        elif (reason := unbound(task, builder)) is not None:
            idle = not_applicable(task, said(column), reason)
            yield column, idle if task.rule.shipped else lacking(task.relation, builder, idle)
        else:
            open_columns.append(Instance(builder))
    after = task.of_lines and any(AFTER in mention.prefixes for mention in task.mentioned)
    # lines are added up as they are printed, and the sum of all that stand between two leaves none out
    manner = Manner(task.rule.shipped, len(task.mentioned) > 2 and not after, as_printed=task.of_lines)
    found = list(best_reading(task.relation, open_columns, manner))
    # two such ways miss one unread line alike: that confirms neither
    held, lost = (sum(one.broken is each for one in found) for each in (False, True))
    footed = held > lost if after else bool(held)
    for one in found:
        if manner.as_printed and one.broken:
            one = (
                evolve(one, unlicensed=one.unlicensed or _OWN, confirmed=0 if after else one.confirmed)
                if footed
                else evolve(one, broken=None, reason=_UNFOOTED)
            )
        elif after and one.broken is False and not footed:
            one = evolve(one, broken=None, reason=_UNFOOTED)
        check = not_applicable(task, said(one.scene.column), circular(task, one.reason or ""))
        yield (
            one.scene.column,
            check if one.reason is not None else judged(task, check, one, Builder(one.scene, task.natural)),
        )


_OWN = "whether a line is unread or no part of the total, the sum that the table itself bears out says"
_UNFOOTED = "its lines come to it in no column: one of them may be unread, or no part of it"


def circular(task: Task, reason: str) -> str:
    """A figure compared with itself where a definition was written out says how the printed figure is meant instead."""
    sides = ((task.given.left, task.relation.left), (task.given.right, task.relation.right))
    names = [
        given.text for given, written in sides if isinstance(given, Name) and given is not written and given != written
    ]
    if reason != SAME or not names:
        return reason
    return (
        f"{names[0]} is defined as just this; {names[0]}[as printed] is the figure that the page prints, and the "
        f"definition checks it"
    )


def said(column: Column) -> str:
    """The period as the page has it."""
    return (column.period.text if column.period else "") or period_text(column.period) or column.head


def unbound(task: Task, builder: Builder) -> str | None:
    """Why the relation stands on no figures in the builder's scene, or its condition is not known there; None where it
    can be read."""
    sides = builder.build(task.relation.left), builder.build(task.relation.right)
    absent = undecided(task.clauses, builder) or next((side.reason for side in sides if isinstance(side, Absent)), None)
    if absent is not None or task.rule.shipped:
        return absent
    uses = [use for side in sides if not isinstance(side, Absent) for use in side.uses]
    return other_currency((task.relation.left, task.relation.right, *limits(task.clauses)), uses)


def left_spot(task: Task, statement: Statement, book: Book) -> Spot | None:
    """The line of the statement that the first name of the left side means."""
    return next(iter(left_spots(task, statement, book)), None)


def left_spots(task: Task, statement: Statement, book: Book) -> Sequence[Spot]:
    """The lines of the statement that bear the first name of the left side."""
    first = next(mentions(task.relation.left), None)
    return bearing(first.name, task.within, book).inside.get(statement.index, ()) if first is not None else ()


def _bracketed(task: Task, builder: Builder) -> tuple[str, ...]:
    """What a house's bound compares that is printed as negative and takes something away by its nature."""
    if task.rule.shipped or task.relation.comparison == "=":
        return ()
    sides = builder.build(task.relation.left), builder.build(task.relation.right)
    return tuple(
        use.found.figure.id
        for side in sides
        if not isinstance(side, Absent)
        for use in side.uses
        if (use.found.figure.value or 0) < 0
        and not effective(use.name, task.within).as_printed
        and (turnable(use.name, use.found, builder.scene.book) or takes_away(use.found))
    )


def judged(task: Task, check: Check, one: Instance, builder: Builder) -> Check:
    """The check of one column with the reading chosen for all."""
    return evolve(
        check,
        reason=None,
        reads=worded(task.given, builder) if task.reads else "",
        left=one.left,
        right=one.right,
        figures=one.figures,
        thresholds=thresholds(task.clauses, builder),
        tolerance=task.clauses.tolerance or (Tolerance("exact") if one.exact else Tolerance()),
        unlicensed=one.unlicensed,
        confirmed=one.confirmed,
        passed_over="" if task.clauses.meant else one.passed_over,
        turned=one.turned,
        bracketed=_bracketed(task, builder),
        percent=one.percent,
        forced=bool(builder.scene.book.lines.release.forces_sums),
    )
