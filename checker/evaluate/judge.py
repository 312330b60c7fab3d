"""The verdict on one check: equal as printed, different by rounding alone, or by more than rounding can be.

Exact throughout, and in whole numbers on one scale wherever the relation is linear or a quotient of linear forms;
everything else is judged by exact bounds over what its figures can stand for. Fractions are made of a judgement when it
is told. Words are made elsewhere (`sentence`), and what blocks is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from checker.algebra import (
    ONE,
    Exact,
    Interval,
    MayBeZeroError,
    Side,
    UndecidedError,
    bounds,
    closing,
    coefficients,
    divided,
    exact,
    form,
    formed,
    magnitude,
    named,
    reach,
    spread,
    unlikely,
    value,
)
from checker.core.check import Check
from checker.core.expression import Add, Expression, negative
from checker.core.figure import Figure
from checker.core.finding import Share
from checker.core.remembered import remembered
from checker.judge.trial import stands_for

_Verdict = Literal["agrees", "rounding", "violation"]
_Amounts = dict[str, tuple[int, int, int]]
"""Printed figures, and `ONE`: each with its step as whole numbers on a scale of its own, and that scale."""
_Linear = dict[str, Exact]
"""Coefficients of figures and of `ONE`."""
_NONE: Exact = 0


class Judgement(NamedTuple):
    """What the arithmetic says of one check, before severity and words: what is told of it is worked out when it is
    asked for.

    A tuple, because one is made for every verdict, in less than half of the time. Amounts are numerators over one
    scale.
    """

    verdict: _Verdict
    unlikely: bool
    scale: Exact
    sides: tuple[Exact, Exact]
    slack: Exact
    """The largest difference that passes."""
    amounts: _Amounts
    speaking: Mapping[str, Exact]
    """The figures with a say; where the relation is linear, with their coefficients."""
    rounded: Mapping[str, Exact]
    """Those to which all others together may round, and their coefficients: `speaking` itself where the relation is
    linear, else the one that is a side."""

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
        """The step of the coarsest figure; of the side that is one figure where the relation is not linear."""
        step, scale, _ = _coarsest(self.rounded, self.amounts)
        return _quotient(step, scale)

    @property
    def shares(self) -> tuple[Share, ...]:
        """How each figure adds to the allowance."""
        if self.rounded is not self.speaking:
            return tuple([Share(key, None, None) for key in self.speaking])
        return tuple([self._share(key, coefficient) for key, coefficient in self.speaking.items()])

    def _share(self, key: str, coefficient: Exact) -> Share:
        _, step, scale = self.amounts[key]
        return Share(key, _quotient(coefficient, 1), _quotient(magnitude(coefficient) * step, 2 * scale))


@remembered(1024)
def _quotient(above: Exact, below: Exact) -> Fraction:
    """The exact quotient; kept, because coefficients and steps are few and making a `Fraction` costs as much as a
    verdict."""
    return Fraction(above, below)


def _coarsest(rounded: Mapping[str, Exact], amounts: _Amounts) -> tuple[int, int, Exact]:
    """The largest step of those figures that count, its scale, and the coefficient of the one that has it without the
    sign: 0 where several have it."""
    coarsest, scale, weight = 0, 1, _NONE
    for key, coefficient in rounded.items():
        _, step, own = amounts[key]
        if coefficient and step * scale >= coarsest * own:
            weight = magnitude(coefficient) if step * scale > coarsest * own else 0
            coarsest, scale = step, own
    return coarsest, scale, weight


def judge(check: Check) -> Judgement | str:
    """The judgement, or the reason why there is none."""
    if check.left is None or check.right is None:
        return "nothing to compare"
    amounts: _Amounts = {ONE: (1, 0, 1)}
    for figure in check.figures:
        scaled = figure.scaled
        if scaled is None:
            return _no_amount(figure)
        amounts[figure.id] = scaled
    try:
        return _judged(check, (check.left, check.right), amounts)
    except MayBeZeroError as error:
        return f"division by what may be zero: {_names(error.figures, check.figures)}"
    except UndecidedError:
        return "whether rounding explains the difference cannot be told for a relation of this form"
    except KeyError as error:
        return f"a figure of the relation is not at hand ({error.args[0]})"
    except RecursionError:
        return "the relation is nested too deeply"


def _no_amount(figure: Figure) -> str:
    if figure.value is None:
        return f"{figure.caption or figure.text} is not meaningful ({figure.text})"
    return f"{figure.caption or 'a figure'} is too large to be an amount"


def _judged(check: Check, sides: tuple[Expression, Expression], amounts: _Amounts) -> Judgement | str:
    left, right = formed(sides[0]), formed(sides[1])
    if left is None or right is None:
        return _judge_any(check, sides, amounts)
    if isinstance(left, dict) and isinstance(right, dict):
        return _judge_linear(check, left, right, amounts)
    if any(figure.is_cut_off for figure in check.figures):
        return _judge_any(check, sides, amounts)
    return _judge_quotients(check, (left, right), amounts) or _judge_any(check, sides, amounts)


_VACUOUS = "it would compare a figure with itself"


# ---- linear relations ------------------------------------------------------------------------------------------------


def _judge_linear(check: Check, left: _Linear, right: _Linear, amounts: _Amounts) -> Judgement | str:
    one, wide, scale = spread(left, amounts)
    two, broad, other = spread(right, amounts)
    if scale != other:
        one, wide, two, broad, scale = one * other, wide * other, two * scale, broad * scale, scale * other
    speaking = dict(left)
    for key, coefficient in right.items():
        speaking[key] = speaking.get(key, 0) - coefficient
    room = wide + broad
    if len(speaking) < len(left) + len(right):  # what stands on both sides counts once
        _, once, own = spread(speaking, amounts)
        room = once * (scale // own)
    speaking.pop(ONE, None)
    if not any(speaking.values()):
        return _VACUOUS
    if any(figure.is_cut_off for figure in check.figures):
        room = _cut_off(check.figures, speaking, (one > two, scale, amounts))
    return _decided(
        check, (2 * one, 2 * two, 2 * scale), room, (speaking, speaking, amounts)
    )  # doubled, so that half a step is whole


def _cut_off(figures: Sequence[Figure], speaking: _Linear, printed: tuple[bool, int, _Amounts]) -> Exact:
    """The largest difference that cutting off explains, doubled: every amount is as large as printed or larger, by less
    than a step of its own.

    The step itself is out of reach, so that where nothing is rounded a difference, which is in whole steps, is less by
    one.
    """
    more, scale, amounts = printed
    room, finest, rounded = _NONE, _NONE, False
    for figure in figures:
        coefficient = speaking.get(figure.id, 0)
        value, step, own = amounts[figure.id]
        step = step * scale // own
        if not coefficient or not step:
            continue
        if not figure.is_cut_off:
            room, rounded = room + magnitude(coefficient) * step, True
        elif (
            not value or (coefficient * value < 0) == more
        ):  # a left side that is too large was made of amounts that lost less, or a right side of such that lost more
            room += 2 * magnitude(coefficient) * step
            finest = min(finest, magnitude(coefficient) * step) if finest else magnitude(coefficient) * step
    return room if rounded else room - 2 * finest


# ---- quotients, products, cases --------------------------------------------------------------------------------------


def _judge_quotients(check: Check, sides: tuple[Side, Side], amounts: _Amounts) -> Judgement | None:
    """The judgement of two sides that name different figures, None where they have one in common.

    Each moves on its own, so the difference goes as far as both together: one up, and the other down.
    """
    names, others = named(sides[0]), named(sides[1])
    speaking = {**names, **others}
    if len(speaking) < len(names) + len(others):
        return None
    speaking.pop(ONE, None)
    one, two = reach(sides[0], amounts), reach(sides[1], amounts)
    above, below, _, _, plus = one
    top, bottom, _, _, more = two
    left, right = (above + plus * below) * bottom, (top + more * bottom) * below
    explains, under = closing(one, two, -1 if left > right else 1)
    if left == right:
        explains, under = max((explains, under), closing(one, two, -1), key=lambda each: divided(*each))
    return _decided(
        check, (left * under, right * under, below * bottom * under), explains, (speaking, _alone(sides), amounts)
    )


def _judge_any(check: Check, sides: tuple[Expression, Expression], amounts: _Amounts) -> Judgement | str:
    """Any other relation: products, cases, figures that stand on both sides."""
    speaking = form(*sides, check.comparison).figures
    if not speaking:
        return _VACUOUS
    within = bounds(Add((sides[0], negative(sides[1]))), {figure.id: boxed(figure) for figure in check.figures})
    values = {figure.id: exact(figure.value) for figure in check.figures if figure.value is not None}
    left, right = value(sides[0], values), value(sides[1], values)
    down, up = left - right - within.low, within.high - (left - right)
    explains = down if left > right else up if left < right else max(down, up)
    alone = _alone((coefficients(sides[0]), coefficients(sides[1])))
    return _decided(check, (left, right, 1), explains, ({key: 1 for key in amounts if key in speaking}, alone, amounts))


def _alone(sides: tuple[Side | None, Side | None]) -> _Linear:
    """The one figure that a side is, to which the other side may round; nothing where neither is."""
    for side in sides:
        if isinstance(side, dict) and len(side) == 1 and ONE not in side:
            return side
    return {}


def boxed(figure: Figure) -> Interval:
    """Everything the printed number can stand for."""
    return stands_for(figure)


# ---- the decision ----------------------------------------------------------------------------------------------------

_Printed = tuple[Exact, Exact, Exact]
"""Left side and right side, and the scale of both."""
_Told = tuple[Mapping[str, Exact], Mapping[str, Exact], _Amounts]
"""As in a judgement: speaking, rounded, amounts."""


def _decided(check: Check, printed: _Printed, explains: Exact, told: _Told) -> Judgement:
    """The judgement on both sides as printed, from the largest difference that rounding explains."""
    left, right, scale = printed
    speaking, rounded, amounts = told
    difference = left - right
    slack = explains if check.tolerance.kind == "rounding" else _stated(check, printed, told)
    verdict: _Verdict = "agrees"
    if check.comparison != "=":
        verdict = _ordered(check, difference, slack)
    elif difference:
        size = -difference if difference < 0 else difference
        step, own, weight = _coarsest(rounded, amounts)
        if (
            2 * size * own > weight * step * scale or check.tolerance.kind == "exact"
        ):  # else the coarsest figure is what the others come to, rounded
            verdict = "rounding" if size <= slack else "violation"
    doubtful = verdict == "rounding" and rounded is speaking and _unlikely(check, printed, told)
    return Judgement(verdict, doubtful, scale, (left, right), slack, amounts, speaking, rounded)


def _ordered(check: Check, difference: Exact, allowance: Exact) -> _Verdict:
    """An inequality agrees when true as printed, is rounding when unrounded amounts can make it true."""
    if check.comparison == "!=":
        return "agrees" if difference else "rounding" if allowance else "violation"
    above = difference if check.comparison in ("<", "<=") else -difference
    strict = check.comparison in ("<", ">")
    if above < 0 or (above == 0 and not strict):
        return "agrees"
    return "rounding" if above < allowance or (above == allowance and not strict) else "violation"


def _stated(check: Check, printed: _Printed, told: _Told) -> Exact:
    """The largest difference that the rule's `tolerance` lets pass, in place of what rounding explains."""
    left, right, scale = printed
    amount = check.tolerance.amount
    if check.tolerance.kind == "exact" or amount is None:
        return 0
    match amount.unit:
        case "units":
            step, own, _ = _coarsest(*told[1:])
            return amount.value * scale * step / own
        case "percent":  # of the larger side
            return amount.value / 100 * max(magnitude(left), magnitude(right))
        case "points":
            return amount.value * scale if check.percent else amount.value * scale / 100
        case "basis points":
            return amount.value * scale / (100 if check.percent else 10_000)
    return amount.value * scale


def _unlikely(check: Check, printed: _Printed, told: _Told) -> bool:
    """Whether rounding would hardly make this difference, or the document's sums foot otherwise. Only equations that
    rounding itself explains are asked."""
    left, right, scale = printed
    speaking, _, amounts = told
    if check.comparison != "=" or check.tolerance.kind != "rounding":
        return False
    if any(figure.is_cut_off for figure in check.figures):
        return False  # what is cut off adds up to less as a rule
    widths = [
        divided(magnitude(coefficient) * amounts[key][1] * scale, amounts[key][2])
        for key, coefficient in speaking.items()
    ]
    return (check.forced and _of_one_print(check.figures)) or unlikely(left - right, widths)


def _of_one_print(figures: Sequence[Figure]) -> bool:
    """Whether all are table figures of one step: only those can have been forced to foot."""
    return all(figure.origin == "table" and figure.step == figures[0].step for figure in figures)


def _names(keys: frozenset[str], figures: Sequence[Figure]) -> str:
    return ", ".join(sorted({figure.caption or figure.text for figure in figures if figure.id in keys}))
