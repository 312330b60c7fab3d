"""Sums that the numbers of a table themselves bear witness to."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from checker.core.problem import Severity
from checker.core.value import frozen

LineSlip = Literal["left out", "printed twice", "missing", "blank", "turned round"]
"""What happened to a whole line of a sum: the total does not count it, counts one of two equal ones, nothing printed
makes up what the total says, or the line prints nothing in a column whose total counts it, or it is counted against
what its caption says ("Add", "Less")."""
SumKind = Literal["total", "row total", "roll-forward", "long period"]


@frozen
class Instance:
    """The sum in one column (or, for a row total, in one row): `total = sum(coefficient * figure)`, all by figure id.

    `residual` is total less terms in units of the coarsest step among them, exact; `holds` says whether rounding
    explains it. `licensed` says why a broken instance may be called a violation (it holds elsewhere and one keying
    error explains it, ...); empty: it may not.
    """

    total: str
    terms: tuple[tuple[int, str], ...]
    period: str
    holds: bool
    licensed: str = ""
    severity: Severity = "error"
    """The highest that a violation may have."""
    likelihood: Fraction | None = None
    """How likely a broken one is an error of the document; None where that was never measured."""
    slip: LineSlip | None = None
    """Known where the structure was found in spite of it."""


@frozen
class Sum:
    """One inferred relation of a table, in all the columns (or rows) in which its figures stand."""

    kind: SumKind
    statement: int
    relation: str
    """As a person would write it: `Total current assets = Cash + Accounts receivable`."""
    total: int
    """The line (for a row total, the column) of the total."""
    terms: tuple[tuple[int, int], ...]
    """Coefficient and line (or column) of each addend."""
    instances: tuple[Instance, ...]
    bits: int
    """Evidence for it over chance: figures that fit, captions, indentation, rules drawn, sections."""


@frozen
class Repeat:
    """One amount printed in two places; the coarser printing rounds from the finer.

    `licensed` says why a difference may be called a violation; empty: it may not. `bits` is the evidence that the two
    are the same amount.
    """

    figures: tuple[str, str]
    caption: str
    licensed: str
    bits: int
    turned: bool = False
    """Their lines print all amounts that they share with opposite signs: a charge in one table is added back in the
    other."""
