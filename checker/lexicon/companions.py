"""Lines that a statement prints together or not at all: total assets with total liabilities and equity, the balance
that opens a period with the one that closes it.

Of published statements that print the one, next to none lacks the other. What is gone is known by name, not by amount:
where a subtotal was deleted, the lines it summed up still come to the total after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.core.caption import normal
from checker.core.statement import Kind
from checker.core.value import frozen
from checker.lexicon.captions import NAMELESS

_EQUITY = r"\b(?:equity|deficits?|deficiency|capital|funds|investment|interests?)\b"


_TOTAL_ASSETS = re.compile(r"total assets\b")
_SIDES = rf"total\b.*\bliabilit.*{_EQUITY}|total\b.*{_EQUITY}.*\bliabilit"
_LAST = re.compile(_SIDES)
_BOTH_SIDES = re.compile(rf"{_SIDES}|net assets\b|total assets less\b")
_CURRENT_ASSETS = re.compile(r"total current assets\b")
_CURRENT_LIABILITIES = re.compile(
    r".*\btotal\b.*(?<!non )\bcurrent\b.*\bliabilit|(?<!non )\bcurrent and total liabilit"
)
_SECTION = re.compile(r"(?:non ?)?current (?:assets|liabilities)")
_CURRENT, _OWED_SOON = re.compile(r".*(?<!non )\bcurrent assets"), re.compile(r".*(?<!non )\bcurrent liabilities")
_OF_OWNERS = re.compile(
    r"total (?:\w+ ){0,3}(?:equity|deficit|deficiency)\b(?! (?:securities|instruments|method|funds?|awards?))"
)
_OF_CASH = r"(?:total |net )*(?:cash|increase|decrease|change)\b.*\b"
_OPERATING = re.compile(rf"{_OF_CASH}(?:operations|operating)\b")
_INVESTING = re.compile(rf"{_OF_CASH}invest")
_FINANCING = re.compile(rf"{_OF_CASH}financ")
_TIME = r"of (?:the )?(?:period|year|quarter|month)"
_CASH_BEGINS = re.compile(rf"cash\b.*\bbeginning {_TIME}|beginning cash")
_CASH_ENDS = re.compile(rf"cash\b.*\bend {_TIME}|ending cash")
_OF_OTHERS = re.compile(r"total liabilities$")
_CARRIED = r"(?:balances?|allowance|reserves?)\b.*\b"
_BEGINS = re.compile(rf"{_CARRIED}beginning {_TIME}|beginning balance")
_ENDS = re.compile(rf"{_CARRIED}end {_TIME}|ending balance")
_DATED = r".*\bbalances? (?:at|as (?:at|of)|on)\b"
_BEGIN = re.compile(rf".*\b(?:beginning|begin|opening|start)\b|{_DATED} (?!.*\bend\b)")
_END = re.compile(rf".*\b(?:end|ending|ended|closing)\b|{_DATED} (?!.*\bbeginning\b)")
_INTEREST_INCOME = re.compile(r"total interest(?: and dividend)? (?:income|revenue)")
_INTEREST_EXPENSE = re.compile(r"total interest expense")
_INTEREST = re.compile(r"net interest (?:income|revenue|expense|margin)")
_TAX = re.compile(r"\(?(?:less )?(?:provision|benefit|income tax|tax)(?:es)?\b(?!.*\bbefore\b).*\btax|income tax")
_BEFORE_TAX = re.compile(r".*\bbefore\b.*\btax|.*\bpre ?tax")
_NET_INCOME = re.compile(
    r".*\bnet \(?(?:income|loss|earnings|profit)|.*(?:income|loss|profit|earnings)\)? for the\b|"
    r"(?:profit|loss|earnings)\b(?: loss)?(?:$| (?:of|attributable)\b)"
)
_BASIC = re.compile(r".*\bbasic\b")
_INVESTS = re.compile(r".*\binvesting\b")
_FINANCES = re.compile(r".*\bfinancing\b")
_OPERATES = re.compile(r".*\boperating\b")
_OWNED = re.compile(r".*\b(?:equity|deficits?|deficiency)$")
_WHOLE_EQUITY = re.compile(
    rf"(?!.*\bliabilit).*\btotals?\b.*{_EQUITY}|(?:total )?equity\b|net assets\b|"
    r"(?:\w+ )?(?:share|stock|member|unit|partner|owner)\w* (?:equity|deficit)"
)
_KEPT = re.compile(
    r"(?:retained|undistributed|unappropriated|reinvested) (?:earnings|profits?|income)|accumulated deficit"
)
_OF_CHANGE = re.compile(r".*\b(?:increase|decrease|change|movement|inflow|outflow)s?\b")


@frozen
class _Companion:
    """Where lines that `printed` finds, one each, stand in a statement, one that `wanted` finds does too."""

    kinds: frozenset[Kind]
    """Kinds of statements that this is so in; none: in any table."""
    printed: tuple[re.Pattern[str], ...]
    wanted: re.Pattern[str]
    name: str
    below: re.Pattern[str] | None = None
    """What a heading must say for it to be expected."""


_BALANCE: frozenset[Kind] = frozenset({"balance sheet"})
_INCOME: frozenset[Kind] = frozenset({"income statement"})
_FLOWS: frozenset[Kind] = frozenset({"cash flow"})
_COMPANIONS = (
    _Companion(_BALANCE, (_LAST,), _TOTAL_ASSETS, "total assets"),
    _Companion(_BALANCE, (_TOTAL_ASSETS, _OF_OTHERS, _OF_OWNERS), _BOTH_SIDES, "the total of liabilities and equity"),
    _Companion(_BALANCE, (_CURRENT_LIABILITIES, _TOTAL_ASSETS), _CURRENT_ASSETS, "total current assets", _CURRENT),
    _Companion(_BALANCE, (_CURRENT_ASSETS, _LAST), _CURRENT_LIABILITIES, "total current liabilities", _OWED_SOON),
    _Companion(
        _FLOWS, (_INVESTING, _FINANCING, _CASH_ENDS), _OPERATING, "the net cash of operating activities", _OPERATES
    ),
    _Companion(
        _FLOWS, (_OPERATING, _FINANCING, _CASH_ENDS), _INVESTING, "the net cash of investing activities", _INVESTS
    ),
    _Companion(
        _FLOWS, (_OPERATING, _INVESTING, _CASH_ENDS), _FINANCING, "the net cash of financing activities", _FINANCES
    ),
    _Companion(_BALANCE, (_KEPT, _LAST, _TOTAL_ASSETS), _WHOLE_EQUITY, "total equity", _OWNED),
    _Companion(_FLOWS, (_FINANCING, _CASH_BEGINS, _CASH_ENDS), _OF_CHANGE, "the net change in cash"),
    _Companion(_FLOWS, (_CASH_BEGINS,), _END, "the cash at the end"),
    _Companion(_FLOWS, (_CASH_ENDS,), _BEGIN, "the cash at the beginning"),
    _Companion(frozenset(), (_BEGINS,), _END, "the balance at the end"),
    _Companion(frozenset(), (_ENDS,), _BEGIN, "the balance at the beginning"),
    _Companion(frozenset(), (_INTEREST_EXPENSE, _INTEREST), _INTEREST_INCOME, "total interest income"),
    _Companion(frozenset(), (_INTEREST_INCOME, _INTEREST), _INTEREST_EXPENSE, "total interest expense"),
    _Companion(frozenset(), (_INTEREST_INCOME, _INTEREST_EXPENSE), _INTEREST, "net interest income"),
    _Companion(_INCOME, (_TAX, _NET_INCOME, _BASIC), _BEFORE_TAX, "the result before taxes"),
    _Companion(_INCOME, (_BEFORE_TAX, _TAX, _BASIC), _NET_INCOME, "net income"),
)


def basis(caption: str) -> str | None:
    """Whether shares, or an amount per share, are basic, diluted or both; None where a caption does not say."""
    text = caption.lower()
    basic, diluted = "basic" in text, "dilut" in text
    return "both" if basic and diluted else "basic" if basic else "diluted" if diluted else None


def is_summed_up(captions: Sequence[str]) -> bool:
    """Whether lines sum up whole sections in one amount each, as those of investees are told in a note."""
    return any(_SECTION.fullmatch(normal(caption)) for caption in captions)


def lacking(kind: Kind | None, captions: Sequence[str], headings: Sequence[str]) -> tuple[int, str] | None:
    """What a statement lacks beside the line at the place told, by the captions of its lines with figures; None where
    it lacks nothing, or a line without a name may be it."""
    names = [normal(caption) for caption in captions]
    if any(name in NAMELESS or not any(map(str.isalpha, name)) for name in names):
        return None
    over = [normal(heading) for heading in headings]
    for each in _COMPANIONS:
        if (each.kinds and kind not in each.kinds) or any(each.wanted.match(name) for name in names):
            continue
        places = [next((at for at, name in enumerate(names) if one.match(name)), None) for one in each.printed]
        headed = each.below is None or any(each.below.match(heading) for heading in over)
        if places[0] is not None and None not in places and headed:
            return places[0], each.name
    return None
