"""Whatever the bytes, reading gives a document, and every text of it lies in the file."""

from __future__ import annotations

import gzip
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.document import Paragraph
from checker.core.place import Anchored
from checker.read import read
from tests.examples import examples

TAGS = st.sampled_from(
    [
        *(
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<td colspan=3>",
            "<td rowspan=2>",
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<pre>",
            "</pre>",
        ),
        *(
            "<b>",
            "</b>",
            "<sup>",
            "</sup>",
            "<br>",
            "<hr>",
            "<TABLE>",
            "<S>",
            "<C>",
            "<DOCUMENT>",
            "<TYPE>EX-99",
            "<TEXT>",
            "</TEXT>",
            "<html>",
            "<?xml?>",
        ),
        *(
            "<div style=display:none>",
            "&nbsp;",
            "&amp;",
            "&#8211;",
            "&lt",
            "&bogus;",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<x/>",
        ),
    ]
)
WORDS = st.sampled_from(
    [
        "Revenues",
        "1,234",
        "(56)",
        "$",
        "2013 2012",
        "Year Ended March 31,",
        "-----",
        "=====",
        "....",
        "—",
        "é",
        "日本",
        "𝟙",
        "\u200b",
        "\\$",
        "**b**",
        "%",
    ]
)
BLANKS = st.sampled_from([" ", "   ", "\t", "\n", "\n\n", "\r\n", "|", ",", "\f"])
SOUP = st.lists(st.one_of(TAGS, WORDS, BLANKS, st.text(max_size=5)), max_size=60).map("".join)


def every_text(content: bytes) -> list[Anchored]:
    document = read("any", content)
    found: list[Anchored] = []
    for block in document.blocks:
        found += (
            [block.content]
            if isinstance(block, Paragraph)
            else [cell.content for row in block.rows for cell in row.cells]
        )
    return found


@given(st.binary(max_size=400))
@settings(max_examples=examples(150), deadline=None)
def test_any_bytes_give_a_document(content: bytes) -> None:
    for text in every_text(content):
        place = text.place(0, len(text.text))
        assert (
            0
            <= place.span[0]
            <= place.span[1]
            <= max(len(content), 64_000_000 if content.startswith(b"\x1f\x8b") else 0)
        )
        assert place.line >= 1 and place.column >= 1


@given(SOUP, st.booleans())
@settings(max_examples=examples(250), deadline=None)
def test_every_word_is_printed_where_it_claims_to_stand(soup: str, as_page: bool) -> None:
    content = (f"<html>{soup}" if as_page else soup).encode("utf-8", "replace")
    lines = re.split(r"\r\n|\r|\n", content.decode())
    for text in every_text(content):
        for word in ("Revenues", "1,234", "日本", "𝟙"):
            at = text.text.find(word)
            if at >= 0 and word in soup:
                place = text.place(at, at + len(word))
                printed = content[slice(*place.span)].decode()
                assert printed.startswith(word[0]) and printed.endswith(word[-1])
                assert lines[place.line - 1][place.column - 1] == word[0]


@pytest.mark.parametrize(
    "content",
    [
        b"<html>" + b"<div>" * 100_000 + b"x",
        b"<html>" + b"<table><tr><td>1,234 " * 20_000,
        b"<html><table>" + b"<tr><td colspan=1000000 rowspan=1000000>1,000<td>5,000</tr>" * 2_000,
        b'<html><table><tr><td style="' + b"padding:1px;" * 200_000 + b'">1,000<td>5</table>',
        b"<html>" + b"<" * 200_000,
        b" " * 500_000 + b"x",
        b"- " * 100_000,
        b"|" * 100_000,
        b"1," * 100_000,
        b"2024 2023 " * 20_000,
        b"# x\n" + b"*a " * 50_000,
        b"# x\n" + b"[" * 50_000,
    ],
    ids=[
        "deep elements",
        "deep tables",
        "spans",
        "long attribute",
        "openings",
        "blanks",
        "dashes",
        "bars",
        "commas",
        "years",
        "stars",
        "brackets",
    ],
)
def test_hostile_input_comes_to_an_end(content: bytes) -> None:
    read("hostile", content)


@pytest.mark.long
def test_every_corpus_file_even_cut_short() -> None:
    corpus = os.environ.get("TIEOUT_CORPUS")
    if not corpus:
        pytest.skip("TIEOUT_CORPUS names no corpus")
    chance = random.Random(7)
    for path in sorted(Path(corpus, "docs").rglob("*")):
        if path.is_file() and path.stat().st_size < 400_000:
            content = path.read_bytes()
            whole = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
            for cut in [len(whole), *(chance.randrange(len(whole)) for _ in range(20 if len(whole) < 300_000 else 2))]:
                document = read(path.name, whole[:cut])
                assert not any(problem.code == "R199" for problem in document.problems), (path, cut)
