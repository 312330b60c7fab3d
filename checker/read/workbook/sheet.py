"""One sheet: its cells with what they store, what they show and the formula behind them, and which of its rows and
columns are hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from attrs import define, field

from checker.core.value import frozen
from checker.read.workbook.formats import is_date, shown, text_shown
from checker.read.workbook.package import Package
from checker.read.workbook.parts import Book, Look, Tab, Text, Texts

MOST_CELLS = 300_000
"""Cells of a workbook that are read."""
_MOST_MERGED = 100_000
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_LONGEST_FORMULA = 8_192
_LARGEST = 300
"""Powers of ten that a number of a workbook may have."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")
_PLAIN_LOOK = Look()


@frozen
class Stored:
    """One cell that holds something; rows and columns count from 1."""

    row: int
    column: int
    text: str
    """What the sheet shows; line breaks are line feeds."""
    marks: str
    look: Look
    number: Decimal | None = None
    """What is stored, where it is a number."""
    dated: bool = False
    formula: str = ""
    """As written, without the sign of equality; of a shared one its first cell has the words, see `shared`."""
    shared: int | None = None
    bare: bool = False
    """It has a formula and no value: nobody has calculated it since it was written."""


@define
class Page:
    """One sheet as read."""

    name: str
    cells: list[Stored] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    """Those that hold something."""
    hidden_columns: list[tuple[int, int]] = field(factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    """Of each merged block the first cell, and its last row and column."""
    more: bool = False
    """There are cells beyond what is read."""

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether nobody sees the cell."""
        return row in self.hidden_rows or any(low <= column <= high for low, high in self.hidden_columns)


@frozen
class Shelf:
    """What all sheets of a workbook share."""

    book: Book
    texts: Sequence[Text]
    looks: Sequence[Look]


def at(reference: str) -> tuple[int, int] | None:
    """The row and column of a cell as formulas name it."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else None


@define
class _Reader:
    """A sheet while it is read."""

    page: Page
    shelf: Shelf
    room: int
    row: int = 0
    column: int = 0
    look: Look = _PLAIN_LOOK
    kind: str = "n"
    value: str | None = None
    formula: str | None = None
    shared: int | None = None
    inline: Texts = field(factory=Texts)
    inside: bool = False
    hidden: bool = False
    """The row is."""

    def begin(self, tag: str, has: Mapping[str, str]) -> None:
        if tag == "c":
            self._cell(has)
        elif tag == "row":
            number = has.get("r", "")
            self.row = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else self.row + 1
            self.column = 0
            self.hidden = has.get("hidden", "0") in ("1", "true") or has.get("ht") == "0"
        elif tag == "f":
            self.formula = ""
            number = has.get("si", "")
            self.shared = int(number) if has.get("t") == "shared" and number.isdigit() and len(number) < 8 else None
        elif tag == "is":
            self.inside = True
        elif self.inside:
            self.inline.begin(tag, has)
        elif tag == "col":
            self._columns(has)
        elif tag == "mergeCell":
            self._merged(has.get("ref", ""))

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self.value = text
        elif tag == "f":
            self.formula = text[:_LONGEST_FORMULA]
        elif tag == "is":
            self.inside = False
        elif self.inside:
            self.inline.end(tag, text)
        elif tag == "c":
            self._ended()

    def _cell(self, has: Mapping[str, str]) -> None:
        place = at(has.get("r", ""))
        self.column = place[1] if place else self.column + 1
        if place:
            self.row = place[0]
        style = has.get("s", "0")
        number = int(style) if style.isascii() and style.isdigit() and len(style) < 8 else 0
        self.look = self.shelf.looks[number] if number < len(self.shelf.looks) else _PLAIN_LOOK
        self.kind = has.get("t", "n")
        self.value, self.formula, self.shared = None, None, None

    def _ended(self) -> None:
        inline, marks = self.inline.taken()
        has_formula = self.formula is not None
        if (
            (self.value is None and not inline and not has_formula)
            or not 0 < self.column <= LAST_COLUMN
            or not 0 < self.row <= LAST_ROW
        ):
            if self.look.across and len(self.page.cells) and self.page.cells[-1].row == self.row:
                self._widened()
            return
        if self.room <= 0:
            self.page.more = True
            return
        text, number = inline, None
        value = self.value or ""
        dated = False
        if self.kind == "s":
            index = int(value) if value.isascii() and value.strip().isdigit() and len(value) < 9 else -1
            text, marks = self.shelf.texts[index] if 0 <= index < len(self.shelf.texts) else ("", "")
            text = text_shown(text, self.look.code)
        elif self.kind == "b":
            text = {"1": "TRUE", "0": "FALSE"}.get(value, value)
        elif self.kind == "n":
            number = _number(value)
            dated = number is not None and is_date(number, self.look.code)
            text = shown(number, self.look.code, self.shelf.book.early) if number is not None else value
        elif self.kind != "inlineStr":
            text = text_shown(value, self.look.code) if self.kind == "str" else value
        bare = has_formula and not value.strip() and not inline and self.kind != "str"
        if not text.strip() and number is None and not has_formula:
            return
        self.room -= 1
        if self.hidden:
            self.page.hidden_rows.add(self.row)
        folded = "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)
        self.page.cells.append(
            Stored(
                self.row,
                self.column,
                folded,
                marks,
                self._indented(text),
                number,
                dated,
                self.formula or "",
                self.shared,
                bare,
            ),
        )

    def _indented(self, text: str) -> Look:
        """The look, with the blanks that a text begins with as its indent."""
        blanks = len(text) - len(text.lstrip())
        if not blanks or self.kind == "n":
            return self.look
        look = self.look
        return Look(look.code, look.bold, look.above, look.below, look.indent + (blanks + 1) // 2, look.across)

    def _widened(self) -> None:
        """An empty cell over which the text to its left is centred."""
        last = self.page.cells[-1]
        key = (last.row, last.column)
        right = self.page.merged.get(key, key)[1]
        if last.look.across and right == self.column - 1:
            self.page.merged[key] = (last.row, self.column)

    def _columns(self, has: Mapping[str, str]) -> None:
        if has.get("hidden", "0") in ("1", "true") or has.get("width") == "0":
            low, high = has.get("min", ""), has.get("max", "")
            if low.isdigit() and high.isdigit() and len(self.page.hidden_columns) < LAST_COLUMN:
                self.page.hidden_columns.append((int(low[:6]), int(high[:6])))

    def _merged(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = at(first), at(last)
        if begin and end and len(self.page.merged) < _MOST_MERGED:
            self.page.merged[begin] = end


def _number(text: str) -> Decimal | None:
    text = text.strip()
    if len(text) > 400 or not _NUMBER.fullmatch(text):
        return None
    try:
        made = Decimal(text)
    except InvalidOperation:
        return None
    return made if not made or abs(made.adjusted()) < _LARGEST else None


def page_of(package: Package, tab: Tab, shelf: Shelf, room: int) -> Page:
    """The sheet, of which at most `room` cells are read."""
    page = Page(tab.name)
    reader = _Reader(page, shelf, room)
    package.read(tab.part, reader.begin, reader.end)
    page.cells.sort(key=lambda cell: (cell.row, cell.column))
    return page
