"""Which statement a table is: from the title near it and from its own lines, which have the last word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.core.remembered import remembered
from checker.core.statement import Kind
from checker.core.value import frozen
from checker.lexicon import time
from checker.lexicon.lower import lowered
from checker.lexicon.scale import stated

_TITLES: tuple[tuple[Kind, str], ...] = (
    (
        "balance sheet",
        (
            r"balance sheets?\b(?! (?:ratios|measures|metrics))|statements? of (?:\w+ )?(?:financial (?:condition|"
            r"position)|net assets|assets and liabilities)"
        ),
    ),
    ("cash flow", r"cash flows?\b"),
    (
        "equity",
        r"statements? of (?:\w+ ){0,4}?(?:(?:stock|share|share ?owner|unit)?(?:holders|owners|members|"
        r"partners)?['’]?s?['’]? ?)(?:equity|deficit|capital|investment)\b|changes in (?:\w+ ){0,3}?(?:\(?deficit\)?|"
        r"equity|capital)|\bequity statements?",
    ),
    ("comprehensive income", r"comprehensive (?:income|loss|earnings|\(loss\))"),
    (
        "income statement",
        r"statements? of (?:\w+ ){0,3}?(?:operations|income|earnings|profit|loss|\(loss\))|income statements?|"
        r"(?:profit (?:and|&) loss|p&l)\b|(?:operations|earnings) statements?|results? of operations|"
        r"operating results|\bstatement of profit",
    ),
    ("reconciliation", r"reconcil(?!e\b.*\bnet cash|ing items)|non-?\s?gaap|\bebitda\b"),
    ("segments", r"segment"),
)
_TITLE = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TITLES)
_SUMMARY = re.compile(
    r"\bselected\b|\bhighlights?\b|\bsummary\b|\bsummari[sz]ed\b|\beffects? of (?:the )?adopti|\bkey (?:metrics|"
    r"figures|data|indicators)\b|\bat a glance\b|\bsupplemental\b|\bsnapshot\b|\bpro forma effect",
    re.IGNORECASE,
)
_NOTES = re.compile(r"^(?:\W*(?:item \d\w?\W*)?)?(?:condensed )?notes to\b", re.IGNORECASE)
_AFTER_NOTES = re.compile(r"^\W*(?:part [iv]+\W*)?item\s+[2-9]\w?\b|management['’]s discussion", re.IGNORECASE)


@remembered(4096)
def kind_of(title: str) -> Kind | None:
    """The statement that a title names; the last one named wins, since captions run from the company to the table."""
    best: tuple[int, Kind] | None = None
    for kind, pattern in _TITLE:
        for match in pattern.finditer(title):
            if best is None or match.end() > best[0]:
                best = (match.end(), kind)
    if best is None:
        return None
    found = best[1]
    if found == "comprehensive income" and _is_combined(title):
        return "income statement"
    if found in ("cash flow", "income statement", "balance sheet") and re.search(
        r"reconcil|non-?\s?gaap|\bfree cash|adjusted\b|discounted", title, re.IGNORECASE
    ):
        return "reconciliation"
    return found


def _is_combined(title: str) -> bool:
    """Whether a title names a statement of operations too, or is the second half of one that does: "and comprehensive
    loss"."""
    rest = _COMPREHENSIVE.sub(" ", title)
    return _TITLE[4][1].search(rest) is not None or _AND.match(title) is not None


_COMPREHENSIVE = re.compile(
    r"\b(?:other )?comprehensive\W+(?:(?:income|loss(?:es)?|earnings|and|or)\b\W*)+", re.IGNORECASE
)
_AND = re.compile(r"\W*(?:and|&)\s", re.IGNORECASE)

_OWN: tuple[tuple[Kind, re.Pattern[str], int], ...] = (
    (
        "balance sheet",
        lowered(
            r"^total (?:current )?(?:assets|liabilities)\b|^total liabilities (?:and|&)|"
            r"^total (?:\w+ )*equity|^total (?:stock|share)holders|^total assets"
        ),
        3,
    ),
    (
        "cash flow",
        lowered(
            r"\bnet cash\b.*\b(?:operat|invest|financ)|\bcash (?:flows? )?(?:provided|generated|used|"
            r"from).*\b(?:operat|invest|financ)"
        ),
        2,
    ),
    (
        "income statement",
        lowered(
            r"^(?:total )?(?:net )?(?:revenues?|sales)\b|^cost of |^gross (?:profit|margin)|^operating (?:income|loss|"
            r"profit)|^(?:income|loss|profit|earnings).*\bbefore\b.*\btax|\btax(?:es)?\b.*\bprovision|^(?:provision|"
            r"income tax)|^net (?:income|loss|earnings|profit)|per (?:common )?share|^(?:basic|diluted)"
        ),
        5,
    ),
    ("comprehensive income", lowered(r"comprehensive (?:income|loss|\(loss\))"), 2),
    ("equity", lowered(rf"\bbalances?\b.*\b(?:\d{{4}}|beginning|end|{time.NAME})"), 2),
)


_NAMES_EQUITY = re.compile(r"stock|capital|earnings|deficit|equity|comprehensive")
_OF_EQUITY = re.compile(rf"{_NAMES_EQUITY.pattern}|reserve|shares")


