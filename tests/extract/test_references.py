"""Columns of references and of the numbers of lines are no amounts; columns of amounts that look like them are."""

from __future__ import annotations

import pytest

from checker.core.release import Release
from checker.extract import extract
from checker.read import read
from tests.extract.tables import document

CAPTIONS = ("Revenue", "Cost of sales", "Gross profit", "Operating expenses", "Operating profit", "Tax", "Net income")
AMOUNTS = (
    ("1,200", "1,100"),
    ("(700)", "(650)"),
    ("500", "450"),
    ("(300)", "(280)"),
    ("200", "170"),
    ("(50)", "(40)"),
    ("150", "130"),
)
NOTES = ("2.17", "3(a)", "", "14", "", "5", "")
PAGES = ("3", "F-4", "", "112", "", "113", "")
RISING = ("1", "2", "3", "4", "5", "6", "7")


def amounts(release: Release) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (line.caption, tuple(figure.text for figure in line.figures if figure))
        for statement in release.statements
        for line in statement.lines
    ]


RIGHT = list(zip(CAPTIONS, AMOUNTS, strict=True))


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Note", NOTES),
        ("Notes", NOTES),
        ("Ref.", NOTES),
        ("Note No.", RISING),
        ("Page", ("3", "F-4", "", "112", "", "113", "")),
        ("Line", RISING),
        ("", RISING),
    ],
)
@pytest.mark.parametrize("place", [1, 3], ids=["before", "behind"])
def test_a_column_that_refers_or_counts_holds_no_amounts(head: str, texts: tuple[str, ...], place: int) -> None:
    if head == "Notes" and place == 3:
        pytest.skip("behind the amounts a plural may be a kind of debt")
    rows = [["", "2041", "2040"], *([caption, *shown] for caption, shown in RIGHT)]
    for row, text in zip(rows, (head, *texts), strict=True):
        row.insert(place, text)
    assert amounts(extract(document("Income statement", rows))) == RIGHT


@pytest.mark.parametrize(
    "marks", [("", "1", "", "1,2", "", "3", ""), ("", "2", "2", "", "", "3", "5"), ("1", "2", "", "3", "", "", "")]
)
def test_a_last_column_without_a_head_that_numbers_footnotes_holds_no_amounts(marks: tuple[str, ...]) -> None:
    rows = [
        ["", "2041", "2040", ""],
        *([caption, *shown, mark] for mark, (caption, shown) in zip(marks, RIGHT, strict=True)),
    ]
    assert amounts(extract(document("Income statement", rows))) == RIGHT


@pytest.mark.parametrize(
    "last", [("", "3", "", "1", "", "2", ""), ("1", "2", "3", "4", "", "9", "11"), ("", "1", "", "2", "", "", "")]
)
def test_small_amounts_in_no_order_of_footnotes_stay(last: tuple[str, ...]) -> None:
    rows = [
        ["", "2041", "2040", ""],
        *([caption, *shown, text] for text, (caption, shown) in zip(last, RIGHT, strict=True)),
    ]
    read_off = amounts(extract(document("Income statement", rows)))
    assert [shown[2:] for _, shown in read_off] == [(text,) if text else () for text in last]


def test_the_numbers_of_lines_before_their_captions_are_no_part_of_them() -> None:
    rows = [
        ["No.", "Item", "2041", "2040"],
        *([number, caption, *shown] for number, (caption, shown) in zip(RISING, RIGHT, strict=True)),
    ]
    assert amounts(extract(document("Income statement", rows))) == RIGHT
    assert amounts(extract(document("Income statement", rows[1:]))) == RIGHT


def test_references_in_aligned_text_are_no_amounts() -> None:
    lines = [
        f"{caption:30}{note:6}{one:>12}{two:>12}"
        for caption, note, (one, two) in zip(CAPTIONS, NOTES, AMOUNTS, strict=True)
    ]
    head = f"{'':30}{'Note':6}{'2041':>12}{'2040':>12}"
    assert amounts(extract(read("a.txt", "\n".join(["INCOME STATEMENT", head, *lines]).encode()))) == RIGHT


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Notes", ("150", "40", "60", "30", "20", "70", "10")),
        ("Change", (*RISING[1:], "9")),
        ("2039", ("1", "2", "3", "4", "6", "7", "8")),
    ],
)
def test_small_amounts_are_amounts(head: str, texts: tuple[str, ...]) -> None:
    rows = [
        ["", head, "2041", "2040"],
        *([caption, text, *shown] for text, (caption, shown) in zip(texts, RIGHT, strict=True)),
    ]
    assert [shown[0] for _, shown in amounts(extract(document("Income statement", rows)))] == list(texts)


