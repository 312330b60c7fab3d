"""The linkbases that lie beside a filing, and only those of the schema that it names."""

from __future__ import annotations

import gzip
from pathlib import Path

import checker
from checker.api.beside import beside
from checker.api.inputs import Input
from tests.tagged import GROSS_PROFIT, page

SCHEMA = '<link:schemaRef xmlns:link="http://www.xbrl.org/2003/linkbase" xlink:type="simple" xlink:href="http://example.com/x/acme-2023.xsd"/>'
BODY = page().replace(b"<ix:resources>", f"<ix:references>{SCHEMA}</ix:references><ix:resources>".encode())


def test_the_linkbase_of_the_schema_is_found_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes(BODY)
    (tmp_path / "other_cal.xml").write_bytes(b"never read")
    assert not beside(Input(str(tmp_path / "a.htm")), BODY, 10**6)
    (tmp_path / "acme-2023_cal.xml").write_bytes(GROSS_PROFIT)
    assert dict(beside(Input(str(tmp_path / "a.htm")), BODY, 10**6)) == {"acme-2023_cal.xml": GROSS_PROFIT}
    assert not beside(Input(str(tmp_path / "a.htm")), BODY, 10)
    (tmp_path / "acme-2023_cal.xml").unlink()
    (tmp_path / "acme-2023_cal.xml.gz").write_bytes(gzip.compress(GROSS_PROFIT))
    assert dict(beside(Input(str(tmp_path / "a.htm")), BODY, 10**6)) == {"acme-2023_cal.xml": GROSS_PROFIT}


def test_a_name_that_leads_out_of_the_folder_does_not(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "acme-2023_cal.xml").write_bytes(GROSS_PROFIT)
    body = BODY.replace(b"http://example.com/x/", b"../")
    (inner / "a.htm").write_bytes(body)
    assert not beside(Input(str(inner / "a.htm")), body, 10**6)


def test_a_folder_is_checked_with_its_linkbases(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes(BODY)
    (tmp_path / "acme-2023_cal.xml").write_bytes(GROSS_PROFIT)
    report = checker.check(tmp_path)
    (document,) = report.documents
    assert document.tagged is not None and document.tagged.calculations == 2
    assert "R192" in {one.code for one in document.problems}
    assert "1 linkbases" in " ".join(one.message for one in report.problems)
