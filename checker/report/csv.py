"""Tables for spreadsheets: the findings of a run, or the figures of a document. Cells that a spreadsheet would run as a
formula are made text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from checker.algebra.notation import decimal
from checker.core.finding import Finding
from checker.core.report import Report
from checker.report.amounts import plain
from checker.report.arithmetic import arithmetic
from checker.report.places import Places
from checker.report.stories import partners
from checker.report.style import Style
from checker.report.words import accounts, answered, weakening

FINDINGS = (
    "path",
    "rule",
    "relation",
    "period",
    "verdict",
    "severity",
    "unlikely",
    "left",
    "right",
    "difference",
    "allowance",
    "units_of_last_place",
    "arithmetic",
    "line",
    "suspect",
    "proposed",
    "cause",
    "together",
    "reason",
    "message",
    "id",
    "waived",
    "segment",
    "blocks",
    "where",
)
"""After the findings of a document each house rule has a row that says what became of it, and one row says what the
gate decided: their verdicts are `house rule` and `outcome`."""
FIGURES = (
    "path",
    "id",
    "text",
    "value",
    "rounded_to",
    "unit",
    "caption",
    "under",
    "statement",
    "period_start",
    "period_end",
    "period_months",
    "period",
    "origin",
    "line",
    "column",
    "span_start",
    "span_end",
    "status",
    "table",
    "row",
    "table_column",
    "head",
    "form",
    "scale",
    "additive",
    "why",
    "edited",
    "where",
)


def render(report: Report, style: Style) -> str:
    """One row a finding."""
    return written(FINDINGS, _findings(report))


def extracted(report: Report, style: Style) -> str:
    """One row a figure."""
    return written(FIGURES, _figures(report))


def cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula; plain numbers stay
    numbers."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its heads, no cell of which is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([cell(text) for text in row])
    return out.getvalue()


def _findings(report: Report) -> Iterable[Sequence[str]]:
    for checked in report.documents:
        places = Places(checked)
        yield from (_finding(one, checked.source.path, places) for one in checked.findings)
        for rule, account in accounts(checked):
            row = {"path": checked.source.path, "rule": rule, "verdict": "house rule", "message": account}
            yield [row.get(name, "") for name in FINDINGS]
        if checked.outcome is not None:
            said = "; ".join(one for one in (answered(checked.outcome), weakening(checked.outcome)) if one)
            told, holds = f"status {checked.outcome.status}: {said}", _word(not checked.outcome.passed)
            values = {"path": checked.source.path, "verdict": "outcome", "message": told, "blocks": holds}
            yield [values.get(name, "") for name in FINDINGS]


def _finding(one: Finding, path: str, places: Places) -> Sequence[str]:
    """The row of one finding."""
    check, figures = one.check, places.figures
    amounts = [
        "" if value is None else decimal(value)
        for value in (one.left, one.right, one.difference, one.allowance, one.units_of_last_place)
    ]
    suspect = next((suspect for suspect in one.suspects[:1] if suspect.figure in figures), None)
    return [
        *(
            path,
            check.rule,
            check.relation,
            check.period,
            one.verdict,
            one.severity or "",
            _word(one.unlikely),
        ),
        *amounts,
        arithmetic(check),
        str(check.figures[0].place.line) if check.figures else "",
        *(
            (
                figures[suspect.figure].text,
                suspect.proposed,
                suspect.cause,
                "; ".join(partners(suspect, figures)),
            )
            if suspect
            else ("", "", "", "")
        ),
        *(
            one.reason or "",
            one.message,
            one.id,
            f"{one.waived.source}: {one.waived.reason}" if one.waived else "",
            check.segment,
        ),
        *(_word(one.blocks), places.where(check.figures[0]) if check.figures else ""),
    ]


def _figures(report: Report) -> Iterable[Sequence[str]]:
    for checked in report.documents:
        places = Places(checked)
        stands = {
            one.id: (str(statement.index), str(line.index), str(column))
            for statement in checked.statements
            for line in statement.lines
            for column, one in enumerate(line.figures)
            if one is not None
        }
        for one in checked.figures:
            table, row, column = stands.get(one.id, ("", "", ""))
            coverage = checked.coverage.get(one.id)
            period = one.period
            yield [
                *(
                    checked.source.path,
                    one.id,
                    one.text,
                    "" if one.value is None else plain(one.value),
                    plain(one.step),
                    str(one.unit),
                    one.caption,
                ),
                *("; ".join(one.under), one.statement or ""),
                *(
                    (str(period.start or ""), str(period.end or ""), str(period.months or ""), period.text)
                    if period
                    else ("", "", "", "")
                ),
                *(
                    one.origin,
                    str(one.place.line),
                    str(one.place.column),
                    str(one.place.span[0]),
                    str(one.place.span[1]),
                ),
                *(
                    coverage.status if coverage else "untested",
                    table,
                    row,
                    column,
                    one.head,
                    one.form,
                    plain(one.scale),
                ),
                *(_word(one.additive), "; ".join(one.why), _word(one.edited), places.where(one)),
            ]


def _word(value: bool) -> str:
    return "true" if value else "false"
