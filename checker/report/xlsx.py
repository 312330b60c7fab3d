"""The workpaper: a workbook with a lead sheet, every figure with its tick marks, and findings whose formulas perform
the arithmetic again.

Needs openpyxl (the extra `xlsx`). Text of a document is text: no cell of it is ever a formula. The archive bears fixed
times, so that the same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from checker.core.report import Report
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.xlsx_sheets import Formula, Sheet, sheets

_EPOCH = datetime(1980, 1, 1)
"""The first moment an archive can name."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MOST_TEXT = 32_000
"""Characters of a cell: Excel takes 32,767."""
_FACE = "Calibri"
_PLAIN, _BOLD, _TITLE, _SOFT = (
    Font(_FACE),
    Font(_FACE, bold=True),
    Font(_FACE, 14, bold=True),
    Font(_FACE, color="FF555B66"),
)
_FILLS = {
    "violated": PatternFill("solid", fgColor="FFFDECEB"),
    "violation": PatternFill("solid", fgColor="FFFDECEB"),
    "rounding": PatternFill("solid", fgColor="FFFFF4D6"),
    "untested": PatternFill("lightUp", fgColor="FFB8BCC4"),
}
_UNDER = Border(bottom=Side(style="thin", color="FF1C1F24"))
_LEFT, _RIGHT = Alignment(horizontal="left", indent=1), Alignment(horizontal="right")
_LEFT_HEAD = Alignment(horizontal="left", indent=1, wrap_text=True, vertical="bottom")
_RIGHT_HEAD = Alignment(horizontal="right", wrap_text=True, vertical="bottom")
_ENTRY = Border(bottom=Side(style="hair", color="FF1C1F24"))


def render(report: Report, style: Style) -> bytes:
    """The report as one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(report):
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.creator = f"tieout {visible(report.version)}"
    book.properties.created = _EPOCH
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(archive: bytes) -> bytes:
    """The same archive with fixed times, inside and out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            written.writestr(entry, content)
    return out.getvalue()


# ---- one sheet -------------------------------------------------------------------------------------------------------


def _fill(page: Worksheet, sheet: Sheet) -> None:
    """Titles, heads and rows, with the widths they need."""
    right = [_right(sheet, column) for column in range(1, len(sheet.heads) + 1)]
    at = 1
    for line in sheet.titles:
        cell = _cell(page, at, 1)
        _write(cell, line)
        cell.font = _TITLE if at == 1 else _SOFT
        at += 1
    if sheet.heads:
        for column, head in enumerate(sheet.heads, 1):
            cell = _cell(page, at, column)
            _write(cell, head)
            cell.font, cell.border, cell.alignment = _BOLD, _UNDER, _RIGHT_HEAD if right[column - 1] else _LEFT_HEAD
        page.freeze_panes = f"A{at + 1}"
        page.auto_filter.ref = f"A{at}:{get_column_letter(len(sheet.heads))}{at + len(sheet.rows)}"
        page.print_title_rows = f"{at}:{at}"
    for number, row in enumerate(sheet.rows, at + 1):
        _row(page, number, row, (sheet, right))
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _row(page: Worksheet, number: int, row: Sequence[object], of: tuple[Sheet, Sequence[bool]]) -> None:
    """One row of a sheet, of which it is known what columns hold amounts."""
    sheet, right = of
    fill = (
        next((_FILLS[word] for word in row if isinstance(word, str) and word in _FILLS), None) if sheet.heads else None
    )
    for column, value in enumerate(row, 1):
        cell = _cell(page, number, column)
        _write(cell, value)
        cell.font = _PLAIN if sheet.heads or column > 1 else _BOLD
        if sheet.heads:
            cell.alignment = _RIGHT if right[column - 1] else _LEFT
        if fill is not None:
            cell.fill = fill
        if sheet.entries and column == 2 and value == "":
            cell.border = _ENTRY


def _right(sheet: Sheet, column: int) -> bool:
    """Whether a column holds amounts, as numbers or as printed."""
    first = next(
        (row[column - 1] for row in sheet.rows if len(row) >= column and row[column - 1] not in (None, "")), None
    )
    return sheet.heads[column - 1] == "As printed" or isinstance(first, (int, Decimal, Fraction, Formula))


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell), "no cell of ours is merged into another"
    return cell


def _write(cell: Cell, value: object) -> None:
    """A value of its own kind: what is not said to be a formula is none."""
    match value:
        case Formula(text):
            cell.value = text
            cell.number_format = "#,##0.######;(#,##0.######);0"
        case Decimal() | Fraction() | int():
            _number(cell, Fraction(value))
        case str():
            text = _ESCAPE.sub("_x005F_", visible(value))[:_MOST_TEXT]
            cell.value = text
            cell.data_type = "s"
            if text.startswith(_FORMULAS):
                cell.quotePrefix = True


def _number(cell: Cell, value: Fraction) -> None:
    """A number, as far as a spreadsheet holds it exactly; else its digits as text."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    if len(text.strip("-0.").replace(".", "")) > 15 and value.denominator == 1:
        cell.value, cell.data_type = text, "s"
        return
    decimals = min(len(text.partition(".")[2]), 6)
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    cell.value = Decimal(text)
    cell.number_format = f"{shown};({shown});{'0' if not decimals else '0.' + '0' * decimals}"
