"""How many examples a property is tried on: so many in a whole run, fewer in a fast one."""

from __future__ import annotations

from hypothesis import settings

_WHOLE = 100
"""Examples of a property that does not say how many, in a whole run; the profile of a fast one has fewer."""


def examples(whole: int) -> int:
    """The share of `whole` that the profile of this run asks for."""
    asked = settings().max_examples
    return max(1, whole * asked // _WHOLE)
