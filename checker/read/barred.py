"""Tables whose cells bars part, without bars around them and without a line below their heads: "Net sales | 26,741 |
15,683".

Programs that turn pages into text write them so, and leave out the cells that are empty: the heads of columns begin
where the captions do. The figures of a row are taken in their order, and heads are shared out over the columns. A row
with fewer figures than the others is kept as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from checker.core.document import Row, Table
from checker.core.value import evolve, frozen
from checker.lexicon import money
from checker.read import ordered
from checker.read.inline import Cut, markup
from checker.read.lines import PIPE, Found, Line
from checker.read.ordered import REACH, Placed, Record
from checker.read.shapes import is_figure, is_period
from checker.read.source import Text

_LONGEST = 600
"""Characters of a row: the caption of a class of shares may say how many are authorized, issued and outstanding."""
_FEWEST = 3
"""Rows of figures that make a table without heads."""
_MOST_HEADS = 8
"""Lines above the first row of figures that may head its columns."""
_SHORT = 120
"""Characters of such a line where it has no bars."""
_TAKEN_BACK = re.compile(r"\)?\s*%?\s*\)?\s*%?")
"""A cell that ends the figure before it; behind words or a year it is the head of a column."""


@frozen
class Barred:
    """One line with bars: where its cells stand in the text, a sign counted with its number, and what they print."""

    cuts: tuple[Cut, ...]
    texts: tuple[str, ...]

    @property
    def is_row(self) -> bool:
        """Whether it prints figures, and words before them at most; years alone are heads."""
        figures = self.texts[self.captioned :]
        return all(not text or is_figure(text) for text in figures) and any(
            text and not is_period(text) for text in figures
        )

    @property
    def captioned(self) -> int:
        """1 where the first cell is a caption, 0 where it is a figure."""
        return int(not is_figure(self.texts[0]))

    @property
    def width(self) -> int:
        """How many cells stand behind the caption."""
        return len(self.texts) - self.captioned


def find(source: Text, lines: Sequence[Line]) -> dict[int, Found]:
    """The tables among the lines of a text, by their first line."""
    barred = {
        number: made
        for number, line in enumerate(lines)
        if line.kind in ("prose", "figures") and (made := _barred(source.text, line))
    }
    found = {}
    low = 0
    for numbers in _stretches(lines, barred):
        width = _width([barred[number] for number in numbers])
        if not width:
            continue
        first = _first_head(lines, barred, max(low, numbers[0] - _MOST_HEADS), numbers[0])
        headed = any(len(barred[number].texts) >= width for number in range(first, numbers[0]) if number in barred)
        if len(numbers) < _FEWEST and not headed:
            continue
        low = numbers[-1] + 1
        heads = [
            row
            for number in range(first, numbers[0])
            for row in _head(
                source, lines[number], barred.get(number), _Columns.under(barred, number, numbers[0], width)
            )
        ]
        rows = [
            row for number in range(numbers[0], low) for row in _row(source, lines[number], barred.get(number), width)
        ]
        found[first] = Found(Table((*heads, *rows), "grid"), first, low)
    return found


def _barred(text: str, line: Line) -> Barred | None:
    """The cells of a line with bars; None where it has none, or is running text."""
    if "|" not in line.text or len(line.text) > _LONGEST:
        return None
    bars = [bar.start() for bar in PIPE.finditer(text, line.start, line.end)]
    cuts: list[Cut] = []
    pending: int | None = None
    for low, high in pairwise([line.start - 1, *bars, line.end]):
        shown, before = text[low + 1 : high].strip(), text[slice(*cuts[-1])] if cuts else ""
        if shown and cuts and _TAKEN_BACK.fullmatch(shown) and is_figure(before) and not is_period(before):
            cuts[-1] = (cuts[-1][0], high)
        elif cuts and money.is_sign(shown) and pending is None:
            pending = low + 1
        else:
            cuts.append((low + 1 if pending is None else pending, high))
            pending = None
    if len(cuts) > 1 and not text[slice(*cuts[-1])].strip():
        cuts.pop()
    texts = tuple(PIPE.sub(" ", text[low:high]).replace("\\", "").strip(" \t*_") for low, high in cuts)
    return Barred(tuple(cuts), texts) if len(cuts) > 1 and texts[0] else None


def _stretches(lines: Sequence[Line], barred: dict[int, Barred]) -> Iterator[list[int]]:
    """The rows of figures that follow one another without heads between them."""
    stretch: list[int] = []
    for number in sorted(barred):
        if not barred[number].is_row:
            continue
        if stretch and not _goes_on(lines, barred, (stretch[-1] + 1, number)):
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def _goes_on(lines: Sequence[Line], barred: dict[int, Barred], between: tuple[int, int]) -> bool:
    """Whether a table may go on over some lines: headings, or nothing but blank ones."""
    inner = range(*between)
    if len(inner) > REACH or any(number in barred or lines[number].kind not in ("prose", "blank") for number in inner):
        return False
    return len({lines[number].kind for number in inner}) < 2 and not any(
        is_period(lines[number].text) for number in inner
    )


def _width(rows: Sequence[Barred]) -> int:
    """How many figures the rows of a stretch have; 0 where too few have as many, or none has a caption."""
    return ordered.width([row.width for row in rows])[0] if any(ordered.names(row.texts[0]) for row in rows) else 0


def _first_head(lines: Sequence[Line], barred: dict[int, Barred], low: int, first: int) -> int:
    """The topmost of the lines right above the first row that heads a column."""
    head = first
    for number in range(first - 1, low - 1, -1):
        line = lines[number]
        if line.kind not in ("prose", "figures") or (number not in barred and len(line.text) > _SHORT):
            break
        if number in barred or is_period(line.text):
            head = number
    return head


@frozen
class _Columns:
    """What a line of heads stands over: how many columns there are, and how many of the first have a date of their
    own."""

    count: int
    dated: int

    @classmethod
    def under(cls, barred: dict[int, Barred], number: int, first: int, count: int) -> _Columns:
        """The columns below line `number`, the heads between it and the first row taken into account."""
        below = [
            barred[other].texts
            for other in range(number + 1, first)
            if other in barred and len(barred[other].texts) >= count
        ]
        return cls(count, _dated(below[-1][_stub(below[-1], count) :]) if below else 0)

    def shared(self, heads: Sequence[str]) -> list[tuple[int, int]]:
        """The columns of each head; nothing where they cannot be shared out."""
        if (
            len(heads) == 2
            and self.dated
            and is_period(heads[0])
            and not is_period(heads[1])
            and self.dated < self.count
        ):
            return [(1, 1 + self.dated), (1 + self.dated, 1 + self.count)]
        even = ordered.shared(len(heads), self.count)
        if even:
            return even
        dated, missing = _dated(heads), self.count - len(heads)
        if not 0 < dated < len(heads) or missing < 0:
            return []
        return [
            (1 + rank + (missing if rank >= dated else 0), 2 + rank + (missing if rank >= dated else 0))
            for rank in range(len(heads))
        ]


def _dated(heads: Sequence[str]) -> int:
    """How many of the first heads are dates."""
    return len(list(takewhile(is_period, heads)))


def _stub(heads: Sequence[str], count: int) -> int:
    """1 where the first cell of a line of heads stands over the captions: it is one too many, or no date before dates,
    or words that are not even in number."""
    first_dated = next((rank for rank, head in enumerate(heads) if is_period(head)), 0)
    return int(len(heads) == count + 1 or first_dated == 1 or (len(heads) != count and not is_period(heads[0])))


def _head(source: Text, line: Line, barred: Barred | None, columns: _Columns) -> Iterator[Row]:
    """A line above the first row: heads over their columns, words before the first of them over the captions; words
    alone where that does not come out even.

    Dates are the heads of the first columns and other words those of the last even where one between them is missing.
    """
    if barred is None:
        yield from _made(
            source, [((line.start, line.end), *((1, 1 + columns.count) if is_period(line.text) else (0, 1)))]
        )
        return
    stub = _stub(barred.texts, columns.count)
    spans = columns.shared(barred.texts[stub:])
    if spans:
        yield from _made(
            source,
            [
                ((low, high), left, right)
                for (low, high), (left, right) in zip(barred.cuts, [(0, 1)] * stub + spans, strict=True)
            ],
        )
    else:
        yield from _made(source, [((line.start, line.end), 0, 1)])


def _row(source: Text, line: Line, barred: Barred | None, width: int) -> Iterator[Row]:
    """One line from the first row on: its figures in their columns, or words alone."""
    whole = line.start, line.end
    if barred is None:
        yield from _made(source, [(whole, 0, 1)])
        return
    figures = barred.cuts[barred.captioned :] if barred.width == width else ()
    record = Record(barred.cuts[0] if barred.captioned else None, figures, whole, _indent(source, barred.cuts[0]))
    if figures:
        yield from ordered.rows(source, record, width, _unbarred)
    else:
        yield from (evolve(row, untold=max(barred.width, 1)) for row in _made(source, [(whole, 0, 1)]))


def _made(source: Text, cells: Sequence[Placed]) -> Iterator[Row]:
    """A row of the cells that print something."""
    yield from ordered.row(source, cells, _indent(source, cells[0][0]), _unbarred)


def _indent(source: Text, cut: Cut) -> int:
    first = source.text[slice(*cut)]
    return len(first) - len(first.lstrip())


def _unbarred(text: str, low: int, high: int) -> list[Cut]:
    """What of a cell is no text: markup, and bars that do not part it."""
    return [*markup(text, low, high), *((bar.start(), bar.end()) for bar in PIPE.finditer(text, low, high))]
