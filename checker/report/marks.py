"""Signs of statuses and tick marks with their meanings: what every paper that bears them has to explain."""

from __future__ import annotations

from collections.abc import Sequence

from checker.core.figure import Status
from checker.core.report import Checked

STATUSES: dict[Status, tuple[str, str]] = {
    "agreed": ("✓", "agreed: every relationship it stands in holds as printed"),
    "rounding": ("≈", "agreed within rounding: the printed amounts differ by no more than rounding explains"),
    "violated": ("✗", "violated: it stands in a relationship that no rounding explains"),
    "untested": ("○", "untested: no decided relationship rests on it"),
}
"""The sign of each status and what it means. Agreed figures bear the tick marks of their rules instead, where those
have any."""
TICKS = {"F": "footed", "CF": "cross-footed", "RF": "rolled forward", "A": "agreed to another place", "R": "recomputed"}
"""What the marks of the shipped rules stand for; those of other rules are explained by their titles."""
_MOST_TITLES = 3
"""Rules named at one figure; the others are counted."""


def tick_meanings(*documents: Checked) -> dict[str, str]:
    """Each tick mark of some documents with what its rules say, sorted."""
    titles: dict[str, list[str]] = {
        mark: [] for checked in documents for said in checked.coverage.values() for mark in said.ticks
    }
    for finding in (finding for checked in documents for finding in checked.findings):
        for mark in finding.check.ticks:
            title = finding.check.title or finding.check.rule
            if mark in titles and title not in titles[mark]:
                titles[mark].append(title)
    return {mark: _meaning(mark, titles[mark]) for mark in sorted(titles)}


def _meaning(mark: str, titles: Sequence[str]) -> str:
    if mark in TICKS:
        return f"{TICKS[mark]} ({len(titles)} {'rule' if len(titles) == 1 else 'rules'})"
    more = len(titles) - _MOST_TITLES
    return "; ".join([*titles[:_MOST_TITLES], *([f"and {more} more rules"] if more > 0 else [])])
