"""Tables told by order alone: nothing stands under anything, a caption and as many figures as there are columns follow
one another.

There are four ways to find such rows in a text (`run_on`, `barred`, `stacked`, `flattened`): they cut captions, figures
and heads. What is the same for all stands here: how many columns a stretch of rows has, how its heads are shared out
over them, and the rows of its table. A row with fewer figures than the others is kept as words: nothing tells in which
columns they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from checker.core.document import Cell, Row
from checker.core.value import evolve, frozen
from checker.read.inline import Cut, markup, pieces
from checker.read.source import Text

FEWEST = 4
"""Rows with as many figures that make a table: fewer agree in running text by chance."""
FEWEST_HEADED = 2
"""The same where as many heads of columns stand above them."""
REACH = 6
"""Lines without figures that may stand between two rows (headings, captions that were broken), and headings in a
row."""
MOST_COLUMNS = 12
"""Columns of a statement: more figures in a row are a list."""
_MOST = Fraction(1, 2)
"""More than so many of the rows have as many figures as there are columns; those with fewer left some out."""
_WIDER = Fraction(1, 8)
"""No more than so many have more figures: else blanks between them were left out, and no order tells which."""

Placed = tuple[Cut, int, int]
"""A stretch of the text, from which column to which (excluded) it stands; the captions are column 0."""

_LETTERS = re.compile(r"[A-Za-z]{2}")


@frozen
class Record:
    """A caption and its figures, `whole` from where the first of them begins to where the last ends."""

    caption: Cut | None
    figures: tuple[Cut, ...]
    whole: Cut
    indent: int = 0


def width(counts: Sequence[int], wider: Sequence[int] | None = None) -> tuple[int, int]:
    """How many figures the rows of a stretch have, and how many rows have as many; nothing where too few do, or more
    than a few have more.

    `counts` are figures a row, none of them zero. `wider` are the counts without marks of notes, where a way knows
    them.
    """
    if not counts:
        return 0, 0
    found, count = Counter(counts).most_common(1)[0]
    more = sum(other > found and other % found > 0 for other in wider or counts)
    return (found, count) if count > _MOST * len(counts) and more <= _WIDER * len(counts) else (0, 0)


def names(text: str) -> bool:
    """Whether a text holds a word: a caption does."""
    return _LETTERS.search(text) is not None


def shared(count: int, columns: int) -> list[tuple[int, int]]:
    """The columns of each of `count` heads, shared out evenly; nothing where that does not come out even."""
    share, left = divmod(columns, count) if count else (0, 1)
    return [] if left else [(1 + share * rank, 1 + share * (rank + 1)) for rank in range(count)]


def heads(source: Text, cuts: Sequence[Cut], columns: int) -> Iterator[Row]:
    """A row of heads over the columns that they share; the words of each alone where they share none."""
    spans = shared(len(cuts), columns)
    if spans:
        yield from row(source, [(cut, *span) for cut, span in zip(cuts, spans, strict=True)])
    else:
        yield from (made for cut in cuts for made in row(source, [(cut, 0, 1)]))


def rows(
    source: Text, record: Record, columns: int, marks: Callable[[str, int, int], list[Cut]] = markup
) -> Iterator[Row]:
    """The rows of a record: several where lines without captions follow, none but words where figures are missing."""
    if len(record.figures) % columns:
        words = row(source, [(record.whole, 0, 1)], record.indent, marks)
        yield from (evolve(made, untold=len(record.figures)) for made in words)
        return
    caption: list[Placed] = [(record.caption, 0, 1)] if record.caption else []
    for at in range(0, max(len(record.figures), 1), columns):
        figures = [(cut, 1 + rank, 2 + rank) for rank, cut in enumerate(record.figures[at : at + columns])]
        yield from row(source, [*([] if at else caption), *figures], record.indent, marks)


def row(
    source: Text, cells: Sequence[Placed], indent: int = 0, marks: Callable[[str, int, int], list[Cut]] = markup
) -> Iterator[Row]:
    """A row of the cells that print something; none where none does. `marks` says what of a stretch is no text."""
    made = []
    for (low, high), left, right in cells:
        anchored = source.anchored(pieces(source.text, low, high, marks(source.text, low, high)))
        if anchored.text:
            made.append(Cell(anchored, left, right))
    if made:
        yield Row(tuple(made), indent)
