"""Where in the text a claim stands: under which heading, and whether what stands there speaks of a part of the company.

Under "North America" or "Aerospace" the words "net sales" do not mean those of the whole company. Links nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from checker.bind.claims.names import Key, Meanings, key
from checker.core.claim import Claim
from checker.core.statement import PRIMARY
from checker.core.value import frozen
from checker.lexicon import money

_OPENING = 8
"""Words of a paragraph in which it may name the part of the company that it speaks of."""
_LONGEST = 90
"""Characters: no heading is longer."""
_DATED = re.compile(
    r"\b(?:quarters?|months?|weeks?|years?|fiscal|compared|versus|vs)\b|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_IDLE = frozenset(
    {
        "highlight",
        "result",
        "review",
        "performance",
        "segment",
        "division",
        "overview",
        "operating",
        "business",
        "operation",
        "group",
    }
)
"""Words that a heading may add to the name of a part: "Retail Banking Highlights"."""
_AMOUNT = re.compile(rf"[{money.CLASS}%]|\d,\d{{3}}|\d\.\d")


@frozen
class Places:
    """The stretches of text between headings, by the bytes at which they begin; `parts` says which speak of a part of
    the company, and since where."""

    starts: tuple[int, ...] = ()
    parts: tuple[int | None, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    """Where each statement begins, and its index."""

    def section(self, claim: Claim) -> int:
        """The number of the stretch that a claim stands in; 0 before the first heading."""
        return bisect_right(self.starts, claim.figure.place.span[0])

    def of_part(self, claim: Claim) -> bool:
        """Whether the claim stands under the name of a part of the company."""
        return self._since(claim) is not None

    def beside(self, claim: Claim) -> frozenset[int]:
        """The tables that stand between the name of the part and what is said of it."""
        since = self._since(claim)
        return frozenset(
            index for start, index in self.tables if since is not None and since <= start < claim.figure.place.span[0]
        )

    def part(self, claim: Claim) -> int | None:
        """Which part of the company a claim stands under, by the byte at which its name does; None for the whole."""
        return self._since(claim)

    def _since(self, claim: Claim) -> int | None:
        number = self.section(claim)
        return self.parts[number - 1] if number else None


def places(meanings: Meanings) -> Places:
    """The headings of a release."""
    names = _parts(meanings)
    said = _segments(meanings) & names
    starts: list[int] = []
    parts: list[int | None] = []
    since: int | None = None
    for paragraph in meanings.book.lines.release.paragraphs:
        text = paragraph.text.strip()
        if not _heads(text):
            if any(_opens(text, name) for name in said):
                since = paragraph.content.place(0, 1).span[0]
                starts.append(since)
                parts.append(since)
            continue
        words, start = key(text), paragraph.content.place(0, 1).span[0]
        if words in names or without_idle(words) in names:
            since = start
        elif words not in meanings.lines and not _DATED.search(text):
            since = None
        starts.append(start)
        parts.append(since)
    if starts != sorted(starts):
        return Places()
    tables = (
        (statement.figures[0].place.span[0], statement.index)
        for statement in meanings.book.lines.release.statements
        if statement.figures
    )
    return Places(tuple(starts), tuple(parts), tuple(tables))


def without_idle(words: Key) -> Key:
    """The words of a heading without those at its end that name nothing."""
    end = len(words)
    while end and words[end - 1] in _IDLE:
        end -= 1
    return words[:end]


def _heads(text: str) -> bool:
    plain = 0 < len(text) < _LONGEST and text[0] != "(" and not text.endswith((".", ";", ","))
    return plain and not _AMOUNT.search(text) and any(map(str.isalpha, text))


def _segments(meanings: Meanings) -> frozenset[Key]:
    """Names of several words in tables of segments."""
    tables = (
        one
        for one in meanings.book.lines.release.statements
        if one.kind == "segments" or "segment" in one.title.casefold()
    )
    return frozenset(words for one in tables for line in one.lines if len(words := key(line.caption)) > 1)


def _opens(text: str, name: Key) -> bool:
    """Whether a paragraph begins with the name of a part: "Retail Banking earnings for the quarter ..."."""
    return key(" ".join(text.split()[:_OPENING]))[: len(name)] == name


def _parts(meanings: Meanings) -> frozenset[tuple[str, ...]]:
    """Names of parts of the company: what columns and segment tables are headed with, and no line of a primary
    statement is."""
    primary = {
        words for words, spots in meanings.lines.items() if any(spot.statement.kind in PRIMARY for spot in spots)
    }
    return frozenset(words for words in _named(meanings) if words and words not in primary)


def _named(meanings: Meanings) -> Iterator[tuple[str, ...]]:
    for statement in meanings.book.lines.release.statements:
        yield from (key(column.member) for column in statement.columns if column.member)
        if statement.kind == "segments" or "segment" in statement.title.casefold():
            yield from (key(line.caption) for line in statement.lines)
            yield from (key(section) for line in statement.lines for section in line.under)
