"""Growth that a document measures on another basis than the amounts of its tables, though it says so in one place
only: "up 21% at constant currency" in its highlights, and "sales increased 21%" where the table comes to 16."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.bind.claims.links import Link
from checker.bind.claims.names import key
from checker.core.claim import Claim
from checker.lexicon import bases


def rebased(claims: Sequence[Claim], off: Iterable[Link]) -> frozenset[str]:
    """The rates of growth that disagree, by their figures, where one of them is told elsewhere of the same line on
    another basis: then what the document calls growth is measured so."""
    rates = [one.claim for one in off if one.claim.role == "relative change" and one.basis == "words"]
    told = [
        claim
        for claim in claims
        if claim.role == "relative change" and (claim.otherwise or bases.otherwise(claim.sentence))
    ]
    if not any(_same(claim, other) for claim in rates for other in told):
        return frozenset()
    return frozenset(claim.figure.id for claim in rates)


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two claims say the same rate, the same way, of lines that share a word."""
    return (
        claim is not other
        and claim.figure.value == other.figure.value
        and claim.direction == other.direction
        and bool(set(key(claim.figure.caption)) & set(key(other.figure.caption)))
    )
