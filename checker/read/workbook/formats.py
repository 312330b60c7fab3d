"""What a sheet shows of a stored value: number formats, as spreadsheet programs apply them.

Codes are stored in one notation whatever the language of the program: `.` before decimals, `,` between thousands. What
is shown is that notation too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import Literal

from checker.core.remembered import remembered
from checker.core.value import frozen

GENERAL = "General"
_MONEY, _ACCOUNTS = '"$"#,##0', "_(* #,##0"
BUILT_IN: Mapping[int, str] = MappingProxyType(
    dict(enumerate((GENERAL, "0", "0.00", "#,##0", "#,##0.00")))
    | dict(
        enumerate(
            (
                f'{_MONEY}_);("$"#,##0)',
                f'{_MONEY}_);[Red]("$"#,##0)',
                f'{_MONEY}.00_);("$"#,##0.00)',
                f'{_MONEY}.00_);[Red]("$"#,##0.00)',
            ),
            5,
        )
    )
    | dict(enumerate(("0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??", "mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy"), 9))
    | dict(enumerate(("h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm"), 18))
    | dict(
        enumerate(
            ("#,##0_);(#,##0)", "#,##0_);[Red](#,##0)", "#,##0.00_);(#,##0.00)", "#,##0.00_);[Red](#,##0.00)"), 37
        )
    )
    | dict(
        enumerate(
            (f'{_ACCOUNTS}_);_(* (#,##0);_(* "-"_);_(@_)', '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)'), 41
        )
    )
    | dict(
        enumerate(
            (
                f'{_ACCOUNTS}.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
                '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
            ),
            43,
        )
    )
    | dict(enumerate(("mm:ss", "[h]:mm:ss", "mm:ss.0", "##0.0E+0", "@"), 45))
)
"""The codes that have a number and are written down nowhere in a workbook."""

Kind = Literal[
    "digit", "point", "comma", "percent", "exponent", "literal", "text", "general", "date", "colour", "space"
]
_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
"""A spreadsheet keeps no more than this many digits of a number: what follows is how a binary fraction is written
down."""
_WIDEST = 11
"""Characters that a number without a format takes at most."""
_LONGEST_CODE = 512
_MOST_PLACES = 30
"""Decimals that a program shows at most."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<skipped>.)|\*(?P<filling>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<exponent>[eE][+-])|'
    r"(?P<clock>(?i:AM/PM|A/P))|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_COLOURS = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|rot|rouge|rojo|rosso)", re.IGNORECASE
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_DAY = 2_958_465
"""The last day of the year 9999, as workbooks count them."""


@frozen
class Token:
    """One piece of a format code."""

    kind: Kind
    text: str = ""


@frozen
class Section:
    """One part of a format code between semicolons: what it applies to, and how it prints."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        """Whether it prints a date or a time."""
        return any(token.kind == "date" for token in self.tokens)

    @property
    def is_coloured(self) -> bool:
        """Whether it prints in a colour."""
        return any(token.kind == "colour" for token in self.tokens)

    @property
    def percents(self) -> int:
        """How many signs of percent it prints: each makes the number a hundred times as large."""
        return sum(token.kind == "percent" for token in self.tokens)

    @property
    def is_signed(self) -> bool:
        """Whether what it prints beside the digits says by itself that the number is negative."""
        return any(token.kind == "literal" and any(sign in token.text for sign in "-−–(<▲△") for token in self.tokens)


@remembered(1 << 12)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format code, at most four."""
    found: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code[:_LONGEST_CODE]):
        if match["other"] == ";":
            found.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
            continue
        bracket = match["bracket"]
        if bracket is not None and (stated := _CONDITION.fullmatch(bracket)) is not None:
            condition = (stated[1], Decimal(stated[2]))
            continue
        token = _token(match)
        if token is not None:
            tokens.append(token)
    found.append(Section(tuple(tokens), condition))
    return tuple(found[:4])


def _token(match: re.Match[str]) -> Token | None:
    kind = match.lastgroup
    text = match[kind] if kind else ""
    match kind:
        case "quoted" | "escaped" | "other":
            return Token("literal", text) if text != " " else Token("space", " ")
        case "skipped" | "filling":
            return Token("space", " ")
        case "bracket":
            return _bracketed(text)
        case "clock":
            return Token("date", "AM/PM")
        case "general" | "exponent" | "date" | "digit" | "point" | "comma" | "percent" | "text":
            return Token(kind, text)
    return None


