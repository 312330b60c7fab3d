"""The tables that the readers of text found, in the measure of the page: where on it each cell begins and ends, where
its digits end, what is bold.

Words that a narrow gap kept together are parted where the columns below, or the lines drawn under heads, show that they
belong to two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checker.core.document import Block, Cell, Paragraph, Row, Table
from checker.core.place import Anchored
from checker.core.value import evolve
from checker.lexicon import numbers
from checker.paper.values import Word
from checker.read.pdf.laid import Sheet
from checker.read.shapes import is_figure, is_number

_LONGEST_HEADING = 200
"""Characters of a heading; longer bold text is a paragraph."""
_PARTED = 0.33
"""Of the size: a gap wider than a blank, between two heads where columns say so."""
_STRETCHED = 1.3
"""Times the narrowest gap among more than two words: lines that are set to both edges have wide ones throughout."""
_EDGE = 20
"""Tenths of a point: right edges so near each other are those of one column."""
_FEWEST = 3
"""Figures in a column, one with another, that show to which side it is set."""

_Zone = tuple[int, int]


def measured(block: Block, sheet: Sheet) -> Block:
    """A table in points; a paragraph as it is, a heading where all of it is bold."""
    if isinstance(block, Paragraph):
        first, last = block.content.anchors[0], block.content.anchors[-1]
        words = [word for line in sheet.lines[first.line - 1 : last.line] for word in line.words]
        bold = bool(words) and all(word.bold for word in words)
        return evolve(block, heading=True) if bold and len(block.text) < _LONGEST_HEADING else block
    if block.layout != "characters":
        return block
    rows = [_row(row, sheet) for row in block.rows]
    zones = _between(rows)
    rows = [row if row.rule else _parted(row, zones, _strokes(rows, at), sheet) for at, row in enumerate(rows)]
    first_left = min((row.cells[0].left for row in rows if row.cells and not row.rule), default=0)
    return Table(
        tuple(
            evolve(row, indent=row.cells[0].left - first_left) if row.cells and not row.rule else row for row in rows
        ),
        "points",
    )


def evened(block: Block) -> Block:
    """A table with figures that are set to the left of their columns as if they ended where the widest of each does:
    columns are told by where figures end."""
    if not isinstance(block, Table) or block.layout != "points":
        return block
    return Table(tuple(_evened(block.rows)), "points")


def _evened(rows: Sequence[Row]) -> list[Row]:
    figures = [cell for row in rows if not row.rule for cell in row.cells[1:] if is_figure(cell.text)]
    columns = _clusters([cell.left for cell in figures])
    if len(_clusters([cell.edge or cell.right for cell in figures])) <= len(columns):
        return list(rows)
    ends = {first: max(cell.right for cell in figures if first <= cell.left <= last) for first, last in columns}
    bounds = sorted(ends)
    if any(ends[one] > two for one, two in pairwise(bounds)) or len(figures) < _FEWEST * len(columns):
        return list(rows)
    return [
        row if row.rule else evolve(row, cells=tuple(_stretched(cell, columns, ends) for cell in row.cells))
        for row in rows
    ]


def _clusters(places: Sequence[int]) -> list[_Zone]:
    """Places that stand close to each other, from the first to the last of each."""
    found: list[_Zone] = []
    for place in sorted(places):
        if found and place - found[-1][1] <= _EDGE:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _stretched(cell: Cell, columns: Sequence[_Zone], ends: Mapping[int, int]) -> Cell:
    first = next((first for first, last in columns if first <= cell.left <= last), None)
    if first is None or not is_figure(cell.text):
        return cell
    return evolve(cell, right=ends[first], edge=ends[first])


def _row(row: Row, sheet: Sheet) -> Row:
    return evolve(row, cells=tuple(_cell(cell, _words(cell, sheet)) for cell in row.cells))


def _words(cell: Cell, sheet: Sheet) -> Sequence[Word]:
    line = sheet.line(cell.content)
    column = cell.content.anchors[0].column - 1
    return line.within(column, column + max(1, len(cell.content.text))) or line.words[-1:]


def _cell(cell: Cell, words: Sequence[Word]) -> Cell:
    marks = " ".join(word.marks for word in words if word.marks)
    last = next((word for word in reversed(words) if not numbers.closes(word.text)), words[-1])
    bold = all(word.bold for word in words)
    return evolve(
        cell, left=words[0].left, right=max(word.right for word in words), edge=last.edge, bold=bold, marks=marks
    )


def _between(rows: Sequence[Row]) -> list[_Zone]:
    """What stands between neighbouring columns of figures."""
    spans: list[list[int]] = []
    ends = sorted(
        (cell.edge or cell.right, cell.left)
        for row in rows
        if not row.rule
        for cell in row.cells[1:]
        if is_number(cell.text)
    )
    for right, left in ends:
        if spans and right - spans[-1][1] <= _EDGE:
            spans[-1][0], spans[-1][1], spans[-1][2] = min(spans[-1][0], left), right, spans[-1][2] + 1
        else:
            spans.append([left, right, 1])
    kept = [span for span in spans if span[2] > 1]
    return [(one[1], two[0]) for one, two in pairwise(kept) if two[0] > one[1]]


def _strokes(rows: Sequence[Row], at: int) -> list[_Zone]:
    """The lines drawn under a row."""
    below = rows[at + 1] if at + 1 < len(rows) else None
    return [(cell.left, cell.right) for cell in below.cells] if below is not None and below.rule else []


def _parted(row: Row, zones: Sequence[_Zone], strokes: Sequence[_Zone], sheet: Sheet) -> Row:
    """The row, words of one cell that stand over two columns parted; not those that one line underlines together."""
    open_ = [*zones, *((one[1], two[0]) for one, two in pairwise(strokes) if two[0] > one[1])]
    if not open_:
        return row
    cells = [
        part
        for cell in row.cells
        for part in ((cell,) if _is_underlined(cell, row, strokes) else _parts(cell, open_, sheet))
    ]
    return evolve(row, cells=tuple(cells)) if len(cells) > len(row.cells) else row


def _is_underlined(cell: Cell, row: Row, strokes: Sequence[_Zone]) -> bool:
    """Whether a line that is not drawn under the whole row is drawn under all of a head, as over several columns."""
    return any(
        left - _EDGE <= cell.left and cell.right <= right + _EDGE
        for left, right in strokes
        if row.cells[0].left < left - _EDGE or row.cells[-1].right > right + _EDGE
    )


def _parts(cell: Cell, zones: Sequence[_Zone], sheet: Sheet) -> Iterator[Cell]:
    words = _words(cell, sheet)
    if len(words) < 2 or is_figure(cell.text) or not any(cell.left < low and high < cell.right for low, high in zones):
        yield cell
        return
    wide = [
        at
        for at, (one, two) in enumerate(pairwise(words), 1)
        if two.left - one.right > _PARTED * max(1, min(one.size, two.size))
        and any(max(low, one.right) <= min(high, two.left) for low, high in zones)
    ]
    gaps = [two.left - one.right for one, two in pairwise(words)]
    if len(wide) < len(gaps):  # and not a head to each word
        wide = [at for at in wide if gaps[at - 1] > _STRETCHED * min(gaps)]
    if not wide:
        yield cell
        return
    cuts = [0, *wide]
    begins = _begins(cell, words)
    for low, high in pairwise([*cuts, len(words)]):
        start = begins[low]
        end = begins[high - 1] + len(words[high - 1].text)
        yield _cell(evolve(cell, content=_stretch(cell.content, start, end)), words[low:high])


def _begins(cell: Cell, words: Sequence[Word]) -> list[int]:
    """Where in the text of a cell each of its words begins."""
    begins, at = [], 0
    for word in words:
        begins.append(at)
        at += len(word.text) + 1
    return begins


def _stretch(content: Anchored, start: int, end: int) -> Anchored:
    """A part of a text, each character with its way back."""
    anchors = []
    for at, anchor in enumerate(content.anchors):
        stop = content.anchors[at + 1].at if at + 1 < len(content.anchors) else len(content.text)
        if anchor.at < end and stop > start:
            skipped = max(0, start - anchor.at)
            moved = evolve(
                anchor,
                at=anchor.at + skipped - start,
                byte=anchor.byte + skipped * anchor.width,
                column=anchor.column + skipped,
            )
            anchors.append(moved)
    return Anchored(content.text[start:end], tuple(anchors) or content.anchors[:1])
