"""Inline XBRL: the facts that the tags of a page state, each with its place, and the contexts and units they refer to.

One pass over the marks that matter, without a tree. Text in continuations is never followed: no number stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import count
from types import MappingProxyType

from attrs import define, field

from checker.core.fact import Dimensions, Fact, Tagging
from checker.core.problem import Problem
from checker.core.unit import NUMBER, Unit
from checker.core.value import frozen
from checker.read.source import Source
from checker.read.tagged.amounts import places, power, printed, scaled
from checker.read.tagged.aspects import Context, period, unit

_INLINE = re.compile(
    r"""xmlns:([A-Za-z][\w.-]{0,30})\s{0,9}=\s{0,9}["']http://www\.xbrl\.org/20\d\d/inlineXBRL\s{0,9}["']"""
)
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,100})\s{0,99}=\s{0,99}(?:"([^"<]{0,4000})"|'([^'<]{0,4000})')\s{0,99}""")
_BLANK = re.compile(r"\s{0,999}")
_INNER = re.compile(r"<[^<>]{0,4000}>")
_ELEMENT = re.compile(
    r"<(?:[A-Za-z][\w.-]{0,60}:)?(instant|startDate|endDate|identifier|forever)\b[^<>]{0,400}>([^<]{0,400})<",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(
    r"<(?:[A-Za-z][\w.-]{0,60}:)?explicitMember\b[^<>]{0,400}?\bdimension\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,300})[\"'][^<>]{0,400}>([^<]{1,400})<",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"<(?:[A-Za-z][\w.-]{0,60}:)?typedMember\b[^<>]{0,400}?\bdimension\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,300})[\"'][^<>]{0,400}>(.{0,2000}?)"
    r"</(?:[A-Za-z][\w.-]{0,60}:)?typedMember\s{0,9}>",
    re.IGNORECASE | re.DOTALL,
)
_MEASURE = re.compile(r"<(?:[A-Za-z][\w.-]{0,60}:)?measure\b[^<>]{0,400}>([^<]{1,300})<", re.IGNORECASE)
_BELOW = re.compile(r"<(?:[A-Za-z][\w.-]{0,60}:)?unitDenominator\b", re.IGNORECASE)
_NAMES = {name.lower(): name for name in ("instant", "startDate", "endDate", "identifier", "forever")}
_LONGEST = 100_000
"""Characters of the longest context that is one."""
_MOST_OPEN = 50
"""Tags inside each other beyond which a page was made to be hostile."""
_HEAD = 200_000
"""Characters of a page within which it says that it is tagged."""


@frozen
class Aspects:
    """The contexts and units of a page, by their ids: pages of one filing may refer to each other's."""

    contexts: Mapping[str, Context] = MappingProxyType({})
    units: Mapping[str, Unit] = MappingProxyType({})


ALL_ITS_OWN = Aspects()
"""No other page goes with it."""


@define
class _Open:
    """A tag of a number that was opened: where, with which attributes."""

    at: int
    said: dict[str, str]
    hidden: bool


@define
class _Found:
    """What was met so far."""

    source: Source
    shared: Aspects = ALL_ITS_OWN
    """Those of the other pages of the filing, for what this page does not hold."""
    ids: Iterator[int] = field(factory=lambda: count(1))
    contexts: dict[str, Context] = field(factory=dict)
    units: dict[str, Unit] = field(factory=dict)
    waiting: list[tuple[dict[str, str], tuple[int, int], bool]] = field(factory=list)
    """Tags of numbers with their attributes, where their texts stand, and whether they are hidden: contexts may come
    behind them."""
    open: list[_Open] = field(factory=list)
    hidden: int = 0

    def context(self, name: str) -> Context | None:
        """The context of that id, of this page or of another of the filing."""
        return self.contexts.get(name) or self.shared.contexts.get(name)

    def unit(self, name: str) -> Unit:
        """The unit of that id, of this page or of another of the filing; a bare number where there is none."""
        return self.units.get(name) or self.shared.units.get(name, NUMBER)


def is_tagged(text: str) -> bool:
    """Whether a page may hold facts."""
    return _INLINE.search(text, 0, _HEAD) is not None


def aspects_of(source: Source, start: int, end: int) -> Aspects:
    """The contexts and units of the page that stands at a stretch of a source."""
    found = _Found(source)
    _scan(found, _ASPECTS, (start, end))
    return Aspects(found.contexts, found.units)


def page_tags(
    source: Source, start: int, end: int, shared: Aspects = ALL_ITS_OWN
) -> tuple[Tagging, tuple[Problem, ...]]:
    """The facts of the page that stands at a stretch of a source; `shared` are the contexts and units of the other
    pages of its filing."""
    found = _Found(source, shared)
    for prefix in _prefixes(source.text, start, end):
        _scan(found, _marks(prefix), (start, end))
    return Tagging(tuple(_facts(found))), tuple(_told(found))


def _prefixes(text: str, start: int, end: int) -> list[str]:
    """What the tags of the page begin with: `ix` nearly always."""
    return list(dict.fromkeys(one[1] for one in _INLINE.finditer(text, start, min(end, start + _HEAD))))[:4]


def _marks(prefix: str) -> re.Pattern[str]:
    return re.compile(
        rf"<!--|<(/?)(?:{re.escape(prefix)}:(nonfraction|hidden)|(?:[A-Za-z][\w.-]{{0,60}}:)?(context|unit))(?=[\s/>])",
        re.IGNORECASE,
    )


_ASPECTS = re.compile(r"<!--|<(/?)(nothing)?(?:[A-Za-z][\w.-]{0,60}:)?(context|unit)(?=[\s/>])", re.IGNORECASE)
"""As the marks of a page, for what its facts refer to alone."""


def _scan(found: _Found, marks: re.Pattern[str], stretch: tuple[int, int]) -> None:
    text, (at, end) = found.source.text, stretch
    while (mark := marks.search(text, at, end)) is not None:
        at = mark.end()
        if mark[0] == "<!--":
            close = text.find("-->", at, end)
            at = close + 3 if close >= 0 else at
        elif mark[3] is not None:
            at = _aspect(found, mark, end) if not mark[1] else at
        else:
            at = _tag(found, mark, end)


def _aspect(found: _Found, mark: re.Match[str], end: int) -> int:
    """Takes a context or a unit in; where it ends."""
    text = found.source.text
    said, inside, _ = _attributes(text, mark.end(), end)
    name, most = said.get("id", ""), min(end, inside + _LONGEST)
    close = text.find(f"</{mark[0][1:]}>", inside, most)  # as nearly always; a blank before its end is allowed too
    close = close if close >= 0 else text.find(f"</{mark[0][1:]} ", inside, most)
    if close < 0 or not name:
        return inside
    body = text[inside:close]
    if mark[3].lower() == "context":
        found.contexts.setdefault(name, _context(body))
    else:
        found.units.setdefault(name, _unit(body))
    return close


def _context(body: str) -> Context:
    said = {_NAMES[one[1].lower()]: unescape(one[2]).strip() for one in _ELEMENT.finditer(body)}
    return Context(period(said), said.get("identifier", ""), dimensions(body))


def dimensions(body: str) -> Dimensions:
    """The axes of a context and their members."""
    explicit = [(one[1].strip(), unescape(one[2]).strip()) for one in _EXPLICIT.finditer(body)]
    typed = [(one[1].strip(), " ".join(unescape(_INNER.sub(" ", one[2])).split())) for one in _TYPED.finditer(body)]
    return tuple(sorted({*explicit, *typed}))


def _unit(body: str) -> Unit:
    below = _BELOW.search(body)
    measures = [(one.start(), unescape(one[1])) for one in _MEASURE.finditer(body)]
    under = [name for at, name in measures if below is not None and at > below.start()]
    return unit([name for at, name in measures if below is None or at < below.start()], under)


def _tag(found: _Found, mark: re.Match[str], end: int) -> int:
    """Takes the tag of a number, or the mark of a hidden part, in; where it ends."""
    text = found.source.text
    if mark[1]:  # an end tag
        if mark[2].lower() == "hidden":
            found.hidden = max(0, found.hidden - 1)
        elif found.open:
            one = found.open.pop()
            found.waiting.append((one.said, (one.at, mark.start()), one.hidden))
        return mark.end()
    said, inside, closed = _attributes(text, mark.end(), end)
    if mark[2].lower() == "hidden":
        found.hidden += not closed
    elif closed:
        found.waiting.append((said, (inside, inside), bool(found.hidden)))
    elif len(found.open) < _MOST_OPEN:
        found.open.append(_Open(inside, said, bool(found.hidden)))
    return inside


def _attributes(text: str, at: int, end: int) -> tuple[dict[str, str], int, bool]:
    """The attributes of a start tag (names in lower case), where its content begins, and whether it ends itself."""
    said: dict[str, str] = {}
    blank = _BLANK.match(text, at, end)
    at = blank.end() if blank else at
    while (one := _ATTRIBUTE.match(text, at, end)) is not None:
        said[one[1].lower()] = unescape(one[2] if one[2] is not None else one[3])
        at = one.end()
    close = text.find(">", at, min(end, at + 4000))
    return said, (close + 1 if close >= 0 else at), close > 0 and text[close - 1] == "/"


def _facts(found: _Found) -> Iterator[Fact]:
    text = found.source.text
    for said, (low, high), hidden in sorted(found.waiting, key=lambda one: one[1]):
        context, shown = found.context(said.get("contextref", "")), text[low:high] if high - low < 4000 else ""
        if context is None or not said.get("name"):
            continue
        words = unescape(_INNER.sub("", shown)).strip()
        nil = any(name.rpartition(":")[2] == "nil" and value in ("true", "1") for name, value in said.items())
        number = None if nil else printed(words, said.get("format", ""))
        scale = power(said.get("scale", ""))
        value = None if number is None else scaled(number, scale, negative=said.get("sign") == "-")
        yield Fact(
            id=f"t{next(found.ids)}",
            concept=said["name"].strip(),
            text=words,
            value=value,
            decimals=places(said.get("decimals", ""), said.get("precision", ""), value),
            unit=found.unit(said.get("unitref", "")),
            place=found.source.place(low, high),
            period=context.period,
            dimensions=context.dimensions,
            entity=context.entity,
            scale=scale,
            hidden=hidden,
            nil=nil,
        )


def _told(found: _Found) -> Iterator[Problem]:
    """Tags whose context is nowhere are said."""
    lost = [one for one in found.waiting if found.context(one[0].get("contextref", "")) is None]
    if lost:
        place = found.source.place(*lost[0][1])
        message = f"{len(lost)} tags of amounts name a context that the page does not hold; the first stands here"
        yield Problem("R190", "warning", message, place=place, help="they cannot be compared with anything")
