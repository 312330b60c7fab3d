"""A Word file gets its findings as comments in a copy, and the answers to them come back as waivers."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from checker.cli import run as tieout

pytest.importorskip("lxml")

from checker.office.comments import threads
from checker.office.flow import word as printed
from checker.office.word import line, paragraphs
from tests.read import word
from tests.read.word import cell, para, row, run, table

TITLE = "Consolidated Statements of Operations (in thousands)"
ROWS = (("Revenues", "1,610", "1,530"), ("Cost of revenues", "1,170", "1,040"))
PROFIT = row("Gross profit", cell(para(run("4"), run("49", "<w:b/>"))), "490")
"""Its sum is 440."""
TAXES = (("Operating expenses", "100", "90"), ("Operating income", "340", "400"))


def release(profit: str = PROFIT) -> bytes:
    said = "Gross profit was $449 thousand, after $490 thousand in 2012."
    return word.docx(
        para("Results"),
        para(said),
        para(TITLE),
        table(("Three months ended March 31,", "2013", "2012"), *ROWS, profit, *TAXES),
    )


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "draft.docx"
    path.write_bytes(release())
    return path


def run_it(*arguments: str) -> int:
    return tieout([str(one) for one in arguments])


def answered(copy: Path, *replies: tuple[str, str, bool]) -> None:
    """Answers, as Word writes them, to the comments of a copy in their order: author, text, and whether the comment is
    resolved."""
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    with zipfile.ZipFile(copy) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    comments, extended = parts["word/comments.xml"].decode(), parts["word/commentsExtended.xml"].decode()
    heads = re.findall(r'w15:paraId="([0-9A-F]{8})"', extended)
    for at, (head, (author, text, done)) in enumerate(zip(heads, replies, strict=False)):
        name = f"2000000{at}"
        if text:
            made = (
                f'<w:comment w:id="{900 + at}" w:author="{author}"><w:p xmlns:x="{w14}"'
                f' x:paraId="{name}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
            )
            comments = comments.replace("</w:comments>", made + "</w:comments>")
            extended = extended.replace(
                "</w15:commentsEx>",
                f'<w15:commentEx w15:paraId="{name}" w15:paraIdParent="{head}" w15:done="0"/></w15:commentsEx>',
            )
        if done:
            extended = re.sub(rf'(w15:paraId="{head}"[^>]*w15:done=)"0"', r'\1"1"', extended)
    parts |= {"word/comments.xml": comments.encode(), "word/commentsExtended.xml": extended.encode()}
    copy.write_bytes(word.packed(parts))


def test_the_copy_bears_comments_at_the_figures_and_the_original_is_untouched(draft: Path) -> None:
    before = draft.read_bytes()
    assert run_it("check", "draft.docx", "--output", "docx:copy.docx", "--quiet") == 1
    assert draft.read_bytes() == before
    copy = Path("copy.docx")
    assert os.name == "nt" or copy.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(copy) as parts:
        body = parts.read("word/document.xml").decode()
        types = parts.read("[Content_Types].xml").decode()
    assert "/word/comments.xml" in types and "/word/commentsExtended.xml" in types
    marked, *others = re.findall(r"<w:commentRangeStart[^>]*/>(.*?)<w:commentRangeEnd", body, re.DOTALL)
    texts = ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in (marked, *others)]
    assert "449" in texts
    told = [one.comment for one in threads(copy.read_bytes()) if any("449" in text for text in one.comment.lines)]
    assert {one.author for one in told} == {"tieout"} and any("440" in text for one in told for text in one.lines)
    assert [line(one) for one in paragraphs(printed(copy.read_bytes()).items)] == [
        line(one) for one in paragraphs(printed(before).items)
    ]


def test_the_copy_is_the_same_each_time_and_checks_as_the_original_does(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = []
    for _ in range(2):
        run_it("check", "draft.docx", "--output", "docx:copy.docx", "--quiet")
        copies.append(Path("copy.docx").read_bytes())
    assert copies[0] == copies[1]
    capsys.readouterr()
    run_it("check", "draft.docx", "--format", "concise")
    first = capsys.readouterr().out
    run_it("check", "copy.docx", "--format", "concise")
    assert capsys.readouterr().out.replace("copy.docx", "draft.docx") == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("draft.md", "--output", "docx:copy.docx"), "there is none"),
        (("draft.docx", "other.docx", "--output", "docx:copy.docx"), "one at a time"),
        (("draft.docx", "--output", "docx:draft.docx"), "would be overwritten"),
        (("draft.docx", "--output", "docx:copy.docx", "--redact"), "--redact"),
        (("draft.docx", "--output", "docx:nowhere/copy.docx"), "cannot be written"),
    ],
)
def test_what_no_copy_can_be_made_of_is_said_before_anything_runs(
    draft: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    Path("draft.md").write_text("| | 2013 |\n|---|---|\n| Fees | 700 |\n| Costs | 300 |\n")
    Path("other.docx").write_bytes(word.statement())
    assert run_it("check", *arguments) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not Path("copy.docx").exists()


def test_a_file_with_macros_is_checked_and_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile(io.BytesIO(release())) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    Path("draft.docm").write_bytes(word.packed(parts))
    assert run_it("check", "draft.docm", "--output", "docx:copy.docx") == 1
    assert "macros" in capsys.readouterr().err and not Path("copy.docx").exists()


def waivers() -> str:
    path = Path("tieout-waivers.toml")
    return path.read_text() if path.exists() else ""


def copied(*replies: tuple[str, str, bool]) -> None:
    run_it("check", "draft.docx", "--output", "docx:copy.docx", "--quiet")
    answered(Path("copy.docx"), *replies)


def test_a_resolved_answer_with_a_last_day_is_a_waiver(draft: Path) -> None:
    copied(*[("J. Doe", "as restated", True)] * 9)
    assert run_it("waive", "--from", "copy.docx", "draft.docx", "--expires", "2026-12-31", "--today", "2026-07-01") == 0
    assert 'approver = "J. Doe"' in waivers() and 'reason = "as restated"' in waivers() and "difference = " in waivers()
    assert run_it("check", "draft.docx", "--quiet", "--today", "2026-07-01") == 0
    written = waivers()
    run_it("waive", "--from", "copy.docx", "draft.docx", "--expires", "2026-12-31", "--today", "2026-07-01")
    assert waivers() == written


@pytest.mark.parametrize(("done", "arguments"), [(True, ()), (False, ("--expires", "2026-12-31"))])
def test_without_a_last_day_or_unresolved_it_is_pending_and_still_blocks(
    draft: Path, capsys: pytest.CaptureFixture[str], done: bool, arguments: tuple[str, ...]
) -> None:
    copied(*[("J. Doe", "looks right to me", done)] * 9)
    assert run_it("waive", "--from", "copy.docx", "draft.docx", "--today", "2026-07-01", *arguments) == 0
    assert "pending = true" in waivers() and "expires" not in waivers()
    capsys.readouterr()
    assert run_it("check", "draft.docx", "--today", "2026-07-01") == 1
    captured = capsys.readouterr()
    assert "G108" in captured.err and "Weakened" not in captured.out


def test_a_comment_that_was_resolved_without_a_word_waives_nothing(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied(*[("", "", True)] * 9)
    assert run_it("waive", "--from", "copy.docx", "draft.docx", "--expires", "2026-12-31", "--today", "2026-07-01") == 0
    assert waivers() == "" and "without a word" in capsys.readouterr().out


def test_an_answer_to_another_difference_waives_nothing(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied(*[("J. Doe", "as restated", True)] * 9)
    draft.write_bytes(release(row("Gross profit", "469", "490")))
    capsys.readouterr()
    run_it("waive", "--from", "copy.docx", "draft.docx", "--expires", "2026-12-31", "--today", "2026-07-01")
    assert "another difference" in capsys.readouterr().out and "gross-profit" not in waivers()


def test_comments_of_the_checked_document_count_for_nothing(draft: Path) -> None:
    copied(*[("J. Doe", "as restated", True)] * 9)
    assert run_it("check", "copy.docx", "--quiet", "--today", "2026-07-01") == 1


def test_a_file_without_our_comments_is_wrong_usage(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.docx").write_bytes(word.statement())
    assert (
        run_it("waive", "--from", "other.docx", "draft.docx") == 2
        and "no comments of tieout" in capsys.readouterr().err
    )
    Path("broken.docx").write_bytes(word.statement()[:300])
    assert run_it("waive", "--from", "broken.docx", "draft.docx") == 2
    assert run_it("waive", "--from", "other.docx", "gross-profit", "draft.docx") == 2


def test_comments_that_are_there_already_stay(draft: Path) -> None:
    comment = f"<w:comment w:id='0' w:author='A. Reviewer'>{para('Check this.')}</w:comment>"
    body = para(
        "Results",
        "<w:commentRangeStart w:id='0'/>",
        run("x"),
        "<w:commentRangeEnd w:id='0'/>",
        "<w:r><w:commentReference w:id='0'/></w:r>",
    )
    draft.write_bytes(
        word.docx(
            body, para(TITLE), table(("Three months ended March 31,", "2013", "2012"), *ROWS, PROFIT), comments=comment
        )
    )
    run_it("check", "draft.docx", "--output", "docx:copy.docx", "--quiet")
    authors = [one.comment.author for one in threads(Path("copy.docx").read_bytes())]
    assert authors[0] == "A. Reviewer" and set(authors[1:]) == {"tieout"}
    ids = re.findall(rb"commentReference w:id=.(\d+)", zipfile.ZipFile("copy.docx").read("word/document.xml"))
    assert len(ids) == len(set(ids)) == len(authors)
