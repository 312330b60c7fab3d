"""A small release as figures and equations, typed by hand: two statements of operations, two balance sheets and a
reconciliation that all foot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import evolve

from checker.core.check import Check
from checker.core.expression import Add, Expression, Variable, negative
from checker.core.figure import Figure
from checker.core.period import Period, duration, instant
from checker.core.place import Place
from checker.core.unit import money

OPERATIONS = {
    "Revenues": (16168421, 11534705),
    "Cost of revenues": (11751596, 10044760),
    "Gross profit": (4416825, 1489945),
    "Depreciation and amortization": (849915, 98223),
    "Selling general and administrative expenses": (4267597, 2051142),
    "Total operating expenses": (5117512, 2149365),
    "Operating loss": (-700687, -659420),
    "Interest expense, net": (-659519, -57086),
    "Other": (-236074, -69445),
    "Total other (expenses) income": (-895593, -126531),
    "Net loss": (-1596280, -785951),
    "Preferred stock dividends in arrears": (-99246, -100349),
    "Net loss applicable to common stockholders": (-1695526, -886300),
}
BALANCE = {
    "Cash and cash equivalents": (419390, 543214),
    "Accounts receivable, net": (4225142, 2924302),
    "Inventory": (507949, 341118),
    "Prepaid expenses": (655559, 1001449),
    "Total current assets": (5808040, 4810083),
    "Property and equipment, net": (2349326, 2406944),
    "Security deposits": (576768, 439741),
    "Restricted cash": (1026326, 1026326),
    "Goodwill": (2406269, 2406269),
    "Intangible assets, net": (14842792, 15396117),
    "Other assets": (530071, 582947),
    "Total other assets": (19382226, 19851400),
    "TOTAL ASSETS": (27539592, 27068427),
    "Notes payable - non-related parties": (405137, 208333),
    "Notes payable - related parties": (696429, 639286),
    "Equipment financing obligations": (136281, 136392),
    "Accounts payable and accrued expenses": (11671386, 10579496),
    "Related party payable": (1127550, 1159573),
    "Current liabilities from discontinued operations": (55000, 55000),
    "Total current liabilities": (14091783, 12778080),
    "Notes payable, net of discount": (14396108, 14475747),
    "Long-term notes payable - related parties": (4281422, 4492136),
    "Long-term equipment financing obligations": (72247, 102071),
    "Derivative liability": (1199250, 1066000),
    "Other long-term liabilities": (232310, 266132),
    "Total liabilities": (34273120, 33180166),
    "Preferred stock": (119, 119),
    "Common stock": (1908491, 1782504),
    "Capital in excess of par value": (147608509, 146760005),
    "Accumulated deficit": (-156250647, -154654367),
    "Total stockholders' deficit": (-6733528, -6111739),
    "TOTAL LIABILITIES AND STOCKHOLDERS' DEFICIT": (27539592, 27068427),
}
RECONCILIATION = {
    "Net loss": (-1596280, -785951),
    "Interest expense and other financing costs": (743003, 132238),
    "Depreciation and amortization": (849915, 98223),
    "EBITDA": (-3362, -555490),
    "Acquisition transaction expenses": (0, 16306),
    "Loss on forgiveness of debt": (58203, 0),
    "Change in fair value of derivative liability": (133250, 0),
    "Non-cash adjustment to tax accruals": (0, -98141),
    "Stock-based compensation expense": (47831, 6996),
    "Adjusted EBITDA": (235922, -630329),
}
STATEMENTS = {"income statement": OPERATIONS, "balance sheet": BALANCE, "reconciliation": RECONCILIATION}

# Left side, addends, amounts taken away; rows are numbered from 0 within their statement.
SUMS: Mapping[str, Sequence[tuple[int, Sequence[int], Sequence[int]]]] = {
    "income statement": [
        (2, [0], [1]),
        (5, [3, 4], []),
        (6, [2], [5]),
        (9, [7, 8], []),
        (10, [6, 9], []),
        (12, [10, 11], []),
    ],
    "balance sheet": [
        (4, [0, 1, 2, 3], []),
        (11, [6, 7, 8, 9, 10], []),
        (12, [4, 5, 11], []),
        (19, [13, 14, 15, 16, 17, 18], []),
        (25, [19, 20, 21, 22, 23, 24], []),
        (30, [26, 27, 28, 29], []),
        (31, [25, 30], []),
        (12, [31], []),
    ],
    "reconciliation": [(3, [0, 1, 2], []), (9, [3, 4, 5, 6, 7, 8], [])],
}
TIES = [(("income statement", 10), ("reconciliation", 0)), (("income statement", 3), ("reconciliation", 2))]


def shown(amount: int) -> str:
    """As the release prints it."""
    return f"({-amount:,})" if amount < 0 else f"{amount:,}" if amount else "-"


def name(statement: str, row: int, column: int) -> str:
    """The id of a figure."""
    return f"{statement[0]}{row}.{column}"


def release(changed: Mapping[str, int] | None = None) -> list[Figure]:
    """All figures in reading order, some with another amount printed."""
    periods: dict[str, tuple[Period, Period]] = {
        "balance sheet": (instant(dt.date(2013, 3, 31)), instant(dt.date(2012, 12, 31))),
        "income statement": (duration(dt.date(2013, 3, 31), 3), duration(dt.date(2012, 3, 31), 3)),
    }
    periods["reconciliation"] = periods["income statement"]
    figures: list[Figure] = []
    for statement, rows in STATEMENTS.items():
        for row, (caption, amounts) in enumerate(rows.items()):
            for column, amount in enumerate(amounts):
                key = name(statement, row, column)
                printed = (changed or {}).get(key, amount)
                place = Place(len(figures), 1, (len(figures), len(figures) + 1))
                figure = Figure(
                    key, shown(printed), Decimal(printed), Decimal(1), money("USD"), caption, place, statement=statement
                )
                figures.append(evolve(figure, period=periods[statement][column], head=str(column)))
    return figures


def checks(figures: Sequence[Figure]) -> list[Check]:
    """Every equation the release must keep, in both columns."""
    by_id = {figure.id: figure for figure in figures}
    found = []
    for statement, sums in SUMS.items():
        for total, plus, minus in sums:
            for column in (0, 1):
                keys = [name(statement, row, column) for row in (total, *plus, *minus)]
                terms: list[Expression] = [Variable(key) for key in keys[1 : 1 + len(plus)]] + [
                    negative(Variable(key)) for key in keys[1 + len(plus) :]
                ]
                found.append(_check(Variable(keys[0]), Add(tuple(terms)), [by_id[key] for key in keys]))
    for one, two in TIES:
        for column in (0, 1):
            keys = [name(*one, column), name(*two, column)]
            found.append(_check(Variable(keys[0]), Variable(keys[1]), [by_id[key] for key in keys]))
    return found


def _check(left: Expression, right: Expression, figures: Sequence[Figure]) -> Check:
    relation = f"{figures[0].caption} = {' + '.join(figure.caption for figure in figures[1:])}"
    return Check(
        "house/rule", relation, relation, "written", figures[0].head, left=left, right=right, figures=tuple(figures)
    )
