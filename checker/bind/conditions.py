"""What a rule's clauses ask of a place: `when`, judged on the figures as printed (what rests on an unknown figure is
unknown), periods, steps of severity."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from checker.bind.bare import other_currency
from checker.bind.build import Builder
from checker.bind.expand import expand
from checker.bind.outcome import Absent
from checker.core.check import Threshold
from checker.core.rule import COMPARED, All, Any, Clauses, Condition, Expr, Not, Relation, Test
from checker.judge.trial import printed

_SIGN: dict[str, Callable[[Fraction], bool]] = {
    "positive": lambda value: value > 0,
    "negative": lambda value: value < 0,
    "zero": lambda value: value == 0,
}


def unasked(clauses: Clauses, builder: Builder) -> str | None:
    """Why the rule itself does not ask for this column: it is not in force, or its condition does not hold; None where
    it does ask."""
    period = builder.scene.period
    end = period.end if period else None
    if clauses.effective_from and (end is None or end < clauses.effective_from):
        return f"in force from {clauses.effective_from.isoformat()}"
    if clauses.effective_to and (end is None or end > clauses.effective_to):
        return f"in force to {clauses.effective_to.isoformat()}"
    if clauses.when is None:
        return None
    return "its condition does not hold" if holds(clauses.when, builder) is False else None


def undecided(clauses: Clauses, builder: Builder) -> str | None:
    """Why it is not known whether the rule's condition holds; None where it is."""
    if clauses.when is None or holds(clauses.when, builder) is not None:
        return None
    return f"whether its condition holds is not known: {doubt(clauses.when, builder)}"


def thresholds(clauses: Clauses, builder: Builder) -> tuple[Threshold, ...]:
    """From which differences on a finding has another severity; steps whose amount is not known are left out."""
    found = []
    for step in clauses.steps:
        above = amount(expand(step.above, builder.scene.book.names), builder)
        if above is not None:
            found.append(Threshold(step.severity, above))
    return tuple(found)


def holds(condition: Condition, builder: Builder) -> bool | None:
    """Whether the condition holds in the builder's scene; None where that is unknown."""
    match condition:
        case Relation():
            if _other_currency(condition, builder) is not None:
                return None
            left, right = amount(condition.left, builder), amount(condition.right, builder)
            return None if left is None or right is None else bool(COMPARED[condition.comparison](left, right))
        case Test():
            return _test(condition, builder)
        case Not():
            inner = holds(condition.operand, builder)
            return None if inner is None else not inner
        case All():
            parts = [holds(operand, builder) for operand in condition.operands]
            return False if False in parts else None if None in parts else True
        case Any():
            parts = [holds(operand, builder) for operand in condition.operands]
            return True if True in parts else None if None in parts else False


def _other_currency(condition: Relation, builder: Builder) -> str | None:
    sides = builder.build(condition.left), builder.build(condition.right)
    uses = [use for side in sides if not isinstance(side, Absent) for use in side.uses]
    return other_currency((condition.left, condition.right), uses)


def _test(test: Test, builder: Builder) -> bool | None:
    built = builder.build(test.operand)
    if test.word in ("reported", "missing"):
        if isinstance(built, Absent) and built.kind == "ambiguous":
            return (test.word == "reported") != test.negated
        return (isinstance(built, Absent) == (test.word == "missing")) != test.negated
    value = amount(test.operand, builder)
    return None if value is None else _SIGN[test.word](value) != test.negated


def doubt(condition: Condition, builder: Builder) -> str:
    """The first reason why a condition is neither true nor false."""
    match condition:
        case Not():
            return doubt(condition.operand, builder)
        case All() | Any():
            return next(
                (doubt(operand, builder) for operand in condition.operands if holds(operand, builder) is None), ""
            )
        case Relation():
            if (other := _other_currency(condition, builder)) is not None:
                return other
            sides = builder.build(condition.left), builder.build(condition.right)
        case Test():
            sides = (builder.build(condition.operand),) * 2
    return next((side.reason for side in sides if isinstance(side, Absent)), "it divides by zero")


def amount(expr: Expr, builder: Builder) -> Fraction | None:
    """What an expression comes to as printed; None where a figure is missing or a divisor is zero."""
    built = builder.build(expr)
    return None if isinstance(built, Absent) else printed(built.expression, builder.scene.book.lines.values)
