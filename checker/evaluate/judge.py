"""The verdict on one check: equal as printed, different by rounding alone, or by more than rounding can be.

Exact throughout, and in whole numbers on one scale wherever the relation is linear or a quotient of linear forms; everything else is judged by exact
bounds over what its figures can stand for. Fractions are made of a judgement when it is told. Words are made elsewhere (`sentence`), and what blocks
is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Literal

from checker.algebra import (
    Exact,
    Interval,
    Linear,
    MayBeZeroError,
    Reach,
    UndecidedError,
    bounds,
    divided,
    exact,
    form,
    linear,
    magnitude,
    named,
    ratio,
    reach,
    unlikely,
    value,
)
from checker.core.check import Check
from checker.core.expression import Add, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.finding import Share
from checker.core.rule import Amount
from checker.core.value import frozen

_Verdict = Literal["agrees", "rounding", "violation"]
_LARGEST = 60
"""Digits before the point beyond which a number is no amount; the arithmetic of such a one could take for ever."""


@frozen
class Judgement:
    """What the arithmetic says of one check, before severity and words. Amounts are numerators over one scale."""

    verdict: _Verdict
    scale: Exact
    sides: tuple[Exact, Exact]
    slack: Exact
    """The largest difference that passes."""
    step: Exact
    """Of the coarsest figure; of the side that is one figure where the relation is a ratio."""
    unlikely: bool
    coefficients: Mapping[str, Exact | None]
    """Of each figure with a say; None where the relation is not linear."""
    halves: Sequence[Exact] = ()
    """What half a step of each of them amounts to."""

    @property
    def left(self) -> Fraction:
        """The left side as printed."""
        return Fraction(self.sides[0], self.scale)

    @property
    def right(self) -> Fraction:
        """The right side as printed."""
        return Fraction(self.sides[1], self.scale)

    @property
    def difference(self) -> Fraction:
        """Left less right, as printed."""
        return _quotient(self.sides[0] - self.sides[1], self.scale)

    @property
    def allowance(self) -> Fraction:
        """The largest difference that passes."""
        return _quotient(self.slack, self.scale)

    @property
    def coarsest(self) -> Fraction:
        """The step of the coarsest figure."""
        return _quotient(self.step, self.scale)

    @property
    def shares(self) -> tuple[Share, ...]:
        """How each figure adds to the allowance."""
        if not self.halves:
            return tuple([Share(key, None, None) for key in self.coefficients])
        parts = zip(self.coefficients.items(), self.halves, strict=True)
        return tuple([Share(key, None if c is None else _quotient(c, 1), _quotient(half, self.scale)) for (key, c), half in parts])


@lru_cache(maxsize=1024)
def _quotient(above: Exact, below: Exact) -> Fraction:
    """The exact quotient; kept, because coefficients and steps are few and making a `Fraction` costs as much as a verdict."""
    return Fraction(above, below)


def judge(check: Check) -> Judgement | str:
    """The judgement, or the reason why there is none."""
    if check.left is None or check.right is None:
        return "nothing to compare"
    for figure in check.figures:
        if figure.value is None:
            return f"{figure.caption or figure.text} is not meaningful ({figure.text})"
        if figure.value.adjusted() > _LARGEST:
            return f"{figure.caption or 'a figure'} is too large to be an amount"
    try:
        return _judged(check, (check.left, check.right))
    except MayBeZeroError as error:
        return f"division by what may be zero: {_names(error.figures, check.figures)}"
    except UndecidedError:
        return "whether rounding explains the difference cannot be told for a relation of this form"
    except KeyError as error:
        return f"a figure of the relation is not at hand ({error.args[0]})"
    except RecursionError:
        return "the relation is nested too deeply"


def _judged(check: Check, sides: tuple[Expression, Expression]) -> Judgement | str:
    left, right = linear(sides[0]), linear(sides[1])
    if left is not None and right is not None:
        return _judge_linear(check, left, right)
    one, two = left or ratio(sides[0]), right or ratio(sides[1])
    if one is None or two is None or named(one) & named(two):
        return _judge_any(check, sides)
    scale, printed = _on_one_scale(check.figures)
    amounts = {key: (2 * amount, step) for key, (amount, step, _) in printed.items()}
    scale *= 2  # on which half a step is whole
    return _judge_reaches(check, (reach(one, scale, amounts), reach(two, scale, amounts)), named(one) | named(two))


_VACUOUS = "it would compare a figure with itself"
_NOTHING: Exact = 0


def _on_one_scale(figures: Sequence[Figure]) -> tuple[int, dict[str, tuple[int, int, int]]]:
    """A common scale of printed figures, and each with its step as whole numbers on it, and that scale."""
    scaled = {figure.id: figure.scaled for figure in figures}
    scales = {own for _, _, own in scaled.values()}
    if len(scales) == 1:
        return scales.pop(), scaled
    scale = lcm(*scales)
    return scale, {key: (amount * (scale // own), step * (scale // own), scale) for key, (amount, step, own) in scaled.items()}


# ---- linear relations ---------------------------------------------------------------------------------------------------


def _judge_linear(check: Check, left: Linear, right: Linear) -> Judgement | str:
    coefficients: dict[str, Exact] = dict(left.coefficients)
    for key, coefficient in right.coefficients.items():
        coefficients[key] = coefficients.get(key, 0) - coefficient
    if not any(coefficients.values()):
        return _VACUOUS
    scale, amounts = _on_one_scale(check.figures)
    one, two = left.constant * scale, right.constant * scale
    for key, coefficient in left.coefficients.items():
        one += coefficient * amounts[key][0]
    for key, coefficient in right.coefficients.items():
        two += coefficient * amounts[key][0]
    steps: list[Exact] = []
    coarsest, coarser = 0, _NOTHING  # the largest step, and what it amounts to where only one figure is printed so coarse
    for key, coefficient in coefficients.items():
        step = amounts[key][1]
        weight = -coefficient * step if coefficient < 0 else coefficient * step
        steps.append(weight)
        if coefficient and step >= coarsest:
            coarsest, coarser = step, weight if step > coarsest else _NOTHING
    sides, twice = (2 * one, 2 * two), 2 * scale  # on which half a step is whole
    slack = _slack(check, sum(steps), sides, (2 * coarsest, twice))
    verdict = _verdict(check, sides[0] - sides[1], coarser, slack)
    doubtful = verdict == "rounding" and _unlikely(check, one - two, steps)
    return Judgement(verdict, twice, sides, slack, 2 * coarsest, doubtful, coefficients, steps)


def _unlikely(check: Check, difference: Exact, widths: Sequence[Exact]) -> bool:
    """Whether rounding would hardly make this difference, or the document's sums foot otherwise. Only equations that rounding itself explains are asked."""
    if check.comparison != "=" or check.tolerance.kind != "rounding":
        return False
    return (check.forced and _of_one_print(check.figures)) or unlikely(difference, widths)


