"""A definition is a value and a check: wherever its name is printed in a table, the figure must agree with what it
computes."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.index import Names
from checker.bind.lookup import Book
from checker.bind.relations import Task, bind_relation, written_out
from checker.core.check import Check
from checker.core.figure import Figure
from checker.core.rule import Clauses, Definition, Item, Name, Relation, Rule
from checker.core.unit import PERCENT


def defined(definition: Definition, names: Names) -> Iterator[Task]:
    """What a definition without a parameter says wherever one of its names is printed.

    The printed figure is the left side (`Gross margin[as printed] = Gross profit / Revenues`); a definition that nobody
    prints is a value for other rules and says nothing by itself.
    """
    if definition.parameter:
        return
    for name in (definition.name, *(alias.text for alias in definition.clauses.aliases)):
        printed = Name(name, brackets=(Item("as printed"),))
        relation = Relation("=", printed, definition.expression, text=f"{name} as printed = {definition.name}")
        yield written_out(_rule(definition), relation, 1, names)


def bind_definition(definition: Definition, task: Task, book: Book) -> tuple[Check, ...]:
    """The checks of a definition where this name of it is printed; none where it is not."""
    return tuple(
        check
        for check in bind_relation(task, book)
        if check.reason is None and _printed_as(definition, check.figures[0])
    )


def _printed_as(definition: Definition, figure: Figure) -> bool:
    """Whether the line that bears the name prints what the definition computes: a gross margin in dollars is no
    percentage."""
    match definition.printed_as:
        case "percent" | "points" | "basis points":
            return figure.unit == PERCENT
        case "ratio" | "times" | "days" | "number":
            return figure.unit.measure in ("ratio", "number")
        case "per share":
            return figure.unit.is_per_share
        case _:
            return figure.unit.measure in ("currency", "number")


def _rule(definition: Definition) -> Rule:
    clauses = Clauses(severity=definition.clauses.severity, steps=definition.clauses.steps)
    return Rule(definition.id, definition.name, (), clauses, definition.path, shipped=definition.shipped)
