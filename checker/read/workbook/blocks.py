"""The cells of a sheet become tables and paragraphs: a new table begins where heads stand under an empty row, titles
and notes stand outside.

Only what the sheet shows: what stands in hidden rows and columns is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from checker.core.document import Block, Cell, Paragraph, Row, Table
from checker.core.place import Anchored, Spot
from checker.core.working import named
from checker.read.shapes import is_number, is_period, is_rule
from checker.read.taken import Taken
from checker.read.workbook.sheet import Page, Stored

_INDENT = 90
"""Tenths of a point of one step of an indent."""
_STEP = 50
"""Tenths of a point that a caption moves to the right with each column it stands further in."""
_LONGEST_TITLE = 200
"""Characters of a heading."""
_DEFAULT_NAME = ("sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "planilha", "arkusz", "table")
"""How programs call a sheet that nobody named."""

Line = list[Stored]


def blocks_of(page: Page, taken: Taken) -> Iterator[Block]:
    """What a sheet shows, in order; its name goes first unless it says nothing."""
    lines = _lines(page)
    if not lines:
        return
    making = _Making(page, taken)
    if not any(page.name.lower().startswith(word) for word in _DEFAULT_NAME) and not lines[0][
        0
    ].text.lower().startswith(page.name.strip().lower()[:24]):
        yield Paragraph(taken.put([(page.name, Spot(sheet=page.name, cell="A1"))]), heading=True)
    for stretch in _parted(lines):
        yield from making.table(stretch)


def _lines(page: Page) -> list[Line]:
    """The rows that show something, without what is hidden."""
    lines: list[Line] = []
    for cell in page.cells:
        if not cell.text or page.is_hidden(cell.row, cell.column):
            continue
        if lines and lines[-1][0].row == cell.row:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return lines


def _parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The rows of each table: one ends at an empty row when heads stand below it before the next figures."""
    stretch: list[Line] = []
    for index, line in enumerate(lines):
        if (
            stretch
            and line[0].row > stretch[-1][0].row + 1
            and _begins_anew(lines, index)
            and any(map(_is_data, stretch))
        ):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


_NEAR = 8
"""Rows among which the heads of a new table are looked for."""


def _begins_anew(lines: Sequence[Line], index: int) -> bool:
    """Whether heads stand here, perhaps below titles, before any figures."""
    for line in lines[index : index + _NEAR]:
        if _is_data(line):
            return False
        if _is_head(line):
            return True
    return False


def _is_head(line: Line) -> bool:
    """A row of words or dates over columns: none of them is an amount."""
    over = [cell for cell in line if cell.column > 1]
    return (
        bool(over)
        and (len(over) > 1 or is_period(over[0].text) or any(sign.isdigit() for sign in over[0].text))
        and not _is_data(line)
    )


def _is_data(line: Line) -> bool:
    """A row with an amount that no year or day is."""
    amounts = [
        cell
        for cell in line
        if (is_number(cell.text) if cell.number is None else not cell.dated and not _is_year(cell))
    ]
    return any(cell.column > 1 for cell in amounts) or (len(line) == 1 and bool(amounts) and line[0].number is not None)


def _is_year(cell: Stored) -> bool:
    """A year that heads a column: written without commas, alone."""
    return cell.text.isdigit() and len(cell.text) == 4 and 1900 <= int(cell.text) <= 2100 and "," not in cell.look.code


@define
class _Making:
    """What makes blocks of the rows of one sheet."""

    page: Page
    taken: Taken

    def table(self, lines: Sequence[Line]) -> Iterator[Block]:
        """The titles, the table and the notes of one stretch of rows."""
        figures = [index for index, line in enumerate(lines) if _is_data(line)]
        if not figures:
            yield from self._words(lines)
            return
        first = next((index for index, line in enumerate(lines) if len(line) > 1 or _is_data(line)), 0)
        last = max(
            (index for index, line in enumerate(lines) if len(line) > 1 or _is_data(line)), default=len(lines) - 1
        )
        while (
            first and lines[first - 1][0].column > lines[figures[0]][0].column and is_period(lines[first - 1][0].text)
        ):
            first -= 1  # a head over several columns that stands in the first of them
        yield from self._words(lines[:first])
        rows: list[Row] = []
        for line in lines[first : last + 1]:
            rows.extend(self._rows(line))
        yield Table(tuple(rows), "grid")
        yield from self._words(lines[last + 1 :])

    def _words(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        """Rows of words: each cell a paragraph, each line of a long text too."""
        for line in lines:
            for cell in line:
                parts = cell.text.split("\n") if len(cell.text) > _LONGEST_TITLE else [cell.text.replace("\n", " ")]
                for part in parts:
                    short = len(part) < _LONGEST_TITLE and not part.rstrip().endswith(".")
                    yield Paragraph(self._put(cell, part), heading=short and (cell.look.bold or len(line) == 1))

    def _rows(self, line: Line) -> Iterator[Row]:
        """A row as printed, and the double lines below it."""
        cells: list[Cell] = []
        double: list[Cell] = []
        drawn: list[Cell] = []
        for stored in line:
            left, right = stored.column - 1, self.page.merged.get((stored.row, stored.column), (0, stored.column))[1]
            look = stored.look
            if len(stored.text) > 1 and is_rule(stored.text):
                drawn.append(Cell(self._put(stored, ""), left, right))
                continue
            cells.append(
                Cell(
                    self._put(stored, stored.text), left, right, look.bold, look.above > 0, look.below > 0, stored.marks
                )
            )
            if look.below > 1:
                double.append(Cell(self._put(stored, ""), left, right))
        if cells:
            yield Row(tuple(cells), _INDENT * line[0].look.indent + _STEP * (line[0].column - 1))
        if double or drawn:
            yield Row(tuple(double or drawn), rule="=" if double or any("=" in one.text for one in line) else "-")

    def _put(self, cell: Stored, text: str) -> Anchored:
        return self.taken.put([(text, Spot(sheet=self.page.name, cell=named(cell.row, cell.column)))])
