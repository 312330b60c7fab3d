"""What a line or a head measures by its words.

Words propose; in `roles` the print (decimals, magnitude, signs) has the last word.
"""

from __future__ import annotations

import re

from checker.core.remembered import remembered
from checker.core.statement import Role
from checker.lexicon import money, time
from checker.lexicon.equations import changes
from checker.lexicon.lower import lowered

# ---- what captions and heads measure ---------------------------------------------------------------------------------

_PER_SHARE = lowered(
    r"(?<!class )(?<!series )\b(?:per|a)[\s-]+(?:(?:common|ordinary|diluted|basic|class [ab]|equivalent|"
    r"limited partner(?:ship)?|american depositary|preferred|fully|weighted|average|outstanding|equity|depositary|and|"
    r"or|/|&)[\s,-]*)*(?:shares?|units?|ads|stock)\b|\bEPS\b|\bper-share\b|/\s?share\b|\bper share\b|\(in (?:usd|"
    r"dollars) per share\)"
)
_DESCRIBED = lowered(
    rf"(?:[{money.CLASS}]\s*|US\$\s*)?(?:\d[\d.,]*|[—–-])\s*(?:cents?\s*)?(?:\(\d+\)\s*)?(?:per|"
    rf"a)\s+(?:\w+\s+){{0,2}}?(?:share|unit|ads)\b|"
    rf"\bper\s+(?:\w+\s+){{0,2}}?(?:share|unit|ads)(?:\s*[:(–—-]|\s+of)\s*(?:[{money.CLASS}]|US\$)\s*\d[\d.,]*|"
    r"\bpar(?: or stated)? value\b.*|\bno par\b.*|\bstated value\b.*|"
    r"\bliquidation (?:preference|value)\b.*|\bshares? (?:authorized|issued|designated)[,;:].*|"
    r"\d\s+shares (?:authorized|issued|designated|outstanding)\b.*|\d[\d.]*\s?%(?=.*\b(?:due|notes?|bonds?|"
    r"debentures?|loans?|matur\w+|preferred|preference|series|cumulative|convertible)\b)|"
    r"\b(?:preferred|preference)\b[^|%]{0,80}?\d[\d.]*\s?%|"
    r"\b(?:notes?|bonds?|debentures?|loans?)\b[^|]*?\bat \d[\d.]*\s?%|"
    rf"^\d[\d.]*\s?%(?=,?\s+{time.NAME} \d)|\d[\d.]*\s?% weighted[- ]average"
)
"""What describes the thing that a caption names, and is not what the line measures: a nominal value, the coupon of a
bond."""
_NOMINAL = lowered(r"\bpar(?: or stated)? value\b|\bno[- ]par\b|\bstated value\b")
"""A class of shares named with its nominal value is a line of capital, however many of them are issued."""
_SHARE_COUNT = lowered(
    r"\b(?:dilutive|outstanding) common stock options\b|weighted[\s-]*average\b.*\b(?:shares?|units?|outstanding|"
    r"diluted|basic|number|common|stock)\b|\bnumber of\b.*\b(?:shares|units)\b|\bshares\s+(?:used|outstanding|issued|"
    r"authorized|repurchased|retired|in issue)\b|\((?:in )?(?:thousands of |"
    r"millions of )?(?:number of )?shares(?: in (?:thousands|millions))?\)|\bin shares\b|\b(?:common|ordinary|basic|"
    r"diluted|average|dilutive|outstanding|total|adjusted|restricted|incremental|"
    r"potential(?:ly dilutive)?)\s+(?:common\s+|ordinary\s+|stock\s+)?shares?\s*(?:outstanding|equivalents?|"
    r"[-–—:,(].*)?$|\boutstanding shares at\b|\bshares?\s+(?:for|in|used)\b.*\b(?:per[- ]share|eps|computation|"
    r"calculation|computing|calculating)\b|\bshares? (?:-|–|—) (?:basic|diluted)|^(?:basic|diluted)\b.*\bshares\b|"
    r"\bshare ?count\b|^shares?$|\bshares\)?$|^shares (?:at|,)"
)
_NOT_COUNT = lowered(
    r"\bpar value|proceeds|\bpurchases?\b|repurchases?\b|\bpayments?\b|dividend|\bvalue\b|compensation|attributable|"
    r"available|\btreasury\b|settle|\bvest(?:ed|ing)\b.*\btax|exercise price|withh|\bprice\b|\bfair\b|share[\s-]based|"
    r"\bcosts?\b|\bexpenses?\b|\bincome\b|\bloss\b|\bearnings\b(?! per)|\bprofit\b|\bequity\b|\bcapital\b|\bsubsidiar|"
    r"\btax(?:es)?\b|\bacqui(?:red|sition)|\bsale of\b|\bissu(?:ance|e) of\b|\bredemption|\bcash\b|\brate\b|\byield\b|"
    r"\bterm\b|\blife\b|\bin lieu\b|\bmarket share|\bshare of\b"
)
_STRONG_COUNT = lowered(
    r"weighted[\s-]*average\s+(?:number\s+of\s+)?(?:\w+[\s-]+){0,4}(?:shares?|units?)\b|"
    r"\((?:in )?shares?(?: in \w+)?\)|\bshares\s+used\b|\bnumber of\b.*\bshares\b|\bshares\s+outstanding\b|"
    r"\bshares\s+(?:authorized|issued)\s*(?:\(|$)|\bshares?\s+(?:for|in|used)\b.*\b(?:per[- ]share|eps|computation|"
    r"calculation)\b|\bdenominator\b"
)
ANTIDILUTIVE = re.compile(r"\banti-?\s?dilutive|\bpotentially dilutive|\bdilutive securities\b", re.IGNORECASE)
"""A table introduced so lists shares."""
_LEFT_OUT = lowered(r"\b(?:excluded|left out) (?:from|of)\b.*\bper[ -]share\b")
"""Awards and options that a computation per share leaves out."""
_NUMERATOR = lowered(
    r"\b(?:earnings|income|loss)(?: \(loss\))? for (?:basic|diluted) (?:earnings|income|loss)\b|\b(?:income|loss|"
    r"earnings|numerator|profit)\b.*\b(?:used (?:in|for)|for (?:the )?(?:purpose|calculat|comput))|\bnumerator\b"
)
_PERCENT = lowered(
    r"%|\bper ?cent(?:age)?\b|\bmargins?\s*(?:\(|$|as)|\b(?:effective|combined|statutory) (?:income )?tax rate|"
    r"\btax rate\b|\b(?:gross|operating|profit|net|ebitda|interest) margin\b(?! (?:loss|income))|\breturn on\b|"
    r"\bcombined ratio\b|\b(?:growth|occupancy|retention|utili[sz]ation|interest|discount|coupon|churn|vacancy|"
    r"capitalization|payout|delinquency|charge-off|growth) rate\b|\byield\b|\bas an? (?:percentage|%)\b"
)
_RATIO = lowered(
    r"\bratios?\b|\btimes\b|\bmultiple\b|\bleverage\b(?! lease)|\bcoverage\b|"
    r"\b(?:inventor(?:y|ies)|stock|assets?|capital|receivables?|payables?|debtors?|creditors?|portfolio|"
    r"working capital|staff|employee|labou?r|workforce|personnel|rent)\s+turnover\b|\bturnover\s+(?:days|rate|\(?x\b)"
)
"""Turnover alone is revenue, as British and Nordic print has it; of stock, of assets, of staff it is how often."""
_PRICE = lowered(
    r"\b(?:grant[- ]date )?fair value of \w+(?: \w+)? granted\b|\b(?:exercise|strike|stock|share|sales?|selling|unit|"
    r"closing|market|purchase|average)\s+prices?\b(?!\s+(?:allocat|adjust|contingent|consideration|paid|payable))|"
    r"\bprices?\b(?=\s*(?:per|\(|/|$))|^(?!.*\b(?:effects?|impacts?|"
    r"changes?|fluctuations?|movements?|translation|differences?|gains?|loss(?:es)?|cash)\b).*\bexchange rate"
)
AVERAGE = re.compile(
    r"\baverage\b|\bavg\.?\b|\bmean\b|\bmedian\b|\bARPU\b|\bADR\b|\bRevPAR\b|\bper (?:\w+ )?(?:theat(?:re|er)|screen|"
    r"patron|room|employee|store|customer|subscriber|member|user|visit|transaction|vehicle|restaurant|location|bed|seat|"
    r"mile|barrel|tonne|ounce|gallon|square (?:foot|metre|meter))\b",
    re.IGNORECASE,
)
_COUNT = lowered(
    r"\bnumber of\b|\bheadcount\b|^(?:\w+ )?claims?\b.*\b(?:filed|resolved|unresolved|settled|dismissed|pending)\b|"
    r"\b(?:cancer|other|total|nonmalignant) claims$|\bsquare (?:feet|foot(?:age)?)\b|\b(?:store|unit|restaurant|"
    r"location|employee|customer) count\b|^(?:total )?(?:full-time )?(?:employees|stores|restaurants|locations|rooms|"
    r"hotels|branches|atms|financial centers|subscribers)(?: at end of period)?$|\b(?:units|vehicles|barrels|ounces|"
    r"tons|tonnes|gallons) (?:sold|produced|delivered|shipped)\b|\bdays (?:sales|payable|inventory|outstanding)\b"
)
_MONEY = lowered(
    r"\b(?:revenues?|sales|income|loss|expenses?|costs?|profit|cash|assets|liabilities|debt|receivables?|"
    r"payables?|equity|deposits|loans)\b"
)


