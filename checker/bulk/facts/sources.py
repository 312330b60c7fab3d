"""Where typed facts come from: the data sets of the SEC, its company facts, and Parquet or CSV in the documented
schema. Some filings at a time, each whole."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from checker.bulk.facts.reading import FILINGS, SCHEMA, encode, known, ordered
from checker.bulk.facts.spans import Span, rows_of, spans
from checker.bulk.facts.table import begins
from checker.bulk.sources import Choice
from checker.core.value import frozen

_NUM, _SUB = "num.txt", "sub.txt"
_FACTS = 200_000
"""Facts that travel together, at least, and whole filings of them."""
_BUCKETS = 10_000
_SPAN = 1_000_000
"""Rows of Parquet that are decoded and judged together, where their agreements are only counted."""
_TEXTS = [field.name for field in (*SCHEMA, *FILINGS) if pa.types.is_string(field.type)]
CODED = pa.schema(
    [field.with_type(pa.dictionary(pa.int32(), pa.string())) if field.name in _TEXTS else field for field in SCHEMA]
)
"""The same as `SCHEMA`, texts as dictionaries: as Parquet keeps them."""
_HEAD = 4000
_MONTHS_OF_A_QUARTER = 3
_MOST = 4_000_000_000
"""Bytes of one file of a data set when unpacked."""


class Unreadable(Exception):
    """A source of facts that is not what it should be, and why."""


@frozen
class Chunk:
    """The facts of some filings in the order of their filings, and what is known of these. Concepts that no rule names
    are gone."""

    facts: pa.Table
    filings: pa.Table


def is_source(path: Path) -> bool:
    """Whether a path holds typed facts: a data set as a folder or a zip, company facts, a table with the columns of the
    schema."""
    try:
        if path.is_dir():
            return (path / _NUM).is_file() and (path / _SUB).is_file()
        name = path.name.lower()
        if name.endswith(".zip"):
            return zipfile.is_zipfile(path) and {_NUM, _SUB} <= set(zipfile.ZipFile(path).namelist())
        if name.endswith(".parquet"):
            return _required() <= set(pq.read_schema(path).names)
        if name.endswith((".csv", ".csv.gz", ".tsv")):
            return _required() <= set(_head(path))
        return name.endswith((".json", ".json.gz")) and _is_company(path)
    except (OSError, ValueError, zipfile.BadZipFile, EOFError):
        return False


def _required() -> set[str]:
    return {field.name for field in SCHEMA if not field.nullable}


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else open(path, "rb")  # type: ignore[return-value]


def _head(path: Path) -> list[str]:
    with _opened(path) as file:
        line = file.read(_HEAD).decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    return next(csv.reader([line], delimiter="\t" if path.name.lower().endswith(".tsv") else ","), [])


def _is_company(path: Path) -> bool:
    with _opened(path) as file:
        start = file.read(_HEAD).lstrip()
    return start.startswith(b"{") and b'"cik"' in start[:200] and b'"facts"' in start


def chunks(path: Path, words: Mapping[str, str]) -> Iterator[Chunk]:
    """The facts of a source that rules name, some filings at a time. Unreadable: it is damaged, or its filings do not
    stand together."""
    name = path.name.lower()
    try:
        if path.is_dir() or name.endswith(".zip"):
            yield from _data_set(path, words)
        elif name.endswith((".json", ".json.gz")):
            yield from _cut(*_company(path, words))
        else:
            yield from _table(path, words)
    except (pa.ArrowException, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        raise Unreadable(f"{path} is no source of facts: {type(error).__name__}") from error


def chosen(chunk: Chunk, choice: Choice, left: int | None = None) -> Chunk:
    """The filings of a chunk that are wanted; `left` of them at most."""
    filings = chunk.filings
    if choice.since is not None:
        since = pa.scalar(choice.since.date(), pa.date32())
        filings = filings.filter(pc.fill_null(pc.greater_equal(filings["filed"], since), True))
    if choice.sample is not None:
        drawn = [_drawn(name, choice.sample) for name in filings["filing"].to_pylist()]
        filings = filings.filter(pa.array(drawn, pa.bool_()))
    if left is not None:
        filings = filings.sort_by("filing").slice(0, max(0, left))
    if filings.num_rows == chunk.filings.num_rows:
        return chunk
    return of_filings(chunk, filings["filing"].to_pylist())


def _drawn(name: str, percent: int) -> bool:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % _BUCKETS < percent * (_BUCKETS // 100)


def of_filings(chunk: Chunk, names: Sequence[str]) -> Chunk:
    """Some filings of a chunk."""
    wanted = pa.array(names, pa.string())
    there = pc.is_in(pc.cast(chunk.facts["filing"], pa.string()), wanted)
    return Chunk(chunk.facts.filter(there), chunk.filings.filter(pc.is_in(chunk.filings["filing"], wanted)))


def parts(path: Path, words: Mapping[str, str], together: bool) -> Iterator[Chunk | Span]:
    """A source in parts: spans of Parquet, which are decoded where they are judged, or chunks. `together`: large ones.
    Unreadable: it is damaged."""
    if path.name.lower().endswith(".parquet"):
        try:
            found = spans(path, _SPAN if together else _FACTS)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise Unreadable(f"{path} is no source of facts: {type(error).__name__}") from error
        if found is not None:
            yield from found
            return
    yield from chunks(path, words)


def _cut(facts: pa.Table, filings: pa.Table) -> Iterator[Chunk]:
    """Facts in memory, whole filings at a time."""
    facts = ordered(facts)
    for part in _whole([facts.slice(at, _FACTS) for at in range(0, facts.num_rows, _FACTS)]):
        yield Chunk(part, filings.filter(pc.is_in(filings["filing"], pc.unique(part["filing"]))))


def _whole(parts: Iterator[pa.Table] | Sequence[pa.Table]) -> Iterator[pa.Table]:
    """Tables in the order of their filings, cut anew so that no filing stands in two. Unreadable: they are not in that
    order."""
    held: pa.Table | None = None
    for part in parts:
        if not part.num_rows:
            continue
        held = part if held is None else pa.concat_tables([held, part])
        last = held["filing"][held.num_rows - 1]
        if held.num_rows >= _FACTS and held["filing"][0] != last:
            until = pc.index(held["filing"], last).as_py()
            yield _in_order(held.slice(0, until))
            held = held.slice(until)
    if held is not None:
        yield _in_order(held)


def _in_order(table: pa.Table) -> pa.Table:
    column = table["filing"].combine_chunks()
    if len(column) > 1 and not pc.all(pc.less_equal(column.slice(0, len(column) - 1), column.slice(1))).as_py():
        raise Unreadable("the rows are not sorted by filing")
    return table


# ---- the SEC's financial statement data sets -------------------------------------------------------------------------


@contextmanager
def _member(path: Path, name: str) -> Iterator[Any]:
    """A file of the data set, as a stream."""
    if path.is_dir():
        with open(path / name, "rb") as file:
            yield file
    else:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(name).file_size > _MOST:
                raise Unreadable(f"{name} of {path} is larger than {_MOST:,} bytes")
            with archive.open(name) as file:
                yield file


def _read(path: Path, name: str, wanted: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Columns of a file of the data set as texts; those it lacks are empty."""
    with _member(path, name) as file:
        parse = pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False)
        convert = pyarrow.csv.ConvertOptions(
            include_columns=list(wanted),
            include_missing_columns=True,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=True,
        )
        yield from pyarrow.csv.open_csv(file, parse_options=parse, convert_options=convert)


