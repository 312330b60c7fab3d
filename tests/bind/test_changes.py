"""Columns of changes: which two columns they compare, from how few rows on, and when a row may be called wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer
from tests.examples import examples

RULES = """
rule changes
    each change column = current - prior

rule percents
    each percent column = change / prior
"""


def judged(table: str, name: str = "release.md") -> list[Finding]:
    release = infer(extract(read(name, table.encode())))
    return [
        one
        for one in evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
        if one.verdict != "not applicable"
    ]


def wrong(table: str, name: str = "release.md") -> list[tuple[str, str | None]]:
    return [(one.check.figures[0].text, one.severity) for one in judged(table, name) if one.verdict == "violation"]


SEGMENT = """
Marine systems (in millions)

| | 2023 | 2022 | Variance | % Change |
|---|---|---|---|---|
| Revenue | 1,182 | 1,130 | 52 | 4.6% |
| Operating earnings | 1,204 | 1,191 | 13 | 1.1% |
| Operating margin | 17.3% | 16.9% | 0.4 pts | |
"""


def test_two_rows_under_a_head_that_says_so_are_enough() -> None:
    found = judged(SEGMENT)
    assert len(found) == 4 and all(one.verdict in ("agrees", "rounding") for one in found)


def test_points_of_two_percentages_are_their_difference() -> None:
    more = (
        SEGMENT + "| Return on sales | 12.1% | 11.4% | 0.7 pts | |\n| Share of orders | 31.0% | 35.5% | (4.5) pts | |\n"
    )
    assert [one.verdict for one in judged(more) if one.check.figures[1].text.endswith("%")] == ["agrees"] * 3


@pytest.mark.parametrize(("right", "printed"), [("1,130", "1,310"), ("1,204", "1,420"), ("52 |", "25 |")])
def test_a_row_that_differs_beside_one_that_agrees_is_seen(right: str, printed: str) -> None:
    assert wrong(SEGMENT.replace(right, printed))


KELLY = """
                                2021        2020     % Change
Net revenue                  2,114.7     1,987.3        6.4 %
Cost of sales                1,650.2     1,571.9        5.0
Gross profit                   464.5       415.4       11.8
Selling expenses               301.1       288.8        4.3
Net earnings                    38.9        19.4       97.4 %
"""


def test_eight_tenths_of_a_point_are_no_other_basis_where_the_head_and_the_rows_say_what_is_compared() -> None:
    assert wrong(KELLY, "release.txt") == [("97.4 %", "error")]
    assert wrong(KELLY.replace("97.4", "100.4"), "release.txt") == []
    assert [severity for _, severity in wrong(KELLY.replace("97.4", "99.9"), "release.txt")] in ([], ["note"])


BUDGET = """
| | Actual | Budget | Variance |
|---|---|---|---|
| Revenue | 48,210 | 45,000 | 3,210 |
| Operating costs | 39,905 | 38,400 | (1,505) |
| Surplus | 8,305 | 6,600 | 1,705 |
"""


def test_a_variance_may_say_what_is_favourable() -> None:
    assert [one.verdict for one in judged(BUDGET)] == ["agrees"] * 3
    assert wrong(BUDGET.replace("1,705", "7,105")) == [("7,105", "error")]


@settings(deadline=None, max_examples=examples(25))
@given(st.lists(st.tuples(st.integers(1_000, 999_999), st.integers(1_000, 999_999)), min_size=2, max_size=6))
def test_true_changes_are_never_wrong(rows: list[tuple[int, int]]) -> None:
    lines = "".join(
        f"| Line {place} | {now:,} | {before:,} | {now - before:,} |\n" for place, (now, before) in enumerate(rows)
    )
    assert wrong("| | 2023 | 2022 | Change |\n|---|---|---|---|\n" + lines) == []


RATIOS = """
Credit quality (in millions)

| | 2023 | 2022 | Change from 2022 ($/bps) | % Change |
|---|---|---|---|---|
| Loans past due | 702 | 747 | (45) | (6)% |
| Charges | 1,045 | 1,144 | (99) | (9)% |
| Allowance | 1,934 | 2,004 | {allowance} | (3)% |
| Past due to loans | 0.55% | 0.61% | (6)bps | |
| Allowance to loans | 1.51 | 1.63 | (12) | |
| Allowance to past due | 2.75 | 2.68 | 7 | |
"""


def test_rates_without_a_sign_change_by_basis_points() -> None:
    assert wrong(RATIOS.format(allowance="(70)")) == []
    assert wrong(RATIOS.format(allowance="(170)")) == [("(170)", "error")]


def test_amounts_of_one_digit_tell_no_percentage() -> None:
    table = "\n(in millions)\n\n| | 2023 | 2022 | % Change |\n|---|---|---|---|\n" + "\n".join(
        f"| Line {'ABCDE'[place]} | {one} | {two} | {100 * (one - two) / two:.1f}% |"
        for place, (one, two) in enumerate([(173, 170), (925, 904), (398, 394), (361, 288)])
    )
    assert [one for one in wrong(f"{table}\n| Small line | 4 | 3 | (2.1)% |") if one[1] != "note"] == []
    assert wrong(f"{table}\n| Small line | 44 | 33 | (2.1)% |") == [("(2.1)%", "error")]


FLOWS = """
| | 2024 | 2023 | Change |
|---|---|---|---|
| Net cash provided by operating activities | 7,361,364 | 7,274,301 | 87,063 |
| Net cash provided by (used in) investing activities | (2,181,784) | 541,751 | (2,723,535) |
| Net cash used in financing activities | (4,074,427) | (5,950,803) | (1,876,376) |
| Payments for content | (17,003,116) | (13,140,412) | 3,862,704 |
"""


def test_what_is_used_may_be_said_to_have_become_more_or_less() -> None:
    assert wrong(FLOWS) == []
    assert wrong(FLOWS.replace("(1,876,376)", "(1,867,376)")) == [("(1,867,376)", "error")]


LOSSES = """
Statements of operations (in thousands)

| | 2031 | 2030 | % Change |
|---|---|---|---|
| Cost of sales | (11,430) | (6,780) | {} |
| Freight | (2,118) | (1,745) | {} |
| Loss before tax | (15,622) | (3,213) | {} |
| Net loss | (14,960) | (16,204) | {} |
"""


@pytest.mark.parametrize(
    "printed",
    [("68.6", "21.4", "386.2", "(7.7)"), ("(68.6)", "(21.4)", "(386.2)", "7.7"), ("68.6", "21.4", "(386.2)", "7.7")],
    ids=["by size", "better or worse", "costs one way, losses the other"],
)
def test_the_change_of_negative_amounts_is_printed_by_their_size_or_by_what_became_worse(
    printed: tuple[str, ...],
) -> None:
    assert [one.verdict for one in judged(LOSSES.format(*printed))] == ["agrees"] * 4


def test_a_slip_beside_changes_of_negative_amounts_is_seen() -> None:
    assert wrong(LOSSES.format("68.6", "21.4", "368.2", "(7.7)")) == [("368.2", "error")]


def test_where_only_negative_amounts_agree_a_sign_alone_is_no_error() -> None:
    table = LOSSES.format("(68.6)", "(21.4)", "(386.2)", "7.7") + "| Other income | 812 | 640 | (26.9) |\n"
    assert wrong(table) == []
    assert wrong(table.replace("(26.9)", "(29.6)")) != []
