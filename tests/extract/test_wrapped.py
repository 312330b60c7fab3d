"""Captions that go on in a second row, with figures in it too."""

from __future__ import annotations

from checker.extract import extract
from checker.read import read


def test_what_the_first_row_of_a_caption_lacks_stands_in_its_second() -> None:
    text = """
STATEMENTS OF OPERATIONS
                                             2041        2040        2039
Revenue                                     5,000       4,800       4,600
Loss before provision for taxes and          (120)       (295)
  extraordinary item                                                 (406)
Income tax                                     27          50         100
"""
    lines = [
        (line.caption, [figure.text if figure else "" for figure in line.figures])
        for statement in extract(read("a.txt", text.encode())).statements
        for line in statement.lines
    ]
    assert ("Loss before provision for taxes and extraordinary item", ["(120)", "(295)", "(406)"]) in lines


def test_two_lines_that_print_in_different_columns_stay_two() -> None:
    text = """
BALANCE SHEETS
                                             2041        2040        2039
Cash                                        5,000       4,800       4,600
Loans to members                              120         295
Deposits of members                                                   406
Total                                       5,120       5,095       5,006
"""
    captions = [
        line.caption for statement in extract(read("a.txt", text.encode())).statements for line in statement.lines
    ]
    assert {"Loans to members", "Deposits of members"} <= set(captions)