_MEASURING = re.compile(
    r"share|unit|stock|\bads\b|eps|weighted|number|denominator|%|percent|per cent|margin|rate|return on|ratio|yield|"
    r"price|times|turnover|multiple|leverage|coverage|average|avg|mean|median|arpu|adr\b|revpar|count|square|employee|"
    r"store|restaurant|location|room|hotel|branch|atms|centers|subscriber|vehicle|barrel|ounce|ton|gallon|days|claim|"
    r"granted|per "
)
"""Quicker to look for (in lower case) than all that follows: without one of these stems a caption measures an
amount."""


@remembered(16384)
def measure(caption: str) -> Role:
    """What the words of a caption say it measures; `amount` where they say nothing else."""
    low = caption.lower()
    return _measure(low) if _MEASURING.search(low) else "amount"


def _measure(low: str) -> Role:
    """What a caption in lower case says it measures."""
    bare = _DESCRIBED.sub(" ", low)
    if _NUMERATOR.search(bare):
        return "amount"
    strong = _STRONG_COUNT.search(bare)
    if strong and not re.search(r"\b(?:price|value|rate|yield|term|life|maturity|fair|cost)\b", bare):
        return "shares"
    if _LEFT_OUT.search(bare):
        return "shares"
    if _PER_SHARE.search(bare):
        return "per share"
    if _SHARE_COUNT.search(bare) and not _NOT_COUNT.search(bare):
        return "amount" if _NOMINAL.search(low) else "shares"
    if _PERCENT.search(bare):
        return "percent"
    if _PRICE.search(bare):
        return "price"
    if _RATIO.search(bare):
        return "ratio"
    if AVERAGE.search(bare):
        return "average"
    if _COUNT.search(bare) and not _MONEY.search(bare):
        return "count"
    return "amount"


