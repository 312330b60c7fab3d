"""Numbers of a rule beside the amounts of a page: on one in thousands `Cash >= 600` has two meanings, and `Cash >= $90
million` says nothing of a page in euros. A rule that could mean either, or means another currency, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from checker.bind.build import Use
from checker.core.figure import UNNAMED
from checker.core.rule import (
    Amount,
    Clauses,
    Expr,
    Name,
    Relation,
    added,
    amounts,
)
from checker.lexicon.money import SIGNS

SCALES: Mapping[Decimal, str] = MappingProxyType(
    {Decimal(10) ** 3: "in thousands", Decimal(10) ** 6: "in millions", Decimal(10) ** 9: "in billions"}
)


def bare_number(relation: Relation, uses: Sequence[Use]) -> str | None:
    """Why the relation does not say enough: a bare number is added to or compared with money that the page prints in a
    scale; None where it does."""
    terms = (*added(relation.left), *added(relation.right))
    bare = next(
        (term for term in terms if isinstance(term, Amount) and not term.unit and not term.scaled and term.value), None
    )
    if bare is None:
        return None
    names = {term for term in terms if isinstance(term, Name)}
    scaled = next(
        (
            use.found.figure
            for use in uses
            if use.name in names and use.found.figure.unit.is_money and use.found.figure.scale != 1
        ),
        None,
    )
    if scaled is None:
        return None
    said = (
        f"{bare.value.numerator:,}"
        if bare.value.denominator == 1
        else str(Decimal(bare.value.numerator) / bare.value.denominator)
    )
    printed = SCALES.get(scaled.scale, "in a scale")
    return (
        f"{said} of what? The page prints {scaled.caption} {printed}: write `{said} as printed`, or the amount "
        f"with its currency"
    )


def other_currency(exprs: Iterable[Expr], uses: Sequence[Use]) -> str | None:
    """Why amounts of a rule say nothing of these figures: they are of another currency; None where they are of the same
    one, or the page names none. A sign is every currency that it may stand for."""
    printed = {
        use.found.figure.unit.name: use.found.figure
        for use in uses
        if use.found.figure.unit.measure in ("currency", "per share") and UNNAMED not in use.found.figure.why
    }
    for amount in (one for expr in exprs for one in amounts(expr) if one.currency):
        meant = SIGNS.get(amount.currency.lower(), ())
        other = next((code for code in printed if code and code not in meant), None)
        if meant and other is not None:
            return f"the rule speaks of {amount.currency}, and the page prints {printed[other].caption} in {other}"
    return None


def limits(clauses: Clauses) -> tuple[Expr, ...]:
    """The amounts that a rule's clauses hold its differences against."""
    allowed = clauses.tolerance.amount if clauses.tolerance is not None else None
    return (*((allowed,) if allowed is not None else ()), *(step.above for step in clauses.steps))