def _bracketed(text: str) -> Token | None:
    """`[Red]`, `[h]`, `[$€-407]`: a colour, a time that has run, the sign of a currency."""
    if text.startswith("$"):
        sign = text[1:].partition("-")[0]
        return Token("literal", sign) if sign else None
    if text and set(text.lower()) <= set("hms") and len(set(text.lower())) == 1:
        return Token("date", f"[{text.lower()}]")
    return Token("colour", text) if _COLOURS.fullmatch(text) else None


def shown(value: Decimal, code: str, early: bool = False) -> str:
    """The text that a cell with a number shows; `early`: days are counted from 1904 on."""
    value = _DIGITS.plus(value)
    section, negative = _chosen(value, sections(code))
    if section.is_date:
        return _dated(value, section, early)
    if not any(token.kind in ("digit", "general", "text") for token in section.tokens):
        return _only_words(section)
    return _numbered(value, section, negative)


def is_date(value: Decimal, code: str) -> bool:
    """Whether the format shows the number as a date or a time."""
    return _chosen(value, sections(code))[0].is_date


def text_shown(text: str, code: str) -> str:
    """What a cell with a text shows: its fourth part, if the code has one, may put words around it."""
    parts = sections(code)
    own = (
        parts[3]
        if len(parts) == 4
        else parts[0]
        if len(parts) == 1 and any(token.kind == "text" for token in parts[0].tokens)
        else None
    )
    if own is None:
        return text
    return "".join(
        text if token.kind == "text" else token.text
        for token in own.tokens
        if token.kind in ("text", "literal", "space")
    )


def _chosen(value: Decimal, parts: Sequence[Section]) -> tuple[Section, bool]:
    """The part that applies, and whether a minus sign goes before what it prints."""
    if any(part.condition for part in parts):
        for index, part in enumerate(parts[:3]):
            if part.condition is not None and _meets(value, part.condition):
                return part, value < 0 and not part.is_signed
            if part.condition is None and (index == len(parts[:3]) - 1 or parts[index].tokens):
                return part, value < 0 and not part.is_signed
        return parts[-1], value < 0
    numeric = parts[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], numeric[1].is_coloured and not numeric[1].is_signed
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], value < 0


def _meets(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    match sign:
        case "<":
            return value < bound
        case ">":
            return value > bound
        case "<=":
            return value <= bound
        case ">=":
            return value >= bound
        case "=":
            return value == bound
    return value != bound


def _only_words(section: Section) -> str:
    """A part without digits: a dash for zero, a word, or nothing at all."""
    return "".join(token.text for token in section.tokens if token.kind in ("literal", "space", "percent"))


# ---- numbers ---------------------------------------------------------------------------------------------------------


def _numbered(value: Decimal, section: Section, negative: bool) -> str:
    tokens = section.tokens
    if any(token.kind in ("general", "text") for token in tokens):
        body = general(abs(value))
        made = "".join(
            body if token.kind in ("general", "text") else token.text
            for token in tokens
            if token.kind not in ("colour", "comma")
        )
        return f"-{made}" if negative else made
    size = abs(value).scaleb(2 * section.percents)
    if any(token.kind == "exponent" for token in tokens) or any(
        token.kind == "literal" and token.text == "/" for token in tokens
    ):
        return f"-{general(size)}" if negative else general(size)
    last = max(index for index, token in enumerate(tokens) if token.kind == "digit")
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), last + 1)
    scaled = _scaled(tokens, last, point)
    places = [index for index, token in enumerate(tokens) if token.kind == "digit" and index > point][:_MOST_PLACES]
    whole = [index for index, token in enumerate(tokens) if token.kind == "digit" and index < point]
    grouped = any(
        token.kind == "comma" and whole and whole[0] < index < whole[-1] for index, token in enumerate(tokens)
    )
    rounded = size.scaleb(-3 * len(scaled)).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, Context(prec=400))
    digits, _, fraction = format(rounded, "f").partition(".")
    printed = dict(zip(places, _fraction(fraction, [tokens[index].text for index in places]), strict=True))
    printed |= _whole(
        digits if digits != "0" or not whole else "", [(index, tokens[index].text) for index in whole], grouped
    )
    parts: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(printed.get(index, ""))
        elif token.kind == "point":
            parts.append(
                (digits if not whole and digits != "0" else "")
                + ("." if any(printed[place] for place in places) else "")
            )
        elif token.kind not in ("comma", "colour"):
            parts.append(token.text)
    made = "".join(parts)
    return f"-{made}" if negative and any(character in "123456789" for character in made) else made


def _scaled(tokens: Sequence[Token], last: int, point: int) -> tuple[int, ...]:
    """The commas that stand for thousands left out: behind the last digit, or right before the decimals."""
    before = max((index for index, token in enumerate(tokens) if token.kind == "digit" and index < point), default=-1)
    found = []
    for start in {last + 1, before + 1} if before >= 0 else {last + 1}:
        index = start
        while index < len(tokens) and tokens[index].kind == "comma":
            found.append(index)
            index += 1
    return tuple(found)


