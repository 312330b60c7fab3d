"""What a column or a line measures: words propose, the print and the arithmetic decide.

A column of whole numbers without a percent sign is a percent change when its numbers are the rounded change of its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from checker.core.statement import Kind, Line, Role
from checker.core.unit import PERCENT
from checker.core.value import frozen
from checker.extract import growth, times, units
from checker.extract.numbers import Printed
from checker.extract.pieces import Cells
from checker.extract.sections import Placed

HUNDRED = Decimal(100)


@frozen
class Deemed:
    """A role and the words or the arithmetic that decided it."""

    role: Role
    why: str = ""


def _printed(cells: Cells) -> list[Printed]:
    return [piece.printed for piece in cells if piece is not None and piece.printed is not None and piece.printed.form == "number"]


# ---- columns ----------------------------------------------------------------------------------------------------------------


_MOVES: frozenset[Role] = frozenset({"amount", "price", "count"})
"""What words and print alone may take a step of growth for: "Currency", "Prices", "Units"."""


def of_columns(heads: Sequence[str], rows: Sequence[Cells]) -> tuple[Deemed, ...]:
    """The role of every column."""
    by_column = [[row[index] for row in rows] for index in range(len(heads))]
    roles = [_by_words(head, cells) for head, cells in zip(heads, by_column, strict=True)]
    for index, head in enumerate(heads):
        if roles[index].role == "amount" and (_contrasts(index, rows) or _framed(by_column[index])):
            roles[index] = Deemed("percent", "% in cells of the column")
        if index >= 2 and _is_doubtful(head, roles[index].role):
            decided = _by_arithmetic(index, roles, rows)
            if decided is not None:
                roles[index] = decided
    for index in growth.steps([each.role in _MOVES for each in roles], rows):
        roles[index] = Deemed("percent", "steps from one percentage to the next")
    return tuple(roles)


def _by_words(head: str, cells: Cells) -> Deemed:
    role = units.head_role(head)
    numbers = _printed(cells)
    if role == "amount" or not numbers:
        return Deemed(role, f"head: {head}" if role != "amount" else "")
    money = sum(1 for one in numbers if one.currency)
    large = sum(1 for one in numbers if one.size >= 1000)
    if role == "percent":
        signs = sum(1 for one in numbers if one.sign == "percent")
        if (money * 4 > len(numbers) - signs and money > signs) or large * 3 > len(numbers):
            return Deemed("change" if units.header_change(head) else "amount", f"head: {head}, but amounts")
    if role == "change":
        signs = sum(1 for one in numbers if one.sign == "percent")
        if signs * 2 > len(numbers) and not money:
            return Deemed("percent", "change in %")
        if times.read(head).full and not re.search(r"\bchange|\bvariance|increase|decrease", head, re.IGNORECASE):
            return Deemed("amount")
    if role == "per share" and large * 3 > len(numbers):  # "Dollars in thousands, except per share data" reached over the column
        counted = not money and re.search(r"\b(?:shares|units)\b", head, re.IGNORECASE)
        return Deemed("shares" if counted else "amount", f"head: {head}, but too large for one share")
    if role == "shares" and re.search(r"[$€£¥]", head):
        return Deemed("amount", f"head: {head}, in currency")
    if role in ("shares", "rate", "ratio") and money * 3 > len(numbers):
        return Deemed("amount", f"head: {head}, but printed with currency signs")
    if role in ("rate", "ratio") and large * 3 > len(numbers):  # "At prior year rates" heads amounts
        return Deemed("amount", f"head: {head}, but amounts")
    return Deemed(role, f"head: {head}")


def _is_doubtful(head: str, role: Role) -> bool:
    if role == "change":
        return True
    return role in ("amount", "percent") and (not head or units.header_change(head) or (not times.read(head) and len(head) < 12))


def _contrasts(index: int, rows: Sequence[Cells]) -> bool:
    """Whether its first or last number has a percent sign in a row where the other columns have none, and none has a currency sign."""
    own = [(row, piece.printed) for row in rows if (piece := row[index]) is not None and piece.printed is not None and piece.printed.form == "number"]
    if not own or any(one.currency for _, one in own):
        return False
    edges = (own[0], own[-1])
    if not any(one.sign == "percent" for _, one in edges):
        return False
    if any(one.size >= 10000 for _, one in own):
        return False
    for row, one in own:
        if one.sign == "percent":
            others = [
                piece.printed
                for place, piece in enumerate(row)
                if place != index and piece is not None and piece.printed is not None and piece.printed.form == "number"
            ]
            if others and all(other.sign != "percent" for other in others):
                return True
    return False


def _framed(cells: Cells) -> bool:
    """Whether the first and the last number have a percent sign, and those between look the same but for the sign."""
    own = _printed(cells)
    if len(own) < 3 or own[0].sign != "percent" or own[-1].sign != "percent" or any(one.currency for one in own):
        return False
    return len({one.step for one in own}) == 1 and all(one.size <= 1000 for one in own)


def _by_arithmetic(index: int, roles: Sequence[Deemed], rows: Sequence[Cells]) -> Deemed | None:
    """Whether the column is the change, in percent or in amounts, of two columns before it."""
    amounts = [place for place in range(max(0, index - 6), index) if roles[place].role == "amount"]
    best: tuple[int, Deemed] | None = None
    for first, one in enumerate(amounts):
        for two in amounts[first + 1 :]:
            percents, differences, tested = _compared(rows, one, two, index)
            if tested < 3:
                continue
            if percents * 10 >= tested * 7 and percents > differences and (best is None or percents > best[0]):
                best = percents, Deemed("percent", f"{percents} of {tested} numbers are the percent change of columns {one + 1} and {two + 1}")
            if differences * 10 >= tested * 6 and differences > percents and (best is None or differences > best[0]):
                best = differences, Deemed("change", f"{differences} of {tested} numbers are the difference of columns {one + 1} and {two + 1}")
    return best[1] if best is not None else None


def _compared(rows: Sequence[Cells], one: int, two: int, index: int) -> tuple[int, int, int]:
    percents = differences = tested = 0
    for row in rows:
        trio = [piece.printed if (piece := row[place]) is not None else None for place in (one, two, index)]
        values = [printed.value for printed in trio if printed is not None and printed.form == "number" and printed.value]
        if len(values) < 3 or trio[0] is None or trio[0].sign or trio[2] is None:
            continue
        current, prior, shown = values
        tested += 1
        difference = abs(current - prior)
        if abs(abs(shown) - difference) <= trio[2].step:
            differences += 1
        step = trio[2].step
        change = HUNDRED * difference / abs(prior)
        backward = HUNDRED * difference / abs(current)
        slack = step * Decimal("0.51") + HUNDRED * trio[0].step / abs(prior)
        if abs(abs(shown) - change) <= slack or abs(abs(shown) - backward) <= slack:
            percents += 1
    return percents, differences, tested


# ---- lines ------------------------------------------------------------------------------------------------------------------


@frozen
class Habit:
    """How a table prints its numbers."""

    decimals: int = 0
    scaled: bool = False
    kind: Kind | None = None
    largest: Decimal = Decimal(0)


def habit(rows: Sequence[Cells], scaled: bool, kind: Kind | None) -> Habit:
    """The usual number of decimals of a table's plain numbers."""
    counted = Counter(one.places for row in rows for one in _printed(row) if not one.sign)
    largest = max((one.size for row in rows for one in _printed(row)), default=Decimal(0))
    return Habit(counted.most_common(1)[0][0] if counted else 0, scaled, kind, largest)


