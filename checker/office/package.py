"""The zip of an Office file: what kind it is, and its parts one by one, never more of them than the limits allow."""

from __future__ import annotations

import re
from typing import Literal

from attrs import define

from checker.core.problem import Problem
from checker.office import zipped
from checker.office.zipped import BEGIN, Excessive, Faulty, Sizes, Zipped

_FOR_NAMES = Sizes(parts=20_000)
"""Nothing is unpacked to find out what a file is."""

Kind = Literal["docx", "xlsx", "xlsb", "iwork", "pptx", "odt", "ods", "odp", ""]

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
    if not content.startswith(BEGIN):
        return ""
    opened = _MIMETYPE.search(content, 0, _NEAR)
    if opened:
        return _OPEN_DOCUMENT[opened[1]]
    try:
        names = list(zipped.opened(content, _FOR_NAMES).names.values())
    except Faulty:
        names = [name[: int.from_bytes(size, "little")].decode("ascii") for size, name in _LOCAL.findall(content)]
    return next((found for start, found in _MAIN for name in names if name.startswith(start)), "")


@define
class Package:
    """An Office file: its parts by name. What is read is counted, so that many small parts are no way around the
    limit."""

    zipped: Zipped
    names: frozenset[str]
    about: str

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of that name. Unfit: it is damaged, or grows beyond all
        reason."""
        if name not in self.names:
            return None
        try:
            return self.zipped.read(name)
        except Faulty as fault:
            raise _unfit(self.about, fault) from fault

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


def _unfit(about: str, fault: Faulty) -> Unfit:
    if isinstance(fault, Excessive):
        return Unfit("R113", f"{about} that cannot be read: {fault}", "split it, if it is what you expect")
    return Unfit(
        "R112",
        f"{about} that cannot be unpacked: {fault}",
        "fetch it again, or save it again from the program that wrote it, without a password",
    )


def opened(content: bytes, about: str) -> Package:
    """The file as a package; `about` says what it is: a Word file (DOCX). Unfit: its zip is damaged, ambiguous or far
    too full."""
    try:
        found = zipped.opened(content)
    except Faulty as fault:
        raise _unfit(about, fault) from fault
    return Package(found, frozenset(found.names.values()), about)
