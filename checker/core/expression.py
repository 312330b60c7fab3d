"""Expressions over unknown amounts: what a bound relation says, before it is brought to a linear or ratio form."""

from __future__ import annotations

from fractions import Fraction

from checker.core.value import frozen


@frozen
class Constant:
    """An exact number."""

    value: Fraction


@frozen
class Variable:
    """An amount known only within its rounding, by the id of the figure that prints it."""

    figure: str


@frozen
class Add:
    """The sum of its terms."""

    terms: tuple[Expression, ...]


@frozen
class Multiply:
    """The product of two."""

    left: Expression
    right: Expression


@frozen
class Divide:
    """The quotient of two."""

    left: Expression
    right: Expression


@frozen
class Absolute:
    """The amount without its sign."""

    operand: Expression


@frozen
class Least:
    """The smallest of several."""

    operands: tuple[Expression, ...]


@frozen
class Greatest:
    """The largest of several."""

    operands: tuple[Expression, ...]


Expression = Constant | Variable | Add | Multiply | Divide | Absolute | Least | Greatest


def parts(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is made of, in order; none for a number and a figure."""
    match expression:
        case Constant() | Variable():
            return ()
        case Add(terms) | Least(terms) | Greatest(terms):
            return terms
        case Multiply(left, right) | Divide(left, right):
            return left, right
        case Absolute(operand):
            return (operand,)


def with_parts(expression: Expression, new: tuple[Expression, ...]) -> Expression:
    """The expression made of other parts, as many as it has."""
    match expression:
        case Constant() | Variable():
            return expression
        case Add():
            return Add(new)
        case Least():
            return Least(new)
        case Greatest():
            return Greatest(new)
        case Multiply():
            return Multiply(*new)
        case Divide():
            return Divide(*new)
        case Absolute():
            return Absolute(*new)


def uses(expression: Expression) -> list[str]:
    """Every figure that an expression names, in order and as often as it does."""
    found: list[str] = []
    left = [expression]
    while left:
        one = left.pop()
        if isinstance(one, Variable):
            found.append(one.figure)
        else:
            left.extend(reversed(parts(one)))
    return found


def variables(expression: Expression) -> frozenset[str]:
    """Every figure that an expression names."""
    return frozenset(uses(expression))


MINUS_ONE = Constant(Fraction(-1))
"""The factor of what is taken off; there is one of it, so that it is known without arithmetic."""


HUNDRED = Constant(Fraction(100))
"""The factor of what is told in percent."""


def negative(expression: Expression) -> Expression:
    """The expression times -1; what was negative already loses its sign."""
    match expression:
        case Constant(value):
            return Constant(-value)
        case Multiply(Constant(value), right):
            return right if value == -1 else Multiply(Constant(-value), right)
        case _:
            return Multiply(MINUS_ONE, expression)


def total(terms: tuple[Expression, ...]) -> Expression:
    """The sum of the terms, nested sums written out and zeros left out."""
    flat: list[Expression] = []
    for term in terms:
        flat += term.terms if isinstance(term, Add) else [] if term == Constant(Fraction(0)) else [term]
    return flat[0] if len(flat) == 1 else Add(tuple(flat)) if flat else Constant(Fraction(0))
