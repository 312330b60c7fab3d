"""The lines of a text and what each looks like by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from checker.core.value import frozen
from checker.read.columns import Chunk, bears_figures, chunks, trailing
from checker.read.shapes import is_rule

PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\r\n|\r|\n|\Z")
_MARK = re.compile(r"\s*</?(?:TABLE|CAPTION|S|C|PAGE|FN|F\d+|TEXT|DOCUMENT|R)\b[^<>\n]{0,80}>", re.IGNORECASE)
_KINDS = {"table": "open", "/table": "close", "caption": "mark", "s": "columns", "c": "columns", "page": "page"}
_NAME = re.compile(r"<(/?\w+)")
_LONGEST = 400
"""Longer lines are running text."""


@frozen
class Line:
    """One line of a text: where it starts and ends (its line break left out) and what kind it is."""

    start: int
    end: int
    text: str
    kind: str
    """`blank`, `tab`, `pipe`, `rule`, `figures` (a row held together by blanks), `prose`; marks of old filings: `page`, `open`, `close`, `columns`, `mark`."""

    @cached_property
    def chunks(self) -> Sequence[Chunk]:
        """The pieces that its blanks part."""
        return chunks(self.text, self.start)

    @cached_property
    def tail(self) -> int:
        """How many of them, at its end, look like figures."""
        return trailing(self.chunks)


def lines_of(text: str, start: int, stop: int) -> tuple[Line, ...]:
    """Every line of a stretch of a text."""
    lines, at = [], start
    for found in _BREAK.finditer(text, start, stop):
        end = found.start()
        line = text[at:end]
        lines.append(Line(at, end, line, _kind(line, at)))
        at = found.end()
    return tuple(lines)


def _kind(line: str, start: int) -> str:
    stripped = line.strip()
    if not stripped:
        return "page" if "\f" in line else "blank"
    first = stripped[0]
    if first == "<":
        found = _MARK.match(line)
        name = _NAME.search(line) if found else None
        if name and ((found and not line[found.end() :].strip(" <>CcSs\t")) or name[1].lower() == "page"):
            return _KINDS.get(name[1].lower(), "mark")
    if first == "|" and len(PIPE.findall(stripped)) >= 2:
        return "pipe"
    if "\t" in line and (
        "\t" in stripped or "\t" in line[len(line.rstrip()) :] or (line[0] == "\t" and (len(stripped) < 60 or is_rule(stripped)))
    ):
        return "tab"
    if is_rule(stripped):
        return "rule"
    return "figures" if len(stripped) < _LONGEST and bears_figures(line, start) else "prose"