def _of_one_print(figures: Sequence[Figure]) -> bool:
    """Whether all are table figures of one step: only those can have been forced to foot."""
    return all(figure.origin == "table" and figure.step == figures[0].step for figure in figures)


# ---- quotients, products, cases -----------------------------------------------------------------------------------------


def _judge_reaches(check: Check, reaches: tuple[Reach, Reach], speaking: Set[str]) -> Judgement:
    """Two sides that name different figures move on their own: the difference goes as far as both together."""
    one, two = reaches
    left, low, high = one.printed * two.scale, one.low * two.scale, one.high * two.scale
    right, least, most = two.printed * one.scale, two.low * one.scale, two.high * one.scale
    return _judge_between(check, (left, right, one.scale * two.scale), (low - most, high - least), speaking)


def _judge_any(check: Check, sides: tuple[Expression, Expression]) -> Judgement | str:
    """Any other relation: products, cases, figures that stand on both sides."""
    speaking = form(*sides, check.comparison).figures
    if not speaking:
        return _VACUOUS
    within = bounds(Add((sides[0], negative(sides[1]))), {figure.id: boxed(figure) for figure in check.figures})
    values = {figure.id: exact(figure.value) for figure in check.figures if figure.value is not None}
    return _judge_between(check, (value(sides[0], values), value(sides[1], values), 1), (within.low, within.high), frozenset(speaking))


