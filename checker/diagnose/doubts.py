"""Rules that may be wrong themselves: an auditor's relation is broken, and everything else that is known of its figures
holds."""

from __future__ import annotations

from collections.abc import Iterator

from checker.diagnose.relations import Net, Relation

DOUBT = "every figure of it stands in other relations that hold, so that the rule may be what is wrong"


def doubtful(net: Net) -> Iterator[Relation]:
    """The broken relations of an auditor's rules that accuse no figure: each of theirs stands in another relation that
    holds, and in none that is broken."""
    for relation in net.broken:
        check = relation.finding.check
        if (
            check.basis == "written"
            and check.house
            and all(_cleared(key, relation, net) for key in relation.coefficients)
        ):
            yield relation


def _cleared(key: str, own: Relation, net: Net) -> bool:
    others = [other for other in net.touching(key) if other.finding is not own.finding]
    return bool(others) and not any(other.broken for other in others)
