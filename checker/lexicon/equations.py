"""What the heads of columns say of each other: from which amount, over which steps, a table comes to which other
amount.

Pairs of heads whose columns, with all that stands between them, are an equation by their words alone: *As reported |
Adjustment | As restated*. The patterns are for heads in lower case.
"""

from __future__ import annotations

import re
from typing import Literal

from checker.core.remembered import remembered
from checker.lexicon.lower import lowered

Equation = Literal["", "restatement", "measure", "pro forma", "fair value", "net", "exceptional"]
"""What kind of way leads from the first column to the last."""

_NOT_GAAP = r"\bnon[- ]?(?:gaap|ifrs)\b|\bex-items\b"
_EXCEPTIONAL = (
    r"(?:exceptionals?|adjusting|non-?recurring|one-?off|non-?underlying|separately disclosed|significant|special|"
    r"specific)\b"
)
_STARTS: tuple[tuple[Equation, re.Pattern[str]], ...] = (
    (
        "restatement",
        re.compile(
            r"\b(?:as|amounts?) (?:previously |originally |initially |first )*(?:reported|filed|stated|presented|"
            r"issued|published)\b|\b(?:previously|originally) (?:reported|filed|stated|presented|issued|published)\b|"
            r"^reported\b|\bbefore (?:restatement|adoption|adjustments?)\b"
        ),
    ),
    (
        "measure",
        re.compile(
            r"^(?:(?:u\.?s\.? )?gaap|ifrs|statutory)\b|\b(?:gaap|ifrs)(?: measures?| basis| results?|"
            r" as reported)?\)?$|^(?:as )?reported\b"
        ),
    ),
    ("pro forma", re.compile(r"\bhistorical\b|^(?:as reported|actual)\b")),
    (
        "fair value",
        re.compile(
            r"^(?:(?:adjusted|amorti[sz]ed|original|historical|aggregate) )*cost(?: basis| or amorti[sz]ed cost)?$"
        ),
    ),
    (
        "exceptional",
        re.compile(
            rf"^(?:(?:results? )?(?:before|excluding)|pre)[ -]+{_EXCEPTIONAL}|^(?:underlying|headline)(?: results?)?$"
        ),
    ),
    (
        "net",
        re.compile(r"^gross(?: carrying)?(?: amounts?| values?| cost| assets?| book value)?$|^(?:original )?cost$"),
    ),
)
_ENDS: tuple[tuple[Equation, re.Pattern[str]], ...] = (
    (
        "restatement",
        re.compile(
            r"\bas (?:currently |subsequently )?(?:restated|revised|corrected|recast|amended|adjusted|reclassified|"
            r"currently reported|now reported)\b|^(?:restated|revised|corrected|recast)\b|\b(?:without|excluding|"
            r"before|prior to) (?:the )?(?:adoption|effects?|impacts?)\b|^prior rates$|\bpre-?adoption\b"
        ),
    ),
    (
        "measure",
        re.compile(
            rf"{_NOT_GAAP}|^adjusted\b|\bas adjusted$|^underlying\b|^core\b|^(?:at )?constant (?:currency|"
            rf"exchange rates?)$"
        ),
    ),
    (
        "pro forma",
        re.compile(
            r"\bpro[- ]?forma(?: combined| as adjusted| consolidated| total| condensed| balance| results?)*$|"
            r"^as adjusted$"
        ),
    ),
    ("fair value", re.compile(r"^(?:estimated |aggregate |total )*(?:fair|market)(?: market)? values?(?: \(.*\))?$")),
    (
        "exceptional",
        re.compile(
            rf"^(?:(?:results? )?(?:after|including)|post)[ -]+{_EXCEPTIONAL}|^(?:statutory|reported)(?: results?)?$"
        ),
    ),
    ("net", re.compile(r"^net(?: carrying| book)?(?: amounts?| values?| assets?)?$")),
)
_STEP = re.compile(
    r"\badjust|\brestate|\brevision|\bcorrection|\breclass|\berror|\beffects?\b|\bimpacts?\b|\badoption|\bdiscontinued|\bchange|\bitems?\b|"
    r"\bdifference|\bincrease|\bdecrease|\bexceptional"
)
_FLOW = re.compile(
    r"\b(?:purchases?|payments?|proceeds|receipts?|revenues?|sales|costs?|expenses?|income|loss|earnings|profit|"
    r"margin|depreciation|amortization|provisions?|interest|tax(?:es)?|dividends?|expenditures?|additions|"
    r"repurchases?|issuances?|borrowings|repayments?|used (?:in|for)|provided by|cash flows?|ebitda?)\b"
)
_BALANCE = re.compile(
    r"\baverage\b|\bper\b|\brate\b|\bend of\b|\bending\b|\bbeginning\b|\bbalances?\b|\bpayables?\b|\breceivables?\b|"
    r"\baccrued\b|\baccumulated\b|\bassets?\b|\bliabilit(?:y|ies)\b|\bdeferred\b|\breserves?\b|\ballowance\b|"
    r"\boutstanding\b|\bbacklog\b|\bunearned\b|\bprepaid\b|\bheadcount\b|\bemployees\b"
)
_ONWARD = re.compile(
    r"\bthereafter\b|\band (?:beyond|after|later|onwards?)\b|\b(?:more than|over|after|beyond) (?:\d+|one|two|"
    r"three|four|five|ten) years?\b|\blater years\b"
)
_CHANGE = lowered(
    r"\b(?:change|chg\.?|increase|decrease|variance|better|worse|growth|fav(?:orable)?|vs\.?|versus|over|variation|movement|"
    r"diff(?:erence)?)\b|(?:^|[%$(/]\s*)(?:inc|dec)\b(?!\.?\s*\d)|\b(?:inc|dec)\.?\s*[/(]|\bver[aä]nderung|\babweichung|^\W*(?:q/q|y/y|yoy|qoq)\W*$|Δ"
)
_OFF = re.compile(
    r"\bloss(?:es)?\b|\baccumulated\b|\bless\b|\bimpairment|\bamorti[sz]ation\b|\bdepreciation\b|"
    r"\ballowance\b|\bdeductions?\b"
)


