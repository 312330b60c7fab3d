"""Relations with their definitions written out, and the names that stand in them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.index import Names
from checker.bind.narrow import narrowing
from checker.core.caption import normal
from checker.core.rule import Binary, Call, Either, Expr, Item, Name, Negative, Optional, Prefix, Relation, Shifted
from checker.core.value import evolve, frozen

_SHARES = ("percent", "ratio", "times")
_DEPTH = 24
"""Definitions inside definitions: far more than anyone writes."""


@frozen
class Mention:
    """One name of a relation: the prefixes around it (innermost first), and whether the relation can do without it."""

    name: Name
    prefixes: tuple[Prefix, ...] = ()
    optional: bool = False


def expand(expr: Expr, names: Names, kept: frozenset[str] = frozenset(), depth: int = 0) -> Expr:
    """`expr` with every defined name replaced by its expression, brackets carried to each name inside; those `kept` are
    lines.

    `[as printed]` keeps a name: the printed figure is meant. Cycles were refused when the rulebook was made; the depth
    is a guard.
    """
    match expr:
        case Name() if depth < _DEPTH:
            return expr if expr.text in kept else _written_out(expr, names, depth)
        case Call():
            return evolve(expr, operands=tuple(expand(operand, names, kept, depth) for operand in expr.operands))
        case Either():
            return evolve(expr, options=tuple(expand(option, names, kept, depth) for option in expr.options))
        case Shifted() | Optional() | Negative():
            return evolve(expr, operand=expand(expr.operand, names, kept, depth))
        case Binary():
            left, right = (expand(side, names, kept, depth) for side in (expr.left, expr.right))
            return evolve(expr, left=left, right=right)
        case _:
            return expr


def amounts_meant(relation: Relation, names: Names) -> frozenset[str]:
    """Names of a sum of money that are a shipped share of a whole and a line too: `Gross margin` beside `Operating
    expenses` is an amount."""
    terms = [*_terms(relation.left), *_terms(relation.right)]
    shared = frozenset(term.text for term in terms if _is_a_share(term, names) and _is_money(term, names))
    sums = any(_is_money(term, names) and names.definition(term.text) is None for term in terms)
    return shared if sums else frozenset()


def printed_left(relation: Relation, names: Names) -> Relation:
    """A house's equality whose left side is nothing but a name that the library defines, with the printed figure there:
    whoever writes how free cash flow comes about means the line, not the definition of somebody else."""
    left = relation.left
    if relation.comparison != "=" or not isinstance(left, Name) or left.quoted:
        return relation
    used = names.definition(left.text)
    if used is None or used[1] or not used[0].shipped or narrowing(left.brackets).as_printed:
        return relation
    return evolve(relation, left=evolve(left, brackets=(*left.brackets, Item("as printed"))))


def _terms(expr: Expr) -> Iterator[Name]:
    """The names that a sum adds up or takes off, alone."""
    match expr:
        case Name():
            yield expr
        case Binary(operator="+" | "-", left=left, right=right):
            yield from _terms(left)
            yield from _terms(right)
        case Negative() | Optional() | Shifted():
            yield from _terms(expr.operand)
        case Either():
            for option in expr.options:
                yield from _terms(option)
        case _:
            return


def _is_a_share(name: Name, names: Names) -> bool:
    found = names.definition(name.text)
    return found is not None and found[0].shipped and found[0].printed_as in _SHARES


def _is_money(name: Name, names: Names) -> bool:
    return any(concept.measure == "currency" for concept in names.concepts.get(normal(name.text), ()))


def _written_out(name: Name, names: Names, depth: int) -> Expr:
    if name.quoted or narrowing(name.brackets).as_printed:
        return name
    used = names.definition(name.text)
    if used is None:
        return name
    definition, argument = used
    inner = (
        _replace(definition.expression, definition.parameter, Name(argument), name.brackets)
        if argument
        else _bracket(definition.expression, name.brackets)
    )
    return expand(inner, names, depth=depth + 1)


def _replace(expr: Expr, parameter: str, argument: Name, brackets: tuple[Item, ...]) -> Expr:
    match expr:
        case Name(text=text) if text == parameter:
            return evolve(argument, brackets=argument.brackets + expr.brackets + brackets)
        case Name():
            return evolve(expr, text=_argument(expr.text, parameter, argument.text), brackets=expr.brackets + brackets)
        case Call():
            return evolve(
                expr, operands=tuple(_replace(operand, parameter, argument, brackets) for operand in expr.operands)
            )
        case Either():
            return evolve(
                expr, options=tuple(_replace(option, parameter, argument, brackets) for option in expr.options)
            )
        case Shifted() | Optional() | Negative():
            return evolve(expr, operand=_replace(expr.operand, parameter, argument, brackets))
        case Binary():
            return evolve(
                expr,
                left=_replace(expr.left, parameter, argument, brackets),
                right=_replace(expr.right, parameter, argument, brackets),
            )
        case _:
            return expr


def _argument(text: str, parameter: str, argument: str) -> str:
    """A definition that hands its parameter on: `Average of X` inside `Turnover of X`."""
    return text[: -len(parameter)] + argument if text.endswith(f" {parameter}") else text


def _bracket(expr: Expr, brackets: tuple[Item, ...]) -> Expr:
    return _replace(expr, "", Name(""), brackets) if brackets else expr


def mentions(expr: Expr, prefixes: tuple[Prefix, ...] = (), spared: bool = False) -> Iterator[Mention]:
    """Every name of an expression with what stands around it."""
    match expr:
        case Name():
            yield Mention(expr, prefixes, spared)
        case Call():
            for operand in expr.operands:
                yield from mentions(operand, prefixes, spared)
        case Either():
            for option in expr.options:
                yield from mentions(option, prefixes, True)
        case Shifted():
            yield from mentions(expr.operand, (expr.prefix, *prefixes), spared)
        case Optional():
            yield from mentions(expr.operand, prefixes, True)
        case Negative():
            yield from mentions(expr.operand, prefixes, spared)
        case Binary():
            yield from mentions(expr.left, prefixes, spared)
            yield from mentions(expr.right, prefixes, spared)
        case _:
            return
