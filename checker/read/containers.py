"""Files that are no text: named and turned away, with what would help; gzip is unpacked where that is safe."""

from __future__ import annotations

import zlib

from checker.core.problem import Problem
from checker.office.limits import LEAST_REFUSED, MOST_RATIO, MOST_UNPACKED

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "tieout check takes it apart where it holds documents; else give these themselves",
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS)", "save it as HTML, text or CSV"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "a picture holds no text; give the document itself"),
    (b"\xff\xd8\xff", "a JPEG picture", "a picture holds no text; give the document itself"),
    (b"GIF8", "a GIF picture", "a picture holds no text; give the document itself"),
    (b"II*\x00", "a TIFF picture", "a picture holds no text; give the document itself"),
    (b"{\\rtf", "a Rich Text file", "save it as DOCX or HTML"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\x00", "an XZ file", "unpack it first"),
    (b"SQLite format 3\x00", "a database", "give the document itself"),
    (b"PAR1", "a Parquet file", "give the document itself"),
    (b"\x7fELF", "a program", "give the document itself"),
)


def is_gzip(content: bytes) -> bool:
    """Whether a file begins as gzip does."""
    return content.startswith(b"\x1f\x8b\x08")


def unpack(path: str, content: bytes) -> tuple[bytes | None, Problem]:
    """What a gzip file holds, or None where it is damaged from the start or grows beyond all reason; always with a
    problem that says so."""
    most = min(MOST_UNPACKED, max(LEAST_REFUSED, len(content) * MOST_RATIO))
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, most)
    except zlib.error:
        return None, Problem(
            "R112", "error", "a gzip file that cannot be unpacked", path, help="unpack it first, or fetch it again"
        )
    if not unpacker.eof and unpacker.unconsumed_tail:
        message = f"a gzip file that unpacks to more than {most:,} bytes"
        return None, Problem("R113", "error", message, path, help="unpack it first, if it is what you expect")
    if not unpacker.eof:
        return unpacked, Problem(
            "R114",
            "error",
            "a gzip file that was cut short; places count bytes of what could be unpacked",
            path,
            help="fetch it again",
        )
    return unpacked, Problem("R111", "note", "unpacked from gzip: places count bytes of the unpacked file", path)


def refusal(path: str, content: bytes) -> Problem | None:
    """Why a file cannot be read as text at all; None where it can."""
    if not content.lstrip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Problem("R103", "error", "the file is empty", path, help="check that it was written completely")
    for signature, name, help_line in _SIGNATURES:
        if content.startswith(signature):
            return Problem("R110", "error", f"{name}, which cannot be read here", path, help=help_line)
    head = content[:8000]
    wide = (
        content.startswith((b"\xff\xfe", b"\xfe\xff"))
        or head[0::2].count(0) * 2.5 > len(head) // 2
        or head[1::2].count(0) * 2.5 > len(head) // 2
    )
    controls = sum(head.count(code) for code in (*range(9), 14, 15, 16, *range(18, 27)))
    if not wide and controls * 20 > len(head):
        return Problem(
            "R110",
            "error",
            "a binary file of an unknown kind, which cannot be read here",
            path,
            help="give the document as HTML or text",
        )
    return None
