"""The lines of all pages as one text, set in columns of characters as they stand on the page, and the way back from it
to words and boxes.

What makes a table of lines is known to the readers of text; they are asked, and the cells they find get the measure of
the page back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import itemgetter
from statistics import median

from attrs import define, field, frozen

from checker.core.place import Anchor, Anchored, Box, Place, Spot, Words
from checker.paper.values import Word
from checker.read.pdf.lines import Piece, Printed
from checker.read.shapes import is_figure, is_period

_NARROW = 0.4
"""Of the size of a line: about the width of a character, for what a column of the text is taken."""
_MOST_COLUMNS = 146
"""Columns of a text that its widest line takes, about: readers of text take no longer lines for tables."""
_WIDER = 1.32
"""Of the distance that lines of a page mostly have: so much more parts paragraphs."""
PAGE_BREAK = "\f"


@frozen(slots=False)
class Laid:
    """A line of the text: which line of a page it is, and where in it each of its words begins."""

    printed: Printed | None
    text: str
    firsts: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()

    def within(self, low: int, high: int) -> tuple[Word, ...]:
        """The words that begin in a stretch of it."""
        return self.words[self._at(low) : self._at(high)]

    @cached_property
    def is_plain(self) -> bool:
        """Whether each of its characters takes one byte."""
        return self.text.isascii()

    @cached_property
    def offsets(self) -> list[int]:
        """How many bytes stand before each of its characters, and before the line break and what follows it."""
        widths = [len(letter.encode("utf-8", "surrogatepass")) for letter in self.text]
        return list(accumulate((*widths, 1), initial=0))

    @cached_property
    def widths(self) -> list[tuple[int, int]]:
        """From which column on each character takes so many bytes."""
        offsets = self.offsets
        widths = [two - one for one, two in pairwise(offsets)]
        return [(at, width) for at, width in enumerate(widths) if not at or width != widths[at - 1]]

    @cached_property
    def spot(self) -> Spot | Words | None:
        """Where its words stand."""
        if self.printed is None:
            return None
        if not self.words:
            return Spot(self.printed.page)
        return Words(
            self.printed.page, tuple(first + 1 for first in self.firsts), tuple(word.box for word in self.words)
        )

    def _at(self, column: int) -> int:
        return bisect_right(self.firsts, column - 1)


@define(slots=False)
class Sheet:
    """The text as the readers of text take it. `anchored` finds the way back to page and box."""

    lines: tuple[Laid, ...]
    text: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.text = "".join(line.text + "\n" for line in self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        """The first character of each line."""
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line.text) + 1
        return starts

    @cached_property
    def _bytes(self) -> list[int]:
        """The first byte of each line."""
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line.text) + 1 if line.text.isascii() else len(line.text.encode("utf-8", "surrogatepass")) + 1
        return starts

    def line(self, anchored: Anchored) -> Laid:
        """The line on which a text begins."""
        return self.lines[anchored.anchors[0].line - 1]

    def beneath(self, page: int, box: Box) -> Place:
        """The place of what prints no text: after the lines of its page that stand above it."""
        above = [
            number
            for number in self._of_pages.get(page, ())
            if (printed := self.lines[number].printed) is not None and printed.base <= box[1]
        ]
        number = above[-1] + 1 if above else next(iter(self._of_pages.get(page, ())), 0)
        byte = self._bytes[number] if number < len(self.lines) else self._bytes[-1] if self._bytes else 0
        return Place(number + 1, 1, (byte, byte), page, box)

    @cached_property
    def _of_pages(self) -> dict[int, list[int]]:
        """The lines of each page."""
        found: dict[int, list[int]] = {}
        for number, line in enumerate(self.lines):
            if line.printed is not None and line.words:
                found.setdefault(line.printed.page, []).append(number)
        return found

    def anchored(self, pieces: Sequence[tuple[str, int, int]]) -> Anchored:
        """The pieces joined, each character with its way back."""
        anchors: list[Anchor] = []
        at = 0
        for text, start, end in pieces:
            if len(text) == end - start:
                anchors += self._stretch(at, (start, end))
            elif text:
                anchors.append(self._anchor(at, start, 0))
            at += len(text)
        return Anchored(
            "".join(text for text, _, _ in pieces),
            tuple(anchors) or (self._anchor(0, pieces[0][1] if pieces else 0, 0),),
        )

    def _stretch(self, at: int, stretch: tuple[int, int]) -> Iterator[Anchor]:
        """Anchors of a stretch, one for each line of it, and for each width of characters."""
        start, end = stretch
        while start < end:
            number = bisect_right(self._starts, start) - 1
            line, begin = self.lines[number], self._starts[number]
            low, stop = start - begin, min(end - begin, len(line.text) + 1)
            first = self._bytes[number]
            if line.is_plain:
                yield Anchor(at, first + low, 1, number + 1, low + 1, line.spot)
            else:
                begun = bisect_right(line.widths, low, key=_column_of) - 1
                for column, width in line.widths[begun:]:
                    if column >= stop:
                        break
                    column = max(low, column)
                    byte = first + line.offsets[column]
                    yield Anchor(at + column - low, byte, width, number + 1, column + 1, line.spot)
            at += stop - low
            start = begin + stop

    def _anchor(self, at: int, index: int, width: int) -> Anchor:
        number = max(0, bisect_right(self._starts, index) - 1)
        line, column = self.lines[number], index - self._starts[number]
        byte = self._bytes[number] + (column if line.is_plain else line.offsets[column])
        return Anchor(at, byte, width, number + 1, column + 1, line.spot)


_column_of = itemgetter(0)


def sheet(pages: Sequence[Sequence[Printed]]) -> Sheet:
    """The text of all pages."""
    laid: list[Laid] = []
    heads: Sequence[Printed] = ()
    for number, lines in enumerate(pages):
        if number:
            laid.append(Laid(None, PAGE_BREAK))
        given = [*heads, *lines]
        kept = _without_heads(given) if number + 1 < len(pages) and pages[number + 1] else len(given)
        laid += _page(given[:kept])
        heads = given[kept:]
    return Sheet(tuple(laid))


def _without_heads(lines: Sequence[Printed]) -> int:
    """How many lines of a page come before the heads of columns at its end, whose figures stand on the next."""
    kept, seen = len(lines), False
    while kept and (not lines[kept - 1].pieces or _heads(lines[kept - 1]) or (seen and _is_over(lines[kept - 1]))):
        kept -= 1
        seen = seen or bool(lines[kept].pieces)
    return kept if seen else len(lines)


def _is_over(line: Printed) -> bool:
    """Whether a line is a single time, short enough to stand over columns whose heads stand below it."""
    return (
        len(line.pieces) == 1
        and len(line.text) < _LONGEST_HEAD
        and is_period(line.text)
        and line.pieces[0].left > _FROM_LEFT
    )


_LONGEST_HEAD = 50
"""Characters of a time over columns."""
_FROM_LEFT = 1500
"""Tenths of a point from the left of the page beyond which no caption begins."""


def _heads(line: Printed) -> bool:
    """Whether a line is nothing but heads of columns that name times."""
    return len(line.pieces) > 1 and all(is_period(piece.text) for piece in line.pieces)


def _page(lines: Sequence[Printed]) -> list[Laid]:
    texts = [line for line in lines if line.pieces]
    if not texts:
        return []
    margin = min(piece.left for line in texts for piece in line.pieces)
    reach = max(piece.right for line in texts for piece in line.pieces) - margin
    sizes = [line.size for line in texts]
    unit = max(1.0, _NARROW * median(sizes), reach / _MOST_COLUMNS)
    steps = [two.base - one.base for one, two in pairwise(texts) if two.base > one.base]
    usual = _usual(steps, median(sizes))
    laid: list[Laid] = []
    before: Printed | None = None
    for line in lines:
        if not line.pieces:
            laid.append(_rule(line, margin, unit))
            continue
        if before is not None:
            laid += [Laid(None, "")] * _blank_lines(before, line, usual)
        laid.append(_line(line, margin, unit))
        before = line
    return laid


def _usual(steps: Sequence[int], size: float) -> float:
    """How far lines that follow each other mostly are apart."""
    near = sorted(step for step in steps if step < 2.2 * size)
    return near[len(near) // 2] if near else size


def _blank_lines(before: Printed, line: Printed, usual: float) -> int:
    """How many blank lines a gap is worth: none inside a paragraph."""
    step = line.base - before.base
    if line.column != before.column or step <= 0:
        return 1
    if step > _WIDER * max(usual, 0.9 * max(before.size, line.size)):
        return 1 if step < 3.2 * usual else 2
    return 1 if _is_parted(before, line) else 0


def _is_parted(before: Printed, line: Printed) -> bool:
    """Whether two lines that stand close are of two paragraphs: a heading and what it heads."""
    if len(before.pieces) > 1 or len(line.pieces) > 1:
        return False
    bold = all(word.bold for word in before.words) != all(word.bold for word in line.words)
    larger = max(before.size, line.size) > 1.15 * min(before.size, line.size)
    return (bold and not any(word.bold for word in line.words)) or (larger and not is_figure(line.text))


def _line(line: Printed, margin: int, unit: float) -> Laid:
    text = ""
    firsts: list[int] = []
    words: list[Word] = []
    for number, piece in enumerate(line.pieces):
        at = _column(piece, margin, unit, number)
        at = max(at, len(text) + 2) if text else max(at, 0)
        text = text.ljust(at)
        for word in piece.words:
            text = f"{text} " if firsts and not text.endswith(" ") else text
            firsts.append(len(text))
            words.append(word)
            text += word.text
    return Laid(line, text, tuple(firsts), tuple(words))


def _column(piece: Piece, margin: int, unit: float, number: int) -> int:
    """Where a piece begins: figures end where they end on the page, heads keep their middle."""
    if is_figure(piece.text):
        return round((piece.right - margin) / unit) - len(piece.text)
    if number:
        middle = (piece.left + piece.right) / 2
        return round((middle - margin) / unit - len(piece.text) / 2)
    return round((piece.left - margin) / unit)


def _rule(line: Printed, margin: int, unit: float) -> Laid:
    """Strokes of a line as hyphens; each is a word of its own, so that the cell it becomes finds its place."""
    text = ""
    firsts: list[int] = []
    words: list[Word] = []
    for stroke in line.strokes:
        low, high = round((stroke.left - margin) / unit), round((stroke.right - margin) / unit)
        low = max(low, len(text) + 2 if text else 0)
        text = text.ljust(low)
        firsts.append(len(text))
        words.append(
            Word(
                "",
                stroke.left,
                stroke.right,
                stroke.y,
                0,
                (stroke.left, stroke.y, stroke.right, stroke.y),
                stroke.right,
            )
        )
        text += ("=" if line.double else "-") * max(3, high - low)
    return Laid(line, text, tuple(firsts), tuple(words))
