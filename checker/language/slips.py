"""What people bring along from spreadsheets, from programs and from prose, told from the text where the parser stopped:
what to write instead and, where that is beyond doubt, the text put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from checker.core.rule import Span
from checker.core.value import evolve
from checker.language.fault import Fault
from checker.language.syntax import Stop
from checker.lexicon import time

Slip = Callable[[Stop, str, Span], Fault | None]

_BREAKS = "\n\x1f"
_CLOSING = {"[": "]", "{": "}"}


def _line(at: int, text: str, span: Span) -> Span:
    """The line on which a character stands, continued ones apart, without the blanks around it."""
    start = max(span[0], *(text.rfind(mark, span[0], at) + 1 for mark in _BREAKS))
    ends = [end for mark in _BREAKS if (end := text.find(mark, at, span[1])) >= 0]
    end = min(ends, default=span[1])
    line = text[start:end]
    return start + len(line) - len(line.lstrip(" ")), start + len(line.rstrip(" "))


def brackets(stop: Stop, text: str, span: Span) -> Fault | None:
    """`[A - B]`, `{A - B}` for `(A - B)`."""
    at = stop.span[0]
    opening = text[at : at + 1]
    if opening not in _CLOSING or "LPAR" not in stop.possible:
        return None
    close = text.find(_CLOSING[opening], at, _line(at, text, span)[1])
    fix = (((at, at + 1), "("), ((close, close + 1), ")")) if close > 0 else ()
    hint = "what belongs together stands in round brackets; square ones narrow a name: `Net income[cash flow]`"
    return Fault("E153", (at, at + 1), f"`{opening}` holds no part of a calculation", hint, fix=fix)


def unequal(stop: Stop, text: str, span: Span) -> Fault | None:
    """`<>` for `!=`."""
    at = stop.span[0]
    if text[at - 1 : at + 1] != "<>":
        return None
    asked = text.startswith("when ", _line(at, text, span)[0])
    hint = (
        None
        if asked
        else (
            "a rule says what must hold: `=`, `<`, `<=`, `>`, `>=`; that two amounts differ can only be a "
            "condition, in `when`"
        )
    )
    return Fault(
        "E103", (at - 1, at + 1), "`<>` is written `!=`", hint, fix=(((at - 1, at + 1), "!="),) if asked else ()
    )


_COMMENT = re.compile(r"//|/\*|--|;")


def comments(stop: Stop, text: str, span: Span) -> Fault | None:
    """A comment that begins as in programs."""
    start, end = _line(stop.span[0], text, span)
    found = _COMMENT.match(text, start)
    if found is None or stop.span[0] > found.end():
        return None
    fix = () if found[0] == "/*" else ((found.span(), "#"),)
    return Fault("E154", (start, end), f"`{found[0]}` begins no comment", "a comment begins with `#`", fix=fix)


_POINTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d,.])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2}|\d{4,})(?![\d,.])")


def decimal_commas(stop: Stop, text: str, span: Span) -> Fault | None:
    """`1,25` for `1.25`."""
    for found in _DECIMAL_COMMA.finditer(text, *_line(stop.span[0], text, span)):
        if found.start() <= stop.span[0] <= found.end():
            written = f"{found[1].replace('.', '')}.{found[2]}"
            hint = f"decimals stand behind a point: `{written}`; commas part thousands"
            return Fault(
                "E155", found.span(), f"`{found[0]}` has a decimal comma", hint, fix=((found.span(), written),)
            )
    for found in _POINTED.finditer(text, *_line(stop.span[0], text, span)):
        if found.start() < stop.span[0] < found.end():
            written = found[0].replace(".", ",")
            return Fault(
                "E155",
                found.span(),
                "thousands are parted by commas",
                f"write `{written}`",
                fix=((found.span(), written),),
            )
    return None


_POWER = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(?:\^|\*\*) ?([23])(?!\d)")


def powers(stop: Stop, text: str, span: Span) -> Fault | None:
    """`1.1^2`."""
    at = stop.span[0]
    if text[at : at + 1] != "^" and text[at - 1 : at + 1] != "**":
        return None
    found = next((one for one in _POWER.finditer(text, *_line(at, text, span)) if one.start() < at < one.end()), None)
    fix = ((found.span(), " * ".join([found[1]] * int(found[2]))),) if found else ()
    return Fault("E156", (at, at + 1), "there are no powers", "multiply as often as needed: `1.1 * 1.1`", fix=fix)


SHORT_SCALES: Mapping[str, str] = {
    "m": "million",
    "mn": "million",
    "mm": "million",
    "mio": "million",
    "k": "thousand",
    "bn": "billion",
    "b": "billion",
}
_SHORT_UNITS: Mapping[str, str] = {
    "percent": "%",
    "per cent": "%",
    "pct": "%",
    "bp": " basis points",
    "bps": " basis points",
}
_CURRENCIES: Mapping[str, str] = {
    "$": r"(?:US )?dollars?|USD|US\$",
    "€": "euros?|EUR",
    "£": "pounds?(?: sterling)?|GBP",
    "¥": "yen|JPY",
}
_SHORT = re.compile(rf"([{''.join(_CURRENCIES)}]?[\d,]*\.?\d+) ?(per cent|[a-z]+|[KMB])(?![\w%])")
_SIGNED = "|".join(f"(?P<c{number}>{words})" for number, words in enumerate(_CURRENCIES.values()))
_WORDS = "|".join(
    f"(?P<c{number}>{words})" for number, words in enumerate(("(?:US )?dollars?", "euros?", "pounds?", "yen"))
)
"""Before a number only words are no currency: signs and codes are written there."""
_SCALED = r"([\d,]*\.?\d+(?: (?:thousand|million|billion|trillion))?)"
_BEHIND = re.compile(rf"{_SCALED} (?:{_SIGNED})(?![^ \n\x1f;)])")
_BEFORE = re.compile(rf"(?:{_WORDS}) ?{_SCALED}(?![\w.])")


def units(stop: Stop, text: str, span: Span) -> Fault | None:
    """`$5m`, `500k`, `12 pct`, `500 thousand dollars`, `euros 5 million`."""
    at, line = stop.span[0], _line(stop.span[0], text, span)
    for found in _SHORT.finditer(text, *line):
        word = found[2]
        if not found.start() < at <= found.end():
            continue
        if word in ("K", "M", "B"):
            if found.end(1) < found.start(2):
                continue
            meant = "a million, or of old a thousand" if word == "M" else SHORT_SCALES[word.lower()]
            return Fault(
                "E157",
                found.span(),
                f"`{word}` is no scale",
                f"write the word: `{word}` is {meant} to those who use it",
            )
        written = found[1] + (f" {SHORT_SCALES[word]}" if word in SHORT_SCALES else _SHORT_UNITS.get(word, ""))
        if written != found[1]:
            return Fault(
                "E157",
                found.span(),
                f"`{word}` says nothing behind a number",
                f"write `{written}`",
                fix=((found.span(), written),),
            )
    for pattern in (_BEHIND, _BEFORE):
        for found in pattern.finditer(text, *line):
            if found.start() <= at <= found.end():
                sign = next(sign for number, sign in enumerate(_CURRENCIES) if found[f"c{number}"])
                written = sign + next(one for one in found.groups() if one and one[0] in "0123456789,.")
                return Fault(
                    "E157",
                    found.span(),
                    "a currency is its sign or code before the number",
                    f"write `{written}`",
                    fix=((found.span(), written),),
                )
    return None


_REASONS = frozenset({"reason", "why", "rationale", "source", "reference", "note", "comment", "Because", "Reason"})


def reasons(stop: Stop, text: str, span: Span) -> Fault | None:
    """`reason "..."` for `because "..."`."""
    start, _ = _line(stop.span[0], text, span)
    found = re.match(r"([A-Za-z]+):? *(?=[\"“])", text[start : span[1]])
    if found is None or found[1] not in _REASONS or start == span[0]:
        return None
    word = (start, start + len(found[0].rstrip()))
    return Fault(
        "E104", word, f"`{found[1]}` is no key word", "a reason is told by `because`", fix=((word, "because"),)
    )


def titles(stop: Stop, text: str, span: Span) -> Fault | None:
    """A quote that is opened before a title or a reason and never closed."""
    at, (start, end) = stop.span[0], _line(stop.span[0], text, span)
    if stop.kind or stop.text not in '"“' or not re.match(r"(?:rule +[\w-]+|because|aka|xbrl) *$", text[start:at]):
        return None
    if any(mark in text[at + 1 : end] for mark in '"”'):
        return None
    closing = '"' if stop.text == '"' else "”"
    return Fault(
        "E101",
        (at, end),
        "the quote is not closed",
        f"end it with `{closing}` on the same line",
        fix=(((end, end), closing),),
    )


_ASKED = re.compile(r"(?:if|whenever)(?= )")


def conditions(stop: Stop, text: str, span: Span) -> Fault | None:
    """`if A > 0 and B <> 0` for a condition."""
    start, end = _line(stop.span[0], text, span)
    found = _ASKED.match(text, start, end)
    if found is None or start == span[0]:
        return None
    hint = "a condition is a line of its own that begins with `when`"
    return Fault("E152", found.span(), f"`{found[0]}` begins no condition", hint, fix=((found.span(), "when"),))


_LISTED = re.compile(r"sum\(([^()\n\x1f]*;[^()\n\x1f]*)\)", re.IGNORECASE)


def sums_of_lists(stop: Stop, text: str, span: Span) -> Fault | None:
    """`SUM(A; B)`."""
    for found in _LISTED.finditer(text, *_line(stop.span[0], text, span)):
        if found.start() < stop.span[0] < found.end():
            written = f"({' + '.join(one.strip() for one in found[1].split(';'))})"
            return Fault(
                "E148",
                (found.start(), found.start() + 4),
                "there is no function `sum(`",
                f"write `{written}`",
                fix=((found.span(), written),),
            )
    return None


def joined_conditions(stop: Stop, text: str, span: Span) -> Fault | None:
    """`when A > 0 and B > 0`."""
    at = stop.span[0]
    found = re.compile(r"(and|or|not)(?![^ ])").match(text, at)
    if found is None or not text.startswith("when ", _line(at, text, span)[0]) or not {"_AND", "_OR"} & stop.possible:
        return None
    hint = f'in capitals, `{found[1].upper()}`: captions are full of "{found[1]}"'
    return Fault(
        "E147", found.span(), "two conditions are joined with AND or OR", hint, fix=((found.span(), found[1].upper()),)
    )


_CALLED: Mapping[str, str] = {
    "if": "a condition is a line of its own below the relation: `when Gross profit > 0`",
    "iferror": "what may be missing takes a question mark: `Inventory?` is zero where none is reported",
    "isblank": "a condition tests: `when Inventory is reported`",
    "round": "nothing has to be rounded: a printed amount stands for all that it may have been rounded from",
    "sum": "write the operators, or `sum of` at the end of the line and one signed line for each term below it",
    "and": "conditions are joined by AND, in `when`",
    "or": "conditions are joined by OR, in `when`",
}
_ROUND = re.compile(r"ROUND\((.*?),? *-?\d+ *\)$|round\((.*?),? *-?\d+ *\)$", re.IGNORECASE)


def functions(stop: Stop, text: str, span: Span) -> Fault | None:
    """A function of a spreadsheet: `IF(`, `ROUND(`, `ABS(`."""
    word = re.search(r"([A-Za-z]+)$", text[span[0] : stop.span[0]])
    if stop.kind != "LPAR" or word is None:
        return None
    at, end = (stop.span[0] - len(word[1]), stop.span[1]), _line(stop.span[0], text, span)[1]
    if word[1].lower() in ("abs", "min", "max"):
        return Fault(
            "E148",
            at,
            f"`{word[1]}(` is written in lower case",
            "items are separated by `;`",
            fix=((at, f"{word[1].lower()}("),),
        )
    fix: tuple[tuple[Span, str], ...] = ()
    if word[1].lower() == "round" and (found := _ROUND.match(text[at[0] : end])):
        fix = (((at[0], end), f"({(found[1] or found[2]).rstrip()})"),)
    hint = _CALLED.get(word[1].lower(), "the functions are abs( min( max(")
    return Fault("E148", at, f"there is no function `{word[1]}(`", hint, fix=fix)


def ids(stop: Stop, text: str, span: Span) -> Fault | None:
    """`rule gross profit "title"`, `rule: gross-profit`."""
    start, end = _line(stop.span[0], text, span)
    if start != span[0]:
        return None
    found = re.match(r'rule +([^\W_][\w-]*(?: +[^\W_][\w-]*)+)(?= *(?:["“]|$))', text[start:end])
    if found is not None:
        slug = "-".join(found[1].split())
        name = (start + found.start(1), start + found.end(1))
        return Fault("E121", name, f"`{found[1]}` is no id", f"an id has no blanks: `{slug}`", fix=((name, slug),))
    colon = re.match(r"(rule|define|concept|use|skip|override) ?:", text[start:end])
    if colon is None or stop.kind not in ("$END", "_NL", "", "_COLON"):
        return None
    edits = [((start, start + colon.end()), colon[1])]
    edits += [
        (one.span(1), "")
        for one in re.compile(r"[\n\x1f] *((?:relation|formula|check|equation|test) ?: *)").finditer(text, *span)
    ]
    hint = "`rule gross-profit`, and the relation below it, indented"
    return Fault("E104", (start, start + colon.end()), "a key word takes no colon", hint, fix=tuple(edits))


def ends(stop: Stop, text: str, span: Span) -> Fault | None:
    """A semicolon at the end of a line, as in programs."""
    at = stop.span[0]
    if text[at : at + 1] != ";" or text[at + 1 : span[1]].split("\n")[0].strip(" \x1f"):
        return None
    return Fault(
        "E100",
        (at, at + 1),
        "nothing ends with `;`",
        "leave it out; a line ends where it ends",
        fix=(((at, at + 1), ""),),
    )


_COMPARED = re.compile(r" (<=|>=|<|>|=|≤|≥) ")


def chains(stop: Stop, text: str, span: Span) -> Fault | None:
    """`20% <= A <= 30%`."""
    start, end = _line(stop.span[0], text, span)
    signs = [one for one in _COMPARED.finditer(text, start, end) if text[start : one.start()].count('"') % 2 == 0]
    if (
        len(signs) != 2
        or stop.span[0] != signs[1].start(1)
        or text.count("(", start, stop.span[0]) != text.count(")", start, stop.span[0])
    ):
        return None
    middle = text[signs[0].end() : signs[1].start()]
    asked = text.startswith("when ", start)
    indent = start - max(text.rfind("\n", 0, start), 0) - 1 if start > span[0] else 0
    said = f" AND {middle}" if asked else f"\n{' ' * indent}{middle}"
    hint = (
        f"two comparisons are joined: `{middle} {signs[1][1]} …`"
        if asked
        else f"write the second one on a line of its own: `{middle} {signs[1][1]} …`"
    )
    at = signs[1].start()
    return Fault("E115", signs[1].span(1), "one comparison a line", hint, fix=(((at, at), said),))


_PROSE = (
    (" divided by ", " / "),
    (" equals ", " = "),
    (" equal ", " = "),
    (" minus ", " - "),
    (" plus ", " + "),
    (" times ", " * "),
)


def prose(stop: Stop, text: str, span: Span) -> Fault | None:
    """`Gross profit equals Revenues minus Cost of revenues`."""
    start, end = _line(stop.span[0] - 1, text, span)
    line = text[start:end]
    if stop.kind not in ("$END", "_NL") or " equals " not in line or any(sign in line for sign in '=<>"'):
        return None
    edits = [
        ((start + at.start(), start + at.end()), sign) for words, sign in _PROSE for at in re.finditer(words, line)
    ]
    hint = (
        "words are no operators: `=` stands for is or equals, `-` for less or minus, as in `Gross profit = "
        "Revenues - Cost of revenues`"
    )
    return Fault("E112", (end, end), "the line ends here; this is only a value", hint, fix=tuple(edits))


_BETWEEN = re.compile(r"(.*\S) (?:is )?between (.+) and (.+)")


def corridors(stop: Stop, text: str, span: Span) -> Fault | None:
    """`Cash between €100 million and €200 million`."""
    start, end = _line(stop.span[0] - 1, text, span)
    found = _BETWEEN.fullmatch(text[start:end])
    if stop.kind not in ("$END", "_NL") or found is None or text.startswith("when ", start):
        return None
    indent = start - max(text.rfind("\n", 0, start), 0) - 1 if start > span[0] else 0
    written = f"{found[1]} >= {found[2]}\n{' ' * indent}{found[1]} <= {found[3]}"
    return Fault(
        "E112",
        (start + len(found[1]) + 1, end),
        "a corridor is two bounds",
        f"write each on a line of its own: `{found[1]} >= {found[2]}`, `{found[1]} <= {found[3]}`",
        fix=(((start, end), written),),
    )


_SO_MUCH = re.compile(r" *(?:\+ ?/ ?[-−–]|±) *(\S.*)$")


def allowances(stop: Stop, text: str, span: Span) -> Fault | None:
    """`Total assets = Total liabilities and equity +/- 1`."""
    start, end = _line(stop.span[0], text, span)
    found = _SO_MUCH.search(text, start, end)
    if found is None or not found.start() <= stop.span[0] <= found.end() or text.startswith("tolerance", start):
        return None
    indent = max(start - text.rfind("\n", 0, start) - 1, 0) if start > span[0] else 0
    much = f"{found[1]} {'unit' if found[1] == '1' else 'units'}" if found[1].isdigit() else found[1]
    below = f"\n{' ' * (indent or 4)}tolerance {much}"
    fix = (((found.start(), end), below),) if indent else ()
    hint = f"what rounding explains is allowed anyway; more is a clause below the relation: `tolerance {much}`"
    return Fault("E110", (found.start(), end), "a tolerance stands on a line of its own", hint, fix=fix)


_NEARLY = re.compile(r" (~=?|≈|≅|≃|about|approximately|approx\.?) ")


def nearly(stop: Stop, text: str, span: Span) -> Fault | None:
    """`Total assets ~ Total liabilities and equity`."""
    start, end = _line(stop.span[0] - (stop.kind in ("_NL", "$END")), text, span)
    found = next((one for one in _NEARLY.finditer(text, start, end) if one.start(1) <= stop.span[0]), None)
    if (
        found is None
        or text.startswith(("rule ", "because ", "#"), start)
        or any(sign in text[start:end] for sign in "=<>")
    ):
        return None
    hint = "what rounding explains is allowed anyway; more is a clause: `tolerance 2 units`"
    return Fault("E103", found.span(1), f"`{found[1]}` is written `=`", hint, fix=((found.span(1), "="),))


_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})")
_MONTHS = {name.lower(): number for name, number in time.MONTH.items()}
_WORDED = re.compile(r"(?:([A-Za-z]+)\.? (\d{1,2}),? (\d{4})|(\d{1,2}) ([A-Za-z]+)\.? (\d{4}))")


def dates(stop: Stop, text: str, span: Span) -> Fault | None:
    """`effective from 12/31/2012`, `effective from December 31, 2012`."""
    start, end = _line(stop.span[0], text, span)
    if not text.startswith("effective ", start):
        return None
    numeric = [(int(one[1]), int(one[3]), int(one[4]), one.span()) for one in _NUMERIC.finditer(text, start, end)]
    if numeric:
        month_first = all(one <= 12 and other <= 31 for one, other, _, _ in numeric)
        day_first = all(one <= 31 and other <= 12 for one, other, _, _ in numeric)
        said = [f"{year}-{one:02}-{other:02}" for one, other, year, _ in numeric] if month_first else []
        turned = [f"{year}-{other:02}-{one:02}" for one, other, year, _ in numeric] if day_first else []
        hint = " or ".join(dict.fromkeys(f"`{days[0]}`" for days in (said, turned) if days)) or "`2018-12-31`"
        certain = (said or turned) if not (said and turned) or said == turned else []
        fix = tuple((place, day) for (_, _, _, place), day in zip(numeric, certain, strict=False))
        return Fault("E131", numeric[0][3], "a day is written year, month, day", f"write {hint}", fix=fix)
    worded = _WORDED.search(text, start, end)
    month_name, day_said, said_year = (
        (worded[1] or worded[5], worded[2] or worded[4], worded[3] or worded[6]) if worded else ("", "", "")
    )
    if worded is None or month_name.lower() not in _MONTHS:
        return None
    written = f"{said_year}-{_MONTHS[month_name.lower()]:02}-{int(day_said):02}"
    return Fault(
        "E131",
        worded.span(),
        "a day is written year, month, day",
        f"write `{written}`",
        fix=((worded.span(), written),),
    )


def tolerances(stop: Stop, text: str, span: Span) -> Fault | None:
    """`tolerance +/- 2 units`."""
    found = re.compile(r"(?:\+ ?/ ?-|±|\+-) *").match(text, stop.span[0])
    if found is None or not text.startswith("tolerance ", _line(stop.span[0], text, span)[0]):
        return None
    return Fault(
        "E123", found.span(), "a tolerance counts in both directions", "leave the signs out", fix=((found.span(), ""),)
    )


def unquoted(stop: Stop, text: str, span: Span) -> Fault | None:
    """`because Regulation S-X`."""
    at, (start, end) = stop.span[0], _line(stop.span[0], text, span)
    if text[start:at].strip(" ") != "because" or any(mark in text[at:end] for mark in '"“”'):
        return None
    said = text[at:end].strip("'‘’ ")
    return Fault(
        "E124", (at, end), "a reason stands in quotes", f'as in `because "{said}"`', fix=(((at, end), f'"{said}"'),)
    )


_CLAUSE = re.compile(
    r"(?:because|when|severity|tolerance|in|kind|required|see|tick|tags|effective|except|these)(?![^ \n\x1f])"
)


def _below(end: int, text: str, span: Span) -> Iterator[Span]:
    """The lines of the declaration below a line, up to the first that compares or begins with a word for clauses."""
    while end < span[1] and text[end : end + 1] in ("\n", "\x1f"):
        start, stop = _line(end + 1, text, span)
        if _COMPARED.search(text, start, stop) or _CLAUSE.match(text, start, stop):
            return
        yield start, stop
        end = stop + len(text[stop : span[1]]) - len(text[stop : span[1]].lstrip(" "))


def sums(stop: Stop, text: str, span: Span) -> Fault | None:
    """Lines below `sum of` without their signs; `sum of A + B` on one line."""
    at = stop.span[0]
    inside = re.compile(r"sum +of +").match(text, at)
    if inside is not None:
        hint = (
            "write the operators alone, or set one signed line for each term below it; `sum of quarters of X` "
            "adds parts"
        )
        return Fault(
            "E139", (at, at + len(inside[0].rstrip())), "`sum of` ends its line", hint, fix=((inside.span(), ""),)
        )
    start, end = _line(at - 1 if stop.kind in ("_NL", "$END") else at, text, span)
    if stop.kind not in ("_NL", "$END") or not re.search(r" sum +of$", text[start:end]):
        return None
    lines = list(_below(_gap(end, text, span), text, span))
    if not lines:
        return None
    said = text[lines[0][0] : lines[0][1]]
    fix = tuple(((begin, begin), "+ ") for begin, _ in lines)
    return Fault(
        "E139",
        (end - 6, end),
        "a line below `sum of` begins with its sign",
        f"write `+ {said}`, or `- {said}`",
        fix=fix,
    )


def _gap(end: int, text: str, span: Span) -> int:
    return end + len(text[end : span[1]]) - len(text[end : span[1]].lstrip(" "))


def operators_at_the_end(stop: Stop, text: str, span: Span) -> Fault | None:
    """A line that ends in an operator, with the rest of it below."""
    start, end = _line(stop.span[0] - 1 if stop.kind in ("_NL", "$END") else stop.span[0], text, span)
    found = re.search(r" +([-+*/−–×÷])$", text[start:end])
    if stop.kind not in ("_NL", "$END") or found is None:
        return None
    below = next(_below(_gap(end, text, span), text, span), None)
    if below is None:
        return None
    fix = (((start + found.start(), end), ""), ((below[0], below[0]), f"{found[1]} "))
    return Fault(
        "E110",
        (end - 1, end),
        "a line that ends in an operator is not continued",
        "begin the next line with the operator",
        fix=fix,
    )


def open_brackets(stop: Stop, text: str, span: Span) -> Fault | None:
    """`A = (B - C` to the end of the line."""
    start, end = _line(stop.span[0] - 1 if stop.kind in ("_NL", "$END") else stop.span[0], text, span)
    line = text[start:end]
    if stop.kind not in ("_NL", "$END") or "RPAR" not in stop.possible or line.count("(") != line.count(")") + 1:
        return None
    if not re.search(r"[=<>] \([^()]*$", line):
        return None
    return Fault(
        "E113",
        (end, end),
        "a closing parenthesis is missing",
        "close it where the part of the calculation ends",
        fix=(((end, end), ")"),),
    )


SLIPS: Sequence[Slip] = (
    *(
        titles,
        comments,
        conditions,
        sums_of_lists,
        brackets,
        unequal,
        decimal_commas,
        powers,
        units,
        reasons,
        joined_conditions,
        functions,
        ids,
        chains,
        prose,
        dates,
        tolerances,
    ),
    *(corridors, allowances, nearly, unquoted, sums, operators_at_the_end, open_brackets, ends),
)


_NEXT_LINE = 200
"""Characters (a comment, blanks at the end of a line) that lie at most between a line and the next."""
_DECLARES = re.compile(r"(?:rule|define|concept|use|override|skip) ")


def indented(fault: Fault, text: str, below: Sequence[Span]) -> Fault:
    """The fault of a rule without lines, where what belongs to it stands below it in the first column: told so, and put
    right."""
    if fault.code == "E140":
        return evolve(fault, fix=(((fault.span[0], fault.span[0]), "    "),))
    if fault.code != "E125":
        return fault
    lines: list[Span] = []
    last = fault.span[1]
    for span in below:
        if (
            _DECLARES.match(text, *span)
            or text.count(" ", last, span[0]) < span[0] - last
            or span[0] - last > _NEXT_LINE
        ):
            break
        lines.append(span)
        last = span[1]
    if not lines:
        return fault
    fix = tuple(((start, start), "    ") for start, _ in lines)
    return evolve(
        fault, message="what belongs to a rule is indented, and nothing is", help="indent the lines below it", fix=fix
    )
