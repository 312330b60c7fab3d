"""Single-claim corruptions of a release: every digit, scale word and direction word of a linked claim, swapped periods,
swapped "respectively" order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from checker.bind.claims import linked
from checker.bind.claims.links import Link
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book
from checker.core.release import Release
from checker.core.rule import Rulebook

_DIRECTIONS = {
    "increased": "decreased",
    "increases": "decreases",
    "increase": "decrease",
    "decreased": "increased",
    "decrease": "increase",
    "grew": "fell",
    "rose": "fell",
    "up": "down",
    "down": "up",
}
_SCALES = {"million": ("billion", "thousand"), "billion": ("million",), "thousand": ("million",)}


@frozen
class Corruption:
    """One slip: bytes `start` to `end` of the file replaced, and what was done."""

    kind: str
    start: int
    end: int
    replacement: bytes
    claim: str

    def applied(self, content: bytes) -> bytes:
        """The corrupted file."""
        return content[: self.start] + self.replacement + content[self.end :]


def links_of(release: Release, rulebook: Rulebook) -> tuple[Link, ...]:
    """The linked claims of a release."""
    return linked(release.claims, Book(Lines(release), Names(rulebook)))


def corruptions(content: bytes, links: Sequence[Link]) -> Iterator[Corruption]:
    """Every corruption of the claims that are linked."""
    sentences: set[tuple[int, int]] = set()
    for one in links:
        start, end = one.claim.figure.place.span
        printed = content[start:end].decode()
        yield from _digits(printed, start)
        yield from _scale_words(printed, start)
        at = content.find(one.claim.sentence.encode().replace(b"$", b"\\$"), max(0, start - 2000), start + 2000)
        span = (at, at + len(one.claim.sentence.encode().replace(b"$", b"\\$")))
        if at >= 0 and span not in sentences:
            sentences.add(span)
            yield from _sentence(content, span)
        if at >= 0 and one.claim.direction:
            yield from _direction(content, span[0], (start, printed))


def _digits(printed: str, start: int) -> Iterator[Corruption]:
    for match in re.finditer(r"\d", printed):
        for plus in (1, 4):
            other = str((int(match[0]) + plus) % 10)
            yield Corruption("digit", start + match.start(), start + match.end(), other.encode(), printed)


def _scale_words(printed: str, start: int) -> Iterator[Corruption]:
    for match in re.finditer(r"million|billion|thousand", printed, re.IGNORECASE):
        for other in _SCALES[match[0].lower()]:
            yield Corruption("scale word", start + match.start(), start + match.end(), other.encode(), printed)


def _direction(content: bytes, begin: int, claim: tuple[int, str]) -> Iterator[Corruption]:
    """The last direction word before the claim."""
    text = content[begin : claim[0]].decode("utf-8", "replace")
    found = list(re.finditer(r"\b(?:" + "|".join(_DIRECTIONS) + r")\b", text, re.IGNORECASE))
    if found and text.isascii():
        match = found[-1]
        yield Corruption(
            "direction word",
            begin + match.start(),
            begin + match.end(),
            _DIRECTIONS[match[0].lower()].encode(),
            claim[1],
        )


def _sentence(content: bytes, span: tuple[int, int]) -> Iterator[Corruption]:
    text = content[span[0] : span[1]].decode("utf-8", "replace")
    if not text.isascii():
        return
    years = sorted(set(re.findall(r"\b20\d\d\b", text)))
    if len(years) == 2:
        swapped = re.sub(r"\b20\d\d\b", lambda m: years[1] if m[0] == years[0] else years[0], text)
        yield Corruption("swapped periods", *span, swapped.encode(), text[:60])
    for match in re.finditer(r"(\\?\$[\d.,]+(?: million)?) and (\\?\$[\d.,]+(?: million)?)(?=, respectively)", text):
        yield Corruption(
            "swapped respectively",
            span[0] + match.start(),
            span[0] + match.end(),
            f"{match[2]} and {match[1]}".encode(),
            match[0],
        )
