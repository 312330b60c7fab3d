"""Amounts that the words beside them take from their line: dated elsewhere in the sentence, part of what moved it, on
another basis, moved by a line that is itself a movement."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.read import read
from tests.prose.test_neighbours import RIGHT, errors, page


@pytest.mark.parametrize(
    "sentence",
    [
        "Operating profit was €{} million, which reflects the loss of a large customer in 2020.",
        "Operating profit of the group came to €{} million, the increase since 31 December 2020 being due to prices.",
        "Operating profit was €{} million; the plan of 2020 has been carried out.",
    ],
)
def test_a_date_in_another_clause_is_not_that_of_the_amount(sentence: str) -> None:
    assert errors(page(*RIGHT, sentence.format("91.2"))) == []


@pytest.mark.parametrize(
    "sentence", ["Operating profit for the year was €71.1 million, compared to €91.2 million in 2021."]
)
def test_a_date_beside_the_amount_is(sentence: str) -> None:
    assert errors(page(*RIGHT, sentence)) != []


@pytest.mark.parametrize("cause", ["was primarily driven by", "was due to", "resulted from", "was partially offset by"])
def test_what_moved_a_line_is_not_by_how_much_it_moved(cause: str) -> None:
    risen = "The increase in selling expenses for 2021 compared with 2020"
    assert errors(page(*RIGHT, f"{risen} {cause} an increase in selling expenses of €6.4 million.")) == []


def test_growth_that_is_told_on_another_basis_elsewhere_is_measured_on_it() -> None:
    plain = ("Net sales increased 15% compared with 2020.", "Selling expenses increased 14% compared with 2020.")
    assert len(errors(page(*RIGHT[:4], *plain))) == 2
    assert errors(page(*RIGHT[:4], "Net sales were up 15% at constant currency.", *plain)) == []


CASH = """
Statement of cash flows (in thousands of euros)

| | Year ended December 31, 2021 | Year ended December 31, 2020 |
|---|---|---|
| Profit for the year | 61,480 | 46,390 |
| Changes in working capital: | | |
| Inventories | (14,730) | (510) |
| Trade receivables | 8,240 | (3,115) |
"""


def test_a_line_of_changes_is_not_what_changed() -> None:
    said = "Inventories as of 31 December 2021 increased by €14.7 million compared with 2020."
    assert errors(extract(read("page.md", f"Results of the year\n\n{said}\n{CASH}".encode()))) == []


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("There was an increase in other income (expense), net of €27 million driven by disposals in 2021.", "change"),
        ("There was an increase in other income, net of €27 million in 2021.", "change"),
        ("There was an increase in sales, net of €27 million of returns in 2021.", "level"),
        ("There was an increase in sales, net of €27 million returns in 2021.", "level"),
    ],
)
def test_net_ends_the_name_of_what_has_changed(sentence: str, role: str) -> None:
    (claim,) = [one for one in page(sentence).claims if one.figure.text == "€27 million"]
    assert claim.role == role


@pytest.mark.parametrize("flat", ["flat to", "essentially flat with", "flat on"])
def test_flat_compares(flat: str) -> None:
    (claim,) = [
        one
        for one in page(f"Net sales of €612.4 million were {flat} the prior year.").claims
        if "612" in one.figure.text
    ]
    assert claim.figure.period is not None and claim.figure.period.end is not None
    assert (claim.role, claim.figure.period.end.year) == ("level", 2021)


def test_a_heading_that_states_an_amount_belongs_to_the_section_above() -> None:
    table = """
Income statement (in millions of euros)

| | Year ended December 31, 2021 | Year ended December 31, 2020 | Year ended December 31, 2019 |
|---|---|---|---|
| Net sales | 612.4 | 548.9 | 530.2 |
| Interest expense | 9.7 | 9.4 | 14.1 |
"""
    said = (
        "# Year ended December 31, 2020 compared with year ended December 31, 2019\n\n"
        "# Interest income: increased €0.5 million to €0.8 million\n\nRates were higher.\n\n"
        "# Interest expense: decreased €4.7 million to €9.4 million\n\nWe owed less.\n\n"
        "# Outlook\n\nInterest expense was €9.7 million.\n"
    )
    release = extract(read("page.md", f"# Annual results\n\n{said}\n{table}".encode()))
    years = {one.figure.text: one.figure.period.end.year for one in release.claims if one.figure.period}
    assert (years["€9.4 million"], years["€9.7 million"]) == (2020, 2021)
    assert errors(release) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Net sales decreased by €5.0 million, from€ 617.4 million to €612.4 million in 2021.", "€ 617.4 million"),
        ("Net sales increased to$ 612.4 million in 2021.", "$ 612.4 million"),
        ("Net sales were \\$14 million in May and\\$ 15 million in June 2021.", "$ 15 million"),
    ],
)
def test_a_sign_that_a_converter_glued_to_the_word_before_is_that_of_the_amount(sentence: str, said: str) -> None:
    assert said in {one.figure.text for one in page(sentence).claims}


def test_an_amount_in_another_line_is_not_of_the_first() -> None:
    said = "In 2021 we recorded costs of €34.0 million in administrative expenses and €49.9 million in interest."
    assert errors(page(*RIGHT, said)) == []


def test_a_cause_is_another_clause() -> None:
    said = "Operating profit of €91.2 million increased 28 percent driven by a benefit recorded in 2020 of the new tax."
    assert errors(page(*RIGHT, said)) == []
