"""Cross-footing and long periods: columns that are the sum of other columns in most lines."""

from __future__ import annotations

from checker.core.statement import Statement
from checker.core.structure import Sum


def across_sums(statement: Statement) -> tuple[Sum, ...]:
    """The row totals and long periods of a table."""
    return ()
