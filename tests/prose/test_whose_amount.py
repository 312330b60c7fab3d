"""Whose amount it is: of one metric in several periods, a change that goes on in another period, a line that is itself
a change."""

from __future__ import annotations

from functools import cache

import pytest

from checker.bind.claims import bind_claims
from checker.core.claim import Claim
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read

_TITLE = "Acme Group results for the half-year ended June 30, 2021"
_HALF = """
Consolidated income statement (in millions of dollars)

| | Three months ended June 30, 2021 | Three months ended June 30, 2020 \
| Six months ended June 30, 2021 | Six months ended June 30, 2020 |
|---|---|---|---|---|
| Net sales | 612.4 | 548.9 | 1,207.3 | 1,101.2 |
| Cost of sales | (371.2) | (340.3) | (733.9) | (691.6) |
| Selling expenses | (88.3) | (80.1) | (171.7) | (158.4) |
| Income from operations before provision/(benefit) for taxes on income | 152.9 | 128.5 | 301.7 | 251.2 |
| Change in valuation inputs or assumptions | 37.6 | 128.3 | 61.4 | 214.9 |
"""
_YEARS = """
Supplemental cash flow information (in millions of dollars)

| | Year ended December 31, 2021 | Year ended December 31, 2020 |
|---|---|---|
| Plant acquired under finance leases, net of remeasurements | 675.2 | 642.8 |
| Equipment acquired under finance leases | 231.4 | 310.6 |
| Interest paid | 88.3 | 71.9 |
| Income taxes paid | 41.2 | 53.5 |
"""


@cache
def _rulebook() -> Rulebook:
    return load([])


def _page(said: str, table: str) -> bytes:
    return f"{_TITLE}\n\nResults\n\n{said}\n\n{table}".encode()


def _claims(said: str, table: str = _HALF) -> list[Claim]:
    return list(extract(read("page.md", _page(said, table))).claims)


def _verdicts(said: str, table: str = _HALF) -> dict[str, str]:
    found = evaluate(bind_claims(extract(read("page.md", _page(said, table))), _rulebook()))
    return {one.check.figures[0].text: one.verdict for one in found}


@pytest.mark.parametrize(
    "said",
    [
        (
            "Net sales increased {} million in the second quarter of 2021 and {} million in the first six months "
            "of 2021, compared to the same periods in 2020."
        ),
        (
            "The increases in net sales of {} million in the second quarter of 2021 and of {} million in the first six"
            " months of 2021, compared to the same periods in 2020, were due to new shops."
        ),
        (
            "Net sales grew by {} million in the second quarter of 2021 and by {} million in the first six "
            "months of 2021 compared with the same periods of 2020."
        ),
    ],
)
def test_a_change_goes_on_in_another_period_and_is_measured_from_the_same_of_the_year_before(said: str) -> None:
    claims = _claims(said.format("$63.5", "$106.1"))
    assert [claim.role for claim in claims] == ["change", "change"]
    assert [claim.base and claim.base.months for claim in claims] == [3, 6]
    assert set(_verdicts(said.format("$63.5", "$106.1")).values()) <= {"agrees", "rounding"}
    assert "$106.1 million" in _verdicts(said.format("$63.5", "$106.1"))
    wrong = _verdicts(said.format("$63.5", "$116.1"))
    assert wrong["$63.5 million"] in ("agrees", "rounding")
    assert wrong.get("$116.1 million") not in ("agrees", "rounding")


@pytest.mark.parametrize(
    "said",
    [
        (
            "Net sales increased $63.5 million in the second quarter of 2021 and were $1,207.3 million in the "
            "first six months of 2021."
        ),
        (
            "Net sales increased $63.5 million in the second quarter of 2021, and cost of sales was $733.9 "
            "million in the first six months of 2021."
        ),
        (
            "Net sales of $612.4 million in the second quarter of 2021 and $1,207.3 million in the first six "
            "months of 2021 were due to new shops."
        ),
    ],
)
def test_what_says_something_new_is_no_further_change(said: str) -> None:
    assert _claims(said)[-1].role == "level"


@pytest.mark.parametrize(
    "metric",
    [
        "income (loss) before tax",
        "cash from operations",
        "income from operations before provision/(benefit) for taxes on income",
    ],
)
@pytest.mark.parametrize("moved", ["increase", "decrease"])
def test_brackets_and_long_names_stand_between_a_change_and_its_amount(metric: str, moved: str) -> None:
    [claim] = _claims(f"The {moved} in {metric} of $24.4 million in the second quarter of 2021 was due to new shops.")
    assert (claim.role, claim.direction) == ("change", 1 if moved == "increase" else -1)


