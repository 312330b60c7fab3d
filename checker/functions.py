"""The functions of the rule language: a closed set, each of which splits into linear cases.

Adding one: a decorated function here, its name in the terminals FUNCTION and NAME of grammar/rules.lark, a row in
docs/language.md. It says nothing of how they are judged; that is the evaluator's.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from checker.core.expression import Absolute, Expression, Greatest, Least
from checker.core.value import frozen

Build = Callable[[tuple[Expression, ...]], Expression]


@frozen
class Function:
    """A function by its name in rule files, how many operands it takes (`most` None: any number) and what it makes of
    them."""

    name: str
    summary: str
    least: int
    most: int | None
    build: Build


def _function(name: str, least: int, most: int | None) -> Callable[[Build], Function]:
    def register(build: Build) -> Function:
        return Function(name, build.__doc__ or "", least, most, build)

    return register


@_function("abs", 1, 1)
def absolute(operands: tuple[Expression, ...]) -> Expression:
    """The amount without its sign."""
    return Absolute(operands[0])


@_function("min", 2, None)
def least(operands: tuple[Expression, ...]) -> Expression:
    """The smallest of several amounts."""
    return Least(operands)


@_function("max", 2, None)
def greatest(operands: tuple[Expression, ...]) -> Expression:
    """The largest of several amounts."""
    return Greatest(operands)


FUNCTIONS = MappingProxyType({function.name: function for function in (absolute, least, greatest)})
"""Every function of the language by its name."""
