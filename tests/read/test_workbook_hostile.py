"""Workbooks that mean harm, or that nobody could mean: a message and an end within limits, and never a clean answer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

import pytest
from attrs import evolve
from openpyxl import Workbook

from checker.core.document import Document
from checker.extract import extract
from checker.read import read
from checker.read.workbook import package, sheet
from checker.structure import infer
from tests.read.books import filled, saved

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Cash</t></is></c><c r="B1"><v>5</v></c></row>'


def plain() -> bytes:
    book = Workbook()
    filled(
        book,
        "Balance",
        [["Balance (in thousands)"], [None, "2013", "2012"], ["Cash", 10, 20], ["Debt", 3, 4], ["Net cash", 7, 16]],
    )
    return saved(book)


def swapped(changed: Mapping[str, Iterable[bytes]]) -> bytes:
    """The plain workbook with other contents in some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in dict.fromkeys((*given.namelist(), *changed)):
            with made.open(name, "w") as part:
                for chunk in changed[name] if name in changed else [given.read(name)]:
                    part.write(chunk)
    return out.getvalue()


def rows(count: int) -> Iterable[bytes]:
    yield HEAD
    for low in range(1, count, 1000):
        yield b"".join(
            b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
            for row in range(low, low + 1000)
        )
    yield CELL.replace(b"1", b"%d" % (count + 1)) + TAIL


def running(count: int) -> bytes:
    """Sums that each count all before them."""
    made = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c><c r="B%d"><f>SUM(B$1:B%d)</f><v>%d</v></c></row>'
        % (row, row, row, max(1, row - 1), row)
        for row in range(1, count)
    )
    return HEAD + made + TAIL


BOMBS: dict[str, Mapping[str, Iterable[bytes]]] = {
    "blanks that never end": {SHEET: [HEAD, *[b" " * 1_000_000] * 12]},
    "a text that never ends": {SHEET: [HEAD + b'<row><c t="inlineStr"><is><t>', *[b"a" * 1_000_000] * 12]},
    "a tag that never ends": {SHEET: [b'<worksheet a="', *[b"a" * 1_000_000] * 5]},
    "a remark that never ends": {SHEET: [HEAD + b"<!-- ", *[b"a" * 1_000_000] * 5]},
    "elements in elements": {SHEET: [HEAD + b"<row>" * 200_000]},
    "entities": {
        SHEET: [
            b'<!DOCTYPE x [<!ENTITY a "'
            + b"ha" * 99
            + b'"><!ENTITY b "'
            + b"&a;" * 99
            + b'">]><worksheet>&b;&b;</worksheet>'
        ]
    },
    "a file from outside": {
        SHEET: [b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>']
    },
    "a part that is no XML": {SHEET: [b"\x00\x01\x02" * 99]},
    "styles that are none": {"xl/styles.xml": [b"<styleSheet>"]},
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_cannot_be_read_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "SIZES", evolve(package.SIZES, unpacked=8_000_000))
    content = swapped(BOMBS[name])
    problems = _bounded(content).problems
    assert any(one.code in ("R180", "R181") and one.severity == "error" for one in problems)


def _bounded(content: bytes) -> Document:
    document = read("a.xlsx", content)
    assert not any(one.code == "R199" for one in document.problems)
    infer(extract(document))
    return document


ODD: dict[str, bytes] = {
    "formulas in a circle": (
        HEAD
        + CELL
        + b'<row r="2"><c r="B2"><f>B2+B3</f><v>1</v></c></row><row r="3"><c r="B3"><f>SUM(B2:B3)</f><v>2</v></c></row>'
        + TAIL
    ),
    "brackets without end": HEAD + CELL + b'<row r="2"><c r="B2"><f>' + b"(" * 8000 + b"1</f><v>1</v></c></row>" + TAIL,
    "numbers beyond all": (
        HEAD
        + CELL
        + b'<row r="2"><c r="B2"><v>1e999999999</v></c><c r="C2"><v>'
        + b"9" * 100_000
        + b"</v></c></row>"
        + TAIL
    ),
    "places that are none": (
        HEAD + b'<row r="99999999999"><c r="ZZZ1"><v>1</v></c><c r="A0" s="-1" t="s"><v>x</v></c><c r="XFE5"'
        b' s="999999999"/></row>' + CELL + TAIL
    ),
    "the widest sheet": (
        HEAD + b'<row r="1">' + b"".join(b"<c><v>%d</v></c>" % column for column in range(16_500)) + b"</row>" + TAIL
    ),
    "cells merged over and over": (
        HEAD
        + CELL
        + b"</sheetData><mergeCells>"
        + b'<mergeCell ref="A1:XFD1048576"/>' * 20_000
        + b"</mergeCells></worksheet>"
    ),
    "sums of sums": running(300),
    "a million rows that are set and empty": b"".join(rows(30_000)),
}


@pytest.mark.parametrize("name", ODD)
def test_what_nobody_means_ends(name: str) -> None:
    content = swapped({SHEET: [ODD[name]]})
    _bounded(content)


def test_a_sheet_beyond_the_limit_is_read_in_part_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.read.workbook.MOST_CELLS", 8)
    assert sheet.MOST_CELLS > 100_000
    assert [one.code for one in read("a.xlsx", plain()).problems if one.severity == "error"] == ["R104"]


def test_macros_and_links_are_said_and_left_alone() -> None:
    relations = plain()
    with zipfile.ZipFile(io.BytesIO(relations)) as archive:
        body = archive.read("xl/_rels/workbook.xml.rels")
    link = (
        b'<Relationship Id="rId90" Type="http://x/externalLink"'
        b' Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    changed = {
        "xl/_rels/workbook.xml.rels": [body.replace(b"</Relationships>", link)],
        "xl/vbaProject.bin": [b"macro"],
        "xl/externalLinks/externalLink1.xml": [b"<externalLink/>"],
    }
    problems = read("a.xlsm", swapped(changed)).problems
    assert [(one.code, one.severity) for one in problems] == [("R184", "note")] * 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04" + b"\0" * 22 + b"\x0f\0\0\0xl/workbook.bin" + b"\0" * 99, "XLSB"),
        (b"PK\x03\x04" + b"\0" * 22 + b"\x12\0\0\0Index/Document.iwa" + b"\0" * 99, "Numbers"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 99, "XLS"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99,
            "password",
        ),
        (
            b"PK\x03\x04"
            + b"\0" * 22
            + b"\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
            + b"\0" * 99,
            "ODS",
        ),
    ],
)
def test_workbooks_of_other_kinds_are_named(content: bytes, word: str) -> None:
    [problem] = [one for one in read("a", content).problems if one.severity == "error"]
    assert word in problem.message and problem.help
