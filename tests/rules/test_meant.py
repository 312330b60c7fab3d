"""What an auditor wrote is meant: no operator, bracket or unit of a rule is bent to make it agree, and no rule passes
because it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.gate.dials import Dials, weighed
from checker.language import load
from checker.pipeline import check
from checker.workshop.new import create
from checker.workshop.specimens import run

INCOME = """NORTHERN LIGHT PLC
CONSOLIDATED STATEMENTS OF OPERATIONS
(in thousands)
                                  Three Months Ended
                                      June 30,
                                  2024         2023
Net sales                      $ 4,210      $ 3,880
Cost of goods sold              {cost}
Gross profit                     1,630        1,490
Selling expenses                   610          580
Administrative expenses            420          400
Total operating expenses         1,030          980
Operating income                   600          510
Income tax expense                 150          130
Net income                     $   450      $   380
"""
IN_BRACKETS, PLAIN = " (2,580)      (2,390)", "  2,580        2,390"
SHEET = """NORTHERN LIGHT PLC
CONSOLIDATED BALANCE SHEETS
(in millions)
                                June 30,   December 31,
                                  2024         2023
Non-current assets:
  Investments                      210          190
  Plant                            690          720
  Total non-current assets         900          910
Current assets:
  Cash                             320          300
  Investments                      140          150
  Prepaid expenses                  40           30
  Total current assets             500          480
Total assets                   $ 1,400      $ 1,390
"""


def judged(text: str, rules: str, folder: Path) -> tuple[Checked, list[Finding]]:
    """The whole report, and what the auditor's own rules say."""
    file = folder / "own.rules"
    file.write_text(rules, encoding="utf-8")
    checked = check("release.txt", text.encode(), load([file]))
    return checked, [one for one in checked.findings if one.check.rule.startswith("own/")]


def verdicts(text: str, rules: str, folder: Path) -> list[str]:
    return [one.verdict for one in judged(text, rules, folder)[1]]


@pytest.mark.parametrize("cost", [IN_BRACKETS, PLAIN])
def test_a_deduction_under_a_written_minus_may_be_printed_either_way(cost: str, tmp_path: Path) -> None:
    text = INCOME.format(cost=cost)
    assert verdicts(text, "Gross profit = Net sales - Cost of goods sold\n", tmp_path) == ["agrees", "agrees"]
    assert verdicts(text, "Net sales - Cost of goods sold >= $1.7 million\n", tmp_path) == ["violation", "violation"]
    assert verdicts(text, "(Net sales - Cost of goods sold) / Net sales <= 45%\n", tmp_path) == ["agrees", "agrees"]


@pytest.mark.parametrize("insisting", ["", "[as printed]"])
def test_a_plus_where_a_minus_belongs_is_a_violation(insisting: str, tmp_path: Path) -> None:
    rules = f"Net income{insisting} = Operating income{insisting} + Income tax expense{insisting}\n"
    assert verdicts(INCOME.format(cost=PLAIN), rules, tmp_path) == ["violation", "violation"]


def test_one_column_is_enough_for_a_deduction_in_brackets(tmp_path: Path) -> None:
    lines = [
        line[:40] if "  " in line.strip() and any(c.isdigit() for c in line) else line
        for line in INCOME.format(cost=IN_BRACKETS).splitlines()
    ]
    assert verdicts(
        "\n".join(lines).replace("2023", "") + "\n", "Gross profit = Net sales - Cost of goods sold\n", tmp_path
    ) == ["agrees"]


def test_a_bracket_finds_the_heading_that_it_names(tmp_path: Path) -> None:
    _, found = judged(
        SHEET,
        "Investments[Current assets] <= $150 million\nInvestments[Non-current assets] >= $180 million\n",
        tmp_path,
    )
    assert [(one.verdict, one.check.figures[0].text.strip()) for one in found] == [
        ("agrees", "140"),
        ("agrees", "150"),
        ("agrees", "210"),
        ("agrees", "190"),
    ]


def test_a_bare_number_beside_money_in_a_scale_decides_nothing(tmp_path: Path) -> None:
    _, [one] = judged(SHEET, "Cash >= 310\n    required\n", tmp_path)
    assert (one.verdict, one.severity) == ("not applicable", "error")
    assert "310 as printed" in one.message
    assert verdicts(SHEET, "Cash >= 310 as printed\n", tmp_path) == ["agrees", "violation"]
    assert verdicts(SHEET, "Cash >= $310 million\n", tmp_path) == ["agrees", "violation"]
    assert verdicts(SHEET, "Total assets / Cash >= 4\nCash >= 0\n", tmp_path) == ["agrees"] * 4


