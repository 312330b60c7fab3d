"""A checked document as rows of the tables, and as the bytes in which they travel from a worker."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.algebra.exact import decimal_places
from checker.algebra.notation import decimal
from checker.bulk.schema import DECIMALS, DIGITS, TABLES
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.core.report import Checked, Coverage, Outcome
from checker.core.value import frozen

Row = tuple[Any, ...]
Rows = Mapping[str, list[Row]]
"""By table; a row has its columns in the order of the schema, without `document` and `run`."""

_MOST = Decimal(10) ** (DIGITS - DECIMALS)
_PLACES = Decimal(1).scaleb(-DECIMALS)
_CONTEXT = Context(prec=200, rounding=ROUND_HALF_EVEN)


@frozen
class Told:
    """One document that is answered: who it is, and what the gate says of it."""

    document: str
    """The key: name, content, rules and settings, as a hash."""
    path: str
    status: int
    reasons: tuple[str, ...]
    digest: str
    """Hash over its rows: the same on every machine, with every engine."""


@frozen
class Unit:
    """Filings of one source that were judged together: they are written down together, and known together."""

    key: str
    source: str
    first: str
    last: str
    """The first filing and the last, in the order of their names."""
    statuses: tuple[tuple[int, int], ...]
    """How many filings have which status."""
    reasons: tuple[str, ...]
    """Of the filing, where it is one."""
    digest: str

    @property
    def count(self) -> int:
        """How many filings."""
        return sum(count for _, count in self.statuses)


@frozen
class Packed:
    """A table as a file of Parquet."""

    body: bytes
    rows: int
    sha256: str


@frozen
class Answer:
    """What is kept of a document, or of several that travel together. Filings have a unit in place of documents, and
    files in place of rows: they are many enough for files of their own.
    """

    documents: tuple[Told, ...]
    rows: bytes = b""
    """The tables, one Arrow stream after the other, in the order of the schema."""
    unit: Unit | None = None
    files: Mapping[str, Packed] = {}
    """By table."""


def answer(document: str, checked: Checked) -> Answer:
    """The answer of a document that went through the pipeline and the gate."""
    outcome = checked.outcome or Outcome()
    rows: Rows = {
        "coverage": [_coverage(checked, outcome)],
        "figures": list(_figures(checked)),
        "findings": [finding(one) for one in checked.findings if one.verdict != "not applicable"],
        "problems": [
            (
                one.code,
                one.severity,
                one.message,
                one.place.line if one.place else None,
                one.place.column if one.place else None,
                one.help,
            )
            for one in checked.problems
        ],
        "tallies": [],
    }
    digest = digested(rows)
    rows["coverage"][0] = (*rows["coverage"][0], digest)
    return Answer(
        (Told(document, checked.source.path, outcome.status, outcome.reasons, digest),), encoded(document, rows)
    )


def digested(rows: Rows) -> str:
    """The hash over rows of all tables."""
    found = hashlib.sha256()
    for name in TABLES:
        for row in rows[name]:
            found.update("\x1f".join(map(str, row)).encode("utf-8", "backslashreplace"))
            found.update(b"\x1e")
    return found.hexdigest()


# ---- rows ------------------------------------------------------------------------------------------------------------


def _coverage(checked: Checked, outcome: Outcome) -> Row:
    source, summary, told = checked.source, checked.summary, checked.told
    blocking = sum(one.blocks for one in checked.findings)
    ends = [
        one.period.end
        for one in checked.figures
        if one.origin == "table" and one.period is not None and one.period.end is not None
    ]
    return (
        *(
            source.path,
            source.sha256 or None,
            source.format or None,
            source.size,
            outcome.status,
            list(outcome.reasons),
        ),
        *(
            summary.figures,
            summary.agreed,
            summary.rounding,
            summary.violated,
            summary.untested,
            summary.loosely_tested,
        ),
        *(summary.agrees, summary.roundings, summary.violations, summary.notes, summary.not_applicable, blocking),
        *((told.amounts, told.tied) if told else (None, None)),
        *(None, None, None, None, None, _mode(ends)),
    )


def _mode(ends: Sequence[date]) -> date | None:
    """The latest of the days that most figures are of: what is due in later years is printed once or twice."""
    counts = Counter(ends)
    most = max(counts.values(), default=0)
    return max((end for end, count in counts.items() if 2 * count >= most), default=None)


def _figures(checked: Checked) -> Iterator[Row]:
    stands = {
        one.id: (statement.index, line.index, column)
        for statement in checked.statements
        for line in statement.lines
        for column, one in enumerate(line.figures)
        if one is not None
    }
    for one in checked.figures:
        yield _figure(one, checked.coverage.get(one.id, Coverage()), stands.get(one.id, (None, None, None)))


def _figure(one: Figure, coverage: Coverage, stands: tuple[int | None, int | None, int | None]) -> Row:
    period = one.period
    value, exact = amount(None if one.value is None else Fraction(one.value))
    return (
        *(
            one.id,
            one.text,
            value,
            exact,
            amount(Fraction(one.step))[0],
            str(one.unit),
            one.caption,
            " > ".join(one.under) or None,
            one.statement,
        ),
        *((period.start, period.end, period.months) if period else (None, None, None)),
        *(
            one.origin,
            None,
            None,
            coverage.status,
            amount(coverage.noticed_from)[0],
            one.head or None,
            one.place.line,
            one.place.column,
            *stands,
        ),
    )


def finding(one: Finding) -> Row:
    """A judgement as a row."""
    check = one.check
    difference, exact = amount(one.difference)
    ends = [
        figure.period.end for figure in check.figures if figure.period is not None and figure.period.end is not None
    ]
    suspect = one.suspects[0] if one.suspects else None
    return (
        *(
            one.id,
            check.rule,
            check.relation,
            check.in_words,
            check.basis,
            check.period,
            max(ends, default=None),
            check.segment or None,
        ),
        *(
            one.verdict,
            one.severity,
            one.unlikely,
            one.blocks,
            amount(one.left)[0],
            amount(one.right)[0],
            difference,
            exact,
        ),
        *(amount(one.allowance)[0], amount(one.units_of_last_place)[0], [figure.id for figure in check.figures]),
        check.figures[0].place.line if check.figures else None,
        *((suspect.figure, suspect.proposed, suspect.cause) if suspect else (None, None, None)),
        *(one.message or None, check.unlicensed),
    )


def amount(value: Fraction | None) -> tuple[Decimal | None, str | None]:
    """An amount as its column holds it and, where that is not all of it, in full: a decimal or a quotient `n/d`."""
    if value is None:
        return None, None
    places = decimal_places(value)
    if value.denominator == 1 and abs(value.numerator) < _MOST:
        return Decimal(value.numerator), None
    full = decimal(value) if places is not None else f"{value.numerator}/{value.denominator}"
    if abs(value) >= _MOST:
        return None, full
    rounded = _CONTEXT.quantize(_CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator)), _PLACES)
    return (rounded, None if Fraction(rounded) == value else full) if abs(rounded) < _MOST else (None, full)


# ---- bytes -----------------------------------------------------------------------------------------------------------


def encoded(document: str, rows: Rows) -> bytes:
    """The rows of one document as Arrow streams, `run` left at 0."""
    return streamed({name: batch([document] * len(rows[name]), rows[name], schema) for name, schema in TABLES.items()})


def batch(documents: Sequence[str], rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Rows, each with its document, `run` left at 0."""
    columns = list(zip(*rows, strict=True)) or [()] * (len(schema) - 2)
    arrays = [pa.array(documents, schema.field(0).type), pa.array([0] * len(rows), schema.field(1).type)]
    arrays += [pa.array(values, field.type) for values, field in zip(columns, list(schema)[2:], strict=True)]
    return pa.record_batch(arrays, schema=schema)


