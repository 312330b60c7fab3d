"""What is written down means what was computed: brackets where they are needed, none where they are not."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.algebra import MayBeZeroError, value
from checker.algebra.notation import ATOM, PRODUCT, Notation, decimal, grouped, written
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
from tests.evaluate.test_any_form import EXPRESSIONS

A, B, C = Variable("a"), Variable("b"), Variable("c")
TWO = Constant(Fraction(2))
PLAIN = Notation(str, str)
LOOSE = Notation(str, str, PRODUCT)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Add((A, negative(B), C)), "a - b + c"),
        (Add((negative(A), B)), "-a + b"),
        (Add((A, negative(Add((B, C))))), "a - b - c"),
        (Add((A, negative(Add((B, negative(C)))))), "a - b + c"),
        (Add((A, Constant(Fraction(-2)))), "a - 2"),
        (Add((A, Multiply(Constant(Fraction(-2)), B))), "a - 2 * b"),
        (Add(()), "0"),
        (Divide(Add((A, negative(B))), B), "(a - b) / b"),
        (Divide(A, Multiply(B, C)), "a / (b * c)"),
        (Divide(Divide(A, B), C), "a / b / c"),
        (Multiply(Add((A,)), B), "a * b"),
        (Absolute(Add((A, B))), "abs(a + b)"),
        (Least((A, Add((B, C)))), "min(a; b + c)"),
        (Greatest((A, negative(B))), "max(a; -b)"),
    ],
)
def test_brackets_only_where_they_are_needed(expression: Expression, text: str) -> None:
    assert written(expression, PLAIN) == text
    assert written(expression, LOOSE) == text


@pytest.mark.parametrize(
    ("expression", "held", "loose"),
    [
        (Multiply(TWO, Divide(A, B)), "2 * (a / b)", "2 * a / b"),
        (negative(Divide(A, B)), "-(a / b)", "-a / b"),
        (Multiply(A, negative(B)), "a * (-b)", "a * -b"),
    ],
)
def test_a_room_may_keep_quotients_together(expression: Expression, held: str, loose: str) -> None:
    assert (written(expression, PLAIN), written(expression, LOOSE)) == (held, loose)


OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def read(text: str, amounts: Mapping[str, Fraction]) -> Fraction:
    """What a text comes to by the rules that everyone learns at school."""

    def of(node: ast.expr) -> Fraction:
        match node:
            case ast.Name(name):
                return amounts[name]
            case ast.Constant(number):
                return Fraction(cast(int, number))
            case ast.UnaryOp(ast.USub(), operand):
                return -of(operand)
            case ast.BinOp(left, sign, right):
                return cast(Fraction, OPERATORS[type(sign)](of(left), of(right)))
            case ast.Call(ast.Name(function), operands):
                return {"abs": lambda some: abs(some[0]), "min": min, "max": max}[function](
                    [of(operand) for operand in operands]
                )
        raise AssertionError(ast.dump(node))

    return of(ast.parse(text.replace(";", ","), mode="eval").body)


@given(EXPRESSIONS, st.lists(st.integers(1, 9).map(Fraction), min_size=4, max_size=4), st.sampled_from([ATOM, PRODUCT]))
def test_what_is_written_comes_to_what_was_meant(expression: Expression, numbers: list[Fraction], factor: int) -> None:
    amounts = dict(zip("abcd", numbers, strict=True))
    try:
        meant = value(expression, amounts)
    except MayBeZeroError:
        return
    assert read(written(expression, Notation(str, str, factor)), amounts) == meant


@pytest.mark.parametrize(
    ("number", "plain", "in_groups"),
    [
        (Fraction(16168421), "16168421", "16,168,421"),
        (Fraction(-1, 8), "-0.125", "0.125"),
        (Fraction(1234567, 100), "12345.67", "12,345.67"),
        (Fraction(20000, 3), "6666.66666667", "6,666.66666667"),
        (Fraction(0), "0", "0"),
    ],
)
def test_numbers(number: Fraction, plain: str, in_groups: str) -> None:
    assert decimal(number) == plain
    assert grouped(number) == in_groups


def test_as_many_decimals_as_were_printed() -> None:
    assert grouped(Fraction(1200), 2) == "1,200.00"
    assert grouped(Fraction(1, 8), 2) == "0.125"
