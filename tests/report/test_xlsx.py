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
from checker.core.problem import Severity
from checker.core.report import Report
from checker.core.unit import Unit
from checker.report import FORMATS, Format
from checker.report.redacted import redacted
from tests.report.sample import AGREES, CHECKED, PROFIT, PROFIT_BEFORE, REPORT, VIOLATION
from tests.report.test_html import HOSTILE, hostile, only

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl, which the extra xlsx brings along")

NAMES = [
    *("Lead", "Findings", "Differences", "Waivers", "Income statement"),
    *("Untested", "Figures", "Operands", "Legend", "Rules"),
]


def workpaper(report: Report = REPORT) -> bytes:
    rendered = FORMATS["xlsx"].render(report)
    assert isinstance(rendered, bytes)
    return rendered


def book(report: Report = REPORT) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workpaper(report)))


def rows(report: Report, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their heads."""
    found = list(book(report)[name].iter_rows(values_only=True))
    at = next(at for at, row in enumerate(found) if str(row[0]) in ("Ref", "No.", "Figure", "Finding"))
    heads = [str(head) for head in found[at]]
    return [dict(zip(heads, row, strict=True)) for row in found[at + 1 :]]


def finding(report: Report, relation: str, which: int = 0) -> dict[str, object]:
    """A row of the sheet of findings, by the beginning of its relation."""
    return [one for one in rows(report, "Findings") if str(one["Relation"]).startswith(relation)][which]


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
    violated, margin, held = rows(REPORT, "Findings")
    assert violated["Verdict"] == "violation" and violated["As reported"] == 9000, (
        "what has to be looked at comes first"
    )
    assert violated["Arithmetic"] == "1,498,945 ≠ 11,534,705 - 10,044,760 = 1,489,945"
    assert (held["Left"], held["Right"], held["Difference"]) == (
        "=Figures!E8",
        "=(Figures!E4+((-1)*Figures!E6))",
        "=L6-M6",
    )
    assert margin["Right"] == "=(100*(Figures!E8/Figures!E4))"
    assert margin["Sentence"] is None or "Gross margin" in str(margin["Sentence"])


def test_functions_and_quotients_are_written_as_a_spreadsheet_knows_them() -> None:
    right = Greatest(
        (Multiply(Constant(Fraction(1, 3)), Variable("f1")), Add((Variable("f3"), Constant(Fraction(-2)))))
    )
    finding = attrs.evolve(AGREES, check=attrs.evolve(AGREES.check, right=right))
    (row,) = rows(only(attrs.evolve(CHECKED, findings=(finding,))), "Findings")
    assert row["Right"] == "=MAX(((1/3)*Figures!E4),(Figures!E6+(-2)))"


def test_a_relation_over_a_figure_that_is_not_there_has_no_formula() -> None:
    finding = attrs.evolve(AGREES, check=attrs.evolve(AGREES.check, right=Variable("gone")))
    (row,) = rows(only(attrs.evolve(CHECKED, findings=(finding,))), "Findings")
    assert row["Right"] is None and row["Difference"] is None and row["Re-performed"] is None


def test_unadjusted_differences_name_their_suspect() -> None:
    difference = rows(REPORT, "Differences")[0]
    assert (difference["Difference"], difference["Suspect"], difference["Perhaps"]) == (
        "=Findings!G4",
        "Gross profit",
        "1,489,945",
    )
    assert difference["Counted"] == 1 and "Disposition" in difference


@pytest.mark.parametrize(
    ("unit", "severity", "counted"),
    [("USD", "error", 1), ("USD", "warning", 1), ("USD", "note", 0), ("USD/share", "error", 0), ("shares", "error", 0)],
)
def test_only_money_is_added_up_and_no_note(unit: str, severity: Severity, counted: int) -> None:
    left = attrs.evolve(PROFIT_BEFORE, unit=Unit.of(unit))
    figures = tuple(left if one.id == left.id else one for one in VIOLATION.check.figures)
    found = attrs.evolve(VIOLATION, severity=severity, check=attrs.evolve(VIOLATION.check, figures=figures))
    (row,) = rows(only(attrs.evolve(CHECKED, findings=(found,))), "Differences")
    assert row["Counted"] == counted


def test_a_difference_in_no_statement_is_added_up_elsewhere() -> None:
    figures = tuple(attrs.evolve(one, statement=None) for one in VIOLATION.check.figures)
    found = attrs.evolve(VIOLATION, check=attrs.evolve(VIOLATION.check, figures=figures))
    report = only(attrs.evolve(CHECKED, findings=(found,)))
    (row,) = rows(report, "Differences")
    sums = {str(one[0]): one[4] for one in book(report)["Differences"].iter_rows(values_only=True) if one[0]}
    assert row["Statement"] == "other table" and '<>"balance sheet"' in str(sums["of these elsewhere"])


def test_a_long_relation_that_agrees_is_shortened_on_paper_and_stands_in_full_beside_it() -> None:
    long = "Gross profit = " + " + ".join(f"revenues of the segment number {at}" for at in range(30))
    agreed, wrong = (
        attrs.evolve(one, check=attrs.evolve(one.check, relation=long, reads="")) for one in (AGREES, VIOLATION)
    )
    report = only(attrs.evolve(CHECKED, findings=(agreed, wrong)))
    first, second = rows(report, "Findings")
    assert (first["Relation"], first["In full"]) == (long, None), "what is wrong is never shortened"
    assert str(second["Relation"]).endswith(" …") and second["In full"] == long
    sheet = book(report)["Findings"]
    assert sheet.print_area.split("$")[3] == "K" and sheet["R3"].value == "In full"


def test_a_long_title_makes_no_sheet_of_statements_broader(tmp_path: Path) -> None:
    long = "Balance Sheets of the group and of all that it holds, " * 8
    sheet = laid_out(SMALL.replace("Consolidated Balance Sheets", long.strip()), tmp_path).worksheets[4]
    last = sheet.print_area.split("$")[3]
    assert openpyxl.utils.column_index_from_string(last) == len(sheet.column_dimensions)


def test_a_difference_that_two_figures_explain_only_together_names_both() -> None:
    (suspect,) = VIOLATION.suspects
    pair = attrs.evolve(VIOLATION, suspects=(attrs.evolve(suspect, together=("f4", "f2")),))
    (difference,) = rows(only(attrs.evolve(CHECKED, findings=(pair,))), "Differences")
    assert difference["Together with"] == "Revenues 11,534,705; Cost of revenues 10,044,760"
    assert rows(REPORT, "Differences")[0]["Together with"] is None


def test_figures_of_a_second_document_are_its_own() -> None:
    findings = rows(attrs.evolve(REPORT, documents=(CHECKED, CHECKED)), "Findings")
    assert findings[2]["Left"] == "=Figures!E8" and findings[5]["Left"] == "=Figures!E15"


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
    ours = ("=Figures!E", "=(", "=L", "=IF(", "=SUMPRODUCT(", "=Findings!G", "=B")
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


# ---- statements ------------------------------------------------------------------------------------------------------


def laid_out(text: str, tmp_path: Path, *options: str) -> openpyxl.Workbook:
    """The workpaper of a small release, as the command writes it."""
    from checker.cli import run

    (tmp_path / "release.md").write_text(text, encoding="utf-8")
    out = tmp_path / "paper.xlsx"
    run(["check", str(tmp_path / "release.md"), "--quiet", "--output", f"xlsx:{out}", *options])
    return openpyxl.load_workbook(out)


SMALL = """
Consolidated Balance Sheets
(in thousands)

| | March 31, 2024 | March 31, 2023 |
|---|---|---|
| Cash | 1,210 | 1,100 |
| Inventory | 2,345 | 2,020 |
| Receivables | 5,432 | 5,111 |
| Total current assets | 8,987 | 8,231 |
| Equipment | 4,001 | 3,900 |
| Total assets | 12,988 | 12,311 |
"""


def test_a_statement_stands_as_laid_out_with_its_marks_and_totals_that_are_formulas(tmp_path: Path) -> None:
    sheet = laid_out(SMALL, tmp_path)["Balance sheet"]
    cells = {str(row[0].value): row for row in sheet.iter_rows(min_row=6) if row[0].value}
    assert cells["Cash"][1].value == "=Figures!E4/1000" and "F" in str(cells["Cash"][2].value)
    assert cells["Total current assets"][1].value == "=B6+B7+B8"
    assert cells["Total assets"][1].value == "=B9+B10"
    assert str(cells["Total assets"][3].value).startswith("=Figures!E"), "what does not foot is what is printed"
    assert "✗" in str(cells["Total assets"][4].value) and "finding 1" in str(cells["Total assets"][5].value)


def test_every_link_leads_to_a_cell_that_holds_something(tmp_path: Path) -> None:
    found = laid_out(SMALL, tmp_path)
    links = [(sheet.title, cell) for sheet in found for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert {one for one, _ in links} >= {"Lead", "Findings", "Differences", "Balance sheet", "Figures", "Operands"}
    for _, cell in links:
        name, _, at = str(cell.hyperlink.location).rpartition("!")
        assert found[name.strip("'")][at].value not in (None, ""), cell.coordinate


def test_a_page_says_whose_paper_it_is_and_how_many_there_are(tmp_path: Path) -> None:
    found = laid_out(SMALL, tmp_path, "--client", "Smith & Sons", "--reference", "B-12")
    assert ("Client", "Smith & Sons") in list(found["Lead"].iter_rows(max_col=2, values_only=True))
    for sheet in found:
        assert sheet.oddFooter.left.text == "Client: Smith && Sons   Reference: B-12"
        assert sheet.oddFooter.center.text == f"release.md · {sheet.title}"
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_client_is_left_out_of_what_leaves_the_house(tmp_path: Path) -> None:
    found = laid_out(SMALL, tmp_path, "--client", "Smith and Sons", "--redact")
    text = [str(cell.value) for sheet in found for row in sheet.iter_rows() for cell in row]
    assert not any("Smith" in one for one in text) and "Smith" not in str(found["Lead"].oddFooter.left.text)


def test_each_cause_is_counted_once_and_disposed_of_from_a_list(tmp_path: Path) -> None:
    wrong = SMALL.replace("8,987", "8,978").replace("12,311", "12,131")
    sheet = laid_out(wrong, tmp_path, "--materiality", "1000")["Differences"]
    said = {str(row[0]): row[4] for row in sheet.iter_rows(max_row=13, values_only=True) if row[0]}
    assert said["Materiality"] == 1000 and str(said["Left, against materiality"]).startswith("=IF(ISNUMBER(")
    listed = list(sheet.iter_rows(min_row=14, values_only=True))
    assert len(listed) == 2 and sorted(row[5] for row in listed) == [0, 1], "two relations, one wrong figure"
    assert [one.formula1 for one in sheet.data_validations.dataValidation] == ['"adjust,pass,waive"']


def test_what_somebody_accepted_stands_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    wrong = SMALL.replace("12,311", "12,131").replace("8,987", "8,978")
    waivers = tmp_path / "waivers.toml"
    waivers.write_text(
        '[[waiver]]\nrule = "*"\ndocument = "release.md"\nreason = "as restated"\napprover = "JD"\n'
        "expires = 2026-09-30\ndifference = -9000\n"
    )
    found = laid_out(wrong, tmp_path, "--waivers", str(waivers), "--today", "2026-07-01")
    (row,) = [row for row in found["Waivers"].iter_rows(min_row=4, values_only=True) if row[0]]
    assert (row[1], row[5], row[6]) == ("waiver", "as restated", "JD") and str(row[4]).startswith("=Findings!G")
    disposed = [row[10] for row in found["Differences"].iter_rows(min_row=14, values_only=True)]
    assert "waive" in disposed


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


def calculated(office: str, paper: Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice shows it after it has calculated all anew."""
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    folder = paper.parent
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", every]
    subprocess.run([*command, "--outdir", str(folder), str(paper)], check=True, capture_output=True, timeout=180)
    found = {}
    for one in sorted(folder.glob(f"{paper.stem}-*.csv")):
        with open(one, encoding="utf-8", newline="") as file:
            found[one.stem.removeprefix(f"{paper.stem}-")] = list(csv.reader(file))
    return found


@pytest.mark.long
def test_libreoffice_comes_to_the_reported_differences(office: str, tmp_path: Path) -> None:
    (tmp_path / "paper.xlsx").write_bytes(workpaper())
    findings = calculated(office, tmp_path / "paper.xlsx")["Findings"][3:]
    assert [row[7] for row in findings] == ["yes", "yes", "yes"]
    assert {"0", "9000"} <= {row[6] for row in findings}


@pytest.mark.long
def test_statements_foot_again_in_libreoffice_and_differences_are_held_against_materiality(
    office: str, tmp_path: Path
) -> None:
    wrong = SMALL.replace("8,987", "8,978").replace("12,311", "12,131")
    laid_out(wrong, tmp_path, "--materiality", "1000")
    found = calculated(office, tmp_path / "paper.xlsx")
    shown = {row[0]: (row[1], row[3]) for row in found["Balance sheet"] if len(row) > 3}
    assert shown["Total current assets"] == ("8978", "8231") and shown["Total assets"] == ("12988", "12131")
    said = {row[0]: row[4] for row in found["Differences"] if row[0]}
    assert said["Sum of all"] == "9000" and said["of these in the balance sheet"] == "9000"
    assert said["of these elsewhere"] == "0"
    assert said["Left, against materiality"] == "above materiality"
    assert not any(cell.startswith(("#", "Err:")) for sheet in found.values() for row in sheet for cell in row)
