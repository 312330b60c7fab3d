"""What captions say of summation: words of totals, of known subtotals, of opening and closing balances. Words are priors, never proof.

The patterns are for captions in lower case: they take half as long as patterns that look at both cases.
"""

from __future__ import annotations

import re
from typing import Literal

from checker.core.caption import normal
from checker.core.remembered import remembered

Word = Literal["total", "subtotal", "blank", "closing", "plain"]

_TOTAL = re.compile(r"^(?:sub-?\s?)?totals?\b|\btotals?$|^grand total|\btotal$|^(?:gesamt|summe|totale|total des|合計|計)\b|合計$|(?<!会)計$")
_NO_TOTAL = re.compile(r"\btotal (?:return|debt to|shareholder return)\b|\bper\b.{0,12}\bshare\b")
_SUBTOTAL = re.compile(
    r"^\(?(?:net|adjusted|underlying)\b|^\(?(?:gross|operating) \(?(?:profit|loss|income|margin|earnings|result|surplus|deficit|cash|revenue|amount)|"
    r"^\(?(?:income|loss|earnings|profit|surplus|deficit|result)s?\)?,? ?(?:$|\(|and\b|or\b|/|from|before|after|for the|attributable|"
    r"available|applicable|of the)|"
    r"\b(?:stock|share)(?:holders?|owners?)['’]? ?(?:equity|deficit|funds)$|\b(?:members|partners|owners)['’]? (?:equity|capital|deficit)$|"
    r"\bebitda?\b|\bebit\b|before (?:income )?tax|provided by|used (?:in|for)|generated (?:from|by)|^comprehensive \(?(?:income|loss)|"
    r"^non-gaap|^funds from operations|^free cash flow|^working capital|^book value|\bsubtotal\b|\bas (?:adjusted|reported)\b|^in aggregate|"
    r"^cash flows? (?:provided|used|from)|^(?:increase|decrease|change).{0,30}\bin cash\b|, net\b|\bnet$|利益$|損失$|収益$"
)
_BALANCE = r"^balances?,? |^balances?$|^as (?:at|of)\b|^at \w+ \d"
_CLOSING = re.compile(rf"^(?:closing|ending|end)\b|\bend of\b|\bat (?:the )?end\b|\b(?:ending|closing) balance\b|期末|{_BALANCE}")
_BEGINNING = r"^(?:opening|beginning|start)\b|\b(?:beginning|start) of\b|\bat (?:the )?(?:beginning|start)\b|\bopening balance\b|期首"
_OPENING = re.compile(rf"{_BEGINNING}|{_BALANCE}")
_BEGINS = re.compile(rf"{_BEGINNING}|\b(?:beginning|opening)\b")
_TOTAL_OF = re.compile(r"^total (?=\w)")
_CASH_FLOW = re.compile(r"^net cash|^cash flows? (?:provided|used|from)|^cash (?:provided|used|generated)|^net (?:increase|decrease|change)")
_LESS = re.compile(r"^\(?(?:less|deduct|minus)\b")
_WHOLE_COLUMN = re.compile(r"\btotals?\b|\bconsolidated\b|\bcombined\b|\bgroup\b|\baggregate\b|合計|連結")


@remembered(8192)
def word(caption: str) -> Word:
    """What kind of total the caption alone suggests."""
    text = caption.strip().strip(":").lower()
    if not text:
        return "blank"
    if _TOTAL.search(text) and not _NO_TOTAL.search(text):
        return "total"
    if _CLOSING.search(text):
        return "closing"
    if _SUBTOTAL.search(text):
        return "subtotal"
    return "plain"


@remembered(8192)
def opens(caption: str) -> bool:
    """Whether the caption names an opening balance."""
    return bool(_OPENING.search(caption.strip().lower()))


@remembered(8192)
def begins(caption: str) -> bool:
    """Whether the caption names an opening balance and could name no closing one, as "Balance at March 31" could."""
    return bool(_BEGINS.search(caption.strip().lower()))


@remembered(8192)
def named(caption: str) -> str:
    """What a total says it is the total of: "goodwill" for "Total goodwill"; empty for all else."""
    text = normal(caption)
    return text[match.end() :] if (match := _TOTAL_OF.match(text)) else ""


@remembered(8192)
def closes(caption: str) -> bool:
    """Whether the caption names a closing balance."""
    return bool(_CLOSING.search(caption.strip().lower()))


@remembered(8192)
def cash_flow(caption: str) -> bool:
    """Whether the caption is a subtotal of a statement of cash flows, under which all that stands since the last one adds up."""
    return bool(_CASH_FLOW.search(caption.strip().lower()))


@remembered(8192)
def deducted(caption: str) -> bool:
    """Whether the caption itself says that the line is taken off."""
    return bool(_LESS.search(caption.strip().lower()))


@remembered(8192)
def whole_column(caption: str) -> bool:
    """Whether a column's heading says that it is the sum of others."""
    return bool(_WHOLE_COLUMN.search(caption.lower()))
