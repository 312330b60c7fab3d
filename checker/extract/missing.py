"""What a document announces and does not print as text: a statement that is a picture, one whose title stands alone, a
table that the end cuts off."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checker.core.document import Block, Document, Paragraph, Table
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.statement import Kind
from checker.extract import titles
from checker.lexicon import money

_PRIMARY: tuple[Kind, ...] = ("balance sheet", "income statement", "cash flow", "comprehensive income", "equity")
_LAST = 3
"""Paragraphs at the end of a text among which the title of a statement stands alone: its period and its scale may stand
below it."""
_CHART = re.compile(r"\b(?:charts?|graphs?|diagrams?|logos?|photos?)\b", re.IGNORECASE)
"""What a picture is where no statement is meant, though it stands under the name of one."""
_LONGEST_CAPTION = 120
"""Characters of a caption in which a text may end."""
_SENTENCE = re.compile(r"(?:[^\d]\.|[)”\"!?:])$")
"""How a text ends that is whole."""
_CUT = ("text", "markdown", "csv")
"""Kinds of files that do not say where they end."""


def missing(document: Document) -> Iterator[Problem]:
    """The problems of what is announced and not there."""
    yield from _pictured(document)
    if document.format in _CUT:
        yield from _cut_off(document)


def _names(text: str) -> bool:
    """Whether a text is the title of a statement."""
    return titles.is_title(text) and titles.kind_of(text) in _PRIMARY


def _pictured(document: Document) -> Iterator[Problem]:
    """Pictures right under the title of a statement, no table below them, or named as one by the words that stand for
    them."""
    if not document.pictures:
        return
    placed = sorted(((_place(block).span[0], block) for block in document.blocks), key=lambda one: one[0])
    begins = [begin for begin, _ in placed]
    for picture in document.pictures:
        at = bisect_left(begins, picture.place.span[0])
        above = placed[at - 1][1] if at else None
        after = bisect_left(begins, picture.place.span[1])  # the words that stand for a picture may be a paragraph
        below = placed[after][1] if after < len(placed) else None
        titled = isinstance(above, Paragraph) and _names(above.text) and not isinstance(below, Table)
        if (titled or (picture.alt and _names(picture.alt))) and not _CHART.search(picture.alt):
            yield Problem(
                "X110",
                "warning",
                "a picture stands where a statement should: what it prints was not checked",
                document.path,
                picture.place,
                "give the statement as text or HTML",
            )


def _cut_off(document: Document) -> Iterator[Problem]:
    """A table in whose last line a text ends, or the title of a statement with nothing below it."""
    if not document.blocks:
        return
    place = _broken_off(document)
    if place is not None:
        message = "the text ends inside a table, without the end of a line: what is missing was not checked"
        yield Problem("X111", "warning", message, document.path, place, "fetch or save it again")
    ends = [each for each in _trailing(document.blocks) if not _is_pictured(each, document)]
    if (
        len(ends) < len(document.blocks)
        and (title := next((each for each in ends if _names(each.text)), None)) is not None
    ):
        message = "the text ends below the title of a statement: what is missing was not checked"
        yield Problem(
            "X112", "warning", message, document.path, title.content.place(0, len(title.text)), "fetch or save it again"
        )


def _broken_off(document: Document) -> Place | None:
    """Where a text ends inside a table: in a cell of its last line, behind too few of them, or in a caption right below
    it."""
    last, before = document.blocks[-1], document.blocks[-2] if len(document.blocks) > 1 else None
    if isinstance(last, Table):
        place = _end(last)
        cut = document.is_open and (_is_short(last, before) or _awaits_its_figure(last))
        return place if place.span[1] >= document.size > 0 or cut else None
    if (
        not document.is_open
        or not isinstance(before, Table)
        or _SENTENCE.search(last.text)
        or len(last.text) > _LONGEST_CAPTION
    ):
        return None
    place = _place(last)
    return place if place.line == _end(before).line + 1 else None


def _awaits_its_figure(table: Table) -> bool:
    """Whether the last cell of a table is the sign of an amount that does not come."""
    ends = [row.cells[-1] for row in table.rows if row.cells]
    return bool(ends) and money.is_sign(ends[-1].text.strip())


def _is_short(table: Table, before: Block | None) -> bool:
    """Whether the last line of a table has fewer cells than the one before it, which may have been taken for the end of
    a table of its own."""
    rows = [row for row in table.rows if row.cells]
    if len(rows) == 1 and isinstance(before, Table):
        rows = [*(row for row in before.rows if row.cells), *rows]
    return len(rows) > 1 and 1 <= len(rows[-1].cells) < len(rows[-2].cells)


def _trailing(blocks: Sequence[Block]) -> list[Paragraph]:
    """The last paragraphs of a text, short and no sentences: as many as may stand above a table."""
    ends: list[Paragraph] = []
    for block in reversed(blocks[-_LAST:]):
        if not isinstance(block, Paragraph) or not titles.is_title(block.text):
            break
        ends.append(block)
    return ends


def _is_pictured(paragraph: Paragraph, document: Document) -> bool:
    """Whether a paragraph is what stands for a picture."""
    begin = _place(paragraph).span[0]
    return any(picture.place.span[0] <= begin < picture.place.span[1] for picture in document.pictures)


def _place(block: Block) -> Place:
    if isinstance(block, Paragraph):
        return block.content.place(0, len(block.text))
    cell = next((cell for row in block.rows for cell in row.cells), None)
    return cell.place if cell is not None else Place(1, 1, (0, 0))


def _end(table: Table) -> Place:
    return next((row.cells[-1].place for row in reversed(table.rows) if row.cells), Place(1, 1, (0, 0)))
