"""Formulas of spreadsheets: which cells one adds up and with which signs, how one reads in another cell, and what
formulas have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from attrs import define

from checker.core.value import frozen
from checker.core.working import Spot, letters

_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_LONGEST = 4_000
"""Characters of a formula that is looked into."""
_MOST_CELLS = 1_000
"""Cells of all ranges of a formula."""
_DEEPEST = 60
"""Brackets in brackets."""
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    rf'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<range>(?:{_SHEET})?{_CELL}:{_CELL}(?![\w(.]))|(?P<cell>(?:{_SHEET})?{_CELL}(?![\w(.!]))|'
    r"(?P<number>\d+\.?\d*(?:[eE][+-]?\d{1,2})?%?|\.\d+%?)|(?P<name>[A-Za-z_][\w.]*)|(?P<sign>[-+*/(),;^&=<>%]))"
)
_REFERENCE = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')+'!)|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})(?![\w(.!])"""
)
_SUMS = frozenset(("SUM", "_XLFN.SUM"))
_PARTIAL = frozenset(("SUBTOTAL", "AGGREGATE"))
_THROUGH = frozenset(("ROUND", "ROUNDUP", "ROUNDDOWN", "N"))


@frozen
class Reading:
    """What a formula adds up: each cell with its sign, and numbers of its own."""

    cells: tuple[tuple[Spot, Fraction], ...]
    constant: Fraction
    """Numbers that stand in the formula itself."""
    ranges: frozenset[Spot]
    """The cells that only ranges name: an empty one is none of it, and a text is passed over."""
    partial: bool = False
    """It passes over the subtotals among its cells."""


class _Other(Exception):
    """It is no sum of cells."""


def place_of(reference: str) -> tuple[int, int]:
    """The row and column of a cell as formulas name it."""
    plain = reference.replace("$", "").upper()
    name = plain.rstrip("0123456789")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return int(plain[len(name) :]), column


def reading(formula: str, sheet: str) -> Reading | None:
    """What a formula of a sheet adds up; None where it is no plain sum or difference of cells."""
    if len(formula) > _LONGEST:
        return None
    reader = _Reader(formula, sheet)
    try:
        found = reader.whole()
    except (_Other, InvalidOperation, ZeroDivisionError):
        return None
    cells = tuple((cell, coefficient) for cell, coefficient in found.cells.items() if coefficient)
    return Reading(cells, found.constant, frozenset(reader.ranged), reader.partial)


@define
class _Sum:
    """A sum while it is read."""

    cells: dict[Spot, Fraction]
    constant: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> _Sum:
        return _Sum({cell: coefficient * factor for cell, coefficient in self.cells.items()}, self.constant * factor)

    def plus(self, other: _Sum) -> _Sum:
        cells = self.cells if len(self.cells) >= len(other.cells) else other.cells
        for cell, coefficient in (other if cells is self.cells else self).cells.items():
            cells[cell] = cells.get(cell, Fraction(0)) + coefficient
        return _Sum(cells, self.constant + other.constant)


