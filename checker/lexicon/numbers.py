"""The printed number: from the text of a cell to value, step, form, sign, currency and unit sign.

It knows how numbers are printed in releases, not what they measure: scale ("in thousands"), shares and per-share
amounts are decided in `units`. Nothing here guesses: a text that is not wholly a printed number is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Literal

from checker.core.figure import Form, Illegible
from checker.core.remembered import remembered
from checker.core.value import evolve, frozen
from checker.lexicon import money, scale

Style = Literal["point", "comma", "blank"]
"""Which sign parts whole from fraction, and which parts thousands: `1,234.5` (point), `1.234,5` and `1 234,5` (comma),
`1 234.5` (blank)."""
Sign = Literal["", "percent", "points", "basis points", "times", "hundredths"]
"""What is written at a number. `hundredths`: pence and cents."""

_MINUS = "-−–—―▲△"
_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒﹣－﹘⁃˗⁻➖", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", " "),
        **dict(zip("（）［］％＋＜＞．，＄￡⟨⟩〈〉‹›", "()[]%+<>.,$£<><><>", strict=True)),
    }
)
"""Signs that print the same thing: one for one, so that places are kept."""
_CUR = (
    rf"(?:(?:[A-Za-z]\.?\s?){{0,4}}[{re.escape(money.CHARACTERS)}](?:[A-Z]{{2,3}}(?![A-Za-z]))?"
    r"|[A-Za-z\u00c0-\u024f]{1,4}[./]{0,2})"
)
"""What has the shape of a sign of money; whether it is one, the table says."""
_UNIT = (
    r"(?:%|per ?cent|percentage points?|ppts?|pts?\.?|points?|pp|bps?|basis points?|x|times|pence|cents?|"
    r"(?-i:[pc])(?![\w.])|¢)"
)
_WORD = scale.in_number(letters=True)
_NOTE = (
    r"\((?:\d{1,2}|[a-z]{1,2}|(?:un)?audited|restated|revised|notes? \d{1,2})\)|\[(?:\d{1,2}|[a-z])\]|\(?[*†‡]{1,3}\)|"
    r"\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰⁽⁾†‡§¶#]"
)
_MARK = (
    rf"(?:\s*(?:{_NOTE}|(?<=\d)\s[a-z]\)|(?<=[)%])[a-z]\)|(?<=\d)\s\d{{1,2}}\)|(?<=[)%*])\d{{1,2}}\)|"
    rf"(?<=[¹²³⁴⁵⁶⁷⁸⁹⁰])\)))++"
)
"""Marks of notes, one after the other. What is taken is never given back: a row of stars is a row of marks in more ways
than anyone waits for."""
_LEADING = (
    r"(?:(?:\([a-z]\)|[a-z]\)|\d{1,2}\)|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰⁽†‡§]+[)⁾]?|"
    r"\d{1,2}\s(?=\s*\(\s?\d{1,3}(?:,\d{3})+\s?\)$)|\d{1,2}\n(?=\d{1,3}(?:,\d{3})+$))\s*)"
)
"""The mark of a note before a number; a number in brackets is none, it could be an amount. A bare one stands before
an amount of thousands in brackets alone ("7 (94,324)"), or in the line above one."""
_POINT = r"\d{1,3}(?:\s?,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:['’]\d{3})+"
_WHOLE: dict[Style, str] = {
    "point": rf"{_POINT}|\d+",
    "comma": r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:['’]\d{3})+|\d+",
    "blank": rf"{_POINT}|\d{{1,3}}(?: \d{{3}})+|\d+",
}
_FRACTION: dict[Style, str] = {"point": r"\.\d+", "comma": r",\d+", "blank": r"\.\d+"}


def in_plain_signs(text: str) -> str:
    """The text, as long as before, with one sign where several print the same thing: `（34.6％）` is `(34.6%)`."""
    return text if text.isascii() else text.translate(_SAME)


@cache
def _pattern(style: Style) -> re.Pattern[str]:
    """A printed number in that style; made when a document first needs it, which for the comma is seldom."""
    lettered = r"(?(open)|(?!\s[a-z]\)))"  # the letter of a note, "12,500 b)", is none of a scale or a unit
    return re.compile(
        rf"\s*(?P<before>{_LEADING})?(?:(?P<c1>{_CUR})\s*)?"
        rf"(?P<core>(?P<sign>[{_MINUS}+]\s?)?(?:(?P<c2>{_CUR})\s*)?(?P<open>[(<]\s*)?(?P<inner>[{_MINUS}]\s?)?(?:(?P<c3>{_CUR})\s*)?"
        rf"(?P<whole>{_WHOLE[style]})?(?P<fraction>{_FRACTION[style]})?"
        rf"(?P<word>{lettered}\s?{_WORD}(?![^\W_])\.?)?(?P<unit>{lettered}\s*{_UNIT})?(?P<close>\s*[)>])?(?P<outer>\s*{_UNIT})?(?P<trailing>[-−])?)"
        rf"(?:\s?(?P<c4>{_CUR}))?(?P<marks>{_MARK})?\s*",
        re.IGNORECASE,
    )


IN_TEXT = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?"
"""A number alone in running text, its thousands parted by commas or blanks."""


_DASH = re.compile(
    rf"(?:(?P<c1>{_CUR})\s*)?(?P<core>\(?\s*(?:[-−–—―─]{{1,4}}|- -|-0-|nil)\s*\)?\s*%?)(?P<marks>{_MARK})?",
    re.IGNORECASE,
)
_NOT_MEANINGFUL = re.compile(
    (
        r"(?P<core>\(?\s*(?:n/?m/?f?|n\.m\.f?\.?|n/?a|n\.a\.|not meaningful|not applicable|\*{1,3}|"
        r"#)\s*\)?\s*%?)(?P<marks>\s*\((?:\d|[a-z])\))?"
    ),
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:(?P<less>[<≤]|less than(?=\s))|[>≥]|more than(?=\s)|greater than(?=\s)|over(?=\s))", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"[^0-9]")
_ENOUGH = 1000
"""Votes that settle it."""
_LONGEST = 48
"""Characters of the longest number with its signs and words; no cell with more is one."""


@frozen
class Printed:
    """One number as printed. `text[start:end]` is the number with its sign, parentheses and unit sign; a currency sign
    only if it is inside."""

    value: Decimal | None
    step: Decimal
    form: Form
    negative: bool = False
    currency: str | None = None
    """The code of its currency, or the sign in lower case (`$`, `kr`) where only the document can tell."""
    sign: Sign = ""
    multiplier: Decimal = Decimal(1)
    """The scale word inside the cell: a million in `$1.2 million`. Not yet applied to `value` and `step`."""
    start: int = 0
    end: int = 0
    digits_end: int = 0
    """Where the last digit ends: closing signs hang over the edge of a column."""
    marks: str = ""
    broken: Decimal | None = None
    """What stands before a stray blank inside it, as a number of its own: `4,180` in `4,180 ,000`."""

    @property
    def size(self) -> Decimal:
        """The value without its sign; zero where there is none."""
        return abs(self.value) if self.value is not None else Decimal(0)

    @property
    def places(self) -> int:
        """How many decimals are printed."""
        return -int(self.step.as_tuple().exponent)


@remembered(1 << 16)
def parse(text: str, style: Style = "point") -> Printed | None:
    """The number that `text` prints, or None where it is anything else."""
    if not text or len(text) > _LONGEST:
        return None
    plain = in_plain_signs(text)
    if plain.endswith("-0-") or not _DIGIT.search(plain):
        return None if len(plain) > 18 else _without_digits(plain)
    match = _pattern(style).fullmatch(plain) if all(map(_goes_with_a_number, _RUN.findall(plain))) else None
    found = _number(match) if match is not None and (match["whole"] or match["fraction"]) else None
    if found is None or "<" in plain:
        bound = _BOUND.search(plain)
        return (
            _bounded(plain, bound, style)
            if bound is not None and not (found is not None and plain.rstrip().endswith(">"))
            else found
        )
    return found


_RUN = re.compile(r"[A-Za-z\u00c0-\u024f]{3,}")
"""Letters in a row; one or two may be the mark of a note."""
_WORDS_BESIDE = (
    "percent per cent cents percentage point points ppt ppts pt pts pp basis bp bps x times pence p c "
    "unaudited audited restated revised note notes"
)


@cache
def _beside_numbers() -> tuple[frozenset[str], int]:
    """What a row of letters in the cell of a printed number consists of: signs of money, scales, units, marks; and the
    letters of the longest."""
    written = " ".join((*money.SIGNS, *scale.words_in_number(), *_SIDES, _WORDS_BESIDE)).lower()
    known = frozenset(re.findall(r"[^\W\d_]+", written))
    return known, max(map(len, known))


@remembered(1 << 13)
def _goes_with_a_number(run: str) -> bool:
    """Whether a row of letters may stand in the cell of a printed number. Most cells and lines hold words that do not:
    they need not be tried against the whole pattern, which is slow to give up."""
    known, longest = _beside_numbers()
    low = run.lower()
    reached = [True, *(False for _ in low)]
    for at in (at for at in range(len(low)) if reached[at]):
        for end in range(at + 1, min(at + longest, len(low)) + 1):
            reached[end] = reached[end] or low[at:end] in known
    return reached[-1]


def looks_like_one(text: str) -> bool:
    """Whether a text prints a number, a dash for zero or a mark for "not meaningful", in whichever style."""
    return parse(text, "blank") is not None or parse(text, "comma") is not None


_PLACEHOLDER = re.compile(
    r"\[\s*(?:[●•·∙◦○]{1,6}|[x_?]{2,6}|[x?]{1,3}(?:[,.][x?]{1,3})+|tb[cd])\s*\]|●{1,3}|tb[cdah]\.?|to be (?:confirmed|"
    r"determined|completed|updated)|[x?]{1,3}(?:[,.][x?]{1,3})+|[x?]{2,6}|#(?:ref|div/0|value|name|num|null)[!?]|#{2,}",
    re.IGNORECASE,
)
_DRESSING = rf"(?:\s|[{_MINUS}+()%*†‡§¹²³]|(?<![A-Za-z])(?:us|hk|[acsj])?[{re.escape(money.CHARACTERS)}])*"
_DRESSED = re.compile(rf"{_DRESSING}(?P<bare>.*?){_DRESSING}", re.IGNORECASE)
_MISREAD = str.maketrans(dict.fromkeys("OoIl|SB\ufffd?¡", "1"))
"""Signs that readers of print take for digits, and what stands where a sign was lost."""
_BROKEN = re.compile(r"\d[\d,.'’]*\d")
_SPACED = re.compile(
    r"\d{1,2}(?:\.\d{1,3}){2,}|\d{1,2}[.,/]\d{1,2}[.,/](?:\d\d){1,2}|(?:\d{1,2},)*(?:19|20)\d\d|"
    r"\d{1,2}(?:,\d{1,2})+|\d+\.\d+(?:\.\d+)+"
)
"""Numbers of exhibits and sections, dates, lists: no amounts."""
_PARTED = re.compile(r"\d{1,3}(?:\.\d{3})+\.\d\d")
"""Points where commas should be."""
_BLANK_WITHIN = re.compile(r"\(\d{1,3}\. \d{1,2}\)")
_FEWEST_DIGITS = 5
"""Digits of a broken amount; fewer may be the marks of notes."""


@remembered(1 << 14)
def unread(text: str, style: Style | None = None) -> Illegible | None:
    """What a text is that stands where numbers do, means one and cannot be read (in that style, or in any): a damaged
    amount, or a sign that an amount is still to come."""
    if len(text) > 24 or (text.isalpha() and text[0] not in "tTxX"):
        return None
    plain = in_plain_signs(text)
    match = _DRESSED.fullmatch(plain)
    bare = match["bare"] if match is not None else plain
    if _PLACEHOLDER.fullmatch(bare):
        return "placeholder"
    if not _DIGIT.search(bare) or (looks_like_one(text) if style is None else parse(text, style) is not None):
        return None
    digits = sum(map(str.isdigit, bare))
    if _PARTED.fullmatch(bare) or _BLANK_WITHIN.fullmatch(plain.strip()):
        return "unreadable amount"
    mended = bare.translate(_MISREAD)
    if mended != bare:
        sound = parse(mended, "point")
        dressed = (
            "%" in plain
            or "(" in plain
            or any(sign in plain for sign in money.CHARACTERS)
            or re.search(r"\d[Oo\ufffd]", bare) is not None
        )
        amount = re.search(r"\d,\d{3}|\.\d" if dressed else r"\d,\d{3}", mended) is not None
        return "unreadable amount" if sound is not None and amount and digits * 2 >= len(bare) else None
    return (
        "unreadable amount"
        if digits >= _FEWEST_DIGITS and _BROKEN.fullmatch(bare) and "," in bare and not _SPACED.fullmatch(bare)
        else None
    )


def _bounded(text: str, bound: re.Match[str], style: Style) -> Printed | None:
    """`<1%`, which is between 0 and 1: half of it, rounded to the whole of it. `>100%` has no end, and no value."""
    rest = parse(text[: bound.start()] + " " * (bound.end() - bound.start()) + text[bound.end() :], style)
    if rest is None or not rest.value:
        return None
    start = min(bound.start(), rest.start)
    if not bound["less"]:
        return evolve(rest, value=None, step=Decimal(1), form="not meaningful", negative=False, start=start)
    return evolve(rest, value=rest.value / 2, step=abs(rest.value), start=start)


def _without_digits(text: str) -> Printed | None:
    match = _DASH.fullmatch(text)
    if match is not None:
        sign: Sign = "percent" if "%" in text else ""
        known, currency = _currency((match["c1"],), False)
        if not known:
            return None
        end = match.end("core")
        return Printed(
            Decimal(0),
            Decimal(1),
            "dash",
            False,
            currency,
            sign,
            Decimal(1),
            match.start("core"),
            end,
            end,
            match["marks"] or "",
        )
    match = _NOT_MEANINGFUL.fullmatch(text)
    if match is not None:
        return Printed(
            None,
            Decimal(1),
            "not meaningful",
            False,
            None,
            "",
            Decimal(1),
            match.start("core"),
            match.end("core"),
            match.end("core"),
        )
    return None


def _number(match: re.Match[str]) -> Printed | None:
    opened, closed = match["open"], match["close"]
    if opened and closed and ("(" in opened) != (")" in closed):
        return None
    marks = match["marks"] or ""
    if opened and not closed and marks.count(")") > marks.count("("):
        return None
    whole = _NO_DIGIT.sub("", match["whole"] or "0")
    fraction = (match["fraction"] or "")[1:]
    if (
        not whole or not fraction.isascii() or (len(whole) > 1 and not fraction and not whole.strip("0"))
    ):  # digits of other scripts; "£000" is a unit
        return None
    word, unit = (match["word"] or "").strip(" .").lower(), (match["unit"] or match["outer"] or "").strip().lower()
    side = (match["c4"] or "").strip(".") if (match["c4"] or "").strip(".").upper() in _SIDES else ""
    known, currency = _currency(
        match.group("c1", "c2", "c3", *(() if side else ("c4",))),
        bool(fraction) or len(whole) < len(match["whole"] or ""),
    )
    credit = side.upper() == "CR" and not currency
    if side == "Cr" and currency:
        word = "crore"
    if (
        not known
        or (word in _LETTERS and not (currency or (fraction and word == "m")))
        or (unit == "c" and not fraction)
    ):
        return None
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    minus = (match["sign"] or "+")[0] != "+" or bool(match["inner"])
    negative = minus or bool(opened) or bool(closed) or bool(match["trailing"]) or credit
    last = match.end("fraction") if match["fraction"] else match.end("whole")
    return Printed(
        -value if negative else value,
        Decimal(1).scaleb(-len(fraction)),
        "number",
        negative,
        "GBP" if unit in ("p", "pence") and not currency else currency,
        _sign(unit),
        scale.power(word) if word else Decimal(1),
        match.start("core"),
        match.end("core"),
        last,
        f"{match['before'] or ''}{marks}".strip(),
        _before_blank(match["whole"] or "", negative),
    )


_SIDES = ("CR", "DR")
"""Behind an amount of an account: credit, which is the other side of the debit, and debit."""
_LETTERS = ("k", "m", "b")
"""Scales that count beside a sign of money alone, millions beside a fraction too: `12 m` may be a length, `4.2B` an
exhibit."""


def _currency(written: Iterable[str | None], amount: bool) -> tuple[bool, str | None]:
    """Whether all that is written at a number is money, and which; words that are signs too are where they stand at an
    amount in groups or with a fraction."""
    found = None
    for one in written:
        if one is None:
            continue
        sign = one.strip()
        sign = sign if sign.lower() in money.SIGNS else sign.rstrip(".")
        codes = money.SIGNS.get(sign.lower(), ())
        if not codes or ((sign in money.WORDS or sign.upper() in money.WORDS) and not (amount and sign in money.WORDS)):
            return False, None
        found = sign.lower() if len(codes) > 1 else codes[0]
    return True, found


def _before_blank(whole: str, negative: bool) -> Decimal | None:
    first = re.split(r"\s(?=,)", whole)[0] if "," in whole else whole
    if first == whole:
        return None
    value = Decimal(first.replace(",", ""))
    return -value if negative else value


def _sign(unit: str) -> Sign:
    if not unit:
        return ""
    if unit in ("%", "percent", "per cent"):
        return "percent"
    if unit.startswith(("bp", "basis")):
        return "basis points"
    if unit in ("x", "times"):
        return "times"
    if unit[0] in "¢c" or unit in ("p", "pence"):
        return "hundredths"
    return "points"


# ---- which sign parts whole from fraction ----------------------------------------------------------------------------

_FRACTIONS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?: \d{3})+\.\d+")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){2,}|\d{1,2}(?:,\d{2})+,\d{3}")
_ONLY_COMMA = re.compile(
    r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})"
)
_BLANKS = re.compile(r"\d{1,3}(?: \d{3})+")
_WEAK_POINT = re.compile(r"\d{1,3},\d{3}")
_WEAK_COMMA = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DRESS = re.compile(rf"^(?:\s|[-−–—▲△(+]|{_CUR})++|(?:\s|[)%]|{_CUR})++$", re.IGNORECASE)
_CERTAIN = 10
"""Votes of a cell that leaves no choice; one that is only likely has one."""


def style_of(texts: Iterable[str]) -> Style:
    """How the cells of a document write whole and fraction, by what those say that leave little choice."""
    fractions = groups = comma = blanks = 0
    for text in texts:
        if len(text) > 24 or not _DIGIT.search(text):
            continue
        plain = in_plain_signs(text)
        if "," not in plain and "." not in plain and " " not in plain:
            continue
        bare = plain.lstrip("($ ").rstrip(")%$ ")
        if not (bare[:1].isdigit() and bare[-1:].isdigit()):
            bare = _DRESS.sub("", plain)
        if _FRACTIONS.fullmatch(bare):
            fractions += _CERTAIN
            groups += "," in bare
            blanks += _CERTAIN * (" " in bare)
        elif _GROUPS.fullmatch(bare):
            groups += _CERTAIN
        elif _ONLY_COMMA.fullmatch(bare):
            comma += _CERTAIN
        elif _BLANKS.fullmatch(bare):
            blanks += _CERTAIN
        elif _WEAK_POINT.fullmatch(bare):
            groups += 1
        elif _WEAK_COMMA.fullmatch(bare):
            comma += 1
        if fractions + groups + comma + blanks > _ENOUGH:
            break
    if comma + blanks > fractions + groups:
        return "blank" if blanks and fractions > comma else "comma"
    return "blank" if blanks > _CERTAIN and not groups else "point"


# ---- numbers broken over several cells -------------------------------------------------------------------------------

_OPENING = re.compile(rf"(?:(?P<c1>{_CUR})\s*[(<]?|[(<]\s*(?P<c2>{_CUR})?|[-−▲△]\s*(?P<c3>{_CUR}))", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:[)>]\s*%?|%\s*\)?|{_UNIT}\s*\)?|(?P<c1>{_CUR}))", re.IGNORECASE)
MARK = re.compile(r"(?:\([a-z]{1,2}\)|\[(?:\d{1,2}|[a-z])\]|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹†‡§])++")
"""A footnote mark in a cell of its own."""
YEAR = re.compile(r"(?:fy\s*|fiscal\s*)?(?:19|20)\d\d(?:\s*(?:\([^)]*\)|\*))?", re.IGNORECASE)


def opens(text: str) -> bool:
    """Whether a text may stand in a cell of its own before its number: a sign of money, a bracket. Never a bare dash:
    that is a zero of its own column."""
    return _stands(_OPENING, text)


def closes(text: str) -> bool:
    """Whether a text may stand in a cell of its own after its number: a bracket, the sign of a unit or of money."""
    return _stands(_CLOSING, text)


def _stands(pattern: re.Pattern[str], text: str) -> bool:
    match = pattern.fullmatch(in_plain_signs(text))
    return match is not None and _currency(match.groups(), text == "R")[0]


def is_year(text: str) -> bool:
    """Whether a text is nothing but a year, perhaps with a footnote mark: a head or a caption, not an amount."""
    return YEAR.fullmatch(text.strip()) is not None


_RUN_TOGETHER = re.compile(r"\d,\d{4,6},\d{3}")


def run_together(text: str) -> bool:
    """Whether a text holds numbers with nothing between them: "3,4012,155"."""
    return _RUN_TOGETHER.search(text) is not None
