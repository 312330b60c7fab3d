"""Where everything stands in the workpaper: the row of each figure and each finding, the cell of each figure on its
statement. Sheets point at each other by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked, Report
from checker.core.statement import PRIMARY, Statement
from checker.report.html_names import Sheet as Known
from checker.report.untested import Untested
from checker.report.weight import ordered
from checker.report.words import needs_a_look
from checker.report.xlsx_values import column, reference

LEAD, FIGURES, FINDINGS, OPERANDS, DIFFERENCES = "Lead", "Figures", "Findings", "Operands", "Differences"
WAIVED, UNTESTED, LEGEND, RULES = "Waivers", "Untested", "Legend", "Rules"
FIRST = 4
"""The row in which a list begins: a title, the way back and the heads stand above."""
_OWN = 12
"""Statements of one document that have a sheet of their own."""
_FEW = 6
"""Documents up to which each statement has a sheet of its own; of more, each document has one sheet."""
_BROAD = 7
"""Columns from which on a table is too broad for the paper of the others."""
_HEADS = 3
"""Rows above the lines of a table: its title, what is said of it, its heads."""
_VERDICTS = ("violation", "rounding", "agrees", "not applicable")
_NAMES = {
    "income statement": "Income statement",
    "balance sheet": "Balance sheet",
    "cash flow": "Cash flow",
    "equity": "Equity",
    "comprehensive income": "Comprehensive income",
}


@frozen
class Numbered:
    """A decided finding with its number in the paper, and the document it belongs to."""

    number: int
    document: int
    checked: Checked
    finding: Finding

    @property
    def row(self) -> int:
        """Its row on the sheet of findings."""
        return self.number + FIRST - 1


@frozen
class Placed:
    """One table with the sheet it stands on, and the row of its title there."""

    sheet: str
    document: int
    statement: Statement
    top: int

    @property
    def size(self) -> int:
        """How many rows it takes, the empty one below it counted."""
        return _HEADS + len(self.statement.lines) + 1

    def cell(self, line: int, at: int, *, tick: bool = False) -> str:
        """The cell of the amount of one line in one column, or of its tick marks, which stand behind it."""
        return f"{column(2 + 2 * at + tick)}{self.top + _HEADS + line}"


@frozen(slots=False)
class Paper:
    """The workpaper's index."""

    report: Report

    @property
    def is_of_several(self) -> bool:
        """Whether it is about more than one document."""
        return len(self.report.documents) > 1

    @cached_property
    def known(self) -> Sequence[Known]:
        """What is known of each document's figures."""
        return [Known(index, checked) for index, checked in enumerate(self.report.documents)]

    @cached_property
    def figures(self) -> Mapping[tuple[int, str], int]:
        """The row of each figure on the sheet of figures, by document and id."""
        every = [
            (index, figure.id) for index, checked in enumerate(self.report.documents) for figure in checked.figures
        ]
        return {key: row for row, key in enumerate(every, FIRST)}

    @cached_property
    def numbered(self) -> Sequence[Numbered]:
        """Every decided finding: those to look at first, by their weight, then those that hold."""
        found: list[Numbered] = []
        for index, checked in enumerate(self.report.documents):
            decided = [one for one in ordered(checked.findings, checked) if one.verdict != "not applicable"]
            decided.sort(key=lambda one: (not needs_a_look(one), one.severity is None, _VERDICTS.index(one.verdict)))
            found += [Numbered(len(found) + at, index, checked, one) for at, one in enumerate(decided, 1)]
        return found

    @cached_property
    def findings(self) -> Mapping[tuple[int, str], Numbered]:
        """The finding by document and id."""
        return {(one.document, one.finding.id): one for one in self.numbered}

    @cached_property
    def untested(self) -> Mapping[tuple[int, str], int]:
        """The row of each untested figure on the sheet of these."""
        every = [
            (index, figure.id) for index, checked in enumerate(self.report.documents) for figure in Untested(checked)
        ]
        return {key: row for row, key in enumerate(every, FIRST)}

    @cached_property
    def placed(self) -> Sequence[Placed]:
        """Every table with its place, sheet by sheet: statements on sheets of their own, the others one under another,
        broad ones apart."""
        found: list[Placed] = []
        for index, checked in enumerate(self.report.documents):
            found += self._of_one(index, checked)
        return found

    def _of_one(self, index: int, checked: Checked) -> Iterator[Placed]:
        several = len(self.report.documents) > _FEW
        before = f"{index + 1} " if self.is_of_several else ""
        primary = [one for one in checked.statements if one.kind in PRIMARY and not one.summary]
        own = [] if several else primary[:_OWN]
        names: dict[str, int] = {}
        for one in own:
            name = before + _NAMES[one.kind or ""]
            names[name] = names.get(name, 0) + 1
            yield Placed(name if names[name] == 1 else f"{name} {names[name]}", index, one, FIRST - 1)
        rest = [one for one in checked.statements if one not in own]
        word = "Statements" if several else "Other tables"
        for name, tables in (
            (word, [one for one in rest if len(one.columns) < _BROAD]),
            ("Broad tables", [one for one in rest if len(one.columns) >= _BROAD]),
        ):
            top = FIRST - 1
            for one in tables:
                yield (placed := Placed(before + name, index, one, top))
                top += placed.size

    @cached_property
    def cells(self) -> Mapping[tuple[int, str], tuple[Placed, int, int]]:
        """By document and id of a figure: its table, its line and its column there."""
        return {
            (placed.document, figure.id): (placed, line.index, at)
            for placed in self.placed
            for line in placed.statement.lines
            for at, figure in enumerate(line.figures)
            if figure is not None
        }

    def named(self, document: int, figure: str) -> str:
        """What the paper calls a figure."""
        row = self.figures.get((document, figure))
        return f"F{row - FIRST + 1}" if row is not None else ""

    def stands(self, document: int, figure: str) -> str:
        """The cell of a figure on its statement, as links name it; empty where it stands in a sentence."""
        found = self.cells.get((document, figure))
        return reference(found[0].sheet, found[0].cell(found[1], found[2])) if found else ""

    def listed(self, document: int, figure: str) -> str:
        """The row of a figure on the sheet of figures."""
        row = self.figures.get((document, figure))
        return reference(FIGURES, f"A{row}") if row is not None else ""

    def told(self, document: int, figure: Figure) -> str:
        """Where it is said what became of a figure: its heaviest finding, or the list of those that nothing tests;
        empty where nothing is."""
        touching = self.known[document].touching.get(figure.id, ())
        if touching:
            return reference(FINDINGS, f"A{self.findings[document, touching[0].id].row}")
        row = self.untested.get((document, figure.id))
        return reference(UNTESTED, f"A{row}") if row is not None else ""
