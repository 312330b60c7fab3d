"""A comparison as a person reads it in a terminal: what differs first, then the findings, then the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from checker.compare.values import Cause, Change, Comparison, Renamed, Tie
from checker.compare.words import WORDS, amount_of_change, counted, headline, line_name, not_compared, told
from checker.compare.words import findings as counts_of_findings
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.report.places import where
from checker.report.style import Style
from checker.report.terminal import Colour, columns, painted, visible
from checker.report.text import standing, unread

_COLOURS: Mapping[str, Colour] = {"new": "red", "still": "yellow", "fixed": "green"}


def render(comparison: Comparison, style: Style) -> str:
    """The comparison as text; `verbose` also lists figures that were not found, added or removed."""
    old, new = visible(comparison.old.source.path), visible(comparison.new.source.path)
    named = [f"{old} -> {new}"] if columns(old) + columns(new) + 4 <= style.width else [old, f"-> {new}"]
    lines = [*(painted(line, "bold", style) for line in named), WORDS[comparison.kind]]
    lines += [*_wrapped([said] if (said := not_compared(comparison)) else [], style), ""]
    lines += _wrapped(_drafts(comparison, style) if comparison.kind == "drafts" else _ties(comparison, style), style)
    lines += _wrapped(_unread(comparison), style)
    lines += ["", *_wrapped(_findings(comparison, style), style)]
    return "\n".join(_coloured(line, style) for line in lines) + "\n"


def _coloured(line: str, style: Style) -> str:
    """The line of a finding with its first word in the colour of what became of it."""
    word, colon, rest = line.partition(": ")
    return painted(word, _COLOURS[word], style) + colon + rest if colon and word in _COLOURS else line


def _wrapped(lines: Iterable[str], style: Style) -> Iterator[str]:
    """The lines no wider than a terminal; what goes on is set in further."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        yield from wrap(
            line,
            max(style.width, 40),
            subsequent_indent=indent + "    ",
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


# ---- drafts ----------------------------------------------------------------------------------------------------------


def _drafts(comparison: Comparison, style: Style) -> Iterator[str]:
    yield headline(comparison)
    for cause in comparison.causes:
        yield from _cause(cause)
    for line in comparison.renamed:
        yield f"  renamed {_renamed(line)}"
    for word, figures in (("added", comparison.added), ("removed", comparison.removed)):
        if figures:
            yield f"{counted(len(figures), 'figure')} {word}"
        if style.verbose:
            yield from (f"  {_named(figure)} {visible(figure.text)}, {where(figure.place)}" for figure in figures)


def _renamed(line: Renamed) -> str:
    """A line with what it was called and is called now; the headings where these alone have changed."""
    if not line.was.text and not line.was.caption:  # redacted
        return f"{where(line.was.place)} -> {where(line.now.place)}"
    old, new = line_name(line)
    return f"{old} -> {new}, {where(line.now.place)}"


def _cause(cause: Cause) -> Iterator[str]:
    yield from (f"  {_change(root)}" for root in cause.roots)
    yield from (f"    moved {_change(moved)}" for moved in cause.moved)


def _change(change: Change) -> str:
    if not change.new.text and not change.old.text:  # redacted
        return f"{where(change.old.place)} -> {where(change.new.place)}"
    by = f" {said}" if (said := amount_of_change(change)) else ""
    return (
        f"{_named(change.new)}: {visible(change.old.text)} -> {visible(change.new.text)}{by}, {where(change.new.place)}"
    )


# ---- a filing, the next release --------------------------------------------------------------------------------------


def _ties(comparison: Comparison, style: Style) -> Iterator[str]:
    missing = any(tie.agreement == "not found" for tie in comparison.ties)
    yield headline(comparison) + (" (listed with --verbose)" if missing and not style.verbose else "")
    for cause in comparison.causes:
        yield from _cause(cause)
    yield from _sentences(comparison, style)
    if style.verbose:
        yield from (
            f"  {_tie(tie)}"
            for tie in comparison.ties
            if tie.agreement != "differs" and (tie.agreement != "agrees" or tie.note)
        )


def _sentences(comparison: Comparison, style: Style) -> Iterator[str]:
    """What the filing says of the amounts that sentences state, those first that differ."""
    if said := told(comparison):
        yield said
    yield from (f"  {_tie(tie)}" for tie in comparison.sentences if tie.agreement == "differs")
    if style.verbose:
        yield from (f"  {_tie(tie)}" for tie in comparison.sentences if tie.agreement != "differs")


def _tie(tie: Tie) -> str:
    printed = "" if tie.new is None else f" -> {visible(tie.new.text)}, {where(tie.new.place)}"
    note = f" ({tie.note})" if tie.note else ""
    return f"{tie.agreement}: {_named(tie.old)}: {visible(tie.old.text)}, {where(tie.old.place)}{printed}{note}"


def _unread(comparison: Comparison) -> Iterator[str]:
    """What neither document lets itself be compared by: cells in columns of figures that could not be read."""
    for which, checked in (("the first", comparison.old), ("the second", comparison.new)):
        if checked.unread:
            yield (
                f"not compared: {unread(checked.unread)} in {which}, the first at "
                f"{standing(checked.unread[0], checked)}"
            )


# ---- findings --------------------------------------------------------------------------------------------------------


def _findings(comparison: Comparison, style: Style) -> Iterator[str]:
    groups = (("new", comparison.appeared), ("still", comparison.still), ("fixed", comparison.fixed))
    for word, findings in groups:
        yield from (
            f"{word}: {_finding(finding)}" for finding in findings if finding.severity != "note" or style.verbose
        )
    yield counts_of_findings(comparison)


def _finding(finding: Finding) -> str:
    check = finding.check
    return visible(f"{finding.severity} {check.rule}: {check.in_words}" + (f", {check.period}" if check.period else ""))


def _named(figure: Figure) -> str:
    period = figure.period.text if figure.period else figure.head
    return visible(figure.caption or "(no caption)") + (f", {visible(period)}" if period else "")
