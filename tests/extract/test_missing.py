"""What is announced and not printed as text is said: pictures of statements, titles with nothing below them, tables
that the end of a text cuts off."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.read import read

TABLE = (
    "| | 2041 | 2040 |\n|---|---|---|\n| Net sales | 900 | 800 |\n| Cost of sales | 500 | 450 |\n| Gross profit "
    "| 400 | 350 |\n"
)
ROWS = "<table><tr><td></td><td>2041</td><td>2040</td></tr><tr><td>Net sales</td><td>900</td><td>800</td></tr></table>"
ALIGNED = """\
INCOME STATEMENT

                    2041      2040
Net sales            900       800
Cost of sales        500       450
Gross profit         400       350"""


def codes(text: str, name: str = "a") -> list[str]:
    return [
        problem.code
        for problem in extract(read(name, text.encode())).problems
        if problem.code in ("X110", "X111", "X112")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"# Results\n\n{TABLE}\n## Consolidated balance sheets\n\n![](images/7.png)\n\nNotes follow.\n",
        f"# Results\n\n{TABLE}\n\n![Consolidated statements of cash flows](7.png)\n",
        (
            f"<html><body><p>Results</p>{ROWS}<p>Consolidated Balance Sheets</p><p><img src='bs.png'></p><p>The "
            f"end.</p></body></html>"
        ),
        f"<html><body><p>Results</p>{ROWS}<div><img src='bs.png' alt='Statement of income'></div></body></html>",
    ],
)
def test_a_picture_where_a_statement_should_stand_is_said(text: str) -> None:
    assert codes(text) == ["X110"]


@pytest.mark.parametrize(
    "text",
    [
        f"# Income statement\n\n![](logo.png)\n\n{TABLE}",
        f"# Income statement\n\n![The mark of Haldene Works](logo.png)\n\n{TABLE}",
        f"![Haldene Works](logo.png)\n\n# Results\n\n{TABLE}",
        f"# Results\n\n{TABLE}\n## Balance sheet, 2036 to 2041\n\n![Bar chart of total assets](7.png)\n\nThe end.\n",
        f"<html><body><img src='logo.png'><p>Consolidated Balance Sheets</p>{ROWS}<img src='chart.png'></body></html>",
    ],
)
def test_other_pictures_are_passed_over(text: str) -> None:
    assert codes(text) == []


def test_a_text_that_ends_inside_a_table_is_said() -> None:
    assert codes(ALIGNED) == ["X111"]
    assert codes(ALIGNED + "\n") == []
    assert codes(f"# Results\n\n{TABLE}".rstrip("\n").rstrip("| ")) == ["X111"]
    assert codes(f"# Results\n\n{TABLE}".rstrip("\n")) == []


def test_a_title_with_nothing_below_it_is_said() -> None:
    text = f"# Income statement\n\n{TABLE}\n## Statement of cash flows\n\n(in thousands)\n"
    assert codes(text) == ["X112"]
    assert codes(text + "\nThe statement of cash flows was left out of this release.\n") == []
    assert codes("Statement of cash flows\n") == []


CUT = (
    "Acme\n\nIncome statement\n\n| | 2024 | 2023 |\n|---|---|---|\n| Revenue | 43.2 | 41.4 |\n| Operating costs "
    "| (39.8) | (38.6) |\n"
)
SET = (
    "Acme\n\nIncome statement\n\n                    2024      2023\nRevenue             43.2      "
    "41.4\nOperating costs    (39.8)    (38.6)\n"
)


@pytest.mark.parametrize(
    "tail",
    [
        "Operating pro",
        "Operating profit |",
        "Operating profit | 3",
        "Operating profit | 3.",
        "Operating profit | 3.4 | 2.",
        "Operating profit | $ 3.4 | $ ",
    ],
)
def test_a_text_that_ends_inside_a_line_is_told(tail: str) -> None:
    assert codes(f"{CUT}| {tail}") == ["X111"]


@pytest.mark.parametrize(
    "tail",
    [
        "Operating pro",
        "Operating profit      3",
        "Operating profit      3.",
        "Operating profit      3.4       2",
        "Operating profit   $ 3.4      $ ",
    ],
)
def test_an_aligned_text_that_ends_inside_a_line_is_told(tail: str) -> None:
    assert codes(f"{SET}{tail}") == ["X111"]


@pytest.mark.parametrize("tail", ["", "\nThe notes are part of these statements", "Unaudited.", "(Unaudited)"])
def test_a_text_that_ends_behind_its_table_is_whole(tail: str) -> None:
    assert codes(f"{CUT}{tail}") == []
    assert codes(f"{SET}{tail}") == []