def from_lines(captions: Sequence[str], heads: Sequence[str]) -> Kind | None:
    """The statement that the lines of a table show it to be; None where they do not say."""
    captions, heads = [caption.lower() for caption in captions], [head.lower() for head in heads]
    scores: dict[Kind, int] = {}
    for kind, pattern, needed in _OWN:
        hits = sum(1 for _ in filter(pattern.search, captions))
        if hits >= needed:
            scores[kind] = hits
    parts = sum(1 for _ in filter(_OF_EQUITY.search, heads))
    if "equity" in scores and parts >= 2:
        return "equity"
    if "cash flow" in scores and any("operat" in caption for caption in captions):
        return "cash flow"
    if "balance sheet" in scores and any(
        caption.startswith(("total assets", "total liabilities")) for caption in captions
    ):
        return "balance sheet"
    if "equity" in scores and any(map(_NAMES_EQUITY.search, heads)):
        return "equity"
    if "income statement" in scores:
        return "income statement"
    if "comprehensive income" in scores and "equity" not in scores:
        return "comprehensive income"
    return None


_ABOVE_PROFIT = re.compile(
    r"^(?:total )?(?:net )?(?:revenues?|sales|turnover)\b|^cost of |^gross (?:profit|margin)|^(?:net )?(?:profit|loss|"
    r"income|earnings|\W)+before\b.*\btax|^taxation\b|administrati(?:on|ve) (?:and \w+ )?(?:expense|cost)|"
    r"^(?:total )?(?:operating )?expenses\b|^operating (?:profit|income|loss)|^finance (?:costs?|income)|^(?:employee|"
    r"staff|distribution|selling)\b.*\b(?:expense|cost)s?\b|^(?:net )?interest (?:income|expense)",
    re.IGNORECASE,
)
"""Lines that stand above the profit: a statement of comprehensive income alone begins with it."""


@frozen
class Named:
    """The title of a table, the statement it is and whether it only repeats figures of other tables."""

    title: str
    kind: Kind | None
    summary: bool


_EDGE = re.compile(
    r"\W*(?:\w{0,3}-?\d{0,4}|page \d+.*|table of contents|back to contents|\(?continued\)?|.{0,80}\(continued\)|"
    r"(?:the |see )?(?:accompanying )?notes\b.{0,120}|"
    r"the accompanying .{0,120}|see accompanying .{0,120})\W*",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether a paragraph only stands at the edge of a page: its number, "continued", the reference to the notes."""
    return len(text) < 160 and _EDGE.fullmatch(text) is not None


def begins_anew(text: str) -> bool:
    """Whether a paragraph opens something of its own, so that a table without heads below it is not the rest of the one
    above."""
    return not is_furniture(text) and (
        len(text) > _LONGEST_HEADING or bool(time.read(text)) or kind_of(text) is not None
    )


_LONGEST_HEADING = 100
"""Characters of a heading inside a statement; longer texts open something of their own."""
_AMOUNT = re.compile(r"\d,\d{3}")
_ASIDE = re.compile(r"\W*(?:un)?audited\W*|\W*continued\W*|\(\w\).*|page \d+\W*", re.IGNORECASE)


def _is_named(text: str) -> bool:
    """Whether a text says what the table is, not only its scale, its period or that nobody audited it."""
    return stated(text) is None and _ASIDE.fullmatch(text) is None and bool(time.without(text))


def is_title(text: str) -> bool:
    """Whether a paragraph can be a title: short, and no sentence."""
    if len(text) >= 160 or len(_AMOUNT.findall(text)) > 1:
        return False
    return not re.search(r"[a-z]{3}\.(?:\s|$)", text) and not re.search(
        r"\b(?:is|are|was|were|has|had|following|table|below)\b", text
    )


def named(context: Sequence[str], captions: Sequence[str], heads: Sequence[str]) -> Named:
    """The table that stands below `context` (nearest last) and holds these captions and heads."""
    own = from_lines(captions, heads)
    titles = [text for text in context if is_title(text)]
    title = next((text for text in reversed(titles[-8:]) if kind_of(text) is not None), "")
    kind = kind_of(title) if title else None
    if kind == "comprehensive income" and sum(1 for caption in captions if _ABOVE_PROFIT.search(caption)) >= 3:
        kind = "income statement"  # one statement for both, under the name that IFRS allows it
    near = next((text for text in reversed(titles) if _is_named(text)), "")
    summary = any(_SUMMARY.search(text) for text in titles[-4:]) and not (
        own in ("balance sheet", "cash flow") and kind == own
    )
    if own is not None and kind != own:
        if (kind in ("reconciliation", "segments") and own == "income statement") or (
            kind == "income statement" and own == "comprehensive income"
        ):
            return Named(title, kind, summary)
        if kind == "comprehensive income" and own == "income statement":
            return Named(title, own, summary)
        return Named("", own, summary) if kind is not None else Named(near, own, summary)
    if title:
        return Named(title, kind, summary)
    return Named(near, own, summary)


def notes(text: str, inside: bool) -> bool:
    """Whether what follows a paragraph belongs to the notes, given whether what stood before did."""
    if len(text) > 200:
        return inside
    lower = text.lower()
    if "notes to" in lower and _NOTES.search(text):
        return True
    if ("item" in lower or "discussion" in lower) and _AFTER_NOTES.search(text):
        return False
    return inside