_FEW = frozenset(
    "run format status filer filer_name industry form filed period_end period_start period_months digest sha256 unit "
    "caption section statement origin concept segment head rounded_to rule relation reads basis period verdict "
    "severity cause allowance unlicensed code help year".split()
)
"""Columns in which the same values stand again and again."""


def packed(table: pa.Table) -> Packed:
    """A table as a file, texts plain whether they are dictionaries here or not."""
    sink = pa.BufferOutputStream()
    few = [one.name for one in table.schema if one.name in _FEW]
    pq.write_table(table, sink, compression="zstd", store_schema=False, use_dictionary=few)
    body = sink.getvalue().to_pybytes()
    return Packed(body, table.num_rows, hashlib.sha256(body).hexdigest())


def unpacked(one: Packed) -> pa.Table:
    """The table of a file."""
    return pq.read_table(pa.BufferReader(one.body))


def of_unit(unit: Unit, tables: Mapping[str, pa.Table], run: int) -> Answer:
    """The answer of filings; tables in which nothing stands are left out."""
    made = {}
    for name, table in tables.items():
        if table.num_rows:
            runs = pa.array(np.full(table.num_rows, run, np.int32))
            made[name] = packed(table.set_column(1, TABLES[name].field(1), runs))
    return Answer((), unit=unit, files=made)


def streamed(tables: Mapping[str, pa.RecordBatch | pa.Table]) -> bytes:
    """The tables as they travel."""
    sink = pa.BufferOutputStream()
    for name, schema in TABLES.items():
        with pa.ipc.new_stream(sink, schema) as stream:
            stream.write(tables[name] if name in tables else schema.empty_table())
    return bytes(sink.getvalue())


def decoded(body: bytes, run: int) -> dict[str, pa.Table]:
    """The tables of an answer, with the number of the run that keeps them."""
    source = pa.BufferReader(body)
    found = {}
    for name, schema in TABLES.items():
        with pa.ipc.open_stream(source) as stream:
            table = stream.read_all()
        runs = pa.array(np.full(table.num_rows, run, np.int32))
        found[name] = table.set_column(1, schema.field(1), runs)
    return found


def together(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    """Tables of one schema, in which texts may be dictionaries, one after the other."""
    if not tables:
        return schema.empty_table()
    if len(tables) == 1:
        return tables[0]
    if all(one.schema.equals(tables[0].schema) for one in tables):
        return pa.concat_tables(tables)
    return pa.concat_tables([one.cast(schema) for one in tables])
