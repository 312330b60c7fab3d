"""Conditions of `when`, judged on the figures as printed. What rests on an unknown figure is unknown."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from checker.bind.build import Builder
from checker.bind.outcome import Absent
from checker.bind.trial import printed
from checker.core.rule import All, Any, Condition, Expr, Not, Relation, Test

_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda one, two: one == two,
    "!=": lambda one, two: one != two,
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    ">=": lambda one, two: one >= two,
}
_SIGN: dict[str, Callable[[Fraction], bool]] = {"positive": lambda value: value > 0, "negative": lambda value: value < 0, "zero": lambda value: value == 0}


def holds(condition: Condition, builder: Builder) -> bool | None:
    """Whether the condition holds in the builder's scene; None where that is unknown."""
    match condition:
        case Relation():
            left, right = amount(condition.left, builder), amount(condition.right, builder)
            return None if left is None or right is None else _COMPARE[condition.comparison](left, right)
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
            return next((doubt(operand, builder) for operand in condition.operands if holds(operand, builder) is None), "")
        case Relation():
            sides = builder.build(condition.left), builder.build(condition.right)
        case Test():
            sides = (builder.build(condition.operand),) * 2
    return next((side.reason for side in sides if isinstance(side, Absent)), "it divides by zero")


def amount(expr: Expr, builder: Builder) -> Fraction | None:
    """What an expression comes to as printed; None where a figure is missing or a divisor is zero."""
    built = builder.build(expr)
    return None if isinstance(built, Absent) else printed(built.expression, builder.scene.book.lines.values)
