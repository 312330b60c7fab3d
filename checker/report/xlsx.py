"""The workpaper: a lead sheet, findings whose formulas perform the arithmetic again, the statements with tick marks,
every figure, and links between them.

Needs openpyxl (the extra `xlsx`). Text of a document is text: no cell of it is ever a formula. The archive bears fixed
times, so that the same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from checker.core.report import Report
from checker.core.value import evolve, frozen
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.xlsx_paper import LEAD
from checker.report.xlsx_sheets import sheets
from checker.report.xlsx_statements import LONGEST
from checker.report.xlsx_values import Cell, Formula, Row, Sheet, Value, column, plain, reference

_EPOCH = datetime(1980, 1, 1)
"""The first moment an archive can name."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MOST_TEXT = 32_000
"""Characters of a cell: Excel takes 32,767."""
_FACE = "Calibri"
_TITLE = Font(_FACE, 14, bold=True)
_FONTS = {
    (bold, soft, link): Font(
        _FACE,
        bold=bold,
        color="FF1F4F9C" if link else "FF555B66" if soft else None,
        underline="single" if link else None,
    )
    for bold in (False, True)
    for soft in (False, True)
    for link in (False, True)
}
_FILLS = {
    "violated": PatternFill("solid", fgColor="FFFDECEB"),
    "violation": PatternFill("solid", fgColor="FFFDECEB"),
    "rounding": PatternFill("solid", fgColor="FFFFF4D6"),
    "untested": PatternFill("lightUp", fgColor="FFB8BCC4"),
}
_THIN, _HAIR, _DOUBLE = (Side(style=style, color="FF1C1F24") for style in ("thin", "hair", "double"))
_UNDER, _ENTRY = Border(bottom=_THIN), Border(bottom=_HAIR)
_LONGEST_FOOTER = 80
"""Characters of a part of the footer: a workbook takes 255 in all."""
_DEEPEST = 8
"""Steps by which captions are set in at most."""
_LINE, _HIGHEST = 15, 400
"""Points of a line of text, and of the highest row that a workbook has."""
_FILLED = 1.15
"""How much of the width of a column its text fills at most before it is wrapped."""
_PORTRAIT = 110
"""Characters of all columns up to which a sheet is printed upright."""
_STATEMENT, _MOST_ON_A_PAGE = 150, 75
"""The same of a statement, and how many of its lines stand on one page."""


