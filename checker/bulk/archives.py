"""Zip and tar archives, read member by member: nothing is unpacked to disk, no archive inside an archive is opened, and
what does not look right is refused."""

from __future__ import annotations

import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from checker.core.value import frozen

_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_MOST_MEMBERS = 5_000_000
_DENSEST = 200
"""How many bytes of text one packed byte may stand for: prose and tables come to 30 at most, bombs to a thousand and
more."""
_SMALL = 10_000_000
"""Bytes up to which nobody asks how densely they were packed."""
_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What damaged and encrypted archives raise."""


class Refused(Exception):
    """The archive, or the member, is not read, and why."""


@frozen
class Member:
    """One file of an archive: its name in it, its bytes when unpacked, the day it was last changed, and why it is not
    read, if it is not."""

    name: str
    size: int
    changed: datetime | None
    refused: str = ""


def is_archive(path: Path) -> bool:
    """Whether a file is a zip or a tar archive, by its name and its first bytes."""
    name = path.name.lower()
    if not path.is_file() or not (name.endswith(".zip") or name.endswith(_TAR)):
        return False
    return not name.endswith(".zip") or zipfile.is_zipfile(path)


def members(path: Path) -> list[Member]:
    """The files of an archive in their order. Refused: it is damaged, or a bomb."""
    try:
        found = _zip_members(path) if path.name.lower().endswith(".zip") else _tar_members(path)
    except _ERRORS as error:
        raise Refused(f"the archive is damaged ({type(error).__name__})") from error
    return [_once(one, index, names) for names in [_seen(found)] for index, one in enumerate(found)]


def bodies(path: Path, wanted: frozenset[str], limit: int) -> Iterator[tuple[str, bytes]]:
    """The bytes of the members that are wanted, never more than `limit` + 1 of each. Refused: the archive is
    damaged."""
    try:
        yield from (
            _zip_bodies(path, wanted, limit) if path.name.lower().endswith(".zip") else _tar_bodies(path, wanted, limit)
        )
    except _ERRORS as error:
        raise Refused(f"the archive is damaged ({type(error).__name__})") from error


def _seen(found: list[Member]) -> dict[str, int]:
    """Where each name stands first."""
    first: dict[str, int] = {}
    for index, one in enumerate(found):
        first.setdefault(one.name, index)
    return first


def _once(one: Member, index: int, first: dict[str, int]) -> Member:
    if first[one.name] != index and not one.refused:
        return Member(one.name, one.size, one.changed, "its name stands in the archive twice")
    return one


def _why_not(name: str) -> str:
    """Why nobody should call a file so; empty: it is a plain name."""
    if not name or "\0" in name or any(ord(character) < 32 for character in name):
        return "its name is none"
    if (
        name.startswith(("/", "\\"))
        or re.match(r"[A-Za-z]:", name)
        or ".." in PurePosixPath(name.replace("\\", "/")).parts
    ):
        return "its name leads out of the archive"
    return ""


# ---- zip -------------------------------------------------------------------------------------------------------------


def _zip_members(path: Path) -> list[Member]:
    with zipfile.ZipFile(path) as archive:
        listed = [one for one in archive.infolist() if not one.is_dir()]
        if len(listed) > _MOST_MEMBERS:
            raise Refused(f"the archive has more than {_MOST_MEMBERS:,} members")
        if sum(one.compress_size for one in listed) > path.stat().st_size:
            raise Refused("the members of the archive overlap")
        return [Member(one.filename, one.file_size, _zip_day(one), _zip_refused(one)) for one in listed]


def _zip_refused(one: zipfile.ZipInfo) -> str:
    if reason := _why_not(one.filename):
        return reason
    if one.flag_bits & 1:
        return "it is encrypted"
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind and kind != stat.S_IFREG:
        return "it is no plain file"
    if one.file_size > _SMALL and one.file_size > _DENSEST * max(1, one.compress_size):
        return f"it is packed more than {_DENSEST} to one"
    return ""


def _zip_day(one: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*one.date_time, tzinfo=UTC)
    except ValueError:
        return None


def _zip_bodies(path: Path, wanted: frozenset[str], limit: int) -> Iterator[tuple[str, bytes]]:
    left = set(wanted)
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            if one.filename in left and not one.is_dir() and not _zip_refused(one):
                with archive.open(one) as file:
                    yield one.filename, file.read(limit + 1)
                left.discard(one.filename)


# ---- tar -------------------------------------------------------------------------------------------------------------


class _Measured:
    """A packed stream as it is unpacked, ended where it turns out to be a bomb."""

    def __init__(self, file: Any, packed: int) -> None:
        self._file, self._most, self._read = file, max(_SMALL, _DENSEST * packed), 0

    def read(self, size: int = -1) -> bytes:
        body: bytes = self._file.read(size)
        self._read += len(body)
        if self._read > self._most:
            raise Refused(f"the archive is packed more than {_DENSEST} to one")
        return body


def _tar(path: Path) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """The headers of a tar archive in order, with the archive to read each body from before the next is asked for."""
    import bz2
    import gzip

    name = path.name.lower()
    opening = (
        gzip.open
        if name.endswith(("gz",))
        else bz2.open
        if name.endswith("bz2")
        else lzma.open
        if name.endswith("xz")
        else open
    )
    count = 0
    with opening(path, "rb") as file, tarfile.open(fileobj=_Measured(file, path.stat().st_size), mode="r|") as archive:  # type: ignore[call-overload]
        while (one := archive.next()) is not None:
            archive.members = []  # or it would keep every header of a large archive
            count += 1
            if count > _MOST_MEMBERS:
                raise Refused(f"the archive has more than {_MOST_MEMBERS:,} members")
            if not one.isdir():
                yield archive, one


def _tar_refused(one: tarfile.TarInfo) -> str:
    return _why_not(one.name) or ("" if one.isreg() else "it is no plain file")


def _tar_members(path: Path) -> list[Member]:
    return [
        Member(one.name, one.size, datetime.fromtimestamp(int(one.mtime), UTC), _tar_refused(one))
        for _, one in _tar(path)
    ]


def _tar_bodies(path: Path, wanted: frozenset[str], limit: int) -> Iterator[tuple[str, bytes]]:
    left = set(wanted)
    for archive, one in _tar(path):
        if one.name in left and not _tar_refused(one):
            file = archive.extractfile(one)
            if file is not None:
                yield one.name, file.read(limit + 1)
                left.discard(one.name)
