"""What the gate decided stands in every format: nobody who reads only one of them takes a document for clean that was
not checked."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import attrs
import pytest

from checker.core.report import Outcome, Report
from checker.report import FORMATS
from tests.report.sample import AGREES, CHECKED, REPORT

WEAK = ("tieout.toml: ignore 3, min-coverage 0",)
REASON = "only 9 of 1197 table figures were tested, fewer than 50 %"


def gated(outcome: Outcome) -> Report:
    """A document on which everything agrees, with what a gate made of it."""
    summary = attrs.evolve(CHECKED.summary, violations=0, notes=0)
    checked = attrs.evolve(CHECKED, findings=(AGREES,), problems=(), summary=summary, outcome=outcome)
    return attrs.evolve(REPORT, documents=(checked,), outcome=outcome)


def told(name: str, report: Report) -> str:
    """All that a format says, as text without line ends."""
    if lacking := FORMATS[name].lacking():
        pytest.skip(lacking)
    rendered = FORMATS[name].render(report)
    if isinstance(rendered, bytes):
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(rendered))
        rendered = "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
        )
    return " ".join(re.sub(r"\\(.)", r"\1", rendered).split())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_that_a_document_was_not_checked(name: str) -> None:
    assert REASON in told(name, gated(Outcome(3, (REASON,))))
    assert REASON not in told(name, gated(Outcome(0)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_weakened_the_gate(name: str) -> None:
    assert WEAK[0] in told(name, gated(Outcome(0, (), WEAK)))


def test_the_formats_of_gates_do_not_call_it_a_success() -> None:
    report = gated(Outcome(3, (REASON,)))
    suite = ElementTree.fromstring(told("junit", report)).find("testsuite")
    assert suite is not None and suite.get("errors") == "1" and suite.find("testcase/error") is not None
    invocation = json.loads(told("sarif", report))["runs"][0]["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert "::error file=release.md,line=1,title=not checked::" in told("github", report)
    assert json.loads(told("gitlab", report))[0]["severity"] == "blocker"
    assert 'class="verdict unchecked"' in told("html", report)
    assert 'class="verdict agrees"' in told("html", gated(Outcome(0)))


def test_the_list_of_documents_asks_the_gate() -> None:
    passed, unread = (gated(one).documents[0] for one in (Outcome(0), Outcome(3, (REASON,))))
    page = told(
        "html", attrs.evolve(REPORT, documents=(passed, unread), outcome=Outcome(3, ("1 of 2 documents not checked",)))
    )
    assert re.findall(r'<span class="verdict (\w+)">', page) == ["unchecked", "agrees"], "what failed comes first"


def test_junit_fails_what_the_gate_says_blocks_and_nothing_else() -> None:
    for blocks in (True, False):
        finding = attrs.evolve(AGREES, verdict="violation", severity="warning", blocks=blocks)
        checked = attrs.evolve(CHECKED, findings=(finding,), problems=(), outcome=Outcome(int(blocks)))
        suite = ElementTree.fromstring(told("junit", attrs.evolve(REPORT, documents=(checked,)))).find("testsuite")
        assert suite is not None and suite.get("failures") == str(int(blocks))


@pytest.mark.parametrize("name", ["text", "markdown", "html", "json"])
def test_the_settings_file_of_a_run_is_said(name: str) -> None:
    report = attrs.evolve(gated(Outcome()), configuration={"config": "../house/tieout.toml"})
    assert "../house/tieout.toml" in told(name, report)
    assert "tieout.toml" not in told(name, gated(Outcome()))
