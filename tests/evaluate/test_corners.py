"""Sums and quotients, on either side and printed to different places: difference, allowance and verdict are those of
plain fractions at every corner."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.rule import Tolerance
from checker.evaluate import evaluate
from tests.evaluate.making import check, figure
from tests.evaluate.oracle import computed, corners, linear_verdict
from tests.examples import examples

Coefficients = dict[str, int]
NUMBERS = st.tuples(st.integers(-40, 40), st.sampled_from([0, 1, 2]), st.sampled_from(["0", "1", "1", "10"]))
TOLERANCES = st.sampled_from([Tolerance("rounding"), Tolerance("rounding"), Tolerance("exact")])


def sums(keys: str) -> st.SearchStrategy[Coefficients]:
    """So many times each of several figures."""
    return st.dictionaries(st.sampled_from(keys), st.sampled_from([-2, -1, 1, 1, 3]), min_size=1)


def written(coefficients: Coefficients) -> Expression:
    """A sum as rules write it."""
    terms = [
        Variable(key) if c == 1 else Multiply(Constant(Fraction(c)), Variable(key)) for key, c in coefficients.items()
    ]
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


@st.composite
def quotients(draw: st.DrawFn, keys: str) -> Expression:
    """A margin, a growth, an amount per share."""
    bottom = written(draw(sums(keys)))
    quotient = Divide(written(draw(sums(keys))), Absolute(bottom) if draw(st.booleans()) else bottom)
    return (
        Multiply(Constant(draw(st.sampled_from([Fraction(100), Fraction(-1), Fraction(1, 3)]))), quotient)
        if draw(st.booleans())
        else quotient
    )


def printed(numbers: Sequence[tuple[int, int, str]]) -> list[Figure]:
    """Four figures, each to places of its own."""
    return [
        figure(key, str(Decimal(n).scaleb(-places)), str(Decimal(step).scaleb(-places)))
        for key, (n, places, step) in zip("abcd", numbers, strict=True)
    ]


FIGURES = st.lists(NUMBERS, min_size=4, max_size=4).map(printed)


@settings(max_examples=examples(300), deadline=None)
@given(sums("abcd"), sums("abcd"), FIGURES, TOLERANCES)
def test_two_sums_that_may_share_figures(
    left: Coefficients, right: Coefficients, figures: list[Figure], tolerance: Tolerance
) -> None:
    net = [left.get(key, 0) - right.get(key, 0) for key in "abcd"]
    (finding,) = evaluate([check(written(left), written(right), figures, tolerance=tolerance)])
    if not any(net):
        assert finding.reason == "it would compare a figure with itself"
        return
    difference = sum((c * Fraction(one.value or 0) for c, one in zip(net, figures, strict=True)), Fraction(0))
    room = sum((abs(c) * Fraction(one.step) / 2 for c, one in zip(net, figures, strict=True)), Fraction(0))
    counting = [(c, one) for c, one in zip(net, figures, strict=True) if c]
    exact = "violation" if difference else "agrees"
    assert (finding.difference, finding.allowance) == (difference, 0 if tolerance.kind == "exact" else room)
    assert finding.verdict == (
        exact if tolerance.kind == "exact" else linear_verdict([c for c, _ in counting], [one for _, one in counting])
    )
    shares = {share.figure: (share.coefficient, share.allowance) for share in finding.shares if share.coefficient}
    assert shares == {one.id: (Fraction(c), abs(c) * Fraction(one.step) / 2) for c, one in counting}


SIDES = st.one_of(
    st.tuples(sums("ab").map(written), quotients("cd")),
    st.tuples(quotients("ab"), sums("cd").map(written)),
    st.tuples(quotients("ab"), quotients("cd")),
)


@settings(max_examples=examples(300), deadline=None)
@given(SIDES, FIGURES, TOLERANCES)
def test_a_quotient_on_one_side_or_both(
    sides: tuple[Expression, Expression], figures: list[Figure], tolerance: Tolerance
) -> None:
    (finding,) = evaluate([check(*sides, figures, tolerance=tolerance)])
    assume(finding.verdict != "not applicable")
    difference = computed(Add((sides[0], negative(sides[1]))), {one.id: Fraction(one.value or 0) for one in figures})
    low, high = corners(Add((sides[0], negative(sides[1]))), figures)
    room = difference - low if difference > 0 else high - difference if difference < 0 else max(-low, high)
    assert finding.difference == difference
    if tolerance.kind == "exact":
        assert finding.verdict == ("violation" if difference else "agrees")
        return
    half = max((Fraction(one.step) / 2 for one in figures if Variable(one.id) in sides), default=Fraction(0))
    assert finding.allowance == room
    if all(isinstance(side, (Variable, Divide)) for side in sides):
        assert finding.verdict == (
            "agrees" if abs(difference) <= half else "rounding" if abs(difference) <= room else "violation"
        )


def test_a_figure_on_both_sides_moves_both() -> None:
    left, right = Variable("a"), Divide(Add((Variable("a"), Variable("b"))), Variable("c"))
    figures = [figure("a", "10"), figure("b", "9"), figure("c", "2")]
    low, high = corners(Add((left, negative(right))), figures)
    (finding,) = evaluate([check(left, right, figures)])
    assert (finding.verdict, finding.difference, finding.allowance) == ("agrees", Fraction(1, 2), Fraction(1, 2) - low)
    assert high > 0


def test_how_likely_rounding_is_can_be_told_of_sums_alone() -> None:
    figures = [figure("a", "4"), figure("b", "9"), figure("c", "3")]
    (finding,) = evaluate([check(Variable("a"), Divide(Variable("b"), Variable("c")), figures, forced=True)])
    assert (finding.verdict, finding.unlikely) == ("rounding", False)
