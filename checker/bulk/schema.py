"""The one documented shape of what a run writes: four tables of Parquet, the same for documents and for typed facts.
Fields may be added, none is renamed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

NAME = "tieout-bulk/1"
"""What the manifest calls the schema."""

DIGITS, DECIMALS = 38, 10
"""Of the amounts: whole ones up to 28 digits, and ten decimals. What does not fit stands exactly, as text, in the
column beside it."""

AMOUNT = pa.decimal128(DIGITS, DECIMALS)


_KEY = (pa.field("document", pa.string(), False), pa.field("run", pa.int32(), False))

COVERAGE = pa.schema(
    [
        *_KEY,
        ("path", pa.string()),
        ("sha256", pa.string()),
        ("format", pa.string()),
        ("size", pa.int64()),
        ("status", pa.int16()),
        ("reasons", pa.list_(pa.string())),
        ("figures", pa.int32()),
        ("agreed", pa.int32()),
        ("rounding", pa.int32()),
        ("violated", pa.int32()),
        ("untested", pa.int32()),
        ("loosely_tested", pa.int32()),
        ("agrees", pa.int32()),
        ("roundings", pa.int32()),
        ("violations", pa.int32()),
        ("notes", pa.int32()),
        ("not_applicable", pa.int32()),
        ("blocking", pa.int32()),
        ("sentence_amounts", pa.int32()),
        ("sentence_amounts_tied", pa.int32()),
        ("filer", pa.string()),
        ("filer_name", pa.string()),
        ("industry", pa.string()),
        ("form", pa.string()),
        ("filed", pa.date32()),
        ("period_end", pa.date32()),
        ("digest", pa.string()),
    ]
)
"""One row a document or filing: what it is, what the gate says of it, and how much was tested."""

FIGURES = pa.schema(
    [
        *_KEY,
        ("figure", pa.string()),
        ("text", pa.string()),
        ("value", AMOUNT),
        ("value_exact", pa.string()),
        ("rounded_to", AMOUNT),
        ("unit", pa.string()),
        ("caption", pa.string()),
        ("section", pa.string()),
        ("statement", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("period_months", pa.int16()),
        ("origin", pa.string()),
        ("concept", pa.string()),
        ("segment", pa.string()),
        ("status", pa.string()),
        ("noticed_from", AMOUNT),
        ("head", pa.string()),
        ("line", pa.int32()),
        ("column", pa.int32()),
        ("table", pa.int32()),
        ("row", pa.int32()),
        ("table_column", pa.int32()),
    ]
)
"""One row a printed number or a fact."""

FINDINGS = pa.schema(
    [
        *_KEY,
        ("finding", pa.string()),
        ("rule", pa.string()),
        ("relation", pa.string()),
        ("reads", pa.string()),
        ("basis", pa.string()),
        ("period", pa.string()),
        ("period_end", pa.date32()),
        ("segment", pa.string()),
        ("verdict", pa.string()),
        ("severity", pa.string()),
        ("unlikely", pa.bool_()),
        ("blocks", pa.bool_()),
        ("left", AMOUNT),
        ("right", AMOUNT),
        ("difference", AMOUNT),
        ("difference_exact", pa.string()),
        ("allowance", AMOUNT),
        ("units_of_last_place", AMOUNT),
        ("figures", pa.list_(pa.string())),
        ("line", pa.int32()),
        ("suspect", pa.string()),
        ("proposed", pa.string()),
        ("cause", pa.string()),
        ("message", pa.string()),
        ("unlicensed", pa.string()),
    ]
)
"""One row a judgement: agrees, rounding or violation. What is not applicable is counted in the coverage."""

PROBLEMS = pa.schema(
    [
        *_KEY,
        ("code", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("line", pa.int32()),
        ("column", pa.int32()),
        ("help", pa.string()),
    ]
)
"""One row for each trouble with a document."""

TALLIES = pa.schema(
    [
        *_KEY,
        ("rule", pa.string()),
        ("year", pa.int16()),
        ("industry", pa.string()),
        ("agrees", pa.int64()),
        ("documents", pa.int64()),
    ]
)
"""Agreements of filings that are only counted (`--keep told`): by rule, year of the period and industry. `document` is
the key of the filings that were judged together; `documents`, in the first row of a rule, those of which no finding of
the rule is kept.
"""

TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {"coverage": COVERAGE, "figures": FIGURES, "findings": FINDINGS, "problems": PROBLEMS, "tallies": TALLIES}
)
