"""What the formulas of a workbook bear witness to, as checks."""

from __future__ import annotations

from collections.abc import Iterator

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import Variable, negative, total
from checker.core.rule import Rule
from checker.core.value import evolve
from checker.core.working import Reckoning


def formula_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of `each formula agrees with its figures`: what is shown is what the formula adds up, and the formula
    adds up its block."""
    for reckoning in book.lines.release.reckonings:
        yield _check(rule, reckoning, book)


def _check(rule: Rule, reckoning: Reckoning, book: Book) -> Check:
    figures = book.lines.figures
    used = (figures[reckoning.figure], *(figures[key] for _, key in reckoning.terms))
    right = total(tuple(Variable(key) if sign > 0 else negative(Variable(key)) for sign, key in reckoning.terms))
    if reckoning.evidence == "as written":
        return inferred(rule, f"{used[0].caption} = what its formula adds up", right, used)
    return evolve(inferred(rule, f"{used[0].caption} = what its block adds up to", right, used), seen=reckoning.said)
