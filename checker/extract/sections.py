"""Sections: which headings stand above each line, from indentation where the source has it, else from colons, capitals,
bold and totals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import field

from checker.core.caption import normal
from checker.core.value import frozen
from checker.extract.entries import Entry
from checker.extract.heads import is_time
from checker.lexicon.captions import total_of
from checker.lexicon.numbers import is_year

_UNREAD = re.compile(r"[a-z)]\s*\d[\d,.()]{3,}$")
"""A caption whose figures could not be told apart: a line that was not read, no heading."""
_OUTERMOST = -1
"""The rank of a heading that is a period: all that follows stands in it, up to the next one."""
_SIGNS = frozenset(["income", "expense", "expenses", "loss", "losses", "gain", "gains", "net", "and"])


@frozen
class _Open:
    indent: int
    rank: int
    caption: str
    flush: bool = False
    """Its first line was set no deeper than the heading itself."""


@frozen
class Placed:
    """A line with the captions above it, and the heading that stands last before it, open or not."""

    entry: Entry
    under: tuple[str, ...]
    heading: str = field(default="")


def place(entries: Sequence[Entry], slack: int) -> tuple[Placed, ...]:
    """The lines with their sections; indents that differ by no more than `slack` are the same."""
    indented = len({entry.indent // max(1, slack + 1) for entry in entries if entry.caption}) > 1
    stack: list[_Open] = []
    done: list[Placed] = []
    heading, fresh = "", False
    for entry in entries:
        if entry.untold or (entry.is_heading and _UNREAD.search(entry.caption) and not is_year(entry.caption[-4:])):
            done.append(Placed(entry, tuple(item.caption for item in stack)))
            continue
        if entry.is_heading:
            stack = _opened(stack, entry, indented, slack if not fresh else -1)
            done.append(Placed(entry, tuple(item.caption for item in stack[:-1])))
            heading, fresh = entry.caption, True
            continue
        stack = _kept(stack, entry, slack, fresh) if indented else stack
        if not indented and stack and _is_broader(entry.caption, stack[-1].caption):
            stack = stack[:-1]
        closing = bool(stack) and _closes(entry.caption, stack[-1].caption)
        done.append(Placed(entry, tuple(item.caption for item in stack), heading))
        if closing and (not indented or stack[-1].flush):
            stack = stack[:-1]
        elif not indented and total_of(entry.caption) is not None:
            stack = _popped_to(stack, entry.caption)
        fresh = False
    return tuple(done)


def _rank(entry: Entry) -> int:
    if is_time(entry.caption):
        return _OUTERMOST
    letters = [character for character in entry.caption if character.isalpha()]
    if letters and all(character.isupper() for character in letters) and len(letters) > 3:
        return 0
    if entry.caption.endswith(":"):
        return 3
    return 1 if entry.bold else 2


def _opened(stack: list[_Open], entry: Entry, indented: bool, slack: int) -> list[_Open]:
    caption, rank = entry.caption.rstrip(": "), _rank(entry)
    if indented:
        kept = [
            item
            for item in stack
            if item.indent < entry.indent - max(0, slack) or (item.indent <= entry.indent and item.rank < rank)
        ]
        return [*kept, _Open(entry.indent, rank, caption)]
    return [*(item for item in stack if item.rank < rank), _Open(entry.indent, rank, caption)]


def _kept(stack: list[_Open], entry: Entry, slack: int, fresh: bool) -> list[_Open]:
    """Sections that a line still stands in, going by indents. A line flush under its heading is in the section until a
    total closes it."""
    kept: list[_Open] = []
    for index, item in enumerate(stack):
        last = index == len(stack) - 1
        if entry.indent > item.indent + slack:
            kept.append(item)
        elif fresh and last and entry.indent >= item.indent - slack:
            kept.append(_Open(item.indent, item.rank, item.caption, True))
        elif (
            item.rank == _OUTERMOST
            or (item.flush and entry.indent >= item.indent - slack)
            or (item.rank == 0 and index == 0 and len(stack) > 1)
        ):
            kept.append(item)
        else:
            break
    return kept


def _closes(caption: str, heading: str) -> bool:
    """Whether a total is the total of the section named so."""
    rest = total_of(caption)
    if rest is None:
        return False
    named = normal(heading)
    if set(rest.split()) - _SIGNS and set(rest.split()) - _SIGNS == set(named.split()) - _SIGNS:
        return True
    return not rest or rest == named or rest.startswith(named) or named.startswith(rest)


def _is_broader(caption: str, heading: str) -> bool:
    """Whether a total is that of more than the section: "Total liabilities" after "Long-term liabilities"."""
    rest, named = set((total_of(caption) or "").split()), set(normal(heading).split())
    return bool(rest) and rest < named


def _popped_to(stack: list[_Open], caption: str) -> list[_Open]:
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].rank > 0 and _closes(caption, stack[index].caption):
            return stack[:index]
    return stack
