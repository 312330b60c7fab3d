"""Findings: what the program says of one relation in one period."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from checker.core.check import Check
from checker.core.problem import Severity
from checker.core.value import frozen

Verdict = Literal["agrees", "rounding", "violation", "not applicable"]


@frozen
class Suspect:
    """One figure that may be wrong: what it should read, what slip explains it, and how sure, in [0, 1] (comparable
    inside a document, no probability)."""

    figure: str
    proposed: str
    cause: str
    score: Fraction
    together: tuple[str, ...] = ()
    """Figures that must be wrong at the same time for this one to explain anything."""


@frozen
class Story:
    """One cause of one or several findings: what would have to read otherwise for all of them to be right, and what
    else could be."""

    id: str
    """Its name inside the document: s1, s2, ..."""
    suspects: tuple[Suspect, ...]
    """Every figure in question, likeliest first; more than those of one finding."""
    named: tuple[str, ...] = ()
    """The figures named without a doubt: one, or several that went wrong together. Fewer than the suspects where one
    more is wrong and the evidence leaves a choice of it; none where it leaves a choice altogether."""
    broken: int = 0
    """How many relations are broken."""
    repairs: int = 0
    """How many of them the likeliest explanation repairs; it breaks none."""
    holds: int = 0
    """How many relations that hold rest on the likeliest figures, and still hold when they are put right."""


@frozen
class Share:
    """How one figure adds to the most that rounding explains: |coefficient| * step / 2. The coefficient is None where
    the form is not linear in it."""

    figure: str
    coefficient: Fraction | None
    allowance: Fraction | None


@frozen
class Waiver:
    """Why a finding does not block: who said so, until when."""

    reason: str
    approver: str
    expires: str
    source: Literal["waiver", "baseline"] = "waiver"
    """Written for this finding, or counted in the baseline: accepted in bulk, with nobody's reason."""


@frozen
class Finding:
    """The judgement of one check. Amounts are exact; they are None where nothing was computed (not applicable, no
    linear form)."""

    id: str
    """Fingerprint without lines or amounts, so that it survives another draft."""
    check: Check
    verdict: Verdict
    severity: Severity | None = None
    unlikely: bool = False
    message: str = ""
    left: Fraction | None = None
    right: Fraction | None = None
    difference: Fraction | None = None
    """left - right, as printed."""
    allowance: Fraction | None = None
    """The largest difference that rounding explains."""
    units_of_last_place: Fraction | None = None
    """difference / step of the coarsest figure."""
    shares: tuple[Share, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    """Those of its story that stand in it."""
    story: Story | None = None
    """The cause it has in common with others; None where nothing is broken, or nothing can be said."""
    turns_on: tuple[str, ...] = ()
    """Captions of lines printed in brackets on whose sign a bound turns: with their size the verdict is another."""
    waived: Waiver | None = None
    blocks: bool = False
    """Whether it keeps its document from passing: set by the gate alone, shown by every report."""

    @property
    def likelihood(self) -> Fraction | None:
        """How likely it is that the document is wrong and was not misread; None for all but violations that may be
        called that, and where it was never measured."""
        return self.check.likelihood if self.verdict == "violation" and self.check.unlicensed is None else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for an error, beside the arithmetic, as sentences begin in the middle."""
        told = self.verdict == "violation" and self.check.unlicensed is None and self.check.because
        return (self.check.because,) if told else ()

    @property
    def would_hold(self) -> str:
        """What is said of a broken bound that would hold with the size of lines printed in brackets; empty of
        others."""
        if self.verdict != "violation" or not self.turns_on:
            return ""
        return f"it holds with the size of what is printed in brackets: {', '.join(map(_size, self.turns_on))}"

    @property
    def reason(self) -> str | None:
        """Why it is not applicable."""
        return self.check.reason if self.verdict == "not applicable" else None


def _size(caption: str) -> str:
    return f"abs({caption})"
