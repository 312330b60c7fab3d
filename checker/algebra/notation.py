"""How arithmetic is written down: the signs between terms, the brackets that it needs, digits in groups of three.

What stands for a figure, and how an amount shows that it is negative, is for the room that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from checker.algebra.exact import decimal_places
from checker.core.expression import Absolute, Add, Constant, Divide, Expression, Greatest, Least, Multiply, Variable
from checker.core.value import frozen

CHOICE, SUM, PRODUCT, ATOM = range(4)
"""How tightly a text holds together: what is looser than its place asks for stands there in brackets."""
Part = tuple[str, int]
"""A text and how tightly it holds together."""
SIGNIFICANT = 12
"""Digits written of a quotient that does not end."""
_CONTEXT = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN)


@frozen
class Notation:
    """How a room writes: what stands for a figure (by its id), and how an amount is printed that is stated beside
    figures."""

    figure: Callable[[str], str]
    amount: Callable[[Fraction], str]
    factor: int = ATOM
    """How tight the second of two factors must be, and what a minus stands before, to do without brackets: `2 * (a /
    b)`, or `2 * a / b` of `PRODUCT`."""


def written(expression: Expression, notation: Notation) -> str:
    """The expression as a text."""
    return _part(expression, notation)[0]


def _part(expression: Expression, notation: Notation) -> Part:
    match expression:
        case Variable(figure):
            return notation.figure(figure), ATOM
        case Constant(value):
            return notation.amount(value), ATOM
        case Add(terms):
            return joined([(sign, _part(term, notation)) for sign, term in _signed(terms, "+")])
        case Multiply(Constant(value), right) if value.numerator < 0 and value == -1:
            return f"-{bracketed(_part(right, notation), notation.factor)}", PRODUCT
        case Multiply(left, right):
            return product("*", _part(left, notation), _part(right, notation), notation.factor)
        case Divide(left, right):
            return product("/", _part(left, notation), _part(right, notation))
        case Absolute(operand):
            return call("abs", [_part(operand, notation)])
        case Least(operands):
            return call("min", [_part(operand, notation) for operand in operands])
        case Greatest(operands):
            return call("max", [_part(operand, notation) for operand in operands])


_OTHER = {"+": "-", "-": "+"}


def _signed(terms: Sequence[Expression], sign: str) -> list[tuple[str, Expression]]:
    """The terms of a sum with the signs before them, those of sums in it among them."""
    found: list[tuple[str, Expression]] = []
    for term in terms:
        match term:
            case Variable():
                found.append((sign, term))
            case Multiply(Constant(value), operand) if value.numerator < 0:
                found += _signed((operand if value == -1 else Multiply(Constant(-value), operand),), _OTHER[sign])
            case Constant(value) if value.numerator < 0:
                found.append((_OTHER[sign], Constant(-value)))
            case Add(inner):
                found += _signed(inner, sign)
            case _:
                found.append((sign, term))
    return found


def joined(signed: Sequence[tuple[str, Part]]) -> Part:
    """Terms joined by the signs before them; 0 where there is none."""
    if not signed:
        return "0", ATOM
    (sign, first), *others = signed
    if not others and sign == "+":
        return first
    text = f"-{bracketed(first, PRODUCT)}" if sign == "-" else bracketed(first, SUM)
    for sign, part in others:
        text += f" {sign} {bracketed(part, PRODUCT if sign == '-' or part[0].startswith('-') else SUM)}"
    return text, SUM


def product(operator: str, left: Part, right: Part, least: int = ATOM) -> Part:
    """Two factors, or a dividend and its divisor; a right one that holds together less tightly than `least` stands in
    brackets."""
    return f"{bracketed(left, PRODUCT)} {operator} {bracketed(right, least)}", PRODUCT


def call(function: str, operands: Sequence[Part]) -> Part:
    """A function of its operands."""
    return f"{function}({'; '.join(text for text, _ in operands)})", ATOM


def bracketed(part: Part, least: int) -> str:
    """The text, in brackets where it holds together less tightly than that."""
    text, tightness = part
    return text if tightness >= least else f"({text})"


def decimal(value: Fraction) -> str:
    """The amount as a decimal without exponent: exact where that ends, else to 12 significant digits."""
    if value.denominator == 1:
        return str(value.numerator)
    places = decimal_places(value)
    if places is None:
        return format(_CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator)), "f")
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value.numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def grouped(size: Fraction, decimals: int = 0) -> str:
    """An amount without its sign, digits in threes; at least `decimals` decimals, more where it has more."""
    if size.denominator == 1 and not decimals:
        return f"{abs(size.numerator):,}"
    whole, _, rest = decimal(size).lstrip("-").partition(".")
    rest = rest.ljust(decimals, "0")
    return f"{int(whole):,}.{rest}" if rest else f"{int(whole):,}"
