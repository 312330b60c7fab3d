"""What a column or a line measures: words propose, the print and the arithmetic decide.

A column of whole numbers without a percent sign is a percent change when its numbers are the rounded change of its
neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from checker.core.origin import NOTHING, Origin
from checker.core.statement import PRIMARY, Kind, Line, Role
from checker.core.unit import PERCENT
from checker.core.value import evolve, frozen
from checker.extract import growth
from checker.extract.pieces import Cells
from checker.extract.sections import Placed
from checker.lexicon import measures, time
from checker.lexicon.money import CLASS
from checker.lexicon.numbers import Printed

HUNDRED = Decimal(100)
MOST_PERCENT = 10000
"""A column in which so large a number is printed holds no percentages, whatever signs stand in it."""
_LARGE = 1000
"""Where separators of thousands begin: hardly ever a percentage, a rate, or an amount for one share."""
_CENT = Decimal("0.01")
_FRAMED = 3
"""Numbers that a column must have for those between the first and the last to take their sign."""
_REACH = 6
"""Columns back to which a column may compare: farther off stand other statements' columns."""
_BRIEF = 12
"""Characters: a shorter head without a date ("%", "Inc.") says little."""
_TRIED = 3
"""Lines on which arithmetic must have been tried before it says what a column is."""
_PERCENTS_COME_OUT, _DIFFERENCES_COME_OUT = 7, 6
"""Of ten lines tried, so many must come out; percentages more often, for a small one comes out by chance."""
_ROUNDED = Decimal("0.51")
"""Of the last place: by how much a rounded percentage misses, with something for those rounded from rounded ones."""


@frozen
class Deemed:
    """A role and the words or the arithmetic that decided it."""

    role: Role
    origin: Origin = NOTHING

    @property
    def why(self) -> str:
        """The same as a sentence."""
        return str(self.origin)


def _printed(cells: Cells) -> list[Printed]:
    return [
        piece.printed
        for piece in cells
        if piece is not None and piece.printed is not None and piece.printed.form == "number"
    ]


# ---- columns ---------------------------------------------------------------------------------------------------------


_MOVES: frozenset[Role] = frozenset({"amount", "price", "count"})
"""What words and print alone may take a step of growth for: "Currency", "Prices", "Units"."""


def of_columns(heads: Sequence[str], rows: Sequence[Cells]) -> tuple[Deemed, ...]:
    """The role of every column."""
    by_column = [[row[index] for row in rows] for index in range(len(heads))]
    roles = [_by_words(head, cells) for head, cells in zip(heads, by_column, strict=True)]
    for index, head in enumerate(heads):
        if roles[index].role == "amount" and (_contrasts(index, rows) or _framed(by_column[index])):
            roles[index] = Deemed("percent", Origin("cells", "% in cells of the column"))
        if index >= 2 and _is_doubtful(head, roles[index].role):
            decided = _by_arithmetic(index, roles, rows)
            if decided is not None:
                roles[index] = decided
    for index in growth.steps([each.role in _MOVES for each in roles], rows):
        roles[index] = Deemed("percent", Origin("steps", "steps from one percentage to the next"))
    return tuple(roles)


def _by_words(head: str, cells: Cells) -> Deemed:
    role = measures.head_role(head)
    if role == "amount":
        return Deemed("amount")
    numbers = _printed(cells)
    otherwise = _otherwise(role, head, numbers) if numbers else None
    return otherwise or Deemed(role, Origin("head", head))


