"""What becomes of a name or an expression when it is bound: an expression over figures, or why there is none."""

from __future__ import annotations

from typing import Literal

from checker.core.expression import Expression
from checker.core.value import frozen


@frozen
class Bound:
    """Found: what it amounts to."""

    expression: Expression


@frozen
class Absent:
    """Not found, and why. Only what is *missing* can be left out where a rule says `?` or `|`; an ambiguous name never is."""

    reason: str
    kind: Literal["missing", "ambiguous", "period", "later"] = "missing"


Outcome = Bound | Absent
