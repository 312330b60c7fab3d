"""Amounts of a page that cuts them off: what explains a difference, and which way."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.lexicon.rounding import cuts_off
from checker.read import read
from checker.structure import infer
from tests.examples import examples

RULES = "rule totals\n    each total = sum of its lines\n"


def judged(table: str, name: str = "release.md") -> list[Finding]:
    release = infer(extract(read(name, table.encode())))
    return [
        one
        for one in evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
        if one.verdict != "not applicable"
    ]


TABLE = """
Consolidated balance sheet (Millions of yen; {note})

| | March 31, 2024 | March 31, 2023 |
|---|---|---|
| Cash and deposits | 14,250 | 12,180 |
| Accounts receivable | 22,417 | 20,333 |
| Merchandise | 10,905 | 11,240 |
| Work in process | 2,756 | 2,587 |
| Raw materials | 1,918 | 1,773 |
| Total current assets | {now} | {before} |
"""
CUT = "amounts less than one million yen are rounded down"


def verdicts(note: str, now: str, before: str) -> list[str]:
    return [one.verdict for one in judged(TABLE.format(note=note, now=now, before=before))]


def test_a_total_may_exceed_the_sum_of_what_is_cut_off_by_less_than_one_unit_a_line() -> None:
    assert verdicts(CUT, "52,250", "48,113") == ["rounding", "agrees"]
    assert verdicts(CUT, "52,251", "48,113") == ["violation", "agrees"]
    assert verdicts(CUT, "52,249", "48,117") == ["rounding", "rounding"]


def test_it_is_never_less() -> None:
    assert verdicts(CUT, "52,245", "48,113") == ["violation", "agrees"]
    assert verdicts("unaudited", "52,245", "48,113") == ["rounding", "agrees"]


def test_the_allowance_is_told_and_no_figure_has_a_fixed_share_of_it() -> None:
    found = judged(TABLE.format(note=CUT, now="52,249", before="48,113"))[0]
    assert found.allowance == 4_000_000 and all(share.allowance is None for share in found.shares)


@pytest.mark.parametrize(
    "text",
    [
        "(Amounts are rounded down to the nearest million yen)",
        "Figures less than ¥1 million have been omitted.",
        "Fractional amounts of less than KRW 1 million were dropped.",
        "Decimals are disregarded in all amounts.",
        "Fractions of one thousand won are truncated.",
        "(百万円未満切捨て)",
        "Amounts of less than one million yen are disregarded. Percentages are rounded.",
    ],
)
def test_pages_that_cut_off(text: str) -> None:
    assert cuts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Amounts are rounded to the nearest million yen.",
        "Percentages are rounded down.",
        "The strike price was rounded down to a whole share.",
        "Revenues fell.",
        "Instruments under each of which the total amount does not exceed a tenth of all assets are omitted.",
        "Lines whose amounts are immaterial were dropped.",
        "Schedules are omitted where the amounts are not required.",
    ],
)
def test_pages_that_round(text: str) -> None:
    assert not cuts_off(text)


@settings(deadline=None, max_examples=examples(30))
@given(st.lists(st.tuples(*[st.fractions(min_value=1000, max_value=99_999)] * 2), min_size=3, max_size=8))
def test_true_amounts_cut_off_are_never_a_violation(lines: list[tuple[Fraction, Fraction]]) -> None:
    rows = "".join(f"| Line {place} | {int(now):,} | {int(before):,} |\n" for place, (now, before) in enumerate(lines))
    totals = [int(sum(line[column] for line in lines)) for column in (0, 1)]
    table = (
        f"Millions of yen; {CUT}\n\n| | 2024 | 2023 |\n|---|---|---|\n{rows}| Total assets | {totals[0]:,} | "
        f"{totals[1]:,} |\n"
    )
    assert all(one.verdict in ("agrees", "rounding") for one in judged(table) if "Total" in one.check.relation)
