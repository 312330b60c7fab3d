"""What one HTML start tag means for reading: its kind, what its style hides, draws or sets in. Inline XBRL tags are
transparent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.core.value import frozen

INLINE, BLOCK, TABLE, ROW, CELL, BREAK, LINE, PRE, VOID, BODY, PARAGRAPH = range(11)
"""Kinds of tags."""
BOLD, HIDDEN, RAISED, HEADING, FEED = 1, 2, 4, 8, 16
"""Flags of a run of text; `FEED` marks a line break instead of a run."""
MOST_COLUMNS = 1000
"""No cell spans more: the limit of the HTML standard."""
MOST_ROWS = 65534

KINDS: dict[str, int] = {
    "table": TABLE,
    "tr": ROW,
    "td": CELL,
    "th": CELL,
    "br": BREAK,
    "hr": LINE,
    "pre": PRE,
    "body": BODY,
    "p": PARAGRAPH,
    "li": PARAGRAPH,
}
_BLOCKS = (
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header html legend main menu nav ol option section summary tbody tfoot thead title ul page"
    " document text"
)
KINDS.update(dict.fromkeys(_BLOCKS.split(), BLOCK))
_VOIDS = "area base basefont col colgroup embed frame img input link meta param source track wbr"
KINDS.update(dict.fromkeys(_VOIDS.split(), VOID))
_FLAGS = {"b": BOLD, "strong": BOLD, "sup": RAISED}
_FLAGS.update(
    dict.fromkeys(
        ["script", "style", "title", "template", "noframes", "textarea", "select", "ix:header", "ix:hidden"], HIDDEN
    )
)
_FLAGS.update(dict.fromkeys(("del", "strike"), HIDDEN))
"""What a redline has taken out; what it has put in (`ins`) stands."""
_FLAGS.update(dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING))

_ENTERED = re.compile(
    r"""\svalue\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE
)
_NO_ENTRY = re.compile(
    r"""\stype\s*=\s*["']?(?:hidden|checkbox|radio|submit|button|reset|image|file|password)\b|\shidden\b""",
    re.IGNORECASE,
)


def entered(tag: str) -> tuple[int, int] | None:
    """Where in the text of an `<input>` tag stands what it shows on the page; None where it shows nothing."""
    found = None if _NO_ENTRY.search(tag) else _ENTERED.search(tag)
    return None if found is None else found.span(found.lastgroup or 0)


_LENGTH = re.compile(r"(-?\d{0,5}(?:\.\d{0,6})?)(pt|px|em|rem|in|cm|mm|%)?")
_TENTHS = {
    "pt": 10.0,
    "px": 7.5,
    "em": 100.0,
    "rem": 100.0,
    "in": 720.0,
    "cm": 283.5,
    "mm": 28.35,
    "%": 20.0,
    None: 7.5,
}
_UNSEEN = re.compile(
    r"none|hidden|white|transparent|#f{3}(?:f{3})?\b|(?<![\d.])0(?:\.0*)?(?:px|pt|in)?(?![\d.])|rgba\([^)]*,0\)"
)


@frozen
class Tag:
    """A start tag. `indent` is in tenths of a point; `above` and `below` count the lines its style draws there (2: a
    double line)."""

    name: str
    kind: int
    sets: int = 0
    clears: int = 0
    indent: int = 0
    above: int = 0
    below: int = 0
    columns: int = 1
    rows: int = 1
    new_page: bool = False


def tag_of(name: str, attributes: Iterable[tuple[str, str | None]], *, closed: bool = False) -> Tag:
    """What a start tag means; unknown tags are inline and mean nothing. `closed`: it ends itself, as XHTML does, and
    holds nothing."""
    kind = KINDS.get(name, INLINE)
    if closed and kind in (INLINE, PRE):
        return Tag(name, VOID)
    sets, clears, indent, above, below, new_page = _FLAGS.get(name, 0), 0, 0, 0, 0, False
    columns = rows = 1
    for attribute, value in attributes:
        if attribute == "style" and value:
            styled = _style(value)
            sets, clears, indent, above, below, new_page = (
                sets | styled[0],
                clears | styled[1],
                styled[2],
                styled[3],
                styled[4],
                styled[5],
            )
        elif attribute == "hidden":
            sets |= HIDDEN
        elif attribute == "colspan":
            columns = _count(value, MOST_COLUMNS)
        elif attribute == "rowspan":
            rows = _count(value, MOST_ROWS)
    if name == "th":
        sets |= BOLD & ~clears
    return Tag(name, kind, sets, clears, indent, above, below, columns, rows, new_page)


def _count(value: str | None, most: int) -> int:
    digits = re.match(r"\s*\+?(\d{1,9})", value or "")
    return max(1, min(most, int(digits[1]))) if digits else 1


def _style(style: str) -> tuple[int, int, int, int, int, bool]:
    sets, clears, indent, above, below, new_page = 0, 0, 0.0, 0, 0, False
    for declaration in style.lower()[:4000].split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        if name == "display" or name == "visibility":
            sets |= HIDDEN if value.startswith(("none", "hidden", "collapse")) else 0
        elif name.startswith("text-decoration"):
            sets |= HIDDEN if "line-through" in value else 0
        elif name == "font-weight" or name == "font":
            if re.search(r"\bbold|\b[6-9]00\b", value):
                sets |= BOLD
            elif name == "font-weight":
                clears |= BOLD
        elif name == "vertical-align":
            sets |= RAISED if value.startswith("super") or (value[:1].isdigit() and not value.startswith("0")) else 0
        elif name == "top":
            sets |= RAISED if value.startswith("-") and "relative" in style.lower() else 0
        elif name in ("padding-left", "text-indent", "margin-left"):
            indent += _length(value)
        elif name in ("padding", "margin"):
            sides = value.split()
            indent += (
                _length(sides[3] if len(sides) == 4 else sides[1] if len(sides) in (2, 3) else sides[0]) if sides else 0
            )
        elif name.startswith("border"):
            above, below = _border(name, value, above, below)
        elif name.startswith(("page-break", "break-")):
            new_page = new_page or value.startswith(("always", "page"))
    return sets, clears, round(max(-5000.0, min(5000.0, indent))), above, below, new_page


def _length(value: str) -> float:
    found = _LENGTH.match(value)
    try:
        return float(found[1]) * _TENTHS[found[2]] if found and found[1] else 0.0
    except ValueError:
        return 0.0


def _border(name: str, value: str, above: int, below: int) -> tuple[int, int]:
    """How many lines a border declaration draws above and below, given those before it."""
    if name in ("border-top", "border-bottom", "border"):
        lines = 0 if not value or _UNSEEN.search(value) else 2 if "double" in value else 1
        if name != "border-bottom":
            above = lines
        if name != "border-top":
            below = lines
    elif name in ("border-top-style", "border-bottom-style") and value:
        lines = 0 if _UNSEEN.search(value) else 2 if value == "double" else 1
        above, below = (lines, below) if "top" in name else (above, lines)
    return above, below
