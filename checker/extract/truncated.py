"""Amounts of a page that says that it cuts them off: every one of them stands for what is no smaller, and a total may
exceed the sum of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.core.figure import CUT_OFF, Figure
from checker.core.statement import Line, Statement
from checker.core.value import evolve
from checker.lexicon.rounding import cuts_off


def truncated(statements: Sequence[Statement], texts: Iterable[str]) -> tuple[Statement, ...]:
    """The statements, their amounts known to be cut off where a text of the document, or the head of a table, says so
    of all amounts."""
    if not any(map(cuts_off, texts)) and not any(
        cuts_off(text) for statement in statements for text in (statement.title, *statement.context)
    ):
        return tuple(statements)
    return tuple(evolve(statement, lines=tuple(map(_line, statement.lines))) for statement in statements)


def _line(line: Line) -> Line:
    return evolve(line, figures=tuple(figure and _figure(figure) for figure in line.figures))


def _figure(figure: Figure) -> Figure:
    """An amount of money with the reason added; what is per share or in percent is rounded as ever, and what is in full
    has nothing to cut off."""
    return evolve(figure, why=(*figure.why, CUT_OFF)) if figure.unit.is_money and figure.step > 1 else figure
