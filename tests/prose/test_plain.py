"""A claim that disagrees is wrong however wrong its amount is where the amounts beside it are right about its line."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.read import read
from tests.prose.test_neighbours import errors, page

RIGHT_BESIDE = (
    ("Operating profit for 2021 was €{}, compared with €71.1 million for 2020.", "91.2 million"),
    ("Operating profit increased by €{} to €91.2 million in 2021, compared with 2020.", "20.1 million"),
    ("Operating profit increased {} to €91.2 million in 2021, compared with 2020.", "28%"),
    ("Operating profit for 2021 was approximately €{}, compared with €71.1 million for 2020.", "91 million"),
    ("Operating profit for 2021 increased €{} compared with 2020.", "20.1 million"),
    ("Compared with 2020, operating profit increased €{} in 2021.", "20.1 million"),
    ("Operating profit was up {} in USD and up 21% in constant currency to €91.2 million in 2021.", "28%"),
    ("Selling and distribution expenses for 2021 were €{}, compared with €80.1 million for 2020.", "88.3 million"),
    ("Selling and distribution expenses for 2021 were €88.3 million, compared with €{} for 2020.", "80.1 million"),
    ("Finance costs were an expense of €9.4 million in 2021, compared with an expense of €{} in 2020.", "8.8 million"),
    ("Net sales grew by €63.5 million, or {}, to €612.4 million in 2021 from €548.9 million in 2020.", "11.6%"),
)


@pytest.mark.parametrize(("sentence", "amount"), RIGHT_BESIDE)
def test_one_amount_among_others_of_its_line_is_wrong_by_whatever_it_misses(sentence: str, amount: str) -> None:
    assert errors(page(sentence.format(amount))) == []
    for wrong in ("47%", "19%") if "%" in amount else ("47.3 million", "3.8 billion", "802.6 million"):
        assert errors(page(sentence.format(wrong))) != [], wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "Operating profit for 2021 was €91.2 million (€47.3 million in stores), compared with €71.1 million for 2020.",
        "Operating profit in 2021 was €91.2 million, of which operating profit of €47.3 million in stores.",
        "Store operating profit was €47.3 million in 2021, compared with operating profit of €38.2 million in 2020.",
        "Operating profit for 2021 was about €91 million, compared with €71.1 million for 2020.",
        "Operating profit increased 28% and decreased 47% in 2021 and 2020, respectively, compared with 2019.",
        "Operating profit for 2021 was €47.3 million, compared with €38.2 million for 2020.",
        "Operating profit was €91.2 million in 2021, compared with €47.3 million in profit of the stores in 2020.",
        "Operating profit in 2021 was €91.2 million, compared with €241.2 million of gross profit.",
        "Operating margin increased 190 basis points to 14.9% in 2021, compared with 2020.",  # rates; 194 of amounts
        "For 2021, gross margin increased 0.7 points to 83.7 percent, compared with 2020.",  # of which division?
        "In 2021 there was a €4.3 million increase in administrative expenses and €47.3 million of proceeds.",
    ],
)
def test_what_may_be_of_something_else_stays_quiet(sentence: str) -> None:
    assert errors(page(sentence)) == []


def test_what_a_long_document_says_late_is_looked_at_too() -> None:
    many = tuple(f"Net sales for 2021 were €612.4 million in report {number}." for number in range(450))
    assert len(errors(page(*many, "Operating profit for 2021 was €47.3 million, up from €71.1 million in 2020."))) == 1


@pytest.mark.parametrize("moved", ["decreased by", "increased by"])
def test_nothing_paid_after_payments_in_brackets_has_no_direction(moved: str) -> None:
    table = """
Statement of cash flows (in millions of euros)

| | Year ended December 31, 2021 | Year ended December 31, 2020 |
|---|---|---|
| Payments for buy-outs | - | (124.0) |
| Dividends paid | (61.7) | (57.4) |
"""
    said = (
        "Dividends paid for 2021 were €61.7 million. "
        f"Payments for buy-outs {moved} €124.0 million in 2021, compared with 2020."
    )
    assert errors(extract(read("page.md", f"Acme Group annual results for 2021\n\n{said}\n{table}".encode()))) == []


def test_the_next_thing_that_a_sentence_lists_is_not_what_has_changed() -> None:
    said = (
        "Other income moved by a €{} decrease in pension benefits and a €25.3 million net gain on sales in 2021 "
        "compared to a €44.1 million net gain in 2020."
    )
    assert errors(page(said.format("79.2 million"))) == []


def test_each_note_has_a_rate_of_its_own_though_they_fall_due_together() -> None:
    said = (
        "The 5.000% senior notes due June 30, 2042 were issued.",
        "The 5.200% senior notes due June 30, 2042 are listed.",
    )
    assert errors(page(*said)) == []


def test_millions_of_a_sentence_are_none_of_a_line_of_amounts_per_share() -> None:
    table = """
Adjusted earnings (in millions of euros)

| | 2021 | 2020 |
|---|---|---|
| Net sales | 612.4 | 548.9 |
| Certain discrete tax items | (0.01) | (0.04) |
"""
    said = "Net sales for 2021 were €612.4 million. Certain discrete tax items were a benefit of €17 million in 2021."
    assert errors(extract(read("page.md", f"Acme Group annual results for 2021\n\n{said}\n{table}".encode()))) == []
