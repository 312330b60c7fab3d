"""Scales: the words and abbreviations by which print says that its amounts are in thousands or millions, and what a
caption or a head states of them.

One table. Which of its words count depends on where they stand: a cell, a sentence and a file of rules write fewer of
them than a head.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal

from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.lexicon.money import ANY, CHARACTERS, masked
from checker.lexicon.words import alternatives

Where = Literal["word", "short", "letter", "head", "money"]
"""`word`: spelt out, anywhere. `short`: an abbreviation, behind a number too. `letter`: beside a sign of money alone.
`head`: in heads alone; `money`: there, and behind a sign of money."""

ROWS: tuple[tuple[int, str, Where], ...] = (
    (2, "hundred", "word"),
    (3, "thousand", "word"),
    (4, "ten thousand", "word"),
    (5, "lakh", "word"),
    (5, "lac", "word"),
    (6, "million", "word"),
    (7, "crore", "word"),
    (8, "hundred million", "word"),
    (9, "billion", "word"),
    (9, "milliard", "word"),
    (12, "trillion", "word"),
    (3, "tsd", "short"),
    (6, "mn", "short"),
    (6, "mm", "short"),
    (6, "mio", "short"),
    (6, "mln", "short"),
    (9, "bn", "short"),
    (9, "bln", "short"),
    (9, "mrd", "short"),
    (12, "tn", "short"),
    (7, "cr", "head"),
    *(
        (3, word, "head")
        for word in (
            "tausend",
            "milliers",
            "tusen",
            "tusind",
            "tusental",
            "tys",
            "duizend",
            "duizenden",
            "migliaia",
            "milhares",
            "miles de",
        )
    ),
    *(
        (6, word, "head")
        for word in (
            "millionen",
            "miljoner",
            "millioner",
            "miljoen",
            "miljoenen",
            "milioni",
            "millones",
            "milhões",
            "milj",
        )
    ),
    *(
        (9, word, "head")
        for word in (
            "milliarden",
            "milliards",
            "miljarder",
            "milliarder",
            "miljard",
            "miliardi",
            "miles de millones",
            "mld",
            "mia",
        )
    ),
    *((3, word, "head") for word in ("千", "천", "тыс", "хил")),
    *((4, word, "head") for word in ("万", "萬", "만")),
    *((6, word, "head") for word in ("百万", "百萬", "백만", "млн")),
    *((8, word, "head") for word in ("億", "亿", "억")),
    *((9, word, "head") for word in ("十億", "十亿", "10억", "млрд")),
    (3, "k", "letter"),
    (6, "m", "letter"),
    (6, "mill", "money"),
    (6, "mil", "money"),
    (9, "b", "letter"),
)
"""The power of ten, the word, and where it counts. Words that are spelt out may have an s."""

_POWERS: Mapping[str, int] = {
    form: power for power, word, where in ROWS for form in ((word, f"{word}s") if where == "word" else (word,))
}
_SPELT = tuple(form for form in _POWERS if any(form.startswith(word) and where == "word" for _, word, where in ROWS))
_SHORT = tuple(word for _, word, where in ROWS if where == "short")
_HEAD = tuple(word for _, word, where in ROWS if where == "head")
_LETTERS = tuple(word for _, word, where in ROWS if where == "letter")
_MONEYED = tuple(word for _, word, where in ROWS if where == "money")
RULES: Mapping[str, int] = {
    word: 10**power for power, word, _ in ROWS if word in ("thousand", "million", "billion", "trillion")
}
"""Those that rules and settings are written in."""


def power(word: str) -> Decimal:
    """What a word or abbreviation of the table multiplies by: a million for `millions`, `Mio.` and `m`."""
    return Decimal(10) ** _POWERS[" ".join(re.split(r"[\s-]+", word.lower().strip(" ."))).replace("’", "'")]


def in_number(*, letters: bool) -> str:
    """A pattern, for text in lower case, of what may stand behind a number and multiply it; single letters where a sign
    of money stands before it."""
    return rf"(?:{alternatives(words_in_number(letters=letters))})"


def words_in_number(*, letters: bool = True) -> list[str]:
    """The words themselves."""
    words = [form for form in _SPELT if not form.startswith(("hundred", "ten "))]
    return [*words, *_SHORT, *(_LETTERS if letters else ())]


# ---- what captions and heads state -----------------------------------------------------------------------------------

_WORD = rf"(?:{alternatives([*_SPELT, *_SHORT, *_HEAD])}|ten-thousands?|hundred-millions?)"
_THOUSANDS = r"['’‘`´]?\s*000(?:['’‘`´]?s\b|['’‘`´]|\b)"
_MONEY = rf"(?<!{ANY}){ANY}+"
_UNSPACED = tuple(word for _, word, _ in ROWS if not word.isascii() and ord(word[-1]) > 0x2E80)
"""Words of scripts that put no blank between what is scaled and the currency: 百万円."""
_BEFORE_MONEY = alternatives(word for word in (*_SHORT, *_HEAD, *_MONEYED) if word != "cr")
_NO_AMOUNT = r"(?:(?<=\b(?:19|20)\d\d\s)|(?<![\d.,)]\s)(?<![\d.,)]))(?<!\w)"
"""Before a word of scale that is of no number: a year may stand before it."""
_NOUN = rf"(?:{_MONEY}|\b(?:tabular\s+)?amounts?|\bfigures)"


@cache
def _states() -> re.Pattern[str]:
    """Everything that states a scale, over a text whose mentions of money are masked."""
    return re.compile(
        rf"\b(?:in|en|em|i|w|expressed\s+in|stated\s+in|reported\s+in)\s+(?:(?:{_NOUN}|the|whole|currency|of)\s*){{0,3}}(?P<a>{_WORD})\b"
        rf"|{_MONEY}\s*(?:in\s+)?(?P<b>{_WORD})\b"
        rf"|{_NOUN}\s*(?:are\s+)?(?:\(?\s*(?:in|expressed\s+in|shown\s+in)\s+)?(?P<c>{_WORD})\b"
        rf"|(?:^|[(\[|/–—:：（-])\s*(?P<d>{_WORD})(?=\s*\.?\s*(?:of\s+{_NOUN}|{_NOUN}|[,;)\]|]|$|except|unless))"
        rf"|{_MONEY}\s*(?P<f>{alternatives([*_SHORT, *_LETTERS, *_MONEYED])})(?![^\W_]|\.\w)"
        rf"|(?<![^\W_])(?P<g>mdr|mn|[mtk])\.?{ANY}+"
        rf"|{_NO_AMOUNT}(?P<h>{_BEFORE_MONEY})\.?\s*(?:(?:de|di|d['’]|af|av|of)\s*)?{_MONEY}(?!\s?\d)"
        rf"|(?P<j>{alternatives(_UNSPACED)})\s*{_MONEY}"
        rf"|(?P<e>{_MONEY}\s*{_THOUSANDS}|['’‘`´]000s?\b|\b000['’]?s\b|\b000\s+omitted|\(\s*000\s*\)|\bin\s+000\b"
        rf"|\bin\s+(?:{_MONEY}\s*)?1[,. ]?000['’]?s?(?=\s*(?:[),;|\]]|$))"
        rf"|(?:^|[(\[|]|(?:19|20)\d\d\s)\s*{_MONEY}\s*1[,. ]?000(?=\s*(?:[),;|\]]|$)))",
        re.IGNORECASE,
    )


_SHARE_SCALE = re.compile(
    rf"(?:number\s+of\s+)?\b(?:common\s+|ordinary\s+|weighted\s+average\s+)?shares?(?:\s+(?:outstanding|amounts?|data|counts?|numbers?|"
    rf"information))?\s*(?:,?\s*which\s+(?:are|is)\s+(?:reflected|presented|shown|stated|expressed))?\s*(?:are\s+)?in\s+(?P<scale>{_WORD})\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|excluding|other than|unless)\b(?P<rest>[^|)]*)", re.IGNORECASE)
_PER_SHARE_WORDS = re.compile(
    r"\bper[\s-]+(?:\w+\s+){0,3}?(?:shares?|units?|ads)\b(?:\s+(?:amounts?|data|information))?", re.IGNORECASE
)
_SHARE_WORDS = re.compile(r"\bshares?\b", re.IGNORECASE)
_STEMS = alternatives(word for _, word, where in ROWS if where not in ("letter", "money") and " " not in word)
_HINT = re.compile(
    rf"(?<!\d )(?<!\d)(?:{_STEMS})|(?<![\d,.])000|1[,. ]?000['’]?s?\s*(?:[),;|\]]|$)"
    rf"|[{re.escape(CHARACTERS)}]\s?(?:{alternatives([*_SHORT, *_LETTERS, *_MONEYED])})"
    rf"|(?:19|20)\d\d (?:{_STEMS})|\b(?:miles|mill?)\b"
    rf"|[^\W\d_]\.?\s(?:{alternatives([*_SHORT, *_HEAD, *_LETTERS])})\b"
)
"""Quicker to look for, in lower case, than the whole grammar: sentences name millions too, but after a number."""
_RUN_TOGETHER = re.compile(
    r"\b(?:[A-Z]{1,3}(?:m|mn|bn|k|mio|mm)|[MTKkmt][A-Z]{3}|(?:[mMtT]\.?|[mM]n|[mM]dr)\.?kr)\b|\b[MTKkm]["
    + re.escape(CHARACTERS)
    + "]"
)
"""The same for a code with the letters of a scale at it, in the case that they are written in."""


@frozen
class Scale:
    """What a caption says of scale. `shares` is None where share counts follow the amounts."""

    amounts: Decimal
    shares: Decimal | None
    words: str

    @property
    def of_shares(self) -> Decimal:
        """That of share counts."""
        return self.amounts if self.shares is None else self.shares


def may_state(text: str) -> bool:
    """Whether a text may state a scale: what lets `stated` pass over most of them."""
    return _HINT.search(text.lower()) is not None or _RUN_TOGETHER.search(text) is not None


@remembered(8192)
def stated(text: str) -> Scale | None:
    """The scale that a caption, a head or a paragraph states; None where it states none."""
    if not may_state(text):
        return None
    bare = masked(text)
    shares_match = _SHARE_SCALE.search(bare)
    rest = (
        bare
        if shares_match is None
        else bare[: shares_match.start()]
        + " " * (shares_match.end() - shares_match.start())
        + bare[shares_match.end() :]
    )
    match = _states().search(rest)
    said = "" if shares_match is None else text[shares_match.start() : shares_match.end()].strip()
    if match is None:
        return None if shares_match is None else Scale(Decimal(1), power(shares_match["scale"]), said)
    words = text[match.start() : match.end()].strip(" (|[,;")
    amounts = _amounts(match, words)
    if shares_match is not None:
        return Scale(amounts, power(shares_match["scale"]), f"{words}, {said}")
    excepted = _EXCEPT.search(rest, match.end())
    if excepted is not None and _SHARE_WORDS.search(_PER_SHARE_WORDS.sub(" ", excepted["rest"])):
        return Scale(amounts, Decimal(1), f"{words} {text[excepted.start() : excepted.end()].strip()}")
    return Scale(amounts, None, words)


_BESIDE_UNITS = frozenset({"in", "of", "the", "except", "per", "share", "data", "amounts", "unaudited"})


@remembered(4096)
def is_unit(text: str) -> bool:
    """Whether a head, or what is left of it, states money or a scale and nothing besides: "£'000", "(HK$ Thousand)"."""
    bare = masked(text)
    left = _states().sub(" ", bare) if may_state(text) else bare
    return (ANY in bare or left != bare) and not set(
        re.findall(r"[^\W_]+", left.replace(ANY, " ").lower())
    ) - _BESIDE_UNITS


def _amounts(match: re.Match[str], words: str) -> Decimal:
    if match["g"]:
        return Decimal(10) ** {"m": 6, "mn": 6, "mdr": 9}.get(match["g"].lower(), 3)
    word = match["a"] or match["b"] or match["c"] or match["d"] or match["f"] or match["h"] or match["j"]
    if word and word.lower() == "mil" and "R$" in words:  # thousands in Portuguese, millions in other languages
        return Decimal(1000)
    return power(word) if word else Decimal(1000)
