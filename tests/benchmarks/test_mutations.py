"""Falsified copies are what a slip of the fingers would print, and differ from the document in one number only."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mutations import KINDS, Kind, Printed, applied, drawn, mutation, of_figures, printed
from checker.pipeline import release

SEED = Path(__file__).parent.parent.parent / "examples" / "fusion-2013q1.md"
ROW = "Revenues      16,168,421     11,534,705\nNet loss     (1,596,280)      (785,951)\n"
CELLS = (
    "<table>"
    + "<tr><td>Sales</td><td>$</td><td>1,234</td><td>&nbsp;2,345</td></tr>" * 4
    + "</table><p>a sale of 5,678 units</p>"
    + "<td></td>" * 20
).encode()


def falsified(text: str, number: str, kind: Kind, seed: int = 1) -> str | None:
    """The text with that number falsified."""
    content = text.encode()
    place = next(one for one in printed(content) if one.text == number)
    change = mutation(content, place, kind, random.Random(seed))
    return None if change is None else applied(content, change).decode()


def test_numbers_of_a_text_table_are_those_that_stand_apart_on_a_line_of_several() -> None:
    text = f"Revenue rose to 16,168,421 from 11,534,705, or by 40.2%.\n{ROW}Employees 1,204\n"
    assert [one.text for one in printed(text.encode())] == ["16,168,421", "11,534,705", "1,596,280", "785,951"]


def test_numbers_of_an_html_table_are_those_that_open_their_cell() -> None:
    assert {one.text for one in printed(CELLS)} == {"1,234", "2,345"}
    assert {one.row for one in printed(CELLS)} == {("2,345",), ("1,234",)}


def test_a_sign_is_turned_with_both_its_parentheses() -> None:
    assert falsified(ROW, "1,596,280", "sign") == ROW.replace("(1,596,280)", "1,596,280")
    assert falsified(ROW, "16,168,421", "sign") == ROW.replace("16,168,421", "(16,168,421)")


def test_parentheses_in_cells_of_their_own_are_both_taken_away() -> None:
    row = b"<tr><td>Net loss</td><td>(1,596</td><td>)</td></tr>"
    content = b"<table>" + row * 8 + b"</table>"
    change = mutation(content, printed(content)[0], "sign", random.Random(1))
    assert change is not None
    assert applied(content, change) == content.replace(row, b"<tr><td>Net loss</td><td>1,596</td><td></td></tr>", 1)


def test_a_stale_copy_is_the_number_of_the_other_period() -> None:
    assert falsified(ROW, "16,168,421", "stale") == ROW.replace("16,168,421", "11,534,705")


def test_a_number_alone_in_its_row_cannot_be_a_stale_copy() -> None:
    assert falsified(ROW.replace("(785,951)", "785,951.0"), "11,534,705", "stale") is not None
    assert mutation(b"", printed(b"a  1,234\t1,234\n")[0], "stale", random.Random(1)) is None


def test_lakhs_stay_lakhs() -> None:
    found = falsified("Sales   12,34,567   11,22,333\n", "12,34,567", "double")
    assert found is not None
    assert re.search(r"\d{1,2},\d\d,\d\d,\d{3}", found)


def test_decimals_stay_where_they_are() -> None:
    for seed in range(20):
        for kind in ("digit", "transposition", "drop", "double", "other"):
            change = mutation(b"", Printed((0, 7), "1,234.5"), kind, random.Random(seed))
            assert change is not None
            assert re.fullmatch(rb"\d{1,3}(,\d{3})*\.\d", change.now)
    assert mutation(b"", Printed((0, 7), "1,234.5", ("99", "98.7")), "stale", random.Random(1)).now == b"98.7"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 10_000), which=st.integers(0, 105))
def test_a_falsified_copy_differs_in_that_number_alone(kind: Kind, seed: int, which: int) -> None:
    content = SEED.read_bytes()
    place = printed(content)[which]
    change = mutation(content, place, kind, random.Random(seed))
    if change is None:
        return
    copy = applied(content, change)
    start, end = change.now_at
    assert copy[start:end] == change.now != change.was
    assert copy[:start] + change.was + copy[end:] == content
    assert re.fullmatch(rb"\(?(\d{1,3}(,\d{3})*)\)?", change.now)


def test_the_same_seed_draws_the_same_copies_and_every_kind_comes_up() -> None:
    content = SEED.read_bytes()
    places = printed(content)
    first, second = (list(drawn(content, places, 70, random.Random("seed"))) for _ in range(2))
    assert first == second
    assert len({one.span for one in first}) == 70
    assert {one.kind for one in first} == set(KINDS)


def test_places_of_extracted_figures_are_numbers_of_the_file() -> None:
    content = SEED.read_bytes()
    found = of_figures(content, release(SEED.name, content).figures)
    assert len(found) == 106
    assert {one.span for one in found} == {one.span for one in printed(content)}
