"""What every input format owes, asked of each entry of the table: a new one cannot forget it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.extract import extract
from checker.read import read
from checker.read.formats import BINARIES, FORMATS
from tests.examples import examples
from tests.read import word
from tests.read.papers import Paper, Put, pdf, table

ROWS = (
    ("", "2013", "2012"),
    ("Revenues", "1,610", "1,530"),
    ("Cost of revenues", "1,170", "1,040"),
    ("Gross profit", "440", "490"),
)
TITLE = "Consolidated Statements of Operations"
TABLE = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
HTML = f"<html><body><p>{TITLE}</p><table>{TABLE}</table></body></html>\n"
BARRED = (
    f"{TITLE}\n\n"
    + "\n".join("| " + " | ".join(row) + " |" + ("\n|---|---|---|" if not row[0] else "") for row in ROWS)
    + "\n"
)
SGML = (
    f"<SEC-DOCUMENT>0000000000-13-000001.txt : "
    f"20130515\n<DOCUMENT>\n<TYPE>EX-99.1\n<FILENAME>ex.htm\n<TEXT>\n{HTML}</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
)
SAMPLES = {
    "sgml": SGML,
    "html": HTML,
    "xml": f'<?xml version="1.0"?>\n{HTML}',
    "csv": "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in ROWS),
    "markdown": BARRED,
    "text": f"{TITLE}\n\n" + "".join("\t".join(row) + "\n" for row in ROWS),
}
"""One small statement in every format."""


def _workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append([TITLE])
    for row in ROWS:
        sheet.append([int(cell.replace(",", "")) if cell[:1].isdigit() else cell for cell in row])
    book.save(out)
    return out.getvalue()


FILES: dict[str, bytes] = {
    "docx": word.statement(),
    "xlsx": _workbook(),
    "pdf": pdf([Paper((Put(TITLE, 200, 80, bold=True), *table(ROWS, (400, 480))), ((340, 480, 130),))]),
}
"""The same statement in every kind of file that is no text."""

NAMES = sorted({one.name for one in FORMATS})


def test_every_format_has_a_sample() -> None:
    assert set(NAMES) == set(SAMPLES), "a new format needs its sample here, and meets every obligation below"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "xml"])
def test_the_same_statement_gives_the_same_figures(name: str) -> None:
    document = read("a", SAMPLES[name].encode())
    assert document.format == name
    figures = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [str(figure.value) for figure in figures] == ["1610", "1530", "1170", "1040", "440", "490"]


@pytest.mark.parametrize("name", NAMES)
def test_a_truncated_file_is_read_or_said_never_a_crash(name: str) -> None:
    body = SAMPLES[name].encode()
    for end in range(len(body)):
        extract(read("a", body[:end]))


@pytest.mark.parametrize("name", NAMES)
def test_places_are_those_of_the_file_as_given(name: str) -> None:
    body = SAMPLES[name].encode()
    for figure in extract(read("a", body)).figures:
        start, end = figure.place.span
        assert body[start:end].decode().strip("\"' ") == figure.text


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(60))
@given(data=st.data())
def test_any_bytes_inside_are_no_crash(name: str, data: st.DataObject) -> None:
    body = SAMPLES[name].encode()
    at = data.draw(st.integers(0, len(body)))
    foreign = data.draw(st.binary(max_size=24))
    extract(read("a", body[:at] + foreign + body[at + data.draw(st.integers(0, 40)) :]))


BINARY = sorted(one.name for one in BINARIES)


def test_every_kind_of_file_has_a_sample() -> None:
    assert set(BINARY) == set(FILES), "a new kind of file needs its sample here, and meets every obligation below"


@pytest.mark.parametrize("name", BINARY)
def test_the_same_statement_in_a_file_gives_the_same_figures(name: str) -> None:
    document = read("a", FILES[name])
    assert document.format == name
    figures = [figure for figure in extract(document).figures if figure.origin == "table"]
    assert [str(figure.value) for figure in figures] == ["1610", "1530", "1170", "1040", "440", "490"]


@pytest.mark.parametrize("name", BINARY)
def test_figures_of_a_file_say_where_they_stand(name: str) -> None:
    document = read("a", FILES[name])
    places = [figure.place for figure in extract(document).figures]
    assert places
    assert all(
        (place.page is not None and place.box is not None) or place.cell is not None or place.part is not None
        for place in places
    )


@pytest.mark.parametrize("name", BINARY)
def test_a_truncated_file_is_said_never_a_crash(name: str) -> None:
    body = FILES[name]
    for end in range(0, len(body), max(1, len(body) // 50)):
        extract(read("a", body[:end]))


@pytest.mark.parametrize("name", BINARY)
@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_any_bytes_inside_a_file_are_no_crash(name: str, data: st.DataObject) -> None:
    body = FILES[name]
    at = data.draw(st.integers(0, len(body)))
    foreign = data.draw(st.binary(max_size=24))
    document = read("a", body[:at] + foreign + body[at + data.draw(st.integers(0, 40)) :])
    assert all(problem.code != "R199" for problem in document.problems)
    extract(document)
