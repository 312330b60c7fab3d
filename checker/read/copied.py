"""Tables of a page as browsers copy them where cells hold blocks: each cell on lines of its own, a tab on a line of its
own between two.

Only line breaks tell there where a row ends: a block stands between as many on either side, and a row adds one between
its last cell and the first of the next. The rows are written as lines again, one tab between two cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checker.read.source import Excerpt, Piece, Source

_ALONE = re.compile(r"^[ \u00a0]*\t[ \u00a0]*$", re.MULTILINE)
_SEGMENT = re.compile(r"\S(?:[^\n]|\n(?!\s*\n|\s*\Z))*")
"""Text that no empty line parts."""
_FEWEST = 30
"""Tabs on lines of their own that show it: a few tables of a page."""


def is_copied(text: str) -> bool:
    """Whether a text sets most of its tabs on lines of their own."""
    alone = len(_ALONE.findall(text)) if "\t" in text else 0
    return alone >= _FEWEST and alone * 2 > text.count("\t")


def rejoined(source: Source) -> Excerpt:
    """The text with every row on one line."""
    text = source.text.replace("\r", " ")
    chunks = list(_chunks(text))
    usual = Counter(
        _before(text, low, high) for low, high in chunks if len(_segments(text, low, high)) == 1
    ).most_common(1)
    return Excerpt.of(list(_pieces(text, chunks, usual[0][0] if usual else 1)), source)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """What stands between two tabs that stand alone."""
    at = 0
    for tab in _ALONE.finditer(text):
        yield at, tab.start()
        at = tab.end()
    yield at, len(text)


def _segments(text: str, low: int, high: int) -> list[tuple[int, int]]:
    found = (one.span() for one in _SEGMENT.finditer(text, low, high))
    return [(start, start + len(text[start:end].rstrip())) for start, end in found]


def _before(text: str, low: int, high: int) -> int:
    """How many line breaks stand before the first text of a chunk."""
    segments = _segments(text, low, high)
    return text.count("\n", low, segments[0][0] if segments else high)


def _pieces(text: str, chunks: list[tuple[int, int]], usual: int) -> Iterator[Piece]:
    """The cells in order, a tab or a line break before each."""
    for number, (low, high) in enumerate(chunks):
        if number:
            yield "\t", low - 1, low
        segments = _segments(text, low, high)
        at, inside = low, bool(number)
        for rank, (start, end) in enumerate(segments):
            breaks = text.count("\n", at, start)
            if inside and breaks >= (2 * usual + 1 if rank else usual + 1):
                inside = False
                yield "\n", at, start
            elif rank:
                yield (" " if inside else "\n\n"), at, start
            yield text[start:end].replace("\n", " ") if inside else text[start:end], start, end
            at = end
        if text.count("\n", at, high) > (
            2 * usual if segments else 4 * usual + 1
        ):  # the first cell of the next row is empty
            yield "\n", at, high
