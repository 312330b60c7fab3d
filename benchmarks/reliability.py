"""How often what is called so likely is an error: the weights of `checker/judge/likelihood` fitted on one half of the
companies and asked of the other, for `benchmarks.judge --sums`.

A broken sum of a published document counts as misread; those of documents whose errors were confirmed (`known.csv`) are
left out. A slip counts for as much as there are errors in published documents: one document in `RATE` has one that a
sum can see.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from checker.judge.likelihood import SIGNS
from checker.judge.sums import Broken

RATE = 20
_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
_ROUNDS = 40
_HELD = 0.15
"""What keeps a weight of which the documents say little near nothing."""


Observed = tuple[str, Sequence[Broken]]
"""The broken sums of one document, or of one slip, and the company."""


@frozen
class Weighed:
    """One broken sum: whose document, what is seen of it, whether somebody made the slip, for how much it counts."""

    company: str
    seen: Broken
    error: bool
    weight: float = 1.0

    @property
    def signs(self) -> list[float]:
        """How much there is of each sign."""
        return [float(sign.amount(self.seen)) for sign in SIGNS]


def collected(published: Sequence[Observed], made: Sequence[Observed]) -> list[Weighed]:
    """Both kinds with what they count for, by company."""
    each = len(published) / RATE / max(len(made), 1)
    found = [Weighed(company, one, error=False) for company, broken in published for one in broken]
    return found + [Weighed(company, one, True, each / len(broken)) for company, broken in made for one in broken]


def fitted(data: Sequence[Weighed]) -> list[float]:
    """The weight of each sign, by Newton's steps of a logistic regression (Hastie and others 2009, section 4.4)."""
    width = len(SIGNS)
    rows = [(one.signs, float(one.error), one.weight) for one in data]
    weights = [0.0] * width
    for _ in range(_ROUNDS):
        slope = [_HELD * weight if at else 0.0 for at, weight in enumerate(weights)]
        bend = [[_HELD if at == other > 0 else 0.0 for other in range(width)] for at in range(width)]
        bend[0][0] = 1e-6
        for signs, error, much in rows:
            likely = chance(signs, weights)
            slope = [part + much * (likely - error) * sign for part, sign in zip(slope, signs, strict=True)]
            for at in (at for at, sign in enumerate(signs) if sign):
                push = much * likely * (1 - likely) * signs[at]
                bend[at] = [part + push * sign for part, sign in zip(bend[at], signs, strict=True)]
        weights = [weight - step for weight, step in zip(weights, solved(bend, slope), strict=True)]
    return weights


def chance(signs: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that weights give to signs."""
    odds = sum(sign * weight for sign, weight in zip(signs, weights, strict=True))
    return 1 / (1 + math.exp(-min(max(odds, -50.0), 50.0)))


def solved(matrix: Sequence[Sequence[float]], side: Sequence[float]) -> list[float]:
    """The solution of a small system of equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, side, strict=True)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda place: abs(rows[place][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(len(rows)):
            if other != at:
                times = rows[other][at]
                rows[other] = [value - times * own for value, own in zip(rows[other], rows[at], strict=True)]
    return [row[-1] for row in rows]


def reliability(data: Sequence[Weighed], halves: Mapping[str, int]) -> Iterator[str]:
    """What is called so likely by the weights of the other half of the companies, and how often it is; then the weights
    of both."""
    called: list[tuple[float, Weighed]] = []
    for half in (0, 1):
        weights = fitted([one for one in data if halves[one.company] != half])
        called += [(chance(one.signs, weights), one) for one in data if halves[one.company] == half]
    yield f"how likely an error: {len(data)} broken sums, {sum(not one.error for one in data)} of them as published"
    for low, high in pairwise(_EDGES):
        some = [(likely, one) for likely, one in called if low <= likely < high or likely == high == 1.0]
        much = sum(one.weight for _, one in some)
        if much:
            said = sum(likely * one.weight for likely, one in some) / much
            true = sum(one.weight for _, one in some if one.error)
            slips = sum(one.error for _, one in some)
            yield (
                f"  called {100 * low:3.0f} to {100 * high:3.0f} %: {100 * said:5.1f} % on average, "
                f"{100 * true / much:5.1f} % are ({slips} slips that count as {true:.1f}, "
                f"{much - true:.0f} as published)"
            )
    yield "  weights in tenths of a bit: " + ", ".join(
        f"{sign.name} {10 * weight / math.log(2):+.0f}" for sign, weight in zip(SIGNS, fitted(data), strict=True)
    )
