"""The fast trials of growth rates and of amounts per share say what exact bounds over the same rounding say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from checker.algebra import Interval, MayBeZeroError, bounds
from checker.core.expression import Absolute, Add, Constant, Divide, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.place import Place
from checker.core.rule import Comparison
from checker.core.unit import money
from checker.judge.trial import broken, growth_broken

_STEPS = st.sampled_from([Decimal("0.1"), Decimal(1), Decimal(5), Decimal(1000)])
_GROWTH = Multiply(
    Constant(Fraction(100)), Divide(Add((Variable("c"), negative(Variable("b")))), Absolute(Variable("b")))
)


def _figure(key: str, value: Decimal, step: Decimal) -> Figure:
    return Figure(key, str(value), value, step, money("USD"), "", Place(1, 1, (0, 1)))


@given(st.decimals(-300, 900, places=1), st.integers(0, 4000), st.integers(1, 4000), st.tuples(_STEPS, _STEPS, _STEPS))
def test_a_growth_rate_is_tried_as_any_relation_is(
    percent: Decimal, current: int, prior: int, steps: tuple[Decimal, Decimal, Decimal]
) -> None:
    figures = (
        _figure("p", percent, steps[0]),
        _figure("c", Decimal(current), steps[1]),
        _figure("b", Decimal(prior), steps[2]),
    )
    assert growth_broken(*figures) == broken(Variable("p"), _GROWTH, "=", figures)


@given(st.integers(0, 4000), st.integers(1, 4000), st.tuples(_STEPS, _STEPS))
def test_a_growth_rate_rounded_from_its_amounts_is_never_broken(
    current: int, prior: int, steps: tuple[Decimal, Decimal]
) -> None:
    percent = Decimal(round(Fraction(1000 * (current - prior), prior))) / 10
    amounts = _figure("c", Decimal(current), steps[0]), _figure("b", Decimal(prior), steps[1])
    assert not growth_broken(_figure("p", percent, Decimal("0.1")), *amounts)


@given(
    st.decimals(-30, 30, places=2),
    st.integers(-4000, 4000),
    st.integers(-200, 4000),
    st.tuples(_STEPS, _STEPS),
    st.sampled_from(["=", "<=", ">"]),
)
def test_an_amount_per_share_is_tried_as_exact_bounds_have_it(
    rate: Decimal, income: int, count: int, steps: tuple[Decimal, Decimal], comparison: Comparison
) -> None:
    figures = (
        _figure("p", rate, Decimal("0.01")),
        _figure("c", Decimal(income), steps[0]),
        _figure("b", Decimal(count), steps[1]),
    )
    quotient = Divide(Variable("c"), Variable("b"))
    try:
        room = bounds(
            Add((Variable("p"), negative(quotient))),
            {one.id: Interval.rounded(one.value or 0, one.step) for one in figures},
        )
    except MayBeZeroError:
        assert broken(Variable("p"), quotient, comparison, figures) is None
        return
    possible = {"=": room.low <= 0 <= room.high, "<=": room.low <= 0, ">": room.high >= 0}[comparison]
    assert broken(Variable("p"), quotient, comparison, figures) is not possible
