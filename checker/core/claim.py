"""Claims: quantities in running text, and what the sentence says of them."""

from __future__ import annotations

from typing import Literal

from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.value import frozen

ClaimRole = Literal["level", "change", "relative change", "prior"]
"""An amount itself, the difference from another period, that difference in percent or points, or the earlier amount it
is compared with."""


@frozen
class Claim:
    """One quantity of a sentence. `figure` holds value, step, unit, period and place; its caption is the metric
    phrase."""

    figure: Figure
    sentence: str
    role: ClaimRole = "level"
    direction: int = 0
    """+1 where the words say it rose, -1 where they say it fell."""
    hedge: str = ""
    """"approximately", "more than", ... as printed."""
    group: int = 0
    """Claims of one idiom ("increased by B, or C%, to A") share a number."""
    base: Period | None = None
    """The period that a change is measured from, where the sentence names it."""
    otherwise: bool = False
    """Whether the words put it on another basis than the one reported: at constant exchange rates, like for like,
    excluding something."""
