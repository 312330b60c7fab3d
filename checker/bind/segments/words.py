"""What the words of a table say of segments: that it has any, which line is their total, which parts are none of them,
what measure a title names.

Words only: no table is looked at as a whole.
"""

from __future__ import annotations

import re

from checker.core.caption import normal
from checker.core.remembered import remembered
from checker.core.statement import Statement
from checker.lexicon.captions import TOTALS, WHOLES, added, deducted, total_of
from checker.lexicon.lower import either

_SPEAKS = re.compile(r"\b(?:inter-?)?segments?\b|\bdivisions?\b", re.IGNORECASE)
_REPORTABLE = re.compile(r"\b(?:reportable|operating|reporting) (?:business )?segments?\b", re.IGNORECASE)
_NEAR = 3
"""Paragraphs before a table that may be about it."""
_WHOLE = re.compile(rf"\b(?:{either(WHOLES)})\b|^group$")
_TOTAL = re.compile(rf"^(?:{either((*TOTALS, *WHOLES))})(?: |$)")
_LEADING = re.compile(
    rf"^(?:(?:{either((*TOTALS, *WHOLES))}|(?:reportable |operating )?(?:segments?|divisions?)|company|group|"
    rf"and|for|of|all)(?: |$))+"
)
_UNSHARED = re.compile(
    r"inter ?segment|eliminat|unallocated|not allocated|reconcil|^(?:all )?other(?: [a-z]+)? and corporate$|"
    r"^general corporate|^adjustments?$|^special items$|^corporate(?: and (?:all )?other| items?| costs?| expenses?|"
    r" other| functions?| cent(?:er|re))?$"
)
_NO_SEGMENT = re.compile(
    r"\b(?:averages?|end|ended|ending|beginning|assets|liabilities|equity|ratios?|reconcil\w*|items|data|indicators|metrics)\b|"
    r"\b(?:expenses?|costs?|income|revenues?|sales)\b"
)
_BY_SEGMENT = re.compile(
    r",? (?:by|of each|for each|of our|for our) (?:[\w-]+ ){0,3}(?:segments?|divisions?)\b", re.IGNORECASE
)
_BEFORE = frozenset(
    {
        "",
        "the",
        "our",
        "its",
        "of",
        "for",
        "shows",
        "show",
        "presents",
        "present",
        "summarizes",
        "provides",
        "following",
        "forth",
        "details",
    }
)
_LONGEST = 6
"""Words of the longest measure that is sought in a sentence."""


@remembered(8192)
def whole(text: str) -> bool:
    """Whether a head or a caption says that what it names is all segments together, or several of them."""
    return total_of(text) is not None or bool(_WHOLE.search(normal(text)))


@remembered(8192)
def measured(caption: str) -> str:
    """What the caption of a total says is added up, without the words that say that it is a total: empty for `Total`,
    `Total segments`."""
    return _LEADING.sub("", normal(caption)).strip()


@remembered(8192)
def totalled(caption: str) -> str:
    """The same with only the word of a total taken off: `segment profit` for `Total segment profit`."""
    return _TOTAL.sub("", normal(caption)).strip()


@remembered(8192)
def unshared(name: str) -> bool:
    """Whether what stands under this name is no segment, only what lies between them and the total: eliminations,
    corporate, unallocated."""
    return bool(_UNSHARED.search(normal(name)))


@remembered(8192)
def nameable(heading: str) -> bool:
    """Whether a heading could be the name of a segment; `Average`, `Quarter end` and `Reconciling items` are none."""
    return not (_NO_SEGMENT.search(normal(heading)) or deducted(heading) or added(heading))


@remembered(8192)
def segment_name(text: str) -> str:
    """The form in which names of segments compare: without footnote marks and the word itself."""
    return re.sub(r" (?:segments?|divisions?)$", "", normal(text))


def speaks(text: str) -> bool:
    """Whether a caption, a heading or a head speaks of segments."""
    return bool(_SPEAKS.search(text))


def titled_by_segment(statement: Statement) -> bool:
    """Whether the words before a table say that it is one of segments: its title, the nearest paragraph, or reportable
    segments in one close by."""
    if statement.kind == "segments" or speaks(statement.title):
        return True
    near = statement.context[-_NEAR:]
    return any(map(speaks, near[-1:])) or any(map(_REPORTABLE.search, near))


def measures_named(statement: Statement) -> tuple[str, ...]:
    """What the title of a table, or the words before it, say is given by segment: the words before `by segment`, and
    what they end with."""
    found: list[str] = []
    for text in (statement.title, *statement.context):
        match = _BY_SEGMENT.search(text)
        if match is None:
            continue
        words = text[: match.start()].split()[-_LONGEST - 1 :]
        for count in range(1, min(len(words), _LONGEST) + 1):
            before = (
                words[-count - 1].casefold().strip(":") if count < len(words) else ""
            )  # as where the words of the title begin
            if before in _BEFORE:
                found.append(" ".join(words[-count:]))
    return tuple(found)
