"""Which formats there are, and which of them a file is: one tuple, first match wins.

A format is a name, a test on the decoded text, and a reader. Files that are not text at all are named and turned away before.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from checker.core.document import Block
from checker.core.problem import Problem
from checker.read import html, submission, text
from checker.read.source import Source, decode

Reader = Callable[[Source], tuple[tuple[Block, ...], tuple[Problem, ...]]]


@frozen
class Format:
    """One kind of file: `recognises` sees the decoded text, `read` makes its blocks."""

    name: str
    recognises: Callable[[str], bool]
    read: Reader


FORMATS: tuple[Format, ...] = (
    Format("sgml", submission.is_submission, submission.read_submission),
    Format("html", html.is_html, html.read_html),
    Format("markdown", text.is_markdown, text.read_markdown),
    Format("text", lambda _: True, text.read_text),
)


@frozen
class Found:
    """What a file turned out to be and what it holds."""

    format: str
    encoding: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


def read_content(path: str, content: bytes) -> Found:
    """Decodes, recognises and reads one file."""
    source, problems = decode(content, path)
    chosen = next(each for each in FORMATS if each.recognises(source.text))
    blocks, more = chosen.read(source)
    return Found(chosen.name, source.encoding, blocks, problems + more)
