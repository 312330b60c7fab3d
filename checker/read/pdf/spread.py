"""Tables and paragraphs that go on over the end of a page, put together again."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from checker.core.document import Block, Paragraph, Row, Table
from checker.core.place import Anchor, Anchored
from checker.read.shapes import is_figure, is_number, is_period

_NEAR = 40
"""Tenths of a point by which the edges of a column may differ from page to page."""
_ENDED = (".", "!", "?", ":", ";", "”", '"')


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with what a page parted as one."""
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(before, Table) and isinstance(block, Table) and _goes_on(before, block):
            done[-1] = Table((*before.rows, *block.rows), "points")
        elif isinstance(before, Paragraph) and isinstance(block, Paragraph) and _is_broken(before, block):
            done[-1] = _together(before, block)
        else:
            done.append(block)
    return tuple(done)


def _goes_on(above: Table, below: Table) -> bool:
    """Whether the rows of a table on the next page stand under the columns of one, with no heads of their own."""
    if above.layout != "points" or below.layout != "points" or not _follows(_last(above), _first(below)):
        return False
    first = next((row for row in below.rows if row.cells and not row.rule), None)
    if first is None or (not _has_figures(first) and len(first.cells) > 1):
        return False
    for row in below.rows:
        if row.rule:
            continue
        if _has_figures(row):
            break
        if any(is_period(cell.text) for cell in row.cells):
            return False
    ends, other = _ends(above), _ends(below)
    return bool(other) and all(any(abs(end - one) <= _NEAR for one in ends) for end in other)


def _has_figures(row: Row) -> bool:
    return any(is_figure(cell.text) for cell in row.cells[1:])


def _ends(table: Table) -> set[int]:
    """Where its numbers end."""
    return {
        cell.edge or cell.right for row in table.rows if not row.rule for cell in row.cells[1:] if is_number(cell.text)
    }


def _is_broken(above: Paragraph, below: Paragraph) -> bool:
    """Whether a sentence goes on after the end of a page."""
    text = above.text.rstrip()
    return (
        not above.heading
        and not below.heading
        and len(text) > 40
        and not text.endswith(_ENDED)
        and below.text[:1].islower()
        and _follows(above.content, below.content)
    )


def _together(above: Paragraph, below: Paragraph) -> Paragraph:
    length = len(above.text) + 1
    last = above.content.anchors[-1]
    gap = Anchor(length - 1, last.byte, 0, last.line, last.column, last.spot)
    moved = [evolve(anchor, at=anchor.at + length) for anchor in below.content.anchors]
    return evolve(above, content=Anchored(f"{above.text} {below.text}", (*above.content.anchors, gap, *moved)))


def _first(table: Table) -> Anchored | None:
    return next((row.cells[0].content for row in table.rows if row.cells), None)


def _last(table: Table) -> Anchored | None:
    return next((row.cells[-1].content for row in reversed(table.rows) if row.cells), None)


def _follows(above: Anchored | None, below: Anchored | None) -> bool:
    """Whether one stands on the page after the other."""
    if above is None or below is None:
        return False
    one, two = above.anchors[-1].spot, below.anchors[0].spot
    return one is not None and two is not None and one.page is not None and two.page == one.page + 1
