"""The scale of tables that state none beside one that states it and prints the same amounts."""

from __future__ import annotations

from decimal import Decimal

from checker.core.figure import Figure
from checker.extract import extract
from checker.read import read

HIGHLIGHTS = """
# Highlights
(in thousands)

|  | Quarter ended June 30, 2031 | Quarter ended June 30, 2030 |
|---|---|---|
| Net sales | $ 2,033 | $ 2,673 |
| Net loss | (1,509) | (182) |
"""
STATEMENTS = """
# Statements of operations

|  | Quarter ended June 30, 2031 | Quarter ended June 30, 2030 |
|---|---|---|
| Net sales | $ {sales} | $ 2,673,333 |
| Cost of sales | 640,211 | 712,004 |
| Net loss | ({loss}) | (181,576) |
| Weighted average shares outstanding | 9,227,307 | 9,222,157 |
"""


def figures(sales: str, loss: str) -> dict[str, Figure]:
    found = extract(read("release.md", (HIGHLIGHTS + STATEMENTS.format(sales=sales, loss=loss)).encode()))
    return {figure.text.strip("() "): figure for statement in found.statements for figure in statement.figures}


def test_statements_whose_amounts_round_to_those_of_a_table_in_thousands_are_in_full() -> None:
    found = figures("2,033,324", "1,509,250")
    assert found["640,211"].value == Decimal(640211)
    assert found["640,211"].readings[0].value == Decimal(640211000)
    assert "another table" in found["640,211"].why[-1]
    assert found["9,227,307"].value == Decimal(9227307)
    assert found["1,509"].value == Decimal(-1509000)


def test_one_amount_decides_nothing_and_neither_does_one_that_agrees_as_assumed() -> None:
    one = HIGHLIGHTS.replace("| Net loss | (1,509) | (182) |\n", "").replace("2,673 |", "9,999 |") + STATEMENTS.format(
        sales="2,033,324", loss="1,509,250"
    )
    found = {
        figure.text: figure
        for statement in extract(read("a.md", one.encode())).statements
        for figure in statement.figures
    }
    assert found["640,211"].value == Decimal(640211000)
    assert figures("2,033", "1,509,250")["640,211"].value == Decimal(640211000)
