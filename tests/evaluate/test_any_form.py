"""Relations of any form: whatever unrounded amounts make true is never called a violation, and nothing crashes."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.rule import Comparison
from checker.evaluate import cover, evaluate
from tests.evaluate.making import check, figure
from tests.evaluate.oracle import computed
from tests.examples import examples

LEAVES: st.SearchStrategy[Expression] = st.sampled_from("abcd").map(Variable) | st.integers(-3, 3).map(
    lambda n: Constant(Fraction(n))
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: Add(tuple(terms)))
        | st.tuples(inner, inner).map(lambda pair: Multiply(*pair))
        | st.tuples(inner, inner).map(lambda pair: Divide(*pair))
        | inner.map(Absolute)
        | st.lists(inner, min_size=1, max_size=3).map(lambda terms: Least(tuple(terms)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda terms: Greatest(tuple(terms)))
    ),
    max_leaves=7,
)
COMPARISONS: st.SearchStrategy[Comparison] = st.sampled_from(["=", "<", "<=", ">", ">="])
HOLDS = {"=": Fraction.__eq__, "<": Fraction.__lt__, "<=": Fraction.__le__, ">": Fraction.__gt__, ">=": Fraction.__ge__}


@settings(max_examples=examples(300), deadline=None)
@given(
    EXPRESSIONS,
    EXPRESSIONS,
    COMPARISONS,
    st.lists(st.integers(-12, 12), min_size=4, max_size=4),
    st.randoms(use_true_random=False),
)
def test_what_some_amounts_make_true_is_no_violation(
    left: Expression, right: Expression, comparison: Comparison, amounts: list[int], rng: random.Random
) -> None:
    figures = [
        figure(key, str(amount), rng.choice(["0", "1", "1", "3"])) for key, amount in zip("abcd", amounts, strict=True)
    ]
    (finding,) = evaluate([check(left, right, figures, comparison=comparison)])
    cover(figures, [finding])
    if finding.verdict == "not applicable":
        assert finding.reason
        return
    assert finding.message
    below = above = False
    for _ in range(60):
        point = {
            one.id: Fraction(one.value or 0) + Fraction(one.step) * Fraction(rng.randint(-6, 6), 12) for one in figures
        }
        one, two = computed(left, point), computed(right, point)
        assert finding.verdict != "violation" or not HOLDS[comparison](one, two)
        below, above = below or one <= two, above or one >= two
    if comparison == "=":  # amounts in between make it true where some are on either side
        assert finding.verdict != "violation" or not (below and above)


def test_amounts_of_any_size() -> None:
    for text in ("1E+5000", "1E-50", "-9E+59", "123456789" * 600):
        figures = [evolve(figure("a", "1"), value=Decimal(text)), figure("b", "2")]
        assert evaluate([check(Variable("a"), Variable("b"), figures)])[0].verdict in ("violation", "not applicable")
        assert evaluate([check(Variable("b"), Divide(Variable("b"), Variable("a")), figures)])[0].message


def test_nesting_without_end() -> None:
    deep: Expression = Variable("a")
    for _ in range(5000):
        deep = Absolute(deep)
    assert evaluate([check(Variable("b"), deep, [figure("a", "1"), figure("b", "2")])])[0].verdict == "not applicable"
