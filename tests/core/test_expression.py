"""The one walk of expressions: parts, parts put for others, the figures named."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from checker.core.expression import (
    Absolute,
    Add,
    Constant,
    Divide,
    Expression,
    Greatest,
    Least,
    Multiply,
    Variable,
    parts,
    uses,
    variables,
    with_parts,
)

_LEAVES = st.builds(Constant, st.fractions(max_denominator=9)) | st.builds(Variable, st.sampled_from("abcd"))


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Add, several)
        | st.builds(Least, several)
        | st.builds(Greatest, several)
        | st.builds(Multiply, inner, inner)
        | st.builds(Divide, inner, inner)
        | st.builds(Absolute, inner)
    )


EXPRESSIONS = st.recursive(_LEAVES, _grown, max_leaves=12)


@given(EXPRESSIONS)
def test_an_expression_is_made_of_its_parts(expression: Expression) -> None:
    assert with_parts(expression, parts(expression)) == expression


@given(EXPRESSIONS)
def test_what_is_named_is_named_by_the_parts_in_order(expression: Expression) -> None:
    own = [expression.figure] if isinstance(expression, Variable) else []
    assert uses(expression) == own + [figure for part in parts(expression) for figure in uses(part)]
    assert variables(expression) == frozenset(uses(expression))


def test_parts_can_be_put_for_others() -> None:
    one = Divide(Variable("a"), Variable("b"))
    assert with_parts(one, (Variable("a"), Constant(Fraction(2)))) == Divide(Variable("a"), Constant(Fraction(2)))


def test_a_deep_expression_is_walked_without_running_out_of_calls() -> None:
    deep: Expression = Variable("a")
    for _ in range(20_000):
        deep = Absolute(deep)
    assert uses(deep) == ["a"]
