"""Rows that left out the cell of the note stand in the columns of the others again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.core.document import Cell, Row, Table
from checker.core.release import Release
from checker.extract import extract
from tests.extract.tables import Tape, document

NOTED = [
    ["Revenue", "5", "7,410", "6,905"],
    ["Cost of sales", "", "(4,120)", "(3,870)"],
    ["Gross profit", "", "3,290", "3,035"],
    ["Administrative expenses", "6(a)", "(1,150)", "(1,025)"],
    ["Operating profit", "", "2,140", "2,010"],
    ["Tax", "7", "(535)", "(495)"],
    ["Profit for the year", "", "1,605", "1,515"],
]


def shown(release: Release) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (line.caption, tuple(figure.text if figure else "" for figure in line.figures))
        for statement in release.statements
        for line in statement.lines
    ]


def years(release: Release) -> list[int | None]:
    return [
        column.period.end.year if column.period and column.period.end else None
        for statement in release.statements
        for column in statement.columns
    ]


RIGHT = [(caption, tuple(amounts)) for caption, _, *amounts in NOTED]


@pytest.mark.parametrize("head", ["Note", "Notes", "NOTE NO."])
def test_a_header_that_begins_with_the_notes_heads_the_amounts_behind_them(head: str) -> None:
    found = extract(document("Income statement", [[head, "2041", "2040"], *NOTED]))
    assert (shown(found), years(found)) == (RIGHT, [2041, 2040])


def without_cell(rows: Sequence[Sequence[str]], places: Sequence[int]) -> list[list[str]]:
    return [[row[0], *row[2:], ""] if place in places and not row[1] else list(row) for place, row in enumerate(rows)]


@pytest.mark.parametrize("places", [(2,), (2, 4, 6), (1, 2, 4, 6)])
@pytest.mark.parametrize("head", [["", "Note", "2041", "2040"], ["Notes", "2041", "2040", ""]])
def test_a_line_that_left_out_the_cell_of_its_note_prints_its_amounts_a_column_further_on(
    places: Sequence[int], head: list[str]
) -> None:
    found = extract(document("Income statement", [head, *without_cell(NOTED, places)]))
    assert (shown(found), years(found)) == (RIGHT, [2041, 2040])


def test_an_amount_that_spans_the_cell_of_the_note_stands_with_the_others() -> None:
    tape = Tape()
    rows = [
        Row(tuple(Cell(tape.anchored(text), *span) for text, span in zip(texts, spans, strict=True)))
        for texts, spans in (
            (("Notes", "2041", "2040"), ((0, 1), (1, 3), (3, 5))),
            (("Profit for the year", "1,605", "1,515"), ((0, 1), (1, 3), (3, 5))),
            (("Depreciation", "5", "812", "795"), ((0, 1), (1, 2), (2, 3), (3, 4))),
            (("Interest income", "19", "(74)", "(61)"), ((0, 1), (1, 2), (2, 3), (3, 4))),
            (("Cash from operations", "2,343", "2,249"), ((0, 1), (2, 3), (3, 4))),
        )
    ]
    found = shown(extract(document("Cash flow statement", Table(tuple(rows), "grid"))))
    assert found[0] == ("Profit for the year", ("1,605", "1,515"))


def test_a_line_that_begins_with_a_blank_left_out_its_cell_too_where_all_without_a_note_did() -> None:
    rows = [["Notes", "2041", "2040", ""], *without_cell(NOTED, (1, 2, 4, 6))]
    rows.insert(3, ["Share of associates", "", "55", ""])
    found = dict(shown(extract(document("Income statement", rows))))
    assert found["Share of associates"] == ("", "55")
    assert found["Gross profit"] == ("3,290", "3,035")


def test_amounts_below_notes_that_are_debt_stay() -> None:
    rows = [
        ["", "Notes", "Bonds", "Loans"],
        ["Due in 2042", "1,210", "340", "55"],
        ["Due in 2043", "90", "410", "60"],
        ["Due in 2044", "85", "1,500", "75"],
        ["Total", "1,385", "2,250", "190"],
    ]
    assert shown(extract(document("Debt", rows))) == [(caption, tuple(amounts)) for caption, *amounts in rows[1:]]


@pytest.mark.parametrize("head", ["Year", "Year3", "Fiscal year"])
def test_a_column_of_years_holds_no_amounts(head: str) -> None:
    rows = [
        ["Executive", head, "Salary", "Bonus"],
        ["A. Mason", "2041", "910,400", "120,000"],
        ["", "2040", "884,100", "95,500"],
        ["B. Okafor", "2041", "640,250", "71,000"],
        ["", "2040", "612,900", "66,300"],
    ]
    found = shown(extract(document("Remuneration", rows)))
    assert [amounts for _, amounts in found] == [tuple(row[2:]) for row in rows[1:]]
    tape = Tape()
    cells = [[Cell(tape.anchored(text), at, at + 1) for at, text in enumerate(row) if text] for row in rows]
    cells.insert(3, [Cell(tape.anchored("Former executives"), 0, 4)])
    spanned = extract(document("Remuneration", Table(tuple(Row(tuple(row)) for row in cells), "grid")))
    assert [amounts for _, amounts in shown(spanned) if any(amounts)] == [tuple(row[2:]) for row in rows[1:]]


def test_years_under_another_head_are_left_alone() -> None:
    rows = [
        ["Site", "Units", "Staff"],
        ["North", "2041", "310"],
        ["South", "2040", "295"],
        ["West", "2038", "280"],
    ]
    assert [amounts for _, amounts in shown(extract(document("Sites", rows)))] == [tuple(row[1:]) for row in rows[1:]]
