"""One document a line, each a JSON object with its schema, so that a reader can begin before the run has ended."""

from __future__ import annotations

from checker.core.report import Checked, Report
from checker.report import json
from checker.report.style import Style


def render(report: Report, style: Style) -> str:
    """Every document of the report, a line each, in input order."""
    return "".join(piece(checked, style) for checked in report.documents)


def piece(checked: Checked, style: Style) -> str:
    """One document as its line."""
    return json.line(checked, style)
