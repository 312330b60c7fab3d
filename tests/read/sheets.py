"""Statements as a program of the eighties prints them: figures aligned by blanks, lines drawn with `=` and `-`, capital
headings, "Current" and "Prior" over the columns, one statement after another in one file. Their sums come out; nothing
in them was published.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from attrs import frozen

Amounts = tuple[int, int]
Line = tuple[str, Amounts | None]
"""A caption and its two amounts; None: a heading."""


@frozen
class Style:
    """How a company prints its statements."""

    heads: tuple[tuple[str, str], ...] = (("Current", "Prior"),)
    title: str = "above"
    """Where a title stands: `above` the heads, `boxed` between two double lines, `centred`, `underlined` as headings
    are then."""
    scale: str = "(in thousands of dollars)"
    once: bool = False
    """The scale stands above the first statement alone."""
    full: bool = True
    """Lines are drawn across the page, not only under the columns."""
    minus: bool = False
    dollars: bool = False
    dotted: bool = False
    step: int = 2
    gap: int = 15
    blank: int = 1


@frozen
class Sheet:
    """One statement: its kind, its title and its lines."""

    kind: str
    title: str
    lines: tuple[Line, ...]


STYLES = (
    Style(),
    Style(title="boxed", heads=(("Current", "Prior"), ("Year", "Year"))),
    Style(title="centred", full=False, heads=(("Current Period", "Prior Period"),), dollars=True),
    Style(title="boxed", once=True, minus=True),
    Style(full=False, dotted=True, scale="(In millions of US dollars)", step=0),
    Style(title="centred", heads=(("CURRENT YEAR", "PRIOR YEAR"),), scale="Amounts in thousands", step=4, blank=2),
    Style(heads=(("This Year", "Last Year"),), once=True, dollars=True, gap=18),
    Style(title="boxed", full=False, scale="(USD in thousands)", step=3, blank=0),
    Style(
        title="boxed",
        heads=(("Current Quarter", "Prior Quarter"),),
        scale="All figures in EUR thousands",
        dotted=True,
        minus=True,
        gap=20,
    ),
    Style(title="underlined", full=False, heads=(("Current", "Prior"), ("Period", "Period")), scale="($ in millions)"),
)


def _of(drawn: random.Random, low: int, high: int) -> Amounts:
    return drawn.randrange(low, high), drawn.randrange(low, high)


def _sum(*parts: Amounts) -> Amounts:
    return sum(one for one, _ in parts), sum(two for _, two in parts)


def _less(*parts: Amounts) -> Amounts:
    first, rest = parts[0], _sum(*parts[1:])
    return first[0] - rest[0], first[1] - rest[1]


def _negative(amounts: Amounts) -> Amounts:
    return -amounts[0], -amounts[1]


def company(seed: int) -> tuple[Sheet, Sheet, Sheet]:
    """A balance sheet, an income statement and a cash flow statement that articulate."""
    drawn = random.Random(seed)
    sales, cost = _of(drawn, 400_000, 700_000), _of(drawn, 200_000, 300_000)
    gross = _less(sales, cost)
    selling, research = _of(drawn, 40_000, 70_000), _of(drawn, 10_000, 30_000)
    expenses = _sum(selling, research)
    operating = _less(gross, expenses)
    interest = _of(drawn, 2_000, 9_000)
    before = _less(operating, interest)
    tax = _of(drawn, 8_000, 20_000)
    net = _less(before, tax)
    income = (
        ("Net sales", sales),
        ("Cost of sales", cost),
        ("Gross profit", gross),
        ("OPERATING EXPENSES", None),
        (" Selling and administrative", selling),
        (" Research and development", research),
        (" Total operating expenses", expenses),
        ("Operating income", operating),
        ("Interest expense", interest),
        ("Income before income taxes", before),
        ("Income tax expense", tax),
        ("NET INCOME", net),
    )
    depreciation, working = _of(drawn, 20_000, 40_000), _negative(_of(drawn, 1_000, 9_000))
    operations = _sum(net, depreciation, working)
    bought, sold = _negative(_of(drawn, 30_000, 60_000)), _of(drawn, 1_000, 4_000)
    investing = _sum(bought, sold)
    repaid, dividends = _negative(_of(drawn, 10_000, 20_000)), _negative(_of(drawn, 5_000, 9_000))
    financing = _sum(repaid, dividends)
    change = _sum(operations, investing, financing)
    opening = drawn.randrange(90_000, 150_000)
    cash = (opening + change[1] + change[0], opening + change[1])
    flow = (
        ("OPERATING ACTIVITIES", None),
        (" Net income", net),
        (" Depreciation and amortization", depreciation),
        (" Changes in working capital", working),
        (" Net cash provided by operating activities", operations),
        ("INVESTING ACTIVITIES", None),
        (" Capital expenditures", bought),
        (" Proceeds from sale of equipment", sold),
        (" Net cash used in investing activities", investing),
        ("FINANCING ACTIVITIES", None),
        (" Repayment of long-term debt", repaid),
        (" Dividends paid", dividends),
        (" Net cash used in financing activities", financing),
        ("Net increase in cash", change),
        ("Cash at beginning of period", (cash[1], opening)),
        ("Cash at end of period", cash),
    )
    receivables, inventories, plant, goodwill = (_of(drawn, 30_000, 90_000) for _ in range(4))
    current = _sum(cash, receivables, inventories)
    assets = _sum(current, plant, goodwill)
    payables, accrued, debt, common = (_of(drawn, 10_000, 30_000) for _ in range(4))
    owed = _sum(payables, accrued)
    liabilities = _sum(owed, debt)
    equity = _less(assets, liabilities)
    balance = (
        ("ASSETS", None),
        (" Cash and cash equivalents", cash),
        (" Accounts receivable", receivables),
        (" Inventories", inventories),
        (" Total current assets", current),
        (" Property, plant and equipment", plant),
        (" Goodwill", goodwill),
        ("TOTAL ASSETS", assets),
        ("LIABILITIES AND EQUITY", None),
        (" Accounts payable", payables),
        (" Accrued liabilities", accrued),
        (" Total current liabilities", owed),
        (" Long-term debt", debt),
        (" Total liabilities", liabilities),
        (" Common stock", common),
        (" Retained earnings", _less(equity, common)),
        (" Total equity", equity),
        ("TOTAL LIABILITIES AND EQUITY", assets),
    )
    return (
        Sheet("balance sheet", "BALANCE SHEET", balance),
        Sheet("income statement", "INCOME STATEMENT", income),
        Sheet("cash flow", "CASH FLOW STATEMENT", flow),
    )


def printed(name: str, sheets: Sequence[Sheet], style: Style) -> str:
    """The statements of a company as one text."""
    lines = [name.center(_width(style)).rstrip() if style.title == "centred" else name]
    for number, sheet in enumerate(sheets):
        lines += ["", *_headed(sheet, style, not style.once or number == 0), *_body(sheet, style)]
    return "\n".join(lines) + "\n"


_CAPTIONS = 46
_TOTALS = ("TOTAL", "NET", "GROSS", "OPERATING INCOME", "INCOME BEFORE", "CASH AT END")


def _width(style: Style) -> int:
    return _CAPTIONS + 2 * style.gap


def _headed(sheet: Sheet, style: Style, scaled: bool) -> Iterator[str]:
    width = _width(style)
    if style.title == "boxed":
        yield from ("=" * width, sheet.title, *([style.scale] if scaled else []), "=" * width)
    else:
        titles = [sheet.title, *([style.scale] if scaled else [])]
        yield from ((title.center(width).rstrip() if style.title == "centred" else title) for title in titles)
        yield "=" * (width if style.full else len(sheet.title) if style.title == "underlined" else 0)
    for one, two in style.heads:
        yield " " * _CAPTIONS + one.rjust(style.gap) + two.rjust(style.gap)
    yield _drawn(style, "-")


def _drawn(style: Style, stroke: str) -> str:
    if style.full:
        return stroke * _width(style)
    under = "".join((stroke * (style.gap - 4)).rjust(style.gap) for _ in range(2))
    return " " * _CAPTIONS + under


def _body(sheet: Sheet, style: Style) -> Iterator[str]:
    begun = False
    for caption, amounts in sheet.lines:
        text = caption.lstrip()
        shown = " " * (style.step * (len(caption) - len(text))) + text
        if amounts is None:
            yield from [""] * (style.blank if begun else 0)
            yield shown
            if style.title == "underlined":
                yield "-" * len(shown)
            continue
        total = text.upper().startswith(
            ("TOTAL", "NET", "GROSS", "OPERATING INCOME", "INCOME BEFORE", "CASH AT END")
        ) and text not in (
            "Net sales",
            "Net income",
        )
        if total:
            yield _drawn(style, "-")
        dollars = style.dollars and (total or not begun)
        dots = ("." * (_CAPTIONS - len(shown) - 2)).rjust(_CAPTIONS - len(shown)) if style.dotted else ""
        yield (shown + dots).ljust(_CAPTIONS) + "".join(_amount(value, style, dollars) for value in amounts).rstrip()
        begun = True
        if text.startswith(("TOTAL", "NET INCOME", "Cash at end")):
            yield _drawn(style, "=")


def _amount(value: int, style: Style, dollars: bool) -> str:
    digits = f"{abs(value):,}"
    sign = "$" if dollars else ""
    if value >= 0:
        return f"{sign}{digits} ".rjust(style.gap)
    return f"-{sign}{digits} ".rjust(style.gap) if style.minus else f"({sign}{digits})".rjust(style.gap)


def texts() -> Iterator[tuple[Style, tuple[Sheet, ...], str]]:
    """Ten companies, three statements each."""
    for number, style in enumerate(STYLES):
        sheets = company(number + 1)
        yield style, sheets, printed(f"HALDENE WORKS NO. {number + 1}", sheets, style)
