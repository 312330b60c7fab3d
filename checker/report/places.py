"""Where the figures of one document stand, in words that a reader can follow to the figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.report import Checked
from checker.core.statement import Statement
from checker.core.value import frozen
from checker.report.terminal import visible

_MARKED_UP = ("html", "xml")
_LONGEST = 500
"""Characters of a line beyond which nobody looks for anything in it."""
_SHORT = 40
"""Characters of a head that names something; longer ones say more than what part it is."""


def where(place: Place) -> str:
    """Where something stands in the file as given: its page, its cell, its part in words, or its line."""
    if place.part is not None:
        return visible(place.part)
    if place.page is not None:
        return f"page {place.page}"
    return f"{visible(place.sheet)}!{visible(place.cell or '')}" if place.sheet is not None else f"line {place.line}"


def has_no_lines(place: Place) -> bool:
    """Whether it stands in a file that has pages, cells or parts, and no lines that anybody sees."""
    return place.page is not None or place.sheet is not None or place.part is not None


def preposition(place: Place) -> str:
    """What goes before `where`: figures stand on a page or a line, and in a cell, a table or a paragraph."""
    return "on" if place.sheet is None and place.part is None else "in"


def named(path: str, place: Place) -> str:
    """A file and a place in it, as editors take it where there are lines: `release.md:44:24`, `release.pdf: page 3`,
    `release.docx: table 3, row 5`."""
    return f"{visible(path)}: {where(place)}" if has_no_lines(place) else f"{visible(path)}:{place.line}:{place.column}"


def rows(statements: Iterable[Statement]) -> Mapping[str, str]:
    """Figures of tables by table and row, counted from 1."""
    return {
        figure.id: f"table {statement.index + 1}, row {line.index + 1}"
        for statement in statements
        for line in statement.lines
        for figure in line.figures
        if figure is not None
    }


def unseen(place: Place, format: str) -> bool:
    """Whether it stands on a line that nobody looks for anything in: a page of HTML may be one line."""
    return not has_no_lines(place) and (format in _MARKED_UP or place.column > _LONGEST)


@frozen
class Places:
    """The figures of one document, and where a reader finds each of them."""

    checked: Checked

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by its id."""
        return {figure.id: figure for figure in self.checked.figures}

    @cached_property
    def _rows(self) -> Mapping[str, str]:
        return rows(self.checked.statements)

    def where(self, figure: Figure) -> str:
        """The line of a text, the page, the cell; table and row where nobody sees the lines of the file: a page of HTML
        may be one line."""
        return self.row(figure) or where(figure.place)

    def page(self, statement: Statement) -> str:
        """The page or the cell in which a table begins; empty where its source has neither."""
        first = next((figure.place for figure in statement.figures), None)
        return where(first) if first is not None and has_no_lines(first) else ""

    def at(self, figure: Figure) -> str:
        """The same, as a sentence goes on."""
        row = self.row(figure)
        return f"in {row}" if row else f"{preposition(figure.place)} {where(figure.place)}"

    def named(self, figure: Figure) -> str:
        """The file and the place, as editors take it where lines can be seen: `release.md:44:24`, else `filing.html:
        table 45, row 13`."""
        row = self.row(figure)
        return f"{visible(self.checked.source.path)}: {row}" if row else named(self.checked.source.path, figure.place)

    def beside(self, figure: Figure) -> str:
        """What tells the place where a line and a column do not: table and row, page or cell; empty for the line of a
        text."""
        return where(figure.place) if has_no_lines(figure.place) else self.row(figure)

    def row(self, figure: Figure) -> str:
        """Its table and row, where they are all that a reader can follow; empty for what stands in no table."""
        return self._rows.get(figure.id, "") if unseen(figure.place, self.checked.source.format) else ""


def called(figure: Figure) -> str:
    """The caption and, where a segment or another part heads the column and no period does, which part: `Net sales
    (Europe)`."""
    part = figure.head.strip()
    tells = part and len(part) <= _SHORT and not any(map(str.isdigit, part))
    return f"{figure.caption} ({part})".strip() if figure.caption and tells else figure.caption
