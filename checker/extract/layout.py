"""From the rows of a table to its columns, headings and lines: where the header ends, what stands over which column,
where a new header begins.

Nothing is typed here: numbers stay pieces, headings stay texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.core.document import Table
from checker.core.value import evolve, frozen
from checker.extract import columns, pieces, ragged
from checker.extract.columns import Grid
from checker.extract.entries import Entry, set_aside, trailing_headings, unwrapped
from checker.extract.heads import Heads, begins_another, continued, is_another, is_time, renewed
from checker.extract.noted import with_cell_of_note
from checker.extract.pieces import Piece
from checker.extract.references import without_line_numbers, without_references
from checker.extract.rows import (
    Read,
    caption_edge,
    first_line,
    is_caption,
    numbers_of,
    spanned,
    unread_of,
    without_marks,
    worded,
)
from checker.extract.swallowed import released
from checker.extract.unfolded import unfolded
from checker.lexicon import numbers, time
from checker.lexicon.numbers import Style
from checker.lexicon.scale import stated

_LONGEST_HEAD = 100
"""Characters: a longer text over a single column, though it names a time, is a paragraph."""
_LEADERS = re.compile(r"(?:(?<!\s)\s+|(?<!\.))\.{3,}\s*$")

_MANY_CELLS = 200_000
"""Cells of a table from which on it is asked how many of them are filled."""
_FILLED = 20
"""One cell of so many must be."""


@frozen
class Part:
    """Lines under one set of headings. `stub` holds the texts of its header that head no column: titles, "(in
    thousands)"."""

    grid: Grid
    heads: tuple[str, ...]
    stub: tuple[str, ...]
    entries: tuple[Entry, ...]


def parts(table: Table, style: Style) -> tuple[Part, ...]:
    """The parts of a table, one for each header; none where it holds no figures."""
    rows = [Read(row, () if row.rule else pieces.of_row(row, style), row.untold > 0) for row in table.rows]
    rows = [read for read in rows if read.is_rule or read.pieces]
    if table.layout == "grid":
        rows = list(with_cell_of_note(rows))
    plain = table.layout == "grid" and all(cell.right - cell.left == 1 for row in table.rows for cell in row.cells)
    return _parts(released(unfolded(rows), style) if plain else rows, table.layout, plain)


def _parts(rows: Sequence[Read], layout: columns.Layout, plain: bool) -> tuple[Part, ...]:
    rows = without_line_numbers(rows)
    edge = caption_edge(rows, layout)
    ordered = ragged.in_order(rows, edge, layout, whole=True) if plain else None
    if ordered is None and plain:
        rows = ragged.closed_up(rows, edge)
    if ordered is None and (plain or layout == "characters"):
        ordered = ragged.in_order(rows, edge, layout)
    if ordered is not None:
        rows, edge, layout, plain = ordered, 0, "grid", True
    start = first_line(rows, edge)
    if start is None:
        return ()
    grid = spanned(rows[start:], edge, layout)
    if grid is None or _scattered(rows, grid):
        return ()
    rows, grid = without_references(*without_marks(rows, grid, edge), edge)
    walk = _Walk(rows, grid, edge, plain, start)
    found = walk.parts(start)
    if layout == "grid" or not walk.breaks:
        return found
    cuts = [0, *walk.breaks, len(rows)]  # columns of text stand elsewhere under each new header
    return tuple(part for begin, end in pairwise(cuts) for part in _parts(rows[begin:end], layout, plain))


def _scattered(rows: Sequence[Read], grid: Grid) -> bool:
    """Whether so many cells would be empty, and so few filled, that the numbers make no columns."""
    cells = len(rows) * len(grid.spans)
    return cells > _MANY_CELLS and _FILLED * sum(len(read.numbers) for read in rows) < cells


