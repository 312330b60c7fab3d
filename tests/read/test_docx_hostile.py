"""Word files that were made to harm: a message within the limits, never a crash, never clean where something was not
read, nothing fetched or run."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.document import Document
from checker.extract import extract
from checker.read import read
from tests.examples import examples

pytest.importorskip("lxml")

from tests.read import word
from tests.read.word import cell, para, row, run, table

PARTS = word.parts(para(word.TITLE), table(*word.ROWS))
BODY = str(PARTS["word/document.xml"])
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "1,610">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def errors(content: bytes) -> set[str]:
    document = read("a.docx", content)
    extract(document)
    return {problem.code for problem in document.problems if problem.severity == "error"}


def with_part(name: str, content: str | bytes) -> bytes:
    return word.packed({**PARTS, name: content})


def declared(declaration: str, body: str = BODY) -> str:
    head, end, rest = body.partition("?>")
    return head + end + declaration + rest


@pytest.mark.parametrize(
    "declaration", [LAUGHS, OUTSIDE, "<!DOCTYPE w:document>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">']
)
@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"]
)
def test_document_types_and_entities_are_refused(declaration: str, name: str) -> None:
    body = str(PARTS[name])
    body = body if body.startswith("<?xml") else '<?xml version="1.0"?>' + body
    assert errors(
        with_part(name, declared(declaration, body).replace("1,610", "&i;" if declaration is LAUGHS else "1,610"))
    ) == {"R135"}


def test_a_document_type_in_another_encoding_is_refused() -> None:
    assert errors(with_part("word/document.xml", declared(LAUGHS).replace("UTF-8", "UTF-16").encode("utf-16"))) == {
        "R135"
    }


def test_a_bomb_is_not_unpacked() -> None:
    assert errors(with_part("word/document.xml", BODY.replace("<w:body>", "<w:body>" + " " * 90_000_000))) == {"R113"}
    many = {f"word/header{at}.xml": "x" for at in range(10_000)}
    assert errors(word.packed({**PARTS, **many})) == {"R113"}


def test_parts_that_are_never_read_may_be_as_large_as_they_like() -> None:
    assert not errors(with_part("word/media/image1.png", b"\0" * 70_000_000))


def deep(opening: str, closing: str, depth: int) -> str:
    return opening * depth + run("1,610") + closing * depth


@pytest.mark.parametrize(
    "body",
    [
        deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 2_000),
        deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80),
        para(deep("<w:ins>", "</w:ins>", 240)),
        deep("<w:customXml>", "</w:customXml>", 200),
    ],
    ids=["controls", "tables", "changes", "custom"],
)
def test_nesting_without_end_is_said(body: str) -> None:
    assert errors(word.docx(body)) == {"R112"}


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(word.packed(PARTS))
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", BODY.replace("1,610", "1,601"))
    assert errors(out.getvalue()) == {"R112"}
    assert errors(with_part("Word/Document.xml", BODY)) == {"R112"}


def test_an_encrypted_part_is_said() -> None:
    content = bytearray(word.packed(PARTS))
    at = content.find(b"PK\x01\x02", 0)
    while at >= 0:
        struct.pack_into("<H", content, at + 8, 1)
        at = content.find(b"PK\x01\x02", at + 4)
    assert errors(bytes(content)) == {"R112"}


def test_sizes_that_lie_and_sums_that_are_wrong_are_said() -> None:
    content = bytearray(word.packed(PARTS))
    directory = content.find(b"word/document.xml", content.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", content, directory + 16, 12345)  # the checksum
    assert errors(bytes(content)) == {"R112"}


def notes(document: Document) -> dict[str, str]:
    return {problem.code: problem.message for problem in document.problems if problem.severity == "note"}


def test_macros_embedded_files_and_links_outside_are_said_and_left_alone() -> None:
    related = word.links(
        ("attachedTemplate", "http://127.0.0.1:1/evil.dotm"), ("image", "file:///etc/passwd"), outside=True
    )
    inside = (
        word.links(("package", "embeddings/book.xlsx")).partition("<Relationship ")[2].replace('Id="rId1"', 'Id="rId7"')
    )
    related = related.replace("</Relationships>", "<Relationship " + inside)
    document = read(
        "a.docm",
        word.packed(
            {
                **PARTS,
                "word/_rels/document.xml.rels": related,
                "word/vbaProject.bin": b"\0",
                "word/embeddings/book.xlsx": b"PK",
            }
        ),
    )
    assert (
        notes(document)["R134"]
        == "not read: 1 embedded file, macros, which are never run, 2 links to files outside, which are never fetched"
    )
    assert len([one for one in extract(document).figures if one.origin == "table"]) == 6


def test_a_field_that_is_never_closed_hides_nothing_behind_its_paragraph() -> None:
    opened = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> IF </w:instrText></w:r>"
    document = read("a.docx", word.docx(para(opened), para(word.TITLE), table(*word.ROWS)))
    assert len([one for one in extract(document).figures if one.origin == "table"]) == 6


def test_spans_beyond_all_reason_are_no_matter() -> None:
    wide = "<w:gridSpan w:val='999999999'/>"
    body = table(
        row(cell("", wide), "2013", properties="<w:gridBefore w:val='-5'/>"),
        *(row(cell("Revenues", wide), "1", cell("2", wide)) for _ in range(300)),
    )
    assert not errors(word.docx(para(word.TITLE), body))


@pytest.mark.parametrize("main", ["../../../etc/passwd", "http://127.0.0.1:1/x", "word/nothing.xml", "", "word"])
def test_a_main_part_that_is_elsewhere_is_not_followed(main: str) -> None:
    content = with_part("_rels/.rels", word.links(("officeDocument", main)))
    assert not errors(content)  # its usual name is there


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "WordDocument".encode("utf-16-le"),
            "an old Word file (DOC)",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "__properties_version1.0".encode("utf-16-le"),
            "a message of Outlook (MSG)",
        ),
        (word.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), ""),
        (b"{\\rtf1\\ansi Revenues 1,610}", "a Rich Text file"),
        (word.packed({"ppt/presentation.xml": "<x/>"}), "a presentation (PPTX)"),
    ],
)
def test_other_files_of_an_office_are_named(content: bytes, said: str) -> None:
    (problem,) = (one for one in read("a", content).problems if one.severity == "error")
    assert said in problem.message and problem.help


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_any_change_of_the_xml_is_no_crash(data: st.DataObject) -> None:
    body = BODY
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(60, len(body)))
        piece = data.draw(
            st.sampled_from(
                [
                    "",
                    "<w:tc>",
                    "</w:tc>",
                    "<w:tbl>",
                    "</w:p>",
                    "<w:p/>",
                    "<w:r/>",
                    "<w:fldChar w:fldCharType='end'/>",
                    "&",
                    "\u00ad",
                    "<w:tab/>",
                ]
            )
        )
        body = body[:at] + piece + body[at + data.draw(st.integers(0, 30)) :]
    document = read("a.docx", with_part("word/document.xml", body))
    assert all(problem.code != "R199" for problem in document.problems)
    extract(document)