_HEAD_AVERAGE = lowered(r"\baverage\b(?! (?:common )?shares| (?:daily )?balances?\b)|\bavg\.?\b(?! balances?\b)")
"""Average balances foot: the average of a sum is the sum of the averages."""
_HEAD_RATE = lowered(r"\brates?\b|\byields?\b")
_HEAD_PERCENT = lowered(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bmargin\b")
_HEAD_AVERAGED = lowered(r"\bweighted\s*-?\s*average (?:common |number of )?shares(?: outstanding)?\W*(?:\(\w\))?$")
_HEAD_OTHERS = lowered(
    r"\bnumber of (?:securities|positions|loans|contracts|properties|stores|customers|employees|accounts|"
    r"investments|issues|borrowers|modifications)\b"
)
_HEAD_SHARES = lowered(
    r"\b(?:stock|shares?|units) number$|(?:\bnumber of|\bshares\b)(?!.*\b(?:price|value|amount|cost|total)\b)|"
    r"^(?:.*\s)?(?:units|options|awards|RSUs?|PSUs?|warrants)(?: outstanding| issued)?\s*(?:\([^)]*\))?$"
)
_HEAD_COUNT = lowered(
    r"^(?:restaurants|stores|locations|employees|branches|clubs|hotels|rooms) (?:at|as of)\b|"
    r"\bunits(?:\s+(?:k|sold|shipped|\(k\)))?$|\bnumber of\b|\bheadcount\b|\bemployees$|^ages?$"
)
_HEAD_PRICE = lowered(
    r"(?<!quoted )(?<!transaction )\bprices?\b(?! in\b)|\bgrant[\s-]*date\b.*\bfair value|"
    r"\bweighted[\s-]*average\b.*\bfair value"
)


@remembered(4096)
def head_role(head: str) -> Role:
    """What the words of a column's heading say it measures."""
    if not head:
        return "amount"
    head = head.lower()
    if _HEAD_PERCENT.search(head):
        return "percent"
    if _HEAD_AVERAGED.search(head):  # under "basic earnings per share" that stands over several columns
        return "shares"
    if _PER_SHARE.search(head):
        return "per share"
    if _HEAD_PRICE.search(head):
        return "price"
    if changes(head):
        return "change"
    if _HEAD_RATE.search(head) and not re.search(
        r"interest rate (?:swap|contract|risk|deriv|cap)|rates? (?:effect|impact)|foreign", head
    ):
        return "rate"
    if _HEAD_OTHERS.search(head):
        return "count"
    if _HEAD_SHARES.search(head) or _STRONG_COUNT.search(head):
        return "shares"
    if re.search(r"\bratios?\b", head):
        return "ratio"
    if _HEAD_COUNT.search(head):
        return "count"
    if _HEAD_AVERAGE.search(head):
        return "average"
    return "amount"


def header_change(head: str) -> bool:
    """Whether a heading speaks of a change, be it in amounts or in percent."""
    return changes(head)


_SEVERAL = re.compile(r"\b(?:ebitda?|ebita|income|earnings|profit)\b.*(?:,|\band|&)\s+(?:diluted\s+|adjusted\s+)?eps\b")


def several(caption: str) -> bool:
    """Whether a caption names an amount and what it comes to for a share, as over columns of both: "EBIT, net income
    and EPS"."""
    return _SEVERAL.search(caption.lower()) is not None
