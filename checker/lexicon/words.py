"""Patterns made of tables: one alternative for each word, grouped by how words begin, so that a search passes over
other text quickly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from checker.lexicon.lower import stems


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches exactly these words, longest first. A blank in a word stands for any white space between
    two words."""
    return _branches(sorted({word for word in words if word}))


def holding(words: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text in lower case may hold one of the words: a prefilter made of them, which loses nothing that a
    pattern made of them finds."""
    looked_for = stems(max(word.lower().split(" "), key=len) for word in words)
    return lambda low: any(map(low.__contains__, looked_for))


def _branches(words: list[str]) -> str:
    """Words that begin alike share a branch; `words` is sorted and may begin with the empty one, which ends a longer
    word's beginning."""
    ends = words[0] == ""
    branches: dict[str, list[str]] = {}
    for word in words[ends:]:
        branches.setdefault(word[0], []).append(word[1:])
    if not branches:
        return ""
    parts = [_literal(first) + _branches(rests) for first, rests in branches.items()]
    if len(parts) == 1:
        return f"(?:{parts[0]})?" if ends else parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")


def _literal(character: str) -> str:
    return r"\s+" if character == " " else re.escape(character)
