"""Rules of authors that would look like a pass: a line that vanished, a bound that holds by a bracket, a definition
that nobody hears of, a name of the library that an author means otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.gate.accounted import accounted
from checker.language import load
from checker.pipeline import check
from checker.report.differences import told
from checker.workshop.mutation import mutated
from checker.workshop.rule_coverage import covered
from checker.workshop.specimens import run
from checker.workshop.trying import judged as tried
from checker.workshop.trying import own_rules, reading
from checker.workshop.trying import told as told_of

HOTELS = """SEESTERN HOTELS GROUP
Consolidated statement of income
(in millions of euros, except per share amounts)
                                        Year ended December 31,
                                          2025        2024
Room revenue                          €  612.4    €  570.1
Restaurant revenue                       201.7       188.0
Other revenue                             35.9        31.4
Total revenue                            850.0       789.5
Staff costs                             (321.3)     (302.2)
Rent                                    (188.0)     (181.9)
EBITDA                                   340.7       305.4
Depreciation                            (110.2)     (105.1)
Operating profit                         230.5       200.3
Basic earnings per share              €   1.25    €   1.11
Free cash flow                           120.4       110.0
Gross margin                              41.0%       40.0%
"""
FLOWS = (
    "Net cash from operating activities     135.4       121.0",
    "Capex                                    (15.0)      (11.0)",
)
CASH = HOTELS.replace("Free cash flow  ", "\n".join((*FLOWS, "Free cash flow  ")))


def judged(text: str, rules: str, folder: Path) -> tuple[Checked, list[Finding]]:
    """The report with its rules accounted for, and what the auditor's own rules say."""
    file = folder / "own.rules"
    file.write_text(rules, encoding="utf-8")
    book = load([file])
    checked = accounted(check("release.txt", text.encode(), book), book)
    return checked, [one for one in checked.findings if one.check.rule.startswith("own/")]


@pytest.mark.parametrize(
    "sum_of",
    [
        "Room revenue + Restaurant revenue + Parking revenue",
        "sum of\n        + Room revenue\n        + Restaurant revenue\n        + Parking revenue",
        "Room revenue + (Parking revenue | Garage revenue)",
    ],
)
def test_a_line_of_a_sum_that_vanished_is_a_finding_with_its_name(sum_of: str, tmp_path: Path) -> None:
    _, own = judged(HOTELS, f'rule total "x"\n    Total revenue = {sum_of}\n    because "x"\n', tmp_path)

    assert {one.severity for one in own if one.severity} == {"warning"}
    assert "Total revenue is printed, and a line of its sum is not: Parking revenue" in str(own[0].reason)


@pytest.mark.parametrize(
    "relation",
    [
        "Total revenue = Room revenue + Parking revenue?",  # may be missing
        "Parking total = Room revenue + Restaurant revenue",  # no total, no sum
        "Total revenue >= Room revenue + Parking revenue",  # a bound
        "Total revenue = Room revenue * Parking share",  # no sum
        "Total revenue = Alpha + Beta + Room revenue",  # hardly this statement
        "Total revenue = opening Room revenue + Restaurant revenue",  # another period is not printed
    ],
)
def test_what_is_no_vanished_line_is_none(relation: str, tmp_path: Path) -> None:
    _, own = judged(HOTELS, f'rule total "x"\n    {relation}\n    because "x"\n', tmp_path)

    assert not any("a line of its sum is not" in str(one.reason) for one in own)


def test_a_new_line_is_named_in_what_is_told_of_the_violation(tmp_path: Path) -> None:
    _, own = judged(
        HOTELS, 'rule x "x"\n    Total revenue = Room revenue + Restaurant revenue\n    because "x"\n', tmp_path
    )

    assert "“Other revenue” stands among its lines, and no term names it" in told(own[0])


@pytest.mark.parametrize(
    ("bound", "warned"),
    [
        ("Rent / Total revenue <= 15%", True),
        ("Rent / Total revenue <= 30%", False),  # holds by its size too
        ("abs(Rent) / Total revenue <= 30%", False),
        ("Rent[as printed] / Total revenue <= 15%", False),
        ("Rent <= €100 million", True),
        ("Staff costs + Rent <= €300 million", True),
        ("Depreciation < €100 million", True),
        ("EBITDA >= €300 million", False),
    ],
)
def test_a_bound_that_holds_by_a_bracket_alone_is_told(bound: str, warned: bool, tmp_path: Path) -> None:
    checked, own = judged(HOTELS, f'rule limit "x"\n    {bound}\n    because "x"\n', tmp_path)

    assert all(one.verdict == "agrees" for one in own) or "abs(" in bound
    assert any(one.code == "P105" for one in checked.problems) is warned


def test_a_bound_broken_by_a_bracket_says_what_would_hold(tmp_path: Path) -> None:
    _, own = judged(HOTELS, 'rule floor "x"\n    Rent / Total revenue >= 10%\n    because "x"\n', tmp_path)

    assert own[0].verdict == "violation"
    assert "abs(Rent)" in told(own[0])
    assert "abs(Rent)" in own[0].message


def test_a_loss_in_a_bound_is_no_cost_in_brackets(tmp_path: Path) -> None:
    loss = HOTELS.replace("        230.5       200.3", "       (230.5)     (200.3)")
    checked, _ = judged(loss, 'rule limit "x"\n    Operating profit <= €100 million\n    because "x"\n', tmp_path)

    assert not any(one.code == "P105" for one in checked.problems)


