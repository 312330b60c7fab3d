"""Units: what a figure counts, as a value; the text of it in files comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.unit import NUMBER, PERCENT, RATIO, SHARES, Unit, money, per_share

EURO, EURO_PER_SHARE, BARRELS = money("EUR"), per_share("EUR"), Unit("number", "barrels")
EVERY = (EURO, EURO_PER_SHARE, SHARES, PERCENT, RATIO, NUMBER, BARRELS)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("EUR", EURO),
        ("EUR/share", EURO_PER_SHARE),
        ("shares", SHARES),
        ("percent", PERCENT),
        ("ratio", RATIO),
        ("number", NUMBER),
        ("barrels", BARRELS),
        ("bbl", Unit("number", "bbl")),
    ],
)
def test_the_texts_of_files(text: str, unit: Unit) -> None:
    assert Unit.of(text) == unit
    assert str(unit) == text


@given(st.text(min_size=1) | st.sampled_from(["/share", "share", "USD/shares", "USDX", "currency", "per share"]))
def test_whatever_a_file_calls_a_unit_is_written_so_again(text: str) -> None:
    assert str(Unit.of(text)) == text


def test_what_is_asked_of_a_unit() -> None:
    def those(asked: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in EVERY if getattr(unit, asked))

    assert those("is_money") == (EURO,)
    assert those("is_per_share") == (EURO_PER_SHARE,)
    assert those("is_relative") == (PERCENT, RATIO)
    assert those("is_bare") == (PERCENT, RATIO, NUMBER)
    assert those("takes_scale") == (EURO, SHARES, BARRELS)


def test_two_currencies_are_two_units() -> None:
    assert money("USD") != money("CAD")
    assert len({money("USD"), money("USD"), per_share("USD")}) == 2
