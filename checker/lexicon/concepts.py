"""Names of XBRL concepts: their words where no label says them, and which statement they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from checker.core.statement import Kind

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_BALANCE = frozenset({"Assets", "LiabilitiesAndStockholdersEquity", "EquityAndLiabilities", "Liabilities"})
_CASH = re.compile(
    r"NetCash(?:Provided|Used)|CashFlowsFrom|IncreaseDecreaseIn|AdjustmentsTo|(?:Payments|Proceeds|Repayments)(?:For|From|To|Of)|"
    r"CashCashEquivalents\w*PeriodIncreaseDecrease|CashAndCashEquivalentsPeriodIncreaseDecrease|EffectOfExchangeRate"
)
_INCOME = frozenset(
    {"NetIncomeLoss", "ProfitLoss", "Revenues", "Revenue", "OperatingIncomeLoss", "EarningsPerShareBasic"}
)


def printed(name: str) -> str:
    """The words of a qualified name as a caption: `us-gaap:CostOfRevenue` is "Cost of revenue"; what says no more than
    that it is a member or an axis goes."""
    words = _WORDS.findall(re.sub(r"(?:Member|Axis|Domain|Abstract)$", "", name.rpartition(":")[2]))
    return (
        " ".join([words[0], *(word if word.isupper() and len(word) > 1 else word.lower() for word in words[1:])])
        if words
        else name
    )


def concept_name(concept: str, labels: Mapping[str, str]) -> str:
    """What a concept is called: by its label or, without one, by the words of its name."""
    return labels.get(concept) or printed(concept)


def kind_of(concepts: Iterable[str]) -> Kind | None:
    """The statement that shows these concepts; None where they name none."""
    local = [concept.rpartition(":")[2] for concept in concepts]
    if any(name in _BALANCE for name in local):
        return "balance sheet"
    if any(_CASH.match(name) for name in local):
        return "cash flow"
    return "income statement" if any(name in _INCOME for name in local) else None
