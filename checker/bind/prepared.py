"""What binding works out of the rules alone: names by meaning, relations with their definitions written out. Made once
a rulebook, for every document."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from checker.bind.defined import defined
from checker.bind.index import Names
from checker.bind.relations import Task, written_out
from checker.core.rule import Definition, Relation, Rulebook


@frozen(eq=False)
class Prepared:
    """A rulebook made ready for binding."""

    names: Names
    written: tuple[Task, ...]
    """The relations of its rules: the auditor's own first, then shipped ones."""
    defined: tuple[tuple[Definition, Task], ...]
    """What definitions without a parameter say wherever one of their names is printed."""


def prepared(rulebook: Rulebook) -> Prepared:
    """The rulebook made ready; `rulebook.once` keeps it for the next document."""
    names = Names(rulebook)
    return Prepared(
        names,
        tuple(_written(rulebook, names)),
        tuple((one, task) for one in rulebook.definitions for task in defined(one, names)),
    )


def _written(rulebook: Rulebook, names: Names) -> Iterator[Task]:
    library = Names(rulebook, shipped=True)
    for rule in sorted(rulebook.rules, key=lambda rule: rule.shipped):
        for number, relation in enumerate(rule.relations, 1):
            if isinstance(relation, Relation):
                yield written_out(rule, relation, number, library if rule.shipped else names)
