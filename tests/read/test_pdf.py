"""PDF files: what stands on a page is read as a person reads it, and what cannot be read is never clean."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import checker
from checker.core.document import Document, Paragraph, Table
from checker.core.figure import Figure
from checker.extract import extract
from checker.paper import apart
from checker.paper.values import Page, Stroke, Word
from checker.read import read
from tests.examples import examples
from tests.read.papers import Paper, Put, pdf, table, width, written

HEADS = (
    Put("Three Months Ended June 30,", 355, 70),
    Put("2023", 390, 84, right=True),
    Put("2022", 480, 84, right=True),
)
ROWS = (
    ("Revenues", "1,610", "1,530"),
    ("Cost of revenues", "(1,170)", "(1,040)"),
    ("Gross profit", "440", "490"),
    ("Operating expenses", "(120)", "(110)"),
    ("Operating income", "320", "380"),
)
VALUES = ["1610", "1530", "-1170", "-1040", "440", "490", "-120", "-110", "320", "380"]
EDGES = (390, 480)
STATEMENT = (
    Put("Consolidated Statements of Operations", 200, 50, bold=True),
    Put("(in thousands)", 250, 60),
    *HEADS,
    *table(ROWS, EDGES),
)


def figures(content: bytes) -> list[Figure]:
    return [figure for figure in extract(read("a.pdf", content)).figures if figure.origin == "table"]


def values(content: bytes) -> list[str]:
    return [str(figure.value / 1000) if figure.value else "0" for figure in figures(content)]


def codes(document: Document) -> set[tuple[str, str]]:
    return {(one.code, one.severity) for one in document.problems}


def tables(document: Document) -> Sequence[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_figures_have_page_box_and_period() -> None:
    found = figures(pdf([Paper(), Paper(STATEMENT)]))
    assert [str(figure.value) for figure in found] == [f"{value}000" for value in VALUES]
    first = found[0]
    assert first.place.page == 2 and first.place.box is not None
    left, top, right, bottom = first.place.box
    assert right == 3900 and abs(left - (3900 - 10 * width("1,610", 10))) <= 2 and top < 1000 < bottom
    assert str(first.period) != str(found[1].period) and "2023" in str(first.period)


@pytest.mark.parametrize("junk", [b"\n\n", b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n", b"\x00\x01junk" * 20])
def test_it_is_known_by_its_content_whatever_stands_before_it(junk: bytes) -> None:
    document = read("a.txt", junk + pdf([Paper(STATEMENT)]))
    assert document.format == "pdf"


def test_a_text_that_speaks_of_pdf_is_a_text() -> None:
    assert read("a.txt", b"<html><body><p>The mark %PDF-1.7 begins such a file.</p></body></html>").format == "html"


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_turned_page_is_read_as_it_is_shown(turned: int) -> None:
    """The page is turned, and its text is turned back: it is shown upright."""
    wide, high = (792.0, 612.0) if turned % 2 else (612.0, 792.0)
    matrix = {1: f"0 1 -1 0 {high} 0", 2: f"-1 0 0 -1 {wide} {high}", 3: f"0 -1 1 0 0 {wide}"}[turned]
    upright = pdf([Paper(STATEMENT, size=(wide, high))], packed=False)
    content = Paper(STATEMENT, size=(wide, high), matrix=matrix, turned=turned)
    found = figures(pdf([content]))
    assert [str(figure.value) for figure in found] == [f"{value}000" for value in VALUES]
    straight = figures(upright)
    assert all(
        one.place.box is not None
        and two.place.box is not None
        and all(abs(a - b) <= 12 for a, b in zip(one.place.box, two.place.box, strict=True))
        for one, two in zip(found, straight, strict=True)
    )


def test_a_table_lying_on_its_side_is_read() -> None:
    lying = Paper(STATEMENT, size=(792, 612), matrix="0 1 -1 0 612 0", shown=(612, 792))
    assert values(pdf([lying])) == VALUES


def test_a_table_goes_on_over_the_end_of_a_page() -> None:
    first = Paper((*STATEMENT[:5], *table(ROWS[:3], EDGES), Put("12", 300, 770)))
    second = Paper((*table(ROWS[3:], EDGES, top=60), Put("13", 300, 770)))
    document = read("a.pdf", pdf([first, second]))
    assert len(tables(document)) == 1
    found = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [figure.period for figure in found[::2]] == [found[0].period] * 5
    assert [figure.place.page for figure in found[::2]] == [1, 1, 1, 2, 2]


def test_heads_at_the_end_of_a_page_head_the_figures_of_the_next() -> None:
    first, second = Paper(STATEMENT[:5]), Paper(table(ROWS, EDGES, top=60))
    assert [figure.head for figure in figures(pdf([first, second]))[:2]] == [
        "Three Months Ended June 30, 2023",
        "Three Months Ended June 30, 2022",
    ]


def test_running_heads_and_numbers_of_pages_are_dropped() -> None:
    pages = [
        Paper((Put("Example Group Interim Report", 60, 30), *STATEMENT, Put(f"Page {number} of 4", 280, 770)))
        for number in range(1, 5)
    ]
    text = "\n".join(paragraphs(read("a.pdf", pdf(pages))))
    assert "Interim Report" not in text and "Page" not in text


LEFT = (300, 450)
"""Where columns of figures begin that are set to the left."""


def _left(rows: Sequence[Sequence[str]], top: float = 100) -> tuple[Put, ...]:
    puts = [Put(row[0], 60, top + 13 * at) for at, row in enumerate(rows)]
    puts += [Put(text, x, top + 13 * at) for at, row in enumerate(rows) for text, x in zip(row[1:], LEFT, strict=True)]
    return tuple(puts)


LEFT_HEADS = (Put("Three Months Ended June 30,", LEFT[0], 70), Put("2023", LEFT[0], 84), Put("2022", LEFT[1], 84))


@pytest.mark.parametrize("cut", [2, 3, 5])
def test_figures_set_to_the_left_stand_in_their_columns_on_the_next_page_too(cut: int) -> None:
    """A head over both columns begins where the first does."""
    first = Paper((Put("(in thousands)", 250, 55), *LEFT_HEADS, *_left(ROWS[:cut])))
    rest = [Paper(_left(ROWS[cut:], top=60))] if ROWS[cut:] else []
    document = read("a.pdf", pdf([first, *rest]))
    assert len(tables(document)) == 1
    found = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [str((figure.value or 0) / 1000) for figure in found] == VALUES
    assert {(at % 2, str(figure.period and figure.period.end)) for at, figure in enumerate(found)} == {
        (0, "2023-06-30"),
        (1, "2022-06-30"),
    }


def test_tables_that_only_their_heads_part_are_two() -> None:
    """The second stands right below, its columns elsewhere."""
    below = (
        Put("June 30, 2023", 330, 178, right=True),
        Put("December 31, 2022", 440, 178, right=True),
        *table((("Cash", "210", "190"), ("Receivables", "130", "120"), ("Total", "340", "310")), (330, 440), top=191),
    )
    document = read("a.pdf", pdf([Paper((*STATEMENT[1:5], *table(ROWS, EDGES, top=97), *below))]))
    found = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [figure.period and str(figure.period.end) for figure in found[-6:]] == ["2023-06-30", "2022-12-31"] * 3
    assert {figure.period and figure.period.months for figure in found[-6:]} == {None}


def test_a_table_goes_on_up_to_where_columns_stand_elsewhere() -> None:
    first = Paper((*STATEMENT[:5], *table(ROWS[:1], EDGES), Put("12", 300, 770)))
    other = (("Note", "7", "9"), ("Annex", "5", "4"))
    second = Paper((*table(ROWS[1:], EDGES, top=60), *table(other, (300, 350), top=125), Put("13", 300, 770)))
    found = figures(pdf([first, second]))
    assert [str(figure.period and figure.period.end) for figure in found[:10]] == ["2023-06-30", "2022-06-30"] * 5


def test_a_number_that_a_narrow_cell_broke_is_one() -> None:
    puts = (
        *STATEMENT[:5],
        *table((("Revenues", "", "1,530"),), EDGES, top=104),
        Put("1,61", 390, 98, right=True),
        Put("0", 390, 110, right=True),
        *table(ROWS[1:], EDGES, top=130),
    )
    assert values(pdf([Paper(puts)])) == VALUES


@pytest.mark.parametrize(
    ("figure", "rest", "value"), [("(1,170", ")", "-1170"), ("(9.4)", "%", "-9.4"), ("(9.4", ")%", "-9.4")]
)
@pytest.mark.parametrize("between", [True, False])
def test_signs_that_a_narrow_cell_broke_off_close_their_number(
    figure: str, rest: str, value: str, between: bool
) -> None:
    """Above and below the line that a caption in the middle has, or at the end of its own."""
    y = 124.0 if between else 130.0
    puts = (
        *STATEMENT[:5],
        *table(ROWS[:1], EDGES, top=104),
        *table((("Decrease of revenues", "", "(1,040)"),), EDGES, top=130),
        Put(figure, 390, y, right=True),
        Put(rest, 386, y + 12, right=True),
        *table(ROWS[2:], EDGES, top=156),
    )
    found = {one.text: one for one in figures(pdf([Paper(puts)]))}
    assert figure + rest in found
    assert found[figure + rest].caption == "Decrease of revenues"
    assert value in (str(found[figure + rest].value), str((found[figure + rest].value or 0) / 1000))


@pytest.mark.parametrize("mark", ["(1", "(12"])
def test_a_bracket_below_the_mark_of_a_note_closes_no_number(mark: str) -> None:
    puts = (*STATEMENT, Put(mark, 60, 200), Put("is what the company measures.", 90, 200), Put(")", 66, 212))
    found = read("a.pdf", pdf([Paper(puts)]))
    assert not any(f"{mark})" in text for text in paragraphs(found))


@pytest.mark.parametrize("head", ["Percent Change", "% Change", "Increase (decrease)"])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_head_of_changes_alone_on_its_line_heads_the_columns_below_it(head: str, ruled: bool) -> None:
    edges = (300, 370, 450, 530)
    puts = (
        Put("(in thousands)", 60, 60),
        Put(head, 490 - width(head, 10) / 2, 60),
        *(Put(text, edge, 84, right=True) for text, edge in zip(("4Q 2021", "3Q 2021"), edges, strict=False)),
        *(Put(text, edge, 84, right=True) for text, edge in zip(("vs 3Q21", "vs 4Q20"), edges[2:], strict=True)),
        *table(
            (
                ("Revenues", "1,610", "1,530", "5.2", "(3.1)"),
                ("Cost of revenues", "(1,170)", "(1,040)", "12.5", "8.0"),
                ("Gross profit", "440", "490", "(10.2)", "2.4"),
            ),
            edges,
        ),
    )
    found = figures(pdf([Paper(puts, lines=((415, 535, 66),) if ruled else ())]))
    assert [one.head for one in found[:2]] == ["4Q 2021", "3Q 2021"]
    assert found[0].period != found[1].period
    assert any(head in one.head for one in found[2:4])
    assert all(head in one.head for one in found[2:4]) or not ruled


@pytest.mark.parametrize(
    "scale", ["$ in Thousands, shares in Thousands", "(in thousands of dollars)", "USD in thousands"]
)
def test_a_scale_in_the_middle_over_captions_holds_for_the_table(scale: str) -> None:
    puts = (
        Put("Consolidated Statements of Operations - USD ($)", 60, 70),
        Put(scale, 350, 84, right=True),
        Put("3 Months Ended June 30,", 355, 70),
        *HEADS[1:],
        *table(ROWS, EDGES),
    )
    assert [str(one.value) for one in figures(pdf([Paper(puts)]))] == [f"{value}000" for value in VALUES]


def test_a_head_over_several_columns_that_one_line_underlines_is_not_parted() -> None:
    edges = (300, 370, 450, 530)
    words = (("4Q21", 424), ("change", 454), ("from", 496))
    puts = (
        Put("Noninterest expense", 60, 60),
        *(Put(text, at, 60) for text, at in words),
        *(Put(text, edge, 84, right=True) for text, edge in zip(("4Q21", "3Q21", "3Q21", "4Q20"), edges, strict=True)),
        *table(
            (
                ("Salaries", "551", "509", "42", "14"),
                ("Equipment", "146", "157", "(11)", "5"),
                ("Occupancy", "86", "77", "9", "2"),
            ),
            edges,
        ),
    )
    read_ = read("a.pdf", pdf([Paper(puts, lines=((412, 532, 66),))]))
    texts = [cell.text for one in tables(read_) for row in one.rows for cell in row.cells]
    assert "4Q21 change from" in texts


def test_figures_in_the_middle_beside_two_lines_of_a_caption_are_of_both() -> None:
    puts = (
        *STATEMENT[:5],
        Put("Revenues from customers and", 60, 100),
        Put("other sources of income", 60, 112),
        Put("1,610", 390, 106, right=True),
        Put("1,530", 480, 106, right=True),
        *table(ROWS[1:], EDGES, top=130),
    )
    found = figures(pdf([Paper(puts)]))
    assert (found[0].caption, found[0].text) == ("Revenues from customers and other sources of income", "1,610")


def test_a_head_of_several_lines_over_one_column_is_read_whole() -> None:
    puts = (
        Put("Average", 465, 58),
        Put("Grant-Date", 455, 70),
        Put("Shares", 355, 82),
        Put("Fair Value", 457, 82),
        *table(
            (
                ("Held on January 1, 2023", "3,918", "25.92"),
                ("Granted", "380", "8.07"),
                ("Held on June 30, 2023", "4,298", "24.34"),
            ),
            (390, 505),
        ),
    )
    assert "Average Grant-Date Fair Value" in {figure.head for figure in figures(pdf([Paper(puts)]))}


def test_a_line_set_to_both_edges_is_one_text() -> None:
    """Its gaps are wide, and all alike: no columns."""
    words = "Total costs and expenses of the second quarter were".split()
    puts, x = [], 60.0
    for word in words:
        puts.append(Put(word, x, 100))
        x += width(word, 10) + 11
    puts.append(Put("$440 thousand, up from $410 thousand a year ago.", 60, 112))
    assert paragraphs(read("a.pdf", pdf([Paper(tuple(puts))]))) == [
        "Total costs and expenses of the second quarter were $440 thousand, up from $410 thousand a year ago."
    ]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = [f"left line {number} of the running text here" for number in range(8)]
    right = [f"right line {number} with as many words in it" for number in range(8)]
    puts = [Put(text, x, 100 + 13 * at, 9) for x, lines in ((60, left), (330, right)) for at, text in enumerate(lines)]
    text = " ".join(paragraphs(read("a.pdf", pdf([Paper(tuple(puts))]))))
    assert text == " ".join([*left, *right])


def test_a_sentence_goes_on_on_the_next_page() -> None:
    first = Paper((Put("Revenues for the second quarter of the year were $1,610 thousand, which was", 60, 700),))
    second = Paper((Put("an increase of $80 thousand from the quarter a year ago.", 60, 60),))
    assert len(paragraphs(read("a.pdf", pdf([first, second])))) == 1


def test_raised_marks_are_no_digits() -> None:
    edge = 390 + width("1", 6)
    rows = [*STATEMENT, Put("1", edge, 96, 6, right=True), Put("(2)", 60 + width("Revenues", 10), 96, 6)]
    found = figures(pdf([Paper(tuple(rows))]))
    assert (found[0].text, found[0].caption) == ("1,610", "Revenues")


def test_leaders_are_no_text() -> None:
    rows = [(f"{row[0]} ..................", *row[1:]) for row in ROWS]
    found = figures(pdf([Paper((*STATEMENT[:5], *table(rows, EDGES)))]))
    assert [figure.caption for figure in found[::2]] == [row[0] for row in ROWS]


def test_what_is_never_shown_is_left_out_and_said() -> None:
    document = read("a.pdf", pdf([Paper((*STATEMENT, Put("Restructuring 5,000", 60, 300, mode=3)))]))
    assert ("R164", "warning") in codes(document)
    assert not any("Restructuring" in text for text in paragraphs(document))


def test_text_read_off_a_scan_is_doubtful() -> None:
    hidden = tuple(Put(put.text, put.x, put.y, put.size, put.bold, put.right, 3) for put in STATEMENT)
    document = read("a.pdf", pdf([Paper(hidden, picture=True)]))
    assert ("R163", "warning") in codes(document)
    assert values(pdf([Paper(hidden, picture=True)])) == VALUES


def test_a_scan_cannot_be_read() -> None:
    document = read("a.pdf", pdf([Paper(picture=True), Paper(picture=True)]))
    assert codes(document) == {("R161", "error")} and not document.blocks


def test_scanned_pages_among_others_are_said() -> None:
    document = read("a.pdf", pdf([Paper(STATEMENT), Paper(picture=True), Paper(STATEMENT)]))
    assert ("R161", "error") in codes(document)
    assert ("R161", "warning") in codes(read("a.pdf", pdf([Paper(picture=True), Paper(STATEMENT), Paper(STATEMENT)])))


@pytest.mark.parametrize("shift", [3, 7, 11, 19])
def test_fonts_that_lie_are_seen(shift: int) -> None:
    """Every letter stands for another one, as in fonts that do not say which characters they show."""
    text = (
        "The decrease in revenues reflects lower volumes of equipment sold to our customers in the region during "
        "the second quarter of the year"
    )

    def garbled(line: str) -> str:
        return "".join(
            chr((ord(letter.lower()) - 97 + shift) % 26 + 97) if letter.isalpha() else letter for letter in line
        )

    plain = [Put(text[at : at + 60], 60, 100 + at / 4 + 14 * copy, 9) for copy in range(12) for at in (0,)]
    lying = tuple(Put(garbled(put.text) + garbled(text[40:100]), put.x, put.y, put.size) for put in plain)
    assert ("R162", "error") not in codes(read("a.pdf", pdf([Paper(tuple(plain) + STATEMENT)])))
    assert codes(read("a.pdf", pdf([Paper(lying)]))) == {("R162", "error")}


def _encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([Paper(STATEMENT)])))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_said_and_an_empty_one_opens() -> None:
    assert codes(read("a.pdf", _encrypted("secret"))) == {("R166", "error")}
    assert values(_encrypted("")) == VALUES


def test_embedded_files_are_said_and_not_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([Paper(STATEMENT)])))
    writer.add_attachment("other.txt", b"Net income 12 13")
    out = io.BytesIO()
    writer.write(out)
    document = read("a.pdf", out.getvalue())
    assert ("R165", "note") in codes(document)
    assert values(out.getvalue()) == VALUES


def test_loops_in_its_tables_end() -> None:
    content = pdf([Paper(STATEMENT)])
    start = content.rindex(b"xref\n0")
    looped = content.replace(b"trailer\n<<", b"trailer\n<</Prev %d " % start)
    assert read("a.pdf", looped).format == "pdf"
    kids = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])
    assert {severity for _, severity in codes(read("a.pdf", kids))} == {"error"}


def test_a_form_inside_itself_ends() -> None:
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>stream\n/X "
        b"Do\nendstream"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        form,
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    assert ("R161", "error") in codes(read("a.pdf", written(bodies)))


def test_pages_that_say_they_are_huge_or_far_away() -> None:
    far = Paper((*STATEMENT, Put("lost", 1e7, 100), Put("lost", 100, -1e7)), size=(1e6, 1e6))
    read("a.pdf", pdf([far]))
    assert ("R104", "error") not in codes(read("a.pdf", pdf([Paper(STATEMENT, extra=b"0 0 m 9 9 l S " * 20_000)])))


def test_a_bomb_of_text_is_read_in_part_and_said() -> None:
    body = (
        b"BT /F1 1 Tf "
        + b"".join(b"1 0 0 1 10 %d Tm (" % line + b"9 " * 250 + b") Tj " for line in range(10, 700))
        + b"ET"
    )
    assert len(zlib.compress(body)) < 8000
    assert ("R104", "error") in codes(read("a.pdf", pdf([Paper(extra=body)])))


AMOUNTS = st.integers(1, 9_999_999).map(lambda amount: f"{amount:,}") | st.integers(1, 99_999).map(
    lambda amount: f"({amount:,})"
)


@settings(max_examples=examples(30), deadline=None)
@given(
    rows=st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=3, max_size=12),
    size=st.sampled_from([7, 9, 10, 12]),
    shift=st.integers(0, 30),
)
def test_every_figure_is_read_in_its_column(rows: list[tuple[str, str, str]], size: int, shift: int) -> None:
    """A bracket that closes hangs over the edge, or does not: digits end where those above them end."""
    edges = (350 + shift, 440 + shift, 530)
    captions = [f"Line of business {chr(65 + at)}" for at in range(len(rows))]
    puts = [
        Put(text, edge + (width(")", size) if text.endswith(")") else 0), 120 + 1.3 * size * at, size, right=True)
        for at, row in enumerate(rows)
        for text, edge in zip(row, edges, strict=True)
    ]
    puts += [Put(caption, 60, 120 + 1.3 * size * at, size) for at, caption in enumerate(captions)]
    puts += [Put(year, edge, 100, size, right=True) for year, edge in zip(("2023", "2022", "2021"), edges, strict=True)]
    document = read("a.pdf", pdf([Paper(tuple(puts))]))
    found = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [figure.text for figure in found] == [text for row in rows for text in row]
    assert [figure.head for figure in found] == ["2023", "2022", "2021"] * len(rows)


# ---- the process that reads ------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.builds(
            Word,
            st.text(st.characters(exclude_categories=("Zs", "Zl", "Zp", "Cc")), min_size=1, max_size=8),
            *[st.integers(-(2**31), 2**31 - 1)] * 4,
            st.tuples(*[st.integers(-(2**31), 2**31 - 1)] * 4),
            st.integers(-(2**31), 2**31 - 1),
            st.booleans(),
            marks=st.just(""),
        ),
        max_size=6,
    ),
    st.lists(st.builds(Stroke, *[st.integers(-999, 999)] * 3), max_size=3),
    st.booleans(),
)
def test_a_page_is_the_same_when_a_process_has_told_of_it(words: list[Word], strokes: list[Stroke], told: bool) -> None:
    page = Page(3, tuple(words), tuple(strokes), ((1, 2, 3, 4),), told, not told, 5, 6, told)
    assert apart.unpacked(3, *apart.packed(page)) == page


@given(st.binary(max_size=200), st.binary(max_size=60))
def test_bytes_that_are_no_page_end_the_reading(numbers: bytes, texts: bytes) -> None:
    with contextlib.suppress(apart.Ended):
        apart.unpacked(1, numbers, texts)


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import sys; sys.stdin.buffer.read(); sys.exit(7)",
        "import sys, struct; sys.stdin.buffer.read(); sys.stdout.buffer.write(struct.pack('<4i', 0, 9, 0, 0) + b'abc')",
        "import sys, struct; sys.stdin.buffer.read(); sys.stdout.buffer.write(struct.pack('<6i', 0, 9, 0, 0, -1, 5))",
    ],
)
def test_a_process_that_fails_is_told_and_never_clean(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", program)
    content = pdf([Paper(STATEMENT)])
    assert [problem.code for problem in read("a.pdf", content).problems] == ["R167"]
    assert checker.check(content).outcome.status == 3
    assert checker.extract(content).documents[0].figures == ()


def test_one_that_never_answers_is_ended_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "import time; time.sleep(600)")
    begun = time.monotonic()
    found = checker.extract(pdf([Paper(STATEMENT)]), checker.Options(timeout=1))
    assert [problem.code for problem in found.problems] == ["T002"]
    assert time.monotonic() - begun < 20


def test_it_may_hold_and_take_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    found = "import sys; sys.path[:] = sys.argv[2:]; from checker.paper import apart; "
    hold = found + "apart._bound(); x = b'x' * (2 * 10**9)"
    monkeypatch.setattr(apart, "_PROGRAM", hold)
    assert [problem.code for problem in read("a.pdf", pdf([Paper()])).problems] == ["R167"]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_fonts_that_say_how_high_each_character_is_drawn_keep_their_words(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{line[0]}</td>{''.join(f'<td align=right>{text}</td>' for text in line[1:])}</tr>" for line in ROWS
    )
    heads = "<tr><td></td><td align=right>2023</td><td align=right>2022</td></tr>"
    page = (
        f"<html><body><p>Full Results of Fluffy Fields, Inc.</p><table width=100%>{heads}{rows}</table></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["pdf:writer_pdf_Export", "--infilter=HTML (StarWriter)", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.html")], check=True, capture_output=True, timeout=120)
    found = read("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert "Full Results of Fluffy Fields, Inc." in [one.text for one in found.blocks if isinstance(one, Paragraph)]
    assert [str(figure.value) for figure in extract(found).figures if figure.origin == "table"] == VALUES


def test_a_size_is_that_of_the_page_however_it_was_made() -> None:
    plain = read("a.pdf", pdf([Paper(STATEMENT)]))
    scaled = tuple(evolve(put, x=put.x / 2, y=put.y / 2, size=put.size / 2) for put in STATEMENT)
    twice = read("a.pdf", pdf([Paper(scaled, matrix="2 0 0 2 0 -792")]))
    assert [one.caption for one in extract(plain).figures] == [one.caption for one in extract(twice).figures]
