"""The one blank cell of a table is an amount that was lost, unless a sum holds without it."""

from __future__ import annotations

import pytest
from attrs import evolve

from checker.structure import infer
from tests.structure.tables import release, statement

ASSETS = """
Cash and bank  14,250  12,180
Receivables  8,331  7,904
Inventories  10,905  11,240
Property and equipment  40,118  38,774
Goodwill  21,007  21,007
Total assets  94,611  91,105
"""


def warned(text: str) -> list[str]:
    return [problem.code for problem in infer(release(evolve(statement(text), kind="balance sheet"))).problems]


@pytest.mark.parametrize("lost", ["14,250", "7,904", "38,774", "91,105"])
def test_a_blank_among_amounts_is_said_an_addend_as_well_as_a_total(lost: str) -> None:
    assert warned(ASSETS) == []
    assert warned(ASSETS.replace(lost, ".")) == ["P203"]


def test_what_is_nothing_by_its_sum_is_none() -> None:
    assert warned(ASSETS.replace("Goodwill  21,007  21,007", "Goodwill  21,007  .").replace("91,105", "70,098")) == []


def test_several_blanks_are_how_a_table_prints_nothing() -> None:
    assert warned(ASSETS.replace("12,180", ".").replace("8,331", ".")) == []


def test_a_dash_is_printed_and_short_tables_are_none() -> None:
    assert warned(ASSETS.replace("12,180", "-").replace("91,105", "78,925")) == []
    assert warned("Cash  14,250  .\nDebtors  3,118  2,907") == []
