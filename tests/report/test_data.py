"""The report as data: the shape other programs build on."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra.notation import decimal
from checker.core.problem import Problem
from checker.report import EXTRACTS, FORMATS
from checker.report.amounts import exact, grouped, plain
from checker.report.csv import cell
from tests.report.sample import CHECKED, REPORT

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[2] / "checker/report/schema/tieout-1.json").read_text(encoding="utf-8")
)
WRITABLE = [name for name, one in FORMATS.items() if not one.lacking()]
"""The formats whose packages are installed."""


def valid(value: Any, part: str = "") -> None:
    schema = {**SCHEMA["$defs"][part], "$defs": SCHEMA["$defs"]} if part else SCHEMA
    jsonschema.Draft202012Validator(schema).validate(value)


def text(name: str) -> str:
    rendered = FORMATS[name].render(REPORT)
    assert isinstance(rendered, str)
    return rendered


def test_json_keeps_to_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    valid(json.loads(text("json")))


def test_every_line_of_jsonl_is_a_document_with_its_schema() -> None:
    two = attrs.evolve(REPORT, documents=(CHECKED, CHECKED))
    rendered = FORMATS["jsonl"].render(two)
    assert isinstance(rendered, str)
    lines = rendered.splitlines()
    assert len(lines) == 2
    for line in lines:
        document = json.loads(line)
        assert document["schema"] == "tieout/1"
        valid(document, "document")


def test_a_stream_of_jsonl_is_the_whole_rendered_piece_by_piece() -> None:
    piece = FORMATS["jsonl"].piece
    assert piece is not None
    assert piece(CHECKED, FORMATS["jsonl"].render.__defaults__[0]) == text("jsonl")  # type: ignore[index]


def test_a_line_of_jsonl_stays_one_line_whatever_a_caption_holds() -> None:
    figure = attrs.evolve(CHECKED.figures[0], caption="a\u2028b\x85c\nd\x1e")
    rendered = FORMATS["jsonl"].render(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, figures=(figure,)),)))
    assert isinstance(rendered, str) and len(rendered.splitlines()) == 1


def test_lone_surrogates_of_a_broken_file_do_not_stop_the_report() -> None:
    figure = attrs.evolve(CHECKED.figures[0], caption="half a \ud800 character")
    for name in WRITABLE:
        rendered = FORMATS[name].render(attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, figures=(figure,)),)))
        assert (rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "replace")) is not None


@pytest.mark.parametrize("name", WRITABLE)
def test_every_format_gives_the_same_bytes_every_time(name: str) -> None:
    assert FORMATS[name].render(REPORT) == FORMATS[name].render(REPORT)


def test_amounts_are_decimal_strings_and_quotients_say_what_they_are_exactly() -> None:
    finding = json.loads(text("json"))["documents"][0]["findings"][2]
    assert finding["left"] == "27.4"
    assert finding["right"] == "27.3176026280"
    assert finding["right_exact"] == "441682500/16168421"
    assert "left_exact" not in finding


def test_suspects_coefficients_and_reasons_travel() -> None:
    agrees, violation, _, required = json.loads(text("json"))["documents"][0]["findings"]
    assert [one["coefficient"] for one in agrees["figures"]] == ["1", "-1", "1"]
    assert violation["suspects"] == [
        {
            "figure": "f6",
            "proposed": "1,489,945",
            "cause": "digits 98 transposed",
            "score": "0.666666666667",
            "score_exact": "2/3",
            "together": [],
        }
    ]
    assert required["reason"] == "Total assets is not reported" and required["left"] is None


def test_extracted_figures_carry_all_that_is_needed_to_feed_them_back() -> None:
    rendered = EXTRACTS["json"].render(REPORT)
    document = json.loads(rendered)["documents"][0]
    valid(json.loads(rendered))
    assert "findings" not in document
    assert {"table", "row", "column", "head", "form", "additive", "why", "edited", "scale", "readings"} <= set(
        document["figures"][0]
    )
    line = document["statements"][0]["lines"][2]
    assert line["caption"] == "Gross profit" and line["rule_above"] and line["figures"] == ["f5", "f6"]


def test_problems_without_a_document_stand_at_the_top() -> None:
    report = attrs.evolve(REPORT, problems=(Problem("C001", "error", "cannot be opened", "tieout.toml"),))
    rendered = json.loads(FORMATS["json"].render(report))
    valid(rendered)
    assert rendered["problems"][0]["code"] == "C001"


def test_csv_has_a_row_a_finding_and_one_for_what_the_gate_decided() -> None:
    rows = list(csv.DictReader(io.StringIO(text("csv"))))
    assert [row["verdict"] for row in rows] == ["agrees", "violation", "rounding", "not applicable", "outcome"]
    assert rows[-1]["message"].startswith(
        "status 1: failed: 1 finding at or above error; Weakened by tieout.toml: ignore 3"
    )
    assert rows[1]["proposed"] == "1,489,945"


@pytest.mark.parametrize("text", ["=1+1", "+1+cmd", "@SUM(A1)", "-2+3", "\t=1", "-"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-1596280", "-0.01", "Revenues", "27.4"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@given(st.fractions())
def test_a_decimal_is_exact_or_says_the_quotient(value: Fraction) -> None:
    quotient = exact(value)
    assert Fraction(quotient or decimal(value)) == value
    assert "E" not in decimal(value).upper()
    assert abs(Fraction(decimal(value)) - value) <= abs(value) / 10**11


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_plain_decimal_has_no_exponent_and_no_negative_zero(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value) and not (value == 0 and plain(value).startswith("-"))


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        ("4416825", 0, "4,416,825"),
        ("-1596280", 0, "(1,596,280)"),
        ("0.5", 2, "0.50"),
        ("-0.01", 2, "(0.01)"),
        ("1234.5", 0, "1,234.5"),
        ("0", 0, "0"),
    ],
)
def test_amounts_for_people_look_like_a_statement(value: str, places: int, printed: str) -> None:
    assert grouped(Decimal(value), places) == printed
