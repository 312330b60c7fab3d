"""A relation as a person would write it, in the names of its rule: what stays of optional terms and of alternatives in
one column.

Says what was bound; decides nothing. A relation that reads well as it is written is left alone.
"""

from __future__ import annotations

import re

from checker.algebra.notation import ATOM, CHOICE, Part, bracketed, call, grouped, joined, product
from checker.bind.build import Builder, Built
from checker.bind.expand import expand
from checker.bind.outcome import Absent
from checker.core.rule import Amount, Binary, Call, Either, Expr, Name, Negative, Optional, Prefix, Relation, Shifted

_LISTED = re.compile(r"[=<>≤≥] sum of [-+−–]")
"""A side that is written as a list, a term a line."""
_SIGNS = {"percent": "%", "points": " points", "basis points": " basis points", "units": " units"}
"""What a rule writes behind an amount."""
_NOTHING = ("", ATOM)
"""A part that is not there."""
_ZERO = ("0", ATOM)
"""What stands where it cannot be left out."""


def worded(relation: Relation, builder: Builder | None = None) -> str:
    """The relation without the terms that are not reported here, and with the alternative that is; where nothing is
    bound, with all of them and what they are.

    Empty where it reads well as written.
    """
    if not _LISTED.search(relation.text) and not any(_leaves_open(side) for side in (relation.left, relation.right)):
        return ""
    left, right = (_written(side, builder, ())[0] or "0" for side in (relation.left, relation.right))
    return f"{left} {relation.comparison} {right}"


def _leaves_open(expr: Expr) -> bool:
    match expr:
        case Optional() | Either():
            return True
        case Call():
            return any(map(_leaves_open, expr.operands))
        case Shifted() | Negative():
            return _leaves_open(expr.operand)
        case Binary():
            return _leaves_open(expr.left) or _leaves_open(expr.right)
        case _:
            return False


def _written(expr: Expr, builder: Builder | None, prefixes: tuple[Prefix, ...]) -> Part:
    """An expression in words and how tightly it holds together; nothing where it is optional and not reported."""
    match expr:
        case Amount():
            return _amount(expr), ATOM
        case Name():
            return _name(expr), ATOM
        case Optional():
            return _optional(expr, builder, prefixes)
        case Either():
            return _either(expr, builder, prefixes)
        case Negative():
            operand = _written(expr.operand, builder, prefixes)
            return joined([("-", operand)]) if operand[0] else _NOTHING
        case Shifted():
            operand = _written(expr.operand, builder, (expr.prefix, *prefixes))
            return (f"{expr.prefix} {bracketed(operand, ATOM)}", ATOM) if operand[0] else _NOTHING
        case Call():
            operands = [_written(operand, builder, prefixes) for operand in expr.operands]
            return call(expr.function, [operand if operand[0] else _ZERO for operand in operands])
        case Binary():
            return _binary(expr, _written(expr.left, builder, prefixes), _written(expr.right, builder, prefixes))


def _optional(expr: Optional, builder: Builder | None, prefixes: tuple[Prefix, ...]) -> Part:
    if builder is None:
        return f"{bracketed(_written(expr.operand, builder, prefixes), ATOM)} (if any)", ATOM
    return (
        _written(expr.operand, builder, prefixes)
        if isinstance(_bound(expr.operand, builder, prefixes), Built)
        else _NOTHING
    )


def _either(expr: Either, builder: Builder | None, prefixes: tuple[Prefix, ...]) -> Part:
    taken = [
        option
        for option in expr.options
        if builder is not None and isinstance(_bound(option, builder, prefixes), Built)
    ]
    if taken:
        return _written(taken[0], builder, prefixes)
    return " or ".join(bracketed(_written(option, None, prefixes), ATOM) for option in expr.options), CHOICE


def _bound(expr: Expr, builder: Builder, prefixes: tuple[Prefix, ...]) -> Built | Absent:
    for prefix in prefixes:
        expr = Shifted(prefix, expr)
    return builder.build(expand(expr, builder.scene.book.names), ())


def _binary(expr: Binary, left: Part, right: Part) -> Part:
    if not right[0]:
        return left
    if expr.operator in ("*", "/"):
        return product(expr.operator, left if left[0] else _ZERO, right)
    return joined([*([("+", left)] if left[0] else []), (expr.operator, right)])


def _name(name: Name) -> str:
    said = '"{}"'.format(name.text.replace('"', '""')) if name.quoted else name.text
    return f"{said} [{'; '.join(item.text for item in name.brackets)}]" if name.brackets else said


def _amount(amount: Amount) -> str:
    """As a person writes it; the sign of a currency is gone."""
    return grouped(amount.value) + _SIGNS.get(amount.unit, "")
