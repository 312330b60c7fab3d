"""Thirty releases in aligned text under rules of equal signs, with the heads "Current" and "Prior": those that foot
raise nothing, those in which one statement differs from another, or an equation is broken, are told."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

RULE = "=" * 66
COMPANIES = ("Northwind Tools", "Brackwater Foods", "Calder Optics", "Ellery Freight", "Quarry Lane")


def row(caption: str, amounts: tuple[int, int], dollars: bool = False) -> str:
    cells = (f"({-one:,})" if one < 0 else f"{one:,}" for one in amounts)
    sign = "$" if dollars else " "
    return f"{caption:<38}" + "".join(f"{sign}{cell:>13}" for cell in cells)


def head(title: str) -> list[str]:
    return [RULE, title, "(in thousands)", RULE, f"{'':<38}{'Current':>14}{'Prior':>14}", "-" * 66]


def statements(seed: int) -> tuple[str, dict[str, int]]:
    """A release that foots, and the amounts of its current column by caption."""
    rng = random.Random(seed)

    def pair(low: int, high: int) -> tuple[int, int]:
        return rng.randrange(low, high), rng.randrange(low, high)

    def less(whole: tuple[int, int], *parts: tuple[int, int]) -> tuple[int, int]:
        return whole[0] - sum(one[0] for one in parts), whole[1] - sum(one[1] for one in parts)

    def plus(*parts: tuple[int, int]) -> tuple[int, int]:
        return sum(one[0] for one in parts), sum(one[1] for one in parts)

    revenue, cost, research, selling = (
        pair(80_000, 99_000),
        pair(31_000, 42_000),
        pair(9_000, 14_000),
        pair(11_000, 19_000),
    )
    gross = less(revenue, cost)
    expenses = plus(research, selling)
    operating = less(gross, expenses)
    interest, tax = pair(1_100, 2_400), pair(2_500, 4_900)
    before = less(operating, interest)
    net = less(before, tax)
    depreciation, capital, drawn, dividends = (
        pair(3_100, 5_200),
        pair(6_000, 9_500),
        pair(1_200, 4_800),
        pair(2_100, 5_900),
    )
    flows = plus(net, depreciation)
    investing = (-capital[0], -capital[1])
    financing = less(drawn, dividends)
    change = plus(flows, investing, financing)
    opening = rng.randrange(14_000, 22_000)
    begin = opening + change[1], opening
    cash = plus(begin, change)
    receivables, inventories, plant = pair(15_000, 24_000), pair(10_500, 16_000), pair(41_000, 63_000)
    current = plus(cash, receivables, inventories)
    assets = plus(current, plant)
    payables, loans = pair(8_100, 13_000), pair(15_000, 27_000)
    liabilities = plus(payables, loans)
    equity = less(assets, liabilities)
    income = [
        ("Revenue", revenue), ("Cost of revenue", cost), ("Gross profit", gross),
        ("Research and development", research),
        ("Selling, general and administrative", selling), ("Total operating expenses", expenses),
        ("Operating income", operating), ("Interest expense", interest), ("Income before income taxes", before),
        ("Income tax expense", tax), ("Net income", net),
    ]  # fmt: skip
    sheet = [
        ("Cash and cash equivalents", cash), ("Accounts receivable", receivables), ("Inventories", inventories),
        ("Total current assets", current), ("Property and equipment, net", plant), ("Total assets", assets),
        ("Accounts payable", payables), ("Long-term debt", loans), ("Total liabilities", liabilities),
        ("Total stockholders' equity", equity), ("Total liabilities and stockholders' equity", assets),
    ]  # fmt: skip
    moved = [
        ("Net income", net), ("Depreciation", depreciation), ("Net cash provided by operating activities", flows),
        ("Capital expenditures", investing), ("Net cash used in investing activities", investing),
        ("Proceeds from borrowings", drawn), ("Dividends paid", (-dividends[0], -dividends[1])),
        ("Net cash from financing activities", financing), ("Net change in cash", change),
        ("Cash at beginning of period", begin), ("Cash at end of period", cash),
    ]  # fmt: skip
    name = COMPANIES[seed % len(COMPANIES)]
    text = [f"{name}, Inc.", "Results for the year ended December 31, 2024", ""]
    for title, lines in (("INCOME STATEMENT", income), ("BALANCE SHEET", sheet), ("CASH FLOW STATEMENT", moved)):
        text += head(title)
        text += [row(caption, amounts, at == 0) for at, (caption, amounts) in enumerate(lines)]
        text += [RULE, ""]
    known = {
        f"{at} {caption}": amounts[0] for at, lines in enumerate((income, sheet, moved)) for caption, amounts in lines
    }
    return "\n".join(text), known


BROKEN = (
    "1 Total assets", "1 Total liabilities and stockholders' equity", "2 Cash at end of period", "2 Net income",
    "0 Gross profit", "0 Net income", "0 Operating income", "1 Total stockholders' equity", "2 Net change in cash",
    "1 Cash and cash equivalents",
)  # fmt: skip
"""Figures of which one is keyed wrong: the number of its statement, and its caption."""


def keyed_wrong(seed: int, which: str) -> str:
    text, amounts = statements(seed)
    at, caption = which.split(" ", 1)
    parts = text.split(RULE)
    printed = f"{abs(amounts[which]):,}"
    digits = [place for place, one in enumerate(printed) if one.isdigit()]
    one, two = next((a, b) for a, b in pairwise(digits) if printed[a] != printed[b])
    swapped = list(printed)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    lines = parts[3 * int(at) + 2].splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith(f"{caption} "))
    lines[place] = lines[place].replace(printed, "".join(swapped), 1)
    parts[3 * int(at) + 2] = "\n".join(lines) + "\n"
    return RULE.join(parts)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def loud(text: str, rulebook: Rulebook) -> list[str]:
    checked = check("release.txt", text.encode(), rulebook)
    assert sum(coverage.tested for coverage in checked.coverage.values()) > 40
    problems = [one.message for one in checked.problems if one.severity != "note"]
    return problems + [one.message for one in checked.findings if one.verdict == "violation" and one.severity != "note"]


@pytest.mark.parametrize("seed", range(20))
def test_what_foots_raises_nothing(seed: int, rulebook: Rulebook) -> None:
    assert loud(statements(seed)[0], rulebook) == []


@pytest.mark.parametrize(("seed", "which"), list(enumerate(BROKEN, 20)))
def test_what_differs_across_statements_or_in_an_equation_is_told(seed: int, which: str, rulebook: Rulebook) -> None:
    assert loud(keyed_wrong(seed, which), rulebook)
