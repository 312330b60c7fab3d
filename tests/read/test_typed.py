"""Extracted figures come back as the release they were, and what was corrected by hand stays marked."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.read.typed import read_release
from tests.examples import examples


def figure(name: str, text: str, value: str | None, row: int) -> dict[str, object]:
    return {
        "id": name,
        "text": text,
        "value": value,
        "rounded_to": "1000",
        "unit": "USD",
        "caption": f"Line {row}",
        "under": ["Assets"],
        "statement": "balance sheet",
        "period": {"start": None, "end": "2013-03-31", "months": None, "text": "March 31, 2013"},
        "origin": "table",
        "where": {"line": 7 + row, "column": 10, "span": [100, 110]},
        "table": 0,
        "row": row,
        "column": 0,
        "head": "March 31, 2013",
        "form": "number",
        "scale": "1000",
        "additive": True,
        "why": ["in thousands"],
        "edited": False,
    }


def stored(*figures: dict[str, object]) -> bytes:
    return json.dumps({"schema": "tieout/1", "documents": [{"path": "a.md", "figures": list(figures)}]}).encode()


def test_figures_become_lines_and_columns_again() -> None:
    release = read_release("a.json", stored(figure("f1", "$ (1,596)", "-1596000", 0), figure("f2", "12", "12000", 2)))
    assert release is not None and not release.problems
    (statement,) = release.statements
    assert (
        statement.kind,
        [line.caption for line in statement.lines],
        [column.head for column in statement.columns],
    ) == (
        "balance sheet",
        ["Line 0", "Line 2"],
        ["March 31, 2013"],
    )
    first = release.figures[0]
    assert (
        first.value == Decimal(-1596000)
        and first.period is not None
        and first.period.is_instant
        and first.place.line == 7
    )
    assert not first.edited


@pytest.mark.parametrize(("text", "value"), [("1,596", "1695000"), ("(1,596)", "1596000"), ("1,596", "-1596000")])
def test_a_value_that_its_text_does_not_print_was_edited(text: str, value: str) -> None:
    release = read_release("a.json", stored(figure("f1", text, value, 0)))
    assert release is not None and release.figures[0].edited


def test_a_file_that_is_no_extraction_is_none() -> None:
    assert read_release("a.md", b"# Results") is None
    assert read_release("a.json", b'{"schema": "other"}') is None


@pytest.mark.parametrize(
    "content",
    [
        stored(figure("f1", "1", "1", 0))[:-20],
        stored({**figure("f1", "1", "1", 0), "value": "1e999999"}),
        stored({**figure("f1", "1", "1", 0), "row": None}),
        stored({**figure("f1", "1", "1", 0), "row": 10**8}),
        stored(figure("f1", "1", "1", 0), figure("f1", "1", "1", 1)),
        stored(figure("f1", "1", "1", 0), figure("f2", "1", "1", 0)),
        b'{"schema": "tieout/1", "documents": []}',
        b'{"schema": "tieout/1", "documents": ' + b"[" * 100_000,
        b"path,id,text,value,rounded_to,unit,caption\na,f1,5,x,1,USD,Sales\n",
    ],
    ids=["cut short", "exponent", "no row", "far row", "same id", "same cell", "empty", "deep", "csv without a number"],
)
def test_damaged_figures_are_a_problem_and_no_guess(content: bytes) -> None:
    release = read_release("a", content)
    assert release is not None and not release.statements
    assert [(problem.code, problem.severity) for problem in release.problems] == [("R150", "error")]


@given(st.binary(max_size=200))
@settings(max_examples=examples(100), deadline=None)
def test_any_bytes_behind_the_schema_give_a_release(content: bytes) -> None:
    assert read_release("a", b'{"schema": "tieout/1", ' + content) is not None


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    )
)
@settings(max_examples=examples(150), deadline=None)
def test_any_values_in_the_fields_give_a_release(value: object) -> None:
    for name in figure("f1", "1", "1", 0):
        assert read_release("a", stored({**figure("f1", "1", "1", 0), name: value})) is not None
    for name in ("statements", "figures", "problems"):
        content = {"schema": "tieout/1", "documents": [{"figures": [figure("f1", "1", "1", 0)], name: value}]}
        assert read_release("a", json.dumps(content).encode()) is not None


CSV = """path,id,text,value,rounded_to,unit,caption,under,statement,period_start,period_end,period_months,period,\
origin,line,column,span_start,span_end,status,\
table,row,table_column,head,form,scale,additive,why,edited
a.md,f1,"1,596",1596000,1000,USD,Cash,Assets,balance sheet,,2013-03-31,,"March 31, 2013",\
table,7,10,100,105,untested,0,0,0,x,number,1000,true,in thousands,false
a.md,f2,5,5,1,percent,Share,Assets,balance sheet,,2013-03-31,,"March 31, 2013",\
table,8,10,110,111,untested,0,1,0,x,number,1,false,,false
"""


def rewritten(delimiter: str, encoding: str) -> bytes:
    """The extract as a spreadsheet stores it: other marks between the cells, truth in capitals."""
    rows = list(csv.reader(io.StringIO(CSV)))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [[cell.upper() if cell in ("true", "false") else cell for cell in row] for row in rows]
    )
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-16")]
)
def test_what_a_spreadsheet_stored_is_read_as_it_was(delimiter: str, encoding: str) -> None:
    release, same = read_release("a.csv", rewritten(delimiter, encoding)), read_release("a.csv", CSV.encode())
    assert release is not None and same is not None and not release.problems
    assert release.figures == same.figures and [figure.additive for figure in release.figures] == [True, False]


@pytest.mark.parametrize(
    ("value", "text"),
    [("1595000", "1,595"), ("-1596000", "(1,596)"), ("1596500", "1,596.5"), ("9" * 40, f"{int('9' * 37):,}.999")],
)
def test_a_corrected_value_is_what_reports_show(value: str, text: str) -> None:
    release = read_release("a.csv", CSV.replace("1596000", value).encode())
    assert release is not None
    first = release.figures[0]
    assert first.edited and first.text == text and first.why[-1] == "text: 1,596"


def test_dates_that_a_spreadsheet_rewrote_are_not_guessed() -> None:
    release = read_release("a.csv", CSV.replace("2013-03-31", "3/31/2013").encode())
    assert release is not None
    [problem] = release.problems
    assert problem.code == "R150" and problem.message.startswith(
        "the period of figure f1 has no date like 2013-03-31 (a spreadsheet rewrites dates;"
    )
