"""Every specimen of the shipped pages gets the verdicts that its page promises; the runner itself says so when one does
not."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.resources import rules_folder
from checker.workshop.page import Block, written
from checker.workshop.specimens import pages, run

PAGES = pages([rules_folder()])

RULE = """rule total "The parts make the total"
    Total widgets = Red widgets + Blue widgets
"""
PAGE = """# Widgets

## total

```statement kind=notes
                2013   2012
Red widgets      400    300
Blue widgets     200    100
Total widgets    600    400
```
```findings
total 2013 agrees
total 2012 {verdict}
```
"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(rules_folder()).with_suffix("").as_posix())
def test_the_page_is_right(page: Path) -> None:
    for outcome in run([page]):
        assert outcome.agrees, f"{page.name}:{outcome.line} " + "\n".join(outcome.differences)


def _house(folder: Path, verdict: str) -> Path:
    (folder / "widgets.rules").write_text(RULE, encoding="utf-8")
    page = folder / "widgets.md"
    page.write_text(PAGE.format(verdict=verdict), encoding="utf-8")
    return page


def test_a_page_of_a_house_rule_runs_with_the_file_beside_it(tmp_path: Path) -> None:
    (outcome,) = run([_house(tmp_path, "agrees")])
    assert outcome.agrees, outcome.differences
    assert outcome.rule == "total"


def test_a_difference_is_told_with_the_amounts_that_the_rule_saw(tmp_path: Path) -> None:
    (outcome,) = run([_house(tmp_path, "violation")])
    assert not outcome.agrees
    assert any("400 against 400" in difference for difference in outcome.differences)


def test_a_verdict_that_nobody_expects_is_a_difference(tmp_path: Path) -> None:
    page = _house(tmp_path, "agrees")
    page.write_text(page.read_text(encoding="utf-8").replace("total 2012 agrees\n", ""), encoding="utf-8")
    (outcome,) = run([page])
    assert any(difference.startswith("total was not expected") for difference in outcome.differences)


def test_a_line_that_is_no_finding_is_a_difference(tmp_path: Path) -> None:
    page = _house(tmp_path, "perhaps")
    (outcome,) = run([page])
    assert any("is no finding" in difference for difference in outcome.differences)


def test_a_rule_file_stands_for_the_page_beside_it(tmp_path: Path) -> None:
    page = _house(tmp_path, "agrees")
    assert pages([tmp_path / "widgets.rules"]) == (page,) == pages([tmp_path])


def test_bare_years_become_days_on_a_balance_sheet_and_years_elsewhere() -> None:
    rows = ("              2013  2012", "Total assets   100    90")
    assert "\tDecember 31, 2013\tDecember 31, 2012" in written(Block(rows, "balance-sheet"))
    assert "\tYears Ended December 31,\n\t2013\t2012" in written(Block(rows, "cash-flow"))


def test_heads_that_say_their_length_are_kept() -> None:
    text = written(
        Block(("Three Months Ended March 31,", "          2013  2012", "Revenues   100    90"), "income-statement")
    )
    assert "\tThree Months Ended March 31,\n\t2013\t2012" in text
    assert "Years Ended" not in text
