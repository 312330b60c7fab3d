"""What keeps a terminal safe and readable: a release may hold escape sequences, and they are shown, never obeyed."""

from __future__ import annotations

import unicodedata
from typing import Literal

from checker.report.style import Style

Colour = Literal["red", "yellow", "green", "dim", "bold"]
_CODES: dict[Colour, str] = {"red": "31", "yellow": "33", "green": "32", "dim": "2", "bold": "1"}


def visible(text: str) -> str:
    """The text with every character that could steer a terminal, or turn the reading direction, made visible; line ends
    and tabs become blanks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    if unicodedata.category(character) == "Zs":
        return " "
    return character if character.isprintable() else f"<U+{ord(character):04X}>"


def columns(text: str) -> int:
    """How many columns a terminal gives the text: East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def padded(text: str, width: int) -> str:
    """The text with blanks up to `width` columns."""
    return text + " " * max(0, width - columns(text))


def shortened(text: str, width: int) -> str:
    """The text, cut to `width` columns with an ellipsis where it is longer."""
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def painted(text: str, colour: Colour, style: Style) -> str:
    """The text in a colour, where the style allows it."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if style.colour else text
