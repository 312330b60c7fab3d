"""Tables of votes: on every line of one meeting the votes for, against, withheld, abstained and not cast by brokers
come to the same number of shares.

No line says which number that is, so each is held against the one that most of them have in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.bind.inferred import inferred
from checker.bind.lookup import Book
from checker.core.check import Check
from checker.core.expression import Variable, total
from checker.core.figure import Figure
from checker.core.rule import Rule, Tolerance
from checker.core.statement import Line, Statement
from checker.core.value import evolve
from checker.judge.table import BALLOT_LINES
from checker.lexicon.votes import are_votes


def ballot_checks(rule: Rule, book: Book) -> Iterator[Check]:
    """The checks of every line of a table of votes against one of those that most lines agree with."""
    for statement in book.lines.release.statements:
        if are_votes([column.member or column.head for column in statement.columns]):
            yield from _checks(rule, statement)


def _checks(rule: Rule, statement: Statement) -> Iterator[Check]:
    cast = [(line, votes) for line in statement.lines if (votes := _votes(line))]
    if len(cast) < 2:
        return
    sums = [sum((figure.value or Decimal(0) for figure in votes), Decimal(0)) for _, votes in cast]
    usual, lines = Counter(sums).most_common(1)[0]
    if lines < max(BALLOT_LINES, len(cast) - lines):  # a meeting of several classes, or nothing that most agree in
        return
    settled = lines >= BALLOT_LINES + 1 and len(cast) - lines <= 1
    model = next(place for place, amount in enumerate(sums) if amount == usual)
    for place, (line, votes) in enumerate(cast):
        if place != model:
            check = _check(rule, (line, votes), cast[model])
            broken = sums[place] != usual
            why = None if settled or not broken else "several lines of the table come to other numbers of votes"
            yield evolve(check, confirmed=lines - 1 if settled else 0, unlicensed=why)


def _votes(line: Line) -> tuple[Figure, ...]:
    """What a line prints, where every column of it prints whole votes."""
    votes = tuple(figure for figure in line.figures if figure is not None)
    whole = all(figure.value is not None and figure.value >= 0 and not figure.value % 1 for figure in votes)
    return votes if whole and len(votes) == len(line.figures) and any(figure.value for figure in votes) else ()


def _check(rule: Rule, one: tuple[Line, Sequence[Figure]], model: tuple[Line, Sequence[Figure]]) -> Check:
    (line, votes), (other, theirs) = one, model
    check = inferred(
        rule,
        f"All votes on {_named(line)} = all votes on {_named(other)}",
        total(tuple(Variable(figure.id) for figure in theirs)),
        (*votes, *theirs),
    )
    return evolve(check, left=total(tuple(Variable(figure.id) for figure in votes)), tolerance=Tolerance("exact"))


def _named(line: Line) -> str:
    return " ".join(line.caption.split()) or f"line {line.index + 1}"
