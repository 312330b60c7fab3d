"""One report with every verdict in it, built by hand: what all formats are shown against."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from checker.core.check import Check
from checker.core.expression import Add, Constant, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure, Unread
from checker.core.finding import Finding, Share, Story, Suspect
from checker.core.period import duration
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.release import Source
from checker.core.report import Checked, Coverage, Outcome, Report, RunRules, Summary
from checker.core.statement import Column, Line, Statement
from checker.core.unit import Unit

LINES = (
    "Consolidated Statements of Operations",
    "\tThree Months Ended March 31,",
    "\t2013\t2012",
    "Revenues\t16,168,421\t11,534,705",
    "Cost of revenues\t11,751,596\t10,044,760",
    "Gross profit\t4,416,825\t1,498,945",
    "Gross margin was 27.4 % of revenues.",
)

Q1 = duration(dt.date(2013, 3, 31), 3, "Three Months Ended March 31, 2013")
Q1_BEFORE = duration(dt.date(2012, 3, 31), 3, "Three Months Ended March 31, 2012")


def figure(name: str, text: str, line: int, unit: str = "USD") -> Figure:
    """A figure of the sample, found again in its lines."""
    source = LINES[line - 1]
    at = source.index(text)
    start = sum(len(one) + 1 for one in LINES[: line - 1]) + at
    number = Decimal(text.replace(",", "").rstrip(" %"))
    prose = unit == "percent"
    return Figure(
        id=name,
        text=text,
        value=number,
        step=Decimal(1).scaleb(int(number.as_tuple().exponent)),
        unit=Unit.of(unit),
        caption="Gross margin" if prose else source.split("\t")[0],
        place=Place(line, at + 1, (start, start + len(text))),
        statement=None if prose else "income statement",
        period=Q1_BEFORE if source.rfind("\t") == at - 1 else Q1,
        origin="prose" if prose else "table",
        head="" if prose else ("2012" if source.rfind("\t") == at - 1 else "2013"),
        why=("no scale is stated",),
    )


REVENUES, REVENUES_BEFORE = figure("f1", "16,168,421", 4), figure("f2", "11,534,705", 4)
COST, COST_BEFORE = figure("f3", "11,751,596", 5), figure("f4", "10,044,760", 5)
PROFIT, PROFIT_BEFORE = figure("f5", "4,416,825", 6), figure("f6", "1,498,945", 6)
MARGIN = figure("f7", "27.4 %", 7, "percent")


def less(left: Figure, right: Figure) -> Expression:
    """One figure less another."""
    return Add((Variable(left.id), negative(Variable(right.id))))


def gross_profit(period: str, profit: Figure, revenues: Figure, cost: Figure) -> Check:
    """The rule that gross profit is what revenues leave after their cost."""
    return Check(
        rule="us-gaap/income-statement/gross-profit",
        title="Gross profit is what revenues leave after their cost",
        relation="Gross profit = Revenues - Cost of revenues",
        basis="written",
        period=period,
        left=Variable(profit.id),
        right=less(revenues, cost),
        figures=(profit, revenues, cost),
        also=("seed/gross-profit",),
    )


AGREES = Finding(
    id="a1",
    check=gross_profit("Q1 2013", PROFIT, REVENUES, COST),
    verdict="agrees",
    left=Fraction(4416825),
    right=Fraction(4416825),
    difference=Fraction(0),
    allowance=Fraction(3, 2),
    units_of_last_place=Fraction(0),
    shares=(
        Share("f5", Fraction(1), Fraction(1, 2)),
        Share("f1", Fraction(-1), Fraction(1, 2)),
        Share("f3", Fraction(1), Fraction(1, 2)),
    ),
)
SUSPECTS = (Suspect("f6", "1,489,945", "digits 98 transposed", Fraction(2, 3)),)
VIOLATION = Finding(
    id="a2",
    check=gross_profit("Q1 2012", PROFIT_BEFORE, REVENUES_BEFORE, COST_BEFORE),
    verdict="violation",
    severity="error",
    message="Gross profit is 9,000 more than Revenues - Cost of revenues",
    left=Fraction(1498945),
    right=Fraction(1489945),
    difference=Fraction(9000),
    allowance=Fraction(3, 2),
    units_of_last_place=Fraction(9000),
    shares=(
        Share("f6", Fraction(1), Fraction(1, 2)),
        Share("f2", Fraction(-1), Fraction(1, 2)),
        Share("f4", Fraction(1), Fraction(1, 2)),
    ),
    suspects=SUSPECTS,
    story=Story("s1", SUSPECTS, ("f6",), broken=1, repairs=1),
    blocks=True,
)
ROUNDING = Finding(
    id="a3",
    check=Check(
        rule="us-gaap/margins/gross-margin",
        title="Gross margin",
        relation="Gross margin = Gross profit / Revenues",
        basis="written",
        period="Q1 2013",
        left=Variable("f7"),
        right=Multiply(Constant(Fraction(100)), Divide(Variable("f5"), Variable("f1"))),
        figures=(MARGIN, PROFIT, REVENUES),
        percent=True,
    ),
    verdict="rounding",
    severity="note",
    unlikely=True,
    left=Fraction(137, 5),
    right=Fraction(441682500, 16168421),
    difference=Fraction(137, 5) - Fraction(441682500, 16168421),
    allowance=Fraction(1, 10),
    units_of_last_place=(Fraction(137, 5) - Fraction(441682500, 16168421)) * 10,
    shares=(Share("f7", Fraction(1), Fraction(1, 20)), Share("f5", None, None), Share("f1", None, None)),
)
REQUIRED = Finding(
    id="a4",
    check=Check(
        rule="house/total-assets",
        title="",
        relation="Total assets = Total liabilities + Total equity",
        basis="written",
        period="",
        required=True,
        reason="Total assets is not reported",
    ),
    verdict="not applicable",
    severity="warning",
)

STATEMENT = Statement(
    index=0,
    kind="income statement",
    title="Consolidated Statements of Operations",
    columns=(Column(0, "2013", Q1), Column(1, "2012", Q1_BEFORE)),
    lines=(
        Line(0, "Revenues", figures=(REVENUES, REVENUES_BEFORE)),
        Line(1, "Cost of revenues", figures=(COST, COST_BEFORE)),
        Line(2, "Gross profit", rule_above=True, figures=(PROFIT, PROFIT_BEFORE)),
    ),
)

CHECKED = Checked(
    source=Source("release.md", "5" * 64, "markdown", "utf-8", 200),
    statements=(STATEMENT,),
    figures=(REVENUES, REVENUES_BEFORE, COST, COST_BEFORE, PROFIT, PROFIT_BEFORE, MARGIN),
    coverage={
        **{one.id: Coverage("agreed", Fraction(2), ("F",)) for one in (REVENUES, COST, PROFIT)},
        **{one.id: Coverage("violated", Fraction(0)) for one in (REVENUES_BEFORE, COST_BEFORE, PROFIT_BEFORE)},
        MARGIN.id: Coverage("rounding", Fraction(1, 30)),
    },
    findings=(AGREES, VIOLATION, ROUNDING, REQUIRED),
    problems=(Problem("R104", "warning", "2 characters could not be decoded", "release.md", Place(3, 1, (60, 62))),),
    summary=Summary(
        figures=6,
        agreed=3,
        rounding=0,
        violated=3,
        untested=0,
        loosely_tested=1,
        agrees=1,
        roundings=1,
        violations=1,
        notes=1,
        not_applicable=1,
    ),
    lines=LINES,
    unread=(Unread("4,1O0,000", Place(6, 14, (140, 149)), "unreadable amount", "Operating costs", "2013"),),
    outcome=Outcome(1, ("1 finding at or above error",), ("tieout.toml: ignore 3", "rules/house.rules: skip 1")),
)

REPORT = Report(
    version="0.0.0",
    rules=RunRules("a" * 64, (("us-gaap/income-statement.rules", "b" * 64),), ("skip us-gaap/bank/*: not a bank",)),
    configuration={"fail-on": "error"},
    documents=(CHECKED,),
    outcome=Outcome(1, ("1 finding at or above error",), ("tieout.toml: ignore 3", "rules/house.rules: skip 1")),
)
