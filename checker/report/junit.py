"""JUnit XML for build servers: one suite a document, one case a relation in one period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Report
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import sentence, title


def render(report: Report, style: Style) -> str:
    """The report as a set of test suites."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="tieout">']
    for checked in report.documents:
        lines += _suite(checked)
    if report.problems:
        lines += _run(report.problems)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(checked: Checked) -> Iterator[str]:
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    counts = {
        "tests": len(checked.findings) + len(errors),
        "failures": sum(_fails(finding) for finding in checked.findings),
        "errors": len(errors),
        "skipped": sum(_skipped(finding) for finding in checked.findings),
    }
    path = _attribute(checked.source.path)
    yield f"  <testsuite name={path} " + " ".join(f'{name}="{count}"' for name, count in counts.items()) + ">"
    for finding in checked.findings:
        yield from _case(finding, checked, path)
    for problem in errors:
        yield from _error(problem, path)
    yield "  </testsuite>"


def _run(problems: Sequence[Problem]) -> Iterator[str]:
    """What is wrong with waivers and the baseline, as a suite of its own."""
    failing = [problem for problem in problems if problem.severity != "note"]
    yield f'  <testsuite name="tieout" tests="{len(failing)}" failures="{len(failing)}" errors="0" skipped="0">'
    for problem in failing:
        yield f"    <testcase classname={_attribute(problem.code)} name={_attribute(problem.message)} file={_attribute(problem.path or 'tieout.toml')}>"
        yield f"      <failure type={_attribute(problem.code)} message={_attribute(problem.message)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _fails(finding: Finding) -> bool:
    return finding.severity in ("error", "warning") and finding.waived is None


def _skipped(finding: Finding) -> bool:
    return not _fails(finding) and (finding.verdict == "not applicable" or finding.waived is not None)


def _case(finding: Finding, checked: Checked, path: str) -> Iterator[str]:
    opening = f"    <testcase classname={_attribute(finding.check.rule)} name={_attribute(title(finding))} file={path}"
    message = _attribute(_accepted(finding) + sentence(finding, checked))
    if _fails(finding):
        yield opening + ">"
        yield f"      <failure type={_attribute(finding.verdict)} message={message}/>"
        yield "    </testcase>"
    elif _skipped(finding):
        yield opening + ">"
        yield f"      <skipped message={message}/>"
        yield "    </testcase>"
    else:
        yield opening + "/>"


def _accepted(finding: Finding) -> str:
    """Why a finding that would fail is skipped."""
    if finding.waived is None:
        return ""
    return f"{finding.waived.reason}; " if finding.waived.source == "baseline" else f"waived until {finding.waived.expires}: {finding.waived.reason}; "


def _error(problem: Problem, path: str) -> Iterator[str]:
    yield f"    <testcase classname={_attribute(problem.code)} name={_attribute('the document can be read')} file={path}>"
    yield f"      <error type={_attribute(problem.code)} message={_attribute(problem.message)}/>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    """The text in quotes, without characters that XML knows no way to write."""
    return quoteattr("".join(one if one not in "\ufffe\uffff" else "?" for one in visible(text)))
