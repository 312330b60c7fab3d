"""Rules x release -> checks: which figures play which part, which signs count, and why a rule does not apply. No verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.corroborate import corroborate
from checker.bind.defined import bind_definition
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book
from checker.bind.merge import merge
from checker.bind.relations import bind_relation
from checker.bind.sums import bind_each
from checker.core.check import Check
from checker.core.release import Release
from checker.core.rule import Each, Relation, Rulebook


def bind(release: Release, rulebook: Rulebook) -> tuple[Check, ...]:
    """Every rule bound to the figures of a release, once for each period in which it can be judged.

    The auditor's own rules come first, then shipped ones, then what was inferred: where two say the same of the same figures, the first keeps it.
    """
    book = Book(Lines(release), Names(rulebook))
    return corroborate(merge((*_written(rulebook, book), *_inferred(rulebook, book))))


def _written(rulebook: Rulebook, book: Book) -> Iterator[Check]:
    for rule in sorted(rulebook.rules, key=lambda rule: rule.shipped):
        for number, relation in enumerate(rule.relations, 1):
            if isinstance(relation, Relation):
                yield from bind_relation(rule, relation, number, book)
    for definition in rulebook.definitions:
        yield from bind_definition(definition, book)


def _inferred(rulebook: Rulebook, book: Book) -> Iterator[Check]:
    for rule in rulebook.rules:
        for relation in rule.relations:
            if isinstance(relation, Each):
                yield from bind_each(rule, relation, book)
