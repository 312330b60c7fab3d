"""What lies beside a tagged filing and goes with it. In its folder: the linkbases of the schema that it names, and no
others. In its archive, which holds one filing: the other tagged pages of it too. Nothing is fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from checker.api.inputs import Input, held
from checker.read.containers import is_gzip, unpack
from checker.read.tagged import ALONE, is_page

_SCHEMA = re.compile(
    rb"""<(?:[A-Za-z][\w.-]{0,30}:)?schemaRef\b[^<>]{0,2000}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]{1,500})["']"""
)
_MARKS = (b"/inlineXBRL", b"http://www.xbrl.org/2003/instance")
_HEAD = 400_000
"""Bytes within which a filing says that it is tagged."""
_ENDS = ("_cal.xml", "_lab.xml", "_pre.xml", ".xsd")
_MOST_SCHEMAS = 5
_PACKED = ".gz"


def beside(one: Input, body: bytes, limit: int) -> Mapping[str, bytes]:
    """The files by name; none where the document is not tagged, or has none beside it. Files above the limit are left
    out."""
    content = _unpacked(one.path, body)
    if not any(mark in content[:_HEAD] for mark in _MARKS):
        return ALONE
    if one.member:
        from checker.read.archive import beside as packed

        return packed(held(one, limit), one.member, tuple(_stems(content)), is_page(content))
    if one.part is not None or not os.path.isfile(one.path):
        return ALONE
    folder, found = Path(one.path).parent, {}
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
