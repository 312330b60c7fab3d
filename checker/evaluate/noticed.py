"""From what change of a printed figure on an equation would no longer hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from checker.algebra import MayBeZeroError, UndecidedError
from checker.algebra.implied import all_implied
from checker.core.figure import Figure
from checker.core.finding import Finding
from checker.evaluate.judge import boxed


def noticed_from(finding: Finding) -> Mapping[str, Fraction]:
    """For each figure with a say in the finding: the smallest change of what is printed that would make it a violation.

    A printed figure moves in its own steps; an exact one moves freely, and then the answer is the largest change that
    stays unnoticed. Nothing for findings that are violations already, and nothing for figures for which no bound can be
    told.
    """
    if finding.verdict not in ("agrees", "rounding") or finding.difference is None or finding.allowance is None:
        return {}
    figures = {figure.id: figure for figure in finding.check.figures}
    linear = all(share.coefficient is not None for share in finding.shares)
    if not linear and finding.check.tolerance.kind == "rounding":
        return _by_solving(finding, figures)
    room = max(Fraction(0), finding.allowance - abs(finding.difference))
    told: dict[tuple[int, int, Decimal], Fraction] = {}  # most figures of a sum have the same coefficient and step
    found: dict[str, Fraction] = {}
    for share in finding.shares:
        if share.coefficient:
            times, step = share.coefficient.as_integer_ratio(), figures[share.figure].step
            if (*times, step) not in told:
                told[*times, step] = _next((room.numerator * times[1], room.denominator * abs(times[0])), step)
            found[share.figure] = told[*times, step]
    return found


def _next(unnoticed: tuple[int, int], step: Decimal) -> Fraction:
    """The first multiple of the step beyond what goes unnoticed, which is given as a quotient: a `Fraction` on the way
    would take as long as a verdict."""
    (above, below), (size, parts) = unnoticed, step.as_integer_ratio()
    return Fraction((above * parts // (below * size) + 1) * size, parts) if size else Fraction(above, below)


def _by_solving(finding: Finding, figures: Mapping[str, Figure]) -> dict[str, Fraction]:
    """For ratios: what the others imply for each figure says how far it may move."""
    left, right = finding.check.left, finding.check.right
    assert left is not None and right is not None
    box = {key: boxed(figure) for key, figure in figures.items()}
    try:
        rooms = all_implied((left, right), [share.figure for share in finding.shares], box)
    except (MayBeZeroError, UndecidedError):
        return {}
    found: dict[str, Fraction] = {}
    for key, room in rooms.items():
        free = Fraction(min(room.high - box[key].low, box[key].high - room.low))
        found[key] = _next(max(Fraction(0), free).as_integer_ratio(), figures[key].step)
    return found