def _data_set(path: Path, words: Mapping[str, str]) -> Iterator[Chunk]:
    kept = []
    for batch in _read(path, _NUM, ("adsh", "tag", "version", "ddate", "qtrs", "uom", "segments", "coreg", "value")):
        table = pa.Table.from_batches([batch])
        concept = known(_qualified(table["tag"], table["version"]), words)
        table = table.append_column("concept", concept).filter(
            pc.and_(pc.is_valid(concept), pc.is_valid(table["value"]))
        )
        kept.append(
            pa.table(
                [
                    *(
                        table["adsh"],
                        pc.cast(table["concept"], pa.string()),
                        _date(table["ddate"]),
                        pa.nulls(table.num_rows, pa.date32()),
                    ),
                    pc.cast(pc.multiply(pc.cast(table["qtrs"], pa.int16()), _MONTHS_OF_A_QUARTER), pa.int16()),
                    *(
                        _currency(table["uom"]),
                        pc.cast(table["value"], SCHEMA.field("value").type),
                        pa.nulls(table.num_rows, SCHEMA.field("rounded_to").type),
                    ),
                    *(table["coreg"], table["segments"]),
                ],
                schema=SCHEMA,
            )
        )
    about = pa.Table.from_batches(list(_read(path, _SUB, ("adsh", "cik", "name", "sic", "form", "filed", "period"))))
    filings = pa.table(
        [
            *(about[name] for name in ("adsh", "cik", "name", "sic", "form")),
            _date(about["filed"]),
            _date(about["period"]),
        ],
        schema=FILINGS,
    )
    yield from _cut(pa.concat_tables(kept) if kept else SCHEMA.empty_table(), filings)


