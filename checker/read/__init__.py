"""Reading: the bytes of one file become blocks of text and tables, each piece with its place.

The format is recognised by content, never by suffix. Nothing here knows what a number is worth, and nothing here fails:
what cannot be read is a Problem of the Document.
"""

from __future__ import annotations

import hashlib

from checker.core.document import Document
from checker.core.problem import Problem
from checker.read.formats import read_content
from checker.read.tagged import ALONE, Beside


def read(path: str, content: bytes, beside: Beside = ALONE) -> Document:
    """The blocks of one file, whatever it turns out to be; `path` only names it. `beside` holds the linkbases that go
    with a tagged filing, by name."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        found = read_content(path, content, beside)
    except Exception as error:  # a fault of ours must not hide the other documents
        problem = Problem(
            "R199",
            "error",
            f"could not be read: {type(error).__name__} inside the reader",
            path,
            help="please report it with the kind of file",
        )
        return Document(path, digest, "unknown", "unknown", (), (problem,), len(content))
    is_open = not content[-2:].strip(b"\0").endswith((b"\n", b"\r"))
    return Document(
        path,
        digest,
        found.format,
        found.encoding,
        found.blocks,
        found.problems,
        len(content),
        found.pictures,
        is_open,
        found.workings,
        found.tags,
    )