class _Walked:
    """The parts of a table so far, and the one that is open."""

    def __init__(self, grid: Grid, heads: tuple[str, ...], stub: tuple[str, ...]) -> None:
        self.grid, self.heads, self.stub = grid, heads, stub
        self.section: tuple[str, ...] = ()
        self.entries: list[Entry] = []
        self.done: list[Part] = []

    @property
    def has_lines(self) -> bool:
        """Whether the open part holds more than headings."""
        return any(not entry.is_heading for entry in self.entries)

    def restart(self, heads: tuple[str, ...], texts: tuple[str, ...]) -> None:
        """A new header: titles right above it are its own."""
        if self.has_lines:
            titles = trailing_headings(self.entries)
            self._close(self.entries[: len(self.entries) - len(titles)])
            self.entries, self.stub = [], (*(title.caption for title in titles), *texts)
        else:
            self.stub = (*self.stub, *texts)
        self.heads, self.section = heads, ()

    def turn(self, text: str) -> None:
        """A period set as a section: the same columns, at another time."""
        if self.has_lines:
            self._close(self.entries)
            self.entries = []
        self.section = (text,)

    def rule(self, read: Read) -> None:
        """A line drawn across the columns; a double one ends what the line above it sums."""
        if self.entries and read.row.rule == "=":
            self.entries[-1] = evolve(self.entries[-1], double_rule_below=True)

    def line(self, entry: Entry) -> None:
        """One more line, or a period that the lines below it are of."""
        if entry.is_heading and is_time(entry.caption):
            self.turn(entry.caption)
        else:
            self.entries.append(entry)

    def finish(self) -> tuple[Part, ...]:
        """All parts that hold figures."""
        self._close(self.entries)
        return tuple(self.done)

    def _close(self, entries: Sequence[Entry]) -> None:
        joined = unwrapped(entries)
        if any(not entry.is_heading for entry in joined):
            aside, joined = set_aside(joined)
            self.done.append(Part(self.grid, self.heads, (*self.stub, *self.section, *aside), joined))


def _repeats(new: Sequence[str], old: Sequence[str]) -> bool:
    """Whether heads say nothing but what stood over the columns before."""
    return all(not one or one == two for one, two in zip(new, old, strict=True))


