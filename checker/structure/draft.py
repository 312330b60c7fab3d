"""Sums as found in one table, before the document's habit is known and anything may speak."""

from __future__ import annotations

from checker.core.problem import Severity
from checker.core.structure import LineSlip, SumKind
from checker.core.value import frozen
from checker.structure.fit import Fit
from checker.structure.grid import Grid


@frozen
class Slip:
    """What is wrong with a sum whose structure words and layout alone tell, in which cases, and why that may be
    said."""

    kind: LineSlip | None
    """What happened to a whole line; None where it is an amount or a sign."""
    cases: tuple[int, ...]
    severity: Severity
    reason: str


Slipped = tuple[Fit, Slip]
"""The sum of a whole block, and what happened to a line of it."""


@frozen
class Draft:
    """One sum with its grid, the other sums of that grid that stand near it, and its net bits."""

    kind: SumKind
    statement: int
    grid: Grid
    fit: Fit
    others: tuple[Fit, ...]
    bits: int
    mute: bool = False
    """The table copies its figures from elsewhere: only strong evidence may speak."""
    contradicted: bool = False
    """What the sum was inferred from is contradicted elsewhere in the table."""
    slip: Slip | None = None
    """Of a sum that words and layout alone make one, with a line too many or too few: it speaks where the slip shows,
    and nowhere else."""
