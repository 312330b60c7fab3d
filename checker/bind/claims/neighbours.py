"""Where words can be relied on: claims among which the others between the same headings rightly mean the lines that
they name.

A text that speaks of a part of the company, of another basis or another time misses its lines again and again; where
its neighbours hit theirs, a claim that misses is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.bind.claims.links import Link
from checker.bind.claims.places import Places
from checker.judge.table import CLAIM_DEPENDABLE, CLAIM_NEAR, CLAIM_NEAR_SHARE


def firm(links: Sequence[Link], where: Places) -> frozenset[str]:
    """The claims that disagree, by their figures, and stand among others that agree; of changes, those in a text whose
    changes agree."""
    named = [one for one in links if one.basis == "words" and one.target.exact]
    near = Counter((where.section(one.claim), one.off) for one in named)
    alike = Counter((_kind(one), one.off) for one in named)
    return frozenset(
        one.claim.figure.id
        for one in named
        if one.off
        and not where.of_part(one.claim)
        and near[where.section(one.claim), False]
        >= max(CLAIM_NEAR, CLAIM_NEAR_SHARE * (near[where.section(one.claim), True] - 1))
        and (
            one.claim.role in ("level", "prior")
            or alike[_kind(one), False] >= CLAIM_DEPENDABLE * (alike[_kind(one), True] - 1)
        )
    )


def astray(links: Sequence[Link], where: Places) -> frozenset[str]:
    """The claims that disagree where at least as many others between the same headings miss their lines as hit
    them."""
    named = [one for one in links if one.basis == "words" and one.target.exact]
    near = Counter((where.section(one.claim), one.off) for one in named)
    return frozenset(
        one.claim.figure.id
        for one in named
        if one.off and 1 < near[where.section(one.claim), True] > near[where.section(one.claim), False]
    )


def _kind(one: Link) -> tuple[bool, bool]:
    """Whether a claim is a change, and whether it says since when."""
    change = one.claim.role in ("change", "relative change")
    return change, change and one.claim.base is not None
