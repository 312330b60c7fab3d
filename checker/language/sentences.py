"""Says in one sentence what is wrong where the parser stopped, and what would help.

First the slips that can be told from the text; then an index from (parser state, kind of token) to a code, built from
bad examples when the first error happens; then what the parser could have gone on with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache

from checker.core.rule import Span
from checker.core.value import evolve
from checker.language.fault import Fault, Faulty
from checker.language.layout import lay_out
from checker.language.shapes import SHAPES
from checker.language.slips import SLIPS
from checker.language.syntax import Stop, read

DECLARING = ("rule", "concept", "define", "use", "override", "skip")
CLAUSES = (
    "kind",
    "these",
    "when",
    "in",
    "except",
    "severity",
    "tolerance",
    "because",
    "aka",
    "required",
    "see",
    "tick",
    "tags",
    "effective",
    "xbrl",
)
KEY_WORDS = (*DECLARING, *CLAUSES, "each")
_RELATION = "a rule compares two sides, as in `Total assets = Total liabilities + Total equity`"

SENTENCES: dict[str, tuple[str, str | None]] = {
    "E100": ("", None),
    "E110": (
        "a value is missing after the operator",
        "a line that ends in an operator is not continued; begin the next line with it",
    ),
    "E111": (
        "two values stand side by side: an operator (+ - * /) is missing",
        "if both belong to one caption, put the whole caption in quotes",
    ),
    "E112": ("this is only a value", _RELATION),
    "E113": ("a closing parenthesis is missing", None),
    "E114": ("one closing parenthesis too many", None),
    "E115": ("only one comparison in a relation", "write the second one on a line of its own"),
    "E116": (
        "`is` is followed by reported, missing, positive, negative or zero, perhaps with `not`",
        "tests stand in `when`",
    ),
    "E117": (
        "a function takes its items between semicolons",
        "commas belong to names: `max(Revenues, net; Net sales)` has two items",
    ),
    "E118": (
        "`?` comes last; nothing can follow it among alternatives",
        "write it once, behind the last one: `Cash | Bank?`",
    ),
    "E119": ("the bracket is not closed", "close it with `]`; several words are separated by `;`"),
    "E120": ("a rule begins with an id", 'as in `rule gross-profit "Gross profit is what revenues leave"`'),
    "E121": (
        "after the id comes a title in quotes or nothing; relations stand below, indented",
        "an id has no blanks: `gross-profit`",
    ),
    "E122": ("severity is error, warning or note", "then perhaps `; error above 250 thousand`"),
    "E123": ("tolerance is rounding, exact, or an amount such as `2 units`, `5 thousand`, `0.1%`", None),
    "E124": ("a reason stands in quotes", 'as in `because "Regulation S-X 5-03"`'),
    "E125": ("at least one indented line must follow", f"add a line: {_RELATION}"),
    "E126": ("a line of a concept is `aka`, `xbrl`, or words such as `duration, currency, credit`", None),
    "E127": (
        "a definition is `define Name = expression`",
        "as in `define Gross margin = Gross profit / Revenues   as percent`",
    ),
    "E128": ("names in a list are separated by `;`", "between quoted names a comma will do"),
    "E130": ("a name with this sign stands in quotes", 'as in `"Notes payable - related parties"`'),
    "E131": ("write `effective from 2018-01-01 to 2020-12-31`, or one half of it", None),
    "E132": ("clauses stand on lines of their own, indented", None),
    "E137": ("a bracket holds words", "as in `Net income[cash flow]`"),
    "E146": ("a condition compares or tests", "as in `when Revenues is reported` or `when Revenues > 0`"),
    "E147": ("two conditions are joined with AND or OR", 'in capitals: captions are full of "and"'),
    "E149": ("an id, a pack or a pattern such as us-gaap/bank/* is expected, without quotes", None),
    "E151": (
        "a rule is of kind identity, bound, covenant or expectation",
        "what it is when nothing is said follows from its comparison",
    ),
    "E150": ("a tag has a prefix, as in `us-gaap:Revenues`", None),
}
"""What each code says after naming the place, and what helps."""

HUMAN = {
    "NAME": "a name",
    "QUOTED": 'a "quoted name"',
    "AMOUNT": "a number",
    "COMPARISON": "= < <= > >=",
    "UNEQUAL": "!=",
    "_EQUALS": "=",
    "SIGN": "+ or -",
    "SCALE": "* or /",
    "LPAR": "(",
    "RPAR": ")",
    "FUNCTION": "abs( min( max(",
    "_NL": "a new line",
    "$END": "the end",
    "_AND": "AND",
    "_OR": "OR",
    "NOT": "NOT",
    "TEST": "is reported (missing, positive, negative, zero)",
    "LSQB": "[",
    "RSQB": "]",
    "_SEMICOLON": ";",
    "QUESTION": "?",
    "_BAR": "|",
    "PREFIX": "prior, preceding, opening, closing",
    "EACH": "each ...",
    "ID": "an id",
    "_COMMA": ",",
    "PATH": "an id or a pack such as us-gaap/bank",
    "LEVEL": "error, warning or note",
    "TOLERATED": "rounding or exact",
    "PROPERTY": "duration, instant, currency, credit, debit ...",
    "AS": "as percent (ratio, times, days ...)",
    "_SUM_OF": "sum of, then one signed line each",
    "DATE": "a date such as 2018-01-01",
    "QNAME": "a tag such as us-gaap:Revenues",
    "WORDS": "words",
    "MINUS": "minus",
    "_ABOVE": "above",
}


def explain(stop: Stop, text: str, span: Span) -> Fault:
    """The fault at which a declaration (the stretch `span` of the text as laid out) could not go on."""
    placed = _placed(stop, text, span)
    for slip in (*SLIPS, *_SLIPS):
        fault = slip(placed, text, span)
        if fault is not None:
            return fault
    code = _index().get((stop.state, stop.kind)) or _guess(stop)
    return _hinted(_worded(_refined(code, placed, text, span), placed), text, span)


def _placed(stop: Stop, text: str, span: Span) -> Stop:
    """Where the line or the declaration ends, the place is behind the last character that is there."""
    if stop.kind not in ("$END", "_NL"):
        return evolve(stop, span=(stop.span[0], stop.span[0] + max(1, len(stop.text.split("\n")[0].rstrip(" \x1f")))))
    end = span[0] + len(text[span[0] : stop.span[0]].rstrip())
    return evolve(stop, span=(end, end))


def _worded(code: str, stop: Stop) -> Fault:
    sentence, hint = SENTENCES[code]
    what = (
        "the line ends here"
        if stop.kind in ("$END", "_NL")
        else f"`{' '.join(stop.text.split())}` is not expected here"
    )
    possible = ", ".join(
        sorted({HUMAN.get(kind, kind.strip("_").lower()) for kind in stop.possible if kind != "BLANKS"})[:8]
    )
    return Fault(
        code,
        stop.span,
        f"{what}; {sentence}" if sentence else what,
        hint or (f"possible here: {possible}" if possible else None),
    )


@cache
def _index() -> dict[tuple[int, str], str]:
    index: dict[tuple[int, str], str] = {}
    for code, shapes in SHAPES.items():
        for shape in shapes:
            for key in _keys(shape):
                index.setdefault(key, code)
    return index


def _keys(shape: str) -> Iterable[tuple[int, str]]:
    layout = lay_out(shape)
    for span in layout.declarations:
        try:
            outcome = read(layout.text, span)
        except Faulty:
            continue
        if isinstance(outcome, Stop):
            yield outcome.state, outcome.kind


def _guess(stop: Stop) -> str:
    """A code from what the parser could have gone on with."""
    ends = stop.kind in ("$END", "_NL")
    if ends and "RSQB" in stop.possible:
        return "E119"
    if ends and "RPAR" in stop.possible:
        return "E113"
    if {"NAME", "AMOUNT", "QUOTED"} <= stop.possible:
        return "E110"
    if stop.kind == "RPAR":
        return "E114"
    if "SIGN" in stop.possible and stop.kind in ("NAME", "QUOTED", "AMOUNT", "LPAR", "FUNCTION", "PREFIX"):
        return "E111"
    return "E100"


# ---- slips that the text gives away ----------------------------------------------------------------------------------


def _line(stop: Stop, text: str, span: Span) -> tuple[int, str]:
    """Where the line of a stop begins (behind its blanks) and its text up to the end."""
    start = max(span[0], text.rfind("\n", span[0], stop.span[0]) + 1)
    end = text.find("\n", stop.span[0], span[1])
    line = text[start : end if end >= 0 else span[1]]
    return start + len(line) - len(line.lstrip(" \x1f")), line.strip(" \x1f")


_NO_TEST = re.compile(r"\bis +(?:not +)?(?!(?:reported|missing|positive|negative|zero)$)[a-z]+$")


def _refined(code: str, stop: Stop, text: str, span: Span) -> str:
    """A sharper code where the line says more than the state of the parser."""
    _, line = _line(stop, text, span)
    if code in ("E112", "E146") and _NO_TEST.search(line):
        return "E116"
    if code == "E111" and re.match(r"is(?![^ \n\x1f])", text[stop.span[0] : span[1]]):
        return "E116"
    if code == "E127" and line.startswith("concept"):
        return "E130"
    if (
        code == "E111"
        and line.startswith("when ")
        and re.match(r"(?:and|or)(?![^ \n\x1f])", text[stop.span[0] : span[1]])
    ):
        return "E147"
    if code == "E100" and line.startswith("rule ") and text.startswith("rule", span[0]):
        return "E121"
    return code


_WORDED = re.compile(r" (?:is|are|equals?|should be|must be|minus|less|plus|times|divided by)(?: |$)")
_EXPONENT = re.compile(r"(?<=\d) ?e\d+(?![\w%])", re.IGNORECASE)
_AMOUNTS = "amounts are written 1,500,000, $1.5 million, 25%, 50 basis points"
_PROSE = (
    "words are no operators: `=` stands for is or equals, `-` for less or minus, as in `Gross profit = Revenues "
    "- Cost of revenues`"
)


def _hinted(fault: Fault, text: str, span: Span) -> Fault:
    """The fault with a hint that fits the line better than that of its code."""
    start = text.rfind("\n", 0, fault.span[0]) + 1
    if fault.code == "E112" and _WORDED.search(text[max(start, span[0]) : fault.span[0]]):
        return evolve(fault, help=_PROSE)
    if fault.code == "E111" and any(
        found.end() > fault.span[0] >= found.start() for found in _EXPONENT.finditer(text, start, span[1])
    ):
        return Fault(
            fault.code,
            fault.span,
            f"`{text[fault.span[0] : fault.span[1]].strip()}` says nothing behind a number",
            _AMOUNTS,
        )
    return fault


def _quote(stop: Stop, text: str, span: Span) -> Fault | None:
    if stop.kind or stop.text not in '"“':
        return None
    end = text.find("\n", stop.span[0], span[1])
    stretch = (stop.span[0], end if end >= 0 else span[1])
    return Fault(
        "E101",
        stretch,
        "the quote is not closed",
        'a quote inside a quoted name is written twice: "so-called ""other"" items"',
    )


def _twice(stop: Stop, text: str, span: Span) -> Fault | None:
    if stop.text[:1] == "=" and text[stop.span[0] - 1 : stop.span[0]] == "=":
        at = stop.span[0]
        return Fault(
            "E103",
            (at - 1, at + 1),
            "one `=` is enough",
            "a rule states that its sides are equal",
            fix=(((at, at + 1), ""),),
        )
    return None


def _formula(stop: Stop, text: str, span: Span) -> Fault | None:
    if stop.text[:1] != "=" or text[span[0] : stop.span[0]].rstrip(" ")[-1:] not in ("", "\n", "\x1f"):
        return None
    return Fault(
        "E110",
        stop.span,
        "the left side is missing",
        "a rule names both sides by their captions; cells of a sheet such as B5 have no names here",
    )


def _arrow(stop: Stop, text: str, span: Span) -> Fault | None:
    at = stop.span[0]
    if text[at - 1 : at + 1] not in ("=>", "=<"):
        return None
    turned = f"{text[at]}="
    return Fault(
        "E103",
        (at - 1, at + 1),
        f"`{text[at - 1 : at + 1]}` is written `{turned}`",
        None,
        fix=(((at - 1, at + 1), turned),),
    )


def _apostrophes(stop: Stop, text: str, span: Span) -> Fault | None:
    at = stop.span[0]
    found = re.match(r"['‘]([^'’\n\x1f]+)['’]", text[at : span[1]])
    if found is None:
        return None
    stretch = (at, at + found.end())
    return Fault(
        "E130",
        stretch,
        "single quotes belong to names",
        f'a name is quoted so: "{found[1]}"',
        fix=((stretch, f'"{found[1]}"'),),
    )


_LOGIC = ("_AND", "_OR", "NOT", "TEST", "UNEQUAL")


def _logic(stop: Stop, text: str, span: Span) -> Fault | None:
    _, line = _line(stop, text, span)
    if stop.kind not in _LOGIC or line.split(" ")[0] in CLAUSES:
        return None
    hint = "a rule is one comparison; a second one stands on a line of its own, a condition in `when`"
    return Fault("E135", stop.span, f"`{' '.join(stop.text.split())}` stands only in `when`", hint)


def _indented(stop: Stop, text: str, span: Span) -> Fault | None:
    start, line = _line(stop, text, span)
    word = line.split(" ")[0]
    if start == span[0]:
        if word in CLAUSES:
            return Fault(
                "E140", (start, start + len(word)), f"`{word}` belongs to the declaration above it", "indent the line"
            )
        return None
    if word == "xbrl" and not text.startswith("concept", span[0]):
        return Fault(
            "E143",
            (start, start + len(word)),
            "`xbrl` says nothing of what it stands under",
            "tags of a taxonomy belong to a `concept`",
        )
    if word in DECLARING:
        return Fault(
            "E136",
            (start, start + len(word)),
            f"`{word}` begins a declaration, and the line is indented",
            "begin it in the first column",
        )
    return None


def _misspelled(stop: Stop, text: str, span: Span) -> Fault | None:
    start, line = _line(stop, text, span)
    word = line.split(" ")[0].rstrip(":")
    if (
        word in KEY_WORDS
        or _index().get((stop.state, stop.kind)) not in ("E112", "E126", "E111", "E100", None)
        or not word.isalpha()
    ):
        return None
    known = KEY_WORDS if start > span[0] else (*DECLARING, "each")
    if word.lower() in known:
        at = (start, start + len(word))
        return Fault("E104", at, f"key words are lower case: `{word.lower()}`", None, fix=((at, word.lower()),))
    close = get_close_matches(word, known, 1, 0.75) if word[0].islower() else []
    at = (start, start + len(word))
    return (
        Fault("E104", at, f"`{word}` is no key word", f"did you mean `{close[0]}`?", fix=((at, close[0]),))
        if close
        else None
    )


def _sign(stop: Stop, text: str, span: Span) -> Fault | None:
    if stop.kind or (stop.text.isalnum() and not stop.text.isdigit()) or stop.text in ",:;?()[]":
        return None
    if re.match(r"each\b|because\b", _line(stop, text, span)[1]):
        return None
    return _worded("E130", stop)


def _address(stop: Stop, text: str, span: Span) -> Fault | None:
    _, line = _line(stop, text, span)
    if not line.startswith("use ") or not re.search(r"\.\.|//|[\\:*]", line):
        return None
    return Fault(
        "E144",
        stop.span,
        "`use` takes packs and files below the rules folders, never addresses or patterns",
        "name it as ids do: `use us-gaap` or `use house/common`",
    )


def _comma(stop: Stop, text: str, span: Span) -> Fault | None:
    if stop.text != "," and stop.kind != "_COMMA":
        return None
    _, line = _line(stop, text, span)
    if line.split(" ")[0] == "when":
        return _worded("E147", stop)
    before = text[span[0] : stop.span[0]]
    if before.count("(") > before.count(")"):
        return _worded("E117", stop)
    return None


_SLIPS: tuple[Callable[[Stop, str, Span], Fault | None], ...] = (
    *(_quote, _apostrophes, _address, _twice, _formula, _arrow),
    *(_indented, _logic, _misspelled, _comma, _sign),
)
