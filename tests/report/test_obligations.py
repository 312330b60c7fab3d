"""What every output format owes, asked of each entry of the table: a new one cannot forget it. What it says of the gate
is in test_outcome."""

from __future__ import annotations

import io

import attrs
import pytest

from checker.core.report import Applied, Report
from checker.report import FORMATS, Style
from checker.report.redacted import redacted
from tests.report.sample import CHECKED, REPORT

HOSTILE = "\x00\x1b[31m<script>=1+1</script>|`*\u202e"
SECRET = ("1,498,945", "1498945", "9,000", "Consolidated Statements", "transposed", "Gross proffit")
SEVERAL = attrs.evolve(
    REPORT,
    documents=(
        CHECKED,
        attrs.evolve(CHECKED, applied=(Applied("house/x", 0, "Gross proffit is not reported", ("Gross profit",)),)),
    ),
)


def made(name: str, report: Report, style: Style | None = None) -> bytes:
    if lacking := FORMATS[name].lacking():
        pytest.skip(lacking)
    rendered = FORMATS[name].render(report, style or Style())
    return rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "replace")


def text(rendered: bytes) -> str:
    """What a reader finds in it, the cells of a workbook included."""
    if not rendered.startswith(b"PK"):
        return rendered.decode("utf-8", "replace")
    from openpyxl import load_workbook

    return "\n".join(
        str(cell)
        for sheet in load_workbook(io.BytesIO(rendered))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    )


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert made(name, SEVERAL) == made(name, SEVERAL)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_redacted_leaks(name: str, verbose: bool) -> None:
    said = text(made(name, redacted(SEVERAL), Style(verbose=verbose)))
    assert not [secret for secret in SECRET if secret in said]


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_without_documents_is_written_too(name: str) -> None:
    made(name, attrs.evolve(REPORT, documents=(), outcome=None))


@pytest.mark.parametrize("name", FORMATS)
def test_text_of_a_document_steers_nothing(name: str) -> None:
    figures = tuple(attrs.evolve(one, caption=HOSTILE, text=HOSTILE) for one in CHECKED.figures)
    findings = tuple(
        attrs.evolve(one, message=HOSTILE, check=attrs.evolve(one.check, relation=HOSTILE, period=HOSTILE))
        for one in CHECKED.findings
    )
    checked = attrs.evolve(
        CHECKED, figures=figures, findings=findings, source=attrs.evolve(CHECKED.source, path=HOSTILE)
    )
    rendered = made(name, attrs.evolve(REPORT, documents=(checked,)))
    if name != "csv" and not rendered.startswith(
        b"PK"
    ):  # a table for programs holds the text as it is; cells are no formulas, which test_data asks
        assert not {b"\x00", b"\x1b"} & {bytes([one]) for one in rendered}
        assert (
            name in ("json", "jsonl", "sarif", "sarif-full", "gitlab", "csv", "text", "concise", "github")
            or b"<script>=1" not in rendered
        )
