"""What captions say of summation: words of totals, of known subtotals, of opening and closing balances. Words are
priors, never proof.

The patterns are for captions in lower case: they take half as long as patterns that look at both cases.
"""

from __future__ import annotations

import re
from typing import Literal

from checker.core.caption import normal
from checker.core.remembered import remembered
from checker.lexicon.lower import either

Word = Literal["total", "subtotal", "blank", "closing", "plain"]

TOTALS = (
    *("total", "totals", "subtotal", "subtotals", "sub-total", "sub-totals", "grand total", "grand totals"),
    *("summe", "gesamt", "insgesamt", "zwischensumme", "totale", "sous-total", "totaal", "summa", "totalt", "suma"),
)
"""What a total is called, in every language: a caption that begins or ends with one of these is one."""
_TOTALS_JOINED = ("合計", "小計", "計", "总计", "合计")
"""The same where no blank parts words."""
WHOLES = ("consolidated", "combined", "konzern", "koncernen", "consolidé")
"""What else calls a column or a line the whole company."""
_OTHERS = ("other", "others", "other net", "sonstige", "sonstiges", "übrige", "autres", "övriga", "その他")
_BALANCES = ("balance", "balances", "saldo", "solde", "bestand")
_OPENING = ("opening", "beginning", "start", "anfangsbestand", "anfangssaldo", "ingående")
_CLOSING = ("closing", "ending", "end", "endbestand", "schlusssaldo", "utgående")
_LESS_WORDS = ("less", "deduct", "minus", "abzüglich", "abzgl", "moins", "avgår")
_PLUS_WORDS = ("add", "plus", "zuzüglich", "zzgl")
_IS_TOTAL = rf"(?:{either(TOTALS)})"
_BEGINS_TOTAL = rf"^(?:(?:company|group) )?{_IS_TOTAL}\b|^(?:{either(_TOTALS_JOINED)})"
_ENDS_TOTAL = rf"\b{_IS_TOTAL}$|(?:{either(word for word in _TOTALS_JOINED if len(word) > 1)})$|(?<!会)計$"
_TOTAL = re.compile(rf"{_BEGINS_TOTAL}|{_ENDS_TOTAL}")
_TOTAL_BEFORE = re.compile(rf"(?:{_BEGINS_TOTAL})(?: (?:of|des|der|de|du|dei|delle)\b)?")
_TOTAL_BEHIND = re.compile(_ENDS_TOTAL)
NAMELESS = frozenset(normal(word) for word in ("", "net", *TOTALS, *_TOTALS_JOINED, *_OTHERS, *_BALANCES))
"""Captions in their normal form that alone name nothing."""
_NO_TOTAL = re.compile(r"\btotal (?:return|debt to|shareholder return)\b|\bper\b.{0,12}\bshare\b")
_SUBTOTAL = re.compile(
    r"^\(?(?:net|adjusted|underlying)\b|^\(?(?:gross|operating) \(?(?:profit|loss|income|margin|earnings|result|"
    r"surplus|deficit|cash|revenue|amount)|^\(?(?:income|loss|earnings|profit|surplus|deficit|result)s?\)?,? ?(?:$|\(|"
    r"and\b|or\b|/|from|before|after|for the|attributable|available|applicable|of the)|\b(?:stock|share)(?:holders?|"
    r"owners?)['’]? ?(?:equity|deficit|funds)$|\b(?:members|partners|owners)['’]? (?:equity|capital|deficit)$|"
    r"\bebitda?\b|\bebit\b|before (?:income )?tax|provided by|used (?:in|for)|generated (?:from|by)|"
    r"^comprehensive \(?(?:income|loss)|^non-gaap|^funds from operations|^free cash flow|^working capital|^book value|"
    r"\bsubtotal\b|\bas (?:adjusted|reported)\b|^in aggregate|^cash flows? (?:provided|used|from)|^(?:increase|"
    r"decrease|change).{0,30}\bin cash\b|, net\b|\bnet$|利益$|損失$|収益$"
)
_BALANCE = r"^balances?(?:,? | ?[—–-]{1,2} ?(?=\w+ \d))|^balances?$|^as (?:at|of)\b|^at \w+ \d"
_ENDING = (
    rf"^(?:{either(_CLOSING)})\b|\bend of\b|\bat (?:the )?end\b|\b(?:ending|closing) balance\b|\bam ende\b|"
    rf"\bslut\b|期末"
)
_CLOSES = re.compile(rf"{_ENDING}|{_BALANCE}")
_ENDS = re.compile(_ENDING)
_BEGINNING = (
    rf"^(?:{either(_OPENING)})\b|\b(?:beginning|start) of\b|\bat (?:the )?(?:beginning|start)\b|"
    rf"\bopening balance\b|\bzu beginn\b|\bbörjan\b|期首"
)
_OPENS = re.compile(rf"{_BEGINNING}|{_BALANCE}")
_BEGINS = re.compile(rf"{_BEGINNING}|\b(?:beginning|opening)\b")
_CASH_FLOW = re.compile(
    r"^net cash|^cash flows? (?:provided|used|from)|^cash (?:provided|used|generated)|^net (?:increase|decrease|change)"
)
_TAKEN_IN_BRACKETS = re.compile(
    r"\((?:net )?(?:earnings|income|gains?|profits?|benefits?)\)(?: ?/ ?| )(?:net )?(?:loss|losses|expenses?|deficit|"
    r"charges?)\b"
)
"""Gains are printed in brackets, losses plain: what is added of such a line was taken off as a gain."""
_LESS = re.compile(rf"^\(?(?:{either(_LESS_WORDS)})\b(?! than\b)")
_LESS_LOSS = re.compile(rf"^\(?(?:{either(_LESS_WORDS)})\b:? (?:the )?(?:net )?loss(?:es)?\b(?! provision| reserve)")
_LESS_CHARGE = re.compile(
    rf"^\(?(?:{either(_LESS_WORDS)})\b:? .*\b(?:costs?|charges?|expenses?|impairments?|aufwand|aufwendungen)\b"
)
_ADJUSTED = re.compile(r"\badjust(?:ed|ments?)\b|\bunderlying\b|\bexcluding\b|\bnon-gaap\b|\bbereinigt")
_LOSS_ALONE = re.compile(r"^(?!.*(?:\(|\b(?:income|profits?|earnings|gains?|surplus)\b)).*\b(?:loss|losses|deficit)\b")
_PLUS = re.compile(rf"^\(?(?:{either(_PLUS_WORDS)})\b")
_WHOLE_COLUMN = re.compile(rf"\b(?:{either((*TOTALS, *WHOLES))}|group|aggregate)\b|合計|連結")
_CARRIED = re.compile(r",? net(?: of [^,]*)?$")
_ACTIVITY = re.compile(
    r"^net cash (?:flows? )?(?:provided|used|from|generated)\b(?!.*continu).*\b(?:operating|operations|"
    r"investing|financing)\b"
)
_ACTIVITIES = re.compile(r"\b(operating|investing|financing)\b(?= activit)")
_NET_CASH = re.compile(
    r"^(?:total |net )*cash\b(?!.*(?:continu|adjust)).*\b(?:operations$|(?:operating|investing|financing) activit)"
)
_RESULTS = r"\(?(?:income|loss|earnings|profit)s?\)?(?:[ /]*(?:or |and )?\(?(?:income|loss|earnings|profit)s?\)?)*"
_RANKED = tuple(
    re.compile(rf"^\(?{pattern}")
    for pattern in (
        r"gross \(?(?:profit|margin|loss)",
        rf"operating {_RESULTS}$|{_RESULTS} from operations$",
        rf"(?:net )?{_RESULTS} (?:from continuing operations )?before\b.*\btax",
        rf"(?:net )?{_RESULTS} from continuing operations(?!.*(?:before|attributable|per))",
        rf"(?:consolidated )?net {_RESULTS}$",
    )
)
_EARNS = re.compile(
    r"^(?!.*\b(?:costs?|expenses?|provision|tax(?:es)?|loss(?:es)?)\b).*\b(?:income|gains?|earnings|revenues?|benefit)\b"
)
_ASIDE = re.compile(r"\([^()]*\)|\bor\b.*$")
_GATHERS = re.compile(
    r"(?<!accumulated )\bother comprehensive\b|\bsonstiges ergebnis\b|\bautres éléments du résultat\b|"
    r"\bövrigt totalresultat\b"
)
_MOVES = re.compile(r"(?:the )?(?:net |total )?(?:change|movement|increase|decrease)s?\b")
_JOINING = frozenset({"and", "or", "plus", "less", "net", "less:", "other", "others"})
"""Words that lead from what a caption names to something beside it."""
_PART = re.compile(
    r"\bof which\b|\bthereof\b|^\(?(?:including|included|includes|incl\.?)\b|\bincluded (?:in|above)\b|\bdavon\b|"
    r"\bdont\b|\bmemo(?:randum)?\b"
)


