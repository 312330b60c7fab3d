"""The zip of an Office file: what kind it is, and its parts one by one, never more of them than the limits allow."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from attrs import define, field

from checker.core.problem import Problem
from checker.office.limits import LEAST_REFUSED, MOST_RATIO, MOST_UNPACKED

MOST_PARTS = 5_000
"""Parts of the largest file; a workbook with thousands of sheets stays below."""

Kind = Literal["docx", "xlsx", "xlsb", "iwork", "pptx", "odt", "ods", "odp", ""]

_ZIP = b"PK\x03\x04"
_MIMETYPE = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_OPEN_DOCUMENT: dict[bytes, Kind] = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..).{2}(?=([A-Za-z_\[][ -~]{0,200}))", re.DOTALL)
_MAIN: tuple[tuple[str, Kind], ...] = (
    ("word/document", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook", "xlsx"),
    ("ppt/presentation", "pptx"),
    ("Index/Document.iwa", "iwork"),
)
_NEAR = 200


class Unfit(Exception):
    """The file, or one of its parts, cannot be used; the problem says why."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, "error", message, help=help)


def kind(content: bytes) -> Kind:
    """What Office file the bytes are, damaged or not; empty where they are none."""
    if not content.startswith(_ZIP):
        return ""
    opened = _MIMETYPE.search(content, 0, _NEAR)
    if opened:
        return _OPEN_DOCUMENT[opened[1]]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, EOFError):
        names = [name[: int.from_bytes(size, "little")].decode("ascii") for size, name in _LOCAL.findall(content)]
    return next((found for start, found in _MAIN for name in names if name.startswith(start)), "")


@define
class Package:
    """An Office file: its parts by name. What is read is counted, so that many small parts are no way around the
    limit."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    about: str
    left: int = field(default=MOST_UNPACKED)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of that name. Unfit: it is damaged, or grows beyond all
        reason."""
        if name not in self.names:
            return None
        entry = self.archive.getinfo(name)
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unfit(
                "R112",
                f"{self.about} whose parts are encrypted, or packed in an unusual way",
                "save it again without a password",
            )
        most = min(self.left, max(LEAST_REFUSED, entry.compress_size * MOST_RATIO))
        try:
            with self.archive.open(entry) as part:
                found = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise damaged(self.about) from error
        if len(found) > most:
            raise Unfit(
                "R113", f"{self.about} that unpacks to more than {most:,} bytes", "split it, if it is what you expect"
            )
        self.left -= len(found)
        return found

    def named(self, pattern: str) -> list[str]:
        """The names of the parts that a regular expression fits as a whole, in order."""
        return sorted(name for name in self.names if re.fullmatch(pattern, name, re.IGNORECASE))


def damaged(about: str) -> Unfit:
    """What is said of a file whose zip or XML is broken."""
    return Unfit(
        "R112",
        f"{about} that is damaged or was cut short: it cannot be unpacked",
        "fetch it again, or save it again from the program that wrote it",
    )


def opened(content: bytes, about: str) -> Package:
    """The file as a package; `about` says what it is: a Word file (DOCX). Unfit: its zip is damaged, ambiguous or far
    too full."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError, EOFError) as error:
        raise damaged(about) from error
    if len(names) > MOST_PARTS:
        raise Unfit(
            "R113", f"{about} of more than {MOST_PARTS:,} parts", "save it again from the program that wrote it"
        )
    if len({name.lower() for name in names}) < len(names):
        raise Unfit(
            "R112",
            f"{about} that holds two parts of one name: which of them counts, nothing says",
            "save it again from the program that wrote it",
        )
    return Package(archive, frozenset(names), about)
