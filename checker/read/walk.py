"""The walk over a page: what is open where, and how the text between two tags becomes part of a paragraph or of a cell.

It never sees a token: `html` calls it with tags and stretches of text. What a finished table or run turns into is the
business of `blocks`.
"""

from __future__ import annotations

import re

from attrs import Factory, define

from checker.core.document import Block
from checker.read import text as plain
from checker.read.blocks import blocks_of, paragraphs
from checker.read.fold import Run, decoded, unbroken
from checker.read.furniture import without_furniture
from checker.read.grid import RawCell, RawTable, finish_cell
from checker.read.source import Excerpt, Piece, Source
from checker.read.tags import (
    BLOCK,
    BODY,
    BREAK,
    CELL,
    FEED,
    HIDDEN,
    INLINE,
    KINDS,
    LINE,
    PARAGRAPH,
    PRE,
    ROW,
    TABLE,
    VOID,
    Tag,
)

_REAL_TABLE = re.compile(r"<tr\b|</table", re.IGNORECASE)
_PARTS_OF_TABLES = (CELL, ROW, TABLE)
_MARKS = frozenset({"table", "caption", "s", "c", "page"})
"""Marks of old filings that look like tags: inside preformatted text they are text."""
_DEEPEST = 40
"""Tables inside tables below this are read as if they were not there."""
_SEARCHED = 200
"""How many open elements an end tag may close at once."""


