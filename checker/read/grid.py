"""Rows and cells of an HTML table as they come in, and the table that they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import Factory, define

from checker.core.document import Block, Cell, Row, Table
from checker.read.fold import BLANKS, Run, fold, leading
from checker.read.shapes import is_mark, is_number, is_rule, weight
from checker.read.source import Piece, Source
from checker.read.tags import BOLD, FEED, RAISED, Tag

_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]")
_STEP = 50
"""Tenths of a point that a caption moves to the right with each column it stands further in."""
_BUDGET = 2_000_000
"""Columns that spanning cells may reserve, and steps past reserved ones, in one table: bounds the work, never met by a
real one."""


class RawCell:
    """One cell while it is read: the parts are runs of text and the blocks of tables inside it. Most cells of a page
    are empty, so making one is cheap."""

    __slots__ = (
        "above",
        "at",
        "below",
        "bold",
        "hidden",
        "indent",
        "left",
        "marks",
        "nested",
        "parts",
        "pieces",
        "ruled",
        "tag",
        "text",
    )

    def __init__(self, tag: Tag, left: int, at: int) -> None:
        self.tag, self.left, self.at = tag, left, at
        self.parts: list[list[Run] | list[Block | None]] = []
        self.indent, self.above, self.below = 0, tag.above, tag.below
        self.hidden = self.ruled = self.nested = self.bold = False
        self.pieces: Sequence[Piece] = ()
        self.text = self.marks = ""

    @property
    def right(self) -> int:
        """The column after its last."""
        return self.left + self.tag.columns

    @property
    def runs(self) -> list[Run]:
        """All its own text."""
        return [part for parts in self.parts for part in parts if isinstance(part, tuple)]


@define
class RawTable:
    """One table while it is read. `height` and `flags` are those of the walk where it began."""

    flags: int
    height: int
    at: int
    floor: int
    rows: list[list[RawCell]] = Factory(list)
    row: list[RawCell] | None = None
    row_flags: int = 0
    cell: RawCell | None = None
    column: int = 0
    loose: list[Block | None] = Factory(list)
    reserved: dict[int, int] = Factory(dict)
    """Until which row a column is taken by a cell that spans rows."""
    spent: int = 0

    def place(self, tag: Tag) -> int:
        """The first free column for the next cell of the row, which is then taken."""
        number = len(self.rows)
        column = self.column
        while self.reserved and self.reserved.get(column, -1) >= number and self.spent < _BUDGET:
            column += 1
            self.spent += 1
        self.column = column + tag.columns
        if tag.rows > 1 and self.spent < _BUDGET:
            self.spent += tag.columns
            for each in range(column, column + tag.columns):
                self.reserved[each] = number + tag.rows - 1
        return column


def finish_cell(cell: RawCell, source: Source) -> None:
    """Folds the text of a cell that is complete; footnote marks set as superscripts are kept apart."""
    runs = cell.parts[0] if len(cell.parts) == 1 and not cell.nested else cell.runs
    if not runs:
        return
    marks: list[str] = []
    if any(run[2] & RAISED for run in runs):  # type: ignore[index]
        runs, marks = _apart(source.text, runs)  # type: ignore[arg-type]
    cell.pieces = fold(source.text, runs)  # type: ignore[arg-type]
    if not cell.pieces:
        cell.marks = ",".join(marks)
        return
    cell.text = cell.pieces[0][0] if len(cell.pieces) == 1 else "".join(piece[0] for piece in cell.pieces)
    cell.marks = ",".join(marks)
    first = cell.pieces[0][1]
    cell.bold = any(flags & BOLD and start <= first < end for start, end, flags in runs)  # type: ignore[misc]


def _apart(text: str, runs: list[Run]) -> tuple[list[Run], list[str]]:
    """The runs without raised footnote marks, and those marks."""
    kept: list[Run] = []
    marks: list[str] = []
    at = 0
    while at < len(runs):
        stop = at
        while stop < len(runs) and runs[stop][2] & RAISED and not runs[stop][2] & FEED:
            stop += 1
        if stop == at:
            kept.append(runs[at])
            at += 1
            continue
        raised = "".join(piece[0] for piece in fold(text, runs[at:stop]))
        if is_mark(raised):
            marks.append(raised)
        else:
            kept.extend(runs[at:stop])
        at = stop
    return kept, marks


def is_data(table: RawTable) -> bool:
    """Whether a table prints figures beside captions or heads; a table that holds other tables needs two such rows of
    its own."""
    needed = 1
    for row in table.rows:
        if any(cell.nested for cell in row):
            needed = 2
            break
    for row in table.rows:
        texts = [cell.text for cell in row if cell.text and not cell.nested]
        if any(is_number(text) and not _ITEM.fullmatch(text) for text in texts[1:]):
            needed -= 1
            if not needed:
                return True
    return False


def table_of(table: RawTable, source: Source) -> Table:
    """The rows that print something or draw a line."""
    rows: list[Row] = []
    for raw in table.rows:
        rows.extend(_rows(raw, source))
    return Table(tuple(rows), "grid")


def _rows(raw: list[RawCell], source: Source) -> Iterable[Row]:
    cells: list[Cell] = []
    ruled: list[RawCell] = []
    double: list[RawCell] = []
    indent = 0
    weights = "-"
    for cell in raw:
        text = cell.text
        if not text:
            if cell.marks and cells:
                cells[-1] = _marked(cells[-1], cell.marks)
            if cell.above or cell.below or cell.ruled:
                ruled.append(cell)
                weights = "=" if max(cell.above, cell.below) > 1 else weights
            continue
        if len(text) > 1 and not text[-1].isalnum() and is_rule(text):
            ruled.append(cell)
            weights = "=" if weight(text) == "=" else weights
            continue
        if not cells:
            indent = cell.indent + cell.tag.indent + _STEP * cell.left
            if source.text[cell.at : cell.at + 1] != "" and cell.pieces[0][1] > _first(cell):
                indent += leading(source.text, cell.runs)
        if cell.below > 1:
            double.append(cell)
        cells.append(
            Cell(
                source.anchored(cell.pieces),
                cell.left,
                cell.right,
                cell.bold,
                cell.above > 0,
                cell.below > 0 or cell.ruled,
                cell.marks,
            )
        )
    if cells:
        yield Row(tuple(cells), indent)
        if double:
            yield _drawn(double, "=", source)
        elif any(cell.text for cell in ruled):
            yield _drawn([cell for cell in ruled if cell.text], weights, source)
    elif ruled:
        yield _drawn(ruled, weights, source)


def _drawn(cells: list[RawCell], weights: str, source: Source) -> Row:
    return Row(
        tuple(Cell(source.anchored([("", cell.at, cell.at)]), cell.left, cell.right) for cell in cells),
        rule="=" if weights == "=" else "-",
    )


def _first(cell: RawCell) -> int:
    """Where the first run of a cell begins."""
    for part in cell.parts:
        for run in part:
            if isinstance(run, tuple):
                return run[0]
    return cell.at


def _marked(cell: Cell, marks: str) -> Cell:
    return Cell(
        cell.content,
        cell.left,
        cell.right,
        cell.bold,
        cell.rule_above,
        cell.rule_below,
        f"{cell.marks},{marks}" if cell.marks else marks,
    )


__all__ = ["BLANKS", "RawCell", "RawTable", "finish_cell", "is_data", "table_of"]
