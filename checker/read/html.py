"""HTML: what a page is, and its tokens, handed one by one to the walk that makes paragraphs and tables of them.

There is no tree and no recursion; inline XBRL tags are transparent. What is open at one point of the page is the walk's
business.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from checker.core.document import Block, Table
from checker.core.problem import Problem
from checker.lexicon import money
from checker.read.source import Source, line_starts
from checker.read.tags import BLOCK, CELL, INLINE, KINDS, PARAGRAPH, Tag, entered, tag_of

if TYPE_CHECKING:
    from turbohtml import Token

    from checker.read.walk import Walk

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<XBRL>\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|div|p|font|center|meta|title|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"</?(?:tr|td|div|p|font|span|html|body|center|br)\b[^<>]{0,2000}>", re.IGNORECASE)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_WIDE_GAP = re.compile(r"\S {4,}\S")
_FEWEST_LINES = 60
"""Lines of the shortest text that someone wrapped in a page."""
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_KEPT_GAP = re.compile(
    rf"(?:(?:&nbsp;|&#160;|&#xa0;|&ensp;|&emsp;|\u00a0|\u2002|\u2003) ?){{3}}\(?[{money.CLASS}]?(?:&nbsp;| )?\(?\d",
    re.IGNORECASE,
)
_FEWEST_GAPS = 12
"""Gaps kept before a figure that show a page of typed lines."""
_AMOUNT = re.compile(r"\d,\d{3}(?!\d)")
_FEWEST_AMOUNTS = 20
"""Amounts of the shortest statement."""
_MOST_KNOWN = 20_000
"""Start tags that are remembered as read: a page repeats a few, and one made to be hostile never repeats any."""


def is_html(text: str) -> bool:
    """Whether a text opens as a page does, or is full of the tags of one."""
    head = text[:20_000]
    return bool(_OPENING.match(head)) or (head.lstrip()[:1] == "<" and len(_TAGS.findall(head)) >= 8)


def read_html(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of one page."""
    return read_stretch(source, 0, len(source.text)), ()


def _is_wrapped_text(text: str, start: int, end: int) -> bool:
    """Whether a page is plain text, its lines as typed, with hardly a tag around them (and no `<pre>`, though it needs
    one)."""
    lines = text.count("\n", start, end)
    if lines < _FEWEST_LINES or len(_TAGS.findall(text, start, end)) * 10 > lines or _PRE.search(text, start, end):
        return False
    return len(_WIDE_GAP.findall(text, start, end)) * 10 > lines


def _is_typed(text: str, start: int, end: int) -> bool:
    """Whether a page without tables sets its figures apart with blanks that browsers keep: the lines of a text, each
    broken by a tag."""
    if _CELL.search(text, start, end) or _PRE.search(text, start, end):
        return False
    return sum(1 for _ in islice(_KEPT_GAP.finditer(text, start, end), _FEWEST_GAPS)) == _FEWEST_GAPS


def read_stretch(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of a page that stands inside a larger file."""
    from checker.read.walk import Walk  # files of other formats do not wait for what makes tables of tokens

    walk = Walk(source)
    walk.typed = _is_typed(source.text, start, end)
    walk.pre = [] if walk.typed or _is_wrapped_text(source.text, start, end) else None
    found = _walked(walk, start, end)
    if (
        walk.typed
        or not _may_be_statements(source.text, start, end)
        or any(isinstance(block, Table) for block in found)
    ):
        return found
    again = _walked(Walk(source, pre=[], typed=True, spaced=True), start, end)
    return again if any(isinstance(block, Table) for block in again) else found


def _may_be_statements(text: str, start: int, end: int) -> bool:
    """Whether a page without cells prints many amounts: its statements may be set as paragraphs, as those of a text
    are."""
    return (
        not _CELL.search(text, start, end)
        and sum(1 for _ in islice(_AMOUNT.finditer(text, start, end), _FEWEST_AMOUNTS)) == _FEWEST_AMOUNTS
    )


def _learned(token: Token, raw: str, known: dict[str, Tag]) -> Tag:
    """The tag that a token opens, kept for the next that reads the same."""
    if len(known) > _MOST_KNOWN:
        known.clear()
    name = token.tag or ""
    if ":" in name and not token.self_closing:  # inline XBRL: every tag has its own id, and none has a style
        found = known[name] = known.get(name) or tag_of(name, ())
    else:
        found = known[raw] = tag_of(name, token.attrs or (), closed=token.self_closing)
    return found


def _walked(walk: Walk, start: int, end: int) -> tuple[Block, ...]:
    """The blocks that a walk over the tokens of a stretch makes."""
    from turbohtml import TokenType, tokenize  # files of other formats do not wait for it

    source = walk.source
    whole = start == 0 and end == len(source.text)
    stretch = source.text if whole else source.text[start:end]
    lines = source.breaks if whole else tuple(start + at for at in line_starts(stretch))
    known: dict[str, Tag] = {}
    opens, text, closes = TokenType.START_TAG, TokenType.TEXT, TokenType.END_TAG
    run = -1
    opened, get = walk.open, known.get
    for token in tokenize(stretch, capture_source=True):
        kind, at = token.type, lines[token.line - 1] + token.col
        if run >= 0:
            walk.run(run, at)
            run = -1
        if kind is text:
            run = at
        elif kind is opens:
            raw = token.source or ""
            tag = get(raw)
            if tag is None:
                tag = _learned(token, raw, known)
            if (
                tag.kind == INLINE and not tag.indent and walk.pre is None
            ):  # by far the most frequent: spans, fonts, inline XBRL
                opened.append((tag.name, walk.flags))
                walk.flags = (walk.flags & ~tag.clears) | tag.sets
                continue
            if tag.name == "input" and (shown := entered(raw)) is not None:
                walk.run(at + shown[0], at + shown[1])
            walk.start(tag, at)
            if token.self_closing and tag.kind in (BLOCK, PARAGRAPH, CELL):
                walk.finish(tag.name, at)
        elif kind is closes:
            name = token.tag or ""
            if (
                name not in KINDS
                and walk.pre is None
                and len(opened) > walk.floor
                and opened[-1][0] == name
                and not walk.ignored
            ):
                walk.flags = opened.pop()[1]
            else:
                walk.finish(name, at)
    if run >= 0:
        walk.run(run, end)
    return walk.close()
