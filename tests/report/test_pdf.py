"""The copy of a PDF: the file as given, with a tick at what agrees and a note at what does not."""

from __future__ import annotations

import io
from decimal import Decimal

import pypdf
import pypdfium2
import pytest

from checker.api import load_rules
from checker.pipeline import check
from checker.report import pdf as written
from tests.read.papers import Paper, Put, pdf, table

ROWS = (
    ("Revenues", "4,610", "4,530"),
    ("Cost of revenues", "1,170", "1,040"),
    ("Gross profit", "3,440", "3,490"),
    ("Selling expenses", "1,120", "1,010"),
    ("Administrative expenses", "330", "320"),
    ("Total operating expenses", "1,450", "1,330"),
    ("Operating income", "1,990", "2,160"),
)
HEADS = (Put("Consolidated Statements of Operations", 200, 50, bold=True), Put("(in thousands)", 250, 62))
YEARS = (Put("Year Ended December 31,", 370, 76), Put("2023", 390, 88, right=True), Put("2022", 480, 88, right=True))


def paper(rows: tuple[tuple[str, str, str], ...] = ROWS, turned: int = 0) -> bytes:
    matrix = {0: "", 1: "0 1 -1 0 612 0"}[turned]
    size = (612.0, 792.0) if not turned else (792.0, 612.0)
    return pdf([Paper((*HEADS, *YEARS, *table(rows, (390, 480))), size=size, matrix=matrix, turned=turned)])


def annotations(content: bytes) -> list[pypdf.generic.DictionaryObject]:
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    return [one.get_object() for one in page.get("/Annots", ())]


def test_agreed_figures_bear_ticks_at_their_boxes_and_the_file_stands_before_them() -> None:
    content = paper()
    checked = check("a.pdf", content, load_rules().book)
    copy = written.copy(checked, content)
    assert copy.startswith(content)
    ticks = [one for one in annotations(copy) if one["/Subtype"] == "/Ink"]
    agreed = [figure for figure in checked.figures if checked.coverage[figure.id].status == "agreed"]
    assert len(ticks) == len(agreed) > 10
    for tick, figure in zip(ticks, agreed, strict=True):
        left, bottom, right, top = (Decimal(str(float(value))) for value in tick["/Rect"])
        assert figure.place.box is not None
        assert 0 < left - figure.place.box[2] / Decimal(10) < 2 and right - left < 8
        assert figure.place.box[1] <= (792 - (bottom + top) / 2) * 10 <= figure.place.box[3]


def test_a_wrong_figure_is_highlighted_and_the_note_says_why() -> None:
    rows = tuple((row[0], "3,404" if row[1] == "3,440" else row[1], row[2]) for row in ROWS)
    content = paper(rows)
    checked = check("a.pdf", content, load_rules().book)
    marked = [one for one in annotations(written.copy(checked, content)) if one["/Subtype"] == "/Highlight"]
    assert marked and any("3,404" in str(one["/Contents"]) and "3,440" in str(one["/Contents"]) for one in marked)


@pytest.mark.parametrize("turned", [0, 1])
def test_it_opens_and_shows_more_than_the_file_as_given(turned: int) -> None:
    content = paper(turned=turned)
    copy = written.copy(check("a.pdf", content, load_rules().book), content)
    before, after = (pypdfium2.PdfDocument(one)[0].render(scale=1, may_draw_forms=False) for one in (content, copy))
    assert bytes(before.buffer) != bytes(after.buffer)
    assert (before.width, before.height) == (after.width, after.height)


def test_the_same_document_gives_the_same_bytes() -> None:
    content = paper()
    checked = check("a.pdf", content, load_rules().book)
    assert written.copy(checked, content) == written.copy(checked, content)


def test_a_damaged_file_gives_a_word_and_no_copy() -> None:
    content = paper()
    checked = check("a.pdf", content, load_rules().book)
    with pytest.raises(ValueError):
        written.copy(checked, b"%PDF-1.7\n" + content[400:500])


def test_a_file_with_an_empty_password_gets_its_marks() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    checked = check("a.pdf", out.getvalue(), load_rules().book)
    assert annotations(written.copy(checked, out.getvalue()))
