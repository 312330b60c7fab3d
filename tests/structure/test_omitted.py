"""A line of movements that is missing from a matrix of balances."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.structure import infer
from tests.structure.tables import release, slips, statement, sums

HEADS = (
    "Share capital",
    "Premium",
    "Retained earnings",
    "Translation reserve",
    "Owners",
    "Minority interests",
    "Total equity",
)
ROWS: dict[str, tuple[int, ...]] = {
    "Balance at January 1, 2013": (1_250, 14_807, 38_412, -2_193, 0, 3_318, 0),
    "Profit for the year": (0, 0, 9_214, 0, 0, 407, 0),
    "Translation differences": (0, 0, 0, -1_186, 0, -52, 0),
    "Shares issued": (150, 2_931, 0, 0, 0, 0, 0),
    "Dividends": (0, 0, -4_105, 0, 0, -190, 0),
    "Shares granted to employees": (0, 618, 0, 0, 0, 0, 0),
}
CLOSING = "Balance at December 31, 2013"


def printed(amount: int) -> str:
    return "-" if not amount else f"({-amount:,})" if amount < 0 else f"{amount:,}"


def summed(row: tuple[int, ...]) -> tuple[int, ...]:
    owners = sum(row[:4])
    return (*row[:4], owners, row[5], owners + row[5])


def matrix(
    lacking: str = "", change: Mapping[str, Mapping[int, int]] | None = None, rows: Mapping[str, tuple[int, ...]] = ROWS
) -> str:
    whole = {caption: summed(row) for caption, row in rows.items()}
    whole[CLOSING] = tuple(map(sum, zip(*whole.values(), strict=True)))
    for caption, places in (change or {}).items():
        whole[caption] = tuple(amount + places.get(place, 0) for place, amount in enumerate(whole[caption]))
    return "\n".join(
        f"{caption}  " + "  ".join(map(printed, row)) for caption, row in whole.items() if caption != lacking
    )


def told(text: str, heads: tuple[str, ...] = HEADS) -> list[tuple[str, str, str]]:
    return slips(infer(release(evolve(statement(text, heads=heads), kind="equity"))).sums)


def test_a_matrix_that_is_whole_lacks_nothing() -> None:
    assert told(matrix()) == []


@pytest.mark.parametrize("caption", list(ROWS)[1:])
def test_a_line_of_movements_that_is_not_there_leaves_the_closing_total_short(caption: str) -> None:
    assert told(matrix(caption)) == [("warning", "missing", f"t0r{len(ROWS) - 1}c6")]


@pytest.mark.parametrize("balance", ["Balances as of ", "Balance, ", "Balance—", "Balance - ", "BALANCE AT "])
def test_a_balance_is_one_however_it_is_set(balance: str) -> None:
    assert len(told(matrix("Dividends").replace("Balance at ", balance))) == 1


def test_it_says_what_bears_witness() -> None:
    told_why = [
        each.licensed
        for one in sums(matrix("Profit for the year"), HEADS)
        for each in one.instances
        if each.slip is not None
    ]
    assert told_why == ["every line cross-foots, and 3 other columns foot"]


@pytest.mark.parametrize("place", range(7))
def test_an_amount_that_breaks_its_own_line_is_no_missing_line(place: int) -> None:
    for caption in ("Dividends", CLOSING):
        assert [kind for _, kind, _ in told(matrix(change={caption: {place: 730}}))] == []


def test_a_line_that_sums_up_others_is_not_counted_twice() -> None:
    rows = dict(list(ROWS.items())[:3])
    rows["Comprehensive income"] = tuple(
        map(sum, zip(ROWS["Profit for the year"], ROWS["Translation differences"], strict=True))
    )
    text = matrix(rows={**rows, **dict(list(ROWS.items())[3:])}).rsplit("\n", 1)[0]
    assert told(f"{text}\n{matrix().splitlines()[-1]}") == []


def test_two_years_short_are_another_make_up() -> None:
    later = {caption.replace("2013", "2014"): tuple(3 * amount for amount in row) for caption, row in ROWS.items()}
    years = (matrix("Dividends"), matrix("Shares issued", rows=later).replace(CLOSING, CLOSING.replace("2013", "2014")))
    assert [len(told(year)) for year in years] == [1, 1]
    assert told("\n".join(years)) == []


@pytest.mark.parametrize("heads", [(*HEADS[:5], "Nil", "Total equity")])
def test_a_total_that_has_nothing_to_add_is_a_copy(heads: tuple[str, ...]) -> None:
    rows = {caption: (*row[:5], 0, 0) for caption, row in ROWS.items()}
    assert told(matrix("Profit for the year", rows=rows), heads) == [("warning", "missing", f"t0r{len(ROWS) - 1}c6")]


@given(st.lists(st.lists(st.integers(-9_999, 9_999), min_size=4, max_size=4), min_size=4, max_size=8), st.data())
def test_whatever_moves_one_whole_line_is_missed_and_nothing_else(drawn: list[list[int]], data: st.DataObject) -> None:
    rows: dict[str, tuple[int, ...]] = {"Balance at January 1, 2013": ROWS["Balance at January 1, 2013"]}
    rows |= {
        f"Movement {'ABCDEFGH'[place]}": (row[0], row[1], row[2], row[3], 0, 0, 0) for place, row in enumerate(drawn)
    }
    assume(all(sum(map(abs, row)) > 50 for row in drawn))
    assert told(matrix(rows=rows)) == []
    lacking = data.draw(st.sampled_from(list(rows)[1:]))
    assert all(each == ("warning", "missing", f"t0r{len(rows) - 1}c6") for each in told(matrix(lacking, rows=rows)))
