"""Hedges: words before an amount that say it is not exact, and on which side of it the true amount lies.

Every hedge is of one kind. A new one is one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Hedging = Literal["about", "at least", "at most"]
"""The true amount lies near the one printed, or is not below it, or not above it."""

_ROWS: tuple[tuple[Hedging, tuple[str, ...]], ...] = (
    (
        "about",
        ("approximately", "approx.", "approx", "about", "roughly", "around", "some",
         "circa", "c.", "ca.", "~", "an estimated", "estimated", "close to"),
    ),
    (
        "at least",
        (
            "more than", "slightly more than", "greater than", "in excess of", "at least", "not less than",
            "no less than", "just over", "well over", "upwards of", "over", "above", "exceeding", "exceeded", "topping",
        ),
    ),
    (
        "at most",
        (
            "less than", "slightly less than", "fewer than", "no more than", "not more than", "just under", "under",
            "below", "just below", "up to", "as much as", "nearly", "almost",
        ),
    ),
)  # fmt: skip

KINDS: Mapping[str, Hedging] = {word: kind for kind, words in _ROWS for word in words}
"""Every hedge in lower case, and what it says."""


def kind(hedge: str) -> Hedging | None:
    """What a hedge says, whatever its case and blanks; None where it is none."""
    return KINDS.get(" ".join(hedge.lower().split()))


def pattern() -> str:
    """A pattern of all hedges, in lower case, for use with `re.VERBOSE` or without: longer ones first."""
    return "|".join(word.replace(".", r"\.").replace(" ", r"\s+") for word in sorted(KINDS, key=len, reverse=True))
