"""What a total lacks, and where it may stand instead."""

from __future__ import annotations

import pytest

from checker.structure.fit import Fit, measure
from checker.structure.grid import down
from checker.structure.short import strayed
from tests.structure.tables import statement

EXPENSES = """
Exchange losses  8.4  3.9
Borrowings  42.6  20.5
Loss of affiliates  {affiliates}
Total other expense  54.7  25.4
"""


@pytest.mark.parametrize(
    ("affiliates", "elsewhere"), [("3.7  .  1.0", True), ("3.7  .  4.4", False), ("3.7  .", False)]
)
def test_what_a_total_lacks_may_stand_in_a_column_of_another_kind(affiliates: str, elsewhere: bool) -> None:
    table = statement(EXPENSES.format(affiliates=affiliates))
    (grid,) = down(table)
    terms = tuple((1, line) for line in range(3))
    fit = Fit(3, terms, measure(grid, 3, terms))
    assert len(fit.broken) == 1
    assert strayed(grid, fit, table) is elsewhere
