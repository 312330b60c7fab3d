"""Trouble with an input: a page that cannot be read, a faulty rule, an unknown caption. Never about the numbers
themselves."""

from __future__ import annotations

from typing import Literal

from checker.core.place import Place
from checker.core.value import frozen

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""From least to most severe."""


@frozen
class Edit:
    """Bytes `start` to `end` of a file become `text`: nothing is put in where the two are the same, and nothing left
    where the text is empty."""

    start: int
    end: int
    text: str


@frozen
class Problem:
    """One thing wrong with one input: what (`code`, `message`), where (`path`, `place`), and what would help."""

    code: str
    severity: Severity
    message: str
    path: str | None = None
    place: Place | None = None
    help: str | None = None
    excerpt: str | None = None
    """The source line the problem stands on, for rule files only: the text of a release stays out of messages."""
    fix: tuple[Edit, ...] = ()
    """What puts a rule file right, where that is beyond doubt; the edits do not overlap."""
