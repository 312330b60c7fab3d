"""Whether a relation could hold at all, tried only to choose between readings: the verdict is not made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from checker.algebra.bounds import MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.exact import Exact, exact, magnitude
from checker.algebra.interval import Interval
from checker.algebra.linear import ONE, Amounts, Linear, linear, on_one_scale
from checker.algebra.ratio import Side, closing, formed, named, reach
from checker.core.expression import Add, Expression, negative
from checker.core.figure import Figure
from checker.core.rule import Comparison

_ZERO = Decimal(0)
_CENT = Decimal("0.01")


def stands_for(figure: Figure) -> Interval:
    """Every amount that the printed number can stand for."""
    amount, step = figure.value or _ZERO, figure.step
    return Interval.truncated(Fraction(amount), Fraction(step)) if figure.is_cut_off else Interval.rounded(amount, step)


def centre(figure: Figure) -> tuple[Decimal, Decimal]:
    """The middle of those amounts, and how far they spread: half a step away from zero where the number is cut off, and
    both ways where it is zero."""
    value, step = figure.value or _ZERO, figure.step
    if not figure.is_cut_off:
        return value, step
    return (value + step / 2 if value > 0 else value - step / 2, step) if value else (value, 2 * step)


def to_the_last_digit(figures: Sequence[Figure], forces_sums: bool | None) -> bool:
    """Whether these figures stand for exactly what they print: whole currency units of a document whose sums foot to
    the last digit.

    Where every sum of five rounded amounts foots, they were not rounded one by one; then a sum that misses by one unit
    is wrong, not rounded. Thousands and millions keep their rounding: there one sum in a hundred misses by a unit in
    documents that force all others.
    """
    return bool(forces_sums) and all(
        figure.scale == 1 and figure.step <= 1 and _is_printed_money(figure) for figure in figures
    )


def a_unit_of_a_note(residual: Exact, figures: Sequence[Figure], primary: bool) -> bool:
    """Whether a sum of whole units outside the primary statements misses by no more than one: what notes tell is worked
    out in cents, each table for itself (docs/decisions/0125)."""
    return (
        not primary
        and not in_cents(figures)
        and magnitude(residual) <= 1
        and all(figure.step <= 1 for figure in figures)
    )


def one_amount(form: Linear, figures: Sequence[Figure]) -> bool:
    """Whether a relation says of two printed amounts that they are one, and both are printed in the same whole units:
    the same amount is rounded the same way. Tenths are rounded again and again."""
    return (
        len(figures) == 2
        and not form.constant
        and sorted(form.coefficients.values()) == [-1, 1]
        and all(_is_printed_money(figure) and not figure.is_cut_off for figure in figures)
        and figures[0].step == figures[1].step == figures[0].scale == figures[1].scale
    )


def _is_printed_money(figure: Figure) -> bool:
    return figure.origin == "table" and figure.unit.is_money


def in_cents(figures: Sequence[Figure]) -> bool:
    """Whether these are amounts to the cent, of which none has less: there is nothing to round in a sum of them, only
    in what one by one was computed."""
    return all(
        figure.scale == 1 and _is_printed_money(figure) and (figure.step == _CENT or not figure.value)
        for figure in figures
    )


def exactly_broken(left: Expression, right: Expression, figures: Sequence[Figure]) -> bool | None:
    """Whether the sides differ as printed; None where one divides by zero."""
    values = {figure.id: exact(figure.value or 0) for figure in figures}
    sides = printed(left, values), printed(right, values)
    return None if None in sides else sides[0] != sides[1]


def broken(left: Expression, right: Expression, comparison: Comparison, figures: Sequence[Figure]) -> bool | None:
    """Whether no unrounded amounts make the relation true; None where that cannot be told."""
    form = linear(Add((left, negative(right))))
    if form is not None:
        return _linearly_broken(form, comparison, figures)
    one, two, amounts = (
        formed(left),
        formed(right),
        {figure.id: figure.scaled for figure in figures if figure.scaled is not None},
    )
    cut = any(figure.is_cut_off for figure in figures)
    if (
        not cut
        and one is not None
        and two is not None
        and len(amounts) == len(figures)
        and named(one).keys().isdisjoint(named(two))
    ):
        return _apart((one, two), comparison, {**amounts, ONE: (1, 0, 1)})
    box = {figure.id: stands_for(figure) for figure in figures}
    try:
        difference = bounds(Add((left, negative(right))), box)
    except (MayBeZeroError, UndecidedError):
        return None
    return _beyond(difference.low, difference.high, comparison)


def _beyond(low: Exact, high: Exact, comparison: Comparison) -> bool:
    """Whether the relation holds for no difference of its sides from the lowest to the highest."""
    match comparison:
        case "<" | "<=":
            return low > 0
        case ">" | ">=":
            return high < 0
        case _:
            return low > 0 or high < 0


def _apart(sides: tuple[Side, Side], comparison: Comparison, amounts: Amounts) -> bool | None:
    """The same for quotients and linear forms that share no figure, in whole numbers: each side moves on its own."""
    try:
        one, two = reach(sides[0], amounts), reach(sides[1], amounts)
    except MayBeZeroError:
        return None
    difference = (one[0] + one[4] * one[1]) * two[1] - (two[0] + two[4] * two[1]) * one[1]
    (down, under), (up, over) = closing(one, two, -1), closing(one, two, 1)
    return _beyond(difference * under - down, difference * over + up, comparison)


def _linearly_broken(form: Linear, comparison: Comparison, figures: Sequence[Figure]) -> bool:
    """The same for left less right as a linear form, in whole numbers: rounding moves it by half a step times the
    coefficient of each figure."""
    scale, amounts = on_one_scale({figure.id: centre(figure) for figure in figures})
    twice = 2 * (form.constant * scale + sum([c * amounts[key][0] for key, c in form.coefficients.items()]))
    slack = sum([magnitude(c) * amounts[key][1] for key, c in form.coefficients.items()])
    return _beyond(twice - slack, twice + slack, comparison)


def growth_broken(percent: Figure, current: Figure, prior: Figure) -> bool | None:
    """`broken` for `percent = 100 * (current - prior) / prior` between amounts that are not negative; None where the
    prior one may be zero.

    By far the most frequent trial: every row of every pair of columns. The quotient grows with one amount and shrinks
    with the other, so its corners are exact.
    """
    one_scale = on_one_scale({figure.id: centre(figure) for figure in (percent, current, prior)})
    scale, ends = (
        one_scale[0],
        {key: (2 * value - step, 2 * value + step) for key, (value, step) in one_scale[1].items()},
    )
    (least, most), (low, high), (below, above) = ends[percent.id], ends[current.id], ends[prior.id]
    if below <= 0:
        return None
    far = above if low >= 0 else below
    return 200 * scale * (low - far) > most * far or 200 * scale * (high - below) < least * below


def printed(expression: Expression, values: Mapping[str, Exact]) -> Fraction | None:
    """What an expression comes to as printed; None where it divides by zero."""
    try:
        return Fraction(value(expression, values))
    except MayBeZeroError:
        return None
