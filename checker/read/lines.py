"""The lines of a text and what each looks like by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from checker.core.document import Table
from checker.core.value import evolve, frozen
from checker.read.columns import Chunk, chunks, led, trailing
from checker.read.shapes import is_number, is_rule

PIPE = re.compile(r"(?<!\\)[|│┃║]")
_SEPARATOR = re.compile(r"[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*")
"""Below the first row of a table in markdown whose bars stand between cells alone, none around the row."""
_BREAK = re.compile(r"\r\n|\r|\n|\Z")
_MARK = re.compile(r"\s*</?(?:TABLE|CAPTION|S|C|PAGE|FN|F\d+|TEXT|DOCUMENT|R)\b[^<>\n]{0,80}>", re.IGNORECASE)
_KINDS = {"table": "open", "/table": "close", "caption": "mark", "s": "columns", "c": "columns", "page": "page"}
_NAME = re.compile(r"<(/?\w+)")
_TO_BLANKS = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
"""Blanks of other widths are blanks."""
_DIGIT = re.compile(r"\d")
_LEADERS = "._…"
"""What a line begins with that leads from nothing to nothing: it draws, as a rule does."""
_LONGEST = 400
"""Longer lines are running text."""


@frozen
class Line:
    """One line of a text: where it starts and ends (its line break left out) and what kind it is."""

    start: int
    end: int
    text: str
    told: str = ""
    """Its kind where the lines around it tell: `bars`."""

    @cached_property
    def kind(self) -> str:
        """Blank, `tab`, `pipe` (bars around each row), `bars` (bars between cells alone), `rule`, `figures` (a row held
        together by blanks), `prose`; marks of old filings: `page`, `open`, `close`, `columns`, `mark`.
        """
        return self.told or _kind(self)

    @cached_property
    def chunks(self) -> Sequence[Chunk]:
        """The pieces that its blanks part."""
        return chunks(self.text, self.start)

    @cached_property
    def tail(self) -> int:
        """How many of them, at its end, look like figures."""
        return trailing(self.chunks)


@frozen
class Found:
    """A table and the lines it takes: from `first` to `stop` (excluded)."""

    table: Table
    first: int
    stop: int


def lines_of(text: str, start: int, stop: int) -> tuple[Line, ...]:
    """Every line of a stretch of a text."""
    lines, at = [], start
    for found in _BREAK.finditer(text, start, stop):
        end = found.start()
        line = text[at:end]
        lines.append(Line(at, end, line if line.isascii() else line.translate(_TO_BLANKS)))
        at = found.end()
    return tuple(_barred(lines))


def _barred(lines: list[Line]) -> list[Line]:
    """The lines; those above and below a separator that begins without a bar are rows whose bars stand between cells,
    up to the next empty line.

    A line there without any bar is the rest of a cell that was broken.
    """
    for index, line in enumerate(lines):
        if line.kind != "rule" or "|" not in line.text or not _SEPARATOR.fullmatch(line.text):
            continue
        lines[index] = evolve(line, told="bars")
        if index and "|" in lines[index - 1].text:
            lines[index - 1] = evolve(lines[index - 1], told="bars")
        at = index + 1
        while at < len(lines) and lines[at].kind not in ("blank", "bars"):
            if "|" in lines[at].text:
                lines[at] = evolve(lines[at], told="bars")
            at += 1
    return lines


def _kind(of: Line) -> str:
    line = of.text
    stripped = line.strip()
    if not stripped:
        return "page" if "\f" in line else "blank"
    first = stripped[0]
    if first == "<":
        found = _MARK.match(line)
        name = _NAME.search(line) if found else None
        if name and ((found and not line[found.end() :].strip(" <>CcSs\t")) or name[1].lower() == "page"):
            return _KINDS.get(name[1].lower(), "mark")
    if first in "|│┃║" and len(PIPE.findall(stripped)) >= 2:
        return "pipe"
    if "\t" in line and (
        "\t" in stripped
        or "\t" in line[len(line.rstrip()) :]
        or (line[0] == "\t" and (len(stripped) < 60 or is_rule(stripped)))
    ):
        return "tab"
    if is_rule(stripped) or (first in _LEADERS and not led(line).strip()):
        return "rule"
    return "figures" if len(stripped) < _LONGEST and _bears_figures(of) else "prose"


def _bears_figures(line: Line) -> bool:
    """Whether a line looks like a row of a table: a caption, a gap or a leader, figures at its end."""
    if not _DIGIT.search(line.text[-40:]) and not line.text.rstrip().endswith(("-", "—", "–", "*", "nil", ")")):
        return False
    pieces, tail = line.chunks, line.tail
    if len(pieces) < 2 or not tail or len(pieces) - tail > 3:
        return False
    if tail == len(pieces):
        return sum(is_number(piece.text) for piece in pieces) >= 2
    before, first = pieces[-tail - 1], pieces[-tail]
    gap = first.left - before.right
    return tail >= 2 or gap >= 3 or line.text.rstrip() != led(line.text).rstrip()
