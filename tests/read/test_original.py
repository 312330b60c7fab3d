"""A document as it looks: balanced, with every printed figure where it stands, and nothing of what could run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.upheavals import turned
from checker.core.original import Closing, Opening, Original, Stretch
from checker.extract import extract
from checker.read import read
from checker.read.original import balanced, original
from tests.examples import examples

PAGE = (
    b"<html><head><title>t</title><style>p{}</style><script>alert(1)</script></head><body><h1>Release</h1><p"
    b" align=center>Balance sheet <b>(in millions)</b></p><table><tr><td>&nbsp;</td><td"
    b" style='text-align:right'>2023</td></tr><tr><td style='padding-left:20pt'>Cash</td><td style='border-bottom:3px"
    b" double black'>1,610<tr><td>Debt<td>(440)</table><img src=x onerror=alert(1)><form action=x><input"
    b" name=a></form><a href='javascript:alert(1)'>see</a><div style='display:none'>hidden</div></body></html>"
)


def words(pieces: Original) -> str:
    return "|".join(piece.text for piece in pieces if isinstance(piece, Stretch) and piece.text.strip())


def test_a_page_is_set_as_it_looks() -> None:
    pieces = original("page", PAGE)
    assert balanced(pieces)
    assert words(pieces) == "Release|Balance sheet |(in millions)|2023|Cash|1,610|Debt|(440)|see"
    opened = [piece for piece in pieces if isinstance(piece, Opening)]
    assert [piece.name for piece in opened].count("tr") == 3 and [piece.name for piece in opened].count("td") == 6
    assert {"right", "center", "below2"} == {look for piece in opened for look in piece.looks}
    assert max(piece.indent for piece in opened) == 2


def test_a_text_keeps_its_lines() -> None:
    pieces = original("text", "Cash  1,610\nDebt    440 £\n".encode())
    assert pieces == (Opening("pre"), Stretch("Cash  1,610\nDebt    440 £\n", 0, 27), Closing("pre"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04", b"\x00" * 400])
def test_what_is_neither_a_page_nor_a_text_is_not_shown(content: bytes) -> None:
    assert original("file", content) == ()


@settings(max_examples=examples(150))
@given(st.integers(0, 1 << 30))
def test_whatever_a_page_opens_and_leaves_open_is_closed(seed: int) -> None:
    assert balanced(original("page", turned(PAGE, random.Random(seed))))


@settings(max_examples=examples(100))
@given(st.binary(max_size=300))
def test_any_bytes_are_set_or_left(content: bytes) -> None:
    assert balanced(original("file", b"<html><body>" + content))


def test_every_figure_of_a_filing_stands_in_a_stretch(corpus: Path) -> None:
    import gzip

    found = sorted((corpus / "docs" / "b_filing").glob("aapl/*10Q*.html.gz"))
    if not found:
        pytest.skip("no 10-Q in this corpus")
    content = gzip.decompress(found[0].read_bytes())
    ends = [(piece.start, piece.end) for piece in original("page", content) if isinstance(piece, Stretch)]
    figures = [figure.place.span for figure in extract(read("page", content)).figures]
    assert all(any(low < end and start < high for low, high in ends) for start, end in figures[::20])