@define
class Walk:
    """What is open at one point of the page: elements with the flags to go back to, tables, the runs of the current
    paragraph or cell."""

    source: Source
    flags: int = 0
    runs: list[Run] = Factory(list)
    open: list[tuple[str, int]] = Factory(list)
    floor: int = 0
    tables: list[RawTable] = Factory(list)
    found: list[Block | None] = Factory(list)
    pre: list[Piece] | None = None
    typed: bool = False
    """The page prints the lines of a text: blanks are kept, but a line ends where a tag breaks it, not where the file
    does."""
    spaced: bool = False
    """Its paragraphs are those of a text: an empty line parts them."""
    ignored: int = 0
    """Tables open inside hidden elements, inside `<pre>` (where `<table>` marks text), or too deep."""

    def run(self, start: int, end: int) -> None:
        """Text between two tags."""
        if self.flags & HIDDEN:
            return
        if self.pre is not None:
            self.pre.extend(
                unbroken(self.source.text, start, end) if self.typed else decoded(self.source.text, start, end)
            )
        elif self.runs or not self.source.text[start:end].isspace():
            self.runs.append((start, end, self.flags))

    def start(self, tag: Tag, at: int) -> None:
        """A start tag."""
        kind = tag.kind
        if self.pre is not None and tag.name in _MARKS and not self._is_real_table(tag, at):
            self._mark(at)
            return
        if kind == INLINE or (self.flags & HIDDEN and kind in (BLOCK, PRE)):
            if tag.indent and self.tables:
                self._set_in(tag)
            self.open.append((tag.name, self.flags))
            self.flags = (self.flags & ~tag.clears) | tag.sets
        elif kind in (CELL, ROW):
            if self.tables and not self.ignored:
                self._row(tag) if kind == ROW else self._cell(tag, at)
            else:
                self._boundary(at)
        elif kind == BREAK:
            if self.pre is not None:
                self.pre.append(("\n", at, at))
            elif self.runs:
                self.runs.append((at, at, FEED))
        elif kind == TABLE:
            self._table(tag, at)
        elif kind == LINE:
            self._line(at)
        elif kind != VOID:
            self._block(tag, at)

    def finish(self, name: str, at: int) -> None:
        """An end tag."""
        if self.pre is not None and name in _MARKS:
            self._mark(at)
            return
        kind = KINDS.get(name, INLINE)
        opened = self.open
        if kind != INLINE:
            if kind in _PARTS_OF_TABLES:
                self._finish_table_part(kind, at)
                return
            if kind == PRE:
                self._finish_pre()
            elif self.runs or self.pre is not None:
                self._boundary(at)
        if len(opened) > self.floor and opened[-1][0] == name and not self.ignored:
            self.flags = opened.pop()[1]
            return
        for index in range(len(opened) - 1, max(self.floor, len(opened) - _SEARCHED) - 1, -1):
            if opened[index][0] == name:
                self.flags = opened[index][1]
                del opened[index:]
                if self.ignored and not self.flags & HIDDEN and self.pre is None and len(self.tables) < _DEEPEST:
                    self.ignored = 0
                return

    def close(self) -> tuple[Block, ...]:
        """The end of the page: everything still open ends here."""
        self._finish_pre()
        self.ignored = 0
        while self.tables:
            self._finish_table()
        self._flush()
        return without_furniture(self.found)

    # ---- blocks -----------------------------------------------------------------------------------------------------

    def _block(self, tag: Tag, at: int) -> None:
        if tag.kind == BODY:
            self.open.clear()
            self.flags = 0
        if tag.kind == PARAGRAPH:
            self._imply_end(tag.name)
        self._boundary(at)
        if self.spaced and self.pre and tag.kind == PARAGRAPH:
            self.pre.append(("\n", at, at))
        if tag.new_page and not self.tables:
            self.found.append(None)
        self._set_in(tag)
        if tag.kind == PRE and self.pre is None:
            self.pre = []
        self.open.append((tag.name, self.flags))
        self.flags = (self.flags & ~tag.clears) | tag.sets

    def _imply_end(self, name: str) -> None:
        for index in range(len(self.open) - 1, max(self.floor, len(self.open) - 6) - 1, -1):
            if self.open[index][0] == name:
                self.flags = self.open[index][1]
                del self.open[index:]
                return

    def _set_in(self, tag: Tag) -> None:
        """A block inside a cell that has no text yet sets that text in, and draws the cell's lines."""
        cell = self.tables[-1].cell if self.tables else None
        if cell is not None:
            if not self.runs:
                cell.indent += tag.indent
            cell.above, cell.below = max(cell.above, tag.above), max(cell.below, tag.below)

    def _boundary(self, at: int) -> None:
        if self.pre is not None:
            if self.pre and not self.pre[-1][0].endswith("\n"):
                self.pre.append(("\n", at, at))
        elif self.runs:
            if self.tables and self.tables[-1].cell is not None:
                self.runs.append((at, at, FEED))
            else:
                self._flush()

    def _line(self, at: int) -> None:
        cell = self.tables[-1].cell if self.tables else None
        if cell is not None and self.pre is None:
            cell.ruled = True
        self._boundary(at)
        if not self.tables and self.pre is None:
            self.found.append(None)

    def _flush(self) -> None:
        """The runs so far are one or more paragraphs."""
        if self.runs:
            out = self.tables[-1].loose if self.tables else self.found
            out.extend(paragraphs(self.source, self.runs))
            self.runs = []

    def _finish_pre(self) -> None:
        if self.pre is None:
            return
        blocks: list[Block | None] = list(plain.read_excerpt(Excerpt.of(self.pre, self.source)))
        self.pre = None
        self._give(blocks)

    def _give(self, blocks: list[Block | None]) -> None:
        """Hands finished blocks to whatever holds them: the page, or the cell that they stand in."""
        cell = self.tables[-1].cell if self.tables else None
        if cell is not None:
            cell.parts.append(self.runs)
            cell.parts.append(blocks)
            cell.nested = True
            self.runs = []
        else:
            self._flush()
            (self.tables[-1].loose if self.tables else self.found).extend(blocks)

    # ---- tables -----------------------------------------------------------------------------------------------------

    def _table(self, tag: Tag, at: int) -> None:
        self._finish_pre()
        if (self.flags | tag.sets) & HIDDEN or self.pre is not None or len(self.tables) >= _DEEPEST:
            self.ignored += 1
            return
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.parts.append(self.runs)
            self.runs = []
        else:
            self._flush()
        self.tables.append(RawTable(self.flags, len(self.open), at, self.floor))
        self.floor = len(self.open)

    def _is_real_table(self, tag: Tag, at: int) -> bool:
        real = _REAL_TABLE.search(self.source.text, at + 6, at + 4000) if tag.kind == TABLE else None
        return real is not None and real[0][1] != "/"

    def _mark(self, at: int) -> None:
        """A mark of an old filing stays in the preformatted text, for the reader of text to see."""
        end = self.source.text.find(">", at) + 1
        if self.pre is not None and not self.flags & HIDDEN and end:
            self.pre.append((self.source.text[at:end], at, end))

    def _row(self, tag: Tag) -> None:
        table = self.tables[-1]
        self._finish_row()
        table.row, table.column = [], 0
        table.row_flags = self.flags = (table.flags & ~tag.clears) | tag.sets

    def _cell(self, tag: Tag, at: int) -> None:
        table = self.tables[-1]
        if table.cell is not None:
            self._finish_cell()
        if self.runs:
            self._flush()
        if table.row is None:
            table.row, table.column, table.row_flags = [], 0, table.flags
        hidden = bool((table.row_flags | tag.sets) & HIDDEN)
        column = table.column
        if not hidden:
            if table.reserved or tag.rows > 1:
                column = table.place(tag)
            else:
                table.column += tag.columns
        table.cell = RawCell(tag, column, at)
        table.cell.hidden = hidden
        self.flags = (table.row_flags & ~tag.clears) | tag.sets

    def _finish_table_part(self, kind: int, at: int) -> None:
        if self.ignored:
            self.ignored -= kind == TABLE
        elif not self.tables:
            self._boundary(at)
        elif kind == TABLE:
            self._finish_table()
        elif kind == ROW:
            self._finish_row()
        else:
            self._finish_cell()

    def _finish_cell(self) -> None:
        table = self.tables[-1]
        cell, table.cell = table.cell, None
        if cell is None:
            return
        if len(self.open) > table.height:
            del self.open[table.height :]
        self.flags = table.row_flags
        if self.runs:
            cell.parts.append(self.runs)
            self.runs = []
        if not cell.hidden and table.row is not None:
            if cell.parts:
                finish_cell(cell, self.source)
            if cell.text or cell.nested or cell.above or cell.below or cell.ruled or cell.marks:
                table.row.append(cell)

    def _finish_row(self) -> None:
        table = self.tables[-1]
        self._finish_cell()
        self._flush()
        if table.row is not None:
            table.rows.append(table.row)
            table.row = None
        del self.open[table.height :]
        self.flags = table.flags

    def _finish_table(self) -> None:
        self._finish_pre()
        self._finish_row()
        table = self.tables.pop()
        self.floor, self.flags = table.floor, table.flags
        blocks = table.loose + blocks_of(table, self.source)
        self._give(blocks)
