"""Sentences that print another amount than the table, however wrong it is, and sentences that contradict themselves;
and what must stay quiet beside them."""

from __future__ import annotations

from functools import cache

import pytest

from checker.bind.claims import bind_claims
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

_LINES = (
    ("Net sales", "412,600", "355,700"),
    ("Cost of sales", "(231,100)", "(204,500)"),
    ("Gross profit", "181,500", "151,200"),
    ("Selling and distribution expenses", "(61,240)", "(55,910)"),
    ("Administrative expenses", "(38,720)", "(36,470)"),
    ("Operating profit", "81,540", "58,820"),
    ("Finance costs", "(6,310)", "(5,740)"),
    ("Profit before income tax", "75,230", "53,080"),
    ("Income tax expense", "(18,760)", "(13,420)"),
    ("Profit for the year", "56,470", "39,660"),
)
_TITLE = "Nordvik Group annual results for the year ended December 31, 2019"


def _markdown(sentence: str, unit: str) -> bytes:
    rows = "\n".join(f"| {caption} | {now} | {then} |" for caption, now, then in _LINES)
    head = (
        f"Consolidated income statement ({unit} in thousands)\n\n| | Year ended December 31, 2019 | Year ended "
        f"December 31, 2018 |\n|---|---|---|\n"
    )
    return f"{_TITLE}\n\n{sentence}\n\n{head}{rows}\n".encode()


def _html(sentence: str, unit: str) -> bytes:
    rows = "".join(f"<tr><td>{caption}</td><td>{now}</td><td>{then}</td></tr>" for caption, now, then in _LINES)
    head = "<tr><th></th><th>Year ended December 31, 2019</th><th>Year ended December 31, 2018</th></tr>"
    return (
        f"<html><body><h1>{_TITLE}</h1><ul><li>{sentence}</li></ul>"
        f"<p>Consolidated income statement ({unit} in thousands)</p><table>{head}{rows}</table></body></html>"
    ).encode()


@cache
def _rulebook() -> Rulebook:
    return load((), True)


