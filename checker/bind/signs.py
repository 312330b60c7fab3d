"""Which way a printed sign counts: by nature (an expense is positive when it is taken away) or as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from checker.bind.index import Names
from checker.bind.lookup import Book, Found, effective
from checker.bind.narrow import Narrowing
from checker.core.caption import normal
from checker.core.rule import Binary, Call, Either, Expr, Name, Negative, Optional, Relation, Shifted
from checker.lexicon.captions import earns, is_change, net_cash, result

_INCOME_WARD = re.compile(
    r"\(\s*(?:expenses?|losses|loss|costs?|charges?)\s*\)|\bexpenses?\)?\s*/?\s*income\b|income\s*/?\s*\(?\s*expenses?",
    re.IGNORECASE,
)
"""Captions that say: printed as income, an expense in brackets."""
_BALANCE = re.compile(
    r"income|profit|earnings|result|margin|equity|cash flow|ebit|working capital|\bnet\b", re.IGNORECASE
)
"""Captions of what is left over, which is negative where there was not enough."""
_TURNABLE = re.compile(
    r"\bless\b|expense|\bloss(?:es)?\b|\bcosts?\b|deduct|treasury|dividend|\btax(?:es)?\b|provision|benefit|\bused\b|payment|purchase|repurchase|deficit|charge|interest|allowance|accumulated|ceded|arrears|discount",
    re.IGNORECASE,
)


def by_nature(mentioned: Iterable[Name], within: Narrowing, names: Names) -> bool:
    """Whether a rule is read by nature: all its names are concepts, and none asks for the sign as printed."""
    return all(
        not name.quoted and normal(name.text) in names.concepts and not effective(name, within).as_printed
        for name in mentioned
    )


def default_sign(name: Name, found: Found, natural: bool, book: Book) -> int:
    """+1 where the printed sign counts as it stands, -1 where the line is turned."""
    value = found.figure.value
    if found.spot.turned and value is not None and value > 0 and not _prints_losses(found):
        return -1
    if not natural or not _is_expense(name, book):
        return 1
    return -1 if prints_as_income(found) else 1


def _prints_losses(found: Found) -> bool:
    """Whether a line that is called a loss prints most of its amounts below nothing: one above it is a profit."""
    values = [figure.value for figure in found.spot.line.figures if figure is not None and figure.value]
    return 2 * sum(value < 0 for value in values) > len(values)


def prints_as_income(found: Found) -> bool:
    """Whether the caption, or the section it stands in, says that expenses are printed in brackets here."""
    line = found.spot.line
    return any(_INCOME_WARD.search(text) for text in (line.caption, *line.under[-1:]))


def turnable(name: Name, found: Found, book: Book) -> bool:
    """Whether the line might be printed the other way round: deductions, expenses, losses, and what the vocabulary
    counts as a debit."""
    return _is_expense(name, book) or bool(_TURNABLE.search(found.spot.line.caption))


def takes_away(found: Found) -> bool:
    """Whether a line of several amounts prints all of them as negative and is no result, which may well be one."""
    caption = found.spot.line.caption
    amounts = [figure.value for figure in found.spot.line.figures if figure is not None and figure.value]
    may_be = result(caption) is not None or net_cash(caption) or is_change(caption) or earns(caption)
    return len(amounts) > 1 and max(amounts) < 0 and not may_be and not _BALANCE.search(caption)


def _is_expense(name: Name, book: Book) -> bool:
    concepts = book.names.concepts.get(normal(name.text), ())
    return any(concept.balance == "debit" and concept.timing != "instant" for concept in concepts)


def written_signs(relation: Relation) -> Mapping[Name, set[int]]:
    """The signs that the author put before each name, on either side: -1 under a minus, in sums, bounds and ratios
    alike."""
    found: dict[Name, set[int]] = {}
    for side in (relation.left, relation.right):
        for name, sign in _signed(side, 1):
            found.setdefault(name, set()).add(sign)
    return found


def _signed(expr: Expr, sign: int) -> Iterator[tuple[Name, int]]:
    match expr:
        case Name():
            yield expr, sign
        case Negative():
            yield from _signed(expr.operand, -sign)
        case Optional() | Shifted():
            yield from _signed(expr.operand, sign)
        case Either():
            for option in expr.options:
                yield from _signed(option, sign)
        case Call():
            for operand in expr.operands:
                yield from _signed(operand, sign)
        case Binary():
            yield from _signed(expr.left, sign)
            yield from _signed(expr.right, -sign if expr.operator == "-" else sign if expr.operator in "+*" else 1)
        case _:
            return
