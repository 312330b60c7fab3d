"""Periods by kind, as releases print them: fiscal years of retailers, halves, weeks, terms that are no periods, years
as parts of a table."""

from __future__ import annotations

import pytest

from checker.core.figure import Figure
from checker.core.release import Release
from checker.pipeline import release


def _release(text: str) -> Release:
    return release("release.md", text.encode())


def _figure(found: Release, text: str) -> Figure:
    return next(figure for statement in found.statements for figure in statement.figures if figure.text.strip() == text)


def _span(figure: Figure) -> tuple[str | None, str] | None:
    period = figure.period
    return (str(period.start) if period.start else None, str(period.end)) if period is not None else None


def _table(heads: str, *rows: str) -> str:
    width = heads.count("|") - 1
    return "\n".join((heads, "|" + "---|" * width, *rows))


RETAILER = """# Store Co reports

Fiscal 2023 consists of the 53 weeks ended February 3, 2024.
Fiscal 2022 consists of the 52 weeks ended January 28, 2023.

## Consolidated statements of operations (in millions)

| | 53 Weeks Ended February 3, 2024 | 52 Weeks Ended January 28, 2023 |
|---|---|---|
| Net sales | 5,272.8 | 5,927.2 |
| Cost of sales | 3,978.6 | 4,555.1 |
| Gross profit | 1,294.2 | 1,372.1 |

## Statements of cash flows (in millions)

| | Fiscal 2023 | Fiscal 2022 |
|---|---|---|
| Net income | 6.7 | 313.1 |
| Depreciation | 56.2 | 61.7 |
| Net cash from operating activities | 62.9 | 374.8 |
| Total cash, cash equivalents and restricted cash | 938.9 | 1,196.0 |
"""


def test_a_fiscal_year_that_ends_in_january_bears_the_number_of_the_year_before() -> None:
    found = _release(RETAILER)
    assert _span(_figure(found, "6.7")) == ("2023-01-29", "2024-02-03")
    assert _span(_figure(found, "313.1")) == ("2022-01-30", "2023-01-28")


def test_cash_among_flows_is_of_the_last_day() -> None:
    found = _release(RETAILER)
    assert _span(_figure(found, "938.9")) == (None, "2024-02-03")
    assert _span(_figure(found, "1,196.0")) == (None, "2023-01-28")


def test_a_fiscal_year_numbered_by_its_end_keeps_its_number() -> None:
    text = RETAILER.replace("Fiscal 2023", "Fiscal 2024").replace("Fiscal 2022", "Fiscal 2023")
    found = _release(text)
    assert _span(_figure(found, "6.7")) == ("2023-01-29", "2024-02-03")


CHIPS = """# Acme Corp annual report

## Consolidated statements of income (in millions)

| | Year Ended Jan 26, 2025 | Year Ended Jan 28, 2024 |
|---|---|---|
| Revenue | 130,497 | 60,922 |
| Cost of revenue | 32,639 | 16,621 |
| Gross profit | 97,858 | 44,301 |

{spoken}Gross margins increased to 75.0% in fiscal year {now} from 72.7% in fiscal year {before}. Of fiscal year {now}
we are proud; fiscal year {now} was long, and fiscal year {now} is over.
"""


@pytest.mark.parametrize(("now", "before"), [(2025, 2024), (2024, 2023)])
@pytest.mark.parametrize("spoken", ["", "Fiscal year {now} ended Jan 26, 2025. "])
def test_sentences_number_fiscal_years_as_their_document_does(now: int, before: int, spoken: str) -> None:
    """By what texts say of number and day, else by the year that they speak of most."""
    found = _release(CHIPS.format(spoken=spoken.format(now=now), now=now, before=before))
    spans = {claim.figure.text: _span(claim.figure) for claim in found.claims}
    assert (spans["75.0%"][1], spans["72.7%"][1]) == ("2025-01-26", "2024-01-28")


@pytest.mark.parametrize(("now", "before"), [(2026, 2025), (2025, 2024)])
def test_a_quarter_that_nobody_counts_is_of_the_year_that_its_document_speaks_of(now: int, before: int) -> None:
    text = CHIPS.replace("Year Ended Jan 26, 2025", "Six Months Ended Jul 27, 2025").replace(
        "Year Ended Jan 28, 2024", "Six Months Ended Jul 28, 2024"
    )
    text = text.replace("in fiscal year", "for the first half of fiscal year")
    found = _release(text.format(spoken="", now=now, before=before))
    spans = {claim.figure.text: _span(claim.figure) for claim in found.claims}
    assert (spans["75.0%"][1], spans["72.7%"][1]) == ("2025-07-27", "2024-07-28")


@pytest.mark.parametrize(
    "term", ["Less than 12 months", "12 Months or Greater", "More than 12 months", "12 months or more"]
)
def test_how_long_a_loss_has_lasted_is_no_period(term: str) -> None:
    text = "Unrealized losses as of June 30, 2023, in millions:\n\n" + _table(
        f"| | June 30, 2023 {term} Fair Value | June 30, 2023 {term} Unrealized Losses |",
        "| Municipal bonds | 1,204 | 35 |",
        "| Corporate bonds | 3,411 | 77 |",
        "| Total securities | 4,615 | 112 |",
    )
    assert _span(_figure(_release(text), "4,615")) == (None, "2023-06-30")


