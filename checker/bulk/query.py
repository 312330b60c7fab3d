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
from checker.bulk.store import current_units, entries, made_with, parts, written_units
from checker.report.csv import cell
from checker.report.terminal import visible

_WIDEST = 60
"""Characters to which a column of a text is filled up."""

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "judgements": """
            SELECT rule, year(f.period_end) AS year, industry, verdict, f.blocks, count(*) AS count
            FROM findings f LEFT JOIN coverage USING (document, run) GROUP BY ALL
            UNION ALL SELECT rule, year, industry, 'agrees', false, agrees FROM tallies""",
        "rules": """
            WITH counted AS (
                SELECT rule, coalesce(sum(count) FILTER (verdict = 'agrees'), 0)::BIGINT AS agrees,
                       coalesce(sum(count) FILTER (verdict = 'rounding'), 0)::BIGINT AS roundings,
                       coalesce(sum(count) FILTER (verdict = 'violation'), 0)::BIGINT AS violations,
                       coalesce(sum(count) FILTER (blocks), 0)::BIGINT AS blocking
                FROM judgements GROUP BY rule),
            met AS (
                SELECT rule, sum(documents)::BIGINT AS documents FROM (
                    SELECT rule, count(DISTINCT document) AS documents FROM findings GROUP BY rule
                    UNION ALL SELECT rule, documents FROM tallies) GROUP BY rule)
            SELECT rule, agrees, roundings, violations, blocking, documents,
                   round(100 * violations / (agrees + roundings + violations), 1) AS percent
            FROM counted JOIN met USING (rule)""",
        "new_findings": "SELECT * FROM findings WHERE run = (SELECT max(run) FROM coverage)",
        "changes": """
            WITH now AS (
                SELECT path, f.* FROM findings f JOIN coverage USING (document, run) WHERE verdict <> 'agrees'),
            before AS (
                SELECT path, f.* FROM earlier_findings f JOIN earlier_coverage USING (document, run)
                WHERE verdict <> 'agrees')
            SELECT CASE WHEN b.finding IS NULL THEN 'new' WHEN n.finding IS NULL THEN 'fixed'
                        ELSE 'still' END AS change,
                   coalesce(n.path, b.path) AS path, coalesce(n.finding, b.finding) AS finding,
                   coalesce(n.rule, b.rule) AS rule, coalesce(n.period, b.period) AS period,
                   coalesce(n.verdict, b.verdict) AS verdict, coalesce(n.blocks, b.blocks) AS blocks,
                   b.difference AS before, n.difference, coalesce(n.message, b.message) AS message
            FROM now n FULL JOIN before b ON n.path = b.path AND n.finding = b.finding""",
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
"""Views beside the tables: rules by how often they hold; the findings of the last run; what does not agree, and whether
it did before the last run; facts that a later filing of the same filer reports otherwise, by more than rounding."""


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read this folder and nothing else. Unusable: it is none of a run."""
    made_with(folder)
    connection = duckdb.connect(":memory:")
    units = current_units(written_units(folder))
    connection.register(
        "units",
        pa.table(
            {
                "document": pa.array([one.key for one, _ in units], pa.string()),
                "run": pa.array([run for _, run in units], pa.int32()),
            }
        ),
    )
    connection.execute("CREATE TABLE current_tallies AS SELECT * FROM units")
    runs = {entry["run"] for entry in entries(folder)}
    for name in TABLES:
        _table(connection, folder, name, len(runs) > 1)
    _earlier(connection, folder, max(runs, default=0))
    for name, body in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {body}")
    with suppress(duckdb.Error):  # versions that do not know one of them know no such extension either
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
    connection.execute(f"SET allowed_directories = [{_quoted(str(folder.resolve()) + '/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _table(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, again: bool) -> None:
    """A table without what was done anew since. `again`: whether there was more than one run."""
    listed, kind = _listed(connection, folder, name)
    if name == "coverage" and again:  # of each path what was written down last
        connection.execute(f"CREATE TABLE current_documents AS {_LAST.format(listed)}")
    current = "current_tallies" if name == "tallies" else "current_documents"
    only = f" SEMI JOIN {current} USING (document, run)" if again else ""
    connection.execute(f"CREATE {kind} {name} AS SELECT * FROM {listed}{only}")


_LAST = (
    "SELECT document, run FROM (SELECT * FROM {0}) QUALIFY row_number() OVER (PARTITION BY path ORDER BY run DESC) = 1"
)


def _earlier(connection: duckdb.DuckDBPyConnection, folder: Path, last: int) -> None:
    """Findings and their documents as they stood before the last run."""
    coverage, findings = (_listed(connection, folder, name)[0] for name in ("coverage", "findings"))
    before = f"(SELECT * FROM {coverage} WHERE run < {last})"
    connection.execute(f"CREATE TABLE earlier_documents AS {_LAST.format(before)}")
    for name, listed in (("coverage", coverage), ("findings", findings)):
        connection.execute(
            f"CREATE VIEW earlier_{name} AS SELECT * FROM {listed} SEMI JOIN earlier_documents USING (document, run)"
        )


def _listed(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> tuple[str, str]:
    """The rows of all parts of a table, as they are asked for; and whether that is a view of files, or empty."""
    files = parts(folder, name)
    if files:
        return f"read_parquet([{', '.join(_quoted(str(Path(file).resolve())) for file in files)}])", "VIEW"
    connection.register(f"no_{name}", TABLES[name].empty_table())
    return f"no_{name}", "TABLE"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def asked(
    connection: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, object] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns of an answer, and its rows. duckdb.Error: the question is none."""
    found = connection.execute(sql, given) if given else connection.execute(sql)
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