@pytest.mark.parametrize(
    ("definition", "says"),
    [
        ("define Total revenue = Room revenue + Restaurant revenue + 10", "10 of what?"),
        ("define Operating profit = EBITDA + Goodwil as currency", "Goodwil is not reported"),
        ("define EBITDA = Total revenue as percent", "EBITDA is printed here as something else than a percentage"),
        ("define Net leverage = EBITDA / Total revenue as ratio", "no line of the release prints it"),
    ],
)
def test_a_definition_that_checks_nothing_is_accounted_for(definition: str, says: str, tmp_path: Path) -> None:
    checked, _ = judged(HOTELS, f"{definition}\n", tmp_path)

    assert [one.judged for one in checked.applied] == [0]
    assert says in checked.applied[0].never


def test_a_definition_that_a_rule_uses_is_no_idle_check(tmp_path: Path) -> None:
    rules = (
        'define Rent share = abs(Rent) / Total revenue as percent\nrule x "x"\n    Rent share <= 30%\n    because "x"\n'
    )
    checked, _ = judged(HOTELS, rules, tmp_path)

    assert [(one.rule, one.judged) for one in checked.applied] == [("own/x", 2)]


def test_a_definition_without_a_unit_checks_amounts_per_share_too(tmp_path: Path) -> None:
    _, own = judged(HOTELS, "define Basic earnings per share = Operating profit / Staff costs\n", tmp_path)

    assert {one.verdict for one in own} <= {"violation", "not applicable"}
    assert own


def test_a_rule_and_a_definition_of_one_id_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "own.rules"
    file.write_text(
        "define Rent share = abs(Rent) / Total revenue as percent\n"
        'rule rent-share "At most 30 %"\n    Rent share <= 30%\n    because "x"\n'
    )
    rules = own_rules(file)
    told = told_of(rules, tried(rules, reading("release.txt", HOTELS.encode())))

    assert [(type(one.declared).__name__, len(one.findings)) for one in told] == [("Definition", 0), ("Rule", 2)]
    assert [row.agreed for row in covered([told])] == [0, 2] or [row.agreed for row in covered([told])] == [2, 0]


@pytest.mark.parametrize("plus", ["+", "-"])
def test_a_rule_for_a_line_that_the_library_defines_means_the_line(plus: str, tmp_path: Path) -> None:
    rules = f'rule fcf "x"\n    Free cash flow = Net cash from operating activities {plus} Capex\n    because "x"\n'
    _, own = judged(CASH, rules, tmp_path)

    assert {one.check.figures[0].caption for one in own} == {"Free cash flow"}
    if plus == "+":
        assert {one.verdict for one in own} == {"agrees"}


def test_a_name_of_the_library_that_no_line_bears_is_not_reported(tmp_path: Path) -> None:
    _, own = judged(HOTELS, 'rule m "x"\n    Net margin = EBITDA / Total revenue\n    because "x"\n', tmp_path)

    assert {one.verdict for one in own} == {"not applicable"}


def test_figures_in_no_table_together_are_said_with_their_tables(tmp_path: Path) -> None:
    heads, rooms = f"{'':42}2025        2024", f"{'Rooms':40}9,400       9,100"
    figures = ("KEY FIGURES", heads, rooms, f"{'Nights sold':38}810,000     790,000")
    two = f"{HOTELS}\n{chr(10).join(figures)}\n"
    _, own = judged(two, 'rule x "x"\n    Nights sold = Rooms * Room revenue\n    because "x"\n', tmp_path)

    assert "Room revenue in income statement" in str(own[0].reason)
    assert "Nights sold in" in str(own[0].reason)


def test_what_a_tolerance_allows_is_not_called_rounding(tmp_path: Path) -> None:
    rules = 'rule x "x"\n    Operating profit = EBITDA\n    tolerance 10 million\n    because "x"\n'
    _, own = judged(HOTELS, rules, tmp_path)

    assert "the rule tolerates at most 10" in told(own[0])


PAGE = """# Own

## rule

```statement rounded-to=0.1
                  2013    2012
Revenues          20.4    16.2
Cost of revenues  14.1    11.7
Gross profit       6.3     4.5
```
```findings
{name} 2013 agrees
{name} 2012 agrees
```
"""
RULE = 'rule {id} "x"\n    Gross profit = Revenues - Cost of revenues\n    because "x"\n'


@pytest.mark.parametrize(("rule", "named", "agrees"), [("own-gp", "gross-profit", False), ("own-gp", "own-gp", True)])
def test_a_page_tests_no_rule_of_the_library_by_mistake(rule: str, named: str, agrees: bool, tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text(RULE.format(id=rule))
    (tmp_path / "own.md").write_text(PAGE.format(name=named))
    outcomes = list(run([tmp_path]))

    assert [one.agrees for one in outcomes] == [agrees]
    assert agrees or "no rule or definition of the file beside this page is called so" in outcomes[0].differences[0]


def test_a_specimen_without_blanks_between_its_columns_says_so(tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text(RULE.format(id="own-gp"))
    page = (
        PAGE.format(name="own-gp")
        .replace("14.1    11.7", "(14.1) (11.7)")
        .replace("Cost of revenues  ", "Cost of revenues ")
    )
    (tmp_path / "own.md").write_text(page)
    outcome = next(iter(run([tmp_path])))

    assert not outcome.agrees
    assert "two blanks or more must stand before each amount" in outcome.differences[0]


def test_a_rule_whose_specimen_disagrees_is_not_said_to_be_tested(tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text(RULE.format(id="own-gp").replace("- Cost", "+ Cost"))
    (tmp_path / "own.md").write_text(PAGE.format(name="own-gp"))

    assert [(one.specimens, one.disagreeing) for one in mutated([tmp_path])] == [(0, 1)]