@remembered(8192)
def starts(head: str) -> frozenset[Equation]:
    """The ways that can begin with a column so headed."""
    text = _bare(head)
    return frozenset(kind for kind, pattern in _STARTS if pattern.search(text) and not re.search(_NOT_GAAP, text))


@remembered(8192)
def ends(head: str) -> frozenset[Equation]:
    """The ways that can end with a column so headed."""
    text = _bare(head)
    return frozenset(kind for kind, pattern in _ENDS if pattern.search(text))


@remembered(8192)
def steps(head: str) -> bool:
    """Whether the head names what leads from one amount to another: an adjustment, an effect, a correction."""
    return bool(_STEP.search(_bare(head)))


@remembered(8192)
def flows(caption: str) -> bool:
    """Whether the caption names what happens over time, so that the quarters of a year add up to it; balances and
    averages do not."""
    text = caption.casefold()
    return bool(_FLOW.search(text)) and not _BALANCE.search(text)


def goes_on(head: str) -> bool:
    """Whether the head names all years from one on, the last column of a schedule of what falls due."""
    return bool(_ONWARD.search(head.casefold()))


def changes(head: str) -> bool:
    """Whether a heading speaks of a change, be it in amounts or in percent."""
    return _CHANGE.search(head.lower()) is not None


@remembered(8192)
def taken_off(head: str) -> bool:
    """Whether what the head names is taken off where it is printed without a sign: losses, accumulated depreciation."""
    return bool(_OFF.search(_bare(head)))


def _bare(head: str) -> str:
    """The head without the marks of notes and units behind it."""
    return re.sub(r"\s*\((?:\d+|[a-z]|in [^()]*|unaudited|\*)\)|[*†‡:]", "", head.casefold()).strip()
