"""Parts of a Parquet file that travel as the bytes they are: whoever judges them decodes them, so that reading is
shared out too.

A span is some row groups, and the rows of the filings that begin in them. It is known by its bytes, so that a file to
which filings were added is read anew from there on alone.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from checker.bulk.facts.reading import FILINGS, SCHEMA, encode
from checker.core.remembered import remembered

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


_SEVERAL = object()
"""In place of the one value of a column."""


class _Pieces(io.RawIOBase):
    """A file of which only some parts are there."""

    def __init__(self, bodies: Mapping[int, bytes], ends: Mapping[int, bytes], size: int) -> None:
        self._size, self._at = size, 0
        self._pieces = [*bodies.items(), *ends.items()]

    def seekable(self) -> bool:
        """Yes."""
        return True

    def readable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of a file."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        """As of a file."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The bytes; zeros for what did not travel, which a reader skips that looks a little further than it needs."""
        end = self._size if size < 0 else min(self._size, self._at + size)
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
        reach = [_reach(metadata.row_group(number)) for number in range(metadata.num_row_groups)]
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
            if until < len(counts) and not reach[until - 1][1] < reach[until][0]:
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


def _reach(group: pq.RowGroupMetaData) -> tuple[str, str]:
    """The first and the last filing of a group as its statistics have them, which may be cut short downwards and
    upwards; such that nothing comes before the first and all after the last where they say nothing."""
    for at in range(group.num_columns):
        column = group.column(at)
        if column.path_in_schema == "filing":
            told = column.statistics
            if told is not None and told.has_min_max and isinstance(told.min, str):
                return told.min, told.max
    return "", "\U0010ffff"


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
    """What is read of groups, by where it begins; columns beside each other in one piece."""
    for number in groups:
        group = metadata.row_group(number)
        columns = [group.column(at) for at in range(group.num_columns)]
        begin = end = -1
        for column in (one for one in columns if one.path_in_schema in _WANTED):
            start = min(filter(None, (column.dictionary_page_offset, column.data_page_offset)))
            if start != end:
                if end >= 0:
                    raw.seek(begin)
                    yield begin, raw.read(end - begin)
                begin = start
            end = start + column.total_compressed_size
        if end >= 0:
            raw.seek(begin)
            yield begin, raw.read(end - begin)


_WANTED = frozenset((*SCHEMA.names, *FILINGS.names))
_TEXTS = frozenset(field.name for field in (*SCHEMA, *FILINGS) if pa.types.is_string(field.type))
_LONGEST = 32
"""Characters up to which a text in the statistics of a file is not cut short."""


@frozen(eq=False)
class _Foot:
    """What the end of a file says of it."""

    metadata: pq.FileMetaData
    schema: pa.Schema


@remembered(1)
def _foot_of(begin: int, body: bytes) -> _Foot:
    """The end of a file read, once for all spans of it. The reader wants a file, and looks at its end alone."""
    with pq.ParquetFile(pa.PythonFile(_Pieces({}, {begin: body}, begin + len(body)), mode="r")) as file:
        return _Foot(file.metadata, file.schema_arrow)


def rows_of(span: Span) -> pa.Table:
    """The rows of a span, texts as dictionaries; columns in which nothing stands are left out, and those that hold one
    value all over are not decoded. pa.ArrowException or OSError: the file is damaged."""
    foot = _foot_of(*max(span.ends.items()))
    there = [one for one in foot.schema if one.name in _WANTED]
    only = _only(foot, span.groups)
    coded = [one.name for one in there if one.name in _TEXTS and pa.types.is_string(one.type)]
    source = pa.PythonFile(_Pieces(span.bodies, span.ends, span.size), mode="r")
    with pq.ParquetFile(source, metadata=foot.metadata, read_dictionary=coded, pre_buffer=False) as file:
        asked = [one.name for one in there if one.name not in only]
        table = file.read_row_groups(list(span.groups), columns=asked, use_threads=False)
    table = table.slice(span.skipped, span.rows)
    for name, value in only.items():
        if value is not None:
            table = table.append_column(name, _repeated(value, foot.schema.field(name).type, span.rows))
    return table


def _only(foot: _Foot, groups: Sequence[int]) -> Mapping[str, object]:
    """The columns that hold one value in all rows of some groups, and that; None where nothing stands in them."""
    found: dict[str, object] = {}
    for at in range(foot.metadata.num_columns):
        told = [foot.metadata.row_group(number).column(at) for number in groups]
        name = told[0].path_in_schema
        if name == "filing" or name not in _WANTED or foot.schema.get_field_index(name) < 0:
            continue
        values = {_single(one) for one in told}
        if len(values) == 1 and (value := values.pop()) is not _SEVERAL:
            kind = foot.schema.field(name).type
            if value is None or not pa.types.is_floating(kind):
                found[name] = value
    return found


def _single(column: pq.ColumnChunkMetaData) -> object:
    """The one value of a column, None where it holds nothing, or `_SEVERAL`."""
    told = column.statistics
    if told is None or not told.has_null_count:
        return _SEVERAL
    if told.null_count == column.num_values:
        return None
    if told.null_count or not told.has_min_max or told.min != told.max:
        return _SEVERAL
    return _SEVERAL if isinstance(told.min, str | bytes) and len(told.min) > _LONGEST else told.min


def _repeated(value: object, kind: pa.DataType, count: int) -> pa.Array:
    """One value over and over."""
    return _at_least(value, kind, 1 << (count - 1).bit_length()).slice(0, count)


@remembered(8)
def _at_least(value: object, kind: pa.DataType, count: int) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([value], kind))
    return pa.repeat(pa.scalar(value, kind), count)
