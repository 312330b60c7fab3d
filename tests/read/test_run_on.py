"""Rows whose cells one blank parts make a table where several have as many figures; running text makes none."""

from __future__ import annotations

import pytest

from checker.core.document import Table
from checker.read import read

ROWS = """\
Three Months Ended Nine Months Ended
July 1, 2023 June 25, 2022 July 1, 2023 June 25, 2022
Net sales $ 81,797 $ 82,959 $ 293,787 $ 304,182
Cost of sales (1) 45,384 47,074 165,066 171,495
Operating expenses:
Income (loss) before taxes (594) -- 86,738 94,446
Other income (3) .74
36,413 35,885 128,721 132,687
Margin 44.5% 43.3% 43.8% 43.6%
"""


def grid(text: str) -> list[list[tuple[str, int, int]]]:
    tables = [block for block in read("a.txt", text.encode()).blocks if isinstance(block, Table)]
    return [[(cell.text, cell.left, cell.right) for cell in row.cells] for table in tables for row in table.rows]


def test_figures_stand_in_order_and_heads_share_the_columns() -> None:
    rows = grid(ROWS)
    assert rows[0] == [("Three Months Ended", 1, 3), ("Nine Months Ended", 3, 5)]
    assert rows[1] == [("July 1, 2023", 1, 2), ("June 25, 2022", 2, 3), ("July 1, 2023", 3, 4), ("June 25, 2022", 4, 5)]
    assert rows[2] == [
        ("Net sales", 0, 1),
        ("$ 81,797", 1, 2),
        ("$ 82,959", 2, 3),
        ("$ 293,787", 3, 4),
        ("$ 304,182", 4, 5),
    ]
    assert rows[3][:2] == [("Cost of sales (1)", 0, 1), ("45,384", 1, 2)]
    assert rows[4] == [("Operating expenses:", 0, 1)]
    assert [text for text, _, _ in rows[5]] == ["Income (loss) before taxes", "(594)", "--", "86,738", "94,446"]
    assert [left for _, left, _ in rows[7]] == [1, 2, 3, 4]


def test_a_row_with_fewer_figures_is_words() -> None:
    table = next(block for block in read("a.txt", ROWS.encode()).blocks if isinstance(block, Table))
    assert [row.cells[0].text for row in table.rows if row.untold] == ["Other income (3) .74"]


def test_spans_lead_back_to_the_file() -> None:
    content = ("Résumé — " + ROWS).encode()
    table = next(block for block in read("a.txt", content).blocks if isinstance(block, Table))
    low, high = table.rows[-1].cells[-1].place.span
    assert content[low:high] == b"43.6%"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Sales rose from 2012 2013\nand costs fell from 2012 2013\nwhich we saw in 2012 2013\nas was said in "
            "2012 2013\n"
        ),
        (
            "We grew\nThe plant in Lima employs 1200\npeople and that in Quito 2300\nand the one in Bogota "
            "3400\nas of today 5600\n"
        ),
        "Net sales 10 20\nCost of sales 5 6\nGross profit 5 14\n",
        (
            "Net sales 10 20 30\nCost of sales 5 6\nGross profit 5 14 20\nTax 1 2\nNet income 4 12\nCash 1 2 "
            "3\nOther 4 5\n"
        ),
    ],
    ids=["years", "one figure a line", "too few rows", "as many rows with more figures"],
)
def test_what_keeps_to_no_number_of_figures_is_no_table(text: str) -> None:
    assert grid(text) == []
