"""What a wrong figure hides from the search that it is part of, and the rest of its table shows."""

from __future__ import annotations

from math import gcd

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.structure.grid import down, without
from tests.examples import examples
from tests.structure.tables import licensed, relations, statement, sums

AMOUNTS = st.integers(1_000, 99_999)
TABLES = st.lists(st.lists(AMOUNTS, min_size=3, max_size=3), min_size=3, max_size=6)
"""Lines of three columns."""


def drawn(rows: list[list[int]], totals: list[int]) -> str:
    lines = [f"Item {chr(65 + place)}  " + "  ".join(f"{amount:,}" for amount in row) for place, row in enumerate(rows)]
    return "\n".join([*lines, "Total items  " + "  ".join(f"{amount:,}" for amount in totals)])


@settings(max_examples=examples(40), deadline=None)
@given(TABLES, st.integers(0, 2), st.integers(1, 8))
def test_a_total_that_holds_in_two_columns_speaks_where_a_digit_of_it_is_wrong(
    rows: list[list[int]], column: int, other: int
) -> None:
    totals = [sum(row[place] for row in rows) for place in range(3)]
    assume(len({tuple(row[place] for row in rows) for place in range(3)}) == 3)
    assume(
        all(gcd(*(row[place] for row in rows)) < 10 for place in range(3))
    )  # what is all thousands foots by chance too often to bear witness
    first = int(str(totals[column])[0])
    wrong = int(
        str((first + other - 1) % 9 + 1 if (first + other - 1) % 9 + 1 != first else first % 9 + 1)
        + str(totals[column])[1:]
    )
    typed = [wrong if place == column else amount for place, amount in enumerate(totals)]
    missing = abs(wrong - totals[column])  # an addend or twice one may have been misread
    assume(all(abs(missing - times * amount) > 4 for row in rows for amount in row for times in (1, 2)))
    assert relations(drawn(rows, totals)) == relations(drawn(rows, typed))
    assert len(licensed(sums(drawn(rows, typed)))) == 1


@settings(max_examples=examples(40), deadline=None)
@given(TABLES, st.integers(0, 2))
def test_a_grid_without_a_case_is_the_grid_of_the_table_without_that_column(rows: list[list[int]], column: int) -> None:
    whole = down(statement(drawn(rows, [sum(row[place] for row in rows) for place in range(3)])))[0]
    fewer = [[amount for place, amount in enumerate(row) if place != column] for row in rows]
    rest = down(statement(drawn(fewer, [sum(row[place] for row in fewer) for place in range(2)])))[0]
    assert without(whole, column).values == rest.values
    assert without(whole, column).steps == rest.steps
    assert without(whole, column).width == whole.width - 1


@pytest.mark.parametrize(
    ("total", "speaks"),
    [
        ("148,177", False),
        ("148,717", True),
        ("184,177", True),
        ("248,177", True),
        ("14,817", True),
        ("736,502", False),
    ],  # right, slips, another amount
)
def test_the_other_of_two_columns_is_enough_where_a_slip_explains_the_difference(total: str, speaks: bool) -> None:
    table = (
        f"Wages  81,263  74,419\nRent  40,214  39,836\nPower  26,700  25,108\nCosts of the year  {total}  "
        f"139,363\nInterest  5,512  6,108"
    )
    assert bool(licensed(sums(table))) is speaks
