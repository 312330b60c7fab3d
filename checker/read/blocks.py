"""What a run of text, or a table that has ended, becomes: paragraphs, headings, tables of figures.

The innermost tables that hold figures are data; tables that only lay out a page become paragraphs.
"""

from __future__ import annotations

from checker.core.document import Block, Paragraph
from checker.read.fold import Run, fold
from checker.read.grid import RawCell, RawTable, is_data, table_of
from checker.read.source import Piece, Source
from checker.read.tags import BOLD, FEED, HEADING

_TITLE = 60
"""A line shorter than this that was broken by hand stands for itself."""
_LONGEST_HEADING = 200
"""Characters of a heading; longer bold text is a paragraph."""


def blocks_of(table: RawTable, source: Source) -> list[Block | None]:
    """A data table, followed by what stands in its cells; or the content of a table that only lays out the page."""
    blocks: list[Block | None] = []
    if is_data(table):
        blocks.append(table_of(table, source))
        for row in table.rows:
            blocks.extend(
                block
                for cell in row
                if cell.nested
                for part in cell.parts
                for block in part
                if block is None or not isinstance(block, tuple)
            )
        return blocks
    for row in table.rows:
        if not any(cell.nested for cell in row):
            blocks.extend(_row_paragraphs(row, source))
            continue
        for cell in row:
            for part in cell.parts:
                own = [run for run in part if isinstance(run, tuple)]
                blocks.extend(
                    paragraphs(source, own) if own else (block for block in part if not isinstance(block, tuple))
                )
    return blocks


def _row_paragraphs(row: list[RawCell], source: Source) -> list[Block | None]:
    """A row without figures: its cells as one paragraph where the first is a bullet or short, else one paragraph
    each."""
    cells = [cell for cell in row if cell.text]
    if len(cells) == 1:
        return paragraphs(source, cells[0].runs)
    pieces: list[Piece] = []
    for cell in cells:
        if pieces:
            pieces.append((" ", pieces[-1][2], cell.pieces[0][1]))
        pieces.extend((" " if text == "\n" else text, low, high) for text, low, high in cell.pieces)
    if not pieces:
        return []
    return [
        Paragraph(
            source.anchored(pieces),
            heading=all(cell.bold for cell in cells) and sum(len(cell.text) for cell in cells) < _LONGEST_HEADING,
        )
    ]


def paragraphs(source: Source, runs: list[Run]) -> list[Block | None]:
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
