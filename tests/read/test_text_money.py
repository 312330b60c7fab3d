"""Signs of money that stand for themselves in a table of text."""

from __future__ import annotations

import pytest

from checker.pipeline import release


@pytest.mark.parametrize("sign", ["$", "£", "€", "¥", "₹"])
@pytest.mark.parametrize("apart", ["   ", " ", ""])
def test_a_sign_of_any_currency_stands_beside_its_figure(sign: str, apart: str) -> None:
    first = f"  Borrowings{sign:>24}{apart}150{sign:>{9 - len(apart)}}{apart}140"
    text = (
        "CONSOLIDATED BALANCE SHEETS\n(in thousands)\n"
        "                                  June 30,  December 31,\n"
        "                                    2024        2023\n"
        "Current liabilities:\n"
        f"{first}\n"
        "  Trade payables                     250         260\n"
        "  Total current liabilities          400         400\n"
    )
    found = release("release.txt", text.encode())
    assert [(one.caption, one.value, str(one.period and one.period.end)) for one in found.figures] == [
        ("Borrowings", 150_000, "2024-06-30"),
        ("Borrowings", 140_000, "2023-12-31"),
        ("Trade payables", 250_000, "2024-06-30"),
        ("Trade payables", 260_000, "2023-12-31"),
        ("Total current liabilities", 400_000, "2024-06-30"),
        ("Total current liabilities", 400_000, "2023-12-31"),
    ]
