"""Full submissions to EDGAR: one SGML file with several documents inside, read in the order in which a reader wants
them.

Exhibit 99 (the release) comes first, then the form itself. Contracts, consents, pictures and attached data are left
out, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.core.document import Block
from checker.core.problem import Problem
from checker.core.value import frozen
from checker.read import html, text
from checker.read.source import Source

_OPENING = re.compile(
    r"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<SEC-DOCUMENT>|<IMS-DOCUMENT>|<SUBMISSION>|<DOCUMENT>\s*<TYPE>)"
)
_DOCUMENT = re.compile(r"^<DOCUMENT>[ \t]*$|^<DOCUMENT>\s*(?=<TYPE>)", re.MULTILINE)
_TYPE = re.compile(r"<TYPE>[ \t]*([^\r\n<]{1,40})")
_TEXT = re.compile(r"<TEXT>")
_END = re.compile(r"</TEXT>|</DOCUMENT>")
_ENCODED = re.compile(r"\s*(?:<PDF>|<XBRL>)?\s*begin \d{3} \S", re.IGNORECASE)
_ATTACHED = re.compile(r"GRAPHIC|ZIP|EXCEL|XML|JSON|PDF|COVER|CORRESP|EX-(?:101|27|100)\b.*")
_LEFT_OUT = re.compile(r"EX-(?!99|13|20\b)\d.*")
_RELEASE = re.compile(r"EX-99.*")


@frozen
class Part:
    """One document of a submission: its type and where its text stands."""

    type: str
    start: int
    end: int


def is_submission(content: str) -> bool:
    """Whether a text is a full submission, or one document cut out of it."""
    return bool(_OPENING.match(content)) and "<TYPE>" in content[:200_000]


def read_submission(source: Source) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of every document worth reading, the release first."""
    parts = parts_of(source.text)
    if not parts:
        return text.read_text(source)
    taken_in = _worth_reading(source.text, parts)
    blocks = tuple(block for part in taken_in for block in read_part(source, part.start, part.end))
    taken = {part.start for part in taken_in}
    left = [part for part in parts if part.start not in taken]
    return blocks, tuple(_left_out(left)) if left else ()


def chosen(content: str) -> list[Part]:
    """The documents of a submission that are read, the release first."""
    return _worth_reading(content, parts_of(content))


def _worth_reading(content: str, parts: list[Part]) -> list[Part]:
    wanted = [
        part
        for part in parts
        if not _ATTACHED.fullmatch(part.type) and not _ENCODED.match(content, part.start, part.end)
    ]
    found = [part for part in wanted if not _LEFT_OUT.fullmatch(part.type)] or wanted
    return sorted(found, key=lambda part: 0 if _RELEASE.fullmatch(part.type) else 1)


def read_part(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of one document inside a file: a page or plain text."""
    if html.is_html(source.text[start : min(end, start + 20_000)]):
        return html.read_stretch(source, start, end)
    return text.read_stretch(source, start, end)


def parts_of(content: str) -> list[Part]:
    """Every document of a submission, in order."""
    starts = [found.end() for found in _DOCUMENT.finditer(content)] or [
        0
    ]  # a header whose mark is damaged is followed by its document all the same
    parts = []
    for start, after in zip(starts, [*starts[1:], len(content)], strict=True):
        kind = _TYPE.search(content, start, min(after, start + 2000))
        body = _TEXT.search(content, start, min(after, start + 5000))
        if body is None:
            continue
        end = _last_end(content, body.end(), after)
        parts.append(Part(kind[1].strip().upper() if kind else "", body.end(), end))
    return parts


def _last_end(content: str, start: int, after: int) -> int:
    """Where the text ends: its end tag, or (cut short) the end of the file."""
    found = _END.search(content, start, after)
    return found.start() if found else after


def _left_out(parts: Iterable[Part]) -> Iterable[Problem]:
    names = ", ".join(dict.fromkeys(part.type or "a document without a type" for part in parts))
    yield Problem(
        "R121", "note", f"not read: {names}", help="give such a document as a file of its own to have it checked"
    )


__all__ = ["Part", "is_submission", "parts_of", "read_part", "read_submission"]