class _Reader:
    """A formula while it is read, from left to right."""

    def __init__(self, formula: str, sheet: str) -> None:
        self.sheet = sheet
        self.tokens: list[tuple[str, str]] = []
        self.at = self.depth = self.count = 0
        self.ranged: set[Spot] = set()
        self.partial = False
        at = 0
        while at < len(formula) and formula[at:].strip():
            match = _TOKEN.match(formula, at)
            if match is None or match.lastgroup is None:
                self.tokens = [("sign", "?")]
                return
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()

    def whole(self) -> _Sum:
        found = self.sum()
        if self.at != len(self.tokens):
            raise _Other
        return found

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" else ""

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            raise _Other
        self.at += 1

    def sum(self) -> _Sum:
        found = self.product()
        while (sign := self.peek()) in ("+", "-") and sign:
            self.at += 1
            found = found.plus(self.product().times(Fraction(1 if sign == "+" else -1)))
        return found

    def product(self) -> _Sum:
        found = self.factor()
        while (sign := self.peek()) in ("*", "/") and sign:
            self.at += 1
            other = self.factor()
            if other.cells and (found.cells or sign == "/"):
                raise _Other
            if other.cells:
                found, other = other, found
            found = found.times(other.constant if sign == "*" else 1 / other.constant)
        return found

    def factor(self) -> _Sum:
        if (sign := self.peek()) in ("+", "-") and sign:
            self.at += 1
            return self.factor().times(Fraction(1 if sign == "+" else -1))
        if sign == "(":
            return self.bracketed(self.sum)
        if self.at >= len(self.tokens):
            raise _Other
        kind, text = self.tokens[self.at]
        self.at += 1
        match kind:
            case "number":
                return _Sum({}, Fraction(Decimal(text.rstrip("%"))) / (100 if text.endswith("%") else 1))
            case "cell":
                return _Sum({self.cell(text): Fraction(1)})
            case "name":
                return self.called(text.upper())
        raise _Other

    def bracketed(self, inside: Callable[[], _Sum]) -> _Sum:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Other
        self.take("(")
        found = inside()
        self.take(")")
        self.depth -= 1
        return found

    def called(self, name: str) -> _Sum:
        if name in _SUMS:
            return self.bracketed(self.arguments)
        if name in _PARTIAL:
            self.partial = True
            return self.bracketed(self.subtotal)
        if name in _THROUGH:
            return self.bracketed(self.first)
        raise _Other

    def first(self) -> _Sum:
        """The first argument; what follows says how it is rounded."""
        found = self.sum()
        while self.peek() in (",", ";"):
            self.at += 1
            if self.sum().cells:
                raise _Other
        return found

    def subtotal(self) -> _Sum:
        if self.tokens[self.at : self.at + 1] not in ([("number", "9")], [("number", "109")]):
            raise _Other
        self.at += 1
        if self.peek() not in (",", ";"):
            raise _Other
        self.at += 1
        return self.arguments()

    def arguments(self) -> _Sum:
        found = _Sum({})
        while True:
            found = found.plus(
                self.ranged_sum() if self.at < len(self.tokens) and self.tokens[self.at][0] == "range" else self.sum()
            )
            if self.peek() not in (",", ";"):
                return found
            self.at += 1

    def ranged_sum(self) -> _Sum:
        first, _, last = self.tokens[self.at][1].rpartition(":")
        self.at += 1
        sheet, top, left = self.cell(first)
        bottom, right = place_of(last)
        top, bottom = sorted((top, bottom))
        left, right = sorted((left, right))
        self.count += (bottom - top + 1) * (right - left + 1)
        if self.count > _MOST_CELLS or right > _LAST_COLUMN or bottom > _LAST_ROW:
            raise _Other
        cells = [(sheet, row, column) for column in range(left, right + 1) for row in range(top, bottom + 1)]
        self.ranged.update(cells)
        return _Sum(dict.fromkeys(cells, Fraction(1)))

    def cell(self, text: str) -> Spot:
        sheet, mark, reference = text.rpartition("!")
        row, column = place_of(reference)
        if row > _LAST_ROW or column > _LAST_COLUMN:
            raise _Other
        name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        if "[" in name:
            raise _Other
        return (name if mark else self.sheet, row, column)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads that many rows further down and columns further right; what `$` holds fast stays."""

    def one(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        row, column = place_of(match[3] + match[5])
        row = row if match[4] else row + rows
        column = column if match[2] else column + columns
        return (
            f"{match[2]}{letters(column)}{match[4]}{row}"
            if 0 < row <= _LAST_ROW and 0 < column <= _LAST_COLUMN
            else "#REF!"
        )

    return _REFERENCE.sub(one, formula[:_LONGEST]) if rows or columns else formula


def pattern(formula: str, row: int, column: int) -> str:
    """What formulas have in common that were filled down or across: its cells by how far they stand from its own."""

    def one(match: re.Match[str]) -> str:
        if match[1]:
            return match[1].upper()
        to_row, to_column = place_of(match[3] + match[5])
        return f"R{to_row if match[4] else f'[{to_row - row}]'}C{to_column if match[2] else f'[{to_column - column}]'}"

    return re.sub(r"\s+", "", _REFERENCE.sub(one, formula[:_LONGEST])).upper()


def mentioned(formula: str, sheet: str) -> Iterator[Spot]:
    """The cells that a formula of any kind names one by one."""
    for match in _TOKEN.finditer(formula[:_LONGEST]):
        if match["cell"]:
            name, mark, reference = match["cell"].rpartition("!")
            yield (name.strip("'").replace("''", "'") if mark else sheet, *place_of(reference))
