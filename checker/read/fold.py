"""Runs of HTML source become text: entities decoded, white space folded, zero-width characters dropped, every character
anchored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.core.remembered import remembered
from checker.read.inline import Gap, add
from checker.read.source import Piece
from checker.read.tags import FEED

Run = tuple[int, int, int]
"""A stretch (start, end) of the source between two tags and its flags; with `FEED`, a line break that stands there."""

BLANKS = (
    " "
    "\t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\x85\x1c\x1d\x1e\x1f"
)
_SPELLED_BLANKS = frozenset({"&#160;", "&nbsp;", "&#xa0;", "&#xA0;"})
"""What fills most empty cells."""
_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\x00-\x08"
_BLANK = re.escape(BLANKS)
_ODD = re.compile(rf"[&{re.escape(BLANKS.replace(' ', ''))}{_INVISIBLE}]")
"""What keeps a run from being its own text, two blanks in a row aside."""
_PART = re.compile(
    rf"(?P<blank>[{_BLANK}]+)|(?P<entity>&(?:#[xX][0-9a-fA-F]{{1,8}}|#\d{{1,9}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});?)|(?P<unseen>[{_INVISIBLE}]+)"
    rf"|[^&{_BLANK}{_INVISIBLE}]+(?: [^&{_BLANK}{_INVISIBLE}]+)*|&"
)
INVISIBLE = re.compile(rf"[{_INVISIBLE}]+")
_WIDTHS = {"\u00a0": 30, "\u2002": 50, "\u2003": 100, "\u3000": 100, "\u2009": 20}
"""Tenths of a point by which a blank that is no plain space sets a text in."""


@remembered(4096)
def _character(entity: str) -> str:
    """What an entity stands for."""
    from turbohtml import unescape  # pages need it, other files do not wait for it

    return unescape(entity)


@remembered(4096)
def _spelled(entity: str) -> tuple[str | None, str, str]:
    """Whether an entity is "blank" or "unseen", what it stands for, and what stands behind it: "&ltRevenues", an old
    name without its semicolon."""
    word = _character(entity)
    rest = word[1:] if entity.endswith(word[1:]) else ""
    first = word.removesuffix(rest)
    return "blank" if not first.strip(BLANKS) else "unseen" if INVISIBLE.fullmatch(first) else None, first, rest


_UNBROKEN = re.compile(r"[^\r\n]+|[\r\n]\s*")


def fold(text: str, runs: Iterable[Run]) -> list[Piece]:
    """The runs as one text: single blanks, line feeds where lines were broken, nothing at the ends."""
    found: list[Piece] = []
    gap: Gap | None = None
    for start, end, flags in runs:
        if flags & FEED:
            gap = (gap[0] if gap else start, end, "\n")
            continue
        stretch = text[start:end]
        core = stretch.strip(BLANKS)
        if not core or core in _SPELLED_BLANKS:
            gap = (gap and (gap[0], end, gap[2])) or (start, end, " ")
            continue
        low = start + len(stretch) - len(stretch.lstrip(BLANKS))
        high = low + len(core)
        if low > start:
            gap = (gap[0], low, gap[2]) if gap else (start, low, " ")
        if "  " not in core and _ODD.search(core) is None:
            add(text, found, gap, (core, low, high))
            gap = None
        else:
            gap = _parts(text, found, gap, (low, high))
        if high < end:
            gap = (gap[0], end, gap[2]) if gap else (high, end, " ")
    return found


def _parts(text: str, found: list[Piece], gap: Gap | None, span: tuple[int, int]) -> Gap | None:
    """Adds a run that is not plain; what white space is left at its end."""
    for kind, (word, start, end) in _read(text, span):
        if kind == "unseen":
            continue
        if kind == "blank":
            gap = (gap[0], end, gap[2]) if gap else (start, end, " ")
            continue
        add(text, found, gap, (word, start, end))
        gap = None
    return gap


def _read(text: str, span: tuple[int, int]) -> Iterator[tuple[str | None, Piece]]:
    """The pieces of a run and which of them are blank or unseen."""
    for part in _PART.finditer(text, *span):
        start, end = part.span()
        if part.lastgroup != "entity":
            yield part.lastgroup, (part[0], start, end)
            continue
        kind, first, rest = _spelled(part[0])
        yield kind, (first, start, end - len(rest))
        if rest:
            yield None, (rest, end - len(rest), end)


def decoded(text: str, start: int, end: int) -> list[Piece]:
    """A run as it stands, white space kept, only its entities decoded."""
    if text.find("&", start, end) < 0:
        return [(text[start:end], start, end)]
    found: list[Piece] = []
    at = start
    for part in _PART.finditer(text, start, end):
        if part.lastgroup == "entity":
            if part.start() > at:
                found.append((text[at : part.start()], at, part.start()))
            found.append((_character(part[0]).replace("\u00a0", " "), part.start(), part.end()))
            at = part.end()
    if at < end:
        found.append((text[at:end], at, end))
    return found


def unbroken(text: str, start: int, end: int) -> list[Piece]:
    """A run as it stands, its entities decoded, the line breaks of the file no more than blanks between words."""
    found: list[Piece] = []
    for part in _UNBROKEN.finditer(text, start, end):
        low, high = part.span()
        if part[0][0] not in "\r\n":
            found.extend(decoded(text, low, high))
        elif low > start and high < end:
            found.append((" ", low, high))
    return found


def leading(text: str, runs: Iterable[Run]) -> int:
    """How far blanks that are no plain spaces set the first word in, in tenths of a point."""
    width = 0
    for start, end, flags in runs:
        if flags & FEED:
            continue
        for part in _PART.finditer(text, start, end):
            word = _character(part[0]) if part.lastgroup == "entity" else part[0]
            if word.strip(BLANKS) and not INVISIBLE.fullmatch(word):
                return width
            width += sum(_WIDTHS.get(character, 0) for character in word)
    return width
