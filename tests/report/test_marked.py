"""The marked copy of a workbook: colours and notes at its figures, everything else as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from checker.core.rule import Rulebook
from checker.language import load
from checker.office.marking import Fill, Mark, marked
from checker.pipeline import check
from checker.report.marked import copy
from tests.examples import examples
from tests.read.books import changed, filled, saved
from tests.structure.test_workings import BALANCE, INCOME

WRONG = changed(BALANCE, {"B8": "=SUM(B3:B6)"})


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def made() -> Workbook:
    book = Workbook()
    filled(book, "Balance", WRONG)
    filled(book, "Income & more", INCOME)
    book["Balance"]["B8"].comment = Comment("Please look at this", "Ann")
    book["Balance"]["C4"].comment = Comment("As confirmed by the bank", "Ann")
    book["Balance"]["B10"].font = openpyxl.styles.Font(bold=True)
    return book


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_figures_have_colours_and_findings_have_notes(rulebook: Rulebook) -> None:
    content = saved(made())
    done = copy(check("a.xlsx", content, rulebook), content)
    book = openpyxl.load_workbook(io.BytesIO(done))
    page = book["Balance"]
    note = page["B8"].comment
    assert (
        note is not None
        and note.text.startswith("Please look at this")
        and "leaves out B7 (Contract assets)" in note.text
    )
    assert page["C4"].comment is not None and page["C4"].comment.text == "As confirmed by the bank"
    assert page["B3"].comment is not None and "Red: violated" in page["B3"].comment.text
    assert page["B8"].fill.fgColor.rgb == "FFF8B4AE" and page["C8"].fill.fgColor.rgb == "FFDDF1DF"
    assert page["B10"].font.bold and page["B8"].number_format == "#,##0_);(#,##0)"
    assert page["A3"].fill.fill_type is None


def test_nothing_else_changes(rulebook: Rulebook) -> None:
    content = saved(made())
    done = copy(check("a.xlsx", content, rulebook), content)
    before, after = parts(content), parts(done)
    for name in ("xl/workbook.xml", "xl/theme/theme1.xml", "docProps/core.xml"):
        assert before[name] == after[name]
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        plain = [re.sub(rb' s="\d+"|<legacyDrawing[^>]*/>', b"", body[name]) for body in (before, after)]
        assert plain[0] == plain[1]
    assert done == copy(check("a.xlsx", content, rulebook), content)
    again, first = check("a.xlsx", done, rulebook), check("a.xlsx", content, rulebook)
    assert [(one.text, one.place.cell) for one in again.figures] == [
        (one.text, one.place.cell) for one in first.figures
    ]


PREFIXED = re.compile(rb"<(/?)(?=[a-zA-Z])")


def test_parts_with_prefixed_names(rulebook: Rulebook) -> None:
    """Some programs write every name with a prefix."""
    given_parts = parts(saved(made()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in given_parts.items():
            if name in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
                body = PREFIXED.sub(rb"<\1x:", body).replace(b"xmlns=", b"xmlns:x=")
            archive.writestr(name, body)
    content = out.getvalue()
    said = check("a.xlsx", content, rulebook)
    assert len(said.figures) == 51
    page = openpyxl.load_workbook(io.BytesIO(copy(said, content)))["Balance"]
    assert page["B8"].comment is not None and page["B8"].fill.fgColor.rgb == "FFF8B4AE"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(max_examples=examples(40), deadline=None)
@given(st.dictionaries(st.sampled_from(["A1", "B3", "C8", "D13", "Z99"]), TEXT, max_size=5))
def test_any_words_can_be_noted(notes: dict[str, str]) -> None:
    done = marked(_PLAIN, {("Balance", cell): Mark(Fill("FFAABBCC"), text) for cell, text in notes.items()}, "tieout")
    page = openpyxl.load_workbook(io.BytesIO(done))["Balance"]
    for cell, text in notes.items():
        found = page[cell].comment
        assert (found.text if found is not None else "") == text.replace("\r", "\n")


def _plain() -> bytes:
    book = Workbook()
    filled(book, "Balance", WRONG)
    return saved(book)


_PLAIN = _plain()


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 no archive", _PLAIN[:300], _PLAIN[:-40]])
def test_what_is_damaged_has_no_copy_and_a_reason(broken: bytes) -> None:
    with pytest.raises(ValueError, match="workbook"):
        marked(broken, {("Balance", "B3"): Mark(None, "x")}, "tieout")


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_it(tmp_path: Path, rulebook: Rulebook) -> None:
    content = saved(made())
    (tmp_path / "marked.xlsx").write_bytes(copy(check("a.xlsx", content, rulebook), content))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
    ]
    subprocess.run([*command, str(tmp_path / "marked.xlsx")], check=True, capture_output=True, timeout=120)
    page = openpyxl.load_workbook(tmp_path / "out" / "marked.xlsx")["Balance"]
    assert page["B8"].comment is not None and "leaves out B7" in page["B8"].comment.text
    assert page["B8"].fill.fgColor.rgb == "FFF8B4AE"


def test_the_command_writes_a_copy_and_leaves_the_original(tmp_path: Path) -> None:
    from checker.cli import run

    (tmp_path / "draft.xlsx").write_bytes(saved(made()))
    before = (tmp_path / "draft.xlsx").read_bytes()
    asked = ["check", str(tmp_path / "draft.xlsx"), "--quiet", "--output", f"xlsx-marked:{tmp_path / 'marked.xlsx'}"]
    assert run(asked) == 1
    assert (tmp_path / "draft.xlsx").read_bytes() == before
    page = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Balance"]
    assert page["B8"].comment is not None and "leaves out B7" in page["B8"].comment.text