_IN_SHARES = re.compile(r"\bin (?:thousands of |millions of )?shares\b|\bnumber of\b|^\W*(?:common )?shares\W*(?:outstanding|issued)?\W*$", re.IGNORECASE)
_NO_SHARES = re.compile(r"\b(?:equity|deficit|liabilities|assets)\b(?! (?:awards?|plans?|incentive))", re.IGNORECASE)
_INHERITS_SHARES = re.compile(
    r"^\W*(?:basic|diluted|class|add|plus|effect|dilut|assum|weighted|stock options|restricted|common|ordinary|employee|rsus?|conver(?:tible|sion)|total|"
    r"potential|denominator|shares|warrants|options|unvested|nonvested|performance|outstanding|as reported)|\bshares?\b",
    re.IGNORECASE,
)


def of_line(placed: Placed, cells: Cells, usual: Habit) -> Deemed:
    """The role of one line. Percent signs are judged cell by cell and are not asked for here."""
    caption = placed.entry.caption
    numbers = [one for one in _printed(cells) if not one.sign]
    role = units.measure(caption)
    if role != "amount":
        return _by_print(Deemed(role, f"caption: {caption}"), numbers, usual)
    for above in (*reversed(placed.under), placed.heading):
        inherited = _inherited(units.measure(above), above, caption, numbers, usual) if above else None
        if inherited is not None:
            return inherited
    whole = usual.decimals == 0 and (usual.scaled or usual.largest >= 10000)
    if whole and numbers and all(one.step <= Decimal("0.01") and one.size < 1000 for one in numbers):
        return Deemed("per share", "more decimals than the rest of the table")
    return Deemed("amount")


_AGAIN = re.compile(r"\W*(?:basic|(?:assuming )?(?:full|dilut)\w*(?: dilut\w*)?)\W*", re.IGNORECASE)


_OF_PERCENTS = re.compile(r"%|\bpercent|\bmix\b|\bgrowth\b|\bmargins?\b", re.IGNORECASE)


