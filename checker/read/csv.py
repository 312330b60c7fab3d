"""Grids of comma or semicolon separated cells that look like a statement: captions to the left, figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.core.document import Block, Cell, Row, Table
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
_GLUED = re.compile(r"[^,\n]*[^\W\d_]{3}[)\]]?\(?(?!(?:19|20)\d\d,)\d{1,5},\d{3}")
"""A caption and its first figure that lost the blank between them: their comma is that of thousands."""
_MOST_COLUMNS = 2000
"""Cells of a row that are read."""
_MOST_CELLS = 2_000_000
"""Cells of a file that are read."""


def is_csv(text: str) -> bool:
    """Whether the first lines part into the same number of cells and figures stand in them."""
    return bool(_separator(text[:20_000]))


def read_csv(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """One table for each stretch of rows between empty lines."""
    separator = _separator(source.text[:20_000]) or ","
    tables: list[Block] = []
    rows: list[Row] = []
    count = 0
    for cells in _records(source.text, separator):
        made = _cells(source, cells)
        count += len(cells)
        if made:
            rows.append(Row(made))
        elif len(rows) > 1 and not cells:
            tables.append(Table(tuple(rows), "grid"))
            rows = []
        if count > _MOST_CELLS:
            break
    if rows:
        tables.append(Table(tuple(rows), "grid"))
    problem = Problem("R104", "error", f"read only up to {_MOST_CELLS:,} cells")
    return tuple(tables), (problem,) if count > _MOST_CELLS else ()


def _separator(text: str) -> str:
    lines = [line for line in lines_of(text, 0, len(text)) if line.kind != "blank"][:_SAMPLE]
    if len(lines) < 3 or any(line.kind in ("tab", "pipe", "bars") for line in lines):
        return ""
    if 2 * sum(1 for line in lines if _ALIGNED.search(text, line.start, line.end)) > len(
        lines
    ):  # its commas are those of thousands
        return ""
    if 2 * sum(1 for line in lines if _GLUED.match(text, line.start, line.end)) > sum(
        1 for line in lines if "," in line.text
    ):
        return ""
    for separator in (",", ";"):
        if _fits(text, lines, separator):
            return separator
    return ""


def _fits(text: str, lines: list[Line], separator: str) -> bool:
    rows = [cells for cells in _records("\n".join(text[line.start : line.end] for line in lines), separator) if cells]
    widths = [len(cells) for cells in rows]
    if not widths or max(widths) < 2:
        return False
    common = max(set(widths), key=widths.count)
    if common < 2 or widths.count(common) * 10 < len(widths) * 7:
        return False
    joined = "\n".join(text[line.start : line.end] for line in lines)
    figures = sum(
        1
        for cells in rows
        if any(is_figure(_bare(joined, cell)) for cell in cells[1:]) and _may_be_caption(_bare(joined, cells[0]))
    )
    return figures * 2 >= len(rows)


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
