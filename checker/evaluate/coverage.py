"""Which printed figures a decided equation rests on, and from what change on an error in them would be noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.core.figure import Figure, Status
from checker.core.finding import Finding
from checker.core.report import Coverage, Summary
from checker.evaluate.noticed import noticed_from

_RANK: Mapping[Status, int] = {"untested": 0, "agreed": 1, "rounding": 2, "violated": 3}
_STATUS: Mapping[str, Status] = {"agrees": "agreed", "rounding": "rounding", "violation": "violated"}


def cover(figures: Sequence[Figure], findings: Sequence[Finding]) -> Mapping[str, Coverage]:
    """What the findings say of each figure, by its id; every figure has an entry."""
    status: dict[str, Status] = {}
    noticed: dict[str, Fraction] = {}
    ticks: dict[str, list[str]] = {}
    held: set[str] = set()
    for finding in _decided(findings):
        for key in _tested(finding):
            now = _STATUS[finding.verdict]
            if _RANK[now] > _RANK[status.get(key, "untested")]:
                status[key] = now
            ticks.setdefault(key, []).extend(finding.check.ticks)
            if not _is_tied_by_its_amount(finding):
                held.add(key)
        for key, change in noticed_from(finding).items():
            if key not in noticed or change < noticed[key]:
                noticed[key] = change
    return {
        figure.id: Coverage(
            status.get(figure.id, "untested"),
            noticed.get(figure.id),
            tuple(dict.fromkeys(ticks.get(figure.id, ()))),
            figure.id in status and figure.id not in held,
        )
        for figure in figures
    }


def summarise(figures: Sequence[Figure], coverage: Mapping[str, Coverage], findings: Sequence[Finding]) -> Summary:
    """The counts over one document: table figures other than zero, and findings that are not waived."""
    counted = [(figure, coverage[figure.id]) for figure in figures if figure.counts]
    by_status = Counter(said.status for _, said in counted)
    standing = [finding for finding in findings if finding.waived is None]
    by_verdict = Counter(
        finding.verdict for finding in standing if finding.verdict != "violation" or finding.severity != "note"
    )
    return Summary(
        figures=len(counted),
        agreed=by_status["agreed"],
        rounding=by_status["rounding"],
        violated=by_status["violated"],
        untested=by_status["untested"],
        loosely_tested=sum(said.is_loose(figure) for figure, said in counted),
        agrees=by_verdict["agrees"],
        roundings=by_verdict["rounding"],
        violations=by_verdict["violation"],
        notes=sum(finding.verdict != "not applicable" and finding.severity == "note" for finding in standing),
        not_applicable=by_verdict["not applicable"],
    )


def _decided(findings: Sequence[Finding]) -> list[Finding]:
    """Equations that were decided and count: no notes, nothing that was inferred from this very column alone, no sum
    that passes over a line of its block."""
    equations = [
        f for f in findings if f.check.comparison == "=" and f.verdict != "not applicable" and not _is_weightless(f)
    ]
    held = Counter(_relation(finding) for finding in equations if finding.verdict != "violation")
    return [
        f
        for f in equations
        if f.verdict == "violation"
        or f.check.basis == "written"
        or f.check.unlicensed is None
        or held[_relation(f)] > 1
    ]


def _is_tied_by_its_amount(finding: Finding) -> bool:
    """Whether what was inferred ties a table figure to another only because both print one amount (a sentence, a second
    printing): a wrong one may come untied in silence."""
    check = finding.check
    return check.basis == "inferred" and (
        len(check.figures) == 2 or any(figure.origin == "prose" for figure in check.figures)
    )


def _is_weightless(finding: Finding) -> bool:
    """Whether it proves nothing: a violation that is only a note, a sum that holds without a line that belongs to it,
    what only tags say."""
    if finding.check.is_of_tags:
        return True
    return finding.severity == "note" if finding.verdict == "violation" else bool(finding.check.passed_over)


def _relation(finding: Finding) -> tuple[str, str]:
    return finding.check.rule, finding.check.relation


def _tested(finding: Finding) -> list[str]:
    """The figures with a say in the finding."""
    return [share.figure for share in finding.shares if share.coefficient != 0]
