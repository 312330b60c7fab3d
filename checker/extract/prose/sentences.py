"""Sentences: where they begin and end in a paragraph, and which of them can hold a claim about the past.

A table that a wire service flattened into one line is no sentence, nor is an outlook or a safe-harbour notice a claim
about figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.lexicon import money, time
from checker.lexicon.lower import either, lowered

_STOP = r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"‘(\[$\\•])"
_END = re.compile(_STOP)
_LISTED = re.compile(rf"{_STOP}|\s[•·▪■]\s+|\s\*\s+(?=[A-Z])")
_BULLET = re.compile(r"[•·▪■*]")
_ABBREVIATION = re.compile(
    rf"(?:\b(?:{either(name.capitalize() for name in time.ABBREVIATED)}|"
    r"Inc|Corp|Co|Ltd|No|Nos|Mr|Mrs|Ms|Dr|vs|St|Jr|Sr|approx|U\.S|U\.K|L\.P|N\.A|e\.g|i\.e|a\.m|p\.m|Bros|Sec)|\b[A-Z])\.$"
)
_NUMBER = re.compile(rf"(?=[{money.CLASS}\d])(?:[{money.CLASS}]\s?\(?\d|\d%|\d,\d{{3}}|\b\d+\.\d)")
_COMPARED = re.compile(
    r"\((?=[^()]{0,24}(?:\d{4}|\d\d\b|year|period|quarter|half))[^():–-]{1,24}\s?[:–-][^()]{1,60}\)", re.IGNORECASE
)
"""What brackets compare an amount with: it belongs to a sentence, however many there are."""
_CELL = rf"[{money.CLASS}]?\s?\(?[{money.CLASS}]?\d[\d,.]*\)?(?:\s?(?:%|pts|bps|x|p))?"
_ROW = re.compile(rf"[^\d{money.CLASS}%()]{{3,80}}(?:\([\w ]{{1,20}}\)\s+)?(?:{_CELL}\s+){{1,12}}{_CELL}\.?")
"""A caption and its amounts: a line of a table."""
_VERB = re.compile(
    r"\b(?:was|were|amounted|totall?ed|reached|stood|came|became|increased|decreased|rose|grew|fell)\b", re.IGNORECASE
)
_AHEAD = lowered(
    r"\b(?:expects?|expected|anticipates?|anticipated|anticipating|outlook|guidance|forecasts?|"
    r"projects?\b(?=\s+(?:that|to|revenue|net|sales))|projected|will|would|could|may\s+be|target(?:s|ed|ing)?|goal|"
    r"intends?|plans?\s+to|should|estimates?\s+that|assum(?:es|ing)|forward[- ]looking|safe\s+harbor|"
    r"Private\s+Securities)\b"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, in order, blanks at the ends left out."""
    start = 0
    for match in (_LISTED if _BULLET.search(text) else _END).finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        yield start, match.start() + 1
        start = match.end()
    if start < len(text):
        yield start, len(text)


def tabular(sentence: str) -> bool:
    """Whether it is the remains of a table rather than a sentence: many numbers, few words between them."""
    sentence = _COMPARED.sub(" ", sentence)
    numbers = len(_NUMBER.findall(sentence))
    return (
        numbers > 24
        or (_ROW.fullmatch(sentence) is not None and _VERB.search(sentence) is None)
        or (numbers >= 6 and numbers * 3 > len(sentence.split()) - numbers)
    )


def ahead(sentence: str) -> bool:
    """Whether it (in lower case) speaks of the future or of assumptions, which no table of the past can confirm."""
    return _AHEAD.search(sentence) is not None
