"""When a broken relation may be called a violation, and when it is more likely that it was misread."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.algebra import Verdict, form
from checker.algebra.slips import best_slip
from checker.core.expression import Expression
from checker.core.figure import Figure

BITS = 10
"""Evidence that a keying error must bring over a misread structure to be believed without any other column."""


def why_not(verdict: Verdict | None, others: Sequence[Verdict], left: Expression | None, right: Expression | None, figures: Sequence[Figure]) -> str | None:
    """Why a violation of a shipped rule stays a note; None where it may speak.

    It may where the same relation holds in another period and is broken in no second one, or where one keying error explains the difference.
    """
    if verdict != "violation":
        return None
    broken, held = others.count("violation"), len(others) - others.count("violation")
    if broken and broken >= held:
        return "it is broken in several periods: a different make-up of the statement is likelier than several errors"
    if held:
        return None
    if left is not None and right is not None and _keyed(left, right, figures):
        return None
    return "no other period confirms the relation"


def _keyed(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool:
    """Whether changing one printed figure by a slip of the fingers repairs the relation."""
    said = form(left, right, "=").linear
    if said is None:
        return False
    values = {figure.id: Fraction(figure.value or 0) for figure in figures}
    difference = said.constant + sum(coefficient * values[key] for key, coefficient in said.coefficients.items())
    for figure in figures:
        coefficient = said.coefficients.get(figure.id)
        if not coefficient:
            continue
        needed = values[figure.id] - Fraction(difference) / coefficient
        room = sum((abs(other) * Fraction(one.step) for one in figures if one is not figure and (other := said.coefficients.get(one.id, 0))), Fraction(0))
        room /= 2 * abs(coefficient)
        found = best_slip(values[figure.id], (needed - room, needed + room), figure.step)
        if found is not None and found[1].bits >= BITS:
            return True
    return False
