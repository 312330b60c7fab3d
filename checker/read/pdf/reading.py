"""One PDF from its bytes to blocks."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.document import Picture
from checker.core.place import Box
from checker.paper.apart import Ended, Reading, reading
from checker.paper.values import Damaged
from checker.read import text
from checker.read.lines import Line
from checker.read.pdf import doubt
from checker.read.pdf.furniture import without_running
from checker.read.pdf.laid import Sheet, sheet
from checker.read.pdf.lines import Printed, lines_of
from checker.read.pdf.measured import evened, measured
from checker.read.pdf.spread import joined
from checker.read.taken import Contents

MOST_PAGES = 10_000
"""Pages that are read: no release has more."""


def read_pages(content: bytes) -> Contents:
    """The blocks of a PDF, what of it could not be read, and the pictures that take room on its pages."""
    try:
        with reading(content, MOST_PAGES) as file:
            return contents_of(file)
    except Damaged as damaged:
        return Contents((), (doubt.closed(damaged, content),))
    except Ended as ended:
        return Contents((), (doubt.failed(ended.status),))


def contents_of(file: Reading) -> Contents:
    """The blocks of the pages as they are told, and what is to be said of them. Ended: they were not told to the
    end."""
    seen = doubt.Seen(file.count, file.embedded)
    pages: list[Sequence[Printed]] = []
    boxes: list[tuple[int, Box]] = []
    for page in file.pages:
        seen.add(page)
        pages.append(lines_of(page) if page is not None else ())
        shown = page is not None and not page.doubtful and not page.scanned
        boxes += [(page.number, box) for box in page.pictures] if page is not None and shown else []
    if seen.is_garbled:
        return Contents((), seen.problems())
    laid = sheet(without_running(pages))
    made = text.blocks(text.Page(laid, _lines(laid), False))
    blocks = tuple(evened(block) for block in joined([measured(block, laid) for block in made]))
    return Contents(blocks, seen.problems(), tuple(Picture("", laid.beneath(*one)) for one in boxes))


def _lines(laid: Sheet) -> tuple[Line, ...]:
    """The lines as the readers of text take them."""
    lines, at = [], 0
    for line in laid.lines:
        lines.append(Line(at, at + len(line.text), line.text))
        at += len(line.text) + 1
    return tuple(lines)
