"""How likely it is that a broken sum is an error of its document, and not our misreading: the same evidence that
decides whether it may speak, weighed, as a probability.

The weights are fitted by `benchmarks/judge` on published documents, whose broken sums are taken to be misread, and on
slips made in them, at the rate at which published documents were found wrong; it prints how often what is called so
likely is one, for companies that the weights were not fitted on (docs/decisions/0107).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from checker.core.value import frozen
from checker.judge.sums import Broken, silencing
from checker.judge.table import FOOTING, FOOTING_ROUNDED, LIKELIHOOD, REPAIRED


@frozen
class Sign:
    """One sign of what is seen, as a small number: how much of it there is."""

    name: str
    amount: Callable[[Broken], int]


_SAID = (None, "misread", "absent", "copied", "apart")
"""Objections that are signs of their own, and none."""

SIGNS = (
    Sign("always", lambda seen: 1),
    Sign("slip explains it", lambda seen: seen.keyed >= REPAIRED),
    Sign("bits of that slip", lambda seen: min(max(seen.keyed, 0), 12)),
    Sign("other cases", lambda seen: min(seen.held, 4)),
    Sign("rest of column foots", lambda seen: (seen.footing >= FOOTING) + (seen.footing >= FOOTING_ROUNDED)),
    Sign("more than a few units", lambda seen: seen.plain),
    Sign("sums forced", lambda seen: (seen.forced is True) - (seen.forced is False)),
    Sign("same miss elsewhere", lambda seen: seen.echoed),
    Sign("looks misread", lambda seen: seen.misread),
    Sign("blank addend", lambda seen: seen.absent),
    Sign("without its case", lambda seen: seen.apart),
    Sign("copied", lambda seen: seen.copied),
    Sign("average", lambda seen: seen.average),
    Sign("another objection", lambda seen: silencing(seen) not in _SAID),
)
"""What is weighed; what each is worth stands in the table by its name."""


def tenths(seen: Broken) -> int:
    """Its weight for an error over even odds, in tenths of a bit."""
    return sum(LIKELIHOOD[sign.name] * sign.amount(seen) for sign in SIGNS)


def likelihood(seen: Broken) -> Fraction:
    """The probability that it is an error, in hundredths, never certain."""
    odds = 2 ** (tenths(seen) / 10)
    return Fraction(min(max(round(100 * odds / (1 + odds)), 1), 99), 100)
