"""Cells that stand below each other, each on a line of its own, make rows: a caption begins one, its figures follow.
Running text makes none."""

from __future__ import annotations

import pytest

from checker.core.document import Paragraph, Table
from checker.read import read

CELLS = """\
HALDEN INSTRUMENTS
STATEMENTS OF OPERATIONS
Dec. 31,
2031
Dec. 31,
2030
Probes
4,180
3,920
Rental income
90
-
TOTAL REVENUE
4,270
3,920
Cost of revenue
(1,226
)
(1,165
)
GROSS PROFIT
3,044
2,755
OTHER INCOME
Common stock: $0.01 par value; 5,000,000 shares authorized at Dec. 31, 2031 and 2030
12
12
Gain on sale
210
Net loss per share
$
(0.01
)
$
(0.08
)
"""
APART = "\n\n".join(CELLS.splitlines())


def tables(text: str) -> list[list[list[tuple[str, int, int]]]]:
    found = [block for block in read("a.md", text.encode()).blocks if isinstance(block, Table)]
    return [[[(cell.text, cell.left, cell.right) for cell in row.cells] for row in table.rows] for table in found]


@pytest.mark.parametrize("text", [CELLS, APART], ids=["lines", "paragraphs"])
def test_a_caption_begins_a_row_and_its_figures_follow(text: str) -> None:
    (rows,) = tables(text)
    assert rows[:3] == [
        [("Dec. 31, 2031", 1, 2), ("Dec. 31, 2030", 2, 3)],
        [("Probes", 0, 1), ("4,180", 1, 2), ("3,920", 2, 3)],
        [("Rental income", 0, 1), ("90", 1, 2), ("-", 2, 3)],
    ]
    assert rows[6] == [("OTHER INCOME", 0, 1)]


def test_signs_and_brackets_in_cells_of_their_own_belong_to_their_figures() -> None:
    (rows,) = tables(APART)
    assert [text for text, _, _ in rows[4]] == ["Cost of revenue", "(1,226 )", "(1,165 )"]
    assert [text for text, _, _ in rows[-1]] == ["Net loss per share", "$ (0.01 )", "$ (0.08 )"]


def test_numbers_in_a_caption_are_no_figures() -> None:
    (rows,) = tables(APART)
    assert [text for text, _, _ in rows[7]][1:] == ["12", "12"]


def test_a_row_with_fewer_figures_is_words() -> None:
    (table,) = [block for block in read("a.md", APART.encode()).blocks if isinstance(block, Table)]
    assert [row.cells[0].text for row in table.rows if row.untold] == ["Gain on sale 210"]


def test_figures_without_a_caption_are_a_row_of_their_own() -> None:
    (rows,) = tables("\n\n".join("2031 2030 Rent 5 4 Food 3 3 8 7 Cash 1 2 Debt 6 6".split()))
    assert rows[2:4] == [[("Food", 0, 1), ("3", 1, 2), ("3", 2, 3)], [("8", 1, 2), ("7", 2, 3)]]


def test_heads_of_several_columns_stand_over_all_of_them() -> None:
    cells = "Three Months Ended June 30,|Six Months Ended June 30,|2031|2030|2031|2030|Sales|5|4|9|8|Costs|3|3|6|6"
    (rows,) = tables(cells.replace("|", "\n\n"))
    assert rows[0] == [("Three Months Ended June 30,", 1, 3), ("Six Months Ended June 30,", 3, 5)]
    assert rows[1] == [("2031", 1, 2), ("2030", 2, 3), ("2031", 3, 4), ("2030", 4, 5)]


def heads_of(cells: str) -> list[list[tuple[str, int, int]]]:
    (rows,) = tables(cells.replace("|", "\n\n"))
    return [row for row in rows if row[0][1] > 0]


@pytest.mark.parametrize("unit", ["USD", "US$", "€", "$", "€'000", "RM'000", "£m"])
def test_a_unit_below_a_head_is_its_own(unit: str) -> None:
    assert heads_of(f"2031|2030|{unit}|{unit}|Sales|5,120|4,310|Costs|3,010|2,875") == [
        [("2031", 1, 2), ("2030", 2, 3)],
        [(unit, 1, 2), (unit, 2, 3)],
    ]


