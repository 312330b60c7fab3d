"""Findings: what the program says of one relation in one period."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from checker.core.check import Check
from checker.core.problem import Severity

Verdict = Literal["agrees", "rounding", "violation", "not applicable"]


@frozen
class Suspect:
    """One figure that may be wrong: what it should read, what slip explains it, and how sure, in [0, 1] (comparable inside a document, no probability)."""

    figure: str
    proposed: str
    cause: str
    score: Fraction


@frozen
class Share:
    """How one figure adds to the most that rounding explains: |coefficient| * step / 2. The coefficient is None where the form is not linear in it."""

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
    """The judgement of one check. Amounts are exact; they are None where nothing was computed (not applicable, no linear form)."""

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
    waived: Waiver | None = None

    @property
    def reason(self) -> str | None:
        """Why it is not applicable."""
        return self.check.reason if self.verdict == "not applicable" else None
