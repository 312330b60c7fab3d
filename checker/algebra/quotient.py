"""Quotients of polynomials: the normal form in which two relations that say the same are the same text.

Used to recognise relations, not to judge them (`bounds` does that). `abs`, `min` and `max` stand in it as if they were
figures, named by the normal form of what they hold.
"""

from __future__ import annotations

from collections import Counter
from math import gcd, lcm

from checker.algebra.exact import Exact, divided, magnitude, whole
from checker.algebra.linear import Linear, linear
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
    variables,
)
from checker.core.rule import Comparison
from checker.core.value import frozen

Monomial = tuple[str, ...]
"""The figures of a product, sorted, repeated as often as they stand in it."""
Polynomial = dict[Monomial, Exact]
"""Monomials with their coefficients, none of them zero."""
Quotient = tuple[Polynomial, Polynomial]

_ONE: Polynomial = {(): 1}
_LARGEST = 2_000
"""Terms of a product beyond which nothing is multiplied out: no rule of a person is that long, and two factors of a
thousand terms would make a million."""


class TooLongError(Exception):
    """A product has more terms than can sensibly be multiplied out."""


@frozen
class Form:
    """What a relation says, however it is written."""

    key: str
    """Equal for relations that hold for exactly the same amounts up to factors and sides: `A = B + C`, `A - C = B`, `2
    * B = 2 * (A - C)`."""
    linear: Linear | None
    """Left less right as a linear form, where it is one."""
    figures: tuple[str, ...]
    """Every figure with a say in it, sorted; figures that cancel out are gone."""


def form(left: Expression, right: Expression, comparison: Comparison = "=") -> Form:
    """The normal form of a relation. `A > B` and `B < A` are one; so are an equation and its multiple."""
    difference = linear(Add((left, negative(right))))
    if difference is not None:
        top: Polynomial = {(key,): coefficient for key, coefficient in difference.coefficients.items()}
        if difference.constant:
            top[()] = difference.constant
        return Form(_key(top, _ONE, comparison), difference, tuple(sorted(difference.coefficients)))
    try:
        top, bottom = _plus(_quotient(left), _quotient(right), -1)
    except TooLongError:
        return Form(f"{comparison} {left!r} {right!r}", None, tuple(sorted(variables(left) | variables(right))))
    names = variables(left) | variables(right)
    atoms = {atom for polynomial in (top, bottom) for monomial in polynomial for atom in monomial}
    return Form(_key(top, bottom, comparison), None, tuple(sorted(atoms if atoms <= names else names)))


# ---- arithmetic of quotients -----------------------------------------------------------------------------------------


def _quotient(expression: Expression) -> Quotient:
    match expression:
        case Variable(figure):
            return {(figure,): 1}, _ONE
        case Constant(value):
            return _constant(whole(value)), _ONE
        case Add(terms):
            total: Quotient = {}, _ONE
            for term in terms:
                total = _plus(total, _quotient(term))
            return total
        case Multiply(left, right):
            (top, bottom), (other_top, other_bottom) = _quotient(left), _quotient(right)
            return _reduced(_times(top, other_top), _times(bottom, other_bottom))
        case Divide(left, right):
            (top, bottom), (other_top, other_bottom) = _quotient(left), _quotient(right)
            if not other_top:
                raise TooLongError("division by nothing")
            return _reduced(_times(top, other_bottom), _times(bottom, other_top))
        case Absolute(operand):
            top, bottom = _quotient(operand)
            (top, factor), (bottom, divisor) = _primitive(top), _primitive(bottom)
            return {(f"|{_text(top)} / {_text(bottom)}|",): magnitude(divided(factor, divisor))} if top else {}, _ONE
        case Least(operands):
            return {(_named("min", operands),): 1}, _ONE
        case Greatest(operands):
            return {(_named("max", operands),): 1}, _ONE


def _named(function: str, operands: tuple[Expression, ...]) -> str:
    return (
        f"{function}"
        f"({'; '.join(sorted(f'{_text(top)} / {_text(bottom)}' for top, bottom in map(_quotient, operands)))})"
    )


