"""A line that vanished: a sum whose total and other lines are printed, and one of its lines is not."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.build import Builder
from checker.bind.outcome import Absent
from checker.core.check import Check
from checker.core.rule import Binary, Either, Expr, Name, Optional, Relation
from checker.core.value import evolve


def lacking(relation: Relation, builder: Builder, idle: Check) -> Check:
    """The check of a house's own sum that lacks a line, made a finding: where the total and at least as many lines are
    printed as are not, one that is nowhere has vanished, or the rule misspells it. One that may be missing has a `?`.

    A warning at most: the rule decided nothing. Where the rule is required, as severe as it says.
    """
    terms = list(_terms(relation.right))
    if relation.comparison != "=" or not isinstance(relation.left, Name) or len(terms) < 2:
        return idle
    if not all(isinstance(term, (Name, Either, Optional)) for term in terms):
        return idle
    lines = [builder.build(term) for term in terms if not isinstance(term, Optional)]
    lost = [line for line in lines if isinstance(line, Absent)]
    if any(line.kind != "missing" for line in lost) or not 0 < 2 * len(lost) <= len(lines):
        return idle
    if isinstance(builder.build(relation.left), Absent):
        return idle
    reason = f"{relation.left.text} is printed, and a line of its sum is not: {idle.reason}"
    if idle.required:
        return evolve(idle, reason=reason)
    return evolve(idle, required=True, severity="note" if idle.severity == "note" else "warning", reason=reason)


def _terms(expr: Expr) -> Iterator[Expr]:
    """What a sum adds and takes off."""
    match expr:
        case Binary(operator="+" | "-"):
            yield from _terms(expr.left)
            yield from _terms(expr.right)
        case _:
            yield expr
