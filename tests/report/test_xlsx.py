"""The workpaper: formulas that come to what was reported, text that stays text, the same bytes every time."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from checker.core.expression import Add, Constant, Greatest, Multiply, Variable
from checker.core.report import Report
from checker.report import FORMATS, Format
from checker.report.redacted import redacted
from tests.report.sample import AGREES, CHECKED, PROFIT, REPORT, VIOLATION
from tests.report.test_html import HOSTILE, hostile, only

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, which the extra xlsx brings along")

NAMES = ["Lead", "Figures", "Findings", "Operands", "Differences", "Untested", "Legend"]


def workpaper(report: Report = REPORT) -> bytes:
    rendered = FORMATS["xlsx"].render(report)
    assert isinstance(rendered, bytes)
    return rendered


def book(report: Report = REPORT) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workpaper(report)))


def rows(report: Report, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their heads."""
    found = list(book(report)[name].iter_rows(min_row=2, values_only=True))
    heads = [str(head) for head in found[0]]
    return [dict(zip(heads, row, strict=True)) for row in found[1:]]


def test_it_has_the_sheets_of_a_workpaper() -> None:
    assert book().sheetnames == NAMES


def test_the_lead_sheet_says_what_was_checked_and_leaves_room_to_sign() -> None:
    lead = [(one, two) for one, two in book()["Lead"].iter_rows(max_col=2, values_only=True) if one]
    assert ("SHA-256", "5" * 64) in lead and ("SHA-256 of all rules", "a" * 64) in lead
    assert {"Prepared by", "Reviewed by", "Date"} <= {one for one, two in lead if not two}
    assert ("Override or skip", "skip us-gaap/bank/*: not a bank") in lead


def test_every_figure_has_a_reference_an_amount_and_its_marks() -> None:
    figures = rows(REPORT, "Figures")
    assert [one["Ref"] for one in figures] == [f"F{number}" for number in range(1, 8)]
    assert figures[0]["Amount"] == 16168421 and figures[0]["Tick marks"] == "F" and figures[1]["Status"] == "violated"
    assert figures[6]["Amount"] == 27.4


def test_findings_perform_their_arithmetic_from_the_sheet_of_figures() -> None:
    first, second, third = rows(REPORT, "Findings")
    assert (first["Left"], first["Right"], first["Difference"]) == (
        "=Figures!I7",
        "=(Figures!I3+((-1)*Figures!I5))",
        "=H3-I3",
    )
    assert second["As reported"] == 9000 and third["Right"] == "=(100*(Figures!I7/Figures!I3))"


def test_functions_and_quotients_are_written_as_a_spreadsheet_knows_them() -> None:
    right = Greatest(
        (Multiply(Constant(Fraction(1, 3)), Variable("f1")), Add((Variable("f3"), Constant(Fraction(-2)))))
    )
    finding = attrs.evolve(AGREES, check=attrs.evolve(AGREES.check, right=right))
    (row,) = rows(only(attrs.evolve(CHECKED, findings=(finding,))), "Findings")
    assert row["Right"] == "=MAX(((1/3)*Figures!I3),(Figures!I5+(-2)))"


def test_a_relation_over_a_figure_that_is_not_there_has_no_formula() -> None:
    finding = attrs.evolve(AGREES, check=attrs.evolve(AGREES.check, right=Variable("gone")))
    (row,) = rows(only(attrs.evolve(CHECKED, findings=(finding,))), "Findings")
    assert row["Right"] is None and row["Difference"] is None


def test_unadjusted_differences_name_their_suspect() -> None:
    difference = rows(REPORT, "Differences")[0]
    assert (difference["Difference"], difference["Suspect"], difference["Perhaps"]) == (
        9000,
        "Gross profit",
        "1,489,945",
    )
    assert "Disposition" in difference


def test_a_difference_that_two_figures_explain_only_together_names_both() -> None:
    (suspect,) = VIOLATION.suspects
    pair = attrs.evolve(VIOLATION, suspects=(attrs.evolve(suspect, together=("f4", "f2")),))
    (difference,) = rows(only(attrs.evolve(CHECKED, findings=(pair,))), "Differences")
    assert difference["Together with"] == "Revenues 11,534,705; Cost of revenues 10,044,760"
    assert rows(REPORT, "Differences")[0]["Together with"] is None


def test_figures_of_a_second_document_are_its_own() -> None:
    findings = rows(attrs.evolve(REPORT, documents=(CHECKED, CHECKED)), "Findings")
    assert findings[0]["Left"] == "=Figures!I7" and findings[3]["Left"] == "=Figures!I14"


def test_an_amount_too_long_for_a_spreadsheet_is_kept_as_text() -> None:
    figures = tuple(
        attrs.evolve(one, value=Decimal("12345678901234567890")) if one is PROFIT else one for one in CHECKED.figures
    )
    amounts = [one["Amount"] for one in rows(only(attrs.evolve(CHECKED, figures=figures)), "Figures")]
    assert "12345678901234567890" in amounts


@pytest.mark.parametrize(
    "text", [*HOSTILE, '=HYPERLINK("x";"y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "_x0041_", "x" * 40_000]
)
def test_text_of_a_document_is_never_a_formula(text: str) -> None:
    ours = ("=Figures!I", "=(", "=H", "=IF(ABS(")
    for sheet in book(hostile(text)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith(ours), cell.coordinate
                assert (
                    cell.data_type == "f" or not str(cell.value or "").startswith(("=", "+", "@")) or cell.quotePrefix
                )


def test_the_same_report_gives_the_same_bytes_with_fixed_times() -> None:
    archive = workpaper()
    assert archive == workpaper()
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z</dcterms:modified>" in found.read("docProps/core.xml")


def test_a_redacted_workpaper_holds_no_amount_and_no_caption() -> None:
    with zipfile.ZipFile(io.BytesIO(workpaper(redacted(REPORT)))) as found:
        content = b"".join(found.read(name) for name in found.namelist())
    for secret in (b"16168421", b"16,168,421", b"<t>Revenues<", b"Three Months", b"1,489,945"):
        assert secret not in content


def test_without_its_package_the_format_says_what_to_install() -> None:
    lacking = Format("xlsx", "", lambda report, style: b"", needs="a_package_nobody_has")
    assert lacking.lacking() == "the format xlsx needs a_package_nobody_has: pip install 'tieout[xlsx]'"
    with pytest.raises(ModuleNotFoundError, match=r"tieout\[xlsx\]"):
        lacking.render(REPORT)


def test_nobody_who_asks_for_another_format_loads_it() -> None:
    code = (
        "import sys; from checker.report import FORMATS; import checker.report.html; sys.exit('openpyxl' in "
        "sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.fixture(scope="session")
def office() -> str:
    named = os.environ.get("TIEOUT_SOFFICE") or shutil.which("soffice")
    if not named:
        pytest.skip("needs LibreOffice: install it, or name it in TIEOUT_SOFFICE")
    return named


@pytest.mark.long
def test_libreoffice_comes_to_the_reported_differences(office: str, tmp_path: Path) -> None:
    (tmp_path / "paper.xlsx").write_bytes(workpaper())
    third = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    command = [
        office,
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
        "--convert-to",
        third,
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "paper.xlsx")], check=True, capture_output=True, timeout=120)
    with open(tmp_path / "paper-Findings.csv", encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))[2:]
    assert [row[12] for row in found] == ["yes", "yes", "yes"]
    assert [row[9] for row in found[:2]] == ["0", "9000"]
