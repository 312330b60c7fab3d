"""Rows that left out the cell of the note: in a table with a column of notes, a header that begins with "Notes" where
captions stand, and lines whose amounts begin in the column of the notes.

Programs that write out a page as a table leave such rows: an empty cell is lost, and what stands right of it stands
one column too far left. Nothing here knows what a number is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from checker.core.value import evolve
from checker.extract.pieces import Piece
from checker.extract.references import heads_notes, refers_to_note
from checker.extract.rows import Read
from checker.lexicon.numbers import is_year


def with_cell_of_note(rows: Sequence[Read]) -> Sequence[Read]:
    """The rows of a grid with those set right by one column that left out the cell of the note; as given where
    nothing shows where the notes stand."""
    place = _place(rows)
    if place is None:
        return rows
    noted = [read for read in rows if _notes(read, place)]
    if not noted:
        return rows
    end = Counter(read.numbers[-1].right for read in noted).most_common(1)[0][0]
    begun = [read for read in rows if _begins(read, place)]
    if any(read.numbers[-1].right >= end or not _run_on(read.numbers) for read in begun):
        return rows  # the column holds amounts too
    rows = [_narrowed(read, place) for read in rows]
    short = {id(read) for read in begun if read.numbers[-1].right == end - 1}
    later = [read for read in rows if _begins_later(read, place)]
    if short and not any(read.numbers[-1].right >= end for read in later):  # no line without a note has its cell
        short |= {id(read) for read in later}
    return [_set_right(read) if id(read) in short or _heads(read, place, end) else read for read in rows]


def _place(rows: Sequence[Read]) -> int | None:
    """Where the column of notes begins: under its head, or right of a head that stands over the captions."""
    heads = (
        piece for read in rows for piece in read.pieces if heads_notes(piece.text) and piece.right - piece.left == 1
    )
    head = next(heads, None)
    edge = min((read.pieces[0].left for read in rows if read.pieces and not read.pieces[0].is_number), default=0)
    return None if head is None else max(head.left, edge + 1)


def _notes(read: Read, place: int) -> bool:
    """Whether a line has a note in the column, and amounts behind it."""
    numbers = [piece for piece in read.pieces if piece.left == place and refers_to_note(piece.text)]
    return bool(numbers) and any(piece.left > place for piece in read.numbers)


def _begins(read: Read, place: int) -> bool:
    """Whether the amounts of a line begin in the column of notes."""
    first = next((piece for piece in read.numbers if piece.left >= place), None)
    return (
        first is not None
        and (first.left, first.right) == (place, place + 1)
        and not (refers_to_note(first.text) or is_year(first.text))
    )


def _begins_later(read: Read, place: int) -> bool:
    """Whether a line prints no note, and amounts only right of the column of notes."""
    numbers = [piece for piece in read.numbers if piece.left >= place]
    return bool(numbers) and numbers[0].left > place and not any(piece.left == place for piece in read.pieces)


def _run_on(pieces: Sequence[Piece]) -> bool:
    return all(two.left == one.right for one, two in pairwise(pieces))


def _narrowed(read: Read, place: int) -> Read:
    """The row with an amount that spans the cell of the note too in the next column alone."""
    wide = [piece for piece in read.numbers if piece.left == place and piece.right > place + 1]
    pieces = (evolve(piece, left=place + 1) if any(piece is one for one in wide) else piece for piece in read.pieces)
    return evolve(read, pieces=tuple(pieces)) if wide else read


def _heads(read: Read, place: int, end: int) -> bool:
    """Whether a header begins with the head of the notes where captions stand, and ends one column short."""
    return (
        len(read.pieces) > 1
        and not any(piece.is_amount for piece in read.pieces)
        and heads_notes(read.pieces[0].text)
        and read.pieces[0].left < place
        and read.pieces[-1].right == end - 1
    )


def _set_right(read: Read) -> Read:
    caption = next((piece for piece in read.pieces if not piece.is_number and not heads_notes(piece.text)), None)
    keeps = caption if caption is read.pieces[0] else None
    moved = (
        piece if piece is keeps else evolve(piece, left=piece.left + 1, right=piece.right + 1) for piece in read.pieces
    )
    return evolve(read, pieces=tuple(moved))
