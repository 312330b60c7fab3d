"""Tables that hold numbers but no figures: numbers of pages, lists of contents, the codes on the cover of a filing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.extract.layout import Part
from checker.lexicon import time
from checker.lexicon.lower import lowered


def is_furniture(parts: Sequence[Part], context: Sequence[str]) -> bool:
    """Whether a table is none of figures."""
    return _is_contents(parts, context) or _is_page(parts) or _is_cover(parts)


def _is_page(parts: Sequence[Part]) -> bool:
    """Whether a table is only the number of a page."""
    pieces = [
        (entry.caption, piece) for part in parts for entry in part.entries for piece in entry.cells if piece is not None
    ]
    return (
        len(pieces) == 1
        and not pieces[0][0]
        and pieces[0][1].text.isdigit()
        and len(pieces[0][1].text) <= 3
        and not any(parts[0].heads)
    )


_OF_A_COVER = lowered(
    r"employer identification|zip code|commission file (?:number|no)|principal executive offices|"
    r"jurisdiction of incorporation|telephone number"
)


def _is_cover(parts: Sequence[Part]) -> bool:
    """Whether a table is the cover of a filing: its numbers are codes."""
    words = [
        *(text for part in parts for text in (*part.heads, *part.stub)),
        *(entry.caption for part in parts for entry in part.entries),
    ]
    if not _OF_A_COVER.search("\n".join(words).lower()):
        return False
    return not any(
        piece.printed is not None and (piece.printed.currency or "," in piece.text)
        for part in parts
        for entry in part.entries
        for piece in entry.cells
        if piece
    )


def _is_contents(parts: Sequence[Part], context: Sequence[str]) -> bool:
    """Whether a table is a list of pages: one column of small numbers that only rise."""
    if len(parts) != 1:
        return False
    if len(parts[0].heads) != 1:
        return _names_pages(parts[0])
    values = [
        piece.printed.value
        for entry in parts[0].entries
        if (piece := entry.cells[0]) is not None and piece.printed is not None and piece.printed.form == "number"
    ]
    texts = [piece.text for entry in parts[0].entries if (piece := entry.cells[0]) is not None]
    if len(values) < 3 or not all(text.isdigit() for text in texts):
        return False
    rising = all(one is not None and two is not None and one <= two for one, two in pairwise(values))
    named = any(
        "contents" in text.lower() or "index" in text.lower() or "page" in text.lower()
        for text in (*context[-3:], *parts[0].heads, *parts[0].stub)
    )
    listed = sum(
        1
        for entry in parts[0].entries
        if entry.caption.lower().startswith(("item", "part", "note")) or "statements" in entry.caption.lower()
    )
    return rising and (named or listed >= 2) and not time.read(parts[0].heads[0])


_PAGES = re.compile(r"\bpages?\b", re.IGNORECASE)


def _names_pages(part: Part) -> bool:
    """Whether the columns of a table are the pages of several reports: "Page 22", "Pages 23-24"."""
    if not any(_PAGES.search(head) for head in part.heads):
        return False
    texts = [piece.text for entry in part.entries for piece in entry.cells if piece is not None]
    return all(text.strip("-–— ").isdigit() and len(text) < 6 for text in texts)
