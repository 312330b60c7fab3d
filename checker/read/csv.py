"""Grids of comma or semicolon separated cells that look like a statement: captions to the left, figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.core.document import Block, Cell, Paragraph, Row, Table
from checker.core.problem import Problem
from checker.lexicon import money
from checker.read.inline import pieces
from checker.read.lines import Line, lines_of
from checker.read.shapes import is_figure, is_number
from checker.read.source import Source

_SAMPLE = 60
"""Lines that show what parts the cells."""
_ALIGNED = re.compile(rf"\S {{3,}}[{money.CLASS}]? ?\(?\d")
"""Figures that blanks set apart."""
_SPACED = re.compile(r"\S {3,}\S")
"""Blanks that part what commas do not."""
_CUT = re.compile(r"\d,\d{3}$|\d,\d{3}\D")
"""A comma of thousands, taken for one that parts cells."""
_GLUED = re.compile(r"[^,\n]*[^\W\d_]{3}[)\]]?\(?(?!(?:19|20)\d\d,)\d{1,5},\d{3}")
"""A caption and its first figure that lost the blank between them: their comma is that of thousands."""
_FEWEST_ROWS, _MOST_TEXT = 3, 4
"""Rows of cells that make a table, and of how many lines one is such a row at the least."""
_MOST_COLUMNS = 2000
"""Cells of a row that are read."""
_MOST_CELLS = 2_000_000
"""Cells of a file that are read."""


def is_csv(text: str) -> bool:
    """Whether the first lines part into the same number of cells and figures stand in them."""
    return bool(_separator(text[:20_000]))


def read_csv(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """One table for each stretch of rows between empty lines; a stretch of single cells is text."""
    separator = _separator(source.text[:20_000]) or ","
    found: list[Block] = []
    rows: list[Row] = []
    count = 0
    for cells in _records(source.text, separator):
        made = _cells(source, cells)
        count += len(cells)
        if made:
            rows.append(Row(made))
        elif not cells and (len(rows) > 1 or _is_text(rows)):
            found += _blocks(rows)
            rows = []
        if count > _MOST_CELLS:
            break
    found += _blocks(rows)
    problem = Problem("R104", "error", f"read only up to {_MOST_CELLS:,} cells")
    return tuple(found), (problem,) if count > _MOST_CELLS else ()


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """A stretch of rows: a table, or the lines of text that were saved with it."""
    if _is_text(rows):
        yield from (Paragraph(row.cells[0].content) for row in rows)
    else:
        yield Table(tuple(rows), "grid")


def _is_text(rows: Sequence[Row]) -> bool:
    """Whether rows have a single cell each, at their beginning."""
    return all(len(row.cells) == 1 and not row.cells[0].left for row in rows)


def _separator(text: str) -> str:
    lines = [line for line in lines_of(text, 0, len(text)) if line.kind != "blank"][:_SAMPLE]
    if len(lines) < 3 or any(line.kind in ("tab", "pipe", "bars") for line in lines):
        return ""
    parted = [line for line in lines if "," in line.text or ";" in line.text]
    for meets, among in ((_ALIGNED.search, lines), (_ALIGNED.search, parted), (_GLUED.match, parted)):
        if 2 * sum(1 for line in among if meets(text, line.start, line.end)) > len(among):
            return ""  # its commas are those of thousands
    for separator in (",", ";"):
        if _fits(text, lines, separator):
            return separator
    return ""


def _fits(text: str, lines: list[Line], separator: str) -> bool:
    rows = [cells for cells in _records("\n".join(text[line.start : line.end] for line in lines), separator) if cells]
    joined = "\n".join(text[line.start : line.end] for line in lines)
    if not _even(rows):  # unless lines of text stand among them
        rows = [cells for cells in rows if len(cells) > 1]
        spaced = sum(1 for cells in rows if _SPACED.search(joined, cells[0][0], cells[-1][1]))
        cut = sum(1 for cells in rows if _CUT.search(joined[cells[0][0] : cells[1][0] + 4]))
        if len(rows) < _FEWEST_ROWS or len(rows) * _MOST_TEXT < len(lines) or spaced or not _even(rows):
            return False
        if 2 * cut > len(rows) or any("<" in joined[cells[0][0] : cells[0][1]] for cells in rows):
            return False
    beyond = [cells for cells in rows if any(_bare(joined, cell) for cell in cells[1:])]
    figures = sum(
        1
        for cells in beyond
        if any(is_figure(_bare(joined, cell)) for cell in cells[1:]) and _may_be_caption(_bare(joined, cells[0]))
    )
    return figures > 1 and figures * 2 >= len(beyond)


def _even(rows: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Whether rows have the same number of cells, two or more, but for three in ten."""
    widths = [len(cells) for cells in rows]
    common = max(set(widths), key=widths.count, default=0)
    return common > 1 and widths.count(common) * 10 >= len(widths) * 7


def _may_be_caption(caption: str) -> bool:
    return not caption or not is_number(caption)


def _bare(text: str, cell: tuple[int, int]) -> str:
    return text[cell[0] : cell[1]].strip().strip('"').strip()


def _records(text: str, separator: str) -> Iterator[list[tuple[int, int]]]:
    """Where the cells of each record stand; quotes hold separators and line breaks, and are left outside. An empty line
    yields no cells."""
    at, end = 0, len(text)
    while at < end:
        cells: list[tuple[int, int]] = []
        while True:
            if text[at : at + 1] == '"':
                low, at = at + 1, _closing(text, at + 1)
                cells.append((low, at))
                at += 1
            stop = at
            while stop < end and text[stop] != separator and text[stop] not in "\r\n":
                stop += 1
            if not (cells and cells[-1][1] == at - 1 and text[at - 1 : at] == '"'):
                cells.append((at, stop))
            if stop >= end or text[stop] in "\r\n":
                at = stop + (2 if text[stop : stop + 2] == "\r\n" else 1)
                break
            at = stop + 1
        yield [] if len(cells) == 1 and not text[cells[0][0] : cells[0][1]].strip() else cells[:_MOST_COLUMNS]


def _closing(text: str, at: int) -> int:
    while True:
        quote = text.find('"', at)
        if quote < 0:
            return len(text)
        if text[quote + 1 : quote + 2] != '"':
            return quote
        at = quote + 2


def _cells(source: Source, cells: list[tuple[int, int]]) -> tuple[Cell, ...]:
    made = []
    for column, (low, high) in enumerate(cells):
        doubled = (
            [(at + 1, at + 2) for at in range(low, high - 1) if source.text[at : at + 2] == '""']
            if '""' in source.text[low:high]
            else []
        )
        anchored = source.anchored(pieces(source.text, low, high, doubled))
        if anchored.text:
            made.append(Cell(anchored, column, column + 1))
    return tuple(made)
