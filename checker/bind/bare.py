"""Numbers without a unit beside amounts of money: on a page in thousands `Cash >= 600` has two meanings, and a rule
that could mean either decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from checker.bind.build import Use
from checker.core.rule import Amount, Name, Relation, added

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
