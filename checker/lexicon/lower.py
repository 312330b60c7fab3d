"""Patterns for text in lower case, which are twice as fast as patterns that look at both cases, and the text that they
want.

A text is put into lower case once and asked many things; what is cut out of it by position is cut out of the text as
printed. What a pattern cannot be without is sought first: that is quicker still.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.core.value import frozen

_LETTERS = re.compile(r"\\.|\(\?P[<=]\w+|[^\W\d_]")


def lowered(pattern: str) -> re.Pattern[str]:
    """The pattern, written in any case, for text in lower case."""
    return re.compile(_LETTERS.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].lower(), pattern))


def lower(text: str) -> str:
    """The text in lower case, of the same length."""
    low = text.lower()
    return (
        low
        if len(low) == len(text)
        else "".join([character.lower() if len(character.lower()) == 1 else character for character in text])
    )


def either(words: Iterable[str]) -> str:
    """The pattern of any of some words, the longest first; a hyphen in one may be a blank."""
    return "|".join(
        re.escape(word).replace(r"\-", "[- ]") for word in sorted(set(words), key=lambda word: (-len(word), word))
    )


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The shortest of some words: each of them has one of these inside."""
    done: list[str] = []
    for word in sorted(set(words), key=lambda word: (len(word), word)):
        if not holds(word, done):
            done.append(word)
    return tuple(done)


def holds(low: str, parts: Iterable[str]) -> bool:
    """Whether a text has one of the parts inside."""
    return any(map(low.__contains__, parts))


@frozen
class Sought:
    """A pattern for text in lower case, and what a text must have inside for it to find anything: one of the stems, or
    what the short pattern finds."""

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    short: re.Pattern[str] | None = None

    def may(self, low: str) -> bool:
        """Whether it could find anything."""
        return holds(low, self.stems) or (self.short is not None and self.short.search(low) is not None)

    def search(self, low: str) -> re.Match[str] | None:
        """What it finds first."""
        return self.pattern.search(low) if self.may(low) else None

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        """All that it finds."""
        return self.pattern.finditer(low) if self.may(low) else iter(())


def sought(pattern: str, stems: tuple[str, ...], short: str = "") -> Sought:
    """The pattern, written in any case, with what it cannot be without."""
    return Sought(lowered(pattern), stems, re.compile(short) if short else None)
