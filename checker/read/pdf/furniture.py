"""Running heads and feet and the numbers of pages, taken off before tables are sought: what goes on over a page goes on
without them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.read.furniture import running
from checker.read.pdf.lines import Printed
from checker.read.shapes import is_figure

_REACH = 4
"""Lines at the head and the foot of a page that may be printed on every page."""


def without_running(pages: Sequence[Sequence[Printed]]) -> list[Sequence[Printed]]:
    """The pages without what is printed on every one."""
    heads = running([_edge(page) for page in pages])
    pages = [_cut(page, count) for page, count in zip(pages, heads, strict=True)]
    feet = running([_edge(page[::-1]) for page in pages])
    return [_cut(page[::-1], count)[::-1] for page, count in zip(pages, feet, strict=True)]


def _edge(page: Sequence[Printed]) -> list[str]:
    """The lines at one end of a page; a row of figures ends it, and so does a line in columns of text."""
    lines: list[str] = []
    for line in page:
        if not line.pieces:
            continue
        if len(lines) == _REACH or sum(is_figure(piece.text) for piece in line.pieces) > 1:
            break
        lines.append(line.text)
    return lines


def _cut(page: Sequence[Printed], count: int) -> Sequence[Printed]:
    """Without the first lines that print something, and what is drawn above or between them."""
    at = 0
    while count:
        count -= bool(page[at].pieces)
        at += 1
    return page[at:]
