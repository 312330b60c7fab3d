"""A relation as a person would write it, in the names of its rule: what stays of optional terms and of alternatives in one column.

Says what was bound; decides nothing. A relation that reads well as it is written is left alone.
"""

from __future__ import annotations

import re

from checker.algebra.exact import decimal_places
from checker.bind.build import Builder, Built
from checker.bind.expand import expand
from checker.bind.outcome import Absent
from checker.core.rule import Amount, Binary, Call, Either, Expr, Name, Negative, Optional, Prefix, Relation, Shifted

_CHOICE, _SUM, _PRODUCT, _ATOM = range(4)
"""How tightly a part holds together."""
_LISTED = re.compile(r"[=<>≤≥] sum of [-+−–]")
"""A side that is written as a list, a term a line."""
_NOTHING = ("", _ATOM)
"""A part that is not there."""
Part = tuple[str, int]


def worded(relation: Relation, builder: Builder | None = None) -> str:
    """The relation without the terms that are not reported here, and with the alternative that is; where nothing is bound, with all of them and what they are.

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
            return _amount(expr), _ATOM
        case Name():
            return _name(expr), _ATOM
        case Optional():
            return _optional(expr, builder, prefixes)
        case Either():
            return _either(expr, builder, prefixes)
        case Negative():
            operand = _tight(_written(expr.operand, builder, prefixes), _PRODUCT)
            return (f"-{operand}", _SUM) if operand else _NOTHING
        case Shifted():
            operand = _tight(_written(expr.operand, builder, (expr.prefix, *prefixes)), _ATOM)
            return (f"{expr.prefix} {operand}", _ATOM) if operand else _NOTHING
        case Call():
            operands = [_written(operand, builder, prefixes)[0] or "0" for operand in expr.operands]
            return f"{expr.function}({'; '.join(operands)})", _ATOM
        case Binary():
            return _binary(expr, _written(expr.left, builder, prefixes), _written(expr.right, builder, prefixes))


def _optional(expr: Optional, builder: Builder | None, prefixes: tuple[Prefix, ...]) -> Part:
    if builder is None:
        return f"{_tight(_written(expr.operand, builder, prefixes), _ATOM)} (if any)", _ATOM
    return _written(expr.operand, builder, prefixes) if isinstance(_bound(expr.operand, builder, prefixes), Built) else _NOTHING


def _either(expr: Either, builder: Builder | None, prefixes: tuple[Prefix, ...]) -> Part:
    taken = [option for option in expr.options if builder is not None and isinstance(_bound(option, builder, prefixes), Built)]
    if taken:
        return _written(taken[0], builder, prefixes)
    return " or ".join(_tight(_written(option, None, prefixes), _ATOM) for option in expr.options), _CHOICE


def _bound(expr: Expr, builder: Builder, prefixes: tuple[Prefix, ...]) -> Built | Absent:
    return builder.build(expand(expr, builder.scene.book.names), prefixes)


def _binary(expr: Binary, left: Part, right: Part) -> Part:
    if not right[0]:
        return left
    if expr.operator in ("*", "/"):
        return f"{_tight(left, _PRODUCT) or '0'} {expr.operator} {_tight(right, _ATOM)}", _PRODUCT
    operand = _tight(right, _PRODUCT if expr.operator == "-" or right[0].startswith("-") else _SUM)
    if not left[0]:
        return (f"-{operand}", _SUM) if expr.operator == "-" else right
    return f"{_tight(left, _SUM)} {expr.operator} {operand}", _SUM


def _tight(part: Part, least: int) -> str:
    text, tightness = part
    return text if tightness >= least else f"({text})"


def _name(name: Name) -> str:
    said = '"{}"'.format(name.text.replace('"', '""')) if name.quoted else name.text
    return f"{said} [{'; '.join(item.text for item in name.brackets)}]" if name.brackets else said


def _amount(amount: Amount) -> str:
    """As a person writes it; the sign of a currency is gone."""
    places = decimal_places(amount.value) or 0
    whole, rest = divmod(int(amount.value * 10**places), 10**places)
    unit = {"percent": "%", "points": " points", "basis points": " basis points", "units": " units"}.get(amount.unit, "")
    return (f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}") + unit
