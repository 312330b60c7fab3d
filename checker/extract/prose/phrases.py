"""Metric phrases: what is left of the words before (or behind) an amount once verbs, articles, the issuer's name and
dates are gone.

Words that say that something else is measured ("segment", "which", "due to", "excluding") stay in the phrase on
purpose, so that it fits no caption exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from checker.core.remembered import remembered

_LITTLE = frozenset(
    """
    a an the of for was were is are be been to in at by with and or as its our their we it that this on had has have s
    over from
    """.split()
)
"""Words that say nothing of what is measured, inside a phrase or at its ends."""
_DROPPED = _LITTLE | frozenset(
    """
    us he she having company company's companys reported reports report announced posted recorded achieved generated
    totaled totalled reached reaching delivered showed came amounted amounting stood approximately about record strong
    solid respectively came total consolidated overall also same up down out again ended ending period periods results
    result compared during into per quarterly annual fiscal quarter year first second third fourth results highlights
    increase increased increases decrease decreased grew rose fell declined valued being today unaudited immediate
    inc corp ltd plc llc firm firm's
    immediately additionally however meanwhile furthermore moreover similarly conversely year-end end
    """.split()
)
_SILENT = frozenset(
    """
    was were is are reported reports had has have achieved posted recorded announced generated totaled reached
    approximately record a an the inc corp ltd plc llc firm firm's
    """.split()
)
"""Of these, what is left out between words that do say something, too."""
_SAYING = frozenset({"announced", "announces", "reported", "reports", "said", "stated", "noted", "announcing"})
"""Verbs after which "that" begins what is said."""
_EDGES = _LITTLE | frozenset(
    """
    between while whereas but
    """.split()
)
_TRAILING = (_DROPPED | _EDGES | {"totaling", "than", "more", "nearly", "almost", "roughly"}) - {
    "increase",
    "decrease",
    "results",
    "result",
    "value",
    "total",
}
_WORD = re.compile(r"[^\W\d_](?:[\w’'&./-]*[\w])?|\d[\w.,/-]*|,")
_MARKED = re.compile(r"^([^\W\d_]{5,})\d$")
"""A word with the mark of a note: `EBITDA1`."""
_BESIDES = re.compile(r"\bin\s+addition\b", re.IGNORECASE)
"""Words that only go on from the sentence before; an addition alone is a measure."""
_WAS_ONE = re.compile(
    r"(?P<what>\b(?:income|expenses?|loss|profit|result|gains?|tax(?:es)?)\b.{0,60}?)\s+(?:was|were)\s+(?:an?\s+|net\s+)*"
    r"(?:income|expense|loss|profit|gain|benefit|charge|credit)\s+of$",
    re.IGNORECASE,
)
"""What something was, behind what it is called: "Other income (expense) was income of"."""
_NAME = re.compile(
    r"(?P<name>(?:[A-Z][\w&’'.-]*\s+|of\s+|and\s+){0,5}[A-Z][\w&’'.-]*),?\s+(?:Inc\b|Incorporated\b|Corp\b|"
    r"Corporation\b|Ltd\b|Limited\b|LLC\b|Co\b|Company\b|Companies\b|plc\b|PLC\b|N\.V|S\.A|L\.P|Group\b|Holdings?\b)"
)
_ALIAS = re.compile(r"\((?:[^()]{0,40}[“\"”])?(?P<alias>[A-Z][\w&’'.-]*(?:\s[A-Z][\w&’'.-]*)?)[”\"][^()]{0,40}\)")
_TICKER = re.compile(r"\((?:NASDAQ|Nasdaq|NYSE|OTC\w*|AMEX|TSX|[A-Z]{3,})[^():]{0,20}:\s*\\?[A-Z.]{1,6}")
_REGISTRANT = re.compile(
    r"\(?exact\s+name\s+of\s+(?:the\s+)?(?:registrant|company)|company\s+conformed\s+name:?\s*(?P<name>.{0,60})",
    re.IGNORECASE,
)
"""What stands under the name on the cover of a filing, or before it in the header of a submission."""
_GENERIC = frozenset(
    """
    general capital net income energy the of and first second third fourth quarter fiscal year financial services
    service group american national international bank
    """.split()
)
"""Words of many names that are also words of captions: they do not give the issuer away."""


def issuer_words(texts: Sequence[str]) -> frozenset[str]:
    """The words of the issuer's own names, as the opening paragraphs give them."""
    found = _registered(texts)
    for text in texts[:30]:
        for match in _TICKER.finditer(text):
            before = text[max(0, match.start() - 80) : match.start()]
            names = _NAME.findall(before + " ") or re.findall(r"((?:[A-Z][\w&’'.-]*\s*){1,4})$", before.strip())
            if names:
                found |= _words_of(names[-1])
                break
        else:
            continue
        if found:
            for match in _ALIAS.finditer(text):
                found |= _words_of(match["alias"])
            break
    if not found:
        for text in texts[:12]:
            if (named := _NAME.search(text)) is not None:
                found |= _words_of(named["name"])
                break
    return frozenset(found)


def _registered(texts: Sequence[str]) -> set[str]:
    """The words of the name on the cover of a filing."""
    for before, text in pairwise(("", *texts[:60])):
        if (match := _REGISTRANT.search(text)) is not None:
            name = match["name"] or text[: match.start()].strip() or before
            return _words_of(name) if len(name) < 80 else set()
    return set()


def _words_of(name: str) -> set[str]:
    words = {word.strip(".,").lower().removesuffix("'s").removesuffix("’s") for word in name.split()}
    return {word for word in words if len(word) > 1} - _GENERIC - {"company", "inc", "corp"}


@remembered(4096)
def metric(words: str, issuer: frozenset[str]) -> str:
    """The metric phrase in a run of words; empty where nothing in it names a measure."""
    kept: list[str] = []
    content = said = False
    for word in _WORD.findall(_BESIDES.sub(" ", _WAS_ONE.sub(r"\g<what>", words))):
        low = word.lower().replace("’", "'")
        bare = low.removesuffix("'s").rstrip("'.")
        said |= low in _SAYING
        if (said and low == "that") or (low == "by" and kept and kept[-1].lower() == "offset"):
            content = said = False
            kept.clear()
            continue
        if low == ",":
            if content:
                kept.append(word)
            else:
                kept.clear()
            continue
        if bare in issuer or low in ("company's", "companys", "company", "we", "our", "its", "their"):
            continue
        if bare in _DROPPED:
            if low not in _SILENT:
                kept.append(word)
            continue
        content = True
        kept.append(_MARKED.sub(r"\1", word))
    while kept and (
        kept[0] == ","
        or kept[0].lower() in _EDGES
        or kept[0].lower() in ("up", "down", "compared", "respectively", "corresponding")
    ):
        kept.pop(0)
    while kept and (kept[-1] == "," or kept[-1].lower() in _TRAILING):
        kept.pop()
    return " ".join(kept).replace(" ,", ",") if content else ""


def parted(phrase: str, count: int) -> Sequence[str] | None:
    """The phrase as a list of so many metrics ("A, B and C"); None where it does not part so."""
    pieces = [piece.strip(" ,") for piece in re.split(r",\s+and\s+|\s+and\s+|,\s+", phrase)]
    pieces = [piece for piece in pieces if piece]
    return pieces if len(pieces) == count else None


def joined(pieces: Iterable[str]) -> str:
    """Runs of words as one."""
    return " ".join(piece for piece in pieces if piece)
