"""Workbooks: XLSX and XLSM, as their sheets show them. The standard library reads them; nothing is calculated, fetched
or run.

What a reader of the print cannot see is said: hidden sheets, rows and columns, values that were never calculated,
macros, links to other workbooks.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.document import Block
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.working import Working, letters, named
from checker.lexicon.formulas import moved
from checker.read.taken import Contents, Taken
from checker.read.workbook.blocks import blocks_of
from checker.read.workbook.package import Excessive, Unreadable, opened
from checker.read.workbook.parts import Book, book_of, looks, shared_texts
from checker.read.workbook.sheet import MOST_CELLS, Page, Shelf, Stored, page_of

__all__ = ["is_workbook", "read_workbook"]

_MAIN = "xl/workbook.xml"
_NAMED = 4
"""Places that a message names."""


def is_workbook(content: bytes) -> bool:
    """Whether an archive holds a workbook, or began to before it was cut short."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        return opened(content).has(_MAIN)
    except Excessive:
        return _MAIN.encode() in content
    except Unreadable:
        return _MAIN.encode() in content or (b"xl/worksheets/" in content and b"word/" not in content)


def read_workbook(content: bytes) -> Contents:
    """The sheets that a person sees, in the order of their tabs."""
    try:
        package = opened(content)
        book = book_of(package)
        shelf = Shelf(book, shared_texts(package), looks(package))
    except Unreadable as error:
        return Contents((), (_unread(error),))
    blocks: list[Block] = []
    problems: list[Problem] = []
    pages: list[Page] = []
    taken = Taken()
    room = MOST_CELLS
    for tab in book.tabs:
        if tab.hidden:
            continue
        try:
            page = page_of(package, tab, shelf, room)
        except Unreadable as error:
            problems.append(_unread(error, tab.name))
            if isinstance(error, Excessive):
                break
            continue
        room -= len(page.cells)
        pages.append(page)
        blocks.extend(blocks_of(page, taken))
        if page.more:
            problems.append(Problem("R104", "error", f"read only up to {MOST_CELLS:,} cells"))
            break
    return Contents(
        tuple(blocks), (*problems, *_hidden(book, pages), *_bare(pages), *_never(book)), workings=_workings(pages)
    )


def _workings(pages: Sequence[Page]) -> tuple[Working, ...]:
    """What the cells store, where any of them has a formula."""
    if not any(cell.formula for page in pages for cell in page.cells):
        return ()
    found: list[Working] = []
    for page in pages:
        first: dict[int, Stored] = {}
        for cell in page.cells:
            formula = cell.formula
            if cell.shared is not None:
                begun = first.setdefault(cell.shared, cell) if formula else first.get(cell.shared)
                formula = formula or (
                    moved(begun.formula, cell.row - begun.row, cell.column - begun.column) if begun is not None else ""
                )
            if cell.number is not None or formula or cell.text:
                hidden = page.is_hidden(cell.row, cell.column)
                found.append(
                    Working(page.name, cell.row, cell.column, cell.text, cell.number, formula, hidden, cell.dated)
                )
    return tuple(found)


def _unread(error: Unreadable, sheet: str = "") -> Problem:
    """Why a workbook, or one sheet of it, is not read."""
    what = f"the sheet {sheet} cannot be read" if sheet else "a workbook that cannot be read"
    if isinstance(error, Excessive):
        return Problem("R181", "error", f"{what}: {error}", help="split it, if it is what you expect")
    return Problem("R180", "error", f"{what}: {error}", help="open it in a spreadsheet program and save it again")


def _hidden(book: Book, pages: Sequence[Page]) -> Sequence[Problem]:
    """What nobody sees is not checked, and said."""
    said = []
    sheets = [tab.name for tab in book.tabs if tab.hidden]
    if sheets:
        said.append(f"the {_sheets(len(sheets))} {_named(sheets)}")
    for page in pages:
        rows = _ranges(sorted(page.hidden_rows))
        columns = sorted(
            {cell.column for cell in page.cells if any(low <= cell.column <= high for low, high in page.hidden_columns)}
        )
        parts = [f"row{'s' if len(page.hidden_rows) > 1 else ''} {_named(rows)}"] if rows else []
        parts += (
            [f"column{'s' if len(columns) > 1 else ''} {_named([letters(column) for column in columns])}"]
            if columns
            else []
        )
        if parts:
            said.append(f"{' and '.join(parts)} of {page.name}")
    if not said:
        return ()
    message = (
        f"hidden, and so not checked: "
        f"{'; '.join(said[:_NAMED])}{f'; and {len(said) - _NAMED} more' if len(said) > _NAMED else ''}"
    )
    return (Problem("R182", "warning", message, help="show them to have them checked"),)


def _sheets(count: int) -> str:
    return "sheet" if count == 1 else "sheets"


def _ranges(rows: Sequence[int]) -> list[str]:
    """`5-7` for rows that follow each other."""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(low) if low == high else f"{low}-{high}" for low, high in found]


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _bare(pages: Sequence[Page]) -> Sequence[Problem]:
    """Formulas whose value nobody has calculated: the sheet as stored shows nothing there."""
    found: list[tuple[Page, Stored]] = [(page, cell) for page in pages for cell in page.cells if cell.bare]
    if not found:
        return ()
    page, cell = found[0]
    place = Place(1, 1, (0, 0), sheet=page.name, cell=named(cell.row, cell.column))
    message = (
        "a formula has no stored value"
        if len(found) == 1
        else f"{len(found)} formulas have no stored value; the first stands here"
    )
    return (
        Problem(
            "R183",
            "error",
            message,
            place=place,
            help="open the workbook in a spreadsheet program and save it, so that its values are calculated",
        ),
    )


def _never(book: Book) -> Sequence[Problem]:
    """What a workbook holds besides and what never happens to it here."""
    said = []
    if book.macros:
        said.append(Problem("R184", "note", "the workbook holds macros, which are never run"))
    if book.links:
        said.append(
            Problem(
                "R184",
                "note",
                (
                    "formulas refer to other workbooks, which are never opened: the values stored are those of "
                    "when they were"
                ),
            )
        )
    return said
