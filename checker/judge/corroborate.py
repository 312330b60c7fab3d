"""Two relations that break on one figure and ask for the same other amount license each other.

Each may be misread by itself; that two independent ones, each confirmed elsewhere, are misread in the same place by the
same amount is no accident. Where they leave it a wide room (two percentages of whole points), two digits of the figure
that changed places must bring it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from checker.algebra.bounds import MayBeZeroError, UndecidedError
from checker.algebra.implied import implied
from checker.algebra.interval import Interval
from checker.algebra.slips import best_slip
from checker.core.check import Check
from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.value import evolve, frozen
from checker.judge.table import IN_COMMON, TRANSPOSED
from checker.judge.trial import broken, exactly_broken


@frozen
class Demand:
    """What a broken relation asks of one of its figures: the amounts that would repair it."""

    number: int
    relation: str
    room: Interval
    again: bool = False
    """It is the same amount printed elsewhere."""


def corroborate(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks, broken ones that only lacked confirmation licensed where a second one asks the same of the same
    figure."""
    demands: dict[str, list[Demand]] = {}
    figures: dict[str, Figure] = {}
    for number, check in enumerate(checks):
        if _may_join(check):
            for figure in check.figures:
                room = _room(check, figure)
                if room is not None:
                    figures[figure.id] = figure
                    demands.setdefault(figure.id, []).append(
                        Demand(number, f"{check.rule} {check.relation}", room, _again(check))
                    )
    heard = {
        number for key, asked in demands.items() if len(asked) > 1 for number in _agreeing(asked, figures[key], checks)
    }
    return tuple(evolve(check, unlicensed=None) if number in heard else check for number, check in enumerate(checks))


def _may_join(check: Check) -> bool:
    """Whether it is a broken equation that holds elsewhere and lacks a licence."""
    if (
        check.unlicensed is None
        or check.comparison != "="
        or not (check.confirmed or _again(check))
        or check.left is None
        or check.right is None
    ):
        return False
    if check.tolerance.kind == "exact":
        return bool(exactly_broken(check.left, check.right, check.figures))
    return bool(broken(check.left, check.right, "=", check.figures))


def _room(check: Check, figure: Figure) -> Interval | None:
    if check.left is None or check.right is None or figure.value is None:
        return None
    try:
        return implied((check.left, check.right), figure.id, _box(check.figures))
    except (MayBeZeroError, UndecidedError):
        return None


def _box(figures: Sequence[Figure]) -> Mapping[str, Interval]:
    return {figure.id: Interval.rounded(figure.value or 0, figure.step) for figure in figures}


def _agreeing(asked: Sequence[Demand], figure: Figure, checks: Sequence[Check]) -> set[int]:
    """The demands that two different relations have in common, narrow beside their distance from what is printed, and
    that break nothing that holds."""
    heard: set[int] = set()
    for one, two in combinations(asked, 2):
        if one.relation == two.relation:
            continue
        low, high = max(one.room.low, two.room.low), min(one.room.high, two.room.high)
        if low > high:
            continue
        value = Fraction(figure.value or 0)
        width = max(one.room.high - one.room.low, two.room.high - two.room.low) + Fraction(figure.step)
        distance = min(abs(low - value), abs(high - value))
        told = distance >= width * 2**IN_COMMON or (distance > 0 and _transposed(figure, Interval(low, high)))
        told = told or (one.again != two.again and distance > 0 and _mistyped(figure, Interval(low, high)))
        if told and not _vetoed(figure, Interval(low, high), checks):
            heard |= {one.number, two.number}
    return heard


def _again(check: Check) -> bool:
    """Whether a check holds one printed amount against the same one elsewhere: what it asks of either is a number that
    stands on the page."""
    return check.basis == "inferred" and len(check.figures) == 2 and isinstance(check.left, Variable)


def _mistyped(figure: Figure, room: Interval) -> bool:
    """Whether one slip of the fingers brings a figure into the room that a second printing of it and another relation
    leave it."""
    return best_slip(Fraction(figure.value or 0), (room.low, room.high), figure.step) is not None


def _transposed(figure: Figure, room: Interval) -> bool:
    """Whether two neighbouring digits, exchanged, bring a figure into the room that two relations leave it, and chance
    seldom would."""
    step = Fraction(figure.step)
    if not step:
        return False
    value = Fraction(figure.value or 0)
    digits = str(int(abs(value) / step))
    swapped = {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)} - {digits}
    fitting = [one for one in swapped if room.low <= (int(one) * step if value > 0 else -int(one) * step) <= room.high]
    chance = len(swapped) * (room.high - room.low + step)
    return bool(fitting) and abs(value) >= chance * 2**TRANSPOSED


def _vetoed(figure: Figure, room: Interval, checks: Sequence[Check]) -> bool:
    """Whether a relation that holds as printed would be broken by every amount in the room."""
    for check in checks:
        if check.reason is not None or check.comparison != "=" or check.left is None or check.right is None:
            continue
        if (
            all(one.id != figure.id for one in check.figures)
            or broken(check.left, check.right, "=", check.figures) is not False
        ):
            continue
        theirs = _room(check, figure)
        if theirs is not None and (theirs.low > room.high or theirs.high < room.low):
            return True
    return False
