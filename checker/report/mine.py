"""Which files are the program's own: reports and records that lie in a folder are no releases, and the next run passes
them over.

Every format bears a mark where it can be found without reading the whole file. Figures that were extracted are no
report: they are fed back in.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

GENERATOR = "tieout"
"""What the head of an HTML page and the properties of a workbook name as their maker."""

COMMENT = "<!-- tieout -->"
"""The first line of a report in Markdown: no reader of Markdown shows it."""

CLOSING = "tieout: "
"""How the last line of a report in text begins."""

_NEAR = 4096
"""Bytes at either end in which a mark stands."""

_HEADS = (
    re.compile(rb'\s*\{\s*"schema": "tieout/\d+",\s*(?:"tool": \{[^}]{0,200}\},\s*)?"outcome": '),
    re.compile(rb'\s*\{\s*"schema": "tieout-(?:baseline|receipt|compare)/\d+"'),
    re.compile(rb'\s*\{\s*"\$schema": "[^"]*sarif-2\.1\.0\.json"'),
    re.compile(rb'\s*(?:\[\]\s*$|\[\s*\{\s*"description": [^\n]*\s*"check_name": )'),
    re.compile(rb'<\?xml [^>]*>\s*<testsuites name="tieout"'),
    re.compile(rb"<!-- tieout -->"),
    re.compile(rb"path,rule,relation,period,verdict,severity,"),
    re.compile(rb"rule,title,file,documents,judged in,"),
    re.compile(rb"::(?:error|warning|notice) (?:file=[^\n]*,)?title=[^\n]*::"),
    re.compile(rb'<!doctype html>\s*<html lang="en"><head>(?:<meta [^>]*>){0,8}<meta name="generator" content="tieout'),
)
_TAIL = re.compile(rb"(?:^|\n)tieout: [^\n]*\n(?:    [^\n]*\n){0,200}\s*$")


def is_mine(path: Path) -> bool:
    """Whether a file is a report or a record of this program. What cannot be opened is not: it is for the reader to say
    so."""
    try:
        if path.suffix.lower() == ".xlsx":
            return _is_workpaper(path)
        with open(path, "rb") as file:
            head = file.read(_NEAR)
            file.seek(max(0, path.stat().st_size - _NEAR))
            tail = file.read(_NEAR)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError):
        return False
    return is_report(head, tail)


def is_report(head: bytes, tail: bytes) -> bool:
    """The same, from the first and the last bytes of the file."""
    return any(mark.match(head) for mark in _HEADS) or _TAIL.search(tail) is not None


def _is_workpaper(path: Path) -> bool:
    with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as properties:
        return re.search(rb"creator[^>]*>tieout ", properties.read(_NEAR)) is not None
