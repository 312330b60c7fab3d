"""Workbooks as their sheets show them: figures as formatted, at their cells; what nobody sees is said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checker.core.figure import Figure
from checker.extract import extract
from checker.read import read


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(rows: list[list[object]], code: str = "#,##0_);(#,##0)", name: str = "Operations") -> Workbook:
    book = Workbook()
    page = book.worksheets[0]
    page.title = name
    fill(page, rows, code)
    return book


def fill(page: Worksheet, rows: list[list[object]], code: str = "#,##0_);(#,##0)") -> None:
    for row in rows:
        page.append(row)
    for cells in page.iter_rows():
        for cell in cells:
            if isinstance(cell.value, int | float) and not (1990 < cell.value < 2100):
                cell.number_format = code


ROWS: list[list[object]] = [
    ["Consolidated Statements of Operations (in thousands)"],
    [None, 2013, 2012],
    ["Revenues", 1610, 1530],
    ["Cost of revenues", 1170, 1040],
    ["Gross profit", 440, 490],
    ["Other expense", -25, -5],
]


def figures(content: bytes) -> list[Figure]:
    return [figure for figure in extract(read("a.xlsx", content)).figures if figure.origin == "table"]


def test_figures_are_those_shown_at_their_cells() -> None:
    found = figures(saved(sheet_of(ROWS)))
    assert [str(one.value) for one in found] == [
        "1610000",
        "1530000",
        "1170000",
        "1040000",
        "440000",
        "490000",
        "-25000",
        "-5000",
    ]
    assert found[-1].text == "(5)"
    assert (found[4].place.sheet, found[4].place.cell) == ("Operations", "B5")
    assert {str(one.step) for one in found} == {"1000"}
    assert {one.period.text for one in found if one.period} == {"2013", "2012"}


def test_a_format_in_thousands_shows_thousands() -> None:
    rows = [
        [cell * 1000 + 234 if isinstance(cell, int) and not 1990 < cell < 2100 else cell for cell in row]
        for row in ROWS
    ]
    found = figures(saved(sheet_of(rows, "#,##0,_);(#,##0,)")))
    assert [str(one.value) for one in found[:2]] == ["1610000", "1530000"] and found[0].text == "1,610"


def test_what_is_hidden_is_left_out_and_said() -> None:
    book = sheet_of([*ROWS[:4], ["Write-downs", 7, 8], *ROWS[4:]])
    page = book.worksheets[0]
    page.row_dimensions[5].hidden = True
    page.column_dimensions["C"].hidden = True
    fill(book.create_sheet("Working"), ROWS)
    book["Working"].sheet_state = "veryHidden"
    document = read("a.xlsx", saved(book))
    [problem] = document.problems
    assert (problem.code, problem.severity) == ("R182", "warning")
    assert "the sheet Working" in problem.message and "row 5 and column C of Operations" in problem.message
    assert {(one.place.cell or "")[0] for one in extract(document).figures} == {"B"}
    assert "7" not in {one.text for one in extract(document).figures}


def test_a_formula_without_a_value_is_never_clean() -> None:
    rows = [*ROWS[:4], ["Gross profit", "=B3-B4", "=C3-C4"]]
    [problem] = [one for one in read("a.xlsx", saved(sheet_of(rows))).problems if one.severity == "error"]
    assert problem.code == "R183" and problem.place is not None and problem.place.cell == "B5"


def test_several_tables_of_one_sheet_are_told_apart_by_their_heads() -> None:
    below: list[list[object]] = [
        [],
        [],
        ["Balance Sheets (in millions)"],
        [None, "2013", "2012"],
        ["Cash", 12, 13],
        [],
        ["Debt", 5, 6],
        [],
        ["See the notes."],
    ]
    found = extract(read("a.xlsx", saved(sheet_of([*ROWS, *below]))))
    assert [len(statement.figures) for statement in found.statements] == [8, 4]
    assert [figure.value for figure in found.statements[1].figures][:1] == [12_000_000]
    assert [one.text for one in found.paragraphs][-1] == "See the notes."


def test_merged_heads_stand_over_their_columns() -> None:
    rows: list[list[object]] = [
        [
            "CONSOLIDATED STATEMENTS OF OPERATIONS - USD ($) shares in Thousands, $ in Millions",
            "3 Months Ended",
            None,
            "6 Months Ended",
            None,
        ],
        [None, "Mar. 31, 2013", "Mar. 31, 2012", "Mar. 31, 2013", "Mar. 31, 2012"],
        ["Net sales", 95, 90, 219, 210],
        ["Cost of sales", 50, 48, 116, 113],
        ["Gross margin", 45, 42, 103, 97],
        ["Basic (in shares)", 14994, 15405, 15037, 15457],
    ]
    book = sheet_of(rows, '_("$ "#,##0_);_("$ "(#,##0)', "CONSOLIDATED STATEMENTS OF OPER")
    page = book.worksheets[0]
    for block in ("B1:C1", "D1:E1", "A1:A2"):
        page.merge_cells(block)
    for cell in page[6][1:]:
        cell.number_format = "#,##0_);(#,##0)"
    found = figures(saved(book))
    assert [str(one.value) for one in found[:4]] == ["95000000", "90000000", "219000000", "210000000"]
    assert (
        found[0].text.strip("$ ") == "95"
        and found[0].period is not None
        and found[0].period.text == "3 Months Ended Mar. 31, 2013"
    )
    assert (str(found[-1].unit), str(found[-1].value)) == ("shares", "15457000")


def test_a_mark_of_a_note_is_no_digit() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    raised = CellRichText("1,610", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    rows = [list(row) for row in ROWS]
    rows[2][1] = raised
    assert figures(saved(sheet_of(rows)))[0].text == "1,610"


@pytest.mark.parametrize("end", [30, 200, 2000, -400, -30, -1])
def test_a_truncated_workbook_is_said(end: int) -> None:
    content = saved(sheet_of(ROWS))[:end]
    assert any(problem.severity == "error" for problem in read("a.xlsx", content).problems)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(sheet_of(ROWS)))) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            body = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                laughs = (
                    b'<!DOCTYPE x [<!ENTITY a "ha">'
                    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
                    + b"]>"
                )
                body = laughs + body[body.index(b"<worksheet") :]
            made.writestr(name, body)
    problems = read("a.xlsx", out.getvalue()).problems
    assert any(problem.code == "R180" and "document type" in problem.message for problem in problems)
