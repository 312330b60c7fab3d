"""Markdown whose tables are HTML, as programs write that turn pages into text: the tables are read as HTML, all else as
markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.core.document import Block
from checker.core.problem import Problem
from checker.read import html, text
from checker.read.furniture import without_furniture
from checker.read.source import Source

_TABLE = re.compile(
    r"^[ \t>]*(?P<open><table\b[^<>]{0,500}>)\s{0,200}<(?:tr|thead|tbody|colgroup)\b", re.IGNORECASE | re.MULTILINE
)
_EDGE = re.compile(r"<(?P<close>/?)table\b", re.IGNORECASE)
_DEEPEST = 40
"""Tables inside tables, below which ends are no longer counted."""


def is_mixed(content: str) -> bool:
    """Whether a text holds tables set as HTML, each beginning a line of its own."""
    return _TABLE.search(content) is not None


def read_mixed(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a markdown file with tables set as HTML."""
    found: list[Block | None] = []
    at = 0
    for start, end in _tables(source.text):
        found.extend(text.read_marked(source, at, start))
        found.extend(html.read_stretch(source, start, end))
        at = end
    found.extend(text.read_marked(source, at, len(source.text)))
    blocks = without_furniture(found)
    return blocks, text.about(source, blocks)


def _tables(content: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables stand, end tags included; one that is never closed ends with the text."""
    at = 0
    while (first := _TABLE.search(content, at)) is not None:
        start, depth, stop = first.start("open"), 0, len(content)
        for edge in _EDGE.finditer(content, start):
            depth += -1 if edge["close"] else 1
            if depth <= 0 or depth > _DEEPEST:
                stop = content.find(">", edge.end()) + 1 or len(content)
                break
        yield start, stop
        at = stop
