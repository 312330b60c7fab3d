"""What the sheets of the workpaper are made of: values, formulas, links and looks, as plain values that know no
workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field

from checker.core.value import frozen


@frozen
class Formula:
    """A formula of the program's own making, and how its result is shown: decimals, and the sign of a percentage."""

    text: str
    decimals: int | None = None
    percent: bool = False


Plain = str | int | Decimal | Fraction | Formula | None


@frozen
class Cell:
    """A value that leads somewhere or looks otherwise than those beside it."""

    value: Plain
    to: str = ""
    """Where a click on it leads: `Findings!A12`."""
    bold: bool = False
    soft: bool = False
    indent: int = 0
    above: bool = False
    """A line is drawn above it."""
    double: bool = False
    """A double line is drawn below it."""
    fill: str = ""
    """The status or verdict whose colour it has."""
    right: bool | None = None
    """Whether it stands to the right; None: as its column does."""
    wrap: bool = False
    entry: bool = False
    """It is empty, for a person to fill in."""


Value = Plain | Cell
Row = Sequence[Value]


@frozen
class Sheet:
    """One sheet: titles, rows that stand above the heads, heads where it is a table, rows.

    `entries`: empty cells of the second column are for a person to fill in. `printed`: how many columns go to paper,
    all of them where it is 0: the others are for those who work in the file. `wrapped`: columns, counted from 1, whose
    text has several lines. `choices`: columns with a list to choose from.
    """

    name: str
    titles: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Row]
    widths: Sequence[int] = field(factory=tuple)
    entries: bool = False
    above: Sequence[Row] = ()
    printed: int = 0
    wrapped: frozenset[int] = frozenset()
    choices: Mapping[int, Sequence[str]] = field(factory=dict)
    on_paper: bool = True
    """Whether its rows are printed: those of some only serve the formulas."""
    laid_out: bool = False
    """Its cells say themselves how they look: tables one under another, with heads of their own."""

    @property
    def first(self) -> int:
        """The row in which its rows begin: below the titles, the way back to the lead sheet, what stands above, and the
        heads."""
        return len(self.titles) + 2 + len(self.above) + (1 if self.heads else 0)


def plain(value: Value) -> Plain:
    """The value of a cell."""
    return value.value if isinstance(value, Cell) else value


def reference(sheet: str, cell: str) -> str:
    """A cell of another sheet, as formulas and links name it."""
    quoted = sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{cell}"


def column(number: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
