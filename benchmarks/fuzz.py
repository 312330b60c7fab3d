"""Coverage-guided fuzzing with atheris: any bytes get an answer, and none that means "clean" without a figure.

    pip install atheris; python -m benchmarks.fuzz [READER] FOLDER [-runs=100000] [-max_len=6000] [options of libFuzzer]

FOLDER holds the inputs that it grows from and to; an empty one begins with a small sound file of the kind. Without
atheris, or without a folder, it says so and ends. Fuzzed is the whole run, or with the name of a reader reading alone,
which is faster: `readers` any bytes, and the others what lies inside a file of their kind, where bytes that were only
packed wrong would never come: the text of a Word file, the sheet of a workbook, what a page of a PDF draws. What is
looked for is an exception, a reader that had to be caught (R199), and a document that passes the gate although nothing
was decided on it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import frozen
from lxml import etree

from tests import tagged
from tests.read import papers, word

_TEXT = b"""Consolidated Statements of Operations (in millions)

                2023     2022
Revenues       1,610    1,530
Costs          1,170    1,040
Profit           440      490
"""
_MAIL = (
    b"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\n" + _TEXT + b"\r\n--b--\r\n"
)
_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="2" '
    b'hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>2023</v></c>'
    b'</row><row r="2"><c r="A2" t="inlineStr"><is><t>Profit</t></is></c><c r="B2" s="1"><f t="shared" si="0" '
    b'ref="B2:B3">SUM(B1:B2)</f><v>440</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    b"</worksheet>"
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK: Mapping[str, str] = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": f'<workbook xmlns:r="{_RELATIONS}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/styles" Target="styles.xml"/>'
    '<Relationship Id="r3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0_);(#,##0)"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": "<sst><si><t>Year</t></si></sst>",
}
_PAPER = papers.pdf([papers.Paper(papers.table(word.ROWS, (300, 400)))], packed=False)


@frozen
class Kind:
    """What is made of the bytes of the fuzzer before they are read, and a sound input to begin with."""

    file: Callable[[bytes], bytes]
    begin: bytes


def _same(content: bytes) -> bytes:
    return content


def _mended(content: bytes) -> bytes:
    """The bytes as XML that is well formed: anything else ends at the parser, and never reaches what is behind it."""
    try:
        tree = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return content
    return content if tree is None else bytes(etree.tostring(tree))


def _word(content: bytes) -> bytes:
    """The bytes as the text of a Word file."""
    return word.packed({**word.parts(), "word/document.xml": _mended(content)})


def _workbook(content: bytes) -> bytes:
    """The bytes as the sheet of a workbook."""
    return word.packed({**_BOOK, "xl/worksheets/sheet1.xml": _mended(content)})


def _styled(content: bytes) -> bytes:
    """The bytes as the styles of a workbook."""
    return word.packed({**_BOOK, "xl/worksheets/sheet1.xml": _SHEET, "xl/styles.xml": _mended(content)})


def _drawn(content: bytes) -> bytes:
    """The bytes as what a page of a PDF draws."""
    return papers.pdf([papers.Paper(extra=content)], packed=False)


def _instance() -> bytes:
    fact = '<a:Profit contextRef="now" unitRef="usd" decimals="-6">440</a:Profit>'
    spaces = (
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:a="http://acme.com/a" '
        'xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
    )
    return f"<xbrli:xbrl {spaces}>{tagged.CONTEXTS}{tagged.UNITS}{fact}</xbrli:xbrl>".encode()


def _submission(content: bytes) -> bytes:
    """The bytes as a linkbase of a submission beside a page."""
    first = b"<SEC-DOCUMENT>\n<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n" + tagged.page() + b"\n</TEXT>\n</DOCUMENT>\n"
    return first + b"<DOCUMENT>\n<TYPE>EX-101.CAL\n<TEXT>\n<XBRL>\n" + _mended(content)


KINDS: Mapping[str, Kind] = {
    "readers": Kind(_same, _TEXT),
    "mail": Kind(_same, _MAIL),
    "word": Kind(_word, str(word.parts(word.para(word.TITLE), word.table(*word.ROWS))["word/document.xml"]).encode()),
    "word-file": Kind(_same, word.statement()),
    "workbook": Kind(_workbook, _SHEET),
    "workbook-styles": Kind(_styled, _BOOK["xl/styles.xml"].encode()),
    "pdf": Kind(_drawn, re.findall(rb"(?<!end)stream\n(.*?)\nendstream", _PAPER, re.DOTALL)[1]),
    "pdf-file": Kind(_same, _PAPER),
    "archive": Kind(_same, word.packed({"a.htm": tagged.page(), "a_cal.xml": tagged.GROSS_PROFIT, "b.txt": _TEXT})),
    "tags": Kind(_same, tagged.page(hidden=tagged.tag("Profit", "1", "now"))),
    "instance": Kind(_mended, _instance()),
    "linkbase": Kind(_submission, tagged.GROSS_PROFIT),
}


def target() -> Callable[[bytes], None]:
    """What is fuzzed. The program is imported here, so that the fuzzer can see to its branches."""
    gate, settings = import_module("checker.gate.status"), import_module("checker.gate.settings").Settings()
    check = import_module("checker.pipeline").check
    rulebook = import_module("checker.language").load([])

    def one_input(content: bytes) -> None:
        checked = check("fuzzed", content, rulebook)
        if any(problem.code == "R199" for problem in checked.problems):
            raise AssertionError("the reader failed")
        decided = any(finding.verdict in ("agrees", "rounding") for finding in checked.findings)
        if gate.decide(checked, settings).status == gate.CLEAN and not decided:
            raise AssertionError("clean although nothing was decided")

    return one_input


def readers(kind: Kind) -> Callable[[bytes], None]:
    """Reading alone; a message or an archive is taken apart, and its parts are read. Pages of a PDF are read in this
    process, where the fuzzer sees them."""
    read, inputs = import_module("checker.read").read, import_module("checker.api.inputs")
    is_pdf, paper = import_module("checker.read.pdf").is_pdf, import_module("checker.paper.pages")
    apart, reading = import_module("checker.paper.apart"), import_module("checker.read.pdf.reading")
    for lazy in ("checker.read.docx", "checker.read.tagged", "checker.read.archive"):
        import_module(lazy)

    def one_input(content: bytes) -> None:
        whole = kind.file(content)
        if is_pdf(whole):
            with suppress(paper.Damaged):
                file = paper.opened(whole)
                pages = (page and apart.unpacked(page.number, *apart.packed(page)) for page in file.pages(20))
                reading.contents_of(apart.Reading(file.count, file.embedded, pages))
                file.close()
            return
        for one in inputs.unpacked(inputs.Input("fuzzed", whole), _LIMIT, []):
            with suppress(OSError, inputs.TooLarge):
                if any(problem.code == "R199" for problem in read("fuzzed", inputs.content(one, _LIMIT)).problems):
                    raise AssertionError("the reader failed")

    return one_input


_LIMIT = 10_000_000


def main() -> None:
    """Fuzz until the time is up or something is found."""
    kind = KINDS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    arguments = [sys.argv[0], *sys.argv[1 + (kind is not None) :]]
    if len(arguments) < 2:
        print("no folder of inputs was named: nothing was fuzzed")
        return
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        print("atheris is not installed: nothing was fuzzed")
        return
    folder = Path(arguments[1])
    if kind is not None and folder.is_dir() and not any(folder.iterdir()):
        (folder / "begin").write_bytes(kind.begin)
    with atheris.instrument_imports(include=["checker"]):
        fuzzed = readers(kind) if kind is not None else target()
    atheris.Setup(arguments, fuzzed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
