"""Periods of whole tables: what a heading leaves open is decided by the table, its title and the document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from checker.core.statement import Statement
from checker.extract import extract
from tests.extract.tables import document, figure

OPENING = (
    "For the quarterly period ended June 30, 2023",
    "Six months ended June 30, 2023",
    *(f"Some words of the {word} kind." for word in "abcdefgh"),
)


def _last(*blocks: str | Sequence[Sequence[str]]) -> Statement:
    return extract(document(*OPENING, *blocks)).statements[-1]


def _periods(statement: Statement) -> list[tuple[str | None, str, int | None] | None]:
    return [
        None if (one := column.period) is None else (str(one.start) if one.start else None, str(one.end), one.months)
        for column in statement.columns
    ]


def test_a_length_over_dated_columns_is_theirs() -> None:
    rows = [
        ["", "Six Months Ended", ""],
        ["", "Revenue", "Operating earnings"],
        ["", "June 30, 2023", "June 30, 2023"],
        ["Aerospace", "10", "2"],
        ["Combat", "20", "3"],
    ]
    assert _periods(_last("Six Months Ended", rows[1:])) == [("2023-01-01", "2023-06-30", 6)] * 2


def test_a_column_without_a_word_of_time_takes_that_of_its_neighbours() -> None:
    rows = [
        ["", "Interest rate", "June 30, 2023", "December 31, 2022"],
        ["Notes due 2030", "3.5%", "100", "90"],
        ["Notes due 2040", "4.5%", "100", "90"],
    ]
    assert _periods(_last("Debt", rows))[0] == (None, "2023-06-30", None)


def test_a_table_of_amounts_on_a_day_is_of_the_documents_own_day() -> None:
    rows = [
        ["", "Amortized cost", "Fair value"],
        ["Corporate debt securities", "10", "11"],
        ["Government securities", "20", "19"],
    ]
    assert _periods(_last("Marketable securities", rows)) == [(None, "2023-06-30", None)] * 2


def test_what_is_expected_has_no_period_of_the_past() -> None:
    rows = [["", "Low", "High"], ["Total assets", "10", "11"], ["Total debt", "20", "19"]]
    assert _periods(_last("Guidance for fiscal 2025", rows)) != [(None, "2023-06-30", None)] * 2


def test_years_that_run_into_the_future_are_no_periods() -> None:
    rows = [
        ["", "2023", "2024", "2025", "2026"],
        ["Obligations under contracts", "1", "2", "3", "4"],
        ["Total contract liabilities", "1", "2", "3", "4"],
    ]
    assert {one[1] for one in _periods(_last("Contract liabilities", rows)) if one} == {"2023-06-30"}


def test_an_interim_day_beside_the_end_of_a_year_is_no_pair_of_flows() -> None:
    rows = [
        ["", "June 30, 2023", "December 31, 2022"],
        ["Net translation adjustments", "(10)", "(12)"],
        ["Unrealized gains on securities", "3", "4"],
    ]
    assert [one[2] for one in _periods(_last("Accumulated other comprehensive income", rows)) if one] == [None, None]


def test_total_assets_among_flows_are_of_the_last_day() -> None:
    rows = [
        ["", "Retail", "Wholesale"],
        ["Revenues", "10", "20"],
        ["Operating income", "2", "3"],
        ["Total assets", "90", "80"],
    ]
    release = extract(document(*OPENING, "Segments", "Three Months Ended June 30, 2023", rows))
    assert figure(release, "Revenues").period != figure(release, "Total assets").period
    period = figure(release, "Total assets").period
    assert period is not None
    assert (period.start, period.end) == (None, dt.date(2023, 6, 30))


def test_a_length_beside_the_heads_begins_a_new_part() -> None:
    rows = [
        ["Three Months Ended June 30, 2023", "Retail", "Wholesale"],
        ["Revenues", "10", "20"],
        ["Costs", "5", "6"],
        ["Six Months Ended June 30, 2023", "Retail", "Wholesale"],
        ["Revenues", "18", "39"],
        ["Costs", "9", "12"],
    ]
    first, second = extract(document(*OPENING, "Revenues by segment", rows)).statements
    assert [column.period.months for column in (*first.columns, *second.columns) if column.period] == [3, 3, 6, 6]


def test_a_time_above_heads_of_several_rows_holds_for_all_of_them() -> None:
    rows = [
        ["", "Second Quarter", ""],
        ["", "2022", "2023"],
        ["Service cost", "125", "75"],
        ["Interest cost", "264", "405"],
        ["", "First Half", ""],
        ["", "U.S. Plans", ""],
        ["", "2022", "2023"],
        ["Service cost", "250", "147"],
        ["Interest cost", "527", "813"],
    ]
    statement = _last("Net periodic benefit cost", rows)
    assert {column.period.months for column in statement.columns if column.period} == {6}


def test_years_as_captions_date_the_flows_of_their_row() -> None:
    rows = [
        ["", "Three Months Ended June 30,", "Six Months Ended June 30,"],
        ["2023", "10", "20"],
        ["2022", "9", "18"],
        ["Average", "9", "19"],
    ]
    lines = _last("Advertising cost", rows).lines
    assert [str(one.period.end) for line in lines[:2] for one in line.figures if one and one.period] == [
        "2023-06-30"
    ] * 2 + ["2022-06-30"] * 2


def test_a_date_in_a_caption_does_not_move_a_balance_sheet() -> None:
    rows = [
        ["", "June 30, 2023", "December 31, 2022"],
        ["Cash", "5", "4"],
        ["Common stock, 100 shares outstanding at December 31, 2022", "1", "1"],
        ["Total assets", "6", "5"],
    ]
    stock = _last("Balance Sheets", rows).lines[1].figures[0]
    assert stock is not None
    assert stock.period is not None
    assert str(stock.period.end) == "2023-06-30"


def _period(statement: Statement, row: int, column: int = 0) -> tuple[str | None, str, int | None]:
    figure = [line for line in statement.lines if not line.is_heading][row].figures[column]
    assert figure is not None
    assert figure.period is not None
    return (str(figure.period.start) if figure.period.start else None), str(figure.period.end), figure.period.months


def test_a_balance_named_by_day_and_month_is_of_that_day_of_its_column() -> None:
    rows = [
        ["", "2022", "2021"],
        ["Balance at January 1", "10", "8"],
        ["Additions during the year", "3", "4"],
        ["Balance at December 31", "13", "12"],
    ]
    statement = _last("Unrecognized tax benefits for the years ended December 31,", rows)
    assert [_period(statement, row) for row in range(3)] == [
        (None, "2021-12-31", None),
        ("2022-01-01", "2022-12-31", 12),
        (None, "2022-12-31", None),
    ]


def test_what_moves_between_two_balances_lasts_though_its_column_names_a_day() -> None:
    rows = [
        ["", "December 31, 2022", "December 31, 2021"],
        ["Benefit obligation at beginning of year", "10", "8"],
        ["Service cost", "3", "4"],
        ["Benefit obligation at end of year", "13", "12"],
        ["Funded status", "(2)", "(3)"],
    ]
    statement = _last("Pension plans", rows)
    assert [_period(statement, row) for row in range(4)] == [
        (None, "2021-12-31", None),
        ("2022-01-01", "2022-12-31", 12),
        (None, "2022-12-31", None),
        (None, "2022-12-31", None),
    ]


def test_what_falls_due_in_years_to_come_is_an_amount_of_the_day_named_above() -> None:
    heads = ["", "Six Months Ending December 31, 2023", "Year Ending December 31, 2024", "Thereafter", "Total"]
    rows = [heads, ["Debt principal", "1", "2", "3", "6"], ["Leases", "2", "4", "6", "12"]]
    assert (
        _periods(_last("Our commitments as of June 30, 2023 are as follows:", rows)) == [(None, "2023-06-30", None)] * 4
    )
    listed = [["", "Amount"], ["Remainder of 2023", "1"], ["2024", "2"], ["Thereafter", "3"], ["Total", "6"]]
    assert _periods(_last("Maturities", listed)) == [(None, "2023-06-30", None)]


def test_a_table_that_goes_on_below_keeps_the_periods_of_its_columns() -> None:
    cash = [
        ["", "Six Months Ended June 30, 2023", "Six Months Ended June 30, 2022"],
        ["Net cash used in operating activities", "(5)", "(4)"],
        ["Net cash used in investing activities", "(1)", "(2)"],
        ["Cash at end of period", "10", "16"],
    ]
    more = [["Supplemental information:"], ["Cash paid for interest", "17", "2"], ["Cash paid for taxes", "3", "4"]]
    months = [("2023-01-01", "2023-06-30", 6), ("2022-01-01", "2022-06-30", 6)]
    assert _periods(_last("Statements of Cash Flows", cash, "7", more)) == months
    assert _periods(_last("Statements of Cash Flows", cash, "Other statement of changes in equity", more)) != months
    assert _periods(_last("Statements of Cash Flows", cash, "Non-cash activities:", more)) == months


def test_january_the_first_names_the_end_of_the_year_before() -> None:
    rows = [
        ["", "2022"],
        ["Balance, January 1, 2022", "5"],
        ["Balance at January 1", "5"],
        ["Payments", "1"],
        ["Balance at December 31", "4"],
    ]
    assert _period(_last("Accrual for the year ended December 31,", rows), 1) == (None, "2021-12-31", None)


def test_the_first_year_of_a_company_begins_with_it() -> None:
    rows = [["", "1997", "1996"], ["Revenues", "10", "2"], ["Net loss", "(4)", "(1)"]]
    title = (
        "Statements of operations year ended December 31, 1997 and period from June 3, 1996 (inception) to "
        "December 31, 1996"
    )
    assert _periods(_last(title, rows)) == [("1997-01-01", "1997-12-31", 12), ("1996-06-03", "1996-12-31", 7)]


def test_bare_days_below_the_same_days_are_of_the_lengths_above() -> None:
    heads = ["", "Year ended December 31, 2022", "Three months ended December 31, 2022"]
    above = [
        heads,
        ["Net cash used in operating activities", "(50)", "(40)"],
        ["Net cash used in investing activities", "(10)", "(20)"],
    ]
    below = [
        ["", "December 31, 2022", "December 31, 2022"],
        ["Net cash from financing activities", "3", "4"],
        ["Increase in cash", "1", "2"],
    ]
    assert _periods(_last("Statements of Cash Flows", above, below)) == [
        ("2022-01-01", "2022-12-31", 12),
        ("2022-10-01", "2022-12-31", 3),
    ]


def test_a_bare_day_beside_a_length_to_the_same_day_of_another_year_lasts_as_long() -> None:
    rows = [
        ["", "Six Months Ended July 30, 2023", "July 31, 2022"],
        ["Net earnings", "8,532", "9,404"],
        ["Net cash provided by operating activities", "12,301", "5,930"],
    ]
    columns = extract(document("CONSOLIDATED STATEMENTS OF CASH FLOWS", rows)).statements[0].columns
    assert [
        (column.period.months, column.period.end.year) for column in columns if column.period and column.period.end
    ] == [(6, 2023), (6, 2022)]


def test_a_head_of_a_day_or_a_length_is_of_the_day_for_what_stands_then() -> None:
    rows = [
        ["", "At or for the Three Months Ended", ""],
        ["", "June 30, 2023", "March 31, 2023"],
        ["Interest income", "1,487", "1,373"],
        ["Total deposits", "9,325", "9,386"],
    ]
    statement = _last(
        "Performance", [[rows[0][0], f"{rows[0][1]} {rows[1][1]}", f"{rows[0][1]} {rows[1][2]}"], *rows[2:]]
    )
    assert [_period(statement, row) for row in (0, 1)] == [("2023-04-01", "2023-06-30", 3), (None, "2023-06-30", None)]


SHEET = [
    ["", "June 30, 2023", "December 31, 2022"],
    ["Cash", "1,444", "1,607"],
    ["Loans", "318,272", "322,182"],
    ["Allowance for losses", "(2,436)", "(2,543)"],
    ["Total assets", "410,201", "417,637"],
    ["Total liabilities", "339,248", "346,721"],
    ["Total equity", "70,953", "70,916"],
]


def test_what_a_balance_sheet_prints_for_a_day_is_of_that_day_in_a_summary_too() -> None:
    rows = [
        ["", "Six Months Ended June 30, 2023", "Six Months Ended June 30, 2022"],
        ["Net income", "94", "439"],
        ["Allowance for losses", "(2,436)", "(2,398)"],
    ]
    statement = _last("Balance Sheets", SHEET, "Financial Highlights", rows)
    assert [_period(statement, row) for row in (0, 1)] == [("2023-01-01", "2023-06-30", 6), (None, "2023-06-30", None)]
    other = [*rows[:2], ["Allowance for losses", "(2,463)", "(2,398)"]]
    assert _period(_last("Balance Sheets", SHEET, "Financial Highlights", other), 1) == ("2023-01-01", "2023-06-30", 6)
    others = [f"Note on {word}" for word in "abcde"]
    assert _period(_last("Balance Sheets", SHEET, "Financial Highlights", rows, *others, "Movements", rows), 1) == (
        "2023-01-01",
        "2023-06-30",
        6,
    )


def test_quarters_beside_their_year_are_of_it_whichever_way_they_stand() -> None:
    ends = [
        ("2023-10-01", "2023-12-31", 3),
        ("2023-07-01", "2023-09-30", 3),
        ("2023-04-01", "2023-06-30", 3),
        ("2023-01-01", "2023-03-31", 3),
    ]
    year = ("2023-01-01", "2023-12-31", 12)
    words = ["Fourth Quarter", "Third Quarter", "Second Quarter", "First Quarter"]
    row = ["Net sales", "1,401", "1,288", "1,305", "1,210", "5,204"]
    assert _periods(_bare([["", *words, "Full Year 2023"], row])) == [*ends, year]
    numbers = ["Q4 2023", "Q3 2023", "Q2 2023", "Q1 2023"]
    assert _periods(_bare([["", "2023", *numbers], [row[0], row[5], *row[1:5]]])) == [year, *ends]
    ordinals = ["1st Quarter", "2nd Quarter", "3rd Quarter", "4th Quarter"]
    assert _periods(_bare([["", *ordinals, "2023"], [row[0], *row[4:0:-1], row[5]]])) == [*ends[::-1], year]


def _bare(rows: Sequence[Sequence[str]]) -> Statement:
    return extract(document("Quarterly data", rows)).statements[-1]
