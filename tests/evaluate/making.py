"""Figures and checks for the tests, in a word or two."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checker.core.check import Check
from checker.core.expression import Add, Constant, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.rule import Amount, Tolerance
from checker.core.unit import Unit


def figure(key: str, value: str, step: str = "1", unit: str = "USD", **rest: Any) -> Figure:
    """A figure printed plainly."""
    return Figure(
        key,
        rest.pop("text", value),
        Decimal(value),
        Decimal(step),
        Unit.of(unit),
        rest.pop("caption", key),
        Place(1, 1, (0, 1)),
        **rest,
    )


def check(left: Expression, right: Expression, figures: Sequence[Figure], **rest: Any) -> Check:
    """A written equation over these figures."""
    said = {"rule": "house/rule", "title": "", "relation": "left = right", "basis": "written", "period": "2013", **rest}
    return Check(left=left, right=right, figures=tuple(figures), **said)


def sum_check(total: Figure, addends: Sequence[Figure], **rest: Any) -> Check:
    """A total and what it sums."""
    return check(Variable(total.id), Add(tuple(Variable(addend.id) for addend in addends)), [total, *addends], **rest)


def growth(percent: str, current: str, prior: str, step: str = "1") -> Check:
    """A printed change in percent, `100 * (A - B) / B`."""
    figures = [figure("p", percent, "0.1", "percent"), figure("a", current, step), figure("b", prior, step)]
    return check(
        Variable("p"), hundredfold(Add((Variable("a"), negative(Variable("b")))), Variable("b")), figures, percent=True
    )


def hundredfold(above: Expression, below: Expression) -> Expression:
    """A quotient in percent."""
    return Multiply(Constant(Fraction(100)), Divide(above, below))


def tolerance(value: str, unit: Any) -> Tolerance:
    """`tolerance 2 units` and its like."""
    return Tolerance("amount", Amount(Fraction(value), unit))
