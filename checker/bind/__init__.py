"""Rules x release -> checks: which figures play which part, which signs count, and why a rule does not apply. No
verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.claims.stated import stated
from checker.bind.defined import bind_definition
from checker.bind.index import Lines
from checker.bind.lookup import Book
from checker.bind.merge import merge
from checker.bind.prepared import Prepared, prepared
from checker.bind.relations import Task, bind_relation
from checker.bind.sentences import bind_each
from checker.core.check import Check
from checker.core.release import Release
from checker.core.rule import Each, Rulebook
from checker.core.value import evolve
from checker.judge.corroborate import corroborate


def bind(release: Release, rulebook: Rulebook) -> tuple[Check, ...]:
    """Every rule bound to the figures of a release, once for each period in which it can be judged.

    The auditor's own rules come first, then shipped ones, then what was inferred: where two say the same of the same
    figures, the first keeps it.
    """
    ready = rulebook.once(prepared)
    book = Book(Lines(release), ready.names)
    return corroborate(merge((*_written(ready, book), *_inferred(rulebook, book))))


def _written(ready: Prepared, book: Book) -> Iterator[Check]:
    for task in ready.written:
        if not task.within.text:
            yield from _by_segment(task, book) if task.by_segment else bind_relation(task, book)
    if any(task.within.text for task in ready.written):
        text = Book(Lines(stated(book.lines.release)), ready.names)
        for task in ready.written:
            if task.within.text:
                yield from bind_relation(evolve(task, within=evolve(task.within, text=False)), text)
    for definition, task in ready.defined:
        yield from bind_definition(definition, task, book)


def _by_segment(task: Task, book: Book) -> tuple[Check, ...]:
    from checker.bind.segments.judged import bind_by_segment  # few rules ask for segments

    return bind_by_segment(task, book)


def _inferred(rulebook: Rulebook, book: Book) -> Iterator[Check]:
    for rule in rulebook.rules:
        for relation in rule.relations:
            if isinstance(relation, Each):
                yield from bind_each(rule, relation, book)
