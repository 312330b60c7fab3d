"""What a Word document prints, in the order of reading: paragraphs of pieces, and tables of cells that hold paragraphs
and tables again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import field

from checker.core.value import frozen
from checker.office.looks import Look, Setting
from checker.office.parts import Element

BREAK, TAB = "\n", "\t"
"""What a piece is that prints no characters: the end of a line, a tab."""


@frozen
class Piece:
    """Characters of one look. `element` is what prints them in the file: a `w:t`, or another part of a run."""

    text: str
    look: Look
    element: Element | None = field(default=None, repr=False)
    kind: Literal["text", "mark"] = "text"
    """A mark refers to a note: it is no text, whatever digits it is made of."""


@frozen
class Image:
    """A picture, a drawing or an object that is shown as one; `alt` stands for it where it is not shown."""

    alt: str
    before: int
    """Pieces of its paragraph that stand before it."""


@frozen
class Para:
    """A paragraph. `part` says in words where it stands: `paragraph 12`, `table 3, row 5`, `footnote 2`."""

    pieces: tuple[Piece, ...]
    setting: Setting
    part: str
    images: tuple[Image, ...] = ()
    new_page: bool = False

    @property
    def text(self) -> str:
        """All that it prints, marks of notes included."""
        return "".join(piece.text for piece in self.pieces)


@frozen
class Box:
    """A cell. `above` and `below` count the lines drawn there; `columns` those of the grid that it spans."""

    items: tuple[Item, ...]
    columns: int = 1
    above: int = 0
    below: int = 0


@frozen
class Grid:
    """A table, row by row, every row over the same columns."""

    rows: tuple[tuple[Box, ...], ...]


Item = Para | Grid


@frozen
class Told:
    """What of a document is not plain text on the page, counted."""

    changes: int = 0
    """Tracked changes."""
    hidden: int = 0
    struck: int = 0
    """Stretches that are hidden, and that are struck through."""
    embedded: int = 0
    """Files inside: workbooks, other documents."""
    outside: int = 0
    """Relationships that lead out of the file, links that somebody may click aside."""
    macros: bool = False


@frozen
class Word:
    """A Word document: its text, its notes behind it, and what is to be said of it."""

    items: tuple[Item, ...]
    told: Told
    stop: int
    """Tenths of a point from one default tab stop to the next."""


def paragraphs(items: tuple[Item, ...]) -> Iterator[Para]:
    """Every paragraph in the order of reading: each is a line of the text that is taken out."""
    for item in items:
        if isinstance(item, Para):
            yield item
        else:
            for row in item.rows:
                for box in row:
                    yield from paragraphs(box.items)


def line(para: Para) -> str:
    """A paragraph as a line of the text that is taken out. A break is a blank; an ampersand that could begin an entity
    of HTML is written as one."""
    return "".join(printed(piece) for piece in para.pieces)


def printed(piece: Piece) -> str:
    """A piece as it stands in its line."""
    return " " if piece.text == BREAK else piece.text.replace("&", "&amp;")
