"""Word files: what `office.flow` says a document prints becomes the paragraphs and tables of a walk, as a page of HTML
does.

What tab stops or typed blanks set in columns becomes a table too, by the text reader where it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checker.core.document import Block, Picture
from checker.core.problem import Problem
from checker.lexicon.money import CLASS
from checker.office.flow import word
from checker.office.package import Unfit
from checker.office.word import BREAK, Box, Grid, Item, Para, Piece, Word, paragraphs, printed
from checker.read.printed import Printed, printed_of
from checker.read.tabbed import tabbed
from checker.read.tags import BLOCK, BOLD, CELL, HEADING, PRE, RAISED, ROW, TABLE, Tag
from checker.read.tags import BREAK as BR
from checker.read.walk import Walk

Read = tuple[tuple[Block, ...], tuple[Problem, ...], tuple[Picture, ...]]

_GAP = re.compile(rf"\S {{3,}}\(?[{CLASS}]? ?\(?\d")
_FEWEST_GAPS = 3
"""Lines with a gap before a figure that show a stretch of typed lines."""
_LONGEST_TYPED = 110
"""Characters of a typed line: most of those of a stretch are no longer."""
_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[a-z]|[*†‡§#+]{1,4})[)\]]?(?:, ?[(\[]?(?:\d{1,2}|[a-z])[)\]]?){0,6}")
_ENDS_FIGURE = re.compile(r"[\d)%]$")
_LETTER = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"\d")

_BLANK = 25
"""Tenths of a point that a blank before the first word sets it in."""

_ROW, _BR, _TABLE, _PRE = Tag("tr", ROW), Tag("br", BR), Tag("table", TABLE), Tag("pre", PRE)


def read_docx(content: bytes) -> Read:
    """The blocks, the problems and the pictures of a Word file."""
    try:
        found = word(content)
    except Unfit as unfit:
        return (), (unfit.problem,), ()
    lines = list(paragraphs(found.items))
    source = printed_of(lines)
    reading = _Reading(source, Walk(source), found.stop)
    reading.items(found.items, within=False)
    return reading.walk.close(), tuple(_told(found)), tuple(_pictures(lines, source))


def _told(found: Word) -> Iterator[Problem]:
    """What the reader of a report should know of the file: each a note."""
    told = found.told
    if told.changes:
        yield Problem(
            "R132",
            "note",
            f"{_count(told.changes, 'tracked change')}: read as if all were accepted",
            help="accept or reject them before you publish",
        )
    if told.hidden or told.struck:
        kinds = [
            f"{_count(count, 'stretch', 'es')} of {what}"
            for count, what in ((told.hidden, "hidden text"), (told.struck, "text struck through"))
            if count
        ]
        yield Problem(
            "R133",
            "note",
            f"not read: {', '.join(kinds)}",
            help="what nobody sees on the page is no part of the release",
        )
    left = [f"{_count(told.embedded, 'embedded file')}"] * bool(told.embedded) + [
        "macros, which are never run"
    ] * told.macros
    left += [f"{_count(told.outside, 'link')} to files outside, which are never fetched"] * bool(told.outside)
    if left:
        yield Problem(
            "R134",
            "note",
            f"not read: {', '.join(left)}",
            help="give such a document as a file of its own to have it checked",
        )


def _count(count: int, name: str, plural: str = "s") -> str:
    return f"{count} {name}{plural if count > 1 else ''}"


def _pictures(lines: Sequence[Para], source: Printed) -> Iterator[Picture]:
    for number, para in enumerate(lines):
        for image in para.images:
            at = source.breaks[number] + sum(len(printed(piece)) for piece in para.pieces[: image.before])
            yield Picture(image.alt, source.place(at, at))


class _Reading:
    """Hands the items of a document to the walk, line by line."""

    def __init__(self, source: Printed, walk: Walk, stop: int) -> None:
        self.source, self.walk, self.stop = source, walk, stop
        self.line = 0

    def items(self, items: Sequence[Item], within: bool) -> None:
        """Paragraphs and tables in order; `within`: inside a cell, where a paragraph is a line of it."""
        at = 0
        while at < len(items):
            item = items[at]
            if isinstance(item, Grid):
                self._grid(item)
                at += 1
                continue
            end = at
            while end < len(items) and isinstance(items[end], Para):
                end += 1
            self._stretch([one for one in items[at:end] if isinstance(one, Para)], within)
            at = end

    def _stretch(self, paras: Sequence[Para], within: bool) -> None:
        """Paragraphs between two tables."""
        if not within and _is_typed(paras):
            self._typed(paras)
            return
        for rows in () if within else tabbed(paras, self.stop):
            if rows.columns:
                self._tabbed(rows.paras, rows.columns)
            else:
                for para in rows.paras:
                    self._para(para, within)
        if within:
            for para in paras:
                self._para(para, within)

    def _typed(self, paras: Sequence[Para]) -> None:
        """Lines whose blanks are their columns: for the reader of text."""
        low = self.source.breaks[self.line]
        self.line += len(paras)
        high = self.source.breaks[self.line] - 1
        self.walk.start(_PRE, low)
        self.walk.run(low, high)
        self.walk.finish("pre", high)

    def _tabbed(self, paras: Sequence[Para], columns: Sequence[Sequence[Sequence[Piece]]]) -> None:
        """Lines that tab stops set in columns, each a row of a table; every piece stands in one column, in order."""
        walk = self.walk
        walk.start(_TABLE, self.source.breaks[self.line])
        for para, cells in zip(paras, columns, strict=True):
            at = self.source.breaks[self.line]
            self.line += 1
            walk.start(_ROW, at)
            for pieces in cells:
                walk.start(_cell(1, para.setting.above or 0, max(para.setting.below or 0, _underlined(pieces))), at)
                at = self._pieces(pieces, at, within=True)
                walk.finish("td", at)
            walk.finish("tr", at)
        walk.finish("table", self.source.breaks[self.line] - 1)

    def _grid(self, grid: Grid) -> None:
        walk = self.walk
        walk.start(_TABLE, self._at())
        for row in grid.rows:
            walk.start(_ROW, self._at())
            for box in row:
                self._box(box)
            walk.finish("tr", self._at())
        walk.finish("table", self._at())

    def _box(self, box: Box) -> None:
        self.walk.start(_cell(box.columns, box.above, box.below), self._at())
        self.items(box.items, within=True)
        self.walk.finish("td", self._at())

    def _at(self) -> int:
        """Where the next line begins."""
        return self.source.breaks[min(self.line, len(self.source.breaks) - 1)]

    def _para(self, para: Para, within: bool) -> None:
        at = self.source.breaks[self.line]
        self.line += 1
        setting = para.setting
        indent = max(0, (setting.left or 0) + (setting.first or 0)) + _blanks(para) * _BLANK if within else 0
        below = max(setting.below or 0, _underlined(para.pieces) if within else 0)
        self.walk.start(
            Tag(
                "div",
                BLOCK,
                HEADING if setting.heading else 0,
                0,
                indent,
                setting.above or 0,
                below,
                new_page=para.new_page,
            ),
            at,
        )
        at = self._pieces(para.pieces, at, within)
        self.walk.finish("div", at)

    def _pieces(self, pieces: Iterable[Piece], at: int, within: bool) -> int:
        """Hands pieces that stand at `at` to the walk; where the next one stands."""
        walk, base, before = self.walk, self.walk.flags, ""
        for piece in pieces:
            shown = printed(piece)
            if piece.text == BREAK:
                walk.start(_BR, at)
            elif within or not _is_mark(piece, before):
                walk.flags = base | (BOLD if piece.look.bold else 0) | (RAISED if piece.look.raised else 0)
                walk.run(at, at + len(shown))
                before = piece.text
            at += len(shown)
        walk.flags = base
        return at


def _blanks(para: Para) -> int:
    """Blanks before the first word."""
    return len(para.text) - len(para.text.lstrip(" "))


def _cell(columns: int, above: int, below: int) -> Tag:
    return Tag("td", CELL, above=above, below=below, columns=columns)


def _is_mark(piece: Piece, before: str) -> bool:
    """Whether a raised piece of a sentence refers to a note: behind a figure its digits would be read as some more of
    it."""
    if piece.kind == "mark":
        return True
    return (
        bool(piece.look.raised)
        and _MARK.fullmatch(piece.text.strip()) is not None
        and _ENDS_FIGURE.search(before.rstrip()) is not None
    )


def _underlined(pieces: Iterable[Piece]) -> int:
    """How many lines are drawn under a figure that is underlined as a whole, as accountants do above and below a
    total."""
    told = [piece for piece in pieces if piece.text.strip()]
    if not told or not all(piece.look.lines for piece in told):
        return 0
    text = "".join(piece.text for piece in told)
    return max(piece.look.lines or 0 for piece in told) if _DIGIT.search(text) and not _LETTER.search(text) else 0


def _is_typed(paras: Sequence[Para]) -> bool:
    """Whether a stretch of paragraphs is the lines of a text, whose columns are made of blanks."""
    texts = [para.text for para in paras if para.text.strip()]
    gaps = sum(_GAP.search(text) is not None for text in texts)
    long = sum(len(text) > _LONGEST_TYPED for text in texts)
    return gaps >= _FEWEST_GAPS and gaps * 10 >= len(texts) and long * 20 <= len(texts)
