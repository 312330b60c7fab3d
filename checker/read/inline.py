"""The text of one stretch of a line: white space folded, escapes and markdown markup taken out, every character still
anchored."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.read.source import Piece

Cut = tuple[int, int]
"""A stretch (start, end) of the text to keep."""

Gap = tuple[int, int, str]
"""White space (start, end) between two words, and the blank or line feed that stands for it."""

_BLANKS = "\t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000 "
_GAP = re.compile(rf"[{_BLANKS}]{{2,}}|[{_BLANKS[:-1]}]")
"""White space that is not one plain blank."""
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]+")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"!?\[([^\]\[]{0,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:\s\"[^\"]{0,200}\")?\)|<((?:https?://|mailto:)[^<>\s]{1,1000})>"
)
_EMPHASIS = re.compile(
    r"(?<![\\\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*\\])\1(?![\w*])"
    r"|(?<![\\\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_\\])\3(?![\w_])"
)
_CODE = re.compile(r"(?<![\\`])`([^`\n]{1,500})`(?!`)")


_LONGEST_RUN = 4_000
"""Characters from which on a piece is not joined to the next."""


def pieces(text: str, start: int, end: int, cuts: Iterable[Cut] = ()) -> list[Piece]:
    """`text[start:end]` without the cuts, white space folded to single blanks, none at the ends."""
    stretch = text[start:end]
    if (
        not cuts
        and stretch.isascii()
        and stretch.isprintable()
        and "  " not in stretch
        and stretch
        and stretch.strip() == stretch
    ):
        return [(stretch, start, end)]
    found: list[Piece] = []
    gap: Gap | None = None
    for low, high in _kept(start, end, [*cuts, *((m.start(), m.end()) for m in INVISIBLE.finditer(text, start, end))]):
        at = high - len(text[low:high].lstrip(_BLANKS))
        stop = at + len(text[at:high].rstrip(_BLANKS))
        if at > low:
            gap = (gap[0] if gap else low, at, " ")
        for blank in _GAP.finditer(text, at, stop):
            add(text, found, gap, (text[at : blank.start()], at, blank.start()))
            gap, at = (blank.start(), blank.end(), " "), blank.end()
        if stop > at:
            add(text, found, gap, (text[at:stop], at, stop))
            gap = None
        if high > stop:
            gap = (gap[0] if gap else stop, high, " ")
    return found


def add(text: str, found: list[Piece], gap: Gap | None, piece: Piece) -> None:
    """Adds a word after the white space before it, joined to the piece before where one run of one line of the source
    prints both."""
    if gap and found:
        blank = (gap[2], gap[0], gap[1])
        if gap[1] - gap[0] == 1 and gap[2] == " " and text[gap[0]] not in "\r\n":
            _join(found, blank)
        else:
            found.append(blank)
            found.append(piece)
            return
    _join(found, piece)


def _join(found: list[Piece], piece: Piece) -> None:
    if found:
        before = found[-1]
        short = len(before[0]) < _LONGEST_RUN  # a run that grows by a character at a time is copied each time
        if (
            short
            and before[2] == piece[1]
            and len(before[0]) == before[2] - before[1]
            and len(piece[0]) == piece[2] - piece[1]
        ):
            found[-1] = (before[0] + piece[0], before[1], piece[2])
            return
    found.append(piece)


def _kept(start: int, end: int, cuts: list[Cut]) -> Iterable[Cut]:
    at = start
    for low, high in sorted(cuts):
        if low > at:
            yield at, min(low, end)
        at = max(at, high)
    if at < end:
        yield at, end


def markup(text: str, start: int, end: int) -> list[Cut]:
    """What markdown writes there that is no text: escapes, emphasis, the targets of links."""
    cuts: list[Cut] = []
    if "](" in text[start:end] or "<" in text[start:end]:
        for found in _LINK.finditer(text, start, end):
            inner = 1 if found[1] is not None else 2
            cuts += [(found.start(), found.start(inner)), (found.end(inner), found.end())]
    stretch = text[start:end]
    if "\\" in stretch:
        cuts += [(found.start(), found.end()) for found in _ESCAPE.finditer(text, start, end)]
    if "`" in stretch:
        cuts += [
            cut
            for found in _CODE.finditer(text, start, end)
            for cut in ((found.start(), found.start(1)), (found.end(1), found.end()))
        ]
    if "*" in stretch or "_" in stretch:
        cuts += _emphasis(text, start, end)
    return cuts


def _emphasis(text: str, start: int, end: int) -> list[Cut]:
    cuts: list[Cut] = []
    for found in _EMPHASIS.finditer(text, start, end):
        inner = 2 if found[2] is not None else 4
        cuts += [(found.start(), found.start(inner)), (found.end(inner), found.end())]
        nested = (
            _emphasis(text, found.start(inner), found.end(inner)) if found.end() - found.start() < end - start else []
        )
        cuts += nested
    return cuts