@remembered(8192)
def word(caption: str) -> Word:
    """What kind of total the caption alone suggests."""
    text = caption.strip().strip(":").lower()
    if not text:
        return "blank"
    if _TOTAL.search(text) and not _NO_TOTAL.search(text):
        return "total"
    if _CLOSES.search(text):
        return "closing"
    if _SUBTOTAL.search(text):
        return "subtotal"
    return "plain"


@remembered(8192)
def opens(caption: str) -> bool:
    """Whether the caption names an opening balance."""
    return bool(_OPENS.search(caption.strip().lower()))


@remembered(8192)
def begins(caption: str) -> bool:
    """Whether the caption names an opening balance and could name no closing one, as "Balance at March 31" could."""
    return bool(_BEGINS.search(caption.strip().lower()))


@remembered(8192)
def total_of(caption: str) -> str | None:
    """What a total says it is the total of, in its normal form: "goodwill" for "Total goodwill", nothing for "Total";
    None for what is no total."""
    text = normal(caption)
    if before := _TOTAL_BEFORE.match(text):
        return text[before.end() :].strip()
    behind = _TOTAL_BEHIND.search(text)
    return text[: behind.start()].strip() if behind else None


def named(caption: str) -> str:
    """The same; empty for all else."""
    return total_of(caption) or ""


