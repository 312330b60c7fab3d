"""Zip archives of documents: a tagged filing as the SEC or the rules of ESEF pack it, or any files. What lies in one is
named; its parts are taken out one by one, each to be read as a file of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from checker.core.problem import Problem
from checker.core.value import frozen
from checker.office import package, zipped
from checker.office.zipped import BEGIN, Excessive, Faulty, Sizes
from checker.read.tagged import is_linkbase, is_page

_SIZES = Sizes()
MOST = 100
"""Documents of an archive that are read."""
_NEVER = re.compile(r"(?:^|/)(?:META-INF|__MACOSX)/|(?:^|/)\.", re.IGNORECASE)
"""What a package says of itself, and what programs leave behind."""
_MOST_BESIDE = 40
"""Files that are taken to go with one page."""


@frozen
class Listed:
    """The files of an archive, and what is to be said of it as a whole."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip that is no Office file."""
    return content.startswith(BEGIN) and not package.kind(content)


def files_of(content: bytes) -> Listed:
    """What lies in an archive, folders and what is hidden left out. Nothing fails: what cannot be unpacked is said."""
    try:
        found = zipped.opened(content, _SIZES)
    except Faulty as fault:
        return Listed((), (_unread(fault),))
    names = [
        name for name in sorted(found.names.values()) if not name.endswith(("/", "\\")) and not _NEVER.search(name)
    ]
    return Listed(tuple(names))


def too_many(count: int) -> Problem | None:
    """What is said of an archive of more documents than are read."""
    if count <= MOST:
        return None
    message = f"a ZIP archive of {count:,} documents, of which {MOST} are read"
    return Problem("R138", "error", message, help="unpack it, and give the folder")


def taken(content: bytes, name: str) -> bytes:
    """One file of an archive. Faulty: it cannot be unpacked."""
    return zipped.opened(content, _SIZES).read(name)


def beside(content: bytes, name: str, stems: tuple[str, ...], pages: bool) -> Mapping[str, bytes]:
    """What goes with a tagged page or an instance of an archive: the linkbases and schemas whose names begin as the
    schemas it refers to (all, where it refers to none), and with `pages` the other tagged pages of its folder, whose
    contexts its facts may refer to."""
    found: dict[str, bytes] = {}
    try:
        archive = zipped.opened(content, _SIZES)
        for other in sorted(archive.names.values()):
            base = posixpath.basename(other)
            if other == name or _NEVER.search(other) or len(found) == _MOST_BESIDE:
                continue
            if base.lower().endswith((".xml", ".xsd")):
                body = archive.read(other) if not stems or base.startswith(stems) else b""
                if is_linkbase(body):
                    found[base] = body
            elif pages and posixpath.dirname(other) == posixpath.dirname(name) and base.lower().endswith(_PAGES):
                body = archive.read(other)
                if is_page(body):
                    found[base] = body
    except Faulty:  # the document itself says it
        return found
    return found


_PAGES = (".htm", ".html", ".xhtml")


def _unread(fault: Faulty) -> Problem:
    if isinstance(fault, Excessive):
        message = f"a ZIP archive that cannot be read: {fault}"
        return Problem("R138", "error", message, help="unpack it, if it is what you expect, and give the folder")
    return Problem(
        "R138", "error", f"a ZIP archive that cannot be unpacked: {fault}", help="fetch it again, or unpack it"
    )
