"""Written rules that speak of the text itself: `in text`. What it states becomes lines that names can mean, as if it
were a table.

Segments whose changes add up to the change of the whole, a margin weighted by revenues: no table need show any of it.
Which quantities belong together only a rule can say; nothing is inferred here.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.bind.claims.links import comparison_of
from checker.bind.claims.names import Key, key
from checker.bind.lookup import period_text
from checker.core.claim import Claim
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.release import Release
from checker.core.statement import Column, Line, Statement
from checker.core.unit import Unit
from checker.core.value import evolve

_MOVED = {1: "Increase in ", -1: "Decrease in ", 0: "Change in "}
Said = tuple[str, Key, Unit]
"""How a quantity is stated ("Increase in ", or nothing for an amount itself), the words that measure it, and its
unit."""


def stated(release: Release) -> Release:
    """The release as if its text were its only table: a line for each quantity under each of its wordings, a column for
    each period."""
    plain = [claim for claim in release.claims if _plain(claim)]
    periods = tuple(dict.fromkeys(claim.figure.period for claim in plain if claim.figure.period is not None))
    columns = tuple(Column(index, period_text(period), period) for index, period in enumerate(periods))
    found: dict[Said, list[Claim]] = {}
    for claim in plain:
        found.setdefault(_said(claim), []).append(claim)
    lines: list[Line] = []
    for (moved, _, _), claims in found.items():
        figures = tuple(_figure(claims, period) for period in periods)
        for caption in dict.fromkeys(claim.figure.caption for claim in claims):
            lines.append(Line(len(lines), f"{moved}{caption}", figures=figures))
    statement = Statement(0, None, "the text", columns, tuple(lines))
    return evolve(release, statements=(statement,) if lines else (), claims=(), sums=(), repeats=())


def _plain(claim: Claim) -> bool:
    """Whether it states an amount in a period without hedging it. A percentage of change is no line: it is growth, and
    computed."""
    figure = claim.figure
    dated = figure.period is not None and figure.period.end is not None
    amount = figure.value is not None and claim.role != "relative change"
    return dated and amount and bool(key(figure.caption)) and comparison_of(claim) == "=" and not claim.hedge


def _said(claim: Claim) -> Said:
    return _MOVED[claim.direction] if claim.role == "change" else "", key(claim.figure.caption), claim.figure.unit


def _figure(claims: Sequence[Claim], period: Period) -> Figure | None:
    """What the text states for a period, from the finest of its statements; None where they are not the same amount."""
    found = [claim.figure for claim in claims if claim.figure.period == period]
    if not found:
        return None
    best = min(found, key=lambda figure: figure.step)
    return evolve(best, additive=False) if all(_same(figure, best) for figure in found) else None


def _same(figure: Figure, best: Figure) -> bool:
    coarser = figure.step / 2 if figure.step > best.step else 0
    return figure.value is not None and best.value is not None and abs(figure.value - best.value) <= coarser