def _qualified(tag: pa.ChunkedArray, version: pa.ChunkedArray) -> pa.ChunkedArray:
    """`us-gaap:Revenues` of a tag and a version like `us-gaap/2009`; a tag of the filer's own stays without a
    prefix."""
    standard = pc.match_substring(version, "/")
    prefix = pc.replace_substring_regex(version, "/.*", ":")
    return pc.if_else(standard, pc.binary_join_element_wise(prefix, tag, ""), tag)


def _date(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days written 20090630."""
    return pc.cast(pc.strptime(column, "%Y%m%d", "s", error_is_null=True), pa.date32())


def _currency(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The currency of an amount per share."""
    return pc.replace_substring_regex(column, "(?i)/shares?$", "")


# ---- company facts ---------------------------------------------------------------------------------------------------


def _company(path: Path, words: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """The facts of one filer as its filings report them, with their days."""
    with _opened(path) as file:
        loaded = json.load(io.TextIOWrapper(file, "utf-8"), parse_float=Decimal)
    rows: list[dict[str, Any]] = []
    filings: dict[str, dict[str, Any]] = {}
    for taxonomy, tags in loaded["facts"].items():
        for tag, about in tags.items():
            if (concept := words.get(f"{taxonomy}:{tag}")) is None:
                continue
            for unit, facts in about["units"].items():
                rows += (_fact(concept, unit, one) for one in facts)
                for one in facts:
                    filings.setdefault(
                        one["accn"],
                        {
                            "filer": str(loaded["cik"]),
                            "filer_name": loaded["entityName"],
                            "form": one["form"],
                            "filed": one["filed"],
                        },
                    )
    facts = pa.Table.from_pylist(
        rows, schema=SCHEMA.set(2, pa.field("end", pa.string())).set(3, pa.field("start", pa.string()))
    )
    facts = pa.table(
        [
            *(
                facts["filing"],
                facts["concept"],
                pc.cast(facts["end"], pa.date32()),
                pc.cast(facts["start"], pa.date32()),
                facts["months"],
            ),
            *(_currency(facts["unit"]), facts["value"], facts["rounded_to"], facts["entity"], facts["segment"]),
        ],
        schema=SCHEMA,
    )
    texts = FILINGS.set(5, pa.field("filed", pa.string()))
    made = pa.Table.from_pylist([{"filing": name, **about} for name, about in filings.items()], schema=texts)
    return facts, made.set_column(5, FILINGS.field("filed"), pc.cast(made["filed"], pa.date32()))


def _fact(concept: str, unit: str, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "filing": one["accn"],
        "concept": concept,
        "end": one["end"],
        "start": one.get("start"),
        "unit": unit,
        "value": Decimal(one["val"]),
    }


# ---- tables in the schema --------------------------------------------------------------------------------------------


def _table(path: Path, words: Mapping[str, str]) -> Iterator[Chunk]:
    """Parquet and CSV: rows of one filing stand together, in the order of the filings' names."""
    about: list[pa.Table] = []
    last = ""
    for part in _whole(_typed(batch, words, about) for batch in _batches(path)):
        if part["filing"][0].as_py() < last:
            raise Unreadable("the rows are not sorted by filing")
        last = part["filing"][part.num_rows - 1].as_py()
        filings = _first_said(pa.concat_tables(about))
        about[:] = [filings.filter(pc.greater_equal(filings["filing"], last))]
        yield Chunk(part.select(SCHEMA.names), filings.filter(pc.is_in(filings["filing"], pc.unique(part["filing"]))))


def _batches(path: Path) -> Iterator[pa.Table]:
    if path.name.lower().endswith(".parquet"):
        wanted = [*SCHEMA.names, *FILINGS.names[1:]]
        with pq.ParquetFile(path) as file:
            there = [name for name in file.schema_arrow.names if name in wanted]
            for batch in file.iter_batches(batch_size=_FACTS, columns=there):
                yield pa.Table.from_batches([batch])
        return
    texts = dict.fromkeys([*SCHEMA.names, *FILINGS.names[1:]], pa.string())
    with _opened(path) as file:
        parse = pyarrow.csv.ParseOptions(delimiter="\t" if path.name.lower().endswith(".tsv") else ",")
        convert = pyarrow.csv.ConvertOptions(column_types=texts, strings_can_be_null=True)
        for batch in pyarrow.csv.open_csv(file, parse_options=parse, convert_options=convert):
            yield pa.Table.from_batches([batch])


def chunk_of(span: Span, words: Mapping[str, str]) -> Chunk:
    """The facts of a span that rules name, texts as dictionaries. Unreadable: damaged, or not sorted by filing."""
    try:
        table = rows_of(span)
        facts, about = _known(table, words), None
        filings = encode(facts["filing"])
        facts = facts.set_column(facts.column_names.index("filing"), "filing", filings)
        codes = np.asarray(filings.indices.to_numpy(zero_copy_only=False))
        firsts = begins(codes)
        names = filings.dictionary.take(pa.array(codes[firsts])).to_pylist()
        if any(one >= other for one, other in pairwise(names)):
            raise Unreadable("the rows are not sorted by filing")
        about = _about(facts, firsts)
        return Chunk(pa.table([_cast(facts, field) for field in CODED], schema=CODED), about)
    except (pa.ArrowException, ValueError, KeyError, OSError) as error:
        raise Unreadable(f"no source of facts: {type(error).__name__}") from error


def _about(facts: pa.Table, firsts: NDArray[np.int64]) -> pa.Table:
    """What is said of filings, by the first row of each that says it."""
    there = [name for name in FILINGS.names if name in facts.column_names]
    if not any(facts[name].null_count for name in there[1:]):
        some = facts.select(there).take(pa.array(firsts))
        return pa.table([_cast(some, field) for field in FILINGS], schema=FILINGS)
    return _first_said(pa.table([_cast(facts, field) for field in FILINGS], schema=FILINGS))


def _first_said(filings: pa.Table) -> pa.Table:
    grouped = filings.group_by("filing", use_threads=False).aggregate([(name, "first") for name in FILINGS.names[1:]])
    return grouped.rename_columns(FILINGS.names).cast(FILINGS)


def _known(table: pa.Table, words: Mapping[str, str]) -> pa.Table:
    """The rows whose concept some rule names, by the name that the rule knows."""
    concept = known(table["concept"], words)
    table = table.set_column(table.column_names.index("concept"), "concept", concept)
    for name in ("concept", "end", "value"):  # a fact without one of these says nothing
        if name not in table.column_names:
            return table.slice(0, 0)
        if table[name].null_count:
            table = table.filter(pc.is_valid(table[name]))
    return table


def _typed(table: pa.Table, words: Mapping[str, str], about: list[pa.Table]) -> pa.Table:
    """A part of a table in the types of the schema; what it says of filings is noted in `about`."""
    table = _known(table, words)
    about.append(_first_said(pa.table([_cast(table, field) for field in FILINGS], schema=FILINGS)))
    return pa.table([_cast(table, field) for field in SCHEMA], schema=SCHEMA)


def _cast(table: pa.Table, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if field.name not in table.column_names:
        return pa.nulls(table.num_rows, field.type)
    column = table[field.name]
    if column.type == field.type:
        return column
    if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(pc.cast(column, pa.string()))
    if pa.types.is_floating(column.type) and pa.types.is_decimal(field.type):
        return pc.cast(pc.round(column, field.type.scale), field.type, safe=False)
    return pc.cast(column, field.type)
