"""Statements: tables whose rows became lines with captions and whose columns have periods."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from checker.core.caption import normal
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.value import frozen

Kind = Literal[
    "income statement",
    "balance sheet",
    "cash flow",
    "equity",
    "comprehensive income",
    "segments",
    "reconciliation",
    "notes",
]
KINDS: tuple[Kind, ...] = (
    "income statement",
    "balance sheet",
    "cash flow",
    "equity",
    "comprehensive income",
    "segments",
    "reconciliation",
    "notes",
)
PRIMARY: tuple[Kind, ...] = ("income statement", "balance sheet", "cash flow", "equity", "comprehensive income")

Role = Literal["amount", "percent", "change", "average", "rate", "price", "ratio", "shares", "per share", "count"]
"""What a column or a line measures; only amounts, shares and counts foot."""


@frozen
class Column:
    """One column of figures: `head` is its stacked heading joined top down, `member` what is left of it without dates
    (a segment, a basis such as GAAP)."""

    index: int
    head: str
    period: Period | None = None
    role: Role = "amount"
    member: str = ""


@frozen
class Line:
    """One row: its caption, the sections above it and a figure (or None) for each column. A heading has no figure at
    all."""

    index: int
    """Position among the lines of its statement, headings counted."""
    caption: str
    under: tuple[str, ...] = ()
    indent: int = 0
    bold: bool = False
    rule_above: bool = False
    """A line is drawn between the row above and this one: it is likely a total of what stands above."""
    double_rule_below: bool = False
    marks: str = ""
    figures: tuple[Figure | None, ...] = ()
    role: Role = "amount"
    untold: bool = False
    """It prints figures, and nothing tells in which columns: they are words of its caption."""
    concept: str = ""
    """The qualified name of the concept that its facts state, where it is made of facts and not of print."""

    @property
    def is_heading(self) -> bool:
        """Whether the row only names what follows."""
        return all(figure is None for figure in self.figures)


@frozen
class Statement:
    """One table as interpreted. `index` counts the tables of the release that hold figures."""

    index: int
    kind: Kind | None
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    context: tuple[str, ...] = ()
    """The paragraphs and stub heads that were read as its caption, nearest last."""
    summary: bool = False
    """Selected data, highlights, effects of adoption: figures copied from elsewhere, whose columns do not foot."""

    @cached_property
    def sections(self) -> frozenset[str]:
        """The headings that its lines stand under, as captions compare."""
        return frozenset(normal(section) for line in self.lines for section in line.under)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All its figures, line by line."""
        return tuple(figure for line in self.lines for figure in line.figures if figure is not None)
