"""JUnit XML for build servers: one suite a document, one case a relation in one period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from checker.core.finding import Finding
from checker.core.problem import Problem
from checker.core.report import Checked, Outcome, Report
from checker.report.style import Style
from checker.report.terminal import visible
from checker.report.words import accounts, located, packs, title, weakening


def render(report: Report, style: Style) -> str:
    """The report as a set of test suites."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="tieout">']
    for checked in report.documents:
        lines += _suite(checked, [("rules", said) for said in packs(report)])
    if report.problems:
        lines += _run(report.problems, report.outcome)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(checked: Checked, properties: list[tuple[str, str]]) -> Iterator[str]:
    """One document; `properties` are those of the run."""
    cases = [finding for finding in checked.findings if _told(finding)]
    errors = [
        (problem.code, "the document can be read", problem.message)
        for problem in checked.problems
        if problem.severity == "error"
    ]
    outcome = checked.outcome
    if outcome is not None and outcome.unchecked:
        errors.append(("tieout/not-checked", "enough of the document was checked", "; ".join(outcome.reasons)))
    counts = {
        "tests": len(cases) + len(errors),
        "failures": sum(finding.blocks for finding in cases),
        "errors": len(errors),
        "skipped": sum(_skipped(finding) for finding in cases),
    }
    path = _attribute(checked.source.path)
    yield f"  <testsuite name={path} " + " ".join(f'{name}="{count}"' for name, count in counts.items()) + ">"
    properties = [*properties, *([("weakened", said)] if (said := weakening(outcome)) else [])]
    properties += [(f"house rule {rule}", account) for rule, account in accounts(checked)]
    if properties:
        listed = "".join(f"<property name={_attribute(name)} value={_attribute(text)}/>" for name, text in properties)
        yield f"    <properties>{listed}</properties>"
    for finding in cases:
        yield from _case(finding, checked, path)
    for code, case, message in errors:
        yield f"    <testcase classname={_attribute(code)} name={_attribute(case)} file={path}>"
        yield f"      <error type={_attribute(code)} message={_attribute(message)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _run(problems: Sequence[Problem], outcome: Outcome | None) -> Iterator[str]:
    """What belongs to no document, as a suite of its own: folders, waivers, the baseline. The outcome says what of it
    counts."""
    reasons = outcome.reasons if outcome is not None else ()
    failing = [any(problem.message in reason for reason in reasons) for problem in problems]
    yield (
        f'  <testsuite name="tieout" tests="{len(problems)}" failures="{sum(failing)}" errors="0"'
        f' skipped="{len(problems) - sum(failing)}">'
    )
    for problem, fails in zip(problems, failing, strict=True):
        yield (
            f"    <testcase classname={_attribute(problem.code)} name={_attribute(problem.message)} "
            f"file={_attribute(problem.path or 'tieout.toml')}>"
        )
        yield (
            f"      <{'failure' if fails else 'skipped'} "
            f"{f'type={_attribute(problem.code)} ' if fails else ''}message={_attribute(problem.message)}/>"
        )
        yield "    </testcase>"
    yield "  </testsuite>"


def _told(finding: Finding) -> bool:
    """Whether it is a case: what was judged, and what should have been; the many rules that simply do not apply would
    drown the rest."""
    return finding.verdict != "not applicable" or finding.severity is not None or finding.waived is not None


def _skipped(finding: Finding) -> bool:
    return not finding.blocks and (finding.verdict == "not applicable" or finding.waived is not None)


def _case(finding: Finding, checked: Checked, path: str) -> Iterator[str]:
    opening = f"    <testcase classname={_attribute(finding.check.rule)} name={_attribute(title(finding))} file={path}"
    message = _attribute(_accepted(finding) + located(finding, checked))
    if finding.blocks:
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
    return (
        f"{finding.waived.reason}; "
        if finding.waived.source == "baseline"
        else f"waived until {finding.waived.expires}: {finding.waived.reason}; "
    )


def _attribute(text: str) -> str:
    """The text in quotes, without characters that XML knows no way to write."""
    return quoteattr("".join(one if one not in "\ufffe\uffff" else "?" for one in visible(text)))
