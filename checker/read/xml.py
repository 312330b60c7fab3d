"""XML that is no page: XBRL instances, schemas and linkbases carry figures without a statement, and are named instead
of read."""

from __future__ import annotations

import re

from checker.core.document import Block
from checker.core.problem import Problem
from checker.read.source import Source

_OPENING = re.compile(
    r"\s{0,1000}(?:<\?xml[^>]{0,500}>|<(?:xbrli?:xbrl|xbrl|[a-z]{1,10}:schema|link:linkbase|linkbase)\b)"
)
_ROOT = re.compile(r"<([A-Za-z][\w:.-]{0,60})")


def is_xml(text: str) -> bool:
    """Whether a text opens as XML; pages in XHTML are recognised before."""
    return bool(_OPENING.match(text))


def read_xml(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """No blocks, and which kind of XML it is."""
    root = _ROOT.search(source.text, 0, 5000)
    name = root[1] if root else "XML"
    kind = "an XBRL instance" if name.lower().endswith("xbrl") else f"an XML file ({name})"
    return (), (
        Problem(
            "R115", "error", f"{kind}, which holds no statements to read", help="give the HTML page that goes with it"
        ),
    )