def test_a_sum_that_holds_without_a_line_of_its_block_proves_nothing(tmp_path: Path) -> None:
    text = SHEET.replace("500          480", "460          450").replace("1,400      $ 1,390", "1,360      $ 1,360")
    rule = "Total current assets = Cash + Investments[Current assets]\n"
    checked, found = judged(text, rule, tmp_path)
    assert [one.verdict for one in found] == ["agrees", "agrees"]
    [said] = [problem for problem in checked.problems if problem.code == "P102"]
    assert said.severity == "warning" and "Prepaid expenses" in said.message
    meant, _ = judged(text, rule + "    these lines are meant\n", tmp_path)
    assert [problem for problem in meant.problems if problem.code == "P102"] == []


def test_a_line_that_no_term_names_is_named_where_the_sum_breaks(tmp_path: Path) -> None:
    _, found = judged(SHEET, "Total current assets = Cash + Investments[Current assets]\n", tmp_path)
    assert [one.verdict for one in found] == ["violation", "violation"]
    assert all("“Prepaid expenses” stands among its lines" in one.message for one in found)


@pytest.mark.parametrize(
    ("clause", "severity"), [("", "error"), ("    kind covenant\n", "error"), ("    kind bound\n", "warning")]
)
def test_a_bound_of_a_contract_knows_no_trifle(clause: str, severity: str, tmp_path: Path) -> None:
    _, found = judged(SHEET, "Cash >= $310 million\n" + clause, tmp_path)
    assert [
        weighed(one, Dials(trivial=found[0].difference and abs(found[1].difference or 0) * 2)).severity for one in found
    ] == [None, severity]


def test_a_definition_is_checked_where_its_name_is_printed_whatever_else_it_is(tmp_path: Path) -> None:
    checked, _ = judged(
        INCOME.format(cost=PLAIN), "define Gross profit = Net sales - Operating income   as currency\n", tmp_path
    )
    found = [one for one in checked.findings if one.check.house]
    assert [one.verdict for one in found] == ["violation", "violation"]
    shipped = [one for one in checked.findings if one.check.rule.endswith("income-statement/gross-profit")]
    assert [one.verdict for one in shipped] == ["agrees", "agrees"]


@pytest.mark.parametrize("clause", ["", "    kind expectation\n"])
def test_a_rule_whose_figures_all_hold_elsewhere_accuses_none(clause: str, tmp_path: Path) -> None:
    _, found = judged(SHEET, "Total current assets = Total assets * 36%\n    tolerance 10 units\n" + clause, tmp_path)
    assert "violation" in [one.verdict for one in found] or found
    assert all(one.suspects == () and one.story is None for one in found)


def test_a_page_tests_the_rules_of_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "house" / "margins.rules"
    assert create(path) is None
    assert all(one.agrees for one in run([path]))
    path.write_text(
        path.read_text().replace("Revenues - Cost of revenues", "Operating income + $1,000,000"), encoding="utf-8"
    )
    assert not any(one.agrees for one in run([path]))


SHARES = """SALES BY CHANNEL, IN PERCENT OF SALES

                                 FY 2023      FY 2022      FY 2021
Wholesale                         55.2%        54.1%        53.0%
Retail                            44.8%        45.9%        {retail}
"""


def test_a_table_of_percentages_alone_is_what_names_mean_in_it(tmp_path: Path) -> None:
    rules = "Wholesale + Retail = 100%\nWholesale >= prior Wholesale\n"
    assert verdicts(SHARES.format(retail="47.0%"), rules, tmp_path).count("agrees") == 5
    assert verdicts(SHARES.format(retail="47.5%"), rules, tmp_path).count("violation") == 1


def test_a_column_of_percentages_beside_amounts_is_not_what_a_name_means(tmp_path: Path) -> None:
    text = """SALES BY CHANNEL
(in thousands)
                                  2023          2022       % of 2023
Wholesale                        5,520         5,410           55.2%
Retail                           4,480         4,590           44.8%
Total sales                     10,000        10,000          100.0%
"""
    assert verdicts(text, "Total sales = Wholesale + Retail\n", tmp_path) == ["agrees"] * 2
