"""The text that a Word file prints, as a source: each paragraph is a line of it, and every place names the part of the
document where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from checker.core.place import Anchor, Anchored, Place, Spot
from checker.office.word import Para, line
from checker.read.source import Piece, Source, line_starts, segments


@frozen(slots=False)
class Printed(Source):
    """`spots` tells where each line stands."""

    spots: tuple[Spot, ...] = ()

    def anchored(self, pieces: Sequence[Piece]) -> Anchored:
        """The pieces joined, each character with its way back."""
        found = super().anchored(pieces)
        return Anchored(
            found.text,
            tuple(
                Anchor(one.at, one.byte, one.width, one.line, one.column, self.spots[one.line - 1])
                for one in found.anchors
            ),
        )

    def place(self, start: int, end: int) -> Place:
        """Where `text[start:end]` stands."""
        found = super().place(start, end)
        return Place(found.line, found.column, found.span, part=self.spots[found.line - 1].part)


def printed_of(lines: Sequence[Para]) -> Printed:
    """The paragraphs as a source."""
    text = "\n".join(line(one) for one in lines) + "\n"
    known: dict[str, Spot] = {}
    spots = [known.setdefault(one.part, Spot(part=one.part)) for one in lines]
    return Printed(text, "utf-8", segments(text, "utf-8", 0), line_starts(text), (*spots, Spot(part="the end")))
