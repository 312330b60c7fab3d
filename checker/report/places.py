"""Where the figures of one document stand, in words that a reader can follow to the figure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from checker.core.figure import Figure
from checker.core.report import Checked
from checker.core.value import frozen
from checker.report.terminal import visible

_MARKED_UP = ("html", "xml")
_LONGEST = 500
"""Characters of a line beyond which nobody looks for anything in it."""
_SHORT = 40
"""Characters of a head that names something; longer ones say more than what part it is."""


def where(figure: Figure) -> str:
    """Where it stands in the file as given."""
    place = figure.place
    if place.page is not None:
        return f"page {place.page}"
    return f"{visible(place.sheet)}!{visible(place.cell or '')}" if place.sheet is not None else f"line {place.line}"


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
        """Figures of tables by table and row, counted from 1."""
        return {
            figure.id: f"table {statement.index + 1}, row {line.index + 1}"
            for statement in self.checked.statements
            for line in statement.lines
            for figure in line.figures
            if figure is not None
        }

    def where(self, figure: Figure) -> str:
        """The line of a text, the page, the cell; table and row where nobody sees the lines of the file: a page of HTML may be one line."""
        return self.row(figure) or where(figure)

    def at(self, figure: Figure) -> str:
        """The same, as a sentence goes on."""
        row = self.row(figure)
        return f"in {row}" if row else f"on {where(figure)}"

    def named(self, figure: Figure) -> str:
        """The file and the place, as editors take it where lines can be seen: `release.md:44:24`, else `filing.html: table 45, row 13`."""
        path, row = visible(self.checked.source.path), self.row(figure)
        return f"{path}: {row}" if row else f"{path}:{figure.place.line}:{figure.place.column}"

    def row(self, figure: Figure) -> str:
        """Its table and row, where they are all that a reader can follow; empty for what stands in no table."""
        unseen = self.checked.source.format in _MARKED_UP or figure.place.column > _LONGEST
        return self._rows.get(figure.id, "") if unseen else ""


def called(figure: Figure) -> str:
    """The caption and, where a segment or another part heads the column and no period does, which part: `Net sales (Europe)`."""
    part = figure.head.strip()
    tells = part and len(part) <= _SHORT and not any(map(str.isdigit, part))
    return f"{figure.caption} ({part})".strip() if figure.caption and tells else figure.caption
