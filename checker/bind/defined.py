"""A definition is a value and a check: wherever its name is printed in a table, the figure must agree with what it
computes."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.index import Names
from checker.bind.lookup import Book, bearing
from checker.bind.relations import Task, bind_relation, not_applicable, written_out
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
        relation = Relation("=", printed, definition.expression, text=definition.printed(name))
        yield written_out(_rule(definition), relation, 1, names)


def bind_definition(definition: Definition, task: Task, book: Book) -> tuple[Check, ...]:
    """The checks of a definition where this name of it is printed; none where it is not. Where a house's own is printed
    and can be judged nowhere, one check says why."""
    found = bind_relation(task, book)
    judged = tuple(check for check in found if check.reason is None and _printed_as(definition, check.figures[0]))
    printed = task.mentioned[0].name
    if judged or definition.shipped or not bearing(printed, task.within, book).spots:
        return judged
    silent = next((check for check in found if check.reason is not None), None)
    return (silent or not_applicable(task, "", _OTHERWISE.format(name=printed.text, kind=_kind(definition))),)


_OTHERWISE = "{name} is printed here as something else than {kind}"


def _kind(definition: Definition) -> str:
    """What the definition says that it computes, in words."""
    return {
        "percent": "a percentage",
        "points": "a percentage",
        "basis points": "a percentage",
        "per share": "an amount per share",
        "currency": "an amount of money",
    }.get(definition.printed_as or "", "a number")


def _printed_as(definition: Definition, figure: Figure) -> bool:
    """Whether the line that bears the name prints what the definition computes: a gross margin in dollars is no
    percentage. What a house does not say is told by its units alone, which `bind_relation` compares."""
    match definition.printed_as:
        case "percent" | "points" | "basis points":
            return figure.unit == PERCENT
        case "ratio" | "times" | "days" | "number":
            return figure.unit.measure in ("ratio", "number")
        case "per share":
            return figure.unit.is_per_share
        case None if not definition.shipped:
            return True
        case _:
            return figure.unit.measure in ("currency", "number")


def _rule(definition: Definition) -> Rule:
    clauses = Clauses(severity=definition.clauses.severity, steps=definition.clauses.steps)
    return Rule(definition.id, definition.name, (), clauses, definition.path, shipped=definition.shipped)
