"""The whole run as one JSON document, schema `tieout/1`. One figure and one finding a line, so that two reports can be
compared line by line."""

from __future__ import annotations

import json

from checker.core.report import Checked, Report
from checker.report import shape
from checker.report.style import Style


def render(report: Report, style: Style) -> str:
    """The report as JSON, in ASCII, the same bytes every time."""
    return _whole(report, [shape.document(checked) for checked in report.documents])


def extracted(report: Report, style: Style) -> str:
    """The documents' figures without findings."""
    return _whole(report, [shape.extracted(checked) for checked in report.documents])


def line(checked: Checked, style: Style) -> str:
    """One document as one line of JSON."""
    return compact({"schema": shape.SCHEMA, **shape.document(checked)}) + "\n"


def compact(value: shape.Json) -> str:
    """Any value on one line."""
    return json.dumps(value, allow_nan=False)


def _whole(report: Report, documents: list[shape.Object]) -> str:
    parts = [f" {compact(name)}: {compact(value)}" for name, value in shape.head(report).items()]
    parts.append(f' "documents": {_listed([_document(one) for one in documents], " ")}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _document(document: shape.Object) -> str:
    parts = []
    for name, value in document.items():
        text = _listed([compact(item) for item in value], "   ") if isinstance(value, list) else compact(value)
        parts.append(f"   {compact(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n  }"


def _listed(items: list[str], indent: str) -> str:
    if not items:
        return "[]"
    return "[\n" + ",\n".join(f"{indent} {item}" for item in items) + f"\n{indent}]"