def render(report: Report, style: Style) -> bytes:
    """The report as one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    foot, worn = _foot(report), dict[object, StyleArray]()
    for sheet in sheets(report):
        page = book.create_sheet(sheet.name)
        _fill(_Page(page, sheet, worn))
        _print(page, sheet, foot)
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


@frozen
class _Page:
    """A sheet and the page of the workbook that it is written to. `worn`: by look how a workbook keeps it, for other
    cells to copy."""

    page: Worksheet
    sheet: Sheet
    worn: dict[object, StyleArray]

    def place(self, row: int, number: int) -> Place:
        """A cell of the page."""
        cell = self.page.cell(row, number)
        assert isinstance(cell, Place), "no cell of ours is merged into another"
        return cell


def _fill(on: _Page) -> None:
    """Titles, the way back to the lead sheet, what stands above, heads and rows, with the widths they need."""
    page, sheet = on.page, on.sheet
    right = [_right(sheet, number) for number in range(1, len(sheet.heads) + 1)]
    _titles(on)
    at = sheet.first - 1
    if sheet.heads:
        heads = [Cell(head, bold=True, wrap=True, right=right[number]) for number, head in enumerate(sheet.heads)]
        for number, head in enumerate(heads, 1):
            place = on.place(at, number)
            _dress(on, place, head)
            place.border = _UNDER
        _heighten(on, at, heads)
        page.freeze_panes = f"A{at + 1}"
        page.auto_filter.ref = f"A{at}:{column(len(sheet.heads))}{at + len(sheet.rows)}"
        page.print_title_rows = f"{at}:{at}"
    for number, row in enumerate(sheet.rows, sheet.first):
        _row(on, number, row, right)
        _heighten(on, number, row)
    if sheet.heads and not sheet.rows:
        _dress(on, on.place(sheet.first, 1), Cell("none", soft=True))
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[column(number)].width = width
    for number, choices in sheet.choices.items():
        if sheet.rows:
            listed = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            listed.add(f"{column(number)}{sheet.first}:{column(number)}{sheet.first + len(sheet.rows) - 1}")
            page.add_data_validation(listed)


def _titles(on: _Page) -> None:
    for at, line in enumerate(on.sheet.titles, 1):
        _dress(on, on.place(at, 1), Cell(line, soft=at > 1))
        if at == 1:
            on.place(at, 1).font = _TITLE
    at = len(on.sheet.titles) + 1
    if on.sheet.name != LEAD:
        _dress(on, on.place(at, 1), Cell("← Lead", to=reference(LEAD, "A1")))
    for number, row in enumerate(on.sheet.above, at + 1):
        for place, value in _cells(on, number, row):
            _dress(on, place, value if isinstance(value, Cell) else Cell(value))


def _row(on: _Page, number: int, row: Row, right: Sequence[bool]) -> None:
    """One row of a sheet, of which it is known what columns hold amounts."""
    sheet = on.sheet
    words = [plain(value) for value in row] if sheet.heads else []
    fill = next((word for word in words if isinstance(word, str) and word in _FILLS), "")
    for at, (place, value) in enumerate(_cells(on, number, row), 1):
        look = value if isinstance(value, Cell) else Cell(value)
        if not sheet.laid_out:
            side = (bool(sheet.heads) and right[at - 1]) if look.right is None else look.right
            bold = look.bold or (not sheet.heads and at == 1)
            entry = look.entry or (sheet.entries and at == 2 and look.value == "")
            look = evolve(look, right=side, wrap=at in sheet.wrapped, fill=look.fill or fill, bold=bold, entry=entry)
        _dress(on, place, look)


def _heighten(on: _Page, number: int, row: Row) -> None:
    """Makes a row as high as its wrapped text needs: programs that print a workbook do not do it themselves."""
    sheet, lines = on.sheet, 1
    for at, (value, width) in enumerate(zip(row, sheet.widths, strict=False), 1):
        text = plain(value)
        wraps = at in sheet.wrapped or (isinstance(value, Cell) and value.wrap)
        room = int(_FILLED * (width - 2 - (isinstance(value, Cell) and 2 * value.bold + value.indent)))
        if wraps and isinstance(text, str) and len(text) > room:
            lines = max(lines, len(wrap(visible(text)[:_MOST_TEXT], max(1, room))))
    if lines > 1:
        on.page.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)


def _cells(on: _Page, number: int, row: Row) -> Iterator[tuple[Place, Value]]:
    """The cells of a row, those left out that hold nothing."""
    for at, value in enumerate(row, 1):
        if value is not None:
            yield on.place(number, at), value


def _dress(on: _Page, place: Place, look: Cell) -> None:
    """A value with its looks."""
    _write(place, look.value)
    link = bool(look.to) and look.value not in (None, "")
    if link:
        place.hyperlink = Hyperlink(ref=place.coordinate, location=look.to)
    side = "right" if look.right else "left"
    indent = min(look.indent, _DEEPEST) + 1 if side == "left" else 0
    drawn = (look.above, look.double, look.entry)
    name = (
        look.bold,
        look.soft,
        link,
        side,
        indent,
        look.wrap,
        look.fill,
        drawn,
        place.number_format,
        place.quotePrefix,
    )
    if name in on.worn:
        # A look is a few numbers; to find them again for each cell would take most of the time.
        place._style = copy(on.worn[name])  # type: ignore[attr-defined]
        return
    place.font = _FONTS[look.bold, look.soft, link]
    place.alignment = Alignment(horizontal=side, indent=indent, wrap_text=look.wrap, vertical="top")
    if look.fill:
        place.fill = _FILLS[look.fill]
    if any(drawn):
        below = _DOUBLE if look.double else _HAIR if look.entry else None
        place.border = Border(top=_THIN if look.above else None, bottom=below)
    on.worn[name] = copy(place._style)  # type: ignore[attr-defined]


def _right(sheet: Sheet, number: int) -> bool:
    """Whether a column holds amounts, as numbers or as printed."""
    if sheet.heads[number - 1] in ("As printed", "Perhaps"):
        return True
    values = (plain(row[number - 1]) for row in sheet.rows if len(row) >= number)
    first = next((value for value in values if value not in (None, "")), None)
    return isinstance(first, (int, Decimal, Fraction, Formula))


def _write(cell: Place, value: object) -> None:
    """A value of its own kind: what is not said to be a formula is none."""
    match value:
        case Formula(text, decimals, percent):
            cell.value = text
            cell.number_format = _shown(decimals, percent)
        case Decimal() | Fraction() | int():
            _number(cell, Fraction(value))
        case str():
            text = _ESCAPE.sub("_x005F_", visible(value))[:_MOST_TEXT]
            cell.value = text
            cell.data_type = "s"
            if text.startswith(_FORMULAS):
                cell.quotePrefix = True


def _shown(decimals: int | None, percent: bool) -> str:
    """How the result of a formula is shown: with the decimals it is printed with, a negative one in brackets, nothing
    as a dash."""
    if decimals is None:
        return "#,##0.######;(#,##0.######);0"
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    sign = '"%"' if percent else ""
    return f'{digits}{sign}_);({digits}{sign});"–"_)'


def _number(cell: Place, value: Fraction) -> None:
    """A number, as far as a spreadsheet holds it exactly; else its digits as text."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    if len(text.strip("-0.").replace(".", "")) > LONGEST and value.denominator == 1:
        cell.value, cell.data_type = text, "s"
        return
    decimals = min(len(text.partition(".")[2]), 6)
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    cell.value = Decimal(text)
    cell.number_format = f"{shown};({shown});{'0' if not decimals else '0.' + '0' * decimals}"


