"""A comparison as a person reads it in a terminal: what differs first, then the findings, then the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checker.compare.values import Agreement, Cause, Change, Comparison, Kind, Tie
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.report.amounts import grouped
from checker.report.style import Style
from checker.report.terminal import Colour, painted, visible

_WORDS: Mapping[Kind, str] = {
    "drafts": "two drafts",
    "filing": "a release and a filing of the same period",
    "next": "a release and the next one",
}
_AGREEMENTS: tuple[tuple[Agreement, str], ...] = (("agrees", "agreed"), ("rounding", "rounded"), ("differs", "differing"), ("not found", "not found"))


def render(comparison: Comparison, style: Style) -> str:
    """The comparison as text; `verbose` also lists figures that were not found, added or removed."""
    old, new = visible(comparison.old.source.path), visible(comparison.new.source.path)
    lines = [painted(f"{old} -> {new}", "bold", style), _WORDS[comparison.kind], ""]
    lines += _drafts(comparison, style) if comparison.kind == "drafts" else _ties(comparison, style)
    lines += ["", *_findings(comparison, style)]
    return "\n".join(lines) + "\n"


# ---- drafts -------------------------------------------------------------------------------------------------------------


def _drafts(comparison: Comparison, style: Style) -> Iterator[str]:
    changed = sum(len(cause.roots) + len(cause.moved) for cause in comparison.causes)
    yield f"{_count(changed, 'figure')} changed" + (f", from {_count(len(comparison.causes), 'cause')}" if changed else "")
    for cause in comparison.causes:
        yield from _cause(cause)
    for word, figures in (("added", comparison.added), ("removed", comparison.removed)):
        if figures:
            yield f"{_count(len(figures), 'figure')} {word}"
        if style.verbose:
            yield from (f"  {_named(figure)} {visible(figure.text)}, line {figure.place.line}" for figure in figures)


def _cause(cause: Cause) -> Iterator[str]:
    yield from (f"  {_change(root)}" for root in cause.roots)
    yield from (f"    moved {_change(moved)}" for moved in cause.moved)


def _change(change: Change) -> str:
    if not change.new.text and not change.old.text:  # redacted
        return f"line {change.old.place.line} -> line {change.new.place.line}"
    by = f" ({'+' if change.by > 0 else '-'}{grouped(abs(change.by))})" if _is_amount(change) else ""
    return f"{_named(change.new)}: {visible(change.old.text)} -> {visible(change.new.text)}{by}, line {change.new.place.line}"


def _is_amount(change: Change) -> bool:
    return change.old.value is not None and change.new.value is not None and change.by != Fraction(0)


# ---- a filing, the next release -----------------------------------------------------------------------------------------


def _ties(comparison: Comparison, style: Style) -> Iterator[str]:
    counts = Counter(tie.agreement for tie in comparison.ties)
    what = "comparatives" if comparison.kind == "next" else "published figures"
    counted = ", ".join(f"{counts[word]} {said}" for word, said in _AGREEMENTS)
    yield f"{sum(counts.values())} {what}: {counted}"
    for cause in comparison.causes:
        yield from _cause(cause)
    if style.verbose:
        yield from (f"  {_tie(tie)}" for tie in comparison.ties if tie.agreement != "differs" and (tie.agreement != "agrees" or tie.note))


def _tie(tie: Tie) -> str:
    printed = "" if tie.new is None else f" -> {visible(tie.new.text)}, line {tie.new.place.line}"
    note = f" ({tie.note})" if tie.note else ""
    return f"{tie.agreement}: {_named(tie.old)}: {visible(tie.old.text)}, line {tie.old.place.line}{printed}{note}"


# ---- findings -----------------------------------------------------------------------------------------------------------


def _findings(comparison: Comparison, style: Style) -> Iterator[str]:
    groups: tuple[tuple[str, Sequence[Finding], Colour], ...] = (
        ("new", comparison.appeared, "red"),
        ("still", comparison.still, "yellow"),
        ("fixed", comparison.fixed, "green"),
    )
    for word, findings, colour in groups:
        for finding in findings:
            if finding.severity != "note" or style.verbose:
                yield f"{painted(word, colour, style)}: {_finding(finding)}"
    yield "findings: " + ", ".join(f"{sum(one.severity != 'note' for one in findings)} {word}" for word, findings, _ in groups) + _notes(groups)


def _notes(groups: Sequence[tuple[str, Sequence[Finding], Colour]]) -> str:
    count = sum(one.severity == "note" for _, findings, _ in groups for one in findings)
    return f"; {_count(count, 'note')}" if count else ""


def _finding(finding: Finding) -> str:
    check = finding.check
    return visible(f"{finding.severity} {check.rule}: {check.relation}" + (f", {check.period}" if check.period else ""))


def _named(figure: Figure) -> str:
    period = figure.period.text if figure.period else figure.head
    return visible(figure.caption or "(no caption)") + (f", {visible(period)}" if period else "")


def _count(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
