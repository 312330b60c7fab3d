"""Tables and paragraphs that go on over the end of a page, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.core.document import Block, Paragraph, Row, Table
from checker.core.place import Anchor, Anchored
from checker.core.value import evolve
from checker.read.shapes import is_figure, is_number, is_period

_NEAR = 40
"""Tenths of a point by which the edges of a column may differ from page to page."""
_ENOUGH = 3
"""Rows of figures under the columns of the page before that go on with its table, whatever stands below them."""
_ENDED = (".", "!", "?", ":", ";", "”", '"')
_OPEN = re.compile(r"(?:,|\b(?:of|in|to|the|and|from|for|by|at|was|were|or|with|on|than|an?))$")
"""What no sentence ends with."""


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with what a page parted as one, and tables that stand close as each by itself."""
    done: list[Block] = []
    for block in (part for one in blocks for part in _parts(one)):
        before = done[-1] if done else None
        count = _going_on(before, block) if isinstance(before, Table) and isinstance(block, Table) else 0
        if count and isinstance(before, Table) and isinstance(block, Table):
            done[-1] = Table((*before.rows, *block.rows[:count]), "points")
            done += [Table(block.rows[count:], "points")] if count < len(block.rows) else []
        elif isinstance(before, Paragraph) and isinstance(block, Paragraph) and _is_broken(before, block):
            done[-1] = _together(before, block)
        else:
            done.append(block)
    return tuple(done)


def _parts(block: Block) -> tuple[Block, ...]:
    """A table, or the tables that nothing but their heads parts: times over columns that stand elsewhere than those
    above."""
    if not isinstance(block, Table) or block.layout != "points":
        return (block,)
    heads = [_first_above(block.rows, at) for at, row in enumerate(block.rows) if _names_times(row)]
    heads = [at for at in dict.fromkeys(heads) if at]
    cuts = [0]
    for at, stop in pairwise([*heads, len(block.rows)]):
        above, below = Table(block.rows[cuts[-1] : at], "points"), Table(block.rows[at:stop], "points")
        if _ends(above) and _ends(below) and not _under(above, below) and not _under(below, above):
            cuts.append(at)
    return tuple(Table(block.rows[low:high], "points") for low, high in pairwise([*cuts, len(block.rows)]))


def _first_above(rows: Sequence[Row], at: int) -> int:
    """The first of the rows without figures that end with one of heads, but for lines drawn below the last figures."""
    while at and not _has_figures(rows[at - 1]):
        at -= 1
    while at and rows[at].rule:
        at += 1
    return at


def _names_times(row: Row) -> bool:
    """Whether a row is nothing but heads of columns that name times."""
    return len(row.cells) > 1 and not row.rule and all(is_period(cell.text) for cell in row.cells)


def _going_on(above: Table, below: Table) -> int:
    """How many rows of a table on the next page stand under the columns of one, with no heads of their own."""
    if above.layout != "points" or below.layout != "points" or not _follows(_last(above), _first(below)):
        return 0
    first = next((row for row in below.rows if row.cells and not row.rule), None)
    if first is None or (not _has_figures(first) and len(first.cells) > 1):
        return 0
    for row in below.rows:
        if row.rule:
            continue
        if _has_figures(row):
            break
        if any(is_period(cell.text) for cell in row.cells):
            return 0
    return max(_beginning(edges(above), [edges(Table((row,), "points")) for row in below.rows]) for edges in _EDGES)


def _beginning(above: set[int], rows: Sequence[set[int]]) -> int:
    """How many rows stand under columns before one stands elsewhere: all of them, or enough to be no chance."""
    away = next((at for at, edges in enumerate(rows) if edges and not _stand_under(above, edges)), len(rows))
    figured = [at for at, edges in enumerate(rows[:away]) if edges]
    if not figured or (away < len(rows) and len(figured) < _ENOUGH):
        return 0
    return away if away == len(rows) else figured[-1] + 1


def _under(above: Table, below: Table) -> bool:
    """Whether the columns of one table are among those of another."""
    return any(_stand_under(edges(above), edges(below)) for edges in _EDGES)


def _stand_under(above: set[int], below: set[int]) -> bool:
    """Whether each edge of the columns below is one of those above."""
    return bool(below) and all(any(abs(edge - one) <= _NEAR for one in above) for edge in below)


def _has_figures(row: Row) -> bool:
    return any(is_figure(cell.text) for cell in row.cells[1:])


def _ends(table: Table) -> set[int]:
    """Where its numbers end."""
    return {
        cell.edge or cell.right for row in table.rows if not row.rule for cell in row.cells[1:] if is_number(cell.text)
    }


def _begins(table: Table) -> set[int]:
    """Where its numbers begin: some programs set columns to the left."""
    return {cell.left for row in table.rows if not row.rule for cell in row.cells[1:] if is_number(cell.text)}


_EDGES = (_ends, _begins)


def _is_broken(above: Paragraph, below: Paragraph) -> bool:
    """Whether a sentence goes on after the end of a page."""
    text = above.text.rstrip()
    return (
        not above.heading
        and not below.heading
        and len(text) > 40
        and not text.endswith(_ENDED)
        and (below.text[:1].islower() or _OPEN.search(text) is not None)
        and _follows(above.content, below.content)
    )


def _together(above: Paragraph, below: Paragraph) -> Paragraph:
    length = len(above.text) + 1
    last = above.content.anchors[-1]
    gap = Anchor(length - 1, last.byte, 0, last.line, last.column + length - 1 - last.at, last.spot)
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
