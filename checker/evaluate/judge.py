"""The verdict on one check: equal as printed, different by rounding alone, or by more than rounding can be.

Exact throughout. Linear relations are judged in whole numbers on one common scale; everything else by exact bounds over what its figures can stand for.
Words are made elsewhere (`sentence`), and what blocks is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from attrs import frozen

from checker.algebra import Exact, Interval, Linear, MayBeZeroError, UndecidedError, bounds, exact, form, linear, magnitude, on_one_scale, unlikely, value
from checker.core.check import Check
from checker.core.expression import Add, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.finding import Share
from checker.core.rule import Amount

_Verdict = Literal["agrees", "rounding", "violation"]
_LARGEST = 60
"""Digits before the point beyond which a number is no amount; the arithmetic of such a one could take for ever."""


@frozen
class Judgement:
    """What the arithmetic says of one check, before severity and words."""

    verdict: _Verdict
    left: Fraction
    right: Fraction
    difference: Fraction
    """Left less right, as printed."""
    allowance: Fraction
    coarsest: Fraction = Fraction(0)
    """The step of the coarsest figure; of the side that is one figure where the relation is a ratio."""
    unlikely: bool = False
    shares: tuple[Share, ...] = ()


def judge(check: Check) -> Judgement | str:
    """The judgement, or the reason why there is none."""
    if check.left is None or check.right is None:
        return "nothing to compare"
    for figure in check.figures:
        if figure.value is None:
            return f"{figure.caption or figure.text} is not meaningful ({figure.text})"
        if figure.value.adjusted() > _LARGEST:
            return f"{figure.caption or 'a figure'} is too large to be an amount"
    figures = {figure.id: figure for figure in check.figures}
    try:
        left, right = linear(check.left), linear(check.right)
        if left is not None and right is not None:
            return _judge_linear(check, (left, right), figures)
        return _judge_ratio(check, figures)
    except MayBeZeroError as error:
        return f"division by what may be zero: {_names(error.figures, figures)}"
    except UndecidedError:
        return "whether rounding explains the difference cannot be told for a relation of this form"
    except KeyError as error:
        return f"a figure of the relation is not at hand ({error.args[0]})"
    except RecursionError:
        return "the relation is nested too deeply"


# ---- linear relations ---------------------------------------------------------------------------------------------------


def _judge_linear(check: Check, sides: tuple[Linear, Linear], figures: Mapping[str, Figure]) -> Judgement | str:
    left, right = sides
    coefficients: dict[str, Exact] = dict(left.coefficients)
    for key, coefficient in right.coefficients.items():
        coefficients[key] = coefficients.get(key, 0) - coefficient
    if not any(coefficients.values()):
        return _VACUOUS
    scale, amounts = on_one_scale({key: (figure.value, figure.step) for key, figure in figures.items() if figure.value is not None})
    one = left.constant * scale + sum([c * amounts[key][0] for key, c in left.coefficients.items()])
    two = right.constant * scale + sum([c * amounts[key][0] for key, c in right.coefficients.items()])
    widths = [magnitude(c) * amounts[key][1] for key, c in coefficients.items()]
    steps = sorted([amounts[key][1] for key, c in coefficients.items() if c], reverse=True)
    coarser: Exact = 0
    if len(steps) == 1 or steps[0] > steps[1]:
        coarser = next((width for width, key in zip(widths, coefficients, strict=True) if width and amounts[key][1] == steps[0]), 0)
    slack: Exact = sum(widths)
    if check.comparison == "=" and check.tolerance.kind == "rounding":
        twice = 2 * magnitude(one - two)
        verdict: _Verdict = "agrees" if twice <= coarser else "rounding" if twice <= slack else "violation"
        allowance = _ratio(slack, 2 * scale)
    else:
        explained = _Explained(Fraction(one, scale), Fraction(two, scale), Fraction(coarser, 2 * scale), Fraction(slack, 2 * scale))
        verdict, allowance = _verdict(check, explained, Fraction(steps[0], scale))
    return Judgement(
        verdict,
        Fraction(one, scale),
        Fraction(two, scale),
        _ratio(one - two, scale),
        allowance,
        _ratio(steps[0], scale),
        verdict == "rounding" and _unlikely(check, one - two, widths),
        tuple([Share(key, _ratio(c, 1), _ratio(width, 2 * scale)) for (key, c), width in zip(coefficients.items(), widths, strict=True)]),
    )


@lru_cache(maxsize=1024)
def _ratio(above: Exact, below: int) -> Fraction:
    """The exact quotient; kept, because coefficients and steps are few and making a `Fraction` costs more than the verdict."""
    return Fraction(above, below)


_VACUOUS = "it would compare a figure with itself"


def _unlikely(check: Check, difference: Exact, widths: Sequence[Exact]) -> bool:
    """Whether rounding would hardly make this difference, or the document's sums foot otherwise. Only equations that rounding itself explains are asked."""
    if check.comparison != "=" or check.tolerance.kind != "rounding":
        return False
    return (check.forced and _of_one_print(check.figures)) or unlikely(difference, widths)


