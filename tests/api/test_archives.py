"""Archives: each document in them is one of the run, with what goes with it beside it; what cannot be unpacked is
said."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import checker
from checker.api import Options, Report
from checker.api.inputs import inputs
from tests.examples import examples
from tests.tagged import GROSS_PROFIT, page

SCHEMA = b'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://acme.com/a"/>'
TEXT = b"""Statements of income

                   2023    2022
Revenues          1,610   1,530
Costs             1,170   1,040
Total             2,780   2,570
"""


def packed(**files: bytes) -> bytes:
    """Files as a zip; `__` in a name is a slash, `_` a point."""
    return archive({name.replace("__", "/").replace("_", "."): body for name, body in files.items()})


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tagged(schema: str = "acme-2023.xsd") -> bytes:
    """A tagged page that names its schema."""
    reference = f'<link:schemaRef xlink:href="{schema}" xlink:type="simple"/>'.encode()
    return page().replace(b"<ix:header>", b"<ix:header><ix:references>" + reference + b"</ix:references>")


def without_contexts() -> bytes:
    """A page whose tags refer to the contexts of another page."""
    return re.sub(rb"<ix:header>.*?</ix:header>", b"", page(), flags=re.DOTALL)


def checked(body: bytes) -> Report:
    return checker.check(body, options=Options(min_coverage=0))


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    ("page_at", "linkbase_at"),
    [
        ("acme-2023.htm", "acme-2023_cal.xml"),
        ("acme/reports/acme-2023.xhtml", "acme/acme.com/acme-2023_cal.xml"),
    ],
)
def test_a_filing_is_read_with_its_linkbases(page_at: str, linkbase_at: str) -> None:
    schema = "../acme.com/acme-2023.xsd" if "/" in page_at else "acme-2023.xsd"
    files = {
        "META-INF/taxonomyPackage.xml": b"<taxonomyPackage/>",
        "META-INF/reports/index.html": TEXT,
        page_at: tagged(schema),
        linkbase_at: GROSS_PROFIT,
        linkbase_at.replace("_cal.xml", ".xsd"): SCHEMA,
        "other-2023_cal.xml": GROSS_PROFIT,
    }
    report = checked(archive(files))
    assert [one.source.path for one in report.documents] == [f"document 1: {page_at}"]
    assert [one.message.rpartition(": ")[2] for one in report.problems if one.code == "R192"] == [
        "acme-2023.xsd, acme-2023_cal.xml"
    ]
    assert any(one.check.rule.startswith("tags/") for one in report.findings)


def test_pages_of_one_filing_share_their_contexts() -> None:
    report = checked(archive({"one.htm": tagged(), "two.htm": without_contexts()}))
    assert len(report.documents) == 2
    assert "R190" not in codes(report)
    facts = [
        [one.check.rule for one in document.findings if one.check.rule.startswith("tags")]
        for document in report.documents
    ]
    assert facts[0] == facts[1]


def test_so_do_the_documents_of_a_submission() -> None:
    whole = b"".join(
        b"<DOCUMENT>\n<TYPE>" + kind + b"\n<TEXT>\n" + body + b"\n</TEXT>\n</DOCUMENT>\n"
        for kind, body in ((b"10-K", tagged()), (b"EX-13", without_contexts()))
    )
    assert "R190" not in codes(checked(b"<SEC-DOCUMENT>a\n" + whole))
    assert "R190" in codes(checked(without_contexts()))


def test_contexts_of_its_own_come_first() -> None:
    other = tagged().replace(b"2023-", b"2013-")
    alone, beside = checked(tagged()), checked(archive({"one.htm": tagged(), "two.htm": other}))
    assert [one.verdict for one in alone.findings] == [one.verdict for one in beside.documents[0].findings]


def test_files_of_an_archive_are_picked_as_those_of_a_folder_are(tmp_path: Path) -> None:
    body = archive({"a.txt": TEXT, "b/c.txt": TEXT, "logo.png": b"\x89PNG", "old.doc": b"\xd0\xcf", ".hidden": b"x"})
    (tmp_path / "in.zip").write_bytes(body)
    found = inputs([str(tmp_path / "in.zip")], 10**7)
    assert [Path(one.path).name for one in found.documents] == ["in.zip: a.txt", "c.txt"]
    assert [(one.code, one.message) for one in found.problems] == [
        ("T005", "passed over, and may hold a release: 1 .doc"),
        ("T006", "passed over: 1 .png"),
    ]
    assert [one.summary.figures for one in checker.check(tmp_path / "in.zip").documents] == [6, 6]


def encrypted(body: bytes) -> bytes:
    """The archive, its parts marked as encrypted."""
    at = body.rfind(b"PK\x01\x02")
    return body[:6] + b"\x01" + body[7 : at + 8] + b"\x01" + body[at + 9 :]


def doubled() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", TEXT)
        made.writestr("A.TXT", TEXT)
    return out.getvalue()


HOSTILE = {
    "cut short": packed(a_txt=TEXT * 50)[:-30],
    "encrypted": encrypted(packed(a_txt=TEXT)),
    "two of one name": doubled(),
    "a bomb": packed(a_txt=b"0" * 50_000_000),
    "too many": archive({f"{number}.txt": TEXT for number in range(101)}),
    "far too many": archive({f"{number}": b"" for number in range(5001)}),
    "nothing": packed(logo_png=b"\x89PNG"),
    "packed again": packed(more_zip=packed(a_txt=TEXT)),
    "names that lead elsewhere": archive({"../../a.png": TEXT, "/etc/passwd.png": TEXT}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_unpacked_is_never_clean(name: str) -> None:
    assert checked(HOSTILE[name]).outcome.status == 3


WHOLE = archive({"a.txt": TEXT, "acme.htm": tagged(), "acme-2023_cal.xml": GROSS_PROFIT})


@settings(deadline=None, max_examples=examples(60))
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4))
def test_any_damage_has_an_answer(at: int, put: bytes) -> None:
    for damaged in (WHOLE[:at], WHOLE[:at] + put + WHOLE[at + len(put) :]):
        assert "internal" not in " ".join(one.message for one in checker.extract(damaged).problems)
