"""Tables in long form: each line repeats the section it stands in ("Assets | Current assets | Inventories | 592"), as
programs print what they extracted.

Sections become headings again, and what is left of a line stands below them as it would in a statement. Nothing here
knows what a number is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.core.caption import normal
from checker.core.value import evolve, frozen
from checker.extract.pieces import Piece
from checker.extract.rows import Read

_FEWEST = 4
"""Lines that show a table to be in long form."""
_REPEATED = 3
"""One line of so many at least stands in the section of the line before it, and names it again."""
_FILLED = 20
"""One line of so many may do without words where captions stand: it is named by its section alone."""
_BARE = frozenset({"total", "totals"})
"""Captions that do not say what they are the total of."""
_STEP = 20
"""How far a line is set in below the heading of its section; more than indents may differ by chance."""


@frozen
class _Line:
    """One line: the sections that it names, outermost first, its caption and the rest of its row."""

    read: Read
    path: tuple[Piece, ...]
    caption: Piece
    figures: tuple[Piece, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The names of its sections."""
        return tuple(_words(piece.text) for piece in self.path)


def unfolded(rows: Sequence[Read]) -> Sequence[Read]:
    """The rows of a table in long form with its sections as headings; other tables as they are."""
    head = next((at for at, read in enumerate(rows) if not read.is_rule), None)
    if head is None or len(rows) < _FEWEST or len(rows[head].pieces) < 3:
        return rows
    stubs = _stubs(rows[head], rows[head + 1 :])
    if stubs < 2:
        return rows
    lines = [line for read in rows[head + 1 :] if not read.is_rule and (line := _line(read, stubs)) is not None]
    if (
        len(lines) < _FEWEST
        or len(lines) < sum(not read.is_rule for read in rows[head + 1 :])
        or not _is_long(lines, stubs)
    ):
        return rows
    over = evolve(rows[head], pieces=tuple(piece for piece in rows[head].pieces if piece.left >= stubs))
    return [*rows[:head], over, *_sectioned(lines)]


def _stubs(head: Read, body: Sequence[Read]) -> int:
    """How many of the first columns have a head and hold words in every line that fills them."""
    heads = {piece.left: piece for piece in head.pieces}
    figures = min((piece.left for read in body for piece in read.numbers), default=0)
    return figures if all(place in heads and not heads[place].is_number for place in range(figures)) else 0


def _line(read: Read, stubs: int) -> _Line | None:
    words = tuple(piece for piece in read.pieces if piece.left < stubs)
    if read.untold or not words:
        return None
    caption = words[-1]
    return _Line(
        read,
        words[:-1],
        caption,
        tuple(evolve(piece, valued=piece.is_number) for piece in read.pieces if piece.left >= stubs),
    )


def _is_long(lines: Sequence[_Line], stubs: int) -> bool:
    """Whether lines name their sections again and again, and themselves but once."""
    whole = sum(line.caption.left == stubs - 1 for line in lines)
    again = sum(one.path[:1] != () and one.named[:1] == two.named[:1] for one, two in pairwise(lines))
    alike = sum(one.caption.text == two.caption.text for one, two in pairwise(lines))
    return (
        again * _REPEATED >= len(lines)
        and alike * _REPEATED < len(lines)
        and (len(lines) - whole) * _FILLED <= len(lines)
    )


def _sectioned(lines: Sequence[_Line]) -> Iterator[Read]:
    """The lines below the headings of their sections; what is all of a section, and named alike or a total, needs
    none."""
    opened: tuple[str, ...] = ()
    for at, line in enumerate(lines):
        named, path = line.named, line.path
        beside = [lines[other].named for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        caption = line.caption.text
        while named and _is_of_one(line, named) and not any(other[: len(named)] == named for other in beside):
            if normal(caption) in _BARE:  # "Total liabilities and equity | Total": the section says of what
                caption = named[-1]
            named, path = named[:-1], path[:-1]
        same = next(
            (depth for depth, (one, two) in enumerate(zip(opened, named, strict=False)) if one != two),
            min(len(opened), len(named)),
        )
        for depth in range(same, len(named)):
            yield Read(evolve(line.read.row, indent=depth * _STEP), (_at_the_left(path[depth], named[depth]),))
        opened = named
        if line.figures:  # an empty value: in long form such a line is no heading of others
            yield Read(
                evolve(line.read.row, indent=len(named) * _STEP),
                (_at_the_left(line.caption, caption), *line.figures),
            )


def _is_of_one(line: _Line, named: Sequence[str]) -> bool:
    """Whether a section is a line that was given a section of its own."""
    section = normal(named[-1])
    return section == normal(line.caption.text) or section.startswith("total ")


def _at_the_left(piece: Piece, text: str) -> Piece:
    return evolve(piece, text=text, left=0, right=1)


def _words(text: str) -> str:
    """The name of a section as words: "Current_Assets" is a key of a program."""
    return text.replace("_", " ").strip()
