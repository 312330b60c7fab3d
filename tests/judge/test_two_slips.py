"""Two slips at once: two broken relations that one slip repairs, and two broken lines of one matrix."""

from __future__ import annotations

import pytest

from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check

GROWTH = """
# Balance sheet data (in millions)

| | March 31, 2024 | December 31, 2023 | March 31, 2023 \
| % Change from December 31, 2023 | % Change from March 31, 2023 |
|---|---|---|---|---|---|
| Cash and due from banks | $ 51,207 | $ 47,812 | $ 44,930 | 7% | 14% |
| Trading assets | 148,315 | 139,402 | 131,877 | 6% | 12% |
| Securities | 92,644 | 95,118 | 90,203 | (3)% | 3% |
| Loans | 183,290 | 176,508 | 166,147 | 4% | 10% |
| Deposits | 201,455 | 196,030 | 188,912 | 3% | 7% |
| Borrowings | 77,318 | 80,225 | 71,006 | (4)% | 9% |
| Total assets | $ {assets} | $ 486,059 | $ 457,217 | 1% | 7% |
"""


def loud(page: str) -> list[Finding]:
    found = check("page.md", page.encode(), load([]))
    return [one for one in found.findings if one.verdict == "violation" and one.severity == "error"]


def test_two_percentages_that_one_transposition_repairs_are_an_error() -> None:
    assert loud(GROWTH.format(assets="489,978")) == []
    found = loud(GROWTH.format(assets="498,978"))
    assert len(found) == 2
    assert {one.suspects[0].proposed for one in found} == {"489,978"}


def test_two_percentages_that_only_another_amount_repairs_stay_notes() -> None:
    assert loud(GROWTH.format(assets="497,612")) == []


LINES = 12


def matrix(**typed: str) -> str:
    heads = "| Revenue by quarter (in thousands) | North | South | West | Total |\n|---|---|---|---|---|"
    rows = []
    for number in range(LINES):
        north, south, west = 12_480 + 1_737 * number, 30_152 + 2_911 * number, 8_264 + 1_193 * number
        cells = [f"{north:,}", f"{south:,}", f"{west:,}", f"{north + south + west:,}"]
        cells[3] = typed.get(f"line{number}", cells[3])
        rows.append(f"| Product {chr(65 + number)} | " + " | ".join(cells) + " |")
    return "# Segments\n\n" + "\n".join([heads, *rows]) + "\n"


def total(number: int) -> int:
    return 12_480 + 1_737 * number + 30_152 + 2_911 * number + 8_264 + 1_193 * number


def transposed(number: int) -> str:
    digits = str(total(number))
    at = next(at for at in range(len(digits) - 1) if digits[at] != digits[at + 1])
    return f"{int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]):,}"


@pytest.mark.parametrize("broken", [(), (4,), (2, 9)])
def test_two_broken_lines_of_a_matrix_do_not_silence_each_other(broken: tuple[int, ...]) -> None:
    found = loud(matrix(**{f"line{number}": transposed(number) for number in broken}))
    assert {one.check.figures[0].text for one in found} == {transposed(number) for number in broken}