class _Walk:
    """One pass over the rows of a table."""

    def __init__(self, rows: Sequence[Read], grid: Grid, edge: int, plain: bool, start: int) -> None:
        self.rows = rows
        self.grid = grid
        self.edge = edge
        self.heads = Heads(grid, edge, plain, worded(rows[start:], grid, edge))
        self.width = len(grid.spans)
        self.found: dict[columns.Interval, int | None] = {}
        """The columns of numbers that stood so before: those of a column mostly do."""
        self.breaks: list[int] = []
        """Rows at which a new header (or the titles above it) begins after lines."""

    def parts(self, start: int) -> tuple[Part, ...]:
        begin = self._first_heading(start)
        heads, stub = self.heads.read(self.rows[:begin])
        walked = _Walked(self.grid, heads, stub)
        for read in self.rows[begin:start]:
            if not read.is_rule:
                walked.entries.append(self._entry(read, False))
        index, ruled = start, False
        while index < len(self.rows):
            read = self.rows[index]
            if read.is_rule:
                walked.rule(read)
                index, ruled = index + 1, True
            elif (stop := self._header_end(index)) > index:
                self._header(walked, index, stop)
                index, ruled = stop, False
            else:
                walked.line(self._entry(read, ruled))
                index, ruled = index + 1, False
        return walked.finish()

    def _header(self, walked: _Walked, index: int, stop: int) -> None:
        """Heads between lines: those of the columns once more, or others, with which something new begins."""
        new, texts = self.heads.read(self.rows[index:stop])
        same = (
            _repeats(new, walked.heads)
            and not any(time.read(text) for text in texts)
            and not is_another(texts, walked.stub)
        )
        if same and not begins_another([entry.caption for entry in trailing_headings(walked.entries)]):
            walked.stub += texts
            return
        if walked.has_lines:
            self.breaks.append(self._above(index))
        walked.restart(renewed(new, walked.heads) if walked.has_lines else continued(new, walked.heads), texts)

    def _above(self, index: int) -> int:
        """Where the titles right above a header begin; lines may be drawn around them, but not one right below the last
        figures."""
        titled = above = index
        while above > 1 and not any(piece.is_number for piece in self.rows[above - 1].pieces):
            above -= 1
            titled = titled if self.rows[above].is_rule else above
        return titled

    def _first_heading(self, start: int) -> int:
        """Where the section headings begin that stand between the header and the first line."""
        begin = start
        for index in range(start - 1, -1, -1):
            read = self.rows[index]
            if read.is_rule:
                continue
            if any(self.heads.reaches(piece) for piece in read.pieces) and not (
                len(read.pieces) == 1 and self.heads.is_title(read.pieces[0])
            ):
                return begin
            if (
                any(time.read(piece.text) or stated(piece.text) is not None for piece in read.pieces)
                or len(read.pieces) != 1
            ):
                return begin
            begin = index
        return start

    # ---- header rows in the middle of a table

    def _header_end(self, index: int) -> int:
        """Where a new header that begins at `index` ends; `index` itself where none begins."""
        stop, rules, seen = index, index, False
        while rules < len(self.rows):
            read = self.rows[rules]
            if read.is_rule:
                rules += 1
                continue
            if not self._is_head(read):
                break
            seen = True
            rules += 1
            stop = rules
        return stop if seen else index

    def _is_head(self, read: Read) -> bool:
        """Whether a row heads columns: texts or years over them, no amounts."""
        values = numbers_of(read, self.edge)
        if any(
            piece.is_amount or (piece.printed is not None and piece.printed.form != "number") for piece in values
        ) or unread_of(read, self.edge):
            return False
        caption = " ".join(
            piece.text for piece in read.pieces if is_caption(piece, self.edge) and piece.right <= self.grid.first
        )
        if values:
            return self._are_years(values) or not caption or bool(time.read(caption)) or stated(caption) is not None
        over = [piece for piece in read.pieces if self.heads.is_over(piece)]
        if not over:
            return False
        timed = any(time.read(piece.text) for piece in over)
        if len(over) >= 2:
            return timed or not caption or is_time(caption)
        if caption:
            return timed and self.width == 1
        return timed and len(over[0].text) < _LONGEST_HEAD

    def _are_years(self, values: Sequence[Piece]) -> bool:
        """Whether a year stands in every column, each beside that before or after it: whatever the caption says, they
        head the columns."""
        if not 1 < len(values) == self.width or not all(numbers.is_year(piece.text) for piece in values):
            return False
        years = [time.read(piece.text).years[-1:] for piece in values]
        return all(one and two and abs(one[0] - two[0]) == 1 for one, two in pairwise(years))

    # ---- lines

    def _entry(self, read: Read, ruled: bool) -> Entry:
        values, words = self._parted(read)
        unread = [
            (column, piece)
            for piece in words
            if piece.unread is not None and (column := self._column((piece.left, piece.right))) is not None
        ]
        words = [piece for piece in words if all(piece is not one for _, one in unread)] if unread else words
        first = values[0].left if values else None
        words = [piece for piece in words if first is None or piece.left < first]
        if first is not None and len(words) > 1:
            words = [words[0]] + [
                piece for piece in words[1:] if piece.left < self.grid.first and piece.right <= self.grid.first
            ]
        cells: list[Piece | None] = [None] * self.width
        for piece, column in zip(values, self._columns(values), strict=True):
            if column is not None and cells[column] is None:
                cells[column] = piece
        shifted = self._shifted(read, cells)
        if shifted is not None:
            words, cells = [], shifted
        caption = " ".join([piece.text for piece in words])
        if "..." in caption:
            caption = _LEADERS.sub("", caption)
        return Entry(
            " ".join(caption.split()),
            tuple(cells),
            read.row.indent,
            bool(words) and words[0].cell.bold,
            ruled or any(piece.rule_above for piece in values),
            False,
            " ".join(piece.marks for piece in words if piece.marks),
            read.untold,
            tuple((column, piece) for column, piece in unread if cells[column] is None),
        )

    def _parted(self, read: Read) -> tuple[list[Piece], list[Piece]]:
        """The numbers of a row, and the rest: words and what belongs to the caption."""
        values: list[Piece] = []
        words: list[Piece] = []
        for piece in read.pieces:
            (words if is_caption(piece, self.edge) or self._is_inside_caption(piece) else values).append(piece)
        return values, words

    def _is_inside_caption(self, piece: Piece) -> bool:
        """Whether a number ends before the first column of a text or a page begins: a caption was broken before it."""
        return self.grid.layout != "grid" and piece.is_number and piece.edge < self.grid.first

    def _columns(self, values: Sequence[Piece]) -> Sequence[int | None]:
        """The column of each number of a row; where two would share one, all of them in order."""
        found = [(piece.left, piece.edge if self.grid.layout != "grid" else piece.right) for piece in values]
        nearest = [self._column(span) for span in found]
        known = [column for column in nearest if column is not None]
        return nearest if len(known) == len(set(known)) else self.grid.in_order(found) or nearest

    def _column(self, span: columns.Interval) -> int | None:
        if span not in self.found:
            self.found[span] = self.grid.column(*span)
        return self.found[span]

    def _shifted(self, read: Read, cells: Sequence[Piece | None]) -> list[Piece | None] | None:
        """The cells of a row whose empty caption was left out: as many numbers as columns, the first where captions
        stand, the last column empty."""
        if self.grid.layout != "grid" or len(read.pieces) != self.width or self.width < 2 or cells[-1] is not None:
            return None
        if (
            not all(piece.is_number for piece in read.pieces)
            or numbers.is_year(read.pieces[0].text)
            or read.pieces[0].left > self.edge
        ):
            return None
        return list(read.pieces)