@pytest.mark.parametrize("first, second", [("2031 to 2030", "2030 to 2029"), ("2031 vs. 2030", "2030 vs. 2029")])
def test_heads_of_amounts_and_of_changes_make_up_the_width_together(first: str, second: str) -> None:
    rows = "Sales|600|500|400|20.0|25.0|Costs|330|300|200|10.0|50.0"
    heads = heads_of(f"2031|2030|2029|{first}|{second}|USD|USD|USD|% Change|% Change|{rows}")
    assert [[text for text, _, _ in row] for row in heads] == [
        ["2031", "2030", "2029", first, second],
        ["USD", "USD", "USD", "% Change", "% Change"],
    ]
    assert all([span[1:] for span in row] == [(at, at + 1) for at in range(1, 6)] for row in heads)


@pytest.mark.parametrize("change", ["Increase/(Decrease)", "Increase (decrease)", "Increase / Decline"])
def test_a_change_stands_over_amounts_and_percent(change: str) -> None:
    assert heads_of(f"2031|2030|{change}|Sales|$|600|$|500|$|100|20|%|Costs|330|300|30|10") == [
        [("2031", 1, 2), ("2030", 2, 3), (change, 3, 5)]
    ]


@pytest.mark.parametrize("sign", ["$", "€"])
def test_a_change_in_two_ways_stands_beside_the_years_it_compares(sign: str) -> None:
    cells = f"Six Months Ended June 30,|Change|2031|2030|{sign}|%|Sales|600|500|100|20|%|Costs|330|300|30|10"
    assert heads_of(cells) == [
        [("Six Months Ended June 30,", 1, 3), ("Change", 3, 5)],
        [("2031", 1, 2), ("2030", 2, 3), (sign, 3, 4), ("%", 4, 5)],
    ]


def test_two_heads_that_each_stand_over_half_are_not_set_beside_two_others() -> None:
    heads = heads_of(
        "Year ended|Three months ended|December 31,|December 31,|2031|2030|2031|2030|Sales|9|8|5|4|Costs|6|6|3|3"
    )
    assert [[span for _, *span in row] for row in heads[:2]] == [[[1, 3], [3, 5]]] * 2


def test_that_nobody_audited_a_column_is_said_below_its_head() -> None:
    cells = "HALDEN|(Unaudited)|Three Months EndedJune 30,|2031|2030|Assets|(unaudited)|Cash|5|4|Debtors|3|3"
    (rows,) = tables(cells.replace("|", "\n\n"))
    assert [text for row in rows for text, _, _ in row][:5] == [
        "(Unaudited)",
        "Three Months EndedJune 30,",
        "2031",
        "2030",
        "(unaudited)",
    ]
    assert rows[-3:] == [
        [("Assets", 0, 1)],
        [("Cash", 0, 1), ("5", 1, 2), ("4", 2, 3)],
        [("Debtors", 0, 1), ("3", 1, 2), ("3", 2, 3)],
    ]


def test_what_follows_the_last_row_is_text() -> None:
    blocks = read("a.md", (APART + "\n\nAbout Halden\n\nHalden makes probes.\n").encode()).blocks
    assert [block.text for block in blocks[-2:] if isinstance(block, Paragraph)] == [
        "About Halden",
        "Halden makes probes.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We grew.\n\n2031\n\nWe will grow.\n\n2032\n\nIn all places.\n\n2033\n",
        "Contents\n\n1\n\nOutlook\n\n2\n\nRisks\n\n3\n\nBoard\n\n4\n\nNotes\n\n5\n",
        "Sales\n\n5\n\n4\n\n3\n\nCosts\n\n3\n\n3\n\nRent\n\n1\n\nCash\n\n2\n\n2\n\n1\n\n8\n\n9\n\nDebt\n\n7\n",
    ],
    ids=["years", "one figure each", "no number of figures"],
)
def test_what_is_no_table_is_left_as_text(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in read("a.md", text.encode()).blocks)


