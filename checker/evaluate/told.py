"""What became of the amounts of sentences: tied to tables, held against each other, or tied to nothing, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.core.claim import Claim
from checker.core.finding import Finding
from checker.core.report import Told

DATELESS, NAMELESS, RANGED, OTHERWISE, UNFOUND = (
    "of the future, or of no period",
    "without a measure",
    "at an end of a range",
    "on another basis",
    "of what no table shows",
)
"""Why an amount is tied to nothing; the first that holds is told."""


def told(claims: Sequence[Claim], findings: Sequence[Finding]) -> Told:
    """The counts over the amounts that sentences state."""
    tied: set[str] = set()
    together: set[str] = set()
    for one in findings:
        if one.verdict != "not applicable":
            stated = {figure.id for figure in one.check.figures if figure.origin == "prose"}
            (tied if len(stated) < len(one.check.figures) else together).update(stated)
    by_reason = Counter(
        _why(claim) for claim in claims if claim.figure.id not in tied and claim.figure.id not in together
    )
    return Told(
        amounts=len(claims),
        tied=sum(claim.figure.id in tied for claim in claims),
        together=sum(claim.figure.id in together and claim.figure.id not in tied for claim in claims),
        untied=tuple(
            (why, by_reason[why]) for why in (UNFOUND, DATELESS, NAMELESS, OTHERWISE, RANGED) if by_reason[why]
        ),
    )


def _why(claim: Claim) -> str:
    figure = claim.figure
    if figure.period is None or figure.period.end is None:
        return DATELESS
    if not figure.caption:
        return NAMELESS
    if claim.hedge == "range":
        return RANGED
    return OTHERWISE if claim.otherwise else UNFOUND