def _errors(name: str, content: bytes) -> list[str]:
    found = evaluate(bind_claims(extract(read(name, content)), _rulebook()))
    return [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"]


def _agreeing(name: str, content: bytes) -> list[str]:
    found = evaluate(bind_claims(extract(read(name, content)), _rulebook()))
    return [one.check.relation for one in found if one.verdict in ("agrees", "rounding")]


_WRONG = [
    "Net sales were {c}412.6 million in 2019, an increase of 61% from 2018.",
    "Net sales rose 26% to {c}412.6 million (2018: {c}355.7 million).",
    "Operating profit was {c}61.2 million compared with {c}58.8 million in 2018.",
    "Operating profit: {c}81.5m, +93% YoY",
    "Gross margin of 40.4%",
    "Group net sales increased 61% to {c}412.6 million",
    "PBT for the year ended December 31, 2019 was {c}72.5 million.",
    "Profit for the year increased by {c}61.8 million to {c}56.5 million from {c}39.7 million in 2018.",
    "Order intake increased 31% to {c}241 million from {c}200 million in 2018.",
    "Utilisation improved to 81.0% in 2019 from 75.5% in 2018, an increase of 55 basis points.",
    "The order book stood at {c}512.0 million (2018: {c}440.0 million), up 61%.",
    "Orders from Pellan, a customer, were {c}12.4 million, and administrative expenses in 2019 were {c}37.82 million.",
    (
        "The board met on a new plan; cost of sales for the year 2019 was {c}231.7 million and operating profit "
        "was {c}81.54 million."
    ),
    "Finance costs for the year 2019 came to {c}6.31 billion, while net sales were {c}412.6 million.",
    "Orders of the Pellan depot were {c}12.4 million in 2019, and net sales decreased 16% in 2019 compared with 2018.",
    "Net sales decreased by {c}56.9 million in 2019 compared with 2018.",
    "Finance costs in 2019 were {c}6.8 million, while income tax expense in 2019 was {c}18.8 million.",
]
_RIGHT = [
    "Net sales were {c}412.6 million in 2019, an increase of 16% from 2018.",
    "Net sales rose 16% to {c}412.6 million (2018: {c}355.7 million).",
    "Operating profit: {c}81.5m, +39% YoY",
    "Gross margin was 44.0% in 2019, up 1.5 percentage points from 42.5% in 2018.",
    "Group net sales increased 16% to {c}412.6 million",
    "Order intake increased 20.5% to {c}241 million from {c}200 million in 2018.",
    "The order book stood at {c}512.0 million (2018: {c}440.0 million), up 16%.",
    "Utilisation improved to 81.0% in 2019 from 75.5% in 2018, an increase of 550 basis points.",
]
_QUIET = [
    "Net sales were {c}412.6 million in 2019, an increase of 12% on a constant currency basis.",
    "On a like-for-like basis, net sales increased 12% to {c}398.4 million from {c}355.7 million in 2018.",
    "Net sales rose 12% organically to {c}412.6 million (2018: {c}355.7 million).",
    "Operating profit of {c}86.2 million, excluding restructuring, compared with {c}58.8 million in 2018.",
    "Net sales in the Baltic region were {c}45.2 million compared with {c}39.1 million in 2018.",
    "Net sales were {c}198.2 million in the second half of 2019.",
    "Gross profit of {c}181.5 million ({c}90.2 million in stores) compared with {c}151.2 million in 2018.",
    "Net sales increased 8.5% to {c}16.1 million compared to {c}14.8 million in 2018.",
    "Net sales are expected to increase 61% from {c}412.6 million.",
    "Net sales in 2019 were {c}421.6 million excluding the Pellan depot.",
    "Adjusted operating profit in 2019 was {c}81.45 million.",
    "Orders of the Pellan depot were {c}12.4 million in 2019, and its administrative expenses were {c}3.2 million.",
    "Orders of the Pellan depot were {c}12.4 million in 2019, and finance costs in 2019 were {c}8.7 million.",
    "Administrative expenses were around {c}38 million in 2019.",
    "Total assets reached {c}315.9 million, and administrative expenses in 2019 were {c}38.8 million.",
]


@pytest.mark.parametrize(("currency", "unit"), [("$", "US dollars"), ("€", "euros"), ("SEK ", "SEK")])
@pytest.mark.parametrize("sentence", _WRONG)
def test_a_wrong_amount_is_a_violation(sentence: str, currency: str, unit: str) -> None:
    assert _errors("release.md", _markdown(sentence.format(c=currency), unit))


@pytest.mark.parametrize("sentence", _WRONG)
def test_a_wrong_amount_of_a_page_is_a_violation(sentence: str) -> None:
    assert _errors("release.html", _html(sentence.format(c="$"), "US dollars"))


@pytest.mark.parametrize("sentence", _RIGHT)
def test_the_right_amounts_agree(sentence: str) -> None:
    content = _markdown(sentence.format(c="€"), "euros")
    assert not _errors("release.md", content)
    assert _agreeing("release.md", content)


@pytest.mark.parametrize("sentence", _QUIET)
def test_what_speaks_of_something_else_stays_quiet(sentence: str) -> None:
    assert not _errors("release.md", _markdown(sentence.format(c="$"), "US dollars"))


def test_a_change_is_not_of_a_line_whose_amount_is_another() -> None:
    content = _markdown("Net sales were up 16% to £81.6m.", "euros")
    assert not [relation for relation in _agreeing("release.md", content) if "16%" in relation]


def test_a_line_of_a_table_is_no_sentence() -> None:
    assert not extract(read("release.md", _markdown("Effective rate (32.4)% (949.7)% 917.3 pts.", "euros"))).claims


@pytest.mark.parametrize("caption", ["EPS", "Earnings per share"])
def test_an_amount_per_share_is_held_against_the_line_of_a_table_without_a_title(caption: str) -> None:
    table = (
        "| NOK thousand | 2023 | 2022 |\n|---|---|---|\n| Turnover | 61,300 | 58,450 |\n| Costs | (40,100) | "
        "(39,150) |\n| Result | 21,200 | 19,300 |\n"
    )
    text = f"Full year 2023 highlights\n\n- {caption}: NOK %s vs. NOK 1.12\n\n{table}| {caption} | 2.47 | 1.12 |\n"
    assert _errors("release.md", (text % "2.47").encode()) == []
    assert _errors("release.md", (text % "2.74").encode()) == [f"{caption} of NOK 2.74 = {caption}"]


@pytest.mark.parametrize(
    "sentence",
    [
        # the year of one amount
        "Net sales were $412.6 million in 2018.",
        "Profit for the year ended December 31, 2018 was $56.5 million.",
        # the direction, whatever else the sentence says
        "Operating profit decreased $22.7 million in 2019 compared with 2018, helped by our new stores.",
        "Gross profit fell 20.0% in 2019 compared with 2018.",
        # the scale, among others that are right
        "Net sales were $412.6 million and gross profit $181.5 million in 2019, operating profit $81.5 billion.",
        # an adjusted amount beside it, and the same amount rightly elsewhere
        "Net sales were $412.6 million in 2019. In 2019 we had net sales of $41.26 billion.",
    ],
)
def test_a_year_a_direction_or_a_scale_alone_is_a_violation(sentence: str) -> None:
    assert _errors("page.md", _markdown(sentence, "$"))
    assert _errors("page.html", _html(sentence, "$"))


@pytest.mark.parametrize(
    "sentence",
    [
        # several years that are all read one off mean years that are counted otherwise
        "Net sales were $412.6 million and gross profit was $181.5 million in fiscal 2018.",
        "Net sales of the division were $41.3 million in 2018.",
    ],
)
def test_years_that_are_all_one_off_are_counted_otherwise(sentence: str) -> None:
    assert not _errors("page.md", _markdown(sentence, "$"))


_PARTS = """Nordvik Group results for the quarter ended March 31, 2024

Total net revenue was $500 million in the first quarter of 2024. {said}

Acme consolidated income statement (in millions)

| | Q1 2024 | Q1 2023 |
|---|---|---|
| Total net revenue | 500 | 450 |
| Total expenses | 300 | 280 |

Retail banking (in millions)

| | Q1 2024 | Q1 2023 |
|---|---|---|
| Total net revenue | 320 | 310 |
| Total expenses | 200 | 190 |
"""


def test_an_amount_of_one_of_several_tables_that_print_its_line_agrees_with_that() -> None:
    """Which of them is meant only the amount can tell, so that another one is no violation."""
    said = "Total expenses were $200 million in the first quarter of 2024."
    assert "Total expenses of $200 million = Total expenses (table 2)" in _agreeing(
        "page.md", _PARTS.format(said=said).encode()
    )
    assert not _errors("page.md", _PARTS.format(said=said.replace("200", "250")).encode())


def test_a_percentage_of_few_digits_does_not_choose_among_tables() -> None:
    """3 % are the growth of many lines."""
    said = "Total net revenue increased 3% in the first quarter of 2024 compared with the first quarter of 2023."
    agreeing = _agreeing("page.md", _PARTS.format(said=said).encode())
    assert not [one for one in agreeing if "3%" in one]
