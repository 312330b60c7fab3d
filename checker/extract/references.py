"""Columns of numbers that are no amounts: which note or page speaks of a line, and the numbers of the lines
themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.core.value import evolve
from checker.extract.columns import Grid, Interval
from checker.extract.pieces import Piece
from checker.extract.rows import Read, numbers_of
from checker.lexicon import numbers, time

_HEAD = re.compile(
    r"\W*(?:notes?|refs?|references?|pages?|exhibits?|schedules?)(?:\s+(?:nos?|numbers?|refs?|references?)\W*)?\W*",
    re.IGNORECASE,
)
"""Over a column of references."""
_NOTES = re.compile(r"\W*notes?(?:\s+(?:nos?|numbers?))?\W*", re.IGNORECASE)
_YEARS = re.compile(r"\W*(?:(?:fiscal|financial|calendar)\s+)?years?\W*\d{0,2}\W*", re.IGNORECASE)
"""Over a column of years, with the mark of a footnote."""
_MOST_YEARS = 3
"""Years that lines are told of in turn."""
_PLURAL = re.compile(r"\W*(?:notes|exhibits|schedules)\W*", re.IGNORECASE)
"""Heads that may name what the amounts below are of, too: notes are debt."""
_NUMBER = re.compile(r"\W*(?:nos?|numbers?|refs?|references?)\W*", re.IGNORECASE)
"""What is left of such a head on the row below."""
_REFERENCE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}(?:[a-z]|\s*[(\[]?\w[)\]])*(?:\s*[,&]\s*\d{1,2}(?:\.\d{1,2})?)*")
_PAGE = re.compile(r"(?:[A-Z]{1,2}-)?\d{1,3}")
_COUNTED = re.compile(
    r"\W*(?:(?:line|row|item|sr\.?|s|serial)\W*)?(?:nos?|numbers?|#|n|line|row|item)?\W*", re.IGNORECASE
)
"""Over a column of the numbers of lines."""
_LINE = re.compile(r"\d{1,3}[.)]?")
_FEWEST_LINES = 5
"""Numbers from 1 on, each one more than the one above, that no column of amounts has by chance."""
_FEWEST_ROWS = 3
"""The same where every row of a table begins with one."""
_FOOTNOTES = re.compile(r"[1-9]\d?(?:\s*,\s*[1-9]\d?)*")
"""The footnotes a line has, in a column of their own."""
_NOTE = re.compile(r"[1-9]\d?")
_FEWEST_FOOTNOTES = 3
"""Marks that come up in the order 1, 2, 3; two small amounts may stand so by chance."""


def heads_notes(text: str) -> bool:
    """Whether a text heads a column of the notes that speak of the lines."""
    return _NOTES.fullmatch(text) is not None


def refers_to_note(text: str) -> bool:
    """Whether a text may say which note speaks of a line: "7", "3(a)", "5, 6"."""
    return _REFERENCE.fullmatch(text) is not None


def without_line_numbers(rows: Sequence[Read]) -> Sequence[Read]:
    """The rows without the numbers that count them, set before their captions."""
    if (index := _index(rows)) is not None:
        return _without(rows, index)
    counted = [
        read
        for read in rows
        if len(read.pieces) > 2 and _LINE.fullmatch(read.pieces[0].text) and not read.pieces[1].is_number
    ]
    figured = sum(1 for read in rows if len(read.numbers) > 1)
    if 2 * len(counted) < figured or not _counts([read.pieces[0] for read in counted]):
        return rows
    place = counted[0].pieces[0]
    gone = {id(read.pieces[0]) for read in counted if read.pieces[0].left <= place.right}
    heads = (read.pieces[0] for read in rows if len(read.pieces) > 1 and _COUNTED.fullmatch(read.pieces[0].text))
    return _without(rows, gone | {id(head) for head in heads if head.left < place.right and place.left < head.right})


def _index(rows: Sequence[Read]) -> set[int] | None:
    """The numbers that begin every row below the heads, as programs write out a table with the index of its rows: in
    a column of their own, from 0 or 1 on or with gaps where blank rows were left out, with words behind most of them.
    """
    at = next((at for at, read in enumerate(rows) if read.pieces and _LINE.fullmatch(read.pieces[0].text)), None)
    below = [read for read in rows[at:] if read.pieces] if at is not None else []
    firsts = [read.pieces[0] for read in below]
    if len(firsts) < _FEWEST_ROWS or len({(first.left, first.right) for first in firsts}) > 1:
        return None
    if not all(first.text.isdecimal() for first in firsts):
        return None
    shown = [int(first.text) for first in firsts]
    steps = [two - one for one, two in pairwise(shown)]
    whole = shown[0] < 2 and set(steps) == {1}
    gaps = (
        len(shown) >= _FEWEST_LINES and shown[0] < _FEWEST_ROWS and min(steps) > 0 and 2 * steps.count(1) > len(steps)
    )
    if not whole and not gaps:
        return None
    worded = sum(1 for read in below if len(read.pieces) > 1 and not read.pieces[1].is_number)
    return {id(first) for first in firsts} if 2 * worded >= len(firsts) else None


def without_references(rows: Sequence[Read], grid: Grid, edge: int) -> tuple[Sequence[Read], Grid]:
    """The rows without the columns that say which note or page speaks of a line, or count the lines."""
    if len(grid.spans) < 2:
        return rows, grid
    seen: list[list[Piece]] = [[] for _ in grid.spans]
    for read in rows:
        for piece in numbers_of(read, edge):
            column = grid.column(piece.left, piece.right)
            if column is not None:
                seen[column].append(piece)
    words = [piece for read in rows for piece in read.pieces if not piece.is_number]
    heads = [piece for piece in words if _HEAD.fullmatch(piece.text)]
    most = max(map(len, seen))
    gone = {
        place
        for place, pieces in enumerate(seen)
        if _counts(pieces)
        or _dates(rows, pieces, grid.spans[place])
        or _refers(pieces, _over(heads, grid, place), place, most)
        or _noted(seen, heads, place)
    }
    if _heads_none(rows, grid, seen):
        gone.add(0)
    last = len(seen) - 1
    if len(seen[last]) < most and _numbers_footnotes(_standing(rows, grid.spans[last], edge)):
        gone.add(last)
    if not gone or len(gone) == len(grid.spans):
        return rows, grid
    kept = evolve(grid, spans=tuple(span for place, span in enumerate(grid.spans) if place not in gone))
    years = [piece for piece in words if _YEARS.fullmatch(piece.text)]
    pieces = {
        id(piece)
        for place in gone
        for piece in (*seen[place], *_over((*heads, *years), grid, place), *_beside(rows, grid, place))
    }
    return _without(rows, pieces | {id(piece) for piece in _second_lines(rows, heads)}), kept


def _without(rows: Sequence[Read], gone: set[int]) -> Sequence[Read]:
    return [evolve(read, pieces=tuple(piece for piece in read.pieces if id(piece) not in gone)) for read in rows]


def _counts(pieces: Sequence[Piece]) -> bool:
    """Whether pieces count the lines beside them: 1, 2, 3 and on."""
    if (
        len(pieces) < _FEWEST_LINES
        or pieces[0].text.rstrip(".)") != "1"
        or not all(_LINE.fullmatch(piece.text) for piece in pieces)
    ):
        return False
    shown = [int(piece.text.rstrip(".)")) for piece in pieces]
    return all(two == one + 1 for one, two in pairwise(shown))


def _dates(rows: Sequence[Read], pieces: Sequence[Piece], span: Interval) -> bool:
    """Whether a column says of which year each line is: nothing but two or three years in turn, under a head that says
    so."""
    if len(pieces) < _FEWEST_ROWS or not all(numbers.is_year(piece.text) for piece in pieces):
        return False
    shown = [int(piece.text.strip()[:4]) for piece in pieces]
    if max(shown) - min(shown) + 1 != len(set(shown)) or not 1 < len(set(shown)) <= _MOST_YEARS:
        return False
    if any(one == two for one, two in pairwise(shown)):
        return False
    over = [piece for read in rows for piece in read.pieces if span[0] <= piece.left and piece.right <= span[1]]
    return [_YEARS.fullmatch(piece.text) is not None for piece in over if not piece.is_number] == [True]


def _over(heads: Sequence[Piece], grid: Grid, place: int) -> list[Piece]:
    """The heads of references that stand over a column."""
    left, right = grid.spans[place]
    return [head for head in heads if head.left < right and left < head.right]


def _beside(rows: Sequence[Read], grid: Grid, place: int) -> Iterator[Piece]:
    """References that are no numbers in a column of others: "F-4", "5, 6"."""
    left, right = grid.spans[place]
    words = (
        piece
        for read in rows
        for piece in read.pieces
        if not piece.is_number and piece.left < right and left < piece.right
    )
    return (piece for piece in words if _REFERENCE.fullmatch(piece.text) or _PAGE.fullmatch(piece.text))


def _refers(pieces: Sequence[Piece], heads: Sequence[Piece], place: int, most: int) -> bool:
    """Whether all numbers of a column are references below a head of them; a plural may be debt, and must be left out
    of lines or rise besides."""
    if (
        not pieces
        or not heads
        or not all(_REFERENCE.fullmatch(piece.text) or _PAGE.fullmatch(piece.text) for piece in pieces)
    ):
        return False
    if not any(_PLURAL.fullmatch(head.text) for head in heads):
        return True
    firsts = [int(found[0]) for piece in pieces if (found := re.search(r"\d+", piece.text))]
    rising = len(firsts) > 2 and all(one <= two for one, two in pairwise(firsts))
    return place == 0 and (len(pieces) < most or rising) and all(_REFERENCE.fullmatch(piece.text) for piece in pieces)


def _noted(seen: Sequence[Sequence[Piece]], heads: Sequence[Piece], place: int) -> bool:
    """Whether the first column holds references, though the head of notes that the table has was set beside it."""
    if place or not heads or not seen[0] or not any(len(piece.text) > 3 for piece in seen[1]):
        return False
    return all(_REFERENCE.fullmatch(piece.text) for piece in seen[0]) and len(seen[0]) < max(
        len(others) for others in seen[1:]
    )


def _standing(rows: Sequence[Read], span: Interval, edge: int) -> list[str]:
    """What stands in a column and in no other, from top to bottom."""
    left, right = span
    return [
        piece.text
        for read in rows
        for piece in read.pieces
        if edge < piece.left and left <= piece.left and piece.right <= right
    ]


def _heads_none(rows: Sequence[Read], grid: Grid, seen: Sequence[Sequence[Piece]]) -> bool:
    """Whether the first column holds numbers of notes: one of two digits at most in some lines, none of them over one
    another's amounts, and nothing heads it where every other column has a head of its own."""
    first, others = seen[0], [piece for column in seen[1:] for piece in column]
    if len(first) < _FEWEST_FOOTNOTES or len(first) >= max(map(len, seen[1:])):
        return False
    if not all(_NOTE.fullmatch(piece.text) for piece in first) or not 2 * sum(
        len(one.text) > 3 for one in others
    ) > len(others):
        return False
    own = {id(piece) for piece in (*first, *others) if not time.read(piece.text)}
    start = next(at for at, read in enumerate(rows) if any(id(piece) in own for piece in read.pieces))
    above = [piece for read in rows[:start] for piece in read.pieces]
    dated = [piece for piece in above if time.read(piece.text)]
    if any(head.left >= grid.spans[0][0] for head in _over(above, grid, 0)):
        return False
    return all(_over(dated, grid, place) for place in range(1, len(grid.spans)))


def _numbers_footnotes(texts: Sequence[str]) -> bool:
    """Whether a column without a head says which footnotes its lines have: 1, 2, "1, 3", 4. They are first met in that
    order; one between may be missing, since a small raised "1,2" is a mark of the number before it."""
    met = [0]
    for text in texts:
        if not _FOOTNOTES.fullmatch(text):
            return False
        for mark in sorted(map(int, text.split(","))):
            if mark > met[-1] + 2:
                return False
            if mark > met[-1]:
                met.append(mark)
    return len(met) > _FEWEST_FOOTNOTES


def _second_lines(rows: Sequence[Read], heads: Sequence[Piece]) -> Iterator[Piece]:
    """What is left of the head of a column of references on the row below: "number" under "Note"."""
    for read in rows:
        for piece in read.pieces:
            if _NUMBER.fullmatch(piece.text) and any(
                piece.left < head.right and head.left < piece.right for head in heads
            ):
                yield piece