def test_a_long_name_with_brackets_is_tied_and_a_wrong_change_of_it_does_not_agree() -> None:
    said = (
        "Income from operations before provision/(benefit) for taxes on income––The increases in income from operations"
        " before provision/(benefit) for taxes on income of $24.4 million in the second quarter of 2021 and {} million"
        " in the first six months of 2021, compared to the same periods in 2020, were due to new shops."
    )
    assert _verdicts(said.format("$50.5"))["$50.5 million"] in ("agrees", "rounding")
    assert _verdicts(said.format("$80.5")).get("$80.5 million") not in ("agrees", "rounding")


@pytest.mark.parametrize("join", ["and", "or"])
def test_as_many_amounts_as_periods_are_those_of_one_metric(join: str) -> None:
    claims = _claims(
        f"Plant {join} machines acquired under finance leases were $675.2 million and $642.8 million in 2021 and 2020.",
        _YEARS,
    )
    assert {claim.figure.caption for claim in claims} == {f"Plant {join} machines acquired under finance leases"}
    assert [claim.figure.period and claim.figure.period.end and claim.figure.period.end.year for claim in claims] == [
        2021,
        2020,
    ]


def test_the_end_of_a_longer_name_is_not_the_line_that_it_names() -> None:
    verdicts = _verdicts(
        "Plant and equipment acquired under finance leases was $675.2 million and $642.8 million in 2021 and 2020.",
        _YEARS,
    )
    assert "violation" not in verdicts.values()


def test_metrics_of_one_period_are_still_told_apart() -> None:
    said = "Net sales and cost of sales were $612.4 million and {} million in the second quarter of 2021."
    assert _verdicts(said.format("$371.2"))["$371.2 million"] in ("agrees", "rounding")
    assert _verdicts(said.format("$317.2"))["$317.2 million"] in ("violation", "note")


@pytest.mark.parametrize(
    "said",
    [
        (
            "The Change in valuation inputs or assumptions was a {} million increase in the first six months of 2021,"
            " as compared to a $214.9 million increase in the first six months of 2020."
        ),
        "The change in valuation inputs or assumptions was a {} million decrease in the first six months of 2021.",
    ],
)
def test_the_amount_of_a_line_that_is_itself_a_change_is_what_the_line_prints(said: str) -> None:
    assert _verdicts(said.format("$61.4"))["$61.4 million"] in ("agrees", "rounding")
    assert _claims(said.format("$61.4"))[0].role == "level"
    assert _verdicts(said.format("$64.1"))["$64.1 million"] in ("violation", "note")


@pytest.mark.parametrize(
    "said",
    [
        "Net sales saw a $63.5 million increase in the second quarter of 2021.",
        "A $63.5 million increase in net sales was due to new shops.",
    ],
)
def test_of_any_other_line_such_an_amount_is_a_change(said: str) -> None:
    assert _claims(said)[0].role == "change"


_TIED = (
    "Net sales in the first six months of 2021 were $1,207.3 million.",
    "Cost of sales in the first six months of 2021 was $733.9 million.",
    "Selling expenses in the first six months of 2021 were $171.7 million.",
)


def test_that_a_change_has_changed_is_never_called_wrong() -> None:
    said = (
        "The change in valuation inputs or assumptions decreased by $61.4 million in the first six months of "
        "2021, compared with the same period of 2020."
    )
    found = evaluate(bind_claims(extract(read("page.md", _page("\n\n".join((*_TIED, said)), _HALF))), _rulebook()))
    assert [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"] == []


_SHARES = """
Net sales by segment, of the whole

| | Three months ended June 30, 2021 | Three months ended June 30, 2020 |
|---|---|---|
| Oral care | 42% | 44% |
| Pet food | 58% | 56% |
| Total net sales | 100% | 100% |
"""


@pytest.mark.parametrize(
    "said",
    [
        "Operating profit in Europe increased 1% in the second quarter of 2021 to $134, while as a percentage of net "
        "sales it decreased 100 bps to 19.8%.",
        "Operating profit increased 1% in the second quarter of 2021, while as a percentage of total net sales it "
        "decreased to 19.8%.",
    ],
)
def test_a_line_that_is_the_whole_is_no_percentage_that_a_sentence_tells(said: str) -> None:
    assert "violation" not in _verdicts(said, _SHARES).values()