def _constant(number: Exact) -> Polynomial:
    return {(): number} if number else {}


def _sum(one: Polynomial, two: Polynomial, factor: Exact = 1) -> Polynomial:
    total = dict(one)
    for monomial, coefficient in two.items():
        total[monomial] = total.get(monomial, 0) + factor * coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def _times(one: Polynomial, two: Polynomial) -> Polynomial:
    if one is _ONE or two is _ONE:
        return two if one is _ONE else one
    if len(one) * len(two) > _LARGEST:
        raise TooLongError
    product: Polynomial = {}
    for a, x in one.items():
        for b, y in two.items():
            monomial = tuple(sorted(a + b))
            product[monomial] = product.get(monomial, 0) + x * y
    return {monomial: coefficient for monomial, coefficient in product.items() if coefficient}


def _plus(one: Quotient, two: Quotient, factor: Exact = 1) -> Quotient:
    (top, bottom), (other_top, other_bottom) = one, two
    if bottom == other_bottom:
        return _reduced(_sum(top, other_top, factor), bottom)
    return _reduced(_sum(_times(top, other_bottom), _times(other_top, bottom), factor), _times(bottom, other_bottom))


def _reduced(top: Polynomial, bottom: Polynomial) -> Quotient:
    """Without what both halves share: a figure that stands in every term, or all of it."""
    if () not in top and () not in bottom:
        top, bottom = _without_shared(top, bottom)
    (plain, factor), (other, divisor) = _primitive(top), _primitive(bottom)
    times = divided(factor, divisor)
    if plain and plain == other:
        return _constant(times), _ONE
    return plain if times == 1 else {m: c * times for m, c in plain.items()}, other


def _without_shared(top: Polynomial, bottom: Polynomial) -> Quotient:
    """Without the figures that stand in every product above and below the line."""
    first, *others = *top, *bottom
    if not set(first).intersection(*others):
        return top, bottom
    shared = Counter(first)
    for monomial in others:
        shared &= Counter(monomial)
    return {_less(m, shared): c for m, c in top.items()}, {_less(m, shared): c for m, c in bottom.items()}


def _less(monomial: Monomial, shared: Counter[str]) -> Monomial:
    return tuple(sorted((Counter(monomial) - shared).elements()))


# ---- text ------------------------------------------------------------------------------------------------------------


def _primitive(polynomial: Polynomial) -> tuple[Polynomial, Exact]:
    """The polynomial with whole coefficients that share no factor, the first one positive, and the factor that was
    taken out."""
    if not polynomial or polynomial is _ONE:
        return polynomial, 1
    multiple = lcm(*[coefficient.denominator for coefficient in polynomial.values()])
    counts = {monomial: int(coefficient * multiple) for monomial, coefficient in polynomial.items()}
    shared = gcd(*counts.values()) * (-1 if polynomial[min(polynomial)] < 0 else 1)
    if shared == multiple == 1:
        return polynomial, 1
    return {monomial: count // shared for monomial, count in counts.items()}, divided(shared, multiple)


def _text(polynomial: Polynomial) -> str:
    terms = [
        f"{'+' if c > 0 else ''}{c}{''.join(f'*{atom}' for atom in monomial)}"
        for monomial, c in sorted(polynomial.items())
    ]
    return " ".join(terms) or "0"


def _key(top: Polynomial, bottom: Polynomial, comparison: Comparison) -> str:
    plain, factor = _primitive(top)
    if comparison in (
        "=",
        "!=",
    ):  # left = right wherever the numerator is zero; that no denominator is zero is asked of every relation
        return f"{_text(plain)} {comparison} 0"
    below, divisor = _primitive(bottom)
    sign = (1 if factor > 0 else -1) * (1 if divisor > 0 else -1)
    if comparison in (">", ">="):
        sign, comparison = -sign, "<" if comparison == ">" else "<="
    return f"{'' if sign > 0 else '-'}({_text(plain)}) / ({_text(below)}) {comparison} 0"
