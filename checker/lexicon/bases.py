"""Words that say an amount is measured otherwise than as reported: at constant exchange rates, like for like, without
something.

Such an amount is never that of the reported line, however much its words are those of the line's caption.
"""

from __future__ import annotations

import re

from checker.lexicon import money

_ADJECTIVES = (
    r"organic(?:ally)?|(?:at\s+)?constant[- ](?:currenc(?:y|ies)|exchange\s+rates?|fx|rates?|perimeter|scope)|"
    r"currency[- ](?:neutral|adjusted)|(?:foreign[- ])?exchange[- ]neutral|(?:in\s+)?local[- ]currenc(?:y|ies)|cc|cer|"
    r"lfl|like[- ]for[- ]like|(?:comparable|same)[- ](?:store|sales|restaurant|currency|hotel|property|center|centre|"
    r"club|facility|clinic|shop|basis)|pro[- ]?forma|underlying|normali[sz]ed|annuali[sz]ed|cumulative(?:ly)?|"
    r"run[- ]rate"
)
"""Stand before what they measure, or directly behind its amount."""
_PHRASES = (
    r"on\s+an?\s+(?:[\w-]+\s+){0,3}(?:adjusted|comparable|proportionate|pro[- ]rata|rolling|organic|underlying|"
    r"normali[sz]ed|like[- ]for[- ]like|lfl|currency|neutral|rates?|pro[- ]?forma|sequential)\s+basis|(?:at|in|using|"
    r"under)\s+(?:constant|local|comparable)[- ]\w+|(?:excluding|exclusive\s+of|excludes|ex[- ](?:fx|items|fuel|"
    r"acquisitions?|disposals?|currency))|before\s+(?:exceptional|special|one[- ]off|non[- ]recurring)|adjust(?:ed|"
    r"ing)\s+for|(?:net\s+of|without|ignoring)\s+the\s+(?:impact|effects?)|if\s+(?:we\s+)?exclud\w+|since\s+inception|"
    r"to[- ]date\s+total"
)
"""Speak of all that follows them in a sentence, and of the amount that they follow."""
_ANY = re.compile(rf"(?<!\w)(?:{_PHRASES}|{_ADJECTIVES})(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)(?:{_PHRASES})(?!\w)", re.IGNORECASE)
_ADJUSTING = r"as\s+adjusted|(?:adjusted|non[- ]?gaap|non[- ]?ifrs)(?=\s*(?:[).;:–—]|-\s|$))"
"""Stand behind an amount that they put on another basis: "$3.29 as adjusted"."""
_BEHIND = re.compile(rf"[\s(]*(?:{_ADJECTIVES}|{_ADJUSTING})(?!\w)|.*?(?<!\w)(?:{_PHRASES})(?!\w)", re.IGNORECASE)
_MARKING = re.compile(rf"(?<!\w)(?:{_PHRASES}|{_ADJECTIVES}|{_ADJUSTING})(?!\w)", re.IGNORECASE)


def otherwise(text: str) -> bool:
    """Whether anything in a text says that an amount is measured on another basis than the one reported."""
    return _ANY.search(text) is not None


def marks(text: str) -> bool:
    """Whether anything in a text may put one of its amounts on another basis."""
    return _MARKING.search(text) is not None


def said_before(text: str) -> bool:
    """Whether the text before an amount puts all that follows it on another basis: "on a like-for-like basis, ..."."""
    return _BEFORE.search(text) is not None


def said_behind(text: str) -> bool:
    """Whether the text behind an amount puts it on another basis: "5% organically", "5% in the year, excluding
    acquisitions"."""
    return _BEHIND.match(text) is not None


_OF_ALL = re.compile(
    r"(?<!\w)(?:unless\s+(?:otherwise\s+)?(?:stated|noted|indicated|specified)(?:\s+otherwise)?|(?:except\s+)?where\s+"
    r"(?:otherwise\s+)?(?:stated|noted)|all|throughout)(?!\w)",
    re.IGNORECASE,
)
_RATES = re.compile(
    r"(?<!\w)(?:growth\s+(?:rates?|metrics?|figures?|percentages?|numbers?|comparisons?)|growth(?=\s+and\b)|(?:percentage\s+)?(?:changes|"
    r"variances|movements|comparisons|increases)|percentages|(?:year[- ]on[- ]year|y/y|yoy)\s+\w+)(?!\w)",
    re.IGNORECASE,
)
_OTHER_BASIS = re.compile(
    rf"(?<!\w)(?:{_PHRASES}|{_ADJECTIVES}|on\s+(?:an?\s+)?(?:organic|comparable|underlying|like[- ]for[- ]like))(?!\w)",
    re.IGNORECASE,
)
_AN_AMOUNT = re.compile(rf"\d\s?(?:%|per\s?cent)|[{money.CLASS}]\s?\d")


def of_all_rates(text: str) -> bool:
    """Whether a text says that what a document tells of growth is measured on another basis than the amounts that it
    reports: "unless otherwise stated, growth rates are at constant currency"."""
    if not _OF_ALL.search(text):
        return False
    return any(
        _OF_ALL.search(said) and _RATES.search(said) and _OTHER_BASIS.search(said) and not _AN_AMOUNT.search(said)
        for said in re.split(r"(?<=[.;])\s", text)
    )


_REPORTED = re.compile(r"(?<!\w)(?:reported|statutory|actual|gaap|ifrs)(?!\w)", re.IGNORECASE)


def as_reported(text: str) -> bool:
    """Whether a text says that what it tells is measured as it is reported."""
    return _REPORTED.search(text) is not None


_CURRENCY = re.compile(r"(?:as )?reported currency|(?:constant|local)[- ](?:dollars?|currenc(?:y|ies))", re.IGNORECASE)


def is_currency(text: str) -> bool:
    """Whether a text only says in which currency something is measured."""
    whole = (0, len(text))
    return _CURRENCY.fullmatch(text) is not None or any((one.start, one.end) == whole for one in money.mentions(text))


FROM_QUARTER_TO_QUARTER = r"linked[- ]quarter(?:[- ]\w+)?[- ]basis\b|quarter[- ]o(?:ver|n)[- ]quarter\b|q-?o-?q\b|q/q\b"
"""What says in one word that a change is measured from the quarter before."""
_SEQUENTIAL = re.compile(
    (rf"sequential|\b(?:prior|previous|preceding|last|linked)\s+quarter|\b(?:{FROM_QUARTER_TO_QUARTER})"),
    re.IGNORECASE,
)


def sequential(text: str) -> bool:
    """Whether a text compares with the quarter before, not with the year before."""
    return _SEQUENTIAL.search(text) is not None


_ADJUSTED = re.compile(r"(?<!\w)(?:adjusted|headline|core|non[- ]?gaap|non[- ]?ifrs|recurring)(?!\w)", re.IGNORECASE)


def adjusted(text: str) -> bool:
    """Whether a metric is adjusted by its own name: the line of that name leaves out what the words beside it say is
    left out."""
    return _ADJUSTED.search(text) is not None
