"""When a broken relation may be called a violation, and when it is more likely that it was misread."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.algebra import form
from checker.algebra.bounds import MayBeZeroError, UndecidedError
from checker.algebra.implied import implied
from checker.algebra.interval import Interval
from checker.algebra.slips import best_slip, rescaled
from checker.core.expression import Expression, Variable
from checker.core.figure import Figure
from checker.core.value import evolve
from checker.judge.table import SLIP
from checker.judge.trial import broken
from checker.lexicon.captions import word


def why_not(others: Sequence[bool], left: Expression, right: Expression, figures: Sequence[Figure]) -> str | None:
    """Why a broken relation of a shipped rule stays a note; None where it may speak. `others` says of each other period
    whether it is broken there.

    It may speak where the same relation holds in another period and is broken in no second one, where one keying error
    explains the difference, or where the captions leave no doubt that it is meant: totals of one statement that double
    entry makes equal.
    """
    if any(others):
        return "it is broken in several periods: another make-up of the statement is likelier than several errors"
    if others or _keyed(left, right, figures) or of_totals(left, right, figures):
        return None
    return "no other period confirms the relation"


def of_totals(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool:
    """Whether all figures are totals by their captions, all but one at the most where there are several, and stand on
    one statement, each once."""
    said = form(left, right, "=").linear
    if said is None or said.constant or any(abs(coefficient) != 1 for coefficient in said.coefficients.values()):
        return False
    if any((one.statement, one.unit) != (figures[0].statement, figures[0].unit) for one in figures):
        return False
    totals = sum(word(figure.caption) == "total" for figure in figures)
    return totals == len(figures) or (totals >= 3 and totals == len(figures) - 1)


def rounded_before(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool:
    """Whether a quotient misses one printed figure by less than a unit of its last place, as one made from a rounded
    quotient does."""
    if not isinstance(left, Variable) or form(left, right, "=").linear is not None:
        return False
    return (
        broken(left, right, "=", [evolve(one, step=2 * one.step) if one.id == left.figure else one for one in figures])
        is False
    )


def slipped(
    sides: tuple[Expression, Expression], suspects: Sequence[Figure], others: Sequence[Figure] = (), least: int = SLIP
) -> bool:
    """Whether one slip of the fingers in a suspected figure makes two sides of any form equal, or a scale thousands of
    times too small or too large does.

    `least` are the bits that it must bring over chance.
    """
    box = {
        figure.id: Interval.rounded(Fraction(figure.value or 0), Fraction(figure.step))
        for figure in (*suspects, *others)
    }
    for figure in suspects:
        try:
            room = implied(sides, figure.id, box)
        except (MayBeZeroError, UndecidedError):
            continue
        if room is None:
            continue
        found = best_slip(Fraction(figure.value or 0), (room.low, room.high), figure.step)
        if (found is not None and found[1].bits >= least) or rescaled(
            Fraction(figure.value or 0), (room.low, room.high)
        ) is not None:
            return True
    return False


def _keyed(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool:
    """Whether changing one printed figure by a slip of the fingers repairs the relation."""
    said = form(left, right, "=").linear
    if said is None:
        return False
    values = {figure.id: Fraction(figure.value or 0) for figure in figures}
    weights = {figure.id: Fraction(said.coefficients.get(figure.id, 0)) for figure in figures}
    difference = said.constant + sum(weights[key] * values[key] for key in weights)
    rooms = {figure.id: abs(weights[figure.id]) * Fraction(figure.step) / 2 for figure in figures}
    for figure in figures:
        if not weights[figure.id]:
            continue
        needed = values[figure.id] - difference / weights[figure.id]
        room = (sum(rooms.values()) - rooms[figure.id]) / abs(weights[figure.id])
        found = best_slip(values[figure.id], (needed - room, needed + room), figure.step)
        if found is not None and found[1].bits >= SLIP:
            return True
    return False