HIGHLIGHTS = """\
Highlights
2031
2031
2031
2030
Before exceptional items
Exceptional items
After exceptional items
Revenue
390.6
-
390.6
348.1
Operating profit
7.6
(2.8)
5.8
5.2
Profit before tax
9.5
(2.8)
6.7
7.4
Finance income
1.9
-
1.9
2.2
Dividend per share
3.0
1.8
"""


def test_words_below_dates_head_the_columns_that_one_date_stands_over() -> None:
    (rows,) = tables("\n\n".join(HIGHLIGHTS.splitlines()))
    assert rows[0] == [("2031", 1, 2), ("2031", 2, 3), ("2031", 3, 4), ("2030", 4, 5)]
    assert rows[1] == [
        ("Before exceptional items", 1, 2),
        ("Exceptional items", 2, 3),
        ("After exceptional items", 3, 4),
    ]
    assert rows[3] == [("Operating profit", 0, 1), ("7.6", 1, 2), ("(2.8)", 2, 3), ("5.8", 3, 4), ("5.2", 4, 5)]
    assert len(rows) == 6


def test_one_word_below_dates_is_a_heading() -> None:
    (rows,) = tables(
        "\n\n".join(line for line in HIGHLIGHTS.splitlines() if "xceptional" not in line or line.startswith("Before"))
    )
    assert rows[1] == [("Before exceptional items", 0, 1)]


BALANCE = """\
Assets
2031
2030
Cash
$
4,180
$
3,920
Debtors
90
70
Stock
1,226
1,165
Total current assets
$
5,496
$
5,155
Plant
700
650
Total assets
$
6,196
$
5,805
"""


def cells(lines: list[str]) -> str:
    return "\n\n".join(lines)


def uneven(text: str) -> list[tuple[int, str]]:
    found = [one for one in read("a.md", text.encode()).problems if one.code == "R139"]
    return [(one.place.line if one.place else 0, one.message) for one in found]


def figures_of(text: str) -> int:
    return sum(len(row) - 1 for rows in tables(text) for row in rows if len(row) == 3)


@pytest.mark.parametrize("figure", ["4,180", "70", "1,165", "5,155", "6,196", "5,805"])
def test_a_cell_that_is_gone_is_said_and_ends_no_table(figure: str) -> None:
    lines = BALANCE.splitlines()
    for gone in ([], [" " * len(figure)]):  # deleted, or blanked
        at = lines.index(figure)
        text = cells([*lines[:at], *gone, *lines[at + 1 :]])
        ((_, message),) = uneven(text)
        assert message == "a line has 1 of the 2 figures that the others of its table have: one is missing"
        assert figures_of(text) == figures_of(cells(lines)) - 2


@pytest.mark.parametrize("figure", ["4,180", "70", "1,165", "5,496", "650", "5,805"])
def test_a_cell_printed_twice_is_said_and_ends_no_table(figure: str) -> None:
    lines = BALANCE.splitlines()
    at = lines.index(figure)
    ((_, message),) = uneven(cells([*lines[:at], f"{figure}\n{figure}", *lines[at + 1 :]]))
    assert message == "a line has 3 of the 2 figures that the others of its table have: there is one too many"


def test_a_whole_table_and_one_that_leaves_out_blank_cells_say_nothing() -> None:
    assert not uneven(cells(BALANCE.splitlines()))
    blank = "2031 2030 Rent 5 4 Food 3 3 Cash 1 Debt 6 Tax 2 Fuel 9 8 Wages 7 6 Post 1 1"
    assert not uneven(cells(blank.split()))


def test_what_follows_a_table_is_no_line_that_lost_a_cell() -> None:
    text = cells([*BALANCE.splitlines(), "Return on assets", "3.1%"])
    assert not uneven(text)
    assert figures_of(text) == figures_of(cells(BALANCE.splitlines()))
