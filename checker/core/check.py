"""Checks: rules bound to the figures of a release in one period, or the reason why they could not be."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from checker.core.expression import Expression
from checker.core.figure import Figure
from checker.core.problem import Severity
from checker.core.rule import Comparison, Kind, Tolerance
from checker.core.structure import LineSlip
from checker.core.value import frozen

Basis = Literal["written", "inferred"]


@frozen
class Threshold:
    """From a difference larger than `above` (in the unit of the relation) on, the finding has this severity."""

    severity: Severity
    above: Fraction


@frozen
class Check:
    """One relation in one period, every name replaced by a figure.

    `reason` not empty: it does not apply, and why; then there may be no expressions.
    """

    rule: str
    title: str
    relation: str
    basis: Basis
    period: str
    comparison: Comparison = "="
    left: Expression | None = None
    right: Expression | None = None
    figures: tuple[Figure, ...] = ()
    """Every figure the expressions name, once, in order of first use."""
    severity: Severity = "error"
    thresholds: tuple[Threshold, ...] = ()
    tolerance: Tolerance = Tolerance()
    required: bool = False
    reason: str | None = None
    unlicensed: str | None = None
    """Why a violation of it is no more than a note (the structure is only inferred, no other column confirms it); None:
    it may speak."""
    because: str = ""
    """What speaks for an error where it is broken, beside the arithmetic: that it holds elsewhere, that one slip of the
    fingers explains it. Empty where a rule alone asks for it."""
    likelihood: Fraction | None = None
    """How likely an error of the document it is where it is broken; None where that was never measured."""
    confirmed: int = 0
    """In how many other columns (or rows) the same relation holds, where it is broken in no second one; 0 where it
    is."""
    slip: LineSlip | None = None
    """What happened to a whole line of the sum, where its structure already says so."""
    turned: tuple[str, ...] = ()
    """Ids of figures read with the other sign than printed; the coefficients of the expressions already say so."""
    ticks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other rules that say exactly this."""
    forced: bool = False
    """The document forces its sums to foot, so that even one unit of rounding is unlikely."""
    reads: str = ""
    """The relation as it applies here, for a person: optional terms that are not reported are gone, of alternatives the
    one taken is left. Empty where that is what `relation` says. `relation` stays as written, so that a term more or
    less is no other relation."""
    percent: bool = False
    """The relation is in percent (100 times the ratio): differences are percentage points."""

    house: bool = False
    """A house's own rule asks for it: nothing that is judged otherwise speaks in its place, nor it in theirs."""
    kind: Kind | None = None
    """What the rule is; None: as its comparison says."""
    passed_over: str = ""
    """The caption of a line that stands among the lines of the sum and that no term of an auditor's rule names; empty
    where that is meant."""
    bracketed: tuple[str, ...] = ()
    """Figures of an auditor's bound that are printed as negative, of lines that take something away: whether their size
    is meant, only the author knows."""
    apart: str = ""
    """What two say differently that are no amounts, as a sentence: periods, units. Not empty: that is the violation,
    and there are no expressions."""
    segment: str = ""
    """The segment of the company that it is judged in; empty where it speaks of the whole."""

    seen: str = ""
    """What the file shows besides its figures that speaks for it: `=SUM(B3:B6) leaves out B7`. Empty where there is
    nothing of the kind."""

    @property
    def leaves_out(self) -> str:
        """What is said of a sum that leaves out a line of its block; empty of others."""
        return f"“{self.passed_over}” stands among its lines, and no term names it" if self.passed_over else ""

    @property
    def is_of_tags(self) -> bool:
        """Whether it speaks of what tags state. Nothing of print is tested by it, and no figure of print is accused."""
        return bool(self.apart) or any(figure.origin == "tag" for figure in self.figures)

    @property
    def in_words(self) -> str:
        """The relation for a person to read."""
        said = f"{self.reads or self.relation} ({self.seen})" if self.seen else self.reads or self.relation
        return f"{self.segment}: {said}" if self.segment else said
