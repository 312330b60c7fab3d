"""One row of the table of currencies is enough: a code is read in a cell, a head, a caption and a sentence."""

from __future__ import annotations

import pytest

from checker.core.release import Release
from checker.extract import extract
from checker.lexicon import money
from checker.lexicon.currencies import ROWS as ROWS_OF_MONEY
from tests.extract.tables import document

ROWS = (("", "2023", "2022"), ("Revenues", "1,512", "1,480"), ("Costs", "(1,301)", "(1,290)"), ("Profit", "211", "190"))
NAMES = {code: names.split("|")[0] for code, _, names in ROWS_OF_MONEY}
EVERY = [code for code in money.CODES if code not in money.WORDS][::4]


def _units(release: Release, origin: str = "table") -> set[str]:
    return {str(figure.unit) for figure in release.figures if figure.origin == origin}


@pytest.mark.parametrize("code", EVERY)
def test_a_currency_is_read_wherever_it_stands(code: str) -> None:
    rows = [list(row) for row in ROWS]
    in_cells = [rows[0], ["Revenues", f"{code} 1,512", f"{code} 1,480"], *rows[2:]]
    in_heads = [["", f"2023 ({code} million)", f"2022 ({code} million)"], *rows[1:]]
    assert _units(extract(document("Income statement", in_cells))) == {code}
    headed = extract(document("Income statement", in_heads))
    assert _units(headed) == {code}
    assert {figure.scale for figure in headed.figures} == {10**6}
    captioned = extract(document(f"Income statement (in thousands of {NAMES[code]})", rows))
    assert _units(captioned) == {code}
    assert {figure.scale for figure in captioned.figures} == {1000}
    told = extract(document(f"Revenues rose to {code} 1.5 billion.", in_heads))
    assert _units(told, "prose") == {code}
