"""Two documents side by side: drafts, a release and the filing of the same period, or a release and the next one.
Decides nothing about a publication."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from checker.compare.causes import causes
from checker.compare.renamed import joined, renamed
from checker.compare.sentences import told
from checker.compare.spots import aligned
from checker.compare.ties import by, changes, comparatives, ties
from checker.compare.values import KINDS, Cause, Change, Comparison, Kind, Renamed, Tie
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.statement import PRIMARY
from checker.report.terminal import visible
from checker.report.words import shown

__all__ = ["KINDS", "Cause", "Change", "Comparison", "Kind", "Renamed", "Tie", "apart", "compare", "kind_of"]

_APART = 45
"""Days between the ends of the periods from which on the second is the next release."""
_ENOUGH = 20
"""Amounts of statements that tell alone whether a filing is that of a release."""
_COMMON = Fraction(7, 10)
"""The part of the figures' words that two drafts share at least."""


def compare(old: Checked, new: Checked, kind: Kind) -> Comparison:
    """What the second document makes of the first."""
    appeared, fixed, still = _findings(old, new, _across_periods if kind == "next" else _in_period)
    if kind != "drafts":
        found = tuple(comparatives(old, new) if kind == "next" else ties(old, new))
        met = sum(tie.agreement != "not found" for tie in found), len(found)
        return Comparison(
            kind,
            old,
            new,
            found,
            causes(changes(found), new.findings),
            appeared=appeared,
            fixed=fixed,
            still=still,
            met=met,
            sentences=tuple(told(old, new, found)) if kind == "filing" else (),
        )
    pairs = list(aligned(old, new))
    again = renamed(old, new, pairs)
    pairs = list(joined(pairs, again))
    changed = [Change(one, two, by(one, two)) for one, two in pairs if one and two and one.value != two.value]
    added = tuple(two for one, two in pairs if one is None and two is not None)
    removed = tuple(one for one, two in pairs if two is None and one is not None)
    grouped = causes(sorted(changed, key=lambda change: change.new.place.span), new.findings)
    published = [one for one, _ in pairs if one is not None and one.origin == "table"]
    met = sum(one is not None and two is not None and one.origin == "table" for one, two in pairs), len(published)
    return Comparison(
        kind,
        old,
        new,
        causes=grouped,
        added=added,
        removed=removed,
        appeared=appeared,
        fixed=fixed,
        still=still,
        met=met,
        renamed=again,
    )


def kind_of(old: Checked, new: Checked) -> Kind:
    """What the two are to each other, as far as their periods and their words tell."""
    before, after = _ends(old), _ends(new)
    if before and after and (after - before).days > _APART:
        return "next"
    pairs = [(one, two) for one, two in aligned(old, new) if (one or two).origin == "table"]  # type: ignore[union-attr]
    common = sum(one is not None and two is not None for one, two in pairs)
    return "drafts" if pairs and common >= _COMMON * len(pairs) else "filing"


def apart(comparison: Comparison, least: int) -> str:
    """Why two documents have too little in common for a comparison to mean anything; empty where they have enough."""
    met, looked_for, what = _telling(comparison)
    if met and 100 * met >= least * looked_for:
        return ""
    if not looked_for:
        return f"{visible(comparison.new.source.path)} prints no period of {visible(comparison.old.source.path)}"
    return (
        f"only {met} of {looked_for} {what} {visible(comparison.old.source.path)} were met in "
        f"{visible(comparison.new.source.path)}"
    )


def _telling(comparison: Comparison) -> tuple[int, int, str]:
    """How many were met of those that tell whether these are the right documents, and what they are: of a release and
    its filing the amounts of the statements, which both print. A release has much else that a filing never shows."""
    stated = [one for one in comparison.ties if one.old.statement in PRIMARY and not one.old.unit.is_relative]
    if comparison.kind == "filing" and len(stated) >= _ENOUGH:
        return sum(one.agreement != "not found" for one in stated), len(stated), "amounts of the statements of"
    return *comparison.met, "figures of"


def _ends(checked: Checked) -> dt.date | None:
    """The last day of the period a document reports on: the latest on which a good part of its figures ends."""
    ends = Counter(
        figure.period.end
        for figure in checked.figures
        if figure.origin == "table" and figure.period and figure.period.end
    )
    telling = [end for end, count in ends.items() if 8 * count >= sum(ends.values())]
    return max(telling, default=None)


# ---- findings --------------------------------------------------------------------------------------------------------


def _in_period(finding: Finding) -> str:
    return finding.id


def _across_periods(finding: Finding) -> str:
    return f"{finding.check.rule}\n{finding.check.relation}"


def _findings(
    old: Checked, new: Checked, name: Callable[[Finding], str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are new, fixed and still there."""
    before, after = list(shown(old)), list(shown(new))
    had, has = {name(one) for one in before}, {name(one) for one in after}
    appeared = tuple(one for one in after if name(one) not in had)
    return (
        appeared,
        tuple(one for one in before if name(one) not in has),
        tuple(one for one in after if name(one) in had),
    )
