"""Pictures of a page or a text: where they stand and what stands for them where they are not shown. What they print is
never read."""

from __future__ import annotations

import re
from itertools import islice

from checker.core.document import Picture
from checker.read.source import Source

_HTML = re.compile(r"<img\b(?P<rest>[^<>]{0,4000})>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s{0,9}=\s{0,9}(?:"([^"]{0,400})"|'([^']{0,400})')""", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[(?P<alt>[^\[\]\n]{0,400})\]\(")
_MOST = 2_000
"""Pictures that are noted of a file."""
_MARKED = ("html", "sgml", "markdown")


def pictures(source: Source, name: str) -> tuple[Picture, ...]:
    """The pictures of a file that is read as `name`, in order."""
    if name not in _MARKED:
        return ()
    found = [(tag.start(), tag.end(), _alt(tag["rest"])) for tag in islice(_HTML.finditer(source.text), _MOST)]
    if name == "markdown":
        found += [(mark.start(), mark.end(), mark["alt"]) for mark in islice(_MARKDOWN.finditer(source.text), _MOST)]
    return tuple(
        Picture(alt, source.anchored([(source.text[low:high], low, high)]).place(0, high - low))
        for low, high, alt in sorted(found)
    )


def _alt(rest: str) -> str:
    found = _ALT.search(rest)
    return "" if found is None else (found[1] or found[2] or "").strip()
