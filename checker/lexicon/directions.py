"""Words that say which way an amount moved."""

from __future__ import annotations

import re

RISES = (
    r"increase[sd]?|increasing|grew|grow[ns]?|growing|growth|rose|rises?|risen|rising|up|higher|climb(?:ed|s)|jump(?:ed|s)|"
    r"surg(?:ed|ing)|soared|advanced|improve[sd]?|improvement|greater|expand(?:ed|s)|widen(?:ed|s)|doubled|tripled|trebled|quadrupled|changed(?=\s+by\b)"
)
FALLS = (
    r"decrease[sd]?|decreasing|decline[sd]?|declining|fell|falls?|fallen|down|lower|reduc(?:ed|tion|es)|"
    r"drop(?:ped|s)?|shrank|halved|plunged|contracted|narrow(?:ed|s)|slipped|slid|dipped|tumbled|slumped"
)
"""What a sentence says of its line: verbs, and what stands for one."""
_UP = re.compile(rf"\b(?:{RISES}|increas\w+|favou?rable|positive|gains?|improv\w+|tailwinds?)\b", re.IGNORECASE)
_DOWN = re.compile(
    rf"\b(?:{FALLS}|declin\w+|decreas\w+|reduc\w+|negative|unfavou?rable|adverse|headwinds?|loss(?:es)?)\b",
    re.IGNORECASE,
)
"""The same with what only says that a cause worked that way."""


def direction(words: str) -> int:
    """+1 or -1 where the last of some words that says so is one of rising or of falling, else 0."""
    found = [(match.start(), way) for pattern, way in ((_UP, 1), (_DOWN, -1)) for match in pattern.finditer(words)]
    return max(found)[1] if found else 0
