"""What the readers of gate formats insist on: the schema of SARIF, the limits of GitHub, the structure of JUnit, and
that nothing secret slips through."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import jsonschema
import pytest

from checker.core.finding import Finding, Waiver
from checker.core.problem import Problem
from checker.core.report import Report
from checker.report import FORMATS
from checker.report.redacted import redacted
from tests.report import sample
from tests.report.sample import CHECKED, REPORT
from tests.report.test_gate_formats import hostile, render

WAIVED = attrs.evolve(
    sample.VIOLATION, blocks=False, waived=Waiver("498,945 is right, see the filing", "J. Doe", "2030-01-01")
)
COUNTED = attrs.evolve(
    sample.VIOLATION, blocks=False, id="b2", waived=Waiver("counted in the baseline", "", "", "baseline")
)

# ---- SARIF: the part of the OASIS schema (sarif-schema-2.1.0.json) that the reports use, every object closed ---------


def closed(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


TEXT = closed(("text",), text={"type": "string", "minLength": 1})
COUNT, ORDINAL = {"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = closed(("startLine",), startLine=ORDINAL, startColumn=ORDINAL, byteOffset=COUNT, byteLength=COUNT)
PHYSICAL = closed(
    ("artifactLocation",),
    artifactLocation=closed(
        ("uri",), uri={"type": "string", "format": "uri-reference"}, uriBaseId={"const": "%SRCROOT%"}
    ),
    region=REGION,
)
LOCATION = closed(("physicalLocation",), physicalLocation=PHYSICAL, message=TEXT)
NOTIFICATION = closed(
    ("message",),
    descriptor=closed(("id",), id={"type": "string"}),
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "items": LOCATION},
)
RULE = closed(
    ("id", "shortDescription", "fullDescription", "help"),  # the schema asks for an id alone, GitHub for the rest
    id={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=closed((), level=LEVEL),
    properties={"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True, "maxItems": 10}}},
)
SUPPRESSION = closed(
    ("kind",),
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification={"type": "string"},
)
RESULT = closed(
    ("message",),
    ruleId={"type": "string"},
    ruleIndex=COUNT,
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "items": LOCATION, "maxItems": 1000},
    relatedLocations={"type": "array", "items": LOCATION, "maxItems": 1000},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    suppressions={"type": "array", "items": SUPPRESSION, "uniqueItems": True},
)
DRIVER = closed(
    ("name",),
    name={"type": "string"},
    version={"type": "string"},
    semanticVersion={"type": "string"},
    rules={"type": "array", "items": RULE},
)
RUN = closed(
    ("tool", "results"),
    tool=closed(("driver",), driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations={
        "type": "array",
        "items": closed(
            ("executionSuccessful",),
            executionSuccessful={"type": "boolean"},
            exitCode={"type": "integer"},
            exitCodeDescription={"type": "string"},
            toolExecutionNotifications={"type": "array", "items": NOTIFICATION},
        ),
    },
    results={"type": "array", "items": RESULT, "maxItems": 25000},
)
LOG = closed(
    ("version", "runs"),
    **{
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "maxItems": 1},
    },
)


def with_findings(*findings: Finding, problems: tuple[Problem, ...] = ()) -> Report:
    return attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, findings=findings),), problems=problems)


def many(count: int) -> Report:
    """So many findings, every third an error, the others notes."""
    severities = ("error", "note", "note")
    return with_findings(
        *(
            attrs.evolve(sample.VIOLATION, id=f"{number:016x}", severity=severities[number % 3])
            for number in range(count)
        )
    )  # type: ignore[arg-type]


def run(name: str, report: Report) -> Any:
    """The run of a SARIF log that keeps to the schema; of thousands of results that are made alike some hundreds are
    held against it."""
    sarif = json.loads(render(name, report))
    found = sarif["runs"][0]
    some = {**found, "results": found["results"][:: len(found["results"]) // 300 + 1]}
    jsonschema.Draft202012Validator(LOG).validate({**sarif, "runs": [some]})
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    "report",
    [REPORT, redacted(REPORT), hostile(), with_findings(WAIVED, COUNTED), many(600)],
    ids=["sample", "redacted", "hostile", "waived", "many"],
)
def test_the_validator_of_microsoft_finds_no_error_by_the_rules_of_github(report: Report, tmp_path: Path) -> None:
    tool = os.environ.get("TIEOUT_SARIF_MULTITOOL") or shutil.which("Sarif.Multitool")
    if not tool:
        pytest.skip(
            "needs Sarif.Multitool: install it from npm (@microsoft/sarif-multitool-linux), or name it in "
            "TIEOUT_SARIF_MULTITOOL"
        )
    (tmp_path / "findings.sarif").write_text(render("sarif", report), encoding="utf-8")
    command = [
        tool,
        "validate",
        "findings.sarif",
        "--rule-kind",
        "Sarif;Gh;Ghas",
        "--output",
        "validated.sarif",
        "--level",
        "Error",
    ]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (tmp_path / "validated.sarif").exists(), done.stdout + done.stderr
    assert not re.findall(r"^.*: error .*$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", ["sarif", "sarif-full"])
@pytest.mark.parametrize(
    "report",
    [REPORT, redacted(REPORT), hostile(), with_findings(WAIVED, COUNTED)],
    ids=["sample", "redacted", "hostile", "waived"],
)
def test_sarif_keeps_to_its_schema(name: str, report: Report) -> None:
    found = run(name, report)
    identities = [result["partialFingerprints"]["primaryLocationLineHash"] for result in found["results"]]
    assert len(set(identities)) == len(identities)


def test_two_documents_with_the_same_finding_have_two_alerts() -> None:
    other = attrs.evolve(CHECKED, source=attrs.evolve(CHECKED.source, path="other.md"))
    identities = [
        result["partialFingerprints"]["primaryLocationLineHash"]
        for result in run("sarif", attrs.evolve(REPORT, documents=(CHECKED, other)))["results"]
    ]
    assert len(set(identities)) == len(identities) == 6


def test_code_scanning_takes_five_thousand_findings_and_is_told_of_the_rest() -> None:
    more = many(5200)
    assert len(gzip.compress(render("sarif", more).encode(), mtime=0)) < 10_000_000
    found = run("sarif", more)
    assert len(found["results"]) == 5000
    assert [result["level"] for result in found["results"]].count("error") == len(range(0, 5200, 3))
    assert "200 findings" in found["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    assert len(run("sarif-full", more)["results"]) == 5200


def test_what_is_waived_is_suppressed_in_the_full_variant_and_absent_in_the_other() -> None:
    report = with_findings(sample.AGREES, WAIVED, COUNTED)
    assert run("sarif", report)["results"] == []
    first, second = run("sarif-full", report)["results"]
    assert (
        first["suppressions"][0]["status"] == "accepted"
        and "J. Doe, until 2030-01-01" in first["suppressions"][0]["justification"]
    )
    assert "baseline" in second["suppressions"][0]["justification"]


def test_a_gone_waiver_stands_in_every_format_of_a_gate() -> None:
    report = with_findings(
        sample.AGREES,
        problems=(Problem("G106", "warning", "the waiver of x in y waives nothing", "tieout-waivers.toml"),),
    )
    for name in ("sarif", "junit", "github", "gitlab", "markdown", "json"):
        assert "waives nothing" in render(name, report), name
    assert "G106" in json.dumps(run("sarif", report)["invocations"])


# ---- GitHub and GitLab -----------------------------------------------------------------------------------------------


def test_github_shows_ten_of_a_kind_and_the_log_has_the_rest() -> None:
    lines = render("github", many(60)).splitlines()
    for kind in ("error", "notice"):
        assert sum(line.startswith(f"::{kind} ") for line in lines) == 10
    assert sum("gross-profit" in line or "Gross profit" in line for line in lines) == 60
    assert "11 more, in the log of this step" in next(line for line in lines if "title=tieout" in line)


def test_no_plain_line_is_taken_for_a_command() -> None:
    findings = (
        attrs.evolve(one, check=attrs.evolve(one.check, relation="\r\n::error::x"))
        for one in many(60).documents[0].findings
    )
    document = attrs.evolve(CHECKED, findings=tuple(findings))
    for line in render("github", attrs.evolve(REPORT, documents=(document,))).splitlines():
        assert re.match(r"::(error|warning|notice) (file|title)=", line) or not line.startswith("::")


def test_gitlab_compares_paths_without_a_dot() -> None:
    source = attrs.evolve(CHECKED.source, path="./drafts/q1.md")
    issues = json.loads(render("gitlab", attrs.evolve(REPORT, documents=(attrs.evolve(CHECKED, source=source),))))
    assert {issue["location"]["path"] for issue in issues} == {"drafts/q1.md"}


def test_a_comment_on_a_pull_request_is_never_too_long() -> None:
    rendered = render(
        "markdown", with_findings(*(attrs.evolve(sample.VIOLATION, id=str(number)) for number in range(2000)))
    )
    assert len(rendered) < 65_536
    assert "more are left out here" in rendered


# ---- JUnit: what the schema of Jenkins allows, and the attribute `file`, which GitLab reads --------------------------

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "property": set(),
    "testcase": {"failure", "error", "skipped"},
    "failure": set(),
    "error": set(),
    "skipped": set(),
}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "file"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
}
PROBLEM = Problem("G105", "warning", "the waiver of x expired", "tieout-waivers.toml")


@pytest.mark.parametrize(
    "report",
    [REPORT, redacted(REPORT), hostile(), with_findings(WAIVED, COUNTED, problems=(PROBLEM,))],
    ids=["sample", "redacted", "hostile", "waived"],
)
def test_junit_has_the_elements_that_build_servers_know(report: Report) -> None:
    root = ElementTree.fromstring(render("junit", report).encode("utf-8"))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN[element.tag]
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert element.tag not in ("testcase", "testsuite") or element.get("name")


def test_junit_says_why_a_waived_finding_is_skipped() -> None:
    root = ElementTree.fromstring(render("junit", with_findings(WAIVED)).encode("utf-8"))
    skipped = next(root.iter("skipped"))
    assert (skipped.get("message") or "").startswith("waived until 2030-01-01: 498,945 is right")


# ---- redaction -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_redaction_holds_for_waived_findings_too(name: str) -> None:
    report = redacted(with_findings(WAIVED, COUNTED, attrs.evolve(sample.VIOLATION, difference=Fraction(9000))))
    rendered = FORMATS[name].render(report)
    assert isinstance(rendered, str)
    for secret in ("498,945", "498945", "9,000", "9000", "Cost of revenues\t"):
        assert secret not in rendered
