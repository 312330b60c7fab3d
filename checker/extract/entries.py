"""Lines before they are typed: a caption, its pieces, how it is set; captions that were broken over rows are whole
again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from checker.core.value import evolve, frozen
from checker.extract.pieces import Piece
from checker.lexicon.captions import total_of
from checker.lexicon.scale import stated


@frozen
class Entry:
    """One line: its caption and its piece in each column. No piece at all: a heading."""

    caption: str
    cells: tuple[Piece | None, ...]
    indent: int
    bold: bool = False
    rule_above: bool = False
    double_rule_below: bool = False
    marks: str = ""
    untold: bool = False
    unread: tuple[tuple[int, Piece], ...] = ()
    """What stands in its columns, means an amount and is none."""

    @cached_property
    def is_heading(self) -> bool:
        """Whether the row only names what follows."""
        return not any(self.cells)


_SCALED = re.compile(r"(\([^()]{4,60}\))\s+(?=[A-Z])")


def set_aside(entries: tuple[Entry, ...]) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """A scale set before the caption of the first line holds for the table; what is left is the caption."""
    found = _SCALED.match(entries[0].caption)
    if found is None or stated(found[1]) is None:
        return (), entries
    return (found[1],), (evolve(entries[0], caption=entries[0].caption[found.end() :]), *entries[1:])


def trailing_headings(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Headings right before a new header: they are its titles, not the end of the part above."""
    cut = len(entries)
    while cut and entries[cut - 1].is_heading:
        cut -= 1
    return entries[cut:]


_OPEN_END = re.compile(
    r"(?:[,&–—-]|\b(?:and|or|of|to|for|from|in|by|the|with|on|per|at|than|net|as|under|other|common|before|after|provided|used))$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:note|see|including|net|less|in|of|includes)\b", re.IGNORECASE)
_REFERS = re.compile(r"\W*(?:see )?(?:the )?accompanying (?:\w+ )?notes\b", re.IGNORECASE)
"""What stands below a statement and points elsewhere; it goes on with no caption."""
_SHARES = re.compile(r"\b(?:shares|units|stock)$", re.IGNORECASE)
_OUTSTANDING = re.compile(r"outstanding\b", re.IGNORECASE)
"""What goes on with a caption that ends in shares: "Weighted-average common shares / Outstanding - basic"."""
_SIGN_WORD = re.compile(
    r"\((?:loss|losses|income|deficit|expenses?|benefit|decrease|increase)\)\s+[a-z]", re.IGNORECASE
)
"""What goes on with a caption as a small letter does: "(loss) per share"."""


def _is_below(before: Entry, entry: Entry) -> bool:
    """Whether figures without a caption were set a row below theirs."""
    return (
        not entry.caption
        and not entry.is_heading
        and bool(before.caption)
        and not before.caption.endswith(":")
        and not before.untold
    )


def _fills(before: Entry, entry: Entry) -> bool:
    """Whether the second row of a caption prints the few figures that its first one lacks: together one in every
    column, of three or more."""
    both = [(one is not None, two is not None) for one, two in zip(before.cells, entry.cells, strict=True)]
    return (
        len(both) > 2
        and not before.is_heading
        and not entry.is_heading
        and not (before.unread or entry.unread)
        and all(one != two for one, two in both)
        and 2 * sum(one for one, _ in both) > len(both)
    )


def _goes_on(caption: str) -> bool:
    """Whether a caption begins as the rest of one does."""
    return (caption[0].islower() and not _REFERS.match(caption)) or _SIGN_WORD.match(caption) is not None


def _is_open(before: Entry, entry: Entry, following: Entry | None) -> bool:
    """Whether a heading ends as only a broken caption does, given what stands below it."""
    if _OPEN_END.search(before.caption):
        return True
    if (
        total_of(before.caption) is not None
        and before.indent < entry.indent
        and (following is None or following.indent <= before.indent)
    ):
        return True  # nothing is summed below it: "Total retail / Stores"
    alone = following is None or not _OUTSTANDING.match(following.caption)
    return alone and _SHARES.search(before.caption) is not None and _OUTSTANDING.match(entry.caption) is not None


UNAUDITED = re.compile(r"\W*(?:un)?audited\W*", re.IGNORECASE)


def unwrapped(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Captions that were broken over two rows, in one piece again."""
    done: list[Entry] = []
    for index, entry in enumerate(entries):
        before = done[-1] if done else None
        if before is not None and before.is_heading and _is_below(before, entry):
            done[-1] = evolve(entry, caption=before.caption, indent=before.indent, bold=before.bold, marks=before.marks)
            continue
        if before is None or not entry.caption or not before.caption or before.untold or entry.untold:
            if not (entry.is_heading and (not entry.caption or UNAUDITED.fullmatch(entry.caption))):
                done.append(entry)
            continue
        lower = _goes_on(entry.caption)
        following = entries[index + 1] if index + 1 < len(entries) else None
        if (lower or _OPEN_END.search(before.caption)) and _fills(before, entry):
            done[-1] = evolve(
                before,
                caption=f"{before.caption} {entry.caption}",
                cells=tuple(one or two for one, two in zip(before.cells, entry.cells, strict=True)),
            )
        elif (
            before.is_heading
            and not entry.is_heading
            and not before.caption.endswith(":")
            and (lower or _is_open(before, entry, following))
        ):
            done[-1] = evolve(
                entry,
                caption=f"{before.caption} {entry.caption}",
                indent=before.indent,
                bold=before.bold,
                rule_above=before.rule_above or entry.rule_above,
            )
        elif (
            entry.is_heading
            and not before.is_heading
            and lower
            and not entry.caption.endswith(":")
            and not (following is not None and following.caption[:1].islower())
        ):
            done[-1] = evolve(before, caption=f"{before.caption} {entry.caption}")
        elif before.is_heading and _ASIDE.match(entry.caption) and not before.caption.endswith(":"):
            done[-1] = evolve(entry, caption=f"{before.caption} {entry.caption}", indent=before.indent)
        elif entry.is_heading and UNAUDITED.fullmatch(entry.caption):
            continue
        elif entry.is_heading and before.is_heading and lower and not before.caption.endswith(":"):
            done[-1] = evolve(before, caption=f"{before.caption} {entry.caption}")
        else:
            done.append(entry)
    return tuple(done)
