"""Why a name or an expression is bound to nothing."""

from __future__ import annotations

from typing import Literal

from checker.core.value import frozen


@frozen
class Absent:
    """Not found, and why. Only what is *missing* can be left out where a rule says `?` or `|`; an ambiguous name never
    is."""

    reason: str
    kind: Literal["missing", "ambiguous", "period", "later"] = "missing"
