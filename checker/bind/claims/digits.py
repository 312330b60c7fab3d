"""What the digits and the words of a claim tell beside its figure: how much they carry, and whether a slip, another
scale, another direction or a cut explains the difference."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.algebra.exact import Exact, exact, magnitude, whole
from checker.algebra.slips import best_slip
from checker.bind.claims.links import Link, significant
from checker.bind.claims.names import key
from checker.core.unit import PERCENT
from checker.judge.table import CLAIM_RATES, CLAIM_SEVERAL, CLAIM_UNIT
from checker.lexicon import time
from checker.lexicon.abbreviations import in_full

_SCALES: tuple[Exact, ...] = tuple(whole(Fraction(10) ** power) for power in (-9, -6, -3, -2, 2, 3, 6, 9))
_MOVING = frozenset({"change", "increase", "decrease", "movement"})
SHARES = frozenset({"net", "income", "profit", "earning", "loss", "eps", "per", "share"})
"""Words of earnings per share."""
_OF_SHARES = frozenset({"common", "ordinary", "stockholder"})
_UNSIGNED = frozenset({"loss", "income", "profit", "gaap", "earning", "year", "period", "financial"})
"""Words in which a caption and a text may differ that mean one line: "Net income (loss)", "Profit for the year"."""


def of_a_change(one: Link) -> bool:
    """Whether what is said to change is itself a change: then the amount may as well be that of the line. So are the
    lines that a statement of cash flows gathers under "Changes in working capital"."""
    if one.claim.role not in ("change", "relative change"):
        return False
    if set(key(one.claim.figure.caption)) & _MOVING:
        return True
    headings = (heading for figure in one.figures if figure.statement == "cash flow" for heading in figure.under)
    return any(set(key(heading)) & _MOVING for heading in headings)


def of_another_thing(one: Link) -> bool:
    """Whether an amount goes on with what it is of, which is not what the claim was taken to measure: "a $124 million
    decrease in payments and $101 million of proceeds", "$34 million in expenses and $50 million in interest"."""
    said = one.claim.figure
    found = re.search(rf"{re.escape(said.text)}\s+of\s+(?:the\s+|our\s+|its\s+)?(\w+)", one.claim.sentence)
    if found is None:
        found = re.search(rf"\band\s+{re.escape(said.text)}\s+in\s+([a-z]{{4,}})", one.claim.sentence)
    return (
        found is not None
        and found[1] not in ("which", "this", "that")
        and not time.says_when((found[1],))
        and not set(key(found[1])) & set(key(said.caption))
    )


def own(one: Link) -> bool:
    """Whether the words of a claim are those of the caption itself, not another name of the same; of an amount per
    share its unit says the rest."""
    unsaid = _UNSIGNED | SHARES | _OF_SHARES if one.claim.figure.unit.is_per_share else _UNSIGNED
    return not (set(key(in_full(one.claim.figure.caption))) ^ set(key(one.target.name))) - unsaid


def shown(one: Link) -> bool:
    """Whether the table prints an amount finely enough to tell it from its double: what agrees with a zero proves
    nothing."""
    said = one.claim.figure
    alike = [figure for figure in one.figures if figure.unit == said.unit]
    if (
        said.unit == PERCENT
        and not alike
        and min((len(significant(figure)) for figure in one.figures), default=0) < min(telling(one), CLAIM_SEVERAL)
    ):
        return False
    fine = (figure.step <= said.step or 2 * Fraction(figure.step) <= abs(Fraction(said.value or 0)) for figure in alike)
    return one.claim.role not in ("level", "prior") or all(fine)


def telling(one: Link) -> int:
    """How many digits of a claim carry information."""
    return len(significant(one.claim.figure))


def slipped(one: Link) -> bool:
    """Whether a slip of the fingers explains the claim."""
    figure = one.claim.figure
    right = one.right
    if right is None or figure.value is None:
        return False
    step, amount = Fraction(figure.step), Fraction(figure.value)
    if right == -amount or (amount and abs(right + amount) <= step / 2):
        return True
    if out_of_scale(one):
        return True
    found = best_slip(figure.value, (right - step / 2, right + step / 2), figure.step)
    return found is not None


def cut_off(one: Link) -> bool:
    """Whether the claim is the amount with its last digits left out, or the table prints it so."""
    right = one.right
    amount, step = Fraction(one.claim.figure.value or 0), Fraction(one.claim.figure.step)
    if right is None or right * amount <= 0:
        return False
    printed = Fraction(one.figures[0].step) if len(one.figures) == 1 else step
    if printed > step and abs(right) <= abs(amount) < abs(right) + printed:
        return True
    return abs(amount) <= abs(right) < abs(amount) + step


def nearly(one: Link) -> bool:
    """Whether a claim of several digits misses its figure by less than one unit of its last place, as where the table
    beside it is wrong too; or the change of a rate, by no more than rates of one place are off: 23.0 % less 22.1 % is
    90 basis points, and of their amounts 96."""
    right = one.right
    if right is None:
        return False
    missed = abs(abs(right) - abs(Fraction(one.claim.figure.value or 0)))
    if one.claim.figure.in_points:
        return missed <= CLAIM_RATES
    return telling(one) >= CLAIM_SEVERAL and missed < Fraction(one.claim.figure.step)


def far(one: Link) -> bool:
    """Whether a claim misses its figure by more than what is called about right: several units of its last place, and
    a tenth of it."""
    amount, right = Fraction(one.claim.figure.value or 0), one.right
    if right is None:
        return False
    missed = abs(abs(right) - abs(amount))
    return missed > CLAIM_SEVERAL * Fraction(one.claim.figure.step) and 10 * missed > abs(right)


def foreign(one: Link) -> bool:
    """Whether a claim speaks of something else than its words say, by all that its digits tell."""
    return one.off and not nearly(one) and (telling(one) < CLAIM_SEVERAL or not slipped(one))


def of_another_kind(one: Link) -> bool:
    """Whether the line prints something else than a text that speaks of millions: cents of one share, among amounts in
    millions."""
    tiny = (
        bool(figure.value) and magnitude(exact(figure.value or 0)) * CLAIM_UNIT < exact(figure.scale)
        for figure in one.figures
    )
    return one.claim.figure.unit.is_money and all(tiny) and not out_of_scale(one)


def out_of_scale(one: Link) -> bool:
    """Whether the claim is right but for a power of ten."""
    if one.right is None or not one.claim.figure.value:
        return False
    amount, step, right = magnitude(exact(one.claim.figure.value)), exact(one.claim.figure.step), abs(one.right)
    return any(2 * abs(amount * factor - right) <= step * factor for factor in _SCALES)


def scale_untold(one: Link) -> bool:
    """Whether its figures stand in a table that states no scale."""
    return any(figure.is_unscaled for figure in one.figures)


def opposite(one: Link) -> bool:
    """Whether a change is right but for its direction."""
    right, figure = one.right, one.claim.figure
    return (
        right is not None
        and bool(figure.value)
        and abs(right + Fraction(figure.value or 0)) <= Fraction(figure.step) / 2
    )
