"""A file as read: paragraphs and tables in order, every cell with its place. No number is interpreted yet."""

from __future__ import annotations

from typing import Literal

from checker.core.fact import Tagging
from checker.core.place import Anchored, Place
from checker.core.problem import Problem
from checker.core.value import frozen
from checker.core.working import Working


@frozen
class Paragraph:
    """Running text: a heading, a bullet, a sentence or several. White space is folded, markup is gone."""

    content: Anchored
    heading: bool = False

    @property
    def text(self) -> str:
        """The text alone."""
        return self.content.text


@frozen
class Cell:
    """One printed piece of a row, from `left` to `right` (end excluded), in the measure of its table's layout.

    `content.text` has no footnote marks that were set as superscripts: those are in `marks`.
    """

    content: Anchored
    left: int
    right: int
    bold: bool = False
    rule_above: bool = False
    rule_below: bool = False
    marks: str = ""
    edge: int | None = None
    """Where its digits end, in points: signs that close a number hang over. None: nothing is known of it."""

    @property
    def text(self) -> str:
        """The text as printed, white space folded; a line break inside the cell is one line feed."""
        return self.content.text

    @property
    def place(self) -> Place:
        """Where the whole text stands."""
        return self.content.place(0, len(self.content.text))


@frozen
class Row:
    """One row of a table: its cells from left to right, or only a rule drawn across the columns."""

    cells: tuple[Cell, ...]
    indent: int = 0
    """How far its first text is set in: characters in text, tenths of a point in HTML."""
    rule: Literal["", "-", "="] = ""
    """Not empty: the row holds no text, only a single or a double line (its cells say under which columns)."""
    untold: int = 0
    """So many figures it prints of which nothing tells in which columns they stand: they are words of its one cell."""


@frozen
class Table:
    """Rows whose cells share one horizontal measure.

    `grid`: `left` and `right` count columns (HTML, tabs, pipes, sheets). `characters`: they count characters of a text
    line. `points`: tenths of a point on a page.
    """

    rows: tuple[Row, ...]
    layout: Literal["grid", "characters", "points"]


Block = Paragraph | Table


@frozen
class Picture:
    """A picture: `alt` is what stands for it where it is not shown, empty where nothing does."""

    alt: str
    place: Place


@frozen
class Document:
    """One file as read."""

    path: str
    sha256: str
    format: str
    """What the content turned out to be: text, markdown, html, sgml (a full submission), csv, ..."""
    encoding: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    size: int = 0
    """Bytes of the file as given."""
    pictures: tuple[Picture, ...] = ()
    is_open: bool = False
    """Whether its last line has no end, as that of a text has that was cut off."""
    workings: tuple[Working, ...] = ()
    """What the cells of a workbook with formulas store; empty for every other file."""
    tags: Tagging = Tagging()
    """What tags state of the amounts it prints, and how the filing says that they add up; nothing where it is not
    tagged."""
