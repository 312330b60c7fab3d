"""Whether the condition of a rule holds, for whole columns: true, false, or not known where it rests on what is not
reported."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from attrs import frozen

from checker.algebra import exact
from checker.bind.outcome import Absent
from checker.bulk.facts.single import Row, build
from checker.bulk.facts.table import Block, Flags, Ints
from checker.core.rule import COMPARED, All, Amount, Any, Condition, Either, Expr, Name, Not, Relation, Shifted, Test
from checker.judge.trial import printed


@frozen(eq=False)
class Known:
    """Where a condition is true, and where it is not known."""

    true: Flags
    unknown: Flags


def holds(condition: Condition, block: Block, asked: Flags) -> Flags:
    """The rows, of those asked, in which the condition is known to hold."""
    return _known(condition, block, asked).true


def _known(condition: Condition, block: Block, asked: Flags) -> Known:
    match condition:
        case Test():
            return _test(condition, block, asked)
        case Relation():
            return _relation(condition, block, asked)
        case Not():
            inner = _known(condition.operand, block, asked)
            return Known(~inner.true & ~inner.unknown, inner.unknown)
        case All():
            parts = [_known(operand, block, asked) for operand in condition.operands]
            false = np.logical_or.reduce([~part.true & ~part.unknown for part in parts])
            unknown = ~false & np.logical_or.reduce([part.unknown for part in parts])
            return Known(~false & ~unknown, unknown)
        case Any():
            parts = [_known(operand, block, asked) for operand in condition.operands]
            true = np.logical_or.reduce([part.true for part in parts])
            return Known(true, ~true & np.logical_or.reduce([part.unknown for part in parts]))


def _test(test: Test, block: Block, asked: Flags) -> Known:
    nothing = np.zeros(block.rows, np.bool_)
    slots = _first_of(test.operand, block)
    if slots is None:
        return _one_by_one(test, block, asked)
    found, doubtful = nothing.copy(), nothing.copy()
    sign = np.zeros(block.rows, np.int64)
    for slot in slots:
        doubtful |= block.ambiguous(slot) & ~found
        fresh = block.present(slot) & ~found & ~doubtful
        sign[fresh] = _signs(block, slot)[fresh]
        found |= fresh
    if test.word in ("reported", "missing"):
        said = (found | doubtful) if test.word == "reported" else ~(found | doubtful)
        return Known(said ^ test.negated, nothing)
    said = {"positive": sign > 0, "negative": sign < 0, "zero": sign == 0}[test.word]
    return Known(found & (said ^ test.negated), ~found)


def _signs(block: Block, slot: int) -> Ints:
    """The sign of each amount; those that do not fit their column are asked themselves."""
    signs: Ints = np.sign(block.value(slot))
    for number in np.nonzero(block.large(slot))[0]:
        amount = block.facts.large[int(block.fact[slot, number])][0]
        signs[number] = (amount > 0) - (amount < 0)
    return signs


def _first_of(expr: Expr, block: Block) -> tuple[int, ...] | None:
    """The slots of which an expression is the first that is reported; None where it is anything else."""
    match expr:
        case Name():
            return (block.compiled.slot(expr, ()),)
        case Shifted(prefix, Name() as name):
            return (block.compiled.slot(name, (prefix,)),)
        case Either():
            inner = [_first_of(option, block) for option in expr.options]
            return None if None in inner else tuple(slot for one in inner if one is not None for slot in one)
        case _:
            return None


def _relation(relation: Relation, block: Block, asked: Flags) -> Known:
    """A comparison of amounts, or of an amount and zero, is made in columns; any other one by one, in rows that are
    asked."""
    sides = [_column(side, block) for side in (relation.left, relation.right)]
    if sides[0] is None or sides[1] is None or len({side[2] for side in sides if side is not None} - {None}) > 1:
        return _one_by_one(relation, block, asked)
    known = sides[0][1] & sides[1][1]
    return Known(known & COMPARED[relation.comparison](sides[0][0], sides[1][0]), ~known)


def _column(expr: Expr, block: Block) -> tuple[Ints, Flags, int | None] | None:
    """Amounts, where they are known, and their scale; None where an expression is more, or an amount does not fit its
    column."""
    if isinstance(expr, Amount):
        return None if expr.value else (np.zeros(block.rows, np.int64), np.ones(block.rows, np.bool_), None)
    slots = _first_of(expr, block)
    if (
        slots is None
        or any(block.large(slot).any() for slot in slots)
        or len({block.decimals(slot) for slot in slots}) > 1
    ):
        return None
    value, found, doubtful = (
        np.zeros(block.rows, np.int64),
        np.zeros(block.rows, np.bool_),
        np.zeros(block.rows, np.bool_),
    )
    for slot in slots:
        doubtful |= block.ambiguous(slot) & ~found
        fresh = block.present(slot) & ~found & ~doubtful
        value = np.where(fresh, block.value(slot), value)
        found |= fresh
    return value, found, block.decimals(slots[0])


def _one_by_one(condition: Relation | Test, block: Block, asked: Flags) -> Known:
    true, unknown = np.zeros(block.rows, np.bool_), np.zeros(block.rows, np.bool_)
    for number in np.nonzero(asked)[0]:
        found = _holds_in(condition, Row(block, int(number)))
        true[number], unknown[number] = found is True, found is None
    return Known(true, unknown)


def _holds_in(condition: Relation | Test, row: Row) -> bool | None:
    if isinstance(condition, Test):
        built = build(condition.operand, row)
        if condition.word in ("reported", "missing"):
            absent = isinstance(built, Absent) and built.kind != "ambiguous"
            return (absent == (condition.word == "missing")) != condition.negated
        value = _amount(condition.operand, row)
        return (
            None
            if value is None
            else bool(
                {"positive": value > 0, "negative": value < 0, "zero": value == 0}[condition.word] != condition.negated
            )
        )
    left, right = _amount(condition.left, row), _amount(condition.right, row)
    return None if left is None or right is None else bool(COMPARED[condition.comparison](left, right))


def _amount(expr: Expr, row: Row) -> Fraction | None:
    built = build(expr, row)
    if isinstance(built, Absent):
        return None
    return printed(
        built, {figure.id: exact(figure.value) for figure in row.figures.values() if figure.value is not None}
    )
