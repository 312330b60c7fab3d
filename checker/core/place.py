"""Where something stands in the file as given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from checker.core.value import frozen

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in tenths of a point from the upper left corner of a page as it is shown."""


@frozen
class Spot:
    """Where something stands in a source without lines: the page of a PDF with its box, the sheet and cell of a
    workbook, the part of a Word file."""

    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    """In words, where neither pages nor cells are told: `table 3, row 5`, `paragraph 12`, `footnote 2`."""


@frozen
class Place:
    """A stretch of a source file: line and column count from 1, in characters; `span` counts bytes, end excluded.

    The fields after `span` are for sources without lines, as in `Spot`; there `line`, `column` and `span` count in the
    text that was taken out of the file, in order of reading, and in its UTF-8 bytes.
    """

    line: int
    column: int
    span: tuple[int, int]
    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None


@frozen
class Words:
    """Where the words of a line stand on a page: from which column of the line, counted from 1, each has its box."""

    page: int
    columns: tuple[int, ...]
    boxes: tuple[Box, ...]

    def within(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of the words that take the columns from `start` up to `end`, a blank that of the word before it."""
        first = max(0, bisect_right(self.columns, start) - 1)
        return self.boxes[first : max(first + 1, bisect_left(self.columns, end))]


@frozen
class Anchor:
    """From character `at` of a text on, each character takes `width` bytes, beginning at `byte` (on `line`, at
    `column`).

    `spot` is where the stretch stands, in a source without lines: as a whole, or word by word.
    """

    at: int
    byte: int
    width: int
    line: int
    column: int
    spot: Spot | Words | None = None


@frozen
class Anchored:
    """A text whose every character can be found again in the file it came from."""

    text: str
    anchors: tuple[Anchor, ...]

    def place(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`; an empty stretch stands where it begins."""
        if len(self.anchors) == 1:  # as most texts are: one run of one line
            only = self.anchors[0]
            begin, length = only.byte + (start - only.at) * only.width, (end - start) * only.width
            spot = self._spot(only, start, end)
            return _placed(only.line, only.column + start - only.at, (begin, begin + max(length, 0)), spot)
        first, begins, begins_end = self._character(start)
        span_end = begins_end if end > start else begins
        if end > start + 1:
            span_end = self._character(end - 1)[2]
        column = first.column + (start - first.at)
        return _placed(first.line, column, (begins, max(begins, span_end)), self._spot(first, start, end))

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether the characters of `text[start:end]` follow each other in the file too, with no tag or line break
        between."""
        first = max(0, bisect_right(self.anchors, start, key=lambda anchor: anchor.at) - 1)
        before = self.anchors[first]
        for anchor in self.anchors[first + 1 :]:
            if anchor.at >= end:
                break
            if before.byte + (anchor.at - before.at) * before.width != anchor.byte:
                return False
            before = anchor
        return True

    def _spot(self, first: Anchor, start: int, end: int) -> Spot | None:
        """The spot of the first stretch; its box is widened over those that follow on the same page up to `end`."""
        spot = first.spot
        if spot is None or (isinstance(spot, Spot) and spot.box is None):
            return spot
        boxes: list[Box] = []
        for at, one in enumerate(self.anchors):
            if not first.at <= one.at < max(end, first.at + 1) or one.spot is None or one.spot.page != spot.page:
                continue
            if isinstance(one.spot, Spot):
                boxes += [one.spot.box] if one.spot.box is not None else []
                continue
            stop = min(end, self.anchors[at + 1].at) if at + 1 < len(self.anchors) else end
            boxes += one.spot.within(one.column + max(0, start - one.at), one.column + stop - one.at)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Spot(spot.page, (min(lefts), min(tops), max(rights), max(bottoms)))

    def _character(self, index: int) -> tuple[Anchor, int, int]:
        anchor = self.anchors[max(0, bisect_right(self.anchors, index, key=lambda a: a.at) - 1)]
        begin = anchor.byte + (index - anchor.at) * anchor.width
        return anchor, begin, begin + anchor.width


def _placed(line: int, column: int, span: tuple[int, int], spot: Spot | None) -> Place:
    if spot is None:
        return Place(line, column, span)
    return Place(line, column, span, spot.page, spot.box, spot.sheet, spot.cell, spot.part)
