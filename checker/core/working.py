"""What stands behind the sheets of a workbook: the numbers that cells store and the formulas that made them. Facts as
read; what they mean is not said here."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from checker.core.value import frozen

Spot = tuple[str, int, int]
"""A cell: its sheet, row and column, counted from 1."""


@frozen
class Working:
    """One cell that stores something."""

    sheet: str
    row: int
    column: int
    text: str
    """What it shows."""
    number: Decimal | None = None
    """What it stores, in the unit of the sheet; None for a text."""
    formula: str = ""
    """Without the sign of equality."""
    hidden: bool = False
    dated: bool = False
    """It shows its number as a date."""

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.sheet, self.row, self.column

    @property
    def cell(self) -> str:
        """Its name as formulas write it: `B7`."""
        return named(self.row, self.column)


def named(row: int, column: int) -> str:
    """A cell as formulas write it."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column that counts from 1: 28 is AB."""
    made = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


Evidence = Literal[
    "as written", "left out", "counted twice", "counted besides", "typed over", "otherwise", "hidden", "text"
]
"""What a formula shows of a figure: it is what the formula adds; the formula leaves out a line of its block, counts one
twice, counts what is none (a head, a number of its own); a number stands where the cells beside it have formulas; the
cells beside it are calculated otherwise; it counts what is hidden; it passes over a number that is stored as text."""


@frozen
class Reckoning:
    """What a figure should come to, by the formula it shows or by those beside it: `figure = sum(sign * term)`, all by
    figure id."""

    figure: str
    terms: tuple[tuple[int, str], ...]
    evidence: Evidence
    said: str
    """What is seen, for a person: `SUM(B3:B6) leaves out B7`."""
