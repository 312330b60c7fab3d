"""A document as it looks, for people: what its print is set in, and its text with the bytes that print it. Nothing in
it can run or load anything."""

from __future__ import annotations

from typing import Literal

from checker.core.value import frozen

Name = Literal["table", "tr", "td", "th", "p", "li", "ul", "div", "pre", "strong", "sup", "h3", "br", "hr"]
"""All that a document may be set in; whatever else it uses is left out, and its text stands."""
Look = Literal["right", "center", "above", "above2", "below", "below2"]
"""How a cell or a paragraph is set: to which side, and the lines drawn above and below it, single or double."""


@frozen
class Opening:
    """Where a piece of the page begins."""

    name: Name
    looks: tuple[Look, ...] = ()
    columns: int = 1
    rows: int = 1
    indent: int = 0
    """How far it is set in, in steps of ten points, ten at most."""


@frozen
class Closing:
    """Where it ends. Every opening but those of `br` and `hr` has one, and they are nested properly."""

    name: Name


@frozen
class Stretch:
    """Text as printed and the bytes of the file, end excluded, that print it."""

    text: str
    start: int
    end: int


Original = tuple[Opening | Closing | Stretch, ...]
"""The whole document in order; empty where its kind of file is not shown so."""
EMPTY = ("br", "hr")
"""What holds nothing and is never closed."""
MOST_SHOWN = 128_000_000
"""Bytes of documents that one page shows as they look, in the order in which they were given: a few hundred megabytes
of memory."""
