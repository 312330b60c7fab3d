"""Lints for rules that can say nothing: what always holds, what never can, what stands there twice, and bounds that
leave nothing between them.

Decided over linear forms of names, in exact numbers; two names are one only where they are written alike. What is no
linear form is compared as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.core.caption import normal
from checker.core.rule import (
    COMPARED,
    Amount,
    Binary,
    Clauses,
    Comparison,
    Expr,
    Item,
    Name,
    Negative,
    Relation,
    Rule,
    RuleFile,
    Shifted,
    amounts,
)
from checker.core.value import frozen
from checker.language.fault import Fault
from checker.language.vocabulary import Vocabulary

_TURNED: Mapping[Comparison, Comparison] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DEEPEST = 100
"""Levels of an expression that are looked into."""


@frozen
class _Form:
    """One side less the other: coefficients of what is named, the first of them 1, against an amount, and the
    currencies that it is written in: what is said of dollars says nothing of euros."""

    terms: tuple[tuple[str, Fraction], ...]
    comparison: Comparison
    amount: Fraction
    currencies: frozenset[str] = frozenset()


def empty(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Relations that hold whatever a page prints, and those that hold of none."""
    for _, relation in _relations(file):
        difference = _difference(relation)
        if difference is None or difference[0]:
            continue
        holds = bool(COMPARED[relation.comparison](0, -difference[1]))
        said = "holds whatever the page prints" if holds else "can hold of no page"
        yield Fault(
            "E226",
            relation.span,
            f"the relation {said}: its two sides name the same",
            "compare two things that can differ",
            "warning",
        )


def repeated(file: RuleFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """One relation in two rules of a file, turned round too, and bounds of one expression that leave nothing between
    them."""
    first: dict[tuple[_Form, Clauses], Relation] = {}
    bounds: dict[
        tuple[tuple[tuple[str, Fraction], ...], frozenset[str], Clauses], dict[bool, tuple[Fraction, Relation]]
    ] = {}
    for rule, relation in _relations(file):
        form = _form(relation)
        if form is None:
            continue
        where = Clauses(
            when=rule.clauses.when,
            within=rule.clauses.within,
            effective_from=rule.clauses.effective_from,
            effective_to=rule.clauses.effective_to,
        )
        same = first.setdefault((form, where), relation)
        if same is not relation:
            yield Fault(
                "E227", relation.span, f"the same stands in `{same.text}` already", "keep one of the two", "warning"
            )
        elif form.comparison not in ("=", "!="):
            known = bounds.setdefault((form.terms, form.currencies, where), {})
            upper = form.comparison in ("<", "<=")
            other = known.get(not upper)
            if other is not None and (form.amount < other[0] if upper else form.amount > other[0]):
                yield Fault(
                    "E228",
                    relation.span,
                    f"no page can keep this and `{other[1].text}`",
                    "one of the two bounds the wrong way",
                    "warning",
                )
            known.setdefault(upper, (form.amount, relation))


def _relations(file: RuleFile) -> Iterator[tuple[Rule, Relation]]:
    for declaration in file.declarations:
        if isinstance(declaration, Rule):
            yield from ((declaration, relation) for relation in declaration.relations if isinstance(relation, Relation))


def _form(relation: Relation) -> _Form | None:
    difference = _difference(relation)
    if difference is None or not difference[0]:
        return None
    terms, amount = difference
    (_, lead), *_ = ordered = sorted(terms.items())
    spoken = frozenset(
        one.currency for side in (relation.left, relation.right) for one in amounts(side) if one.currency
    )
    comparison = relation.comparison if lead > 0 else _TURNED[relation.comparison]
    return _Form(tuple((key, coefficient / lead) for key, coefficient in ordered), comparison, -amount / lead, spoken)


def _difference(relation: Relation) -> tuple[dict[str, Fraction], Fraction] | None:
    terms: dict[str, Fraction] = {}
    amount = Fraction(0)
    for side, sign in ((relation.left, 1), (relation.right, -1)):
        for key, coefficient in _linear(side, Fraction(sign), 0):
            if key is None:
                return None
            if key == "":
                amount += coefficient
            else:
                terms[key] = terms.get(key, Fraction(0)) + coefficient
    return {key: coefficient for key, coefficient in terms.items() if coefficient}, amount


def _linear(expr: Expr, factor: Fraction, level: int) -> Iterator[tuple[str | None, Fraction]]:
    """The terms of an expression: a key (empty for a number, None where there is none to compare by) and its
    coefficient."""
    if level > _DEEPEST:
        yield None, factor
        return
    match expr:
        case Amount():
            yield "", factor * expr.value / _PARTS.get(expr.unit, 1)
        case Negative():
            yield from _linear(expr.operand, -factor, level + 1)
        case Binary(operator="+" | "-"):
            yield from _linear(expr.left, factor, level + 1)
            yield from _linear(expr.right, factor if expr.operator == "+" else -factor, level + 1)
        case (
            Binary(operator="*", left=Amount() as amount, right=other)
            | Binary(operator="*", left=other, right=Amount() as amount)
        ):
            yield from _linear(other, factor * amount.value / _PARTS.get(amount.unit, 1), level + 1)
        case _:
            yield _key(expr), factor


_PARTS: Mapping[str, int] = {"percent": 100, "points": 100, "basis points": 10_000}


def _key(expr: Expr) -> str | None:
    """What a term is called, the same for terms that are written alike; None for one that is written in another way
    than names and quotients."""
    match expr:
        case Name():
            inside = ";".join(sorted(_item(item) for item in expr.brackets))
            return f'"{expr.text}"[{inside}]' if expr.quoted else f"{normal(expr.text)}[{inside}]"
        case Shifted():
            inner = _key(expr.operand)
            return None if inner is None else f"{expr.prefix} {inner}"
        case Binary(operator="/"):
            left, right = _key(expr.left), _key(expr.right)
            return None if left is None or right is None else f"({left})/({right})"
        case _:
            return None


def _item(item: Item) -> str:
    return f'"{item.text}"' if item.quoted else normal(item.text)