def _judge_between(check: Check, printed: tuple[Exact, Exact, Exact], within: tuple[Exact, Exact], speaking: Set[str]) -> Judgement:
    """The judgement of a relation that is not linear, from both sides and their scale, and how far their difference goes.

    Where a side is one figure, the other may round to it.
    """
    assert check.left is not None and check.right is not None
    left, right, scale = printed
    difference = left - right
    down, up = difference - within[0], within[1] - difference
    explains = down if difference > 0 else up if difference < 0 else max(down, up)
    step, coarser = _NOTHING, _NOTHING
    alone = _alone(check.left) or _alone(check.right)
    if alone is not None:
        _, size, own = next(figure for figure in check.figures if figure.id == alone[0]).scaled
        step = divided(size * scale, own)
        coarser = divided(alone[1] * step, 2)
    slack = _slack(check, explains, (left, right), (step, scale))
    coefficients = {figure.id: None for figure in check.figures if figure.id in speaking}
    return Judgement(_verdict(check, difference, coarser, slack), scale, (left, right), slack, step, False, coefficients)


def _alone(side: Expression) -> tuple[str, Exact] | None:
    """The figure a side of the relation is, and its coefficient without the sign, where it is one."""
    if isinstance(side, Variable):
        return side.figure, 1
    whole = linear(side) if isinstance(side, (Multiply, Add)) else None
    if whole is None or len(whole.coefficients) != 1 or whole.constant:
        return None
    return next((key, magnitude(c)) for key, c in whole.coefficients.items())


def boxed(figure: Figure) -> Interval:
    """Everything the printed number can stand for."""
    assert figure.value is not None
    return Interval.rounded(figure.value, figure.step)


# ---- the decision -------------------------------------------------------------------------------------------------------


def _verdict(check: Check, difference: Exact, coarser: Exact, slack: Exact) -> _Verdict:
    """The verdict on left less right, with half a step of the one figure that is coarser than all others (0 where there is none), and what passes at most."""
    if check.comparison != "=":
        return _ordered(check, difference, slack)
    if not difference:
        return "agrees"
    size = -difference if difference < 0 else difference
    if size <= coarser and check.tolerance.kind != "exact":
        return "agrees"
    return "rounding" if size <= slack else "violation"


def _ordered(check: Check, difference: Exact, allowance: Exact) -> _Verdict:
    """An inequality agrees when true as printed, is rounding when unrounded amounts can make it true."""
    if check.comparison == "!=":
        return "agrees" if difference else "rounding" if allowance else "violation"
    above = difference if check.comparison in ("<", "<=") else -difference
    strict = check.comparison in ("<", ">")
    if above < 0 or (above == 0 and not strict):
        return "agrees"
    return "rounding" if above < allowance or (above == allowance and not strict) else "violation"


def _slack(check: Check, explained: Exact, sides: tuple[Exact, Exact], units: tuple[Exact, Exact]) -> Exact:
    """The largest difference that passes: what rounding explains, or what the rule's `tolerance` states in its place.

    `units` are the coarsest step and the scale of all these amounts.
    """
    tolerance = check.tolerance
    if tolerance.kind == "rounding":
        return explained
    if tolerance.kind == "exact" or tolerance.amount is None:
        return 0
    return _stated(tolerance.amount, check, sides, units)


def _stated(amount: Amount, check: Check, sides: tuple[Exact, Exact], units: tuple[Exact, Exact]) -> Exact:
    step, scale = units
    match amount.unit:
        case "units":
            return amount.value * step
        case "percent":  # of the larger side
            return amount.value / 100 * max(map(magnitude, sides))
        case "points":
            return amount.value * scale if check.percent else amount.value * scale / 100
        case "basis points":
            return amount.value * scale / (100 if check.percent else 10_000)
    return amount.value * scale


def _names(keys: frozenset[str], figures: Sequence[Figure]) -> str:
    return ", ".join(sorted({figure.caption or figure.text for figure in figures if figure.id in keys}))
