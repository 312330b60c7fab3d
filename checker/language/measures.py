"""What unit and what kind of period an expression has, as far as the declared concepts say. Unknown is unknown: nothing
is guessed from words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.core.caption import normal
from checker.core.rule import (
    Amount,
    Binary,
    Call,
    Concept,
    Either,
    Expr,
    Name,
    Negative,
    Optional,
    Relation,
    Shifted,
    Span,
)
from checker.language.walk import Node, nodes

Concepts = Mapping[str, Concept]

_SHARE = "share of a whole"
_KINDS = {"percent": _SHARE, "ratio": _SHARE, "points": _SHARE, "basis points": _SHARE}
_PRODUCTS = {
    ("currency", "/", "shares"): "per share",
    ("currency", "/", "per share"): "shares",
    ("per share", "*", "shares"): "currency",
    ("shares", "*", "per share"): "currency",
}


def units(root: Node, concepts: Concepts) -> Iterator[tuple[Span, str, str]]:
    """Where two amounts of different known units are added or compared."""
    for node, _ in nodes([root]):
        if isinstance(node, Relation) or (isinstance(node, Binary) and node.operator in "+-"):
            left, right = unit(node.left, concepts), unit(node.right, concepts)
            if left and right and left != right and "number" not in (left, right):
                yield node.right.span, left, right


def unit(expr: Expr, concepts: Concepts) -> str | None:
    """The unit of an expression; None where a name is not known, or where it is a bare number, which goes with
    anything."""
    match expr:
        case Name():
            concept = None if expr.quoted else concepts.get(normal(expr.text))
            return _KINDS.get(concept.measure or "", concept.measure) if concept else None
        case Amount():
            return _KINDS.get(expr.unit, "currency" if expr.unit == "currency" else None)
        case Shifted() | Optional() | Negative():
            return unit(expr.operand, concepts)
        case Call():
            return _common([unit(operand, concepts) for operand in expr.operands])
        case Either():
            return _common([unit(option, concepts) for option in expr.options])
        case Binary(operator="+" | "-"):
            return _common([unit(expr.left, concepts), unit(expr.right, concepts)])
        case Binary():
            return _product(unit(expr.left, concepts), expr.operator, unit(expr.right, concepts))


def _common(found: list[str | None]) -> str | None:
    known = {one for one in found if one}
    return known.pop() if len(known) == 1 else None


def _product(left: str | None, operator: str, right: str | None) -> str | None:
    if left is None or right is None:
        return None
    if operator == "/" and left == right:
        return _SHARE
    if operator == "*" and _SHARE in (left, right):
        return right if left == _SHARE else left
    return _PRODUCTS.get((left, operator, right))


def timings(relation: Relation, concepts: Concepts) -> tuple[Name, Name] | None:
    """The one balance and a flow of an equality that has nothing but known flows beside that balance, all of them
    without a shift."""
    if relation.comparison != "=":
        return None
    terms = list(_terms(relation))
    found = [(term, _timing(term, concepts)) for term in terms if isinstance(term, Name)]
    if len(found) != len(terms) or any(timing is None for _, timing in found):
        return None
    balances = [name for name, timing in found if timing == "instant"]
    flows = [name for name, timing in found if timing == "duration"]
    return (balances[0], flows[0]) if len(balances) == 1 and flows else None


def _timing(name: Name, concepts: Concepts) -> str | None:
    concept = None if name.quoted else concepts.get(normal(name.text))
    return concept.timing if concept else None


def _terms(relation: Relation) -> Iterator[Expr]:
    """What is added up on the two sides."""
    stack: list[Expr] = [relation.left, relation.right]
    while stack:
        match stack.pop():
            case Binary(operator="+" | "-") as sum_:
                stack += (sum_.left, sum_.right)
            case (Negative() | Optional()) as around:
                stack.append(around.operand)
            case term:
                yield term
