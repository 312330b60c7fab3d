"""What all checks have in common that no author wrote down: how each came about is said by the module that found it."""

from __future__ import annotations

from checker.bind.lookup import period_text
from checker.core.check import Check
from checker.core.expression import Expression, Variable
from checker.core.figure import Figure
from checker.core.rule import Rule


def inferred(rule: Rule, relation: str, right: Expression, figures: tuple[Figure, ...]) -> Check:
    """The check that the first of the figures equals `right`, in its period, with the severity and tick marks of the
    sentence's rule."""
    return Check(
        rule=rule.id,
        title=rule.title,
        relation=relation,
        basis="inferred",
        period=period_text(figures[0].period),
        left=Variable(figures[0].id),
        right=right,
        figures=figures,
        severity=rule.clauses.severity or "error",
        ticks=rule.clauses.ticks,
        house=not rule.shipped,
    )
