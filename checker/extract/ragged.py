"""Tables whose rows lost the columns they stood in: cells that spanned columns written as one, signs in cells of their
own, blanks set anyhow.

Programs that turn pages into text, and browsers that copy them, leave such tables. Their rows are put under each other
again by what they print and in what order. A table whose rows stand under each other is left as it is, and nothing here
knows what a number is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from checker.core.value import evolve
from checker.extract.columns import Layout
from checker.extract.pieces import Piece
from checker.extract.rows import Read, numbers_of, spanned
from checker.lexicon import time
from checker.lexicon.scale import stated

_FEWEST = 3
"""Rows with a figure in every column that show how many columns there are."""
_ENOUGH = 6
"""Rows of as many figures each that leave no doubt how many columns there are."""
_MOST, _NEARLY_ALL = Fraction(3, 4), Fraction(19, 20)
"""Of the rows with figures, so many must have one in every column: to be set in order at all, and to leave no doubt."""
_SCATTERED = 4
"""A column in whose rows more than this many ends of figures stand, most of them once, is none that anyone set."""


def closed_up(rows: Sequence[Read], edge: int) -> Sequence[Read]:
    """The rows with a sign and its number counted as one cell, where so the figures stand in fewer columns; else as
    given.

    There a blank that stood over several columns is one cell too, so that what follows it in its row stands under
    another column than its own: a row has figures in the first columns, as far as it goes, or nothing tells whose they
    are.
    """
    if not any(_taken(piece) for read in rows for piece in read.pieces):
        return rows
    closer = [_closed_up(read) for read in rows]
    given, closest = spanned(rows, edge, "grid"), spanned(closer, edge, "grid")
    if given is None or closest is None or len(closest.spans) >= len(given.spans):
        return rows
    lines = [figures for read in closer if (figures := _figures(read, edge))]
    width = Counter(map(len, lines)).most_common(1)[0][0]
    full = [[piece.left for piece in figures] for figures in lines if len(figures) == width]
    usual = [Counter(lefts).most_common(1)[0][0] for lefts in zip(*full, strict=True)]
    return [
        read if _goes_along([piece.left for piece in _figures(read, edge)], usual) else _worded(read) for read in closer
    ]


def _goes_along(lefts: Sequence[int], usual: Sequence[int]) -> bool:
    return all(left == other for left, other in zip(lefts, usual, strict=False)) and len(lefts) <= len(usual)


def _worded(read: Read) -> Read:
    """The row with its figures as words of its caption."""
    return evolve(
        read,
        pieces=tuple(evolve(_at(piece, read.pieces[0].left, 1), printed=None) for piece in read.pieces),
        untold=True,
    )


def _closed_up(read: Read) -> Read:
    done, taken = [], 0
    for piece in read.pieces:
        before, taken = taken, taken + _taken(piece)
        done.append(evolve(piece, left=piece.left - before, right=piece.right - taken) if taken else piece)
    return evolve(read, pieces=tuple(done))


def _taken(piece: Piece) -> int:
    """How many cells beside its own the signs of a number take."""
    return piece.right - piece.left - 1 if piece.is_number else 0


def in_order(rows: Sequence[Read], edge: int, layout: Layout, whole: bool = False) -> Sequence[Read] | None:
    """The rows as a grid, their figures under each other by order alone; None where they stand in columns, or their
    number differs from row to row; `whole` where it may not differ at all."""
    found = [figures for read in rows if (figures := _figures(read, edge))]
    if len(found) < _FEWEST:
        return None
    width = Counter(map(len, found)).most_common(1)[0][0]
    full = [[_end(piece, layout) for piece in figures] for figures in found if len(figures) == width]
    if whole and len(full) < len(found):
        return None
    if len(full) >= _FEWEST and layout == "grid" and _is_tight(rows, edge, width):
        return [_ordered(read, edge, width) for read in rows]
    if len(full) < _FEWEST or len(full) < _MOST * len(found):
        return None
    sure = len(full) >= _ENOUGH and len(full) > _NEARLY_ALL * len(found)
    uneven = (sure or (len(full) == len(found) and _names_all(rows, width))) and _is_uneven(rows, edge, layout, width)
    if not uneven and not _is_scattered(full, width):
        return None
    return [_ordered(read, edge, width) for read in rows]


def _figures(read: Read, edge: int) -> list[Piece]:
    """The numbers of a row, years in a row of their own aside: heads."""
    numbers = numbers_of(read, edge)
    return numbers if any(piece.is_amount for piece in numbers) else []


def _end(piece: Piece, layout: Layout) -> int:
    return piece.right if layout == "grid" else piece.edge


def _is_scattered(rows: Sequence[Sequence[int]], width: int) -> bool:
    """Whether the figures of full rows stand under none of their own rank, and under some of another."""
    ranks = [Counter(row[rank] for row in rows) for rank in range(width)]
    loose = all(len(ends) > _SCATTERED and len(ends) * 2 > len(rows) for ends in ranks)
    return loose if width == 1 else loose and any(max(one) >= min(two) for one, two in pairwise(ranks))


def _names_all(rows: Sequence[Read], width: int) -> bool:
    """Whether a row names the time of as many columns."""
    return any(len(read.pieces) == width and all(time.read(piece.text) for piece in read.pieces) for read in rows)


def _is_tight(rows: Sequence[Read], edge: int, width: int) -> bool:
    """Whether empty cells were left out: no row has any, and the heads of all columns begin where captions stand."""
    if any(two.left > one.right for read in rows for one, two in pairwise(read.pieces)):
        return False
    begun = (read for read in rows if len(read.pieces) == width > 1 and read.pieces[0].left <= edge)
    return any(_are_heads(read.pieces) for read in begun)


def _are_heads(pieces: Sequence[Piece]) -> bool:
    """Whether texts are heads of columns side by side: all of them times of one kind, or none; and no scale among
    them."""
    found = [time.read(piece.text) for piece in pieces]
    alike = len({(bool(one.full), bool(one.years), one.lasts) for one in found}) == 1
    return alike and not any(piece.is_amount or stated(piece.text) is not None for piece in pieces)


def _is_uneven(rows: Sequence[Read], edge: int, layout: Layout, width: int) -> bool:
    """Whether rows of as many figures each stand in more columns than that, though no row of heads names more."""
    grid = spanned(rows, edge, layout)
    if width < 2 or grid is None or len(grid.spans) <= width:
        return False
    return all(len(read.pieces) <= width + 1 for read in rows)


def _ordered(read: Read, edge: int, width: int) -> Read:
    """One row on the grid; figures whose columns cannot be told are words of the caption."""
    if read.is_rule:
        return read
    figures = _figures(read, edge)
    if len(figures) == width:
        ranks = {id(piece): 1 + rank for rank, piece in enumerate(figures)}
        return evolve(read, pieces=tuple(_at(piece, ranks.get(id(piece), 0), 1) for piece in read.pieces))
    if figures:
        return _worded(evolve(read, pieces=tuple(_at(piece, 0, 1) for piece in read.pieces)))
    return evolve(read, pieces=tuple(_heads(read.pieces, width)))


def _heads(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The texts of a row without figures: over the columns where as many times stand there, or times that the columns
    share evenly."""
    stub = (
        1
        if len(pieces) == width + 1 or (len(pieces) > 1 and not time.read(pieces[0].text) and not _are_heads(pieces))
        else 0
    )
    over = pieces[stub:]
    timed = (len(over) == width > 1 and _are_heads(over)) or (
        bool(over) and all(time.read(piece.text) or piece.is_number for piece in over)
    )
    if not timed or width % len(over):
        return [_at(piece, 0, 1) for piece in pieces]
    share = width // len(over)
    return [
        *(_at(piece, 0, 1) for piece in pieces[:stub]),
        *(_at(piece, 1 + share * rank, share) for rank, piece in enumerate(over)),
    ]


def _at(piece: Piece, left: int, wide: int) -> Piece:
    return evolve(piece, left=left, right=left + wide)
