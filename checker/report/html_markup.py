"""Markup in which plain text is always data: what is not marked as markup is escaped, wherever it stands. Knows no
element and no report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from checker.report.terminal import visible

_VOID = frozenset({"meta", "br", "hr", "col", "input"})


class Markup(str):
    """Text that is markup already, made by this module alone."""

    __slots__ = ()


Content = str | Iterable[str]
"""Text, markup, or several of them in a row."""


def escaped(text: str) -> Markup:
    """The text as it is to be read: no character of it is markup, steers the reading direction, or stays unseen."""
    return text if isinstance(text, Markup) else Markup(escape(visible(text), quote=True))


def kept(text: str) -> Markup:
    """The same with its line ends, for what is shown line by line."""
    return Markup(
        "\n".join([escaped(line.expandtabs(8)) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")])
    )


def joined(content: Content) -> Markup:
    """The pieces in a row, plain ones escaped."""
    return escaped(content) if isinstance(content, str) else Markup("".join([escaped(one) for one in content]))


def tag(name: str, content: Content = "", attributes: Mapping[str, str | None] | None = None) -> Markup:
    """An element. An attribute whose value is None is left out; an empty one has only its name."""
    written = "".join([_attribute(key, value) for key, value in (attributes or {}).items() if value is not None])
    return Markup(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{joined(content)}</{name}>")


def classed(name: str, classes: str, content: Content = "") -> Markup:
    """An element with nothing but a class."""
    return tag(name, content, {"class": classes})


def raw(text: str) -> Markup:
    """The project's own style or script, as it is: never text of a document."""
    return Markup(text)


def _attribute(name: str, value: str) -> str:
    """In attributes a line end stays one: titles have several lines."""
    lines = "&#10;".join([escape(visible(line), quote=True) for line in value.split("\n")])
    return f' {name}="{lines}"' if value else f" {name}"
