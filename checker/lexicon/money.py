"""Money: codes, signs and names of the currencies of the world, and where a text has them.

The table is `currencies`. A sign that several currencies share (`$`, `kr`, `Rs`, `¥`) is the first of them until the
document tells: see `settled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from checker.core.remembered import remembered
from checker.core.value import frozen
from checker.lexicon.currencies import ROWS
from checker.lexicon.words import alternatives

CODES: tuple[str, ...] = tuple(code for code, _, _ in ROWS)
"""As ISO 4217 names them; those of many releases first."""
WORDS = frozenset(
    (
        "ALL AMD BAM BOB BSD CDF CDN COP CUP ERN GEL GIP LAK MAD MOP NAD PEN SAR SOS STN TOP TRY BIF BTN MRU SLE SHP R "
        "TL Ft Bt Fr. Re. Ps."
    ).split()
)
"""Codes and signs that are words, names or initials too: they stand for money only as written here and beside what only
an amount has."""


def _signs() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, signs, _ in ROWS:
        for sign in (code, *signs.split("|")):
            if sign and code not in found.get(sign.lower(), ()):
                found[sign.lower()] = (*found.get(sign.lower(), ()), code)
    return found


SIGNS: Mapping[str, tuple[str, ...]] = _signs()
"""Every code and sign, in lower case, and the currencies it may stand for, the likeliest first."""
DOLLARS: frozenset[str] = frozenset(code for code, _, names in ROWS if code in SIGNS["$"] and "Dollar" in names)
"""What a bare dollar sign may stand for where a document only speaks of them most; that it means pesos, its tables must
say."""
CHARACTERS: str = "".join(
    sorted(
        {character for sign in SIGNS for character in sign if not character.isascii() and not character.isalpha()}
        | {"$"}
    )
)
"""The characters that are nothing but money."""
_SIGNS_ALONE = frozenset(CHARACTERS)
CLASS: str = re.escape(CHARACTERS)
"""The same between the brackets of a pattern."""
ANY = "¤"
"""What stands for every character of a mention of money in a masked text."""


def settled(sign: str, document: str) -> str:
    """The currency of a sign or code, whatever its case, in a document of that currency; empty where it is no sign of
    money."""
    codes = SIGNS.get(sign.lower(), ())
    return document if document in codes else codes[0] if codes else ""


def is_sign(text: str) -> bool:
    """Whether a text is a sign or code of money and nothing else; none that is a word too."""
    return text.lower() in SIGNS and text.upper() not in WORDS


@cache
def before_amounts() -> str:
    """A pattern, for text in lower case, of the signs and codes that running text prints before an amount: none that is
    a word too."""
    words = {word.lower() for word in WORDS}
    letters = [sign for sign in SIGNS if sign[0].isalpha() and sign not in words]
    # a letter that only what an amount has makes money
    rand = r"(?<![^\W_])r(?=\s?\d[\d,.]*\s?(?:million|billion|trillion|mn|bn|m)\b)"
    return (
        rf"(?:(?<![^\W\d_])(?:{alternatives((*letters, *TALLIED))})(?![^\W\d_])|"
        rf"{alternatives(sign for sign in SIGNS if not sign[0].isalpha())}|{rand})"
    )


_TALLIED = ("SEK", "NOK", "DKK", "ISK", "EUR", "CHF", "USD", "GBP", "PLN", "CZK", "HUF", "KR")
"""Codes that a letter of scale is written to in running text; with others that would make words (`mars`, `mils`)."""
_TALLIES: Mapping[str, int] = {"m": 6, "mn": 6, "k": 3, "t": 3, "bn": 9}
_BEHIND = ("m", "mn", "bn", "k")


def _tallied() -> Mapping[str, tuple[str, int]]:
    codes = [code.lower() for code in _TALLIED]
    before = {f"{letter}{code}": (code, _TALLIES[letter]) for code in codes for letter in ("m", "t", "k")}
    return before | {f"{code}{letter}": (code, _TALLIES[letter]) for code in codes for letter in _BEHIND}


TALLIED: Mapping[str, tuple[str, int]] = _tallied()
"""Codes with the scale of the amount behind them written to them, in lower case (`msek`, `tkr`, `eurm`): the code, and
the power of ten."""


def tallied_codes() -> str:
    """A pattern of the codes that running text writes a scale to, with one or without."""
    return alternatives((*TALLIED, *(code.lower() for code in _TALLIED)))


# ---- where a text has money ------------------------------------------------------------------------------------------

_SHARED_NAMES = frozenset(
    "won real reals sol soms gold rand rands lev leva leu lei mark marks sterling guilder guilders lira kwacha kwachas"
    " manat manats tala vatu vatus kip kips kina dong drams dram lek lari laris pula pulas florin leone leones soles"
    " loti lotis quetzal balboa guarani cedi taka riel".split()
)
"""Last words of names that are English words, names or initials too, or of several currencies: alone they name none."""
_BARE = {"rupee": "INR", "rupees": "INR", "zloty": "PLN", "roubles": "RUB"}
"""Words of several names that stand for one of them where they stand alone."""
_TOKEN = re.compile(rf"(?:[A-Za-z]\.?\s?){{0,4}}[{re.escape(CHARACTERS)}](?:[A-Z]{{1,2}}\b)?|[^\W\d_]+\.?/?")
_SCALED = r"(?:thousand|million|billion|trillion|crore|mn\b|bn\b|m\b|['’‘`]?000)"
_BEFORE_SCALE = re.compile(rf"\s*(?:in\s+)?{_SCALED}", re.IGNORECASE)
_BEHIND_SCALE = re.compile(rf"{_SCALED}s?\s+(?:of\s+)?$", re.IGNORECASE)
_TALL, _SMALL = ("M", "T", "K", "k", "m", "t"), ("m", "mn", "bn", "k", "mio", "mm")
"""What is written to a code without a blank: MSEK, TEUR; EURm, CHFbn."""
_LONGEST_CODE = 6
"""Letters of a code with what is written to it."""


@frozen
class Mention:
    """Where a text has a currency, which ones it may be, the likeliest first, and whether it is spelt out. None where
    it is a unit of many (`dollars`)."""

    start: int
    end: int
    codes: tuple[str, ...]
    is_name: bool = False


def _names() -> Mapping[str, tuple[str, ...]]:
    """The words of names, in lower case with one blank between, and their codes: whole names, and last words, which
    several may share."""
    found: dict[str, tuple[str, ...]] = {}
    for code, _, names in ROWS:
        for name in names.split("|"):
            words = " ".join(re.findall(r"[^\W\d_]+", name.lower()))
            last = words.split(" ")[-1]
            found[words] = (code,)
            if code not in found.get(last, ()) and last != words:
                found[last] = (*found.get(last, ()), code)
    return {**found, **{word: (code,) for word, code in _BARE.items()}}


NAMES: Mapping[str, tuple[str, ...]] = _names()
_LONGEST = max(name.count(" ") for name in NAMES)
_LAST = frozenset(name.split(" ")[-1] for name in NAMES)


@remembered(8192)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every code, sign and name of a currency in a text, in order."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    for place, (start, end, token) in enumerate(tokens):
        low = token.lower()
        if len(token) > _LONGEST_CODE and low.isascii() and low.isalpha() and low not in _LAST and low not in SIGNS:
            continue  # a word, as most are
        if not _SIGNS_ALONE.isdisjoint(token):
            yield _sign(start, token)
            continue
        if token[-1] in _LAST_UNSPACED:
            yield from _unspaced(start, token)
            continue
        bare = token.rstrip("./")
        low = bare.lower()
        if low in _LAST:
            following = tokens[place + 1][2].lower().rstrip(".") if place + 1 < len(tokens) else ""
            if following in _LAST and f"{low} {following}" in NAMES:  # pounds sterling
                continue
            named = _named_by(tokens, place, low)
            if (
                named is None
                and low in _SHARED_NAMES
                and (_BEFORE_SCALE.match(text, end) or _BEHIND_SCALE.search(text, max(0, start - 24), start))
            ):
                named = Mention(start, start + len(low), NAMES[low], True)
            if named is not None:
                yield named
                continue
        spelt = token if token.lower() in SIGNS else bare
        if spelt.lower() in SIGNS and _is_money(text, start, start + len(spelt), spelt):
            yield Mention(start, start + len(spelt), SIGNS[spelt.lower()])
        elif len(bare) <= _LONGEST_CODE:
            yield from _run_together(start, bare)


_UNSPACED = sorted(
    (sign for sign in SIGNS if all(ord(character) > 0x2E80 and character.isalpha() for character in sign)),
    key=len,
    reverse=True,
)
_LAST_UNSPACED = frozenset(sign[-1] for sign in _UNSPACED)
"""Signs of scripts that put no blank before them: 百万円."""


def _unspaced(start: int, token: str) -> Iterator[Mention]:
    """The sign at the end of such a word, and another one at its beginning: 人民币百万元."""
    last = next((sign for sign in _UNSPACED if token.endswith(sign)), "")
    first = next(
        (sign for sign in _UNSPACED if token.startswith(sign) and len(sign) < len(token) and len(sign) > 1), ""
    )
    for sign, at in ((first, 0), (last, len(token) - len(last))):
        if sign:
            yield Mention(start + at, start + at + len(sign), SIGNS[sign])


def _sign(start: int, token: str) -> Mention:
    """A sign with its letters, as many of them as make one that is known."""
    at = next(place for place, character in enumerate(token) if character in CHARACTERS)
    for low in range(at + 1):
        for high in (len(token), at + 1):
            codes = SIGNS.get(token[low:high].lower().replace("\xa0", " "), ())
            if codes and (low == 0 or not token[low - 1].isalpha() or not token[low].isalpha()):
                return Mention(start + low, start + high, codes)
    return Mention(start + at, start + at + 1, SIGNS.get(token[at], ()))


def _named_by(tokens: list[tuple[int, int, str]], place: int, last: str) -> Mention | None:
    """The longest name that ends with this word."""
    for words in range(min(_LONGEST, place), 0, -1):
        parts = tokens[place - words : place + 1]
        name = " ".join(
            [word for _, _, token in parts[:-1] for word in re.findall(r"[^\W\d_]+", token.lower())] + [last]
        )
        if name in NAMES:
            return Mention(parts[0][0], tokens[place][0] + len(last), NAMES[name], True)
    start = tokens[place][0]
    codes = NAMES.get(last, ())
    return None if last in _SHARED_NAMES or not codes else Mention(start, start + len(last), codes, True)


_A_COMPANY = re.compile(
    r"(?:,? (?:Inc|Ltd|Limited|plc|PLC|Corp|Corporation|Company|Group|Holdings?|AG|SA|SE|NV|N\.V|S\.A)\b|"
    r"['’]s\b|(?<=^...) [—–-] (?=(?:19|20)\d\d\b))"
)
"""What follows letters that name a company: its form, what it owns, the year of what is titled with it."""
_LISTED = re.compile(r"\b(?:NYSE|NASDAQ|Nasdaq|HKEX|SEHK|SGX|LSE|AIM|TSX|ASX)\b[^()\d]{0,12}: ?$")
"""What stands before letters under which shares are traded."""


def _is_money(text: str, start: int, end: int, spelt: str) -> bool:
    """Whether letters that are a sign or code stand for money here; words that are codes too do in capitals beside a
    word of scale alone."""
    if spelt.upper() in WORDS or spelt in WORDS:
        return spelt in WORDS and bool(
            _BEFORE_SCALE.match(text, end) or _BEHIND_SCALE.search(text, max(0, start - 24), start)
        )
    if spelt in CODES and (_A_COMPANY.match(text, end) or _LISTED.search(text, max(0, start - 24), start)):
        return False
    return len(spelt) > 2 or spelt in ("RM", "Rs", "RS", "kr", "Kr", "zł", "Kč", "Rp", "Tk", "S/")


def _run_together(start: int, bare: str) -> Iterator[Mention]:
    """A code with the letters of a scale at it."""
    if bare[-3:] in CODES and bare[:-3] in _TALL:
        yield Mention(start + len(bare) - 3, start + len(bare), (bare[-3:],))
    elif bare[:3] in CODES and bare[3:].lower() in _SMALL:
        yield Mention(start, start + 3, (bare[:3],))
    elif bare[:1] == "R" and bare[1:] in ("m", "mn", "bn"):
        yield Mention(start, start + 1, SIGNS["r"])
    elif bare[-2:] == "kr" and bare[:-2] in ("m", "M", "t", "T", "mn", "Mn", "mdr", "Mdr"):
        yield Mention(start + len(bare) - 2, start + len(bare), SIGNS["kr"])


def masked(text: str) -> str:
    """The text with `¤` for every character of a mention of money: what patterns look at that take any currency. It is
    as long as the text."""
    made, at = [], 0
    for one in mentions(text):
        if one.start >= at:
            made += [text[at : one.start], ANY * (one.end - one.start)]
            at = one.end
    return "".join([*made, text[at:]])


_SPEAKERS: tuple[tuple[str, str], ...] = (
    ("t.kr", "DKK"),
    ("tusind", "DKK"),
    ("mio", "DKK"),
    ("tusen kroner", "NOK"),
    ("mill", "NOK"),
    ("tkr", "SEK"),
    ("mkr", "SEK"),
    ("mnkr", "SEK"),
    ("miljon", "SEK"),
)
"""Words and letters beside kroner by which one of the countries that have them writes their thousands and millions; the
first that a text has counts."""


def of_head(text: str, document: str) -> str:
    """The currency that a head or caption names by what several share, but for a bare dollar sign: the document's own
    where it is one of them, else that of those who write so, else the first; empty where it names none."""
    found = next((one for one in mentions(text) if len(one.codes) > 1 and text[one.start : one.end] != "$"), None)
    if found is None or document in found.codes:
        return document if found is not None else ""
    low = text.lower()
    return next((code for words, code in _SPEAKERS if words in low and code in found.codes), found.codes[0])


_LIKELY = ("GBP", "JPY", "INR", "KRW")
"""Whose signs others share that hardly any release prints; pounds are a weight too."""


def named(texts: Iterable[str]) -> tuple[str, ...]:
    """The currencies that texts name, in order, repetitions kept: what only the document can settle (`$`, kroner) is
    left out."""
    return tuple(code for text in texts for code in _named(text))


@remembered(4096)
def _named(text: str) -> tuple[str, ...]:
    return tuple(
        one.codes[0]
        for one in mentions(text)
        if (len(one.codes) == 1 or (one.codes[0] in _LIKELY and not (one.is_name and one.codes[0] == "GBP")))
        and (len(text) < _HEAD or not text[one.start : one.end].isalpha() or one.is_name or _is_beside_money(text, one))
    )


_HEAD = 60
"""Characters of a head or a short line; letters in a longer text are a sentence's, and may be short for anything."""
_AMOUNT_BEHIND = re.compile(rf"\s?(?:[(\[]?-?\d|{_SCALED}|['’‘`´]?000|dollars?\b|denominated\b)", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(rf"(?:\d|{_SCALED}s?|['’‘`´]?000s?)\s?(?:of\s)?$", re.IGNORECASE)
_COUNTED_IN = re.compile(rf"\b(?:in|into|to|currency(?: is)?:?|{alternatives(sorted(_LAST))})\s[(\"“]*$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:)\"”]|$|unless\b|except\b)", re.IGNORECASE)


def _is_beside_money(text: str, one: Mention) -> bool:
    """Whether a code in a sentence stands with an amount or a scale, or where a sentence says what it counts in: CAD
    designs parts too, and a CDN carries films."""
    low = max(0, one.start - 24)
    return (
        _AMOUNT_BEHIND.match(text, one.end) is not None
        or _AMOUNT_BEFORE.search(text, low, one.start) is not None
        or (_COUNTED_IN.search(text, low, one.start) is not None and _ENDS.match(text, one.end) is not None)
    )
