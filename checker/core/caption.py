"""How captions compare: after NFKC, without case, punctuation, footnote marks and brackets that only say which way a
sign may go or name a unit."""

from __future__ import annotations

import re
import unicodedata

from checker.core.remembered import remembered

_SIGN_WORDS = (
    r"loss|losses|income|expense|expenses|deficit|benefit|benefits|decrease|decreases|increase|increases|used in|"
    r"used for|used|provided by|gain|gains|credit|provision|charge|charges|deficiency|earnings|profit|reduction|"
    r"outflow|inflow|net of tax|unaudited|audited|restated|as restated|note|notes"
)
_UNIT_NOTE = r"in\s+(?:u\.?s\.?\s+)?(?:dollars?|usd|\$|cents|euros?|eur|shares|thousands?|millions?|billions?)\b[^()]*"
_BRACKET = re.compile(
    rf"\(\s*(?:(?:{_SIGN_WORDS})(?:\s+\d+)?|\d{{1,2}}|[a-z]{{1,2}}|[ivx]+|\*+|{_UNIT_NOTE})\s*\)", re.IGNORECASE
)
_QUALIFIED = re.compile(
    r"\((?:includ(?:ing|es)|inclusive|exclusive|exclud(?:ing|es) (?:depreciation|amortization|amortisation|items)|"
    r"net of (?:allowances?|reserves?|accumulated|provisions?)|shown)\b[^()]{0,200}\)\s*$",
    re.IGNORECASE,
)
"""What a caption takes in or leaves out, said in brackets at its end."""
_MARKS = re.compile(r"[¹²³†‡*]+|\[\d{1,2}\]")
_APOSTROPHE = re.compile(r"['’‘`´]")
_OTHER = re.compile(r"[^\w%$]+")


@remembered(16384)
def normal(caption: str) -> str:
    """The form in which two captions are compared; empty for a caption of nothing but punctuation."""
    text = _MARKS.sub(" ", caption)
    if not text.isascii():
        text = _MARKS.sub(" ", unicodedata.normalize("NFKC", text))
    if "(" in text:
        without = _BRACKET.sub(" ", text)
        if any(character.isalnum() for character in without):
            text = without
    text = _APOSTROPHE.sub("", text).replace("&", " and ")
    return _OTHER.sub(" ", text).casefold().strip()


def unqualified(caption: str) -> str:
    """The compared form of a caption without the brackets at its end that say what it takes in or leaves out: `cost of
    sales` of "Cost of sales (including occupancy costs)"; empty where there are none."""
    said = _QUALIFIED.search(caption) if "(" in caption else None
    return normal(caption[: said.start()]) if said else ""