def continued(placed: Placed, role: Deemed, before: Line | None) -> Deemed:
    """The role of a line that goes on as the one right above it: "Diluted" below the shares (basic), bare numbers below the percentages of a section."""
    numbers = _printed(placed.entry.cells)
    if role.role != "amount" or before is None or not numbers or any(one.currency for one in numbers):
        return role
    if before.role == "shares" and _AGAIN.fullmatch(placed.entry.caption) and not any(one.step < 1 for one in numbers):
        return Deemed("shares", f"line above: {before.caption}")
    if _goes_on_in_percent(placed, numbers, before):
        return Deemed("percent", f"% in the line above: {before.caption}")
    return role


def _goes_on_in_percent(placed: Placed, numbers: Sequence[Printed], before: Line) -> bool:
    """Whether a section of percentages prints their sign in its first line only, as one of amounts prints that of the currency."""
    heading = placed.under[-1] if placed.under else ""
    if not _OF_PERCENTS.search(heading) or any(one.sign or one.size >= 1000 for one in numbers):
        return False
    above = [figure for figure in before.figures if figure is not None and figure.form == "number"]
    return bool(above) and all(figure.unit == PERCENT and figure.step <= 1 for figure in above)


def _inherited(role: Role, above: str, caption: str, numbers: Sequence[Printed], usual: Habit) -> Deemed | None:
    if role == "per share" and (any(one.step < 1 for one in numbers) or not numbers):
        if usual.decimals and usual.scaled and all(one.places <= usual.decimals for one in numbers) and any(one.size >= 1000 for one in numbers):
            return None
        return Deemed("per share", f"section: {above}")
    if role == "shares" and usual.kind in ("balance sheet", "cash flow") and not _IN_SHARES.search(above):
        return None
    if role == "shares" and _INHERITS_SHARES.search(caption) and not _NO_SHARES.search(caption) and not any(one.currency for one in numbers):
        return _kept(Deemed("shares", f"section: {above}"), numbers, usual)
    if (
        role == "percent"
        and re.search(r"%|percent|\brates?\b", above, re.IGNORECASE)
        and all(one.size <= 200 and not one.currency for one in numbers)
        and any(one.step < 1 for one in numbers)
    ):
        return Deemed("percent", f"section: {above}")
    return None


def _kept(deemed: Deemed, numbers: Sequence[Printed], usual: Habit) -> Deemed | None:
    small = bool(numbers) and all(one.step <= Decimal("0.01") and one.size < 100 for one in numbers)
    return None if small and usual.decimals < 2 else deemed


_COUNTED = re.compile(r"\((?:in )?.*shares|\bnumber\b|\bshares (?:issued|outstanding|authorized)")
_COUNTED_IN = {
    "balance sheet": _COUNTED,
    "cash flow": _COUNTED,
    "equity": re.compile(r"\([^)]*shares[^)]*\)|\bnumber of\b|\bshares (?:outstanding|authorized)"),
}
"""Statements in which a line with the word shares is an amount ("Shares issued for stock options") unless it says that it counts them."""


def _by_print(deemed: Deemed, numbers: Sequence[Printed], usual: Habit) -> Deemed:
    """The role that words propose, as far as the numbers can be that."""
    role = deemed.role
    amount = Deemed("amount", f"{deemed.why}, but printed as an amount")
    money = any(one.currency for one in numbers)
    largest = max((one.size for one in numbers), default=Decimal(0))
    whole = all(one.step >= 1 for one in numbers)
    if role == "per share":
        if numbers and (
            largest >= 10000
            or (whole and largest >= 1000)
            or (whole and usual.scaled and largest >= 100 and usual.decimals == 0 and not _says_per_share(deemed.why))
        ):
            return amount
        return deemed
    if role == "shares":
        if money or (usual.kind in _COUNTED_IN and not _COUNTED_IN[usual.kind].search(deemed.why)):
            return amount
        if numbers and not whole and largest < 20 and usual.decimals == 0 and all(one.step <= Decimal("0.01") for one in numbers):
            return Deemed("per share", f"{deemed.why}, but printed with cents")
        return deemed
    if role == "percent":
        told = re.search(r"%|percent", deemed.why, re.IGNORECASE) is not None
        if money or largest > 1000 or (largest > 200 and not told) or (whole and not told and usual.decimals == 0 and largest > 100):
            return amount
        return deemed if told or not numbers or any(one.places > usual.decimals for one in numbers) else amount
    if role in ("ratio", "rate"):
        return amount if money or largest > 1000 or (whole and usual.decimals == 0 and largest > 100) else deemed
    if role == "price":
        return amount if numbers and (largest >= 100000 or (whole and usual.scaled and largest >= 1000)) else deemed
    if role == "count":
        return amount if money or usual.kind in ("balance sheet", "cash flow", "income statement", "equity", "comprehensive income") else deemed
    return deemed


def _says_per_share(why: str) -> bool:
    return re.search(r"per (?:\w+ ){0,2}share", why, re.IGNORECASE) is not None
