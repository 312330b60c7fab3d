"""Where in the text a claim stands: under which heading, and whether what stands there speaks of a part of the company.

Under "North America" or "Aerospace" the words "net sales" do not mean those of the whole company. Links nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from attrs import frozen

from checker.bind.claims_names import Meanings, key
from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.statement import PRIMARY

_LONGEST = 90
"""Characters: no heading is longer."""
_DATED = re.compile(r"\b(?:quarters?|months?|weeks?|years?|fiscal|compared|versus|vs)\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_AMOUNT = re.compile(r"[$€£¥%]|\d,\d{3}|\d\.\d")


@frozen
class Places:
    """The stretches of text between headings, by the bytes at which they begin; `parts` says which speak of a part of the company."""

    starts: tuple[int, ...] = ()
    parts: tuple[bool, ...] = ()

    def section(self, claim: Claim) -> int:
        """The number of the stretch that a claim stands in; 0 before the first heading."""
        return bisect_right(self.starts, claim.figure.place.span[0])

    def of_part(self, claim: Claim) -> bool:
        """Whether the claim stands under the name of a part of the company."""
        number = self.section(claim)
        return number > 0 and self.parts[number - 1]


def places(meanings: Meanings) -> Places:
    """The headings of a release."""
    names = _parts(meanings)
    starts: list[int] = []
    parts: list[bool] = []
    within = False
    for paragraph in meanings.book.lines.release.paragraphs:
        text = paragraph.text.strip()
        if not _heads(paragraph, text):
            continue
        words = key(text)
        if words in names:
            within = True
        elif words not in meanings.lines and not _DATED.search(text):
            within = False
        starts.append(paragraph.content.place(0, 1).span[0])
        parts.append(within)
    if starts != sorted(starts):
        return Places()
    return Places(tuple(starts), tuple(parts))


def _heads(paragraph: Paragraph, text: str) -> bool:
    return bool(text) and len(text) < _LONGEST and not text.endswith((".", ";", ",")) and not _AMOUNT.search(text) and any(map(str.isalpha, text))


def _parts(meanings: Meanings) -> frozenset[tuple[str, ...]]:
    """Names of parts of the company: what columns and segment tables are headed with, and no line of a primary statement is."""
    primary = {words for words, spots in meanings.lines.items() if any(spot.statement.kind in PRIMARY for spot in spots)}
    return frozenset(words for words in _named(meanings) if words and words not in primary)


def _named(meanings: Meanings) -> Iterator[tuple[str, ...]]:
    for statement in meanings.book.lines.release.statements:
        yield from (key(column.member) for column in statement.columns if column.member)
        if statement.kind == "segments" or "segment" in statement.title.casefold():
            yield from (key(line.caption) for line in statement.lines)
            yield from (key(section) for line in statement.lines for section in line.under)