# ---- paper -----------------------------------------------------------------------------------------------------------


def _foot(report: Report) -> tuple[str, str]:
    """What stands to the left and in the middle of every page: whose paper it is, and of what."""
    client, named = (report.configuration.get(name, "") for name in ("client", "reference"))
    left = f"Client: {client or '____________'}   Reference: {named or '________'}"
    paths = [checked.source.path.replace("\\", "/").rpartition("/")[2] for checked in report.documents]
    return left, paths[0] if len(paths) == 1 else f"{len(paths)} documents"


def _print(page: Worksheet, sheet: Sheet, foot: tuple[str, str]) -> None:
    """The sheet on paper: as wide as a page, as long as it is, what only those need who work in the file left out."""
    width = sum(sheet.widths[: sheet.printed or None])
    upright = width <= (_STATEMENT if sheet.laid_out else _PORTRAIT)
    page.page_setup.orientation = "portrait" if upright else "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = int(sheet.laid_out and upright and len(sheet.rows) <= _MOST_ON_A_PAGE)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    if sheet.laid_out:  # a long title runs on to the right: it makes no sheet broader
        page.print_area = f"A1:{column(len(sheet.widths))}{sheet.first + len(sheet.rows) - 1}"
    elif sheet.printed or not sheet.on_paper:
        last = sheet.first + max(len(sheet.rows), 1) - 1 if sheet.on_paper else len(sheet.titles)
        page.print_area = f"A1:{column(sheet.printed or len(sheet.heads))}{last}"
    parts = [visible(one)[:_LONGEST_FOOTER].replace("&", "&&") for one in (foot[0], f"{foot[1]} · {sheet.name}")]
    footer = page.oddFooter
    if footer is not None:
        footer.left.text, footer.center.text, footer.right.text = *parts, "Page &P of &N"
