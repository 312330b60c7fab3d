"""Workbooks made for tests, with formulas and the values that a spreadsheet program would store for them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checker.core.working import Spot
from checker.lexicon.formulas import place_of, reading

Rows = Sequence[Sequence[object]]
CODE = "#,##0_);(#,##0)"


def filled(book: Workbook, name: str, rows: Rows, code: str = CODE) -> Worksheet:
    """A new sheet with the rows; numbers and formulas in the format."""
    page = book.worksheets[0] if book.worksheets[0].title == "Sheet" else book.create_sheet()
    page.title = name
    for row in rows:
        page.append(list(row))
    for cells in page.iter_rows():
        for cell in cells:
            is_number = isinstance(cell.value, int | float) and not 1990 < cell.value < 2100
            if is_number or (isinstance(cell.value, str) and cell.value.startswith("=")):
                cell.number_format = code
    return page


def saved(book: Workbook, calculated: bool = True) -> bytes:
    """The workbook as a file; `calculated`: with the values of its formulas, as a program stores them."""
    out = io.BytesIO()
    book.save(out)
    return _calculated(book, out.getvalue()) if calculated else out.getvalue()


def _calculated(book: Workbook, content: bytes) -> bytes:
    values: dict[Spot, Decimal] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            body = given.read(name)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if sheet is not None:
                page = book.worksheets[int(sheet[1]) - 1]
                body = re.sub(
                    rb'(<c r="([A-Z]+\d+)"[^>]*?>)<f>(.*?)</f><v ?/?>(?:</v>)?',
                    lambda match, page=page: (
                        match[1]
                        + b"<f>"
                        + match[3]
                        + b"</f><v>"
                        + str(_value(book, values, (page.title, *place_of(match[2].decode())))).encode()
                        + b"</v>"
                    ),
                    body,
                )
            made.writestr(name, body)
    return out.getvalue()


def _value(book: Workbook, values: dict[Spot, Decimal], spot: Spot) -> Decimal:
    if spot not in values:
        stored = book[spot[0]].cell(spot[1], spot[2]).value
        values[spot] = Decimal(0)
        if isinstance(stored, str) and stored.startswith("="):
            read = reading(stored[1:], spot[0])
            assert read is not None, stored
            terms = ((_value(book, values, cell), coefficient) for cell, coefficient in read.cells)
            whole = sum(
                (Decimal(coefficient.numerator) * value / coefficient.denominator for value, coefficient in terms),
                Decimal(0),
            )
            values[spot] = whole + Decimal(read.constant.numerator) / read.constant.denominator
        elif isinstance(stored, int | float):
            values[spot] = Decimal(str(stored))
    return values[spot]


def changed(rows: Rows, cells: Mapping[str, object]) -> list[list[object]]:
    """The rows with other contents in some cells."""
    made = [list(row) for row in rows]
    for name, value in cells.items():
        row, column = place_of(name)
        made[row - 1][column - 1] = value
    return made
