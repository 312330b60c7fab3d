"""Parts of a Parquet file that travel as the bytes they are: whoever judges them decodes them, so that reading is
shared out too.

A span is some row groups, and the rows of the filings that begin in them. It is known by its bytes, so that a file to
which filings were added is read anew from there on alone.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from checker.bulk.facts.reading import encode

_LOOKED_AT = 2**16
"""Bytes at the end of a file that a reader of Parquet asks for first."""
_MOST_OF_A_GROUP = 4_000_000
"""Rows of a row group, up to which it is decoded in one piece."""


@frozen(eq=False)
class Span:
    """Some row groups as they stand in the file, and which of their rows count."""

    size: int
    """Of the file, in bytes."""
    ends: Mapping[int, bytes]
    """What stands at both ends of the file, by where it begins; and, next, the row groups."""
    bodies: Mapping[int, bytes]
    groups: tuple[int, ...]
    skipped: int
    """Rows of the first group that belong to a filing of the span before."""
    rows: int

    @property
    def content(self) -> str:
        """Hash over the rows."""
        found = hashlib.sha256(f"{self.skipped} {self.rows}".encode())
        for _, body in sorted(self.bodies.items()):
            found.update(body)
        return found.hexdigest()


class _Pieces(io.RawIOBase):
    """A file of which only some parts are there."""

    def __init__(self, span: Span) -> None:
        self._span, self._at = span, 0
        self._pieces = [*span.bodies.items(), *span.ends.items()]

    def seekable(self) -> bool:
        """Yes."""
        return True

    def readable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of a file."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._span.size}[whence]
        return self._at

    def tell(self) -> int:
        """As of a file."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The bytes; zeros for what did not travel, which a reader skips that looks a little further than it needs."""
        end = self._span.size if size < 0 else min(self._span.size, self._at + size)
        found = b""
        while self._at < end:
            some = next(
                (body[self._at - at : end - at] for at, body in self._pieces if at <= self._at < at + len(body)), b""
            )
            if not some:
                until = min((at for at, _ in self._pieces if at > self._at), default=end)
                some = bytes(min(until, end) - self._at)
            found, self._at = found + some if found else some, self._at + len(some)
        return found


def spans(path: Path, most: int) -> Iterator[Span] | None:
    """The spans of a file, each of about so many rows; None where a row group is too large to be decoded at once."""
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        if any(one.num_rows > _MOST_OF_A_GROUP for one in groups):
            return None
    return _cut(path, most)


def _cut(path: Path, most: int) -> Iterator[Span]:
    with pq.ParquetFile(path, read_dictionary=["filing"]) as file, open(path, "rb") as raw:
        metadata = file.metadata
        counts = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
        size = path.stat().st_size
        raw.seek(size - 8)
        foot = min(size, max(_LOOKED_AT, int.from_bytes(raw.read(4), "little") + 8))
        raw.seek(size - foot)
        ends = {0: b"PAR1", size - foot: raw.read(foot)}
        number, skipped = 0, 0
        while number < len(counts):
            until, rows = number, -skipped
            while until < len(counts) and rows < most:
                rows += counts[until]
                until += 1
            groups, more = list(range(number, until)), 0
            if until < len(counts):
                last = _filing(file, until - 1, -1)
                while until < len(counts):  # what is left of the last filing stands in the groups that follow
                    held = _leading(file, until, last)
                    if held:
                        groups.append(until)
                    more = held
                    rows += held
                    if held < counts[until]:
                        break
                    until, more = until + 1, 0
            if rows:
                yield Span(size, ends, dict(_bodies(raw, metadata, groups)), tuple(groups), skipped, rows)
            number, skipped = until, more


def _filing(file: pq.ParquetFile, group: int, at: int) -> str:
    column = file.read_row_group(group, columns=["filing"])["filing"]
    return str(column[at if at >= 0 else len(column) + at].as_py())


def _leading(file: pq.ParquetFile, group: int, name: str) -> int:
    """How many rows at the beginning of a group are of a filing."""
    encoded = encode(file.read_row_group(group, columns=["filing"])["filing"])
    texts = encoded.dictionary.to_pylist()
    if name not in texts:
        return 0
    other = np.nonzero(np.asarray(encoded.indices.to_numpy(zero_copy_only=False)) != texts.index(name))[0]
    return int(other[0]) if len(other) else len(encoded)


def _bodies(raw: io.BufferedReader, metadata: pq.FileMetaData, groups: list[int]) -> Iterator[tuple[int, bytes]]:
    for number in groups:
        group = metadata.row_group(number)
        columns = [group.column(at) for at in range(group.num_columns)]
        starts = [min(filter(None, (one.dictionary_page_offset, one.data_page_offset))) for one in columns]
        begin = min(starts)
        end = max(start + one.total_compressed_size for start, one in zip(starts, columns, strict=True))
        raw.seek(begin)
        yield begin, raw.read(end - begin)


def rows_of(span: Span, wanted: list[str], texts: list[str]) -> pa.Table:
    """The rows of a span, `texts` as dictionaries. pa.ArrowException or OSError: the file is damaged."""
    with pq.ParquetFile(pa.PythonFile(_Pieces(span), mode="r")) as file:
        metadata = file.metadata
        there = [one for one in file.schema_arrow if one.name in wanted]
    coded = [one.name for one in there if one.name in texts and pa.types.is_string(one.type)]
    source = pa.PythonFile(_Pieces(span), mode="r")
    with pq.ParquetFile(source, metadata=metadata, read_dictionary=coded, pre_buffer=False) as file:
        table = file.read_row_groups(list(span.groups), columns=[one.name for one in there], use_threads=False)
    return table.slice(span.skipped, span.rows)
