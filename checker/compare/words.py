"""What a comparison says in words, the same in a terminal and on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from checker.compare.values import Agreement, Change, Comparison, Kind, Renamed
from checker.report.amounts import grouped
from checker.report.terminal import visible

WORDS: Mapping[Kind, str] = {
    "drafts": "two drafts",
    "filing": "a release and a filing of the same period",
    "next": "a release and the next one",
}
AGREEMENTS: tuple[tuple[Agreement, str], ...] = (
    ("agrees", "agreed"),
    ("rounding", "rounded"),
    ("differs", "differing"),
)
_MEASURED: Mapping[Kind, tuple[str, str]] = {
    "filing": ("published figure", "not found"),
    "next": ("published figure of a period that both print", "not printed again"),
}
_NOTHING: Mapping[Kind, str] = {
    "filing": "no published figure stands in a table",
    "next": "the second prints no period of the first: there are no comparatives to compare",
}


def headline(comparison: Comparison) -> str:
    """How much changed, or how many of the published figures came out how."""
    if comparison.kind == "drafts":
        changed = sum(len(cause.roots) + len(cause.moved) for cause in comparison.causes)
        causes = f", from {counted(len(comparison.causes), 'cause')}" if changed else ""
        return f"{counted(changed, 'figure')} changed{causes}"
    counts = Counter(tie.agreement for tie in comparison.ties)
    if not counts:
        return _NOTHING[comparison.kind]
    what, missing = _MEASURED[comparison.kind]
    said = ", ".join(f"{counts[word]} {said}" for word, said in (*AGREEMENTS, ("not found", missing)))
    return f"{counted(sum(counts.values()), what)}: {said}"


def told(comparison: Comparison) -> str:
    """How many amounts of sentences came out how; empty where none was looked for."""
    if not comparison.sentences:
        return ""
    counts = Counter(tie.agreement for tie in comparison.sentences)
    said = ", ".join(f"{counts[word]} {said}" for word, said in (*AGREEMENTS, ("not found", "not found")))
    return f"{counted(len(comparison.sentences), 'amount')} of sentences: {said}"


def not_compared(comparison: Comparison) -> str:
    """Why the comparison means nothing; empty where it does, or nobody was asked."""
    outcome = comparison.outcome
    return f"not compared: {visible('; '.join(outcome.reasons))}" if outcome is not None and outcome.unchecked else ""


def findings(comparison: Comparison) -> str:
    """How many findings are new, still there and gone; notes are counted apart."""
    groups = (("new", comparison.appeared), ("still", comparison.still), ("fixed", comparison.fixed))
    said = ", ".join(f"{sum(one.severity != 'note' for one in found)} {word}" for word, found in groups)
    notes = sum(one.severity == "note" for _, found in groups for one in found)
    return f"findings: {said}" + (f"; {counted(notes, 'note')}" if notes else "")


def amount_of_change(change: Change) -> str:
    """By how much an amount changed, in the scale that both are printed in; empty of what is no amount."""
    if change.old.value is None or change.new.value is None or not change.by:
        return ""
    scale = Fraction(change.new.scale) if change.old.scale == change.new.scale else Fraction(1)
    return f"({'+' if change.by > 0 else '-'}{grouped(abs(change.by) / scale)})"


def line_name(line: Renamed) -> tuple[str, str]:
    """What a line was called and is called now, with the headings above where these alone have changed."""
    was, now = line.was, line.now
    old, new = visible(was.caption), visible(now.caption)
    if old == new:
        old, new = (" / ".join(visible(one) for one in (*figure.under, figure.caption)) for figure in (was, now))
    return old or "(no caption)", new or "(no caption)"


def counted(count: int, word: str) -> str:
    """So many of something, whose first words are a noun: `3 figures of a period`."""
    head, space, rest = word.partition(" of ")
    return f"{count} {head}{'' if count == 1 else 's'}{space}{rest}"
