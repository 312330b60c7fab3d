"""Documents built by hand for the tests of extraction: rows of texts become cells with places."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.document import Block, Cell, Document, Paragraph, Row, Table
from checker.core.figure import Figure
from checker.core.place import Anchor, Anchored
from checker.core.release import Release


class Tape:
    """Hands out places as if every text stood on a line of its own in one file."""

    def __init__(self) -> None:
        self.byte = 0
        self.line = 0

    def anchored(self, text: str) -> Anchored:
        """A text with its place, one byte a character (the spans need only be distinct)."""
        self.line += 1
        anchored = Anchored(text, (Anchor(0, self.byte, 1, self.line, 1),))
        self.byte += len(text) + 1
        return anchored


def grid(rows: Sequence[Sequence[str]], indents: Sequence[int] = ()) -> Table:
    """A table of cells one column wide; `-----` alone in a row is a rule."""
    return _table(rows, indents, Tape())


def _table(rows: Sequence[Sequence[str]], indents: Sequence[int], tape: Tape) -> Table:
    done = []
    for index, texts in enumerate(rows):
        if texts and all(set(text) <= {"-"} and len(text) > 3 for text in texts if text) and any(texts):
            done.append(Row((), rule="-"))
            continue
        cells = tuple(Cell(tape.anchored(text), place, place + 1) for place, text in enumerate(texts) if text)
        done.append(Row(cells, indents[index] if index < len(indents) else 0))
    return Table(tuple(done), "grid")


def document(*blocks: str | Sequence[Sequence[str]] | Table) -> Document:
    """Paragraphs (texts) and tables (rows of texts) in order."""
    tape = Tape()
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            made.append(Paragraph(tape.anchored(block)))
        elif isinstance(block, Table):
            made.append(block)
        else:
            made.append(_table(block, (), tape))
    return Document("release.md", "0" * 64, "markdown", "utf-8", tuple(made))


def figure(release: Release, caption: str, column: int = 0) -> Figure:
    """The figure of the first line with that caption."""
    for statement in release.statements:
        for line in statement.lines:
            if line.caption == caption and line.figures[column] is not None:
                found = line.figures[column]
                assert found is not None
                return found
    raise AssertionError(f"no figure with caption {caption!r}")