def _otherwise(role: Role, head: str, numbers: Sequence[Printed]) -> Deemed | None:
    """What a column is whose numbers are not what its head says; None where they can be that."""
    money = sum(1 for one in numbers if one.currency)
    large = sum(1 for one in numbers if one.size >= _LARGE)
    signs = sum(1 for one in numbers if one.sign == "percent")
    match role:
        case "percent" if _outnumber(large, numbers) or (money * 4 > len(numbers) - signs and money > signs):
            return Deemed("change" if measures.header_change(head) else "amount", Origin("head", head, "but amounts"))
        case "change" if signs * 2 > len(numbers) and not money:
            return Deemed("percent", Origin("change", "change in %"))
        case "change" if time.read(head).full and not re.search(
            r"\bchange|\bvariance|increase|decrease", head, re.IGNORECASE
        ):
            return Deemed("amount")
        case "per share" if _outnumber(
            large, numbers
        ):  # "Dollars in thousands, except per share data" reached over the column
            counted = not money and re.search(r"\b(?:shares|units)\b", head, re.IGNORECASE)
            return Deemed("shares" if counted else "amount", Origin("head", head, "but too large for one share"))
        case "shares" if re.search(rf"[{CLASS}]", head):
            return Deemed("amount", Origin("head", head, "in currency"))
        case "shares" | "rate" | "ratio" if _outnumber(money, numbers):
            return Deemed("amount", Origin("head", head, "but printed with currency signs"))
        case "rate" | "ratio" if _outnumber(large, numbers):  # "At prior year rates" heads amounts
            return Deemed("amount", Origin("head", head, "but amounts"))
        case _:
            return None


def _outnumber(some: int, numbers: Sequence[Printed]) -> bool:
    """Whether more than a third of a column's numbers are so; a few are in any column, in lines that measure something
    else."""
    return some * 3 > len(numbers)


def _is_doubtful(head: str, role: Role) -> bool:
    if role == "change":
        return True
    return role in ("amount", "percent") and (
        not head or measures.header_change(head) or (not time.read(head) and len(head) < _BRIEF)
    )


def _contrasts(index: int, rows: Sequence[Cells]) -> bool:
    """Whether its first or last number has a percent sign in a row where the other columns have none, and none has a
    currency sign."""
    own = [
        (row, piece.printed)
        for row in rows
        if (piece := row[index]) is not None and piece.printed is not None and piece.printed.form == "number"
    ]
    if not own or any(one.currency or one.size >= MOST_PERCENT for _, one in own):
        return False
    if own[0][1].sign != "percent" and own[-1][1].sign != "percent":
        return False
    for row in (row for row, one in own if one.sign == "percent"):
        others = _printed([piece for place, piece in enumerate(row) if place != index])
        if others and all(other.sign != "percent" for other in others):
            return True
    return False


def _framed(cells: Cells) -> bool:
    """Whether the first and the last number have a percent sign, and those between look the same but for the sign."""
    own = _printed(cells)
    if len(own) < _FRAMED or own[0].sign != "percent" or own[-1].sign != "percent" or any(one.currency for one in own):
        return False
    return len({one.step for one in own}) == 1 and all(one.size <= _LARGE for one in own)


def _by_arithmetic(index: int, roles: Sequence[Deemed], rows: Sequence[Cells]) -> Deemed | None:
    """Whether the column is the change, in percent or in amounts, of two columns before it."""
    amounts = [place for place in range(max(0, index - _REACH), index) if roles[place].role == "amount"]
    best: tuple[int, Deemed] | None = None
    for first, one in enumerate(amounts):
        for two in amounts[first + 1 :]:
            percents, differences, tested = _compared(rows, one, two, index)
            if tested < _TRIED:
                continue
            if (
                percents * 10 >= tested * _PERCENTS_COME_OUT
                and percents > differences
                and (best is None or percents > best[0])
            ):
                best = (
                    percents,
                    Deemed(
                        "percent",
                        Origin(
                            "change",
                            f"{percents} of {tested} numbers are the percent change of columns {one + 1} and {two + 1}",
                        ),
                    ),
                )
            if (
                differences * 10 >= tested * _DIFFERENCES_COME_OUT
                and differences > percents
                and (best is None or differences > best[0])
            ):
                best = (
                    differences,
                    Deemed(
                        "change",
                        Origin(
                            "change",
                            f"{differences} of {tested} numbers are the difference of columns {one + 1} and {two + 1}",
                        ),
                    ),
                )
    return best[1] if best is not None else None


