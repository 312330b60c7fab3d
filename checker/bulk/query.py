"""Questions over the tables of a run: DuckDB over its parts, with views that leave out what was done anew since."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from checker.bulk.schema import TABLES
from checker.bulk.store import latest, made_with, parts, written
from checker.report.csv import cell
from checker.report.terminal import visible

_WIDEST = 60
"""Characters to which a column of a text is filled up."""

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "rules": (
            """
            SELECT rule, count(*) FILTER (verdict = 'agrees') AS agrees,
                   count(*) FILTER (verdict = 'rounding') AS roundings,
                   count(*) FILTER (verdict = 'violation') AS violations, count(*) FILTER (blocks) AS blocking,
                   count(DISTINCT document) AS documents,
                   round(100 * count(*) FILTER (verdict = 'violation') / count(*), 1) AS percent
            FROM findings GROUP BY rule"""
        ),
        "new_findings": "SELECT * FROM findings WHERE run = (SELECT max(run) FROM coverage)",
        "restated": (
            """
            WITH told AS (
                SELECT filer, filer_name, concept, segment, unit, figures.period_end, period_months, value, rounded_to,
                       filed, path,
                       lag(value) OVER earlier AS before, lag(rounded_to) OVER earlier AS before_rounded_to,
                       lag(path) OVER earlier AS first_path
                FROM figures JOIN coverage USING (document, run)
                WHERE filer IS NOT NULL AND concept IS NOT NULL AND value IS NOT NULL
                WINDOW earlier AS (
                    PARTITION BY filer, concept, segment, unit, figures.period_end, period_months ORDER BY filed, path))
            SELECT filer, filer_name, concept, segment, unit, period_end, period_months, before, value,
                   value - before AS change, first_path, path, filed
            FROM told WHERE first_path <> path
                AND 2 * abs(value - before) > coalesce(rounded_to, 0) + coalesce(before_rounded_to, 0)"""
        ),
    }
)
"""Views beside the tables: rules by how often they hold; the findings of the last run; facts that a later filing of the
same filer reports otherwise, by more than rounding."""


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read this folder and nothing else. Unusable: it is none of a run."""
    made_with(folder)
    connection = duckdb.connect(":memory:")
    done = written(folder)
    current = latest(done)
    connection.register(
        "current",
        pa.table(
            {"document": [one.document for one in current], "run": pa.array([one.run for one in current], pa.int32())}
        ),
    )
    connection.execute("CREATE TABLE current_documents AS SELECT * FROM current")
    for name, schema in TABLES.items():
        files = parts(folder, name)
        if files:
            listed = ", ".join(_quoted(str(Path(file).resolve())) for file in files)
            only = "" if len(current) == len(done) else " SEMI JOIN current_documents USING (document, run)"
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}]){only}")
        else:
            connection.register(f"no_{name}", schema.empty_table())
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM no_{name}")
    for name, body in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {body}")
    with suppress(duckdb.Error):  # versions that do not know one of them know no such extension either
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
    connection.execute(f"SET allowed_directories = [{_quoted(str(folder.resolve()) + '/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def asked(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns of an answer, and its rows. duckdb.Error: the question is none."""
    found = connection.execute(sql)
    return [one[0] for one in found.description or ()], found.fetchall()


class Question(Exception):
    """What was asked is no question that can be answered, and why."""


def answered(folder: Path, sql: str, form: str) -> str:
    """The answer as a text for people, as CSV, or as one object a line. Question: it is none."""
    with opened(folder) as connection:
        try:
            names, rows = asked(connection, sql)
        except duckdb.Error as error:
            raise Question(str(error)) from error
    if form == "jsonl":
        return "".join(
            json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n" for row in rows
        )
    cells = [names, *([text(value) for value in row] for row in rows)]
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([cell(one) for one in row] for row in cells)
        return out.getvalue()
    widths = [min(_WIDEST, max(len(row[at]) for row in cells)) for at in range(len(names))]
    return "".join(
        "  ".join(visible(one).ljust(width) for one, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in cells
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it; amounts are texts, so that none is rounded on the way."""
    return (
        value
        if value is None or isinstance(value, bool | int | str)
        else [_plain(one) for one in value]
        if isinstance(value, list)
        else text(value)
    )


def text(value: object) -> str:
    """A value as a cell: decimals without the zeros behind, nothing for nothing."""
    from decimal import Decimal

    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else abs(value).quantize(Decimal(1)), "f")
    if isinstance(value, list):
        return "; ".join(text(one) for one in value)
    return str(value)
