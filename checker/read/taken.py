"""What is taken out of a file that is no text: a way back from every character to the page and box, or the sheet and
cell, where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.document import Block, Picture
from checker.core.place import Anchor, Anchored, Spot
from checker.core.problem import Problem
from checker.core.value import frozen
from checker.core.working import Working

Printed = tuple[str, Spot]
"""A stretch of text and where it stands; of a cell or a paragraph in several pieces each has its own."""


@frozen
class Contents:
    """What a file that is no text holds."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()
    workings: tuple[Working, ...] = ()


class Taken:
    """The text so far, in order of reading. Each text that is put in is a line of its own; its place counts characters
    and UTF-8 bytes of the whole."""

    def __init__(self) -> None:
        self._line = 0
        self._byte = 0

    def put(self, pieces: Sequence[Printed]) -> Anchored:
        """The pieces joined, each character with its way back."""
        self._line += 1
        anchors: list[Anchor] = []
        at = 0
        for text, spot in pieces:
            for piece in _of_one_width(text):
                width = len(piece[0].encode("utf-8", "surrogatepass"))
                anchors.append(Anchor(at, self._byte, width, self._line, at + 1, spot))
                at += len(piece)
                self._byte += width * len(piece)
        self._byte += 1
        return Anchored(
            "".join(text for text, _ in pieces),
            tuple(anchors) or (Anchor(0, self._byte - 1, 0, self._line, 1, pieces[0][1] if pieces else None),),
        )


def _of_one_width(text: str) -> Sequence[str]:
    """The text cut where characters take another number of bytes."""
    if text.isascii():
        return (text,) if text else ()
    cut = [index for index in range(1, len(text)) if _width(text[index]) != _width(text[index - 1])]
    return [text[low:high] for low, high in zip([0, *cut], [*cut, len(text)], strict=True)]


def _width(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
