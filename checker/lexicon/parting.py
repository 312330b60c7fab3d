"""Words between an amount and others of its sentence that say how they belong together: that those are its parts, or
what moved it."""

from __future__ import annotations

import re

from checker.lexicon.words import alternatives

_PARTS = (
    "aggregate", "allocated to", "being", "broken down", "composed of", "comprised", "comprised of", "comprises",
    "comprising", "consist of", "consisted of", "consisting of", "consists of", "divided into", "as follows",
    "include", "included", "includes", "including", "inclusive of", "made up of", "namely", "of which", "recorded in",
    "split between",
)  # fmt: skip
_CAUSES = (
    "as a result of", "attributable to", "because of", "caused by", "decreases in", "driven by", "due to", "from", "in",
    "increases in", "owing to", "reflected", "reflecting", "reflects", "related to", "resulting from", "thanks to",
)  # fmt: skip

_PARTED = re.compile(rf"\b(?:{alternatives(_PARTS)})\b", re.IGNORECASE)
_CAUSED = re.compile(rf"\b(?:{alternatives(_CAUSES)})\b", re.IGNORECASE)


def announces_parts(between: str) -> bool:
    """Whether words between an amount and the next one say that its parts follow."""
    return _PARTED.search(between) is not None


def announces_causes(between: str) -> bool:
    """Whether words between an amount and the next one say that what moved it follows."""
    return _CAUSED.search(between) is not None


_OFFSET = re.compile(r"\b(?:offset|mitigated|tempered|counteracted)\b", re.IGNORECASE)
CAUSED = re.compile(
    r"\b(?:driven|caused|led|offset)\s+(?:\w+\s+)?by\b|\b(?:due|attributable|owing)\s+(?:\w+\s+)?to\b|\bbecause\s+of\b|"
    r"\bresult(?:ed|s|ing)?\s+(?:of|from)\b",
    re.IGNORECASE,
)
"""Words in running text that say that what follows moved something; those between two amounts are fewer and shorter."""


def offsets(words: str) -> bool:
    """Whether words say that what follows works against what stands before."""
    return _OFFSET.search(words) is not None
