"""What a market says of rules: a term or a condition is proposed where the filings bear it out, and mends the rule;
nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra bulk")
pytest.importorskip("numpy", reason="needs the extra bulk")
pytest.importorskip("duckdb", reason="needs the extra bulk")

from tests.cli.conftest import Answer, tieout  # noqa: F401

pytestmark = pytest.mark.usefixtures("here")

RULE = "us-gaap/income-statement/gross-profit"
Tieout = Callable[..., Answer]


def market(path: Path, filers: Mapping[int, Mapping[str, int]]) -> Path:
    """Filers with their amounts of one quarter."""
    lines = ["filing,filer_name,concept,end,months,value"]
    for number, amounts in filers.items():
        lines += [f"{number:04},Filer {number},us-gaap:{tag},2013-03-31,3,{value}" for tag, value in amounts.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def filer(number: int, more: Mapping[str, int], off: int) -> dict[str, int]:
    """Revenues and what they cost; the gross profit is off by an amount."""
    revenues, cost = 900_411 + 1_234 * number, 500_117 + 871 * number
    return {"Revenues": revenues, "CostOfRevenue": cost, "GrossProfit": revenues - cost - off, **more}


def mined(call: Tieout, path: Path, *more: str) -> dict[str, Any]:
    out = path.with_suffix("")
    call("bulk", path, "--out", out)
    answer = call("bulk", "mine", out, "--least", "5", "--format", "jsonl", *more)
    assert answer.status == 0, answer
    return {one["rule"]: one for one in map(json.loads, answer.out.splitlines())}


def test_a_term_that_explains_the_differences_is_proposed_and_mends_the_rule(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    taken = {number: 40_003 + 77 * number for number in range(1, 6)}
    filers = {
        n: filer(n, {"DepreciationAndAmortization": taken[n]} if n in taken else {}, taken.get(n, 0))
        for n in range(1, 11)
    }
    path = market(tmp_path / "market.csv", filers)
    found = mined(tieout, path)[RULE]
    assert (found["filers"], found["failing"], found["percent"]) == (10, 5, "50")
    term, condition = found["proposals"]
    assert (term["said"], term["explained"], term["of"]) == ("- Depreciation and amortization?", 5, 5)
    assert (condition["said"], condition["explained"], condition["of"]) == (
        "Depreciation and amortization is missing",
        5,
        5,
    )
    for number, proposal in enumerate((term, condition)):
        house = tmp_path / f"house{number}.rules"
        house.write_text(proposal["override"] + "\n")
        out = tmp_path / f"mended{number}"
        tieout("bulk", path, "--out", out, "--rules", house)
        asked = f"SELECT agrees, violations FROM rules WHERE rule = '{RULE}'"
        said = tieout("bulk", "query", out, asked, "--format", "csv").out.splitlines()[1]
        assert said == ("10,0", "5,0")[number]


def test_nothing_is_proposed_where_filings_do_not_tell(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    filers = {n: filer(n, {"DepreciationAndAmortization": 70_001 + n}, 1_000 + n if n % 2 else 0) for n in range(1, 11)}
    assert mined(tieout, market(tmp_path / "market.csv", filers))[RULE]["proposals"] == []


def test_a_term_that_would_break_what_holds_is_none(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    filers = {}
    for number in range(1, 13):
        amount = 40_003 + 77 * number
        filers[number] = filer(number, {"DepreciationAndAmortization": amount}, amount if number % 2 else 0)
    assert mined(tieout, market(tmp_path / "market.csv", filers))[RULE]["proposals"] == []


def test_what_holds_is_said_and_what_was_only_counted_cannot_be_mined(tieout: Tieout, tmp_path: Path) -> None:  # noqa: F811
    path = market(tmp_path / "market.csv", {number: filer(number, {}, 0) for number in range(1, 7)})
    tieout("bulk", path, "--out", "out")
    said = tieout("bulk", "mine", "out", "--least", "5").out
    assert f"  {RULE}  6 filers, 6 judged, 0 fail\n" in said and "0 rules fail for 30 % of their filers" in said
    assert "0 rules hold" in tieout("bulk", "mine", "out", "--least", "50").out
    tieout("bulk", path, "--out", "told", "--keep", "told")
    assert tieout("bulk", "mine", "told").status == 2
    assert tieout("bulk", "mine", tmp_path).status == 2