def _compared(rows: Sequence[Cells], one: int, two: int, index: int) -> tuple[int, int, int]:
    percents = differences = tested = 0
    for row in rows:
        trio = [piece.printed if (piece := row[place]) is not None else None for place in (one, two, index)]
        values = [
            printed.value for printed in trio if printed is not None and printed.form == "number" and printed.value
        ]
        if len(values) < 3 or trio[0] is None or trio[0].sign or trio[2] is None:
            continue
        current, prior, shown = values
        tested += 1
        step = trio[2].step
        difference = abs(current - prior)
        if abs(abs(shown) - difference) <= step:
            differences += 1
        change = HUNDRED * difference / abs(prior)
        backward = HUNDRED * difference / abs(current)
        slack = step * _ROUNDED + HUNDRED * trio[0].step / abs(prior)
        if abs(abs(shown) - change) <= slack or abs(abs(shown) - backward) <= slack:
            percents += 1
    return percents, differences, tested


# ---- lines -----------------------------------------------------------------------------------------------------------


_OF_AMOUNTS = 10000
"""A table without decimals that prints so large a number prints amounts, though no caption says in which scale."""
_MOST_RELATIVE = 1000
"""No line of ratios or percentages prints more: what has grown more than tenfold is told in times."""
_MOST_UNTOLD = 200
"""Nor one of percentages so much, where its caption does not say percent."""
_MOST_WHOLE = 100
"""Whole numbers beyond this, among whole numbers, are amounts unless the caption says percent."""
_MOST_PER_SHARE = 10000
"""No amount for one share is so large,"""
_MOST_WITHOUT_CENTS = 1000
"""nor so large where it is printed without cents,"""
_MOST_IN_SCALE = 100
"""nor, where the amounts of the table are in thousands and the caption only hints at a share, so large without
cents."""
_MOST_PRICE, _MOST_PRICE_IN_SCALE = 100000, 1000
"""No price is so large; without cents, among amounts in thousands, none is as large as the second."""
_FEW_SHARES, _FEW_INHERITED = 20, 100
"""Fewer shares than this, printed with cents, are none: where the caption says shares, and where only its section
does."""


@frozen
class Usual:
    """How a table prints its numbers."""

    decimals: int = 0
    scaled: bool = False
    kind: Kind | None = None
    largest: Decimal = Decimal(0)


def usual(rows: Sequence[Cells], scaled: bool, kind: Kind | None) -> Usual:
    """How most of a table's plain numbers are printed."""
    counted = Counter(one.places for row in rows for one in _printed(row) if not one.sign)
    largest = max((one.size for row in rows for one in _printed(row)), default=Decimal(0))
    return Usual(counted.most_common(1)[0][0] if counted else 0, scaled, kind, largest)


_IN_SHARES = re.compile(
    r"\bin (?:thousands of |millions of )?shares\b|\bnumber of\b|^\W*(?:common )?shares\W*(?:outstanding|issued)?\W*$",
    re.IGNORECASE,
)
_NO_SHARES = re.compile(r"\b(?:equity|deficit|liabilities|assets)\b(?! (?:awards?|plans?|incentive))", re.IGNORECASE)
_INHERITS_SHARES = re.compile(
    r"^\W*(?:basic|diluted|class|add|plus|effect|dilut|assum|weighted|stock options|restricted|common|ordinary|"
    r"employee|rsus?|conver(?:tible|sion)|total|potential|denominator|shares|warrants|options|unvested|nonvested|"
    r"performance|outstanding|as reported)|\bshares?\b",
    re.IGNORECASE,
)