def _of_one_print(figures: Sequence[Figure]) -> bool:
    """Whether all are table figures of one step: only those can have been forced to foot."""
    return all(figure.origin == "table" and figure.step == figures[0].step for figure in figures)


# ---- ratios, products, cases ------------------------------------------------------------------------------------------------


def _judge_ratio(check: Check, figures: Mapping[str, Figure]) -> Judgement | str:
    assert check.left is not None and check.right is not None
    speaking = form(check.left, check.right, check.comparison).figures
    if not speaking:
        return _VACUOUS
    box = {key: boxed(figure) for key, figure in figures.items()}
    values = {key: exact(figure.value) for key, figure in figures.items() if figure.value is not None}
    within = bounds(Add((check.left, negative(check.right))), box)
    left, right = Fraction(value(check.left, values)), Fraction(value(check.right, values))
    alone = _alone(check.left) or _alone(check.right)
    step, coarser = Fraction(0), Fraction(0)
    if alone is not None:
        step = Fraction(figures[alone[0]].step)
        coarser = abs(alone[1]) * step / 2
    difference = left - right
    below, above = difference - within.low, within.high - difference
    explains = Fraction(below if difference > 0 else above if difference < 0 else max(below, above))
    verdict, allowance = _verdict(check, _Explained(left, right, coarser, explains), step)
    return Judgement(verdict, left, right, difference, allowance, step, shares=tuple(Share(key, None, None) for key in figures if key in speaking))


def _alone(side: Expression) -> tuple[str, Fraction] | None:
    """The figure a side of the relation is, and its coefficient, where it is one."""
    match side:
        case Variable(figure):
            return figure, Fraction(1)
        case Multiply() | Add():
            whole = linear(side)
            if whole is not None and len(whole.coefficients) == 1 and not whole.constant:
                return next((key, Fraction(c)) for key, c in whole.coefficients.items())
    return None


def boxed(figure: Figure) -> Interval:
    """Everything the printed number can stand for."""
    assert figure.value is not None
    return Interval.rounded(figure.value, figure.step)


# ---- the decision -------------------------------------------------------------------------------------------------------


@frozen
class _Explained:
    """Both sides as printed, half a step of a coarser figure (0 where there is none), and the most that rounding explains."""

    left: Fraction
    right: Fraction
    coarser: Fraction
    allowance: Fraction

    @property
    def difference(self) -> Fraction:
        return self.left - self.right


def _verdict(check: Check, explained: _Explained, coarsest: Fraction) -> tuple[_Verdict, Fraction]:
    """The verdict and the allowance it rests on."""
    allowance, difference = allowed(check, explained, coarsest), explained.difference
    if check.comparison != "=":
        return _ordered(check, difference, allowance), allowance
    if not difference or (check.tolerance.kind != "exact" and abs(difference) <= explained.coarser):
        return "agrees", allowance
    return ("rounding" if abs(difference) <= allowance else "violation"), allowance


def _ordered(check: Check, difference: Fraction, allowance: Fraction) -> _Verdict:
    """An inequality agrees when true as printed, is rounding when unrounded amounts can make it true."""
    if check.comparison == "!=":
        return "agrees" if difference else "rounding" if allowance else "violation"
    above = difference if check.comparison in ("<", "<=") else -difference
    strict = check.comparison in ("<", ">")
    if above < 0 or (above == 0 and not strict):
        return "agrees"
    return "rounding" if above < allowance or (above == allowance and not strict) else "violation"


def allowed(check: Check, explained: _Explained, coarsest: Fraction) -> Fraction:
    """The largest difference that passes: what rounding explains, or what the rule's `tolerance` states in its place."""
    tolerance = check.tolerance
    if tolerance.kind == "rounding":
        return explained.allowance
    if tolerance.kind == "exact" or tolerance.amount is None:
        return Fraction(0)
    return _stated(tolerance.amount, check, explained, coarsest)


def _stated(amount: Amount, check: Check, explained: _Explained, coarsest: Fraction) -> Fraction:
    match amount.unit:
        case "units":
            return amount.value * coarsest
        case "percent":  # of the larger side
            return amount.value / 100 * max(abs(explained.left), abs(explained.right))
        case "points":
            return amount.value if check.percent else amount.value / 100
        case "basis points":
            return amount.value / 100 if check.percent else amount.value / 10_000
    return amount.value


def _names(keys: frozenset[str], figures: Mapping[str, Figure]) -> str:
    return ", ".join(sorted({figures[key].caption or figures[key].text for key in keys if key in figures}))
