"""What stands on a page of a PDF, as plain values: words with their boxes, lines drawn across, pictures."""

from __future__ import annotations

from typing import NamedTuple

from checker.core.place import Box
from checker.core.value import frozen


class Word(NamedTuple):
    """What no blank parts, in tenths of a point: from the left, from the top, as one reads the page.

    A tuple with names: a page has a thousand of them, and they are made and told in columns.
    """

    text: str
    left: int
    right: int
    base: int
    """Where the line it stands on runs."""
    size: int
    """How high its characters are set."""
    box: Box
    """Where it stands on the page as it is shown, which may be turned."""
    edge: int
    """Where its digits end, before signs that close them."""
    bold: bool = False
    marks: str = ""
    """Marks of notes that are raised behind it."""


@frozen
class Stroke:
    """A line drawn across."""

    left: int
    right: int
    y: int


@frozen
class Page:
    """One page: its words in no order yet."""

    number: int
    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[Box, ...]
    doubtful: bool
    """Its text lies under a picture of the page, or over one without being shown: what a program read off it."""
    scanned: bool
    """A picture fills it, and it has no text."""
    unshown: int
    """Characters that are never shown, with no picture over or under them; they are left out."""
    unmapped: int
    """Words of characters that do not say what they are."""
    cut: bool
    """It holds more characters than are read."""


class Damaged(Exception):
    """The file cannot be opened; `protected`: because it asks for a password."""

    def __init__(self, protected: bool) -> None:
        self.protected = protected
        super().__init__()
