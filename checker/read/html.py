"""HTML: one walk over the tokens of a page, without a tree and without recursion, into paragraphs and tables.

The innermost tables that hold figures are data; tables that only lay out a page become paragraphs. Inline XBRL tags are transparent.
"""

from __future__ import annotations

import re

from attrs import Factory, define

from checker.core.document import Block, Paragraph
from checker.core.problem import Problem
from checker.read import text as plain
from checker.read.fold import Run, decoded, fold
from checker.read.furniture import without_furniture
from checker.read.grid import RawCell, RawTable, finish_cell, is_data, table_of
from checker.read.source import Excerpt, Piece, Source, line_starts
from checker.read.tags import BLOCK, BODY, BOLD, BREAK, CELL, FEED, HEADING, HIDDEN, INLINE, KINDS, LINE, PARAGRAPH, PRE, ROW, TABLE, VOID, Tag, tag_of

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<XBRL>\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|div|p|font|center|meta|title|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"</?(?:tr|td|div|p|font|span|html|body|center|br)\b[^<>]{0,2000}>", re.IGNORECASE)
_REAL_TABLE = re.compile(r"<tr\b|</table", re.IGNORECASE)
_PARTS_OF_TABLES = (CELL, ROW, TABLE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_WIDE_GAP = re.compile(r"\S {4,}\S")
_FEWEST_LINES = 60
_MARKS = frozenset({"table", "caption", "s", "c", "page"})
"""Marks of old filings that look like tags: inside preformatted text they are text."""
_DEEPEST = 40
"""Tables inside tables below this are read as if they were not there."""
_SEARCHED = 200
"""How many open elements an end tag may close at once."""
_MOST_KNOWN = 20_000
_TITLE = 60
"""A line shorter than this that was broken by hand stands for itself."""
_LONGEST_HEADING = 200


def is_html(text: str) -> bool:
    """Whether a text opens as a page does, or is full of the tags of one."""
    head = text[:20_000]
    return bool(_OPENING.match(head)) or (head.lstrip()[:1] == "<" and len(_TAGS.findall(head)) >= 8)


def read_html(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of one page."""
    return read_stretch(source, 0, len(source.text)), ()


def _is_wrapped_text(text: str, start: int, end: int) -> bool:
    """Whether a page is plain text, its lines as typed, with hardly a tag around them (and no `<pre>`, though it needs one)."""
    lines = text.count("\n", start, end)
    if lines < _FEWEST_LINES or len(_TAGS.findall(text, start, end)) * 10 > lines or _PRE.search(text, start, end):
        return False
    return len(_WIDE_GAP.findall(text, start, end)) * 10 > lines


def read_stretch(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of a page that stands inside a larger file."""
    from turbohtml import TokenType, tokenize  # files of other formats do not wait for it

    walk = Walk(source)
    walk.pre = [] if _is_wrapped_text(source.text, start, end) else None
    whole = start == 0 and end == len(source.text)
    stretch = source.text if whole else source.text[start:end]
    lines = source.breaks if whole else tuple(start + at for at in line_starts(stretch))
    known: dict[str, Tag] = {}
    opens, text, closes = TokenType.START_TAG, TokenType.TEXT, TokenType.END_TAG
    run = -1
    opened, get = walk.open, known.get
    for token in tokenize(stretch, capture_source=True):
        kind, at = token.type, lines[token.line - 1] + token.col
        if run >= 0:
            walk.run(run, at)
            run = -1
        if kind is text:
            run = at
        elif kind is opens:
            raw = token.source or ""
            tag = get(raw)
            if tag is None:
                if len(known) > _MOST_KNOWN:
                    known.clear()
                name = token.tag or ""
                if ":" in name and not token.self_closing:  # inline XBRL: every tag has its own id, and none has a style
                    tag = known[name] = get(name) or tag_of(name, ())
                else:
                    tag = known[raw] = tag_of(name, token.attrs or (), closed=token.self_closing)
            if tag.kind == INLINE and not tag.indent and walk.pre is None:  # by far the most frequent: spans, fonts, inline XBRL
                opened.append((tag.name, walk.flags))
                walk.flags = (walk.flags & ~tag.clears) | tag.sets
                continue
            walk.start(tag, at)
            if token.self_closing and tag.kind in (BLOCK, PARAGRAPH, CELL):
                walk.finish(tag.name, at)
        elif kind is closes:
            name = token.tag or ""
            if name not in KINDS and walk.pre is None and len(opened) > walk.floor and opened[-1][0] == name and not walk.ignored:
                walk.flags = opened.pop()[1]
            else:
                walk.finish(name, at)
    if run >= 0:
        walk.run(run, end)
    return walk.close(end)


@define
class Walk:
    """What is open at one point of the page: elements with the flags to go back to, tables, the runs of the current paragraph or cell."""

    source: Source
    flags: int = 0
    runs: list[Run] = Factory(list)
    open: list[tuple[str, int]] = Factory(list)
    floor: int = 0
    tables: list[RawTable] = Factory(list)
    found: list[Block | None] = Factory(list)
    pre: list[Piece] | None = None
    ignored: int = 0
    """Tables open inside hidden elements, inside `<pre>` (where `<table>` marks text), or too deep."""

    def run(self, start: int, end: int) -> None:
        """Text between two tags."""
        if self.flags & HIDDEN:
            return
        if self.pre is not None:
            self.pre.extend(decoded(self.source.text, start, end))
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

    def close(self, at: int) -> tuple[Block, ...]:
        """The end of the page: everything still open ends here."""
        self._finish_pre()
        self.ignored = 0
        while self.tables:
            self._finish_table(at)
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
            out.extend(_paragraphs(self.source, self.runs))
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
        table.cell = RawCell(tag, column, at, hidden, above=tag.above, below=tag.below)
        self.flags = (table.row_flags & ~tag.clears) | tag.sets

    def _finish_table_part(self, kind: int, at: int) -> None:
        if self.ignored:
            self.ignored -= kind == TABLE
        elif not self.tables:
            self._boundary(at)
        elif kind == TABLE:
            self._finish_table(at)
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

    def _finish_table(self, at: int) -> None:
        self._finish_pre()
        self._finish_row()
        table = self.tables.pop()
        self.floor, self.flags = table.floor, table.flags
        blocks = table.loose + _blocks_of(table, self.source)
        self._give(blocks)


def _blocks_of(table: RawTable, source: Source) -> list[Block | None]:
    """A data table, followed by what stands in its cells; or the content of a table that only lays out the page."""
    blocks: list[Block | None] = []
    if is_data(table):
        blocks.append(table_of(table, source))
        for row in table.rows:
            blocks.extend(block for cell in row if cell.nested for part in cell.parts for block in part if block is None or not isinstance(block, tuple))
        return blocks
    for row in table.rows:
        if not any(cell.nested for cell in row):
            blocks.extend(_row_paragraphs(row, source))
            continue
        for cell in row:
            for part in cell.parts:
                own = [run for run in part if isinstance(run, tuple)]
                blocks.extend(_paragraphs(source, own) if own else (block for block in part if not isinstance(block, tuple)))
    return blocks


def _row_paragraphs(row: list[RawCell], source: Source) -> list[Block | None]:
    """A row without figures: its cells as one paragraph where the first is a bullet or short, else one paragraph each."""
    cells = [cell for cell in row if cell.text]
    if len(cells) == 1:
        return _paragraphs(source, cells[0].runs)
    pieces: list[Piece] = []
    for cell in cells:
        if pieces:
            pieces.append((" ", pieces[-1][2], cell.pieces[0][1]))
        pieces.extend((" " if text == "\n" else text, low, high) for text, low, high in cell.pieces)
    if not pieces:
        return []
    return [Paragraph(source.anchored(pieces), heading=all(cell.bold for cell in cells) and sum(len(cell.text) for cell in cells) < _LONGEST_HEADING)]


def _paragraphs(source: Source, runs: list[Run]) -> list[Block | None]:
    """Runs become paragraphs: an empty line parts two, and so does the end of a line that was broken short."""
    made: list[Block | None] = []
    for group in _groups(source.text, runs):
        pieces = fold(source.text, group)
        if not pieces:
            continue
        plain_runs = [run for run in group if not run[2] & FEED and not source.text[run[0] : run[1]].isspace()]
        bold = all(flags & (BOLD | HEADING) for _, _, flags in plain_runs)
        heading = bold or any(flags & HEADING for _, _, flags in plain_runs)
        for line in _lines(pieces):
            anchored = source.anchored(line)
            made.append(Paragraph(anchored, heading and len(anchored.text) < _LONGEST_HEADING))
    return made


def _groups(text: str, runs: list[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = [[]]
    broken = False
    for run in runs:
        if run[2] & FEED:
            if broken:
                groups.append([])
            broken = True
        elif not text[run[0] : run[1]].isspace():
            broken = False
        groups[-1].append(run)
    return groups


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    length = 0
    for piece in pieces:
        if piece[0] != "\n":
            lines[-1].append(piece)
            length += len(piece[0])
        elif length < _TITLE:
            lines.append([])
            length = 0
        else:
            lines[-1].append((" ", piece[1], piece[2]))
            length = 0
    return [line for line in lines if line]