def indexed(rows: list[list[str]], numbers: list[int], width: int) -> str:
    """Rows as a program writes them that turns pages into text: an index before each, no heads, signs in cells."""
    lines = ["|" + " |" * (width + 1), "|" + "---|" * (width + 1)]
    lines += [
        f"| {number} | " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
        for number, row in zip(numbers, rows, strict=True)
    ]
    return "\n".join(["# Income statement", "(in thousands)", *lines])


@pytest.mark.parametrize("numbers", [range(8), range(1, 9), (1, 2, 3, 4, 6, 7, 9, 10), (2, 3, 4, 5, 6, 8, 9, 10)])
def test_the_index_of_the_rows_that_a_program_wrote_is_no_amount(numbers: object) -> None:
    rows = [["", "2041", "2040"], *([caption, *shown] for caption, shown in RIGHT)]
    text = indexed(rows, list(numbers), 3)  # type: ignore[call-overload]
    assert amounts(extract(read("a.md", text.encode()))) == RIGHT


@pytest.mark.parametrize("numbers", [(11, 12, 13, 14, 15, 16, 17, 18), (1, 3, 2, 4, 5, 6, 7, 8)])
def test_what_does_not_count_the_rows_is_kept(numbers: tuple[int, ...]) -> None:
    rows = [["Item", "A", "B"], *([caption, *shown] for caption, shown in RIGHT)]
    read_as = amounts(extract(read("a.md", indexed(rows, list(numbers), 3).encode())))
    assert any(str(numbers[1]) in caption or str(numbers[1]) in shown for caption, shown in read_as)


def test_signs_that_stand_in_cells_of_their_own_move_no_figure_of_a_whole_row() -> None:
    """Rows of totals have a sign before each amount, the others none, so that no two kinds of rows stand in the same
    columns; all have as many amounts."""
    plain = [
        [caption, one, "", "", two, "", three, ""]
        for caption, one, two, three in (
            ("Retail contracts", "229", "128", "163"),
            ("Trade contracts", "4,912", "4,221", "1,119"),
            ("Other contracts", "1", "7", "9"),
        )
    ]
    signed = [
        ["Loans", "$", "145", "", "", "$", "59", "$", "120"],
        ["Total contracts", "$", "5,287", "", "", "$", "4,415", "$", "1,411"],
    ]
    rows = [["", "2041", "2040", "2039"], signed[0], *plain, signed[1]]
    found = amounts(extract(read("a.md", indexed(rows, [1, 2, 3, 4, 5, 7], 9).encode())))
    assert [shown for _, shown in found] == [
        ("145", "59", "120"),
        ("229", "128", "163"),
        ("4,912", "4,221", "1,119"),
        ("1", "7", "9"),
        ("5,287", "4,415", "1,411"),
    ]


@pytest.mark.parametrize("notes", [("5", "", "", "16", "", "8", ""), ("14", "14", "", "3", "28", "", "")])
def test_numbers_of_notes_that_nothing_heads_beside_headed_columns_are_no_amounts(notes: tuple[str, ...]) -> None:
    rows = [
        ["", "", "2041", "2040"],
        *([caption, note, *shown] for note, (caption, shown) in zip(notes, RIGHT, strict=True)),
    ]
    assert amounts(extract(document("Income statement", rows))) == RIGHT
    headed = [["", "2042", "2041", "2040"], *rows[1:]]
    assert amounts(extract(document("Income statement", headed))) != RIGHT
    bare = [["", "", "", ""], *rows[1:]]
    assert amounts(extract(document("Income statement", bare))) != RIGHT


def test_a_reference_alone_on_its_row_among_the_heads_leaves_nothing_behind() -> None:
    lines = [
        f"{caption:30}{note:>6}{one:>12}{two:>12}"
        for caption, note, (one, two) in zip(CAPTIONS, RISING, AMOUNTS, strict=True)
    ]
    head = [f"{'':30}{'Note':>6}", f"{'':30}{'':6}{'2041':>12}{'2040':>12}"]
    assert amounts(extract(read("a.txt", "\n".join(["INCOME STATEMENT", *head, *lines]).encode()))) == RIGHT