@remembered(8192)
def closes(caption: str) -> bool:
    """Whether the caption names a closing balance, and not one that is taken off it."""
    low = caption.strip().lower()
    return bool(_CLOSES.search(low)) and not _LESS.search(low)


@remembered(8192)
def ends(caption: str) -> bool:
    """Whether the caption names a closing balance and could name no opening one, as "Balance at March 31" could."""
    return bool(_ENDS.search(caption.strip().lower()))


@remembered(8192)
def cash_flow(caption: str) -> bool:
    """Whether the caption is a subtotal of a statement of cash flows, under which all that stands since the last one
    adds up."""
    return bool(_CASH_FLOW.search(caption.strip().lower()))


def owns(caption: str) -> bool:
    """Whether a caption speaks of assets and not of what is owed."""
    return bool(_ASSETS.search(caption)) and not _OWED.search(caption)


def owes(caption: str) -> bool:
    """Whether a caption speaks of liabilities or equity and not of assets."""
    return bool(_OWED.search(caption)) and not _ASSETS.search(caption)


_ASSETS = re.compile(r"\bassets\b", re.IGNORECASE)
_OWED = re.compile(r"\b(?:liabilities|equity|deficit|deficiency)\b", re.IGNORECASE)


@remembered(8192)
def deducts_loss(caption: str) -> bool:
    """Whether the caption says that a loss is taken off, which is added where it is printed without a sign."""
    return bool(_LESS_LOSS.search(caption.strip().lower()))


@remembered(8192)
def excludes(caption: str, total: str) -> bool:
    """Whether the caption says that a total of adjustments, or an adjusted one, is less a cost: without it, as often as
    not, which adds what was charged."""
    return bool(_LESS_CHARGE.search(caption.strip().lower())) and bool(_ADJUSTED.search(total.lower()))


@remembered(8192)
def loses(caption: str) -> bool:
    """Whether the caption names a loss and could name no gain: without a sign it prints how much was lost, and what is
    taken off the result adds to it."""
    return bool(_LOSS_ALONE.search(caption.strip().lower()))


@remembered(8192)
def deducted(caption: str) -> bool:
    """Whether the caption itself says that the line is taken off, and not that it prints what it takes off in brackets:
    "Less: (earnings)/loss of others"."""
    low = caption.strip().lower()
    return bool(_LESS.search(low)) and not _TAKEN_IN_BRACKETS.search(low)