@pytest.mark.parametrize("day", ["December 31, 2022", "31 December 2022"])
def test_the_number_of_a_level_before_a_month_is_no_day(day: str) -> None:
    text = "Fair value measurements, in millions:\n\n" + _table(
        f"| | Level 1 {day} | Level 2 {day} |",
        "| Treasury securities | 1,204 | 35 |",
        "| Other assets | 3,411 | 77 |",
        "| Total assets | 4,615 | 112 |",
    )
    assert _span(_figure(_release(text), "4,615")) == (None, "2022-12-31")


def test_years_beside_a_caption_head_their_columns() -> None:
    text = "Segments for the periods ended June 30, 2023 (in millions)\n\n" + _table(
        "| | Three months ended June 30, | | Six months ended June 30, | |",
        "| Operating performance | 2023 | 2022 | 2023 | 2022 |",
        "| Safety | 534 | 471 | 1,135 | 902 |",
        "| Transport | 410 | 475 | 704 | 811 |",
        "| Total operating income | 944 | 946 | 1,839 | 1,713 |",
    )
    found = _release(text)
    assert [_span(_figure(found, one)) for one in ("944", "946", "1,839", "1,713")] == [
        ("2023-04-01", "2023-06-30"),
        ("2022-04-01", "2022-06-30"),
        ("2023-01-01", "2023-06-30"),
        ("2022-01-01", "2022-06-30"),
    ]
    assert not any(
        figure.text.strip() in ("2023", "2022") for statement in found.statements for figure in statement.figures
    )


def test_a_year_alone_heads_the_part_of_the_table_below_it() -> None:
    rows = ["| Services | 134 | 71 |", "| Products | 310 | 75 |", "| Total revenues | 444 | 146 |"]
    before = ["| Services | 112 | 60 |", "| Products | 298 | 66 |", "| Total revenues | 410 | 126 |"]
    text = "# Results for the year ended December 31, 2023\n\nSegments (in millions)\n\n" + _table(
        "| | North | South |", "| 2023 | | |", "| Revenues: | | |", *rows, "| 2022 | | |", "| Revenues: | | |", *before
    )
    found = _release(text)
    assert _span(_figure(found, "444")) == ("2023-01-01", "2023-12-31")
    assert _span(_figure(found, "410")) == ("2022-01-01", "2022-12-31")


def test_years_in_lines_of_their_own_above_a_table_head_no_part_of_it() -> None:
    text = (
        "# Results for the quarter ended September 30, 2024\n\nThree Months Ended September 30,\n\n2024\n\n2023\n\n"
        + _table(
            "| | | |",
            "| Revenue | 4,686 | 5,348 |",
            "| Cost of revenue | 3,110 | 3,205 |",
            "| Gross profit | 1,576 | 2,143 |",
        )
    )
    span = _span(_figure(_release(text), "4,686"))
    assert span is None or span[1] == "2024-09-30"


def test_what_falls_due_in_years_to_come_is_owed_today() -> None:
    text = (
        "# Results for the year ended December 31, 2023\n\nFuture lease payments at December 31, 2023 are as "
        "follows (in millions):\n\n"
        + _table(
            "| | Operating leases |",
            "| 2024 | 310 |",
            "| 2025 | 275 |",
            "| 2026 | 226 |",
            "| 2027 | 143 |",
            "| Thereafter | 512 |",
            "| Total payments | 1,466 |",
        )
    )
    found = _release(text)
    assert {_span(_figure(found, one)) for one in ("310", "512", "1,466")} == {(None, "2023-12-31")}


def test_quarters_of_a_fiscal_year_are_quarters() -> None:
    text = "# Results for the fiscal second quarters of 2023 and 2022\n\n" + _table(
        "| In millions | Fiscal second quarters ended July 2, 2023 | Fiscal second quarters ended July 3, 2022 |",
        "| Net sales | 1,204 | 1,135 |",
        "| Cost of sales | 801 | 777 |",
        "| Gross profit | 403 | 358 |",
    )
    period = _figure(_release(text), "403").period
    assert period is not None
    assert period.months == 3


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("6 months to 30 June 2023", "2023-01-01", "2023-06-30"),
        ("Year ended 31 March 2023", "2022-04-01", "2023-03-31"),
        ("Half year to 30 September 2023", "2023-04-01", "2023-09-30"),
        ("26 weeks ended 1 July 2023", "2023-01-01", "2023-07-01"),
        ("Thirteen Wks. Ended Oct. 28, 2023", "2023-07-30", "2023-10-28"),
        ("Three Mos. Ended 30 Sept. 2023", "2023-07-01", "2023-09-30"),
    ],
)
def test_lengths_and_days_of_other_houses(head: str, start: str, end: str) -> None:
    text = "Consolidated income statement (in millions)\n\n" + _table(
        f"| | {head} |", "| Revenue | 1,204 |", "| Cost of sales | 801 |", "| Gross profit | 403 |"
    )
    assert _span(_figure(_release(text), "403")) == (start, end)
