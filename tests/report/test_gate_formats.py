"""Formats that other programs read: each keeps to the structure its reader insists on, whatever a document holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import jsonschema
import pytest

from checker.core.finding import Waiver
from checker.core.problem import Problem
from checker.core.report import Report
from checker.report import FORMATS
from checker.report.redacted import redacted
from tests.report import sample
from tests.report.sample import CHECKED, REPORT

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "\x00\x1b[31m]]>&\"'|`<b>\ud800\ufffe\r\n::error::%25"

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {
                        name: {"type": "integer", "minimum": low}
                        for name, low in (("startLine", 1), ("startColumn", 1), ("byteLength", 0))
                    },
                },
            },
        },
        "message": TEXT,
    },
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {"shortDescription": TEXT},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {"type": "array", "minItems": 1, "items": PLACE},
                                "relatedLocations": {"type": "array", "items": PLACE},
                                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                            },
                        },
                    },
                },
            },
        },
    },
}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
                },
            },
        },
    },
}


def hostile() -> Report:
    """The sample with text in it that no format may take for its own."""
    figures = tuple(attrs.evolve(one, caption=HOSTILE, text=HOSTILE) for one in CHECKED.figures)
    findings = tuple(
        attrs.evolve(
            one,
            message=HOSTILE,
            check=attrs.evolve(one.check, relation=HOSTILE, period=HOSTILE, rule=HOSTILE, title=HOSTILE),
        )
        for one in CHECKED.findings
    )
    problems = (Problem("R101", "error", HOSTILE, HOSTILE),)
    source = attrs.evolve(CHECKED.source, path="a b/ü:,.md")
    return attrs.evolve(
        REPORT, documents=(attrs.evolve(CHECKED, source=source, figures=figures, findings=findings, problems=problems),)
    )


def render(name: str, report: Report = REPORT) -> str:
    rendered = FORMATS[name].render(report)
    assert isinstance(rendered, str)
    return rendered


def loaded(name: str, report: Report = REPORT) -> Any:
    return json.loads(render(name, report))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("markdown", "findings.md"),
        ("sarif", "findings.sarif"),
        ("sarif-full", "findings.full.sarif"),
        ("junit", "findings.xml"),
        ("github", "findings.txt"),
        ("gitlab", "findings.gitlab.json"),
    ],
)
def test_the_formats_look_as_they_looked_before(name: str, file: str, update: bool) -> None:
    if update:
        (GOLDEN / file).write_text(render(name), encoding="utf-8")
    assert render(name) == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("report", [REPORT, redacted(REPORT), hostile()], ids=["sample", "redacted", "hostile"])
def test_sarif_has_the_structure_that_code_scanning_asks_for(report: Report) -> None:
    sarif = loaded("sarif", report)
    jsonschema.Draft202012Validator(SARIF).validate(sarif)
    run = sarif["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_sarif_points_at_the_suspect() -> None:
    result = loaded("sarif")["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 6,
        "startColumn": 24,
        "byteOffset": sample.PROFIT_BEFORE.place.span[0],
        "byteLength": 9,
    }
    assert result["partialFingerprints"]["tieout/v1"] == "a2"


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
def test_what_is_waived_is_not_shown_as_open(name: str) -> None:
    waived = tuple(attrs.evolve(one, waived=Waiver("known", "cfo", "2030-01-01")) for one in CHECKED.findings)
    assert "gross-profit" not in render(name, attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=waived),)))


@pytest.mark.parametrize("report", [REPORT, redacted(REPORT), hostile()], ids=["sample", "redacted", "hostile"])
def test_gitlab_gets_issues_with_fingerprints_of_their_own(report: Report) -> None:
    twice = attrs.evolve(
        report,
        documents=(
            *report.documents,
            attrs.evolve(report.documents[0], source=attrs.evolve(CHECKED.source, path="other.md")),
        ),
    )
    issues = loaded("gitlab", twice)
    jsonschema.Draft202012Validator(GITLAB).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@pytest.mark.parametrize("report", [REPORT, redacted(REPORT), hostile()], ids=["sample", "redacted", "hostile"])
def test_junit_is_xml_whose_counts_are_true(report: Report) -> None:
    for suite in ElementTree.fromstring(render("junit", report).encode("utf-8")):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(name, "")) == len(suite.findall(f"*/{tag}"))


@pytest.mark.parametrize("report", [REPORT, hostile()], ids=["sample", "hostile"])
def test_github_gets_one_command_a_line(report: Report) -> None:
    for line in render("github", report).splitlines():
        assert re.fullmatch(r"::(error|warning|notice) file=[^,:]+,line=\d+(,col=\d+)?,title=[^,:]*::[^\r\n]+", line), (
            line
        )


def test_markdown_cannot_be_steered_by_a_caption() -> None:
    rendered = render("markdown", hostile())
    rows = [line for line in rendered.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert "<b>" not in rendered


@pytest.mark.parametrize("name", ["markdown", "sarif", "junit", "github", "gitlab"])
def test_a_redacted_suspect_is_still_a_place(name: str) -> None:
    assert "suspect: the figure on line 6" in render(name, redacted(REPORT))
