"""What stands in a column of figures and cannot be read is counted, told of, and taken for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.release import Release
from checker.extract import extract
from checker.read import read
from tests.extract.tables import document

LINES = ("Revenues", "Cost of revenues", "Gross profit", "Operating expenses", "Operating income")
AMOUNTS = (("512.4", "480.1"), ("(301.2)", "(290.0)"), ("211.2", "190.1"), ("(150.1)", "(140.1)"), ("61.1", "50.0"))


def _rows(*changes: tuple[int, int, str]) -> list[list[str]]:
    rows = [["", "2023", "2022"], *([caption, *amounts] for caption, amounts in zip(LINES, AMOUNTS, strict=True))]
    for line, column, text in changes:
        rows[line + 1][column + 1] = text
    return rows


def _released(*changes: tuple[int, int, str]) -> Release:
    return extract(document("Consolidated statements of income", "(In millions)", _rows(*changes)))


@pytest.mark.parametrize(
    ("text", "why", "code"),
    [
        ("1,498,94", "unreadable amount", "X103"),
        ("1,498,9O5", "unreadable amount", "X103"),
        ("l,498,945", "unreadable amount", "X103"),
        ("5,1\ufffd7,512", "unreadable amount", "X103"),
        ("[●]", "placeholder", "X104"),
        ("TBD", "placeholder", "X104"),
        ("X,XXX", "placeholder", "X104"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_line_and_its_column(text: str, why: str, code: str) -> None:
    release = _released((2, 0, text))
    assert [(one.text, one.why, one.caption, one.head) for one in release.unread] == [
        (text, why, "Gross profit", "2023")
    ]
    assert [(one.code, one.severity) for one in release.problems] == [(code, "warning")]
    assert len(release.figures) == 9


def test_a_line_of_nothing_but_placeholders_keeps_its_caption_and_heads_no_column() -> None:
    release = _released((0, 0, "[●]"), (0, 1, "[●]"))
    (statement,) = release.statements
    assert [column.head for column in statement.columns] == ["2023", "2022"]
    assert [line.caption for line in statement.lines] == list(LINES)
    assert [one.caption for one in release.unread] == ["Revenues", "Revenues"]


def test_a_column_of_nothing_but_placeholders_is_a_column() -> None:
    release = _released(*((line, 0, "[●]") for line in range(5)))
    assert [column.head for column in release.statements[0].columns] == ["2023", "2022"]
    assert len(release.unread) == 5
    assert all(figure.head == "2022" for figure in release.figures)


def test_a_table_whose_amounts_are_all_still_to_come_is_counted() -> None:
    release = _released(*((line, column, "[●]") for line in range(5) for column in range(2)))
    assert len(release.unread) == 10
    assert {one.code for one in release.problems} == {"X101", "X104"}


@pytest.mark.parametrize("text", ["", "10.1.2", "1, 2", "see note 5", "n/a", "—", "*", "[***]", "512.4 480.1"])
def test_blanks_lists_and_words_are_no_amounts_that_were_lost(text: str) -> None:
    assert not _released((2, 0, text)).unread


@given(st.tuples(st.integers(0, 4), st.integers(0, 1), st.sampled_from(["1,498,9O5", "[●]", "TBC", "XX.X"])))
def test_whatever_cell_is_damaged_the_others_stay_as_they_are(change: tuple[int, int, str]) -> None:
    whole, damaged = _released(), _released(change)
    assert len(damaged.figures) == len(whole.figures) - 1
    kept = {(figure.caption, figure.head, figure.value) for figure in whole.figures}
    assert {(figure.caption, figure.head, figure.value) for figure in damaged.figures} <= kept


def test_the_columns_of_aligned_text_keep_a_damaged_amount() -> None:
    lines = [f"{caption:<24}{one:>12}{two:>12}" for caption, (one, two) in zip(LINES, AMOUNTS, strict=True)]
    lines[2] = f"{LINES[2]:<24}{'1,211,2O0':>12}{'190.1':>12}"
    text = "\n".join(
        ["Consolidated statements of income", "(In millions)", f"{'':<24}{'2023':>12}{'2022':>12}", *lines, ""]
    )
    release = extract(read("release.txt", text.encode()))
    assert [(one.text, one.caption, one.head) for one in release.unread] == [("1,211,2O0", "Gross profit", "2023")]