def of_line(placed: Placed, cells: Cells, usual: Usual) -> Deemed:
    """The role of one line. Percent signs are judged cell by cell and are not asked for here."""
    caption = placed.entry.caption
    numbers = [one for one in _printed(cells) if not one.sign]
    role = measures.measure(caption)
    if role != "amount":
        return _by_print(Deemed(role, Origin("caption", caption)), numbers, usual)
    for above in (*reversed(placed.under), placed.heading):
        inherited = _inherited(measures.measure(above), above, caption, numbers, usual) if above else None
        if inherited is not None:
            return inherited
    of_amounts = usual.decimals == 0 and (usual.scaled or usual.largest >= _OF_AMOUNTS)
    if of_amounts and _have_cents(numbers, below=_LARGE):
        return Deemed("per share", Origin("cells", "more decimals than the rest of the table"))
    return Deemed("amount")


_AGAIN = re.compile(r"\W*(?:basic|(?:assuming )?(?:full|dilut)\w*(?: dilut\w*)?)\W*", re.IGNORECASE)


_OF_PERCENTS = re.compile(r"%|\bpercent|\bmix\b|\bgrowth\b|\bmargins?\b", re.IGNORECASE)


def continued(placed: Placed, role: Deemed, before: Line | None) -> Deemed:
    """The role of a line that goes on as the one right above it: "Diluted" below the shares (basic), bare numbers below
    the percentages of a section."""
    numbers = _printed(placed.entry.cells)
    if role.role != "amount" or before is None or not numbers or any(one.currency for one in numbers):
        return role
    if before.role == "shares" and _AGAIN.fullmatch(placed.entry.caption) and not any(one.step < 1 for one in numbers):
        return Deemed("shares", Origin("line above", before.caption))
    if _goes_on_in_percent(placed, numbers, before):
        return Deemed("percent", Origin("cells", f"% in the line above: {before.caption}"))
    return role


def _goes_on_in_percent(placed: Placed, numbers: Sequence[Printed], before: Line) -> bool:
    """Whether a section of percentages prints their sign in its first line only, as one of amounts prints that of the
    currency."""
    heading = placed.under[-1] if placed.under else ""
    if not _OF_PERCENTS.search(heading) or any(one.sign or one.size >= _LARGE for one in numbers):
        return False
    above = [figure for figure in before.figures if figure is not None and figure.form == "number"]
    return bool(above) and all(figure.unit == PERCENT and figure.step <= 1 for figure in above)


def _inherited(role: Role, above: str, caption: str, numbers: Sequence[Printed], usual: Usual) -> Deemed | None:
    if role == "per share" and (any(one.step < 1 for one in numbers) or not numbers):
        if (
            usual.decimals
            and usual.scaled
            and all(one.places <= usual.decimals for one in numbers)
            and any(one.size >= _LARGE for one in numbers)
        ):
            return None
        return Deemed("per share", Origin("section", above))
    if role == "shares" and usual.kind in ("balance sheet", "cash flow") and not _IN_SHARES.search(above):
        return None
    if (
        role == "shares"
        and _INHERITS_SHARES.search(caption)
        and not _NO_SHARES.search(caption)
        and not any(one.currency for one in numbers)
    ):
        return _kept(Deemed("shares", Origin("section", above)), numbers, usual)
    if (
        role == "percent"
        and re.search(r"%|percent|\brates?\b", above, re.IGNORECASE)
        and all(one.size <= _MOST_UNTOLD and not one.currency for one in numbers)
        and any(one.step < 1 for one in numbers)
    ):
        return Deemed("percent", Origin("section", above))
    return None


def _kept(deemed: Deemed, numbers: Sequence[Printed], usual: Usual) -> Deemed | None:
    return None if usual.decimals < 2 and _have_cents(numbers, below=_FEW_INHERITED) else deemed


def _have_cents(numbers: Sequence[Printed], *, below: int) -> bool:
    """Whether all numbers are printed with cents and are small, as amounts for one share are."""
    return bool(numbers) and all(one.step <= _CENT and one.size < below for one in numbers)


