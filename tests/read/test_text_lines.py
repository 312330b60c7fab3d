"""Lines of texts that were set double, set in as a whole, quoted, or typed with blanks of other kinds read as the text
itself."""

from __future__ import annotations

import pytest

from checker.core.document import Document, Paragraph, Table
from checker.read import read

SENTENCE = """\
The company said that its revenue grew in the quarter, and
that its costs were lower than those of the year before, as
it had expected when it spoke to its owners in the spring.

"""
TEXT = (
    SENTENCE * 6
    + """\
                        BALANCE SHEETS

                                June 26,     June 28,
                                  2004         2003

Cash                             $3,120       $3,396
Receivables                         629          766
Total current assets              3,749        4,162
"""
)


def told(document: Document) -> list[object]:
    """The texts and, of tables, where their pieces stand beside each other."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row.cells] for row in block.rows if row.cells]
        for block in document.blocks
    ]


def double(text: str) -> str:
    return text.replace("\n", "\n\n")


def damaged(text: str) -> str:
    return text.replace("\n", "\r\r\n")


def set_in(text: str) -> str:
    return "".join(f"{' ' * 9}{line}\n" if line else "\n" for line in text.split("\n"))


def answered(text: str) -> str:
    return "".join(f">> {line}\n" for line in text.split("\n"))


def unbreakable(text: str) -> str:
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize("change", [double, damaged, set_in, answered, unbreakable], ids=lambda change: change.__name__)
def test_the_text_reads_as_it_does_by_itself(change: object) -> None:
    assert callable(change)
    assert told(read("a.txt", change(TEXT).encode())) == told(read("a.txt", TEXT.encode()))


def test_paragraphs_of_one_line_each_are_not_set_double() -> None:
    text = "".join(f"Paragraph {number} says something of its own and ends.\n\n" for number in range(30))
    assert len(read("a.txt", text.encode()).blocks) == 30


def test_spans_of_quoted_lines_lead_back_to_the_file() -> None:
    content = answered(TEXT).encode()
    table = next(block for block in read("a.txt", content).blocks if isinstance(block, Table))
    low, high = table.rows[-1].cells[-1].place.span
    assert content[low:high] == b"4,162"


@pytest.mark.parametrize("drawn", ["…", "….", "…………", ". . . . .", "______", "…   …"])
def test_leaders_from_nothing_to_nothing_above_a_table_are_a_rule(drawn: str) -> None:
    rows = "Sales                      440      490\nCosts                      310      355\n"
    text = f"STATEMENTS OF OPERATIONS (in millions)\n{' ' * 30}2031\n{drawn}\n{rows}"
    document = read("a.txt", text.encode())
    assert document.problems == ()
    assert [len(block.rows) for block in document.blocks if isinstance(block, Table)] != []
