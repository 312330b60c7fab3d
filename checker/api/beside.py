"""The linkbases that lie beside a tagged filing, in the same folder: those of the schema that it names, and no others.
Nothing is fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from checker.read.containers import is_gzip, unpack
from checker.read.tagged import ALONE

_SCHEMA = re.compile(
    rb"""<(?:[A-Za-z][\w.-]{0,30}:)?schemaRef\b[^<>]{0,2000}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]{1,500})["']"""
)
_MARKS = (b"/inlineXBRL", b"http://www.xbrl.org/2003/instance")
_HEAD = 400_000
"""Bytes within which a filing says that it is tagged."""
_ENDS = ("_cal.xml", "_lab.xml", "_pre.xml", ".xsd")
_MOST_SCHEMAS = 5
_PACKED = ".gz"


def beside(path: str, body: bytes, limit: int) -> Mapping[str, bytes]:
    """The files by name; none where the document is not tagged, is no file, or has none beside it. Files above the
    limit are left out."""
    content = _unpacked(path, body)
    if not any(mark in content[:_HEAD] for mark in _MARKS) or not os.path.isfile(path):
        return ALONE
    folder, found = Path(path).parent, {}
    for stem in _stems(content):
        for name in (stem + end for end in _ENDS):
            for file in (folder / name, folder / (name + _PACKED)):
                if file.is_file() and file.stat().st_size <= limit:
                    found[name] = _unpacked(str(file), file.read_bytes())
    return found


def _stems(content: bytes) -> list[str]:
    """What the names of its linkbases begin with: the names of the schemas that it refers to, without folder or
    address."""
    named = [match[1].decode("utf-8", "replace") for match in _SCHEMA.finditer(content)]
    bases = [name.replace("\\", "/").rpartition("/")[2] for name in named]
    return [
        base.removesuffix(".xsd") for base in dict.fromkeys(bases) if base.endswith(".xsd") and len(base) > len(".xsd")
    ][:_MOST_SCHEMAS]


def _unpacked(path: str, body: bytes) -> bytes:
    if not is_gzip(body):
        return body
    return unpack(path, body)[0] or b""