_COUNTED = re.compile(r"\((?:in )?.*shares|\bnumber\b|\bshares (?:issued|outstanding|authorized)")
_COUNTED_IN: Mapping[Kind | None, re.Pattern[str]] = MappingProxyType(
    {
        "balance sheet": _COUNTED,
        "cash flow": _COUNTED,
        "equity": re.compile(r"\([^)]*shares[^)]*\)|\bnumber of\b|\bshares (?:outstanding|authorized)"),
    }
)
"""Statements in which a line with the word shares is an amount ("Shares issued for stock options") unless it says that
it counts them."""


@frozen
class _Shown:
    """What words propose for a line, and how its numbers are printed among those of its table."""

    deemed: Deemed
    numbers: Sequence[Printed]
    usual: Usual

    @property
    def money(self) -> bool:
        return any(one.currency for one in self.numbers)

    @property
    def largest(self) -> Decimal:
        return max((one.size for one in self.numbers), default=Decimal(0))

    @property
    def whole(self) -> bool:
        return all(one.step >= 1 for one in self.numbers)

    @property
    def whole_like_all(self) -> bool:
        """Whether its numbers are whole, and so is the table."""
        return self.whole and self.usual.decimals == 0


def _by_print(deemed: Deemed, numbers: Sequence[Printed], usual: Usual) -> Deemed:
    """The role that words propose, as far as the numbers can be that."""
    shown = _Shown(deemed, numbers, usual)
    may_be = _MAY_BE.get(deemed.role)
    if may_be is not None and not may_be(shown):
        return Deemed("amount", evolve(deemed.origin, against="but printed as an amount"))
    if deemed.role == "shares" and usual.decimals == 0 and _have_cents(numbers, below=_FEW_SHARES):
        return Deemed("per share", evolve(deemed.origin, against="but printed with cents"))
    return deemed


def _per_share(shown: _Shown) -> bool:
    hinted = shown.usual.scaled and not _says_per_share(shown.deemed.origin.words)
    most = (
        _MOST_IN_SCALE if hinted and shown.whole_like_all else _MOST_WITHOUT_CENTS if shown.whole else _MOST_PER_SHARE
    )
    return shown.largest < most


def _shares(shown: _Shown) -> bool:
    counted = _COUNTED_IN.get(shown.usual.kind)
    return not shown.money and (counted is None or counted.search(shown.deemed.origin.words) is not None)


def _percent(shown: _Shown) -> bool:
    told = re.search(r"%|percent", shown.deemed.origin.words, re.IGNORECASE) is not None
    most = _MOST_RELATIVE if told else _MOST_WHOLE if shown.whole_like_all else _MOST_UNTOLD
    if shown.money or shown.largest > most:
        return False
    return told or not shown.numbers or any(one.places > shown.usual.decimals for one in shown.numbers)


def _ratio(shown: _Shown) -> bool:
    return not shown.money and shown.largest <= (_MOST_WHOLE if shown.whole_like_all else _MOST_RELATIVE)


def _price(shown: _Shown) -> bool:
    return shown.largest < (_MOST_PRICE_IN_SCALE if shown.whole and shown.usual.scaled else _MOST_PRICE)


def _count(shown: _Shown) -> bool:
    return not shown.money and shown.usual.kind not in PRIMARY


_MAY_BE: Mapping[Role, Callable[[_Shown], bool]] = MappingProxyType(
    {
        "per share": _per_share,
        "shares": _shares,
        "percent": _percent,
        "ratio": _ratio,
        "rate": _ratio,
        "price": _price,
        "count": _count,
    }
)
"""Whether what words propose can be so, as it is printed."""


def _says_per_share(words: str) -> bool:
    return re.search(r"per (?:\w+ ){0,2}share", words, re.IGNORECASE) is not None
