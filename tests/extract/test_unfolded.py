"""Tables in long form: the sections that each line repeats become headings, its last words its caption; other tables
stay as they are."""

from __future__ import annotations

import datetime as dt

from checker.core.release import Release
from checker.extract import extract
from checker.read import read
from tests.extract.tables import figure

SHEET = """\
## Haldene Works: {when}

| Section | Subsection | Item | {head} |
|---|---|---|---|
| Assets | Current_Assets | Cash | 812 |
| Assets | Current_Assets | Inventories | 430 |
| Assets | Current_Assets | Total current assets | 1242 |
| Assets | Fixed_Assets | Plant | 2100 |
| Assets | Fixed_Assets | Tools | 58 |
| Assets |  | Total assets | 3400 |
| Liabilities | Current_Liabilities | Accounts payable | 700 |
| Liabilities | Current_Liabilities | Accrued liabilities | 300 |
| Liabilities |  | Total liabilities | 1000 |
| Equity | Stockholders_Equity | Common stock | 400 |
| Equity | Stockholders_Equity | Retained earnings | 2000 |
| Equity |  | Total equity | 2400 |
| Total liabilities and equity |  | Total liabilities and equity | 3400 |
"""


def extracted(text: str) -> Release:
    return extract(read("a.md", text.encode()))


def sections(release: Release) -> dict[str, tuple[str, ...]]:
    return {
        line.caption: line.under for statement in release.statements for line in statement.lines if any(line.figures)
    }


def test_sections_become_headings_and_items_captions() -> None:
    release = extracted(SHEET.format(when="December 31, 2041", head="Value"))
    assert [statement.kind for statement in release.statements] == ["balance sheet"]
    found = sections(release)
    assert found["Cash"] == ("Assets", "Current Assets")
    assert found["Total assets"] == ("Assets",)
    assert found["Retained earnings"] == ("Equity", "Stockholders Equity")
    assert found["Total liabilities and equity"] == ()
    assert len(found) == 13


def test_the_period_comes_from_the_heading_above_or_from_the_head() -> None:
    end = dt.date(2041, 12, 31)
    for when, head in (("December 31, 2041", "Value"), ("balance sheet", "December 31, 2041"), ("2041", "Amount")):
        period = figure(extracted(SHEET.format(when=when, head=head)), "Cash").period
        assert period is not None
        assert period.end == end


def test_a_section_that_is_one_line_of_the_same_name_is_no_heading() -> None:
    release = extracted("""\
### Haldene Works: 2041

| Group | Line Item | Value |
|---|---|---|
| Revenue | Product sales | 700 |
| Revenue | Service sales | 200 |
| Revenue | Total revenues | 900 |
| Operating Expenses | Wages | 500 |
| Operating Expenses | Total operating expenses | 500 |
| Operating Income | Operating income | 400 |
| Net Income | NET INCOME | 400 |
""")
    assert sections(release)["Operating income"] == ()
    assert sections(release)["NET INCOME"] == ()
    period = figure(release, "Wages").period
    assert period is not None
    assert (period.start, period.end) == (dt.date(2041, 1, 1), dt.date(2041, 12, 31))


def test_a_value_that_looks_like_a_year_is_a_value() -> None:
    release = extracted(SHEET.format(when="December 31, 2041", head="Value").replace("812", "1995"))
    assert figure(release, "Cash").value == 1995


def test_several_columns_of_figures_and_lines_without_any() -> None:
    release = extracted("""\
| Statement | Line | 2041 | 2040 |
|---|---|---|---|
| Income | Net sales | 900 | 800 |
| Income | Cost of sales | (500) | (450) |
| Income | Special items | | |
| Income | Gross profit | 400 | 350 |
| Cash | Capital expenditures | (70) | (60) |
""")
    assert sections(release) == dict.fromkeys(("Net sales", "Cost of sales", "Gross profit"), ("Income",)) | {
        "Capital expenditures": ("Cash",)
    }
    assert figure(release, "Cost of sales", 1).text == "(450)"


def test_two_columns_of_words_that_repeat_nothing_are_captions() -> None:
    release = extracted("""\
| Line | Class | 2041 |
|---|---|---|
| Common stock | Class A | 400 |
| Preferred stock | Series B | 300 |
| Warrants | Series C | 200 |
| Options | Series D | 100 |
""")
    assert list(sections(release)) == [
        "Common stock Class A",
        "Preferred stock Series B",
        "Warrants Series C",
        "Options Series D",
    ]
