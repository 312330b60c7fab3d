"""Every rule of the house is accounted for: judged so often, or never, why, and what it nearly spoke of."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.core.report import Checked
from checker.gate.accounted import accounted
from checker.language import load
from checker.pipeline import check

TABLE = """Statements of income

|  | 2013 | 2012 |
|---|---|---|
| Net turnover | 900 | 800 |
| Cost of turnover | 500 | 450 |
| Turnover margin | 400 | 350 |
"""


def accounts(tmp_path: Path, rules: str) -> Checked:
    path = tmp_path / "house.rules"
    path.write_text(rules)
    book = load([path])
    return accounted(check("a.md", TABLE.encode(), book), book)


def test_a_rule_that_was_judged_is_counted(tmp_path: Path) -> None:
    (one,) = accounts(tmp_path, "rule margin\n    Turnover margin = Net turnover - Cost of turnover\n").applied
    assert (one.rule, one.judged, one.never, one.nearest) == ("house/margin", 2, "", ())


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Nett turnover", "Net turnover"),
        ("Cost of turnovr", "Cost of turnover"),
        ("Turnover margins", "Turnover margin"),
    ],
)
def test_a_misspelt_name_is_a_warning_with_the_caption_of_that_page(tmp_path: Path, name: str, near: str) -> None:
    checked = accounts(tmp_path, f"rule slip\n    {name} = 2 * Net turnover\n")
    (one,) = checked.applied
    assert one.judged == 0 and one.never and near in one.nearest
    (slip,) = [problem for problem in checked.problems if problem.code == "P103"]
    assert slip.severity == "warning" and name in slip.message and slip.help == f"did you mean {near}?"


def test_a_rule_about_something_else_is_told_why_and_warned_of_nothing(tmp_path: Path) -> None:
    checked = accounts(tmp_path, "rule other\n    Gross premiums written = Net premiums written + Ceded premiums\n")
    (one,) = checked.applied
    assert one.judged == 0 and "Gross premiums written" in one.never
    assert not [problem for problem in checked.problems if problem.code == "P103"]


def test_shipped_rules_are_not_told_of(tmp_path: Path) -> None:
    assert accounts(tmp_path, "").applied == ()
