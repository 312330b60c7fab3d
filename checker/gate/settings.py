"""What a team decides about its gate: values, not actions."""

from __future__ import annotations

from fractions import Fraction

from checker.core.problem import Severity
from checker.core.value import frozen


@frozen
class Settings:
    """From which severity on a finding blocks, whether rounding does, and which part of a document's table figures must
    be tested at least (0 to 1)."""

    fail_on: Severity = "error"
    fail_on_rounding: bool = False
    min_coverage: Fraction = Fraction(1, 2)
