"""Rows whose cells bars part make a table, though no bar stands around them and no line below their heads; running text
makes none."""

from __future__ import annotations

import pytest

from checker.core.document import Paragraph, Table
from checker.read import read

ROWS = """\
Halden Instruments, Inc.

(In thousands)

Three Months Ended June 30, | Six Months Ended June 30,
2031 | 2030 | 2031 | 2030
Revenue:
Probes | 4,180 | 3,920 | 8,300 | 7,610
Total revenue | 4,180 | 3,920 | 8,300 | 7,610
Margin | 41.2 | % | 40.7 | % | (1.5 | %) | 40.1 | %
Gain on sale | 210
Net income | $ | 612 | $ | — | $ | (1,204) | $ | 988

Cash | 75 | 60 | 75 | 60

Sales rose.
"""


def tables(text: str) -> list[list[list[tuple[str, int, int]]]]:
    found = [block for block in read("a.md", text.encode()).blocks if isinstance(block, Table)]
    return [[[(cell.text, cell.left, cell.right) for cell in row.cells] for row in table.rows] for table in found]


def test_figures_stand_in_order_and_heads_share_the_columns() -> None:
    (rows,) = tables(ROWS)
    assert rows[0] == [("Three Months Ended June 30,", 1, 3), ("Six Months Ended June 30,", 3, 5)]
    assert rows[1] == [("2031", 1, 2), ("2030", 2, 3), ("2031", 3, 4), ("2030", 4, 5)]
    assert rows[2] == [("Revenue:", 0, 1)]
    assert rows[3] == [("Probes", 0, 1), ("4,180", 1, 2), ("3,920", 2, 3), ("8,300", 3, 4), ("7,610", 4, 5)]
    assert rows[-1] == [("Cash", 0, 1), ("75", 1, 2), ("60", 2, 3), ("75", 3, 4), ("60", 4, 5)]


def test_a_sign_in_a_cell_of_its_own_belongs_to_its_figure() -> None:
    (rows,) = tables(ROWS)
    assert [text for text, _, _ in rows[5]] == ["Margin", "41.2 %", "40.7 %", "(1.5 %)", "40.1 %"]
    assert [text for text, _, _ in rows[7]] == ["Net income", "$ 612", "$ —", "$ (1,204)", "$ 988"]


def test_a_row_with_fewer_figures_is_words() -> None:
    table = next(block for block in read("a.md", ROWS.encode()).blocks if isinstance(block, Table))
    assert [row.cells[0].text for row in table.rows if row.untold] == ["Gain on sale 210"]


def test_spans_lead_back_to_the_file() -> None:
    content = ("Résumé — " + ROWS).encode()
    table = next(block for block in read("a.md", content).blocks if isinstance(block, Table))
    low, high = table.rows[5].cells[3].place.span
    assert content[low:high] == b"(1.5 | %)"


def test_a_line_of_text_before_the_heads_is_the_head_of_the_captions() -> None:
    (rows,) = tables(
        "Year Ended May 31, | Change\n(in millions) | 2031 | 2030 | %\nSales | 52 | 50 | 4 | %\nCosts | 31 | "
        "30 | 3 | %\nRent | 8 | 8 | — | %\n"
    )
    assert rows[0] == [("Year Ended May 31,", 1, 3), ("Change", 3, 4)]
    assert rows[1] == [("(in millions)", 0, 1), ("2031", 1, 2), ("2030", 2, 3), ("%", 3, 4)]


def test_a_percent_sign_behind_words_is_a_head() -> None:
    (rows,) = tables(
        "Year Ended May 31, | Change\n2031 | 2030 | Amount | %\nSales | 52 | 50 | 2 | 4 | %\nCosts | 31 | 30 "
        "| 1 | 3 | %\n"
    )
    assert rows[:2] == [
        [("Year Ended May 31,", 1, 3), ("Change", 3, 5)],
        [("2031", 1, 2), ("2030", 2, 3), ("Amount", 3, 4), ("%", 4, 5)],
    ]


def test_where_a_head_is_missing_dates_head_the_first_columns_and_words_the_last() -> None:
    (rows,) = tables(
        "Year Ended May 31, | Change\n(in millions) | 2031 | 2030 | %\nSales | 52 | 50 | 2 | 4 | %\nCosts | "
        "31 | 30 | 1 | 3 | %\nRent | 8 | 8 | — | — | %\n"
    )
    assert rows[0] == [("Year Ended May 31,", 1, 3), ("Change", 3, 5)]
    assert rows[1] == [("(in millions)", 0, 1), ("2031", 1, 2), ("2030", 2, 3), ("%", 4, 5)]


def test_heads_that_cannot_be_shared_out_stand_over_no_column() -> None:
    (rows,) = tables(
        "(in millions) | 2031 | 2030\nSales | 52 | 50 | 2 | 4 | %\nCosts | 31 | 30 | 1 | 3 | %\nRent | 8 | 8 "
        "| — | — | %\n"
    )
    assert rows[0] == [("(in millions)", 0, 1), ("2031", 1, 3), ("2030", 3, 5)]
    (rows,) = tables(
        "2031 | 2030 | 2029\nSales | 52 | 50 | 2 | 4 | %\nCosts | 31 | 30 | 1 | 3 | %\nRent | 8 | 8 | — | — | %\n"
    )
    assert rows[0] == [("2031 2030 2029", 0, 1)]


def test_new_heads_begin_a_new_table() -> None:
    found = tables(
        "2031 | 2030\nSales | 5 | 4\nCosts | 3 | 3\nAs of June 30,\n2031 | 2030\nCash | 2 | 1\nDebt | 9 | 7\n"
    )
    assert [rows[0][0] for rows in found] == [("2031", 1, 2), ("As of June 30,", 1, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "100 plants | 3,200 people | 10 sites\nMore at halden.example | 2031\n",
        "Home | News | 2031\nAbout | Contact\nImprint | Page 4\n",
        "Sales | 10 | 20 | 30\nCosts | 5 | 6\nProfit | 5 | 14 | 20\nTax | 1\nNet | 4 | 12 | 7 | 8\nCash | 1\n",
        "Tel | 48 12\nFax | 48 13\n",
    ],
    ids=["words", "years and pages", "no number of figures", "too few rows"],
)
def test_what_is_no_table_is_left_as_text(text: str) -> None:
    blocks = read("a.txt", text.encode()).blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
