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
