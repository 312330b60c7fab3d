"""Pieces: the cells of a row after numbers that were set over several cells are put together again.

A join is made only where the joined text parses as a number. Alignment is by interval, never by order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.core.document import Cell, Row
from checker.core.figure import Illegible
from checker.core.place import Place
from checker.core.value import evolve, frozen
from checker.lexicon import numbers
from checker.lexicon.numbers import Printed, Style

_DIGITS = re.compile(r"[\d.,](?:.*\d)?")


@frozen
class Piece:
    """One or more neighbouring cells read as one: a text, or a number with the cell its digits stand in."""

    text: str
    left: int
    right: int
    cell: Cell
    printed: Printed | None = None
    offset: int = 0
    """Where the text of `cell` begins in `text`."""
    rule_above: bool = False
    rule_below: bool = False
    marks: str = ""
    unread: Illegible | None = None
    """What it is where it means an amount and prints none."""
    valued: bool = False
    """Its table says that it is an amount, even where it looks like a year."""

    @property
    def is_number(self) -> bool:
        """Whether it prints a number, a dash or "not meaningful"."""
        return self.printed is not None

    @property
    def is_amount(self) -> bool:
        """Whether it is a number and neither a bare year nor a footnote mark such as `(1)`."""
        printed = self.printed
        if printed is None or printed.form == "not meaningful" or (numbers.is_year(self.text) and not self.valued):
            return False
        return not (len(self.text) == 3 and self.text[0] == "(" and self.text[1].isdigit() and self.text[2] == ")")

    @property
    def shown(self) -> str:
        """The number as printed: with sign, parentheses and unit sign, without the currency sign before it."""
        printed = self.printed
        return self.text if printed is None else self.text[printed.start : printed.end]

    @property
    def place(self) -> Place:
        """Where the number itself stands, as far as it stands in the cell of its digits: from sign to unit where
        nothing parts them, else its digits, so that no tag between its brackets is ever taken for a part of it."""
        printed, content = self.printed, self.cell.content
        if printed is None:
            return self.cell.place
        length = len(content.text)
        start = min(max(printed.start - self.offset, 0), length)
        end = min(max(printed.end - self.offset, start), length)
        if end <= start:
            return self.cell.place
        if not content.is_unbroken(start, end):
            digits = _DIGITS.search(content.text, start, min(max(printed.digits_end - self.offset, start), end))
            if digits is not None and content.is_unbroken(*digits.span()):
                return content.place(*digits.span())
        return content.place(start, end)

    @property
    def edge(self) -> int:
        """Where the digits end, in characters or points: closing signs hang over."""
        printed = self.printed
        if printed is not None and self.cell.edge is not None:
            return self.cell.edge
        if printed is None or self.cell.right - self.cell.left != len(self.cell.content.text):
            return self.right
        return self.cell.left + printed.digits_end - self.offset


Cells = Sequence[Piece | None]
"""The pieces of one line, a column each."""


def of_row(row: Row, style: Style) -> tuple[Piece, ...]:
    """The pieces of a row from left to right; empty cells are left out, rules drawn in them kept with their
    neighbour."""
    cells = [cell for cell in row.cells if cell.content.text]
    pieces: list[Piece] = []
    index = 0
    while index < len(cells):
        piece, index = _from(cells, index, style)
        pieces.append(piece if piece.printed is not None else _illegible(piece, style))
    return tuple(pieces)


def _illegible(piece: Piece, style: Style) -> Piece:
    why = numbers.unread(piece.text, style)
    return piece if why is None else evolve(piece, unread=why)


def _from(cells: Sequence[Cell], index: int, style: Style) -> tuple[Piece, int]:
    cell = cells[index]
    text = cell.content.text
    following = index + 1
    if following < len(cells) and len(text) <= 6 and numbers.opens(text):
        after = cells[following]
        joined = text + after.content.text
        if numbers.is_year(after.content.text) and after.left > cell.right:  # "$" heads a column, the year another
            return _closed(_piece(text, (cell,), cell, 0, style), cells, following, style)
        if numbers.parse(joined, style) is not None:
            return _closed(_piece(joined, (cell, after), after, len(text), style), cells, following + 1, style)
        if following + 1 < len(cells) and numbers.parse(joined + cells[following + 1].content.text, style) is not None:
            return _closed(_piece(joined, (cell, after), after, len(text), style), cells, following + 1, style)
    return _closed(_piece(text, (cell,), cell, 0, style), cells, following, style)


def _piece(text: str, cells: tuple[Cell, ...], main: Cell, offset: int, style: Style) -> Piece:
    flat = text.replace("\n", " ") if "\n" in text else text
    if len(cells) == 1:
        return Piece(
            flat,
            main.left,
            main.right,
            main,
            numbers.parse(flat, style) or (numbers.parse(text, style) if flat is not text else None),
            offset,
            main.rule_above,
            main.rule_below,
            main.marks,
        )
    return Piece(
        flat,
        cells[0].left,
        cells[-1].right,
        main,
        numbers.parse(flat, style),
        offset,
        any(cell.rule_above for cell in cells),
        any(cell.rule_below for cell in cells),
        " ".join(cell.marks for cell in cells if cell.marks),
    )


def _closed(piece: Piece, cells: Sequence[Cell], index: int, style: Style) -> tuple[Piece, int]:
    """The piece with what closes its number in the cells that follow: `)`, `%`, a footnote mark."""
    while index < len(cells):
        after = cells[index]
        text = after.content.text
        if len(text) > 6 or text[0].isdigit() or _is_head(piece):
            break
        if text in ("$", "—", "–", "-"):
            break
        if numbers.closes(text):
            printed = numbers.parse(piece.text + text, style)
            if printed is None:
                break
            piece = _grown(piece, after, piece.text + text, printed)
        elif (
            piece.printed is not None
            and piece.printed.form == "number"
            and numbers.MARK.fullmatch(text)
            and after.left - piece.right <= 1
        ):
            piece = _grown(piece, after, piece.text, piece.printed)
            piece = _marked(piece, text)
        else:
            break
        index += 1
    return piece, index


def _is_head(piece: Piece) -> bool:
    """Whether nothing can close it: a bare year, or a text that does not even begin as a number."""
    if piece.printed is None:
        return not piece.text[-1:].isalnum() and not piece.text.startswith(("(", "$"))
    return numbers.is_year(piece.text)


def _grown(piece: Piece, cell: Cell, text: str, printed: Printed) -> Piece:
    above, below = piece.rule_above or cell.rule_above, piece.rule_below or cell.rule_below
    return Piece(text, piece.left, cell.right, piece.cell, printed, piece.offset, above, below, piece.marks)


def _marked(piece: Piece, marks: str) -> Piece:
    return evolve(piece, marks=f"{piece.marks} {marks}".strip())