def _whole(digits: str, places: Sequence[tuple[int, str]], grouped: bool) -> dict[int, str]:
    """The digits before the decimals on their places, from the right; those that are left over stand on the first."""
    made: dict[int, str] = {}
    at, rest = len(digits), 0
    for number, (index, sign) in enumerate(reversed(places)):
        first = number == len(places) - 1
        low = 0 if first else max(0, at - 1)
        taken = digits[low:at] if at > 0 else ""
        if not taken:
            taken = "0" if sign == "0" else ""
        at = low
        made[index] = _in_groups(taken, rest) if grouped else taken
        rest += len(taken)
    return made


def _in_groups(digits: str, behind: int) -> str:
    """Commas behind each digit that has a multiple of three of them, at least one, to its right."""
    return "".join(
        digit + ("," if (right := behind + len(digits) - 1 - at) and right % 3 == 0 else "")
        for at, digit in enumerate(digits)
    )


def _fraction(fraction: str, signs: Sequence[str]) -> list[str]:
    """Decimals on their places: `#` prints no zero at the end."""
    kept = [*fraction.ljust(len(signs), "0")[: len(signs)]]
    for index in range(len(signs) - 1, -1, -1):
        if kept[index] != "0" or signs[index] == "0":
            break
        kept[index] = ""
    return kept


def general(value: Decimal, widest: int = _WIDEST) -> str:
    """A number without a format: its digits, as many decimals as there is room for."""
    text = format(value.normalize(), "f")
    whole, _, fraction = text.partition(".")
    if not fraction or len(text) <= widest:
        return text
    room = max(0, widest - len(whole) - 1)
    rounded = format(value.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP, Context(prec=400)), "f")
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


# ---- dates -----------------------------------------------------------------------------------------------------------


def _dated(value: Decimal, section: Section, early: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    moment = _moment(value, early)
    tokens = [token for token in section.tokens if token.kind != "colour"]
    days = [token.text.lower() for token in tokens if token.kind == "date"]
    clock = any(one[0] in "hs[" for one in days)
    twelve = any(one == "am/pm" for one in days)
    months = [one for one in days if one[0] == "m"]
    if (
        not clock
        and months
        and len(months[0]) < 3
        and any(one in ("d", "dd") for one in days)
        and any(one[0] == "y" for one in days)
    ):
        return moment.strftime("%Y-%m-%d")  # the day before the month or behind it: nobody could tell from the print
    parts = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            parts.append(_date_part(token.text.lower(), moment, (twelve, _is_minute(tokens, index))))
        elif token.kind == "digit":
            parts.append("0")
        else:
            parts.append(token.text)
    return "".join(parts)


def _moment(value: Decimal, early: bool) -> datetime:
    start = datetime(1904, 1, 1) if early else datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        return datetime(9999, 12, 31)


def _is_minute(tokens: Sequence[Token], index: int) -> bool:
    """Whether the letter `m` stands for minutes: behind hours, or before seconds."""
    letters = [(at, token.text.lower()) for at, token in enumerate(tokens) if token.kind == "date"]
    here = next(number for number, (at, _) in enumerate(letters) if at == index)
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before.strip("[]").startswith("h") or after.strip("[]").startswith("s")


def _date_part(letters: str, moment: datetime, how: tuple[bool, bool]) -> str:
    twelve, minute = how
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    match letters.strip("[]"):
        case "am/pm":
            return "AM" if moment.hour < 12 else "PM"
        case "yy" | "y":
            return f"{moment.year % 100:02d}"
        case "m" | "mm" as short if minute:
            return f"{moment.minute:0{len(short)}d}"
        case "m" | "mm" as short:
            return f"{moment.month:0{len(short)}d}"
        case "mmm":
            return _MONTHS[moment.month - 1][:3]
        case "mmmmm":
            return _MONTHS[moment.month - 1][0]
        case "d" | "dd" as short:
            return f"{moment.day:0{len(short)}d}"
        case "ddd":
            return _DAYS[moment.weekday()][:3]
        case "h" | "hh" as short:
            return f"{hour:0{len(short)}d}"
        case "s" | "ss" as short:
            return f"{moment.second:0{len(short)}d}"
        case long if long.startswith("y"):
            return f"{moment.year:04d}"
        case long if long.startswith("m"):
            return _MONTHS[moment.month - 1]
        case long if long.startswith("d"):
            return _DAYS[moment.weekday()]
    return ""
