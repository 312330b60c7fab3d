"""What a message is: a file that opens with the heading of a mail, or of a page that a browser saved as one.
`mail_parts` takes it apart."""

from __future__ import annotations

import re

from checker.core.problem import Problem

_HEADER = re.compile(rb"[!-9;-~]{1,80}:")
_TELLING = re.compile(
    rb"^(?:mime-version|message-id|received|return-path|from|to|subject|date|content-type|x-mailer|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_CERTAIN = re.compile(rb"^(?:mime-version|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
HEAD = 64_000
"""Bytes within which the heading of a message ends."""


def is_mail(content: bytes) -> bool:
    """Whether a file opens with the heading of a message, every line of it a field."""
    head = content[:HEAD].lstrip(b"\r\n")
    if head.startswith(b"From "):  # as mailboxes part their messages
        head = head.partition(b"\n")[2]
    if not _HEADER.match(head):
        return False
    heading = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = heading.splitlines()
    if not all(
        line[:1] in (b" ", b"\t") or _HEADER.match(line) for line in lines[: -1 if len(heading) == len(head) else None]
    ):
        return False
    return len(_TELLING.findall(heading)) >= 3 and _CERTAIN.search(heading) is not None


def whole(path: str, content: bytes) -> Problem | None:
    """Why a message is not read as one document; None where the file is none."""
    if not is_mail(content):
        return None
    return Problem(
        "R110",
        "error",
        "a message (EML), which is no document itself",
        path,
        help="tieout check takes it apart; here give what it holds",
    )
