"""How text of a Word document looks: what styles, and what a run and a paragraph say themselves, add up to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import attrgetter

from attrs import define, field, fields

from checker.core.value import evolve, frozen
from checker.office.parts import Element, attribute, child, children, local

OFF = frozenset({"0", "false", "off", "none"})
"""How a property that is off says so."""
_NO_LINE = frozenset({"", "nil", "none"})
_DEEPEST = 30
"""Styles that a style is based on, one on the other."""
_LIMIT = 100_000
"""Tenths of a point beyond which nothing is set in."""
_HEADING = re.compile(r"heading ?\d|title|subtitle", re.IGNORECASE)
_CONTENTS = re.compile(r"toc ?\d", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d{1,7}")


@frozen
class Look:
    """How a run looks; None where nothing is said."""

    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    struck: bool | None = None
    lines: int | None = None
    """Lines drawn under it: 0, 1 or 2."""
    symbols: str | None = None
    """The font, in small letters: those of symbols print other characters than their codes say."""
    size: int | None = None
    """Half points."""


@frozen
class Stop:
    """A tab stop: tenths of a point from the left margin, and how text stands at it."""

    at: int
    kind: str


@frozen
class Setting:
    """How a paragraph is set; None where nothing is said. Lengths are tenths of a point."""

    left: int | None = None
    first: int | None = None
    """How much further the first line is set in."""
    above: int | None = None
    below: int | None = None
    """Lines drawn above and below: 0, 1 or 2."""
    heading: bool | None = None
    contents: bool | None = None
    """A line of a table of contents."""
    new_page: bool | None = None
    stops: tuple[Stop, ...] | None = None


_NO_LOOK, _NO_SETTING = Look(), Setting()
_said = attrgetter(*(one.name for one in fields(Look)))
_set = attrgetter(*(one.name for one in fields(Setting)))


def look_over(under: Look, over: Look) -> Look:
    """One look over another: what the upper says counts."""
    if over is _NO_LOOK or over == _NO_LOOK:
        return under
    return Look(*(below if above is None else above for below, above in zip(_said(under), _said(over), strict=True)))


def setting_over(under: Setting, over: Setting) -> Setting:
    """One setting over another; tab stops add up."""
    if over is _NO_SETTING:
        return under
    found = Setting(*(below if above is None else above for below, above in zip(_set(under), _set(over), strict=True)))
    if over.stops is None or not under.stops:
        return found
    cleared = {stop.at for stop in over.stops}
    return evolve(found, stops=(*(stop for stop in under.stops if stop.at not in cleared), *over.stops))


def on(element: Element | None) -> bool | None:
    """Whether a property that is on or off is on; None where it is not there."""
    return None if element is None else (attribute(element, "val") or "on").lower() not in OFF


def number(text: str | None) -> int | None:
    """A whole number; None where it is none, or beyond all reason."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


def length(text: str | None) -> int | None:
    """Tenths of a point of a length in twentieths."""
    found = number(text)
    return None if found is None else max(-_LIMIT, min(_LIMIT, found // 2))


def drawn(border: Element | None) -> int | None:
    """How many lines a border draws; None where nothing is said."""
    if border is None:
        return None
    value = attribute(border, "val") or ""
    return 0 if value in _NO_LINE else 2 if "double" in value.lower() else 1


def look_of(properties: Element | None) -> Look:
    """What the properties of a run say."""
    if properties is None or not len(properties):
        return _NO_LOOK
    found = {local(each): each for each in properties}
    raised = attribute(found.get("vertAlign"), "val")
    fonts = found.get("rFonts")
    under = attribute(found.get("u"), "val")
    struck = [on(found[name]) for name in ("strike", "dstrike") if name in found]
    return Look(
        on(found.get("b")),
        on(found.get("vanish")),
        None if raised is None else raised == "superscript",
        any(struck) if struck else None,
        None if under is None else 0 if under in _NO_LINE else 2 if under == "double" else 1,
        (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "").lower() or None,
        number(attribute(found.get("sz"), "val")),
    )


def setting_of(properties: Element | None) -> Setting:
    """What the properties of a paragraph say."""
    if properties is None or not len(properties):
        return _NO_SETTING
    found = {local(each): each for each in properties}
    set_in, borders, stops = found.get("ind"), found.get("pBdr"), found.get("tabs")
    first, hanging = length(attribute(set_in, "firstLine")), length(attribute(set_in, "hanging"))
    level = number(attribute(found.get("outlineLvl"), "val"))
    left = attribute(set_in, "left")
    return Setting(
        length(left if left is not None else attribute(set_in, "start")),
        first if hanging is None else -hanging,
        drawn(child(borders, "top")),
        drawn(child(borders, "bottom")),
        None if level is None else level < 9,
        None,
        on(found.get("pageBreakBefore")),
        None if stops is None else tuple(_stop(each) for each in children(stops, "tab")),
    )


def _stop(tab: Element) -> Stop:
    return Stop(length(attribute(tab, "pos")) or 0, (attribute(tab, "val") or "left").lower())


@frozen
class _Style:
    look: Look
    setting: Setting
    based_on: str


@define
class Styles:
    """The styles of a document, each with those that it is based on."""

    styles: Mapping[str, _Style]
    look: Look
    setting: Setting
    default: str
    _looks: dict[str, Look] = field(factory=dict)
    _settings: dict[str, Setting] = field(factory=dict)

    def look_in(self, style: str | None) -> Look:
        """How text looks in a style of paragraphs, or as a style of characters has it."""
        name = style or ""
        if name not in self._looks:
            found = Look()
            for each in self._chain(name):
                found = look_over(found, each.look)
            self._looks[name] = found
        return self._looks[name]

    def setting_in(self, style: str | None) -> Setting:
        """How a paragraph of a style is set."""
        name = style or self.default
        if name not in self._settings:
            found = self.setting
            for each in self._chain(name):
                found = setting_over(found, each.setting)
            self._settings[name] = found
        return self._settings[name]

    def _chain(self, name: str) -> list[_Style]:
        """The style and what it is based on, the ground first."""
        found: list[_Style] = []
        while name in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[name])
            name = found[-1].based_on
        return found[::-1]


def styles_of(root: Element | None) -> Styles:
    """The styles of the part that holds them."""
    defaults = child(root, "docDefaults")
    look = look_of(child(child(defaults, "rPrDefault"), "rPr"))
    setting = setting_of(child(child(defaults, "pPrDefault"), "pPr"))
    found: dict[str, _Style] = {}
    default = ""
    for each in children(root, "style"):
        name, kind = attribute(each, "styleId") or "", attribute(each, "type") or "paragraph"
        if kind not in ("paragraph", "character"):
            continue
        called = attribute(child(each, "name"), "val") or name
        own = setting_of(child(each, "pPr"))
        if _HEADING.fullmatch(called):
            own = evolve(own, heading=True)
        elif _CONTENTS.fullmatch(called):
            own = evolve(own, contents=True)
        found[name] = _Style(look_of(child(each, "rPr")), own, attribute(child(each, "basedOn"), "val") or "")
        if kind == "paragraph" and (attribute(each, "default") or "0") not in OFF:
            default = name
    return Styles(found, look, setting, default)
