"""Sheets saved as CSV as people save them: titles, bullets and sentences stand among the rows of cells."""

from __future__ import annotations

import pytest

from checker.core.document import Paragraph, Table
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from checker.read import read

_RELEASE = """Harrow Group plc
Final results for the year ended 30 April 2016

Financial highlights:

• Turnover increased by 6% to £62.3m (2015: £58.9m)
"• Operating profit up {growth}, to £6.7m (2015: £5.8m)"

Consolidated income statement for the year ended 30 April 2016

,2016 £'000,2015 £'000
Turnover,"62,300","58,900"
Cost of sales,"(40,150)","(38,220)"
Gross profit,"22,150","20,680"
Operating costs,"(15,430)","(14,900)"
Operating profit,"6,720","5,780"
"""
_REVISED = """"Note 2. Correction of errors"

(Shares in thousands),"Quarter Ended April 30, 2012",,
,As Previously Reported,Adjustment,As Revised
Weighted average shares outstanding:,,,
Basic,"31,204","1,105","32,309"
Diluted,"31,610","1,105","32,715"
Net income per share:,,,
Basic,$0.21,($0.01),$0.20
"""
_PRINTED = """Retail Corp. Second Quarter Results

Operating income was $1.92 billion, compared to $1.18 billion, in the quarter.

                                        July 2, 2023   July 3, 2022
Net sales                                    $ 9,412        $ 8,905
Cost of sales                                  6,010          5,720
Gross profit                                   3,402          3,185
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def test_text_stands_before_the_table_as_text() -> None:
    document = read("release.csv", _RELEASE.format(growth="16%").encode())
    assert document.format == "csv"
    assert [type(block) for block in document.blocks] == [*[Paragraph] * 6, Table]


@pytest.mark.parametrize(("growth", "wrong"), [("16%", 0), ("61%", 1)])
def test_its_sentences_are_held_against_its_table(growth: str, wrong: int, rulebook: Rulebook) -> None:
    said = check("release.csv", _RELEASE.format(growth=growth).encode(), rulebook)
    assert len(said.figures) > 10
    assert sum(one.verdict == "violation" for one in said.findings) == wrong


def test_a_title_and_headings_are_no_reason_to_read_nothing(rulebook: Rulebook) -> None:
    said = check("note.csv", _REVISED.encode(), rulebook)
    assert len([one for one in said.figures if one.origin == "table"]) == 9


def test_commas_of_thousands_part_no_cells() -> None:
    assert read("release.txt", _PRINTED.encode()).format != "csv"


def test_a_page_with_marks_of_html_is_no_csv() -> None:
    rows = "".join(f"<tr>\n<td>Revenue {place}</td>\n<td>113,205</td>\n<td>191,780</td>\n</tr>\n" for place in range(9))
    assert read("page.md", f"Acme\n\n<table>\n{rows}</table>\n".encode()).format != "csv"


def test_sentences_with_amounts_are_no_csv() -> None:
    lines = "\n".join(f"Sales of {place} shops were $113,205 in the year.\nThey grew." for place in range(9))
    assert read("page.txt", lines.encode()).format != "csv"
