"""Zip archives within limits: the one place where what readers read is unpacked, be it an Office file, a workbook or a
package of documents. Nothing is written, followed or run.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from attrs import define, field

from checker.core.value import frozen
from checker.office.limits import LEAST_REFUSED, MOST_RATIO, MOST_UNPACKED

BEGIN = b"PK\x03\x04"
"""How such a file begins."""
_END = b"PK\x05\x06"
_LONGEST_COMMENT = 66_000
_LONGEST_DIRECTORY = 4_000_000
"""Bytes of the list of what an archive holds."""
_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What damaged archives raise."""


class Faulty(Exception):
    """The archive, or something in it, cannot be unpacked; the words say why."""


class Excessive(Faulty):
    """It holds more than any file of its kind."""


@frozen
class Sizes:
    """How much an archive may hold: parts, bytes of all that is unpacked, and times its size that one part unpacks to,
    where that is asked."""

    parts: int = 5_000
    unpacked: int = MOST_UNPACKED
    ratio: int | None = MOST_RATIO


USUAL = Sizes()


@define
class Zipped:
    """An archive and what may still be spent on it: many small parts are no way around the limit."""

    archive: zipfile.ZipFile
    names: Mapping[str, str]
    """Every part by its name in lower case, as programs compare them."""
    sizes: Sizes
    left: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.left = self.sizes.unpacked

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece. Faulty, and Excessive: it cannot be unpacked, or grows beyond all
        reason."""
        entry = self.archive.getinfo(self.names[name.lower()])
        if entry.flag_bits & 1:
            raise Faulty("it is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Faulty("it is packed in an unusual way")
        most = self.left
        if self.sizes.ratio is not None:
            most = min(most, max(LEAST_REFUSED, entry.compress_size * self.sizes.ratio))
        try:
            with self.archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    most -= len(chunk)
                    self.left -= len(chunk)
                    if most < 0:
                        raise Excessive("it unpacks to more than any such file does")
                    yield chunk
        except _BROKEN as error:
            raise Faulty(f"it is damaged ({type(error).__name__})") from None

    def read(self, name: str) -> bytes:
        """The bytes of a part. Faulty, and Excessive: see `chunks`."""
        return b"".join(self.chunks(name))


def opened(content: bytes, sizes: Sizes = USUAL) -> Zipped:
    """The archive, once its directory is known to be one of a sane size. Faulty: it is damaged, or two of its parts
    have one name; Excessive: it holds too many."""
    at = content.rfind(_END, max(0, len(content) - _LONGEST_COMMENT))
    if at < 0:
        raise Faulty("it was cut short")
    entries = int.from_bytes(content[at + 10 : at + 12], "little")
    if entries > sizes.parts or int.from_bytes(content[at + 12 : at + 16], "little") > _LONGEST_DIRECTORY:
        raise Excessive(f"it holds more than {sizes.parts:,} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        found = archive.namelist()
    except _BROKEN as error:
        raise Faulty(f"it is damaged ({type(error).__name__})") from None
    if len(found) > sizes.parts:
        raise Excessive(f"it holds more than {sizes.parts:,} parts")
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in found}
    if len(names) < len(found):
        raise Faulty("it holds two parts of one name: which of them counts, nothing says")
    return Zipped(archive, names, sizes)