_LOST = re.compile(r"\b(?:loss|losses|deficit|outflows?)\s+(?:of|was|were)\b", re.IGNORECASE)
_GAINED = re.compile(r"\b(?:income|earnings|profits?|gains?|surplus|inflows?)\s+(?:of|was|were)\b", re.IGNORECASE)


def of_both_signs(sentence: str) -> bool:
    """Whether a sentence calls one of its amounts a loss and another one a gain."""
    return bool(_LOST.search(sentence)) and bool(_GAINED.search(sentence))


_OWNERS = (" attributable to ", " available to ", " applicable to ")


def shares(caption: str, whole: str) -> bool:
    """Whether a caption is that of a share in what another one names: "net income attributable to the company"."""
    return caption.startswith(whole) and caption.startswith(_OWNERS, len(whole))


@remembered(8192)
def added(caption: str) -> bool:
    """Whether the caption itself says that the line is added."""
    return bool(_PLUS.search(caption.strip().lower()))


@remembered(8192)
def whole_column(caption: str) -> bool:
    """Whether a column's heading says that it is the sum of others."""
    return bool(_WHOLE_COLUMN.search(caption.lower()))


@remembered(8192)
def partial(caption: str) -> bool:
    """Whether the caption says that its amount is counted in another line already: "of which", "included above"."""
    return bool(_PART.search(caption.strip().lower()))


def narrows(caption: str, wider: str) -> bool:
    """Whether a caption goes on where another ends, with a word that joins nothing to it: "Postpaid phone" names some
    of "Postpaid"."""
    words, first = (" ".join(text.strip(" :").lower().split()) for text in (caption, wider))
    more = words.removeprefix(f"{first} ")
    return bool(first) and more != words and more[:1].isalpha() and more.split()[0] not in _JOINING


@remembered(8192)
def gathers(caption: str) -> bool:
    """Whether the caption names what lines before it come to: a total, a subtotal, other comprehensive income; no line
    at what is left of it."""
    return (word(caption) in ("total", "subtotal") and not carried(caption)) or bool(_GATHERS.search(caption.lower()))


@remembered(8192)
def carried(caption: str) -> bool:
    """Whether the caption names one line at what is left of it: "Property and equipment, net", "Debt, net of current
    portion"."""
    text = caption.strip().lower()
    return (
        bool(_CARRIED.search(text))
        and word(caption) != "total"
        and not cash_flow(caption)
        and not text.startswith("net ")
    )


@remembered(8192)
def activity(caption: str) -> bool:
    """Whether the caption names the net cash of one of the three activities."""
    return bool(_ACTIVITY.search(" ".join(_ASIDE.sub(" ", caption.strip().strip(":").lower()).split())))


@remembered(8192)
def net_cash(caption: str) -> bool:
    """Whether the caption names the cash of one of the three activities, in whatever words: "Cash generated by
    operating activities"."""
    return activity(caption) or bool(_NET_CASH.search(caption.strip().lower()))


@remembered(8192)
def result(caption: str) -> int | None:
    """The place among the results that an income statement comes to from line to line, from gross profit to net income;
    None for what is none."""
    text = " ".join(caption.strip().strip(":").lower().split())
    return next((place for place, pattern in enumerate(_RANKED) if pattern.search(text)), None)


def earns(caption: str) -> bool:
    """Whether a line between two results is added to the first where it prints no sign."""
    return bool(_EARNS.search(caption.lower()))


@remembered(8192)
def activity_of(caption: str) -> str | None:
    """The activity of a statement of cash flows that a heading or a total names, alone: "operating"."""
    named = set(_ACTIVITIES.findall(caption.lower()))
    return named.pop() if len(named) == 1 else None


def is_change(caption: str) -> bool:
    """Whether the caption names a change itself: "Change in estimates", "Net increase (decrease) in cash"."""
    return bool(_MOVES.match(caption.strip().lower()))


def adjusts(caption: str) -> bool:
    """Whether the caption names adjustments, which lead from one amount to another and print their signs."""
    return "adjustment" in caption.lower()


def reclassified(caption: str) -> bool:
    """Whether the caption names what is moved from other comprehensive income to profit, whose sign is told either
    way."""
    return "reclassif" in caption.lower()
