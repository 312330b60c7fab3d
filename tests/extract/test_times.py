"""Words of time and the periods they make."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.extract import calendars, periods
from checker.extract.calendars import Calendar
from checker.extract.settings import Setting
from checker.lexicon import time


@pytest.mark.parametrize(
    ("head", "start", "end", "months"),
    [
        ("Three Months Ended March 31, 2013", "2013-01-01", "2013-03-31", 3),
        ("3 Months Ended Mar. 29, 2025", "2024-12-30", "2025-03-29", 3),
        ("Quarter ended 30 June 2023", "2023-04-01", "2023-06-30", 3),
        ("13 Weeks Ended October 28, 2023", "2023-07-30", "2023-10-28", 3),
        ("Thirty-Nine Weeks Ended October 28, 2023", "2023-01-29", "2023-10-28", 9),
        ("52 weeks ended February 3, 2024", "2023-02-05", "2024-02-03", 12),
        ("Six months to 30 June 2023", "2023-01-01", "2023-06-30", 6),
        ("Year Ended December 31, 2012", "2012-01-01", "2012-12-31", 12),
        ("Q1 2013", "2013-01-01", "2013-03-31", 3),
        ("2Q23", "2023-04-01", "2023-06-30", 3),
        ("Fourth Quarter 2021", "2021-10-01", "2021-12-31", 3),
        ("Fiscal 2012", "2012-01-01", "2012-12-31", 12),
        ("Period from February 9, 2013 through March 31, 2013", "2013-02-09", "2013-03-31", 2),
        ("March 31, 2013", None, "2013-03-31", None),
        ("31.12.2013", None, "2013-12-31", None),
        ("12/31/13", None, "2013-12-31", None),
        ("2013-03-31", None, "2013-03-31", None),
        ("As of December 2012", None, "2012-12-31", None),
    ],
)
def test_a_heading_names_its_period(head: str, start: str | None, end: str, months: int | None) -> None:
    period = periods.resolve(head, Setting()).period
    assert period is not None
    assert (str(period.start) if period.start else None, str(period.end), period.months) == (start, end, months)


def test_a_bare_year_takes_its_day_and_length_from_the_nearest_caption() -> None:
    period = periods.resolve("2012", Setting(("Three Months Ended March 31,", "December 31, 2012"))).period
    assert period is not None
    assert (period.start, period.end) == (dt.date(2012, 1, 1), dt.date(2012, 3, 31))


def test_a_balance_sheet_holds_instants_whatever_the_caption_says_of_lengths() -> None:
    period = periods.resolve(
        "March 31, 2013", Setting(("For the three months ended March 31, 2013",), "balance sheet")
    ).period
    assert period is not None
    assert period.is_instant


def test_years_of_maturity_are_no_periods() -> None:
    calendar = Calendar(dt.date(2023, 12, 31), 12)
    assert periods.resolve("2027", Setting((), None, calendar)).period is None


def test_a_fiscal_year_ends_on_the_day_the_document_names() -> None:
    calendar = calendars.calendar(
        ["For the year ended September 28, 2024", "Years ended September 28, 2024", "September 30, 2023"]
    )
    period = periods.resolve("2023", Setting(("Years ended September 28, 2024",), "income statement", calendar)).period
    assert period is not None
    assert (period.end, period.months) == (dt.date(2023, 9, 30), 12)


def test_what_is_left_of_a_heading_without_its_time() -> None:
    assert time.without("Three Months Ended March 31, 2013 Consumer Banking") == "Consumer Banking"
    assert time.without("December 31, 2012 (unaudited)") == ""
    assert time.without("Pro Forma") == "Pro Forma"


def test_german_dates() -> None:
    days = [str(time.read(text).dates[0].on(0)) for text in ("31. Dezember 2023", "31. Dez. 2022", "30. Juni 2024")]
    assert days == ["2023-12-31", "2022-12-31", "2024-06-30"]


def test_a_year_to_date_is_no_year_and_a_qtr_is_a_quarter() -> None:
    to_date, quarter, year = (
        time.read("Year to date June 30 2022"),
        time.read("Qtr ended 31-Dec-22"),
        time.read("Year to March 31, 2022"),
    )
    assert (to_date.months, to_date.to_date) == (None, True)
    assert (quarter.months, quarter.full[0].on(0)) == (3, dt.date(2022, 12, 31))
    assert year.months == 12
