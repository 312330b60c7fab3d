"""Steps from one rate of growth to the next are percentages without their sign, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from checker.extract import extract
from tests.extract.tables import document

HEADS = ["", "Change, reported", "Currency", "Acquisitions", "Change, organic", "Volume", "Prices"]
ROWS = [
    ["Snacks", "7 %", "1", "(2)", "6 %", "(2)", "8"],
    ["Drinks", "5 %", "(3.5)", "—", "1 %", "(5)", "6"],
    ["Cereals", "(2)%", "—", "4", "2 %", "—", "2"],
    ["Total", "6 %", "(1)", "(1)", "4 %", "(1)", "5"],
]


def units_of(rows: list[list[str]]) -> dict[str, set[str]]:
    """The units of the figures under each head."""
    found: dict[str, set[str]] = {}
    for line in extract(document("(in millions)", [HEADS, *rows])).statements[0].lines:
        for figure, head in zip(line.figures, HEADS[1:], strict=False):
            if figure is not None:
                found.setdefault(head, set()).add(str(figure.unit))
    return found


def test_steps_between_rates_and_after_the_last_one_are_percentages() -> None:
    assert units_of(ROWS) == {head: {"percent"} for head in HEADS[1:]}


def test_steps_that_are_taken_off_lead_there_too() -> None:
    taken = [
        ["Snacks", "7 %", "1", "(2)", "8 %", "", ""],
        ["Drinks", "5 %", "(3)", "—", "8 %", "", ""],
        ["Cereals", "(2)%", "—", "4", "(6)%", "", ""],
    ]
    assert units_of(taken)["Currency"] == units_of(taken)["Acquisitions"] == {"percent"}


@pytest.mark.parametrize("column", [2, 3])
def test_numbers_that_lead_nowhere_are_amounts(column: int) -> None:
    astray = [[*row[:column], str(11 + 17 * place), *row[column + 1 :]] for place, row in enumerate(ROWS)]
    assert "percent" not in units_of(astray)["Currency"] | units_of(astray)["Acquisitions"]
    assert units_of(astray)["Volume"] == {"percent"}


def test_a_currency_sign_makes_an_amount_of_a_step() -> None:
    assert "percent" not in units_of([["Snacks", "7 %", "$ 1", "(2)", *ROWS[0][4:]], *ROWS[1:]])["Currency"]


def test_two_lines_that_move_are_too_few() -> None:
    still = ["Cereals", "2 %", "—", "—", "2 %", "", ""]
    assert "percent" not in units_of([ROWS[0], ROWS[1], still])["Currency"]


def test_most_lines_must_lead_there() -> None:
    astray = [[f"Brand {place}", "3 %", str(19 * place), str(23 * place), "5 %", "", ""] for place in range(1, 5)]
    assert "percent" not in units_of([*ROWS, *astray])["Currency"]
