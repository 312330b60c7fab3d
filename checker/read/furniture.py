"""Page furniture: page numbers and running heads that stand around page breaks are no part of a release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from checker.core.document import Block, Paragraph

_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*)?(?:[A-Z]{1,2}[-–])?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_SCALE = re.compile(
    r"thousands|millions|billions|\b000|months|ended|balance sheet|statements? of|income|cash flow", re.IGNORECASE
)
_REACH = 3
"""Paragraphs before and behind a page break that may be furniture."""
_LONGEST = 120
"""Characters of a running head or foot."""


def without_furniture(found: Sequence[Block | None]) -> tuple[Block, ...]:
    """The blocks without what is printed again on every page; None stands for a page break.

    Lines that state a scale or name a statement are kept even where they are repeated: a table may rest on them.
    """
    around = [index for at, block in enumerate(found) if block is None for index in _around(found, at)]
    if not around:
        return tuple(block for block in found if block is not None)
    pages = sum(block is None for block in found)
    counts = Counter(_likeness(found[index]) for index in set(around))
    often = max(3, pages * 3 // 10)
    dropped = set()
    for index in around:
        block = found[index]
        if isinstance(block, Paragraph):
            repeated = counts[_likeness(block)] >= often and not _SCALE.search(block.text)
            if repeated or _NUMBER.fullmatch(block.text) or block.text.lower() == "table of contents":
                dropped.add(index)
    return tuple(block for index, block in enumerate(found) if block is not None and index not in dropped)


def _around(found: Sequence[Block | None], at: int) -> list[int]:
    """The short paragraphs next to a page break."""
    reached = []
    for step in (-1, 1):
        index = at + step
        for _ in range(_REACH):
            block = found[index] if 0 <= index < len(found) else None
            if not isinstance(block, Paragraph) or len(block.text) > _LONGEST:
                break
            reached.append(index)
            index += step
    return reached


def _likeness(block: Block | None) -> str:
    return _alike(block.text) if isinstance(block, Paragraph) else ""


def _alike(text: str) -> str:
    """A text without what differs from page to page."""
    return re.sub(r"\d+", "#", text.lower())


def running(pages: Sequence[Sequence[str]]) -> list[int]:
    """How many of the first lines of each page are printed again on others, or number it; the lines are given from the
    edge of the page inwards."""
    counts = Counter(likeness for lines in pages for likeness in {_alike(line) for line in lines})
    often = max(3, len(pages) * 3 // 10)
    found = []
    for lines in pages:
        taken = 0
        for line in lines:
            repeated = len(line) <= _LONGEST and counts[_alike(line)] >= often and not _SCALE.search(line)
            if not repeated and not _NUMBER.fullmatch(line) and line.lower() != "table of contents":
                break
            taken += 1
        found.append(taken)
    return found
