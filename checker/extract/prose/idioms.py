"""The idioms of a sentence: which quantities are levels, changes, goals, origins and comparisons.

    change    CHANGE filler* BY? listing      increased by B, or C%
    goal      TO listing                      ... to A
    origin    FROM listing                    ... from D
    against   AGAINST filler* listing         compared with a loss of D
    level     listing                         revenues of A
    listing   amount (ALSO amount)* RESPECTIVELY?
    amount    QUANTITY (OR QUANTITY)* TRAIL?  $4.6 million, or 40.2%;  a 40% increase
    filler    WORDS | PERIOD | COMMA

The tagger looks ahead, so that the kind of a tag tells what follows: one pass folds the tags into parts. A tag that
leads to no amount is a part alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.value import frozen
from checker.extract.prose.quantities import Quantity
from checker.extract.prose.tags import Tag

_LEADS = {"CHANGE": "change", "TO": "goal", "FROM": "origin", "AGAINST": "against"}
"""Tags that lead to amounts, and what they make of them."""
_FILLERS = frozenset({"WORDS", "PERIOD", "COMMA"})
_FILLED = frozenset({"CHANGE", "AGAINST"})
"""Leads with words between them and their amounts."""


@frozen
class Amount:
    """One quantity and its renderings ("$4.6 million, or 40.2%"); `trail` is the direction of the noun behind it ("a
    40% increase")."""

    renderings: tuple[Quantity, ...]
    trail: int = 0


@frozen
class Part:
    """One piece of a sentence: `kind` is change, goal, origin, against, level, words, period, comma, beside, moved,
    closed or stop."""

    kind: str
    tag: Tag
    fillers: tuple[Tag, ...] = ()
    """Words and periods between its first word and its amounts."""
    amounts: tuple[Amount, ...] = ()
    respectively: bool = False


def parts(tags: Sequence[Tag]) -> tuple[Part, ...]:
    """What the tagged sentence is made of."""
    found: list[Part] = []
    at = 0
    while at < len(tags):
        part, at = _part(tags, at)
        found.append(part)
    return tuple(found)


def _part(tags: Sequence[Tag], at: int) -> tuple[Part, int]:
    """The part that begins at `at`, and where the next one does."""
    lead, first = tags[at], at
    if lead.kind in _LEADS:
        first += 1
        while lead.kind in _FILLED and _kind(tags, first) in _FILLERS:
            first += 1
        fillers = tuple(tags[at + 1 : first])
        first += lead.kind == "CHANGE" and _kind(tags, first) == "BY"
        if _kind(tags, first) == "QUANTITY":
            amounts, respectively, behind = _listing(tags, first)
            return Part(_LEADS[lead.kind], lead, fillers, amounts, respectively), behind
    elif lead.kind == "QUANTITY":
        amounts, respectively, behind = _listing(tags, at)
        return Part("level", Tag("LEVEL", lead.start, lead.start, ""), (), amounts, respectively), behind
    return Part(lead.kind.lower(), lead), at + 1


def _listing(tags: Sequence[Tag], at: int) -> tuple[tuple[Amount, ...], bool, int]:
    """The amounts that begin at `at`, whether "respectively" stands behind them, and where they end."""
    amounts: list[Amount] = []
    while True:
        renderings = [tags[at].quantity]
        at += 1
        while _kind(tags, at) == "OR" and _kind(tags, at + 1) == "QUANTITY":
            renderings.append(tags[at + 1].quantity)
            at += 2
        trail = _kind(tags, at) == "TRAIL"
        amounts.append(Amount(tuple(one for one in renderings if one is not None), tags[at].direction if trail else 0))
        at += trail
        if not (_kind(tags, at) == "ALSO" and _kind(tags, at + 1) == "QUANTITY"):
            respectively = _kind(tags, at) == "RESPECTIVELY"
            return tuple(amounts), respectively, at + respectively
        at += 1


def _kind(tags: Sequence[Tag], at: int) -> str:
    return tags[at].kind if at < len(tags) else ""
