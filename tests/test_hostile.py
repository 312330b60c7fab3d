"""The whole run over inputs that are broken, hostile or no release at all: always an answer, in bounded time, and never
"clean" for what was not read."""

from __future__ import annotations

import gzip
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.robustness import Answer, answer, cut, damaged
from checker.api.document import attempt
from checker.api.inputs import Input
from checker.api.limits import Limits
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from tests.examples import examples

SEED = (Path(__file__).parent.parent / "examples" / "fusion-2013q1.md").read_bytes()
TEXT = SEED.decode()
ROWS = [line for line in TEXT.splitlines() if "\t" in line]
PAGE = (
    "<html><head><meta charset='utf-8'></head><body><p>Consolidated Statements of Operations</p><table>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>\n" for row in ROWS[:24])
    + "</table><p>The notes are an integral part of these statements.</p></body></html>"
)
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)) + "]>"
)


@cache
def rulebook() -> Rulebook:
    return load([])


def said(content: bytes) -> Answer:
    return answer("given", content, rulebook())


WHOLE = said(SEED)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "shift-jis"]
)
def test_a_release_has_the_same_figures_in_every_encoding_that_is_recognised(encoding: str) -> None:
    found = said(TEXT.encode(encoding, "replace"))
    assert (found.status, found.figures) == (WHOLE.status, WHOLE.figures) == ("0", 118)


@pytest.mark.parametrize("encoding", ["utf-32", "cp037", "cp500"])
def test_what_is_stored_in_an_encoding_that_is_not_recognised_is_not_read(encoding: str) -> None:
    assert said(TEXT.encode(encoding, "replace")).status == "3"


@pytest.mark.parametrize("declared", ["utf-16", "iso-8859-1", "shift_jis", "cp037", "klingon", ""])
def test_a_page_that_names_the_wrong_encoding_has_the_same_figures(declared: str) -> None:
    right, found = said(PAGE.encode()), said(PAGE.replace("utf-8", declared).encode())
    assert right.figures == 24
    assert (found.status, found.figures) == (right.status, right.figures)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "R103"),
        (gzip.compress(b"Sales  1,234  5,678\n" * 9_000_000, 9), "R113"),
        (gzip.compress(gzip.compress(SEED)), "R110"),
        (gzip.compress(SEED)[:-500], "R114"),
        (SEED.replace(b" ", b"\x00"), "R110"),
        (f"<?xml version='1.0'?>{LAUGHS}<x>&a9;</x>".encode(), "R115"),
        (PAGE[: len(PAGE) // 2].encode(), "R116"),
        (PAGE[: PAGE.index("</table>") + 8].encode(), "R116"),
        (TEXT.partition("\t")[0].encode(), "R120"),
        ("".join("\ufffd\ufffd,\ufffd\ufffd\ufffd   " for _ in range(5000)).encode(), "R120"),
    ],
    ids=[
        "empty",
        "bomb",
        "packed twice",
        "cut gzip",
        "zeros",
        "laughs",
        "half a page",
        "no end of page",
        "prose",
        "garbled",
    ],
)
def test_what_cannot_be_read_is_not_clean_and_says_why(content: bytes, code: str) -> None:
    found = said(content)
    assert found.status == "3"
    assert code in found.problems


def test_a_text_too_long_to_be_read_as_a_whole_is_not_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.read.text._MOST", len(TEXT) - 500)
    found = said(SEED)
    assert found.figures
    assert (found.status, found.problems) == ("3", ("R104",))


def test_a_submission_whose_document_mark_is_damaged_gets_an_answer() -> None:
    whole = f"<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{PAGE}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    assert said(whole.encode()).figures == 24
    assert "R199" not in said(whole.replace("<DOCUMENT>", "<DOCUM").encode()).problems


def test_entities_that_multiply_or_name_files_are_not_expanded() -> None:
    for entities in (LAUGHS, "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"):
        page = (
            f"{entities}<html><body><p>&a9;</p><table><tr><td>&a9;</td><td>1,"
            f"234</td><td>999</td></tr></table></body></html>"
        )
        found = check("page", page.encode(), rulebook())
        assert all(len(figure.caption) < 20 for figure in found.figures)


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    found = attempt(Input(str(path)), Limits(), lambda _, body: pytest.fail("it was read"))
    assert [problem.code for problem in found.problems] == ["T003"]


@given(st.integers(0, 10_000))
@settings(max_examples=examples(25), deadline=None)
def test_a_page_cut_anywhere_is_never_clean(seed: int) -> None:
    whole = PAGE.encode()
    for copy in cut(whole[: whole.index(b"</body>")], 1, random.Random(seed)):
        assert said(copy).status == "3"


@given(st.integers(0, 10_000))
@settings(max_examples=examples(25), deadline=None)
def test_damaged_bytes_get_an_answer(seed: int) -> None:
    drawn = random.Random(seed)
    for copy in damaged(drawn.choice((SEED, PAGE.encode(), gzip.compress(SEED))), 1, drawn):
        found = said(copy)
        assert found.status in ("0", "1", "3")
        assert found.status == "3" or found.figures


def test_a_caption_of_nothing_but_leaders_in_the_middle_is_read() -> None:
    assert said(TEXT.replace("Gross profit", f"Gross {'.' * 100_000} profit").encode()).status == "0"
