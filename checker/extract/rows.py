"""The rows of a table as pieces, and what they show before any heading is read: where captions end, where the lines
begin, which columns there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from checker.core.document import Row
from checker.core.value import evolve, frozen
from checker.extract import columns
from checker.extract.columns import Grid
from checker.extract.pieces import Piece
from checker.lexicon import money, numbers, time


@frozen
class Read:
    """One row and its pieces; a row that is only a rule has none."""

    row: Row
    pieces: tuple[Piece, ...]
    untold: bool = False
    """Nothing tells in which columns its figures stand: they are words."""

    @property
    def is_rule(self) -> bool:
        """Whether it is only a line drawn across the columns."""
        return bool(self.row.rule)

    @cached_property
    def numbers(self) -> Sequence[Piece]:
        """Its pieces that are numbers."""
        return [piece for piece in self.pieces if piece.printed is not None]


_MARK = re.compile(r"\((?:\d{1,2}|[a-z])\)", re.IGNORECASE)


def without_marks(rows: Sequence[Read], grid: Grid, edge: int) -> tuple[Sequence[Read], Grid]:
    """The rows without columns that hold nothing but marks such as (1), each beside a number: notes to it, not
    numbers."""
    if not any(
        piece.text[0] == "(" and len(piece.text) <= 4 and piece.is_number for read in rows for piece in read.pieces
    ):
        return rows, grid
    marked: list[set[bool]] = [set() for _ in grid.spans]
    for read in rows:
        before: Piece | None = None
        for piece in numbers_of(read, edge):
            column = grid.column(piece.left, piece.edge if grid.layout != "grid" else piece.right)
            if column is not None:
                near = (
                    before is not None
                    and before.is_amount
                    and piece.left - before.right <= (1 if grid.layout == "grid" else 3 * columns.WIDTH[grid.layout])
                )
                marked[column].add(near and _MARK.fullmatch(piece.text) is not None)
            before = piece
    gone = [place for place, seen in enumerate(marked) if seen == {True} and not _is_headed(rows, grid.spans[place])]
    if not gone or len(gone) == len(grid.spans):
        return rows, grid
    kept = evolve(grid, spans=tuple(span for place, span in enumerate(grid.spans) if place not in gone))
    spans = [grid.spans[place] for place in gone]
    return [evolve(read, pieces=_beside(read.pieces, spans)) for read in rows], kept


def _is_headed(rows: Sequence[Read], span: columns.Interval) -> bool:
    """Whether anything but marks stands in a column alone: then it has a head, and its numbers are numbers."""
    return any(
        piece.left >= span[0] and piece.right <= span[1] and not _MARK.fullmatch(piece.text)
        for read in rows
        for piece in read.pieces
    )


def _beside(pieces: Sequence[Piece], spans: Sequence[columns.Interval]) -> tuple[Piece, ...]:
    """The pieces of a row, marks in those columns now marks of the number before them."""
    done: list[Piece] = []
    for piece in pieces:
        inside = any(piece.left >= left and piece.right <= right for left, right in spans)
        if done and inside and done[-1].is_number and _MARK.fullmatch(piece.text):
            done[-1] = evolve(done[-1], marks=f"{done[-1].marks} {piece.text}".strip())
        else:
            done.append(piece)
    return tuple(done)


def caption_edge(rows: Sequence[Read], layout: columns.Layout) -> int:
    """Up to where a first piece stands in the place of captions, be it a number (a year as caption)."""
    lefts = Counter(read.pieces[0].left for read in rows if read.pieces and not read.pieces[0].is_number)
    if not lefts:
        return -1
    if layout == "grid":
        most = max(lefts.values())
        return min(left for left, count in lefts.items() if count * 4 >= most)
    return min(lefts) + 2 * columns.WIDTH[layout]


def is_caption(piece: Piece, edge: int) -> bool:
    """Whether a piece is words, or stands where captions do."""
    return not piece.is_number or piece.left <= edge


def numbers_of(read: Read, edge: int) -> list[Piece]:
    """The numbers of a row that do not stand in the place of captions."""
    return [piece for piece in read.numbers if piece.left > edge]


def unread_of(read: Read, edge: int) -> list[Piece]:
    """What stands right of the captions, means an amount and cannot be read."""
    return [piece for piece in read.pieces if piece.unread is not None and piece.left > edge]


def first_line(rows: Sequence[Read], edge: int) -> int | None:
    """The first row with a caption and a number that is not a year, or with several amounts that no heading holds; else
    the first with a number."""
    fallback = None
    for index, read in enumerate(rows):
        amounts = [piece for piece in numbers_of(read, edge) if piece.is_amount]
        if not amounts and not (
            fallback is None
            and unread_of(read, edge)
            and is_caption(read.pieces[0], edge)
            and not read.pieces[0].unread
        ):
            continue
        if not amounts:
            return index
        first = read.pieces[0]
        if is_caption(first, edge) and first.left < amounts[0].left and not _looks_like_head(first.text, amounts):
            return index
        if sum(1 for piece in amounts if _PLAINLY.search(piece.text)) >= _SEVERAL:
            return index if fallback is None else fallback
        if fallback is None and any(piece.printed is not None and piece.printed.form == "number" for piece in amounts):
            fallback = index
    return fallback


_PLAINLY = re.compile(rf"\d[,.]\d|[{money.CLASS}]\s*\d")
"""What only an amount has: a thousands or decimal sign, a currency sign."""
_SEVERAL = 2
"""Such numbers that make a row a line."""


def _looks_like_head(text: str, amounts: Sequence[Piece]) -> bool:
    """ "Three Months Ended March 31," with a stray number beside it is a heading still."""
    found = time.read(text)
    return (
        found.months is not None
        and bool(found.dates)
        and len(amounts) == 1
        and len(text) < 60
        and amounts[0].text.isdigit()
        and len(amounts[0].text) <= 2
    )


def spanned(rows: Sequence[Read], edge: int, layout: columns.Layout) -> Grid | None:
    """The columns that the numbers of the rows stand in; years that stand alone in a row are headings."""
    spans: list[list[columns.Interval]] = []
    dashes: set[columns.Interval] = set()
    for read in rows:
        values = [*numbers_of(read, edge), *unread_of(read, edge)]
        if not values:
            continue
        captioned = not read.pieces[0].is_number
        row = [
            (piece.left, piece.edge if layout != "grid" else piece.right)
            for piece in values
            if (piece.unread if piece.printed is None else piece.printed.form != "not meaningful")
            and (captioned or not numbers.is_year(piece.text))
        ]
        if row:
            spans.append(row)
            dashes.update(
                (piece.left, piece.edge) for piece in values if piece.printed and piece.printed.form == "dash"
            )
    found = columns.grid(spans, layout)
    if found is not None and layout != "grid" and (lone := _lone(spans, dashes, found)):
        found = columns.grid([[one for one in row if one not in lone] for row in spans], layout)
    return found if found is None or layout != "points" else evolve(found, unit=_width(rows))


def _lone(
    rows: Sequence[Sequence[columns.Interval]], dashes: set[columns.Interval], grid: Grid
) -> set[columns.Interval]:
    """Dashes that would make a column each, all that stands in it among many rows: drawn beside the one that belongs
    there."""
    if len(rows) < _MANY_ROWS:
        return set()
    standing: list[list[columns.Interval]] = [[] for _ in grid.spans]
    for one in (one for row in rows for one in row):
        if (column := grid.column(*one)) is not None:
            standing[column].append(one)
    return {each[0] for each in standing if len(each) == 1 and each[0] in dashes}


_MANY_ROWS = 8
"""Rows of figures in which a column with one dash is none."""


def _width(rows: Sequence[Read]) -> int:
    """About the width of a character of the numbers of a page."""
    widths = sorted((piece.right - piece.left) // len(piece.text) for read in rows for piece in read.numbers)
    return max(1, widths[len(widths) // 2]) if widths else columns.WIDTH["points"]


def worded(rows: Sequence[Read], grid: Grid, edge: int) -> Grid:
    """Where words stand beside figures, right of the captions and over no column: "0.5% - 4.5%", "May 2031"."""
    if grid.layout != "grid":
        return columns.united(())
    return columns.united(
        (piece.left, piece.right)
        for read in rows
        if any(piece.left > edge for piece in read.numbers)
        for piece in read.pieces
        if not piece.is_number and piece.left > edge and not grid.under(piece.left, piece.right)
    )
