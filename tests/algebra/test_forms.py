"""Two relations that say the same have one key, however they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra import form, linear, value
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
    negative,
)

A, B, C, P, Q = (Variable(key) for key in "abcpq")


def number(amount: int) -> Constant:
    return Constant(Fraction(amount))


def less(one: Expression, two: Expression) -> Expression:
    return Add((one, negative(two)))


GROWTH = Divide(less(A, B), B)
SAME: list[tuple[tuple[Expression, Expression], tuple[Expression, Expression]]] = [
    ((A, Add((B, C))), (B, less(A, C))),
    ((A, Add((B, C))), (Multiply(number(2), less(A, B)), Multiply(C, number(2)))),
    ((A, Add((B, C))), (less(Add((B, C)), A), number(0))),
    ((P, GROWTH), (P, less(Divide(A, B), number(1)))),
    ((P, GROWTH), (Multiply(P, B), less(A, B))),
    ((P, Divide(A, Add((B, C)))), (A, Multiply(P, Add((C, B))))),
    ((P, Add((Divide(A, B), Divide(C, B)))), (P, Divide(Add((A, C)), B))),
    ((P, Divide(Divide(A, B), Divide(C, B))), (P, Divide(A, C))),
    ((P, Divide(A, Absolute(B))), (P, Divide(A, Absolute(negative(B))))),
    ((P, Greatest((A, B))), (P, Greatest((B, A)))),
]
OTHER: list[tuple[tuple[Expression, Expression], tuple[Expression, Expression]]] = [
    ((A, Add((B, C))), (A, less(B, C))),
    ((P, Divide(A, B)), (P, Divide(B, A))),
    ((P, Divide(A, B)), (P, Divide(A, Absolute(B)))),
    ((P, Greatest((A, B))), (P, Least((A, B)))),
    ((A, B), (A, Add((B, number(1))))),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_form_has_one_key(one: tuple[Expression, Expression], two: tuple[Expression, Expression]) -> None:
    assert form(*one).key == form(*two).key


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_another_form_has_another_key(one: tuple[Expression, Expression], two: tuple[Expression, Expression]) -> None:
    assert form(*one).key != form(*two).key


def test_an_inequality_has_a_direction() -> None:
    assert form(A, B, "<").key == form(B, A, ">").key == form(Multiply(number(3), A), Multiply(number(3), B), "<").key
    assert len({form(A, B, "<").key, form(A, B, "<=").key, form(A, B, ">").key, form(A, B, "=").key}) == 4
    assert form(P, Divide(A, B), "<").key == form(Divide(A, B), P, ">").key != form(P, Divide(A, B), ">").key


def test_what_cancels_has_no_say() -> None:
    assert form(A, less(Add((A, B)), B)).figures == ()
    assert form(P, Divide(Multiply(A, B), B)).figures == ("a", "p")
    assert form(P, Divide(A, A)).figures == ("p",)


def test_products_beyond_all_reason_are_not_multiplied_out() -> None:
    wide: Expression = Add(tuple(Variable(f"x{at}") for at in range(60)))
    cube = Multiply(Multiply(wide, wide), wide)
    assert form(P, cube).key == form(P, cube).key
    assert form(P, cube).linear is None


def test_a_deep_chain_takes_linear_time() -> None:
    deep: Expression = A
    for _ in range(150):
        deep = Multiply(deep, number(1))
    assert linear(deep) is not None


def expressions(depth: int = 3) -> st.SearchStrategy[Expression]:
    leaves: st.SearchStrategy[Expression] = st.sampled_from([A, B, C]) | st.integers(-3, 3).map(number)
    if not depth:
        return leaves
    inner = expressions(depth - 1)
    return (
        leaves
        | st.lists(inner, min_size=1, max_size=3).map(lambda t: Add(tuple(t)))
        | st.tuples(inner, inner).map(lambda pair: Multiply(*pair))
    )


POINTS = st.fixed_dictionaries({key: st.fractions(-9, 9, max_denominator=5) for key in "abc"})


@given(expressions(), expressions(), POINTS)
def test_a_linear_form_computes_what_its_expression_does(
    left: Expression, right: Expression, point: dict[str, Fraction]
) -> None:
    whole = form(left, right)
    if whole.linear is not None:
        total = whole.linear.constant + sum(c * point[key] for key, c in whole.linear.coefficients.items())
        assert total == value(left, point) - value(right, point)


@given(expressions(), expressions(), st.integers(-4, 4).filter(bool))
def test_a_multiple_is_the_same_form(left: Expression, right: Expression, factor: int) -> None:
    assert form(left, right).key == form(Multiply(number(factor), right), Multiply(left, number(factor))).key
