"""What a page says of how its amounts are printed: that the digits below the last are cut off, not rounded."""

from __future__ import annotations

import re

from checker.core.remembered import remembered

_CUT = re.compile(
    r"\b(?:are|is|been|were|being|by|with) (?:rounded down|truncated|cut off|rounding down|truncation)\b|"
    r"\b(?:rounded down|truncated) (?:to|at)\b|\brounding down\b|\babgeschnitten\b|切り?捨て"
)
_LEFT_OUT = re.compile(r"\b(?:are|is|been|were|being|amounts?) (?:omitted|discarded|disregarded|dropped)\b")
_BELOW = re.compile(
    r"\b(?:fraction(?:s|al)?|decimals?|digits|(?:less|lower|smaller) than|below (?:one|the|a)|cents|remainders?)\b|未満"
)
"""What is left out where amounts are cut off; a text that says so of none of these speaks of instruments or lines."""
_OF_AMOUNTS = re.compile(
    r"\b(?:amounts?|figures?|fractions?|yen|jpy|won|krw|dollars?|euros?|millions?|thousands?|billions?|lakhs?|"
    r"crores?|numbers|digits|decimals|beträge)\b|円|未満"
)
_NO_AMOUNTS = re.compile(r"\b(?:percentages?|ratios?|shares|per cent)\b|%")
_LONGEST = 600
"""Letters of a note that says so; longer texts speak of much else."""


@remembered(4096)
def cuts_off(text: str) -> bool:
    """Whether the text says that amounts are cut off: "fractions of one million yen are rounded down"."""
    if len(text) > _LONGEST:
        return False
    low = text.lower()
    return any(
        _OF_AMOUNTS.search(part) and not _NO_AMOUNTS.search(part)
        for part in re.split(r"[.;。](?:\s|$)", low)
        if _CUT.search(part) or (_LEFT_OUT.search(part) and _BELOW.search(part))
    )
