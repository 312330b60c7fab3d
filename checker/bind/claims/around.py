"""The words that stand around an amount in its sentence. What they mean is not asked here."""

from __future__ import annotations

import re

from checker.bind.claims.names import key
from checker.core.claim import Claim
from checker.lexicon.numbers import is_year

_LONGEST = 16
"""Characters that a word and what follows it take at most, on the average."""
_AMOUNT = re.compile(r"\d|[$%]")
_PAUSE = re.compile(r"[;:\d]")
"""Where the words that belong to an amount end at the latest."""


_LITTLE = frozenset(
    """
    is are be been was were it that this these those which who we they there under with until when while during through
    into between within has had have not no or but if than then so such any each other more also additionally
    approximately about respectively
    """.split()
)
"""Words that say nothing of what an amount is of."""


def words(text: str) -> list[str]:
    """The words of a text that measure something, and its years, without its amounts."""
    return [word for word in key(text) if word not in _LITTLE and (is_year(word) or not _AMOUNT.search(word))]


def before(sentence: str, at: int, most: int) -> list[str]:
    """The last words before a character of a sentence."""
    return words(sentence[max(0, at - _LONGEST * most) : at])[-most:]


def behind(sentence: str, at: int, most: int) -> list[str]:
    """The first words from a character of a sentence on."""
    return words(sentence[at : at + _LONGEST * most])[:most]


def belonging(claim: Claim, most: int) -> frozenset[str]:
    """The words before and behind an amount that may say what it is of, up to the next amount behind it; none where the
    sentence prints the same twice."""
    sentence, text = claim.sentence, claim.figure.text
    at = sentence.find(text)
    if at < 0 or sentence.find(text, at + 1) >= 0:
        return frozenset()
    rest = sentence[at + len(text) :]
    pause = _PAUSE.search(rest)
    return frozenset(
        (*before(sentence, at, most), *behind(rest[: pause.start()] if pause is not None else rest, 0, most))
    )
