"""A page or a text as it looks: its tags by what they mean, its text with the bytes behind it. Scripts, styles, forms,
links and pictures are not in it.

Reading for figures is the business of the other modules; this is for people, who look for a figure where the document
prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from attrs import Factory, define

from checker.core.original import EMPTY, Closing, Look, Name, Opening, Original, Stretch
from checker.read import containers, html, submission
from checker.read.formats import BINARIES
from checker.read.source import Source, decode, line_starts
from checker.read.tags import BOLD, BREAK, CELL, HEADING, HIDDEN, LINE, PRE, RAISED, ROW, TABLE, VOID, Tag, tag_of

_MOST = 400_000
"""Pieces of a document that are shown; what follows is left out."""
_DEEPEST = 60
"""Elements inside elements; what is deeper is set as if it were not."""
_STEP = 100
"""Tenths of a point of one step by which text is set in."""
_MOST_STEPS = 10
_SIDES = re.compile(
    r"""text-align\s*:\s*(?P<styled>right|center)|\balign\s*=\s*["']?(?P<asked>right|center)""", re.IGNORECASE
)
_BLOCKS: dict[str, Name] = {
    "p": "p",
    "li": "li",
    "ul": "ul",
    "ol": "ul",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "h3"),
}
_WHOLE: dict[int, Name] = {TABLE: "table", ROW: "tr", CELL: "td", PRE: "pre"}
_IMPLIED: dict[Name, tuple[Name, ...]] = {
    "tr": ("td", "th", "tr"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "p": ("p",),
    "li": ("li", "p"),
}
"""What ends where one of these begins, inside the same table."""


def original(path: str, content: bytes) -> Original:
    """The document as it looks; nothing for kinds of files that are neither pages nor texts."""
    if containers.is_gzip(content):
        content = containers.unpack(path, content)[0] or b""
    if any(one.recognises(content) for one in BINARIES) or containers.refusal(path, content) is not None:
        return ()
    source, _ = decode(content, path)
    text = source.text
    if submission.is_submission(text):
        stretches = [(one.start, one.end) for one in submission.chosen(text)]
        return (
            tuple(piece for start, end in stretches for piece in _stretch(source, start, end))[:_MOST]
            if stretches
            else ()
        )
    return tuple(_stretch(source, 0, len(text)))


def _stretch(source: Source, start: int, end: int) -> Original:
    if html.is_html(source.text[start : min(end, start + 20_000)]):
        return _page(source, start, end)
    return (Opening("pre"), Stretch(source.text[start:end], source.byte(start), source.byte(end)), Closing("pre"))


@define
class _Setting:
    """What is open at one point of the page, and what was set so far."""

    source: Source
    pieces: list[Opening | Closing | Stretch] = Factory(list)
    open: list[Name] = Factory(list)
    tags: list[tuple[str, int, bool]] = Factory(list)
    """Tags that are open: the name, the flags to go back to, whether an element of the setting was opened for it."""
    flags: int = 0

    def start(self, tag: Tag, raw: str) -> None:
        """A start tag; what is hidden opens nothing."""
        if tag.kind in (BREAK, LINE) and not self.flags & HIDDEN:
            self.pieces.append(Opening("hr" if tag.kind == LINE else "br"))
            return
        if tag.kind == VOID:
            return
        name = None if (self.flags | tag.sets) & HIDDEN else _name(tag)
        if name is not None:
            self._end_implied(name)
            if (
                (name == "tr" and "table" not in self.open)
                or (name in ("td", "th") and "tr" not in self.open)
                or len(self.open) >= _DEEPEST
            ):
                name = None
        if name is not None:
            self.open.append(name)
            self.pieces.append(
                Opening(name, _looks(tag, raw), tag.columns, tag.rows, max(0, min(_MOST_STEPS, tag.indent // _STEP)))
            )
        self.tags.append((tag.name, self.flags, name is not None))
        self.flags = (self.flags & ~tag.clears) | tag.sets

    def finish(self, name: str) -> None:
        """An end tag: everything opened since its start ends with it; one without a start ends nothing."""
        for index in range(len(self.tags) - 1, max(-1, len(self.tags) - 200), -1):
            if self.tags[index][0] == name:
                self.flags = self.tags[index][1]
                count = sum(1 for _, _, opened in self.tags[index:] if opened)
                del self.tags[index:]
                self._close(min(count, len(self.open)))
                return

    def run(self, start: int, end: int) -> None:
        """Text between two tags."""
        if self.flags & HIDDEN or start >= end:
            return
        styled: tuple[tuple[int, Name], ...] = ((BOLD | HEADING, "strong"), (RAISED, "sup"))
        set_in = [name for flag, name in styled if self.flags & flag]
        self.pieces += [Opening(name) for name in set_in]
        self.pieces.append(
            Stretch(unescape(self.source.text[start:end]), self.source.byte(start), self.source.byte(end))
        )
        self.pieces += [Closing(name) for name in reversed(set_in)]

    def close(self) -> Original:
        """The end of the page."""
        self._close(len(self.open))
        return tuple(self.pieces)

    def _end_implied(self, name: Name) -> None:
        """A row ends the row before it, a cell the cell, a paragraph the paragraph; never beyond the table that they
        stand in."""
        ends, count = _IMPLIED.get(name, ()), 0
        for depth, opened in enumerate(reversed(self.open), 1):
            if opened == "table":
                break
            if opened in ends:
                count = depth
        if not count:
            return
        self._close(count)
        while self.tags and count:
            count -= self.tags.pop()[2]

    def _close(self, count: int) -> None:
        for _ in range(count):
            self.pieces.append(Closing(self.open.pop()))


def _name(tag: Tag) -> Name | None:
    if tag.kind in _WHOLE:
        return "th" if tag.name == "th" else _WHOLE[tag.kind]
    if tag.name in _BLOCKS:
        return _BLOCKS[tag.name]
    return None if tag.kind == 0 or tag.name in ("html", "body", "thead", "tbody", "tfoot") else "div"


def _looks(tag: Tag, raw: str) -> tuple[Look, ...]:
    side = _SIDES.search(raw)
    found: list[Look] = []
    if side is not None:
        found.append("right" if (side["styled"] or side["asked"]).lower() == "right" else "center")
    elif tag.name == "center":
        found.append("center")
    found += ["above" if tag.above == 1 else "above2"] if tag.above else []
    found += ["below" if tag.below == 1 else "below2"] if tag.below else []
    return tuple(found)


def _page(source: Source, start: int, end: int) -> Original:
    from turbohtml import TokenType, tokenize  # texts do not wait for it

    whole = start == 0 and end == len(source.text)
    stretch = source.text if whole else source.text[start:end]
    lines = source.breaks if whole else tuple(start + at for at in line_starts(stretch))
    setting = _Setting(source)
    run = -1
    for token in tokenize(stretch, capture_source=True):
        at = lines[token.line - 1] + token.col
        if run >= 0:
            setting.run(run, at)
            run = -1
        if len(setting.pieces) > _MOST:
            break
        if token.type is TokenType.TEXT:
            run = at
        elif token.type is TokenType.START_TAG:
            raw = token.source or ""
            setting.start(tag_of(token.tag or "", token.attrs or (), closed=bool(token.self_closing)), raw)
        elif token.type is TokenType.END_TAG:
            setting.finish(token.tag or "")
    if run >= 0:
        setting.run(run, end)
    return setting.close()


def balanced(pieces: Original) -> bool:
    """Whether everything that is opened is closed, in the order in which it was opened."""
    return not list(_left_open(pieces))


def _left_open(pieces: Original) -> Iterator[str]:
    opened: list[str] = []
    for piece in pieces:
        if isinstance(piece, Opening) and piece.name not in EMPTY:
            opened.append(piece.name)
        elif isinstance(piece, Closing) and (not opened or opened.pop() != piece.name):
            yield piece.name
    yield from opened
