"""What could be typed at a place: words of the language where they can stand, names, captions of the release as a rule
writes them, units, packs, ids.

It looks at the line and the declaration around the place, and at names that were put in order beforehand: it takes no
longer in a large file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from typing import Literal

from checker.core.caption import normal
from checker.core.rule import Rulebook, Span
from checker.core.value import frozen
from checker.functions import FUNCTIONS
from checker.language.check import SENTENCES
from checker.language.layout import code, continues
from checker.language.spelling import in_quotes
from checker.language.syntax import terminals
from checker.serve import words
from checker.serve.looking import Opened
from checker.serve.naming import block
from checker.serve.text import Text

MOST = 100
"""Entries of one list; the editor asks again as more is typed."""

_LONGEST = 1_000

Kind = Literal["keyword", "concept", "definition", "caption", "unit", "pack", "rule", "function"]


@frozen
class Offer:
    """Something that could be typed: as it is listed, as it is written, instead of which stretch."""

    label: str
    written: str
    span: Span
    kind: Kind
    about: str = ""
    near: int = 1
    """What comes first in the list: 0 before 1."""


@frozen
class Known:
    """The names beside a file in the order in which they are searched."""

    book: Rulebook
    opened: Opened | None = None

    @cached_property
    def names(self) -> tuple[tuple[str, str, Kind], ...]:
        """Concepts, definitions and captions by the form in which they compare, each once: what the release prints
        before what is declared."""
        found: dict[str, tuple[str, str, Kind]] = {}
        if self.opened is not None:
            for key, text in self.opened.captions.items():
                found[key] = (key, text, "caption")
        for definition in self.book.definitions:
            key = normal(definition.name)
            found[key] = (key, definition.name, "definition")
        for concept in self.book.concepts:
            key = normal(concept.name)
            if key not in found:
                found[key] = (key, concept.name, "concept")
            for alias in concept.aliases:
                if (other := normal(alias.text)) not in found:
                    found[other] = (other, alias.text, "concept")
        found.pop("", None)
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(key for key, _, _ in self.names)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Rules by id, and the packs and files that they stand in."""
        ids = [rule.id for rule in self.book.rules]
        above = {own[:at] for own in ids for at in range(len(own)) if own[at] == "/"}
        return (*sorted(above), *sorted(ids))

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """What `use` could name."""
        stems = [
            path.removesuffix(".rules")
            for path, _ in self.book.files
            if not path.startswith(("/", "\\")) and path[1:2] != ":"
        ]
        return tuple(sorted({*stems, *(stem[:at] for stem in stems for at in range(len(stem)) if stem[at] == "/")}))

    def like(self, typed: str) -> Iterator[tuple[str, Kind]]:
        """Names that begin as typed, then those with a word that does; captions of the release first when nothing is
        typed."""
        key = normal(typed)
        if not key:
            yield from _captions_first(self.names)
            return
        first = bisect_left(self._keys, key)
        last = first
        while last < len(self.names) and self._keys[last].startswith(key):
            last += 1
        yield from _captions_first(self.names[first:last])
        inside = f" {key}"
        yield from _captions_first(
            [one for index, one in enumerate(self.names) if inside in one[0] and not first <= index < last]
        )


def _captions_first(names: Sequence[tuple[str, str, Kind]]) -> Iterator[tuple[str, Kind]]:
    yield from ((text, kind) for _, text, kind in names if kind == "caption")
    yield from ((text, kind) for _, text, kind in names if kind != "caption")


# ---- spelling --------------------------------------------------------------------------------------------------------

_RESERVED = frozenset(
    {
        "each",
        "not",
        "use",
        *(
            phrase.split()[0]
            for table in (words.DECLARATIONS, words.CLAUSES, words.OF_CONCEPTS, words.PREFIXES)
            for phrase in table
        ),
    }
) | frozenset(
    phrase.split()[0]
    for table in (words.LEVELS, words.KINDS, words.SMALL, words.TOLERANCES, words.PROPERTIES)
    for phrase in table
)
"""Words in lower case with which no bare name begins here, though some of them could: a quoted caption is right
everywhere."""


@frozen
class _Tokens:
    name: re.Pattern[str]
    quoted: re.Pattern[str]


@cache
def _tokens() -> _Tokens:
    found = terminals()
    return _Tokens(re.compile(found["NAME"]), re.compile(found["QUOTED"]))


def spelled(caption: str) -> str:
    """A caption as a rule writes it: bare where that is one name wherever a name can stand, else in quotes."""
    text = " ".join(caption.split())
    bare = _tokens().name.fullmatch(text) is not None and text.split(" ")[0] not in _RESERVED and not text.endswith(":")
    return text if bare else in_quotes(text)


# ---- places ----------------------------------------------------------------------------------------------------------

_OPENS = re.compile(r"[=<>≤≥≠+*×÷|;!(]|(?:^|(?<=\s))[-−–/](?=\s|$)")
_PREFIX = re.compile(
    r"(?:prior|preceding|opening|closing|sum +of +(?:(?:quarters|segments|entities|lines) +of|lines +after)|above|AND|"
    r"OR|NOT)\s+"
)
_FUNCTION = re.compile(rf"(?:{'|'.join(FUNCTIONS)})\(")
_AMOUNT = re.compile(r"\d[\d,.]*(\s*)([a-z%]?[a-z ]*)$")
_TEST = re.compile(r"\bis\s+(?:not\s+)?([a-z]*)$")
_AS = re.compile(r"\sas\s+([a-z ]*)$")
_EVERYWHERE = ("rule", "bare", "override")


def offered(text: Text, offset: int, known: Known) -> tuple[tuple[Offer, ...], bool]:
    """What could be typed at a place, and whether that is all."""
    every = list(islice(_offered(text, offset, known), MOST + 1))
    return tuple(every[:MOST]), len(every) <= MOST


def _offered(text: Text, offset: int, known: Known) -> Iterator[Offer]:
    start = text.starts[text.line_of(offset)]
    line = text.text[start:offset]
    if len(line) > _LONGEST or not code(f"{line}x").endswith("x"):
        return  # inside a comment, or where nothing can stand
    if (quote := _open_quote(line)) is not None:
        yield from _quoted(text, (start + quote, offset), known)
        return
    head, above = _around(text, offset)
    indented = line[:1].isspace()
    owner = head.split(" ")[0] if head.split(" ")[0] in words.DECLARATIONS else "bare"
    if not indented:
        yield from _declaring(line, start, offset, known)
    elif above is not None and continues(code(line + "x"), above):
        yield from _expression(line, start, offset, known)
    else:
        yield from _inside(line, (start, offset), owner, known)


def _open_quote(line: str) -> int | None:
    """Where a quote begins that is still open at the end."""
    at = 0
    quoted = _tokens().quoted
    while (found := re.compile('["“]').search(line, at)) is not None:
        closed = quoted.match(line, found.start())
        if closed is None:
            return found.start()
        at = closed.end()
    return None


def _around(text: Text, offset: int) -> tuple[str, str | None]:
    """The first line of the declaration around a place, and the line above the place that is more than a comment."""
    first, _ = block(text, offset)
    number = text.line_of(offset)
    above = next(
        (body for one in range(number - 1, text.line_of(first) - 1, -1) if (body := code(text.line(one)))), None
    )
    return code(text.line(text.line_of(first))), above


def _quoted(text: Text, span: Span, known: Known) -> Iterator[Offer]:
    """Captions in quotes; a quote behind the place that an editor has closed already is replaced too."""
    start, end = span
    typed = text.text[start + 1 : end]
    closing = text.text[end : end + 1]
    until = end + 1 if closing in ('"', "”") and closing else end
    for caption, kind in known.like(typed):
        yield Offer(
            caption, in_quotes(" ".join(caption.split())), (start, until), kind, near=0 if kind == "caption" else 1
        )


def _words(table: Mapping[str, str] | Iterable[str], typed: str, end: int, behind: str = "") -> Iterator[Offer]:
    """Words of a table that begin as typed."""
    about = table if isinstance(table, Mapping) else dict.fromkeys(table, "")
    for word, meaning in about.items():
        if word.startswith(typed.lstrip()):
            yield Offer(word, word + behind, (end - len(typed.lstrip()), end), "keyword", meaning, 0)


def _declaring(line: str, start: int, offset: int, known: Known) -> Iterator[Offer]:
    if re.fullmatch(r"[a-z]*", line):
        yield from _words(words.DECLARATIONS, line, offset, " ")
        yield from _names(line, offset, known)
        return
    named = re.match(r"(use|override|skip)\s+(.*)$", line)
    if named:
        typed = re.split(r";\s*", named[2])[-1]
        every: Sequence[str] = known.packs if named[1] == "use" else known.ids
        kind: Kind = "pack" if named[1] == "use" else "rule"
        yield from (Offer(one, one, (offset - len(typed), offset), kind) for one in every if typed in one)
    elif (concept := re.match(r"concept\s+(.*)$", line)) is not None:
        yield from (one for one in _names(concept[1], offset, known) if one.kind != "definition")
    elif line.startswith("define "):
        if "=" in line:
            if (printed := _AS.search(line)) is not None:
                yield from _words(words.PRINTED_AS, printed[1], offset)
            yield from _expression(line[line.index("=") :], start + line.index("="), offset, known)
    elif not line.startswith("rule "):
        yield from _expression(line, start, offset, known)


def _inside(line: str, span: Span, owner: str, known: Known) -> Iterator[Offer]:
    """An indented line that begins something: a clause, or a relation."""
    start, offset = span
    stripped = line.lstrip()
    if re.fullmatch(r"[a-z ]*", stripped):
        yield from _words(_clauses(owner), stripped, offset)
        if owner in ("rule", "bare"):
            yield from _words(SENTENCES, stripped, offset)
    first, blank, rest = stripped.partition(" ")
    if owner == "concept":
        if first == "aka":
            typed = re.split(r"[;]\s*", rest)[-1].removeprefix("minus ")
            yield from (one for one in _names(typed, offset, known) if one.kind == "caption")
        elif first != "xbrl":
            yield from _words(words.PROPERTIES, re.split(r",\s*", stripped)[-1], offset)
        return
    if blank and first in (
        "kind",
        "severity",
        "tolerance",
        "in",
        "effective",
        "aka",
        "see",
        "tick",
        "tags",
        "because",
        "except",
    ):
        yield from _of_clause(first, rest, offset, known)
    elif owner in _EVERYWHERE or (blank and first == "when"):
        yield from _expression(
            line if first != "when" else rest, start if first != "when" else offset - len(rest), offset, known
        )


def _clauses(owner: str) -> Mapping[str, str]:
    if owner == "concept":
        return {**words.OF_CONCEPTS, **words.PROPERTIES}
    if owner in ("skip", "use"):
        return {"because": words.CLAUSES["because"]} if owner == "skip" else {}
    return {**words.CLAUSES, **({"aka": words.OF_CONCEPTS["aka"]} if owner == "define" else {})}


def _of_clause(clause: str, rest: str, offset: int, known: Known) -> Iterator[Offer]:
    typed = re.split(r";\s*", rest)[-1]
    match clause:
        case "kind":
            yield from _words(words.KINDS, typed, offset)
        case "severity":
            if " above " in f" {typed}":
                yield from _expression(
                    typed.partition("above")[2], offset - len(typed.partition("above")[2]), offset, known
                )
            else:
                yield from _words(words.LEVELS, typed, offset)
                if re.match(r"(?:error|warning|note) ", typed):
                    yield from _words({"above": words.SMALL["above"]}, typed.partition(" ")[2], offset)
        case "tolerance":
            yield from _words(words.TOLERANCES, typed, offset)
            yield from _units(typed, offset)
        case "in":
            yield from _words({"each segment": "Judged in every segment.", **words.BRACKETS}, typed, offset)
            yield from _headings(typed, offset, known)
        case "effective":
            yield from _words({"from": words.SMALL["from"], "to": words.SMALL["to"]}, typed.rpartition(" ")[2], offset)
        case "aka" | "except":
            yield from _names(typed, offset, known)
        case _:
            return


def _headings(typed: str, offset: int, known: Known) -> Iterator[Offer]:
    """Headings and captions of the release, in quotes: words of brackets are never bare headings of the page by
    accident."""
    for caption, kind in known.like(typed) if typed else ():
        if kind == "caption":
            yield Offer(caption, in_quotes(caption), (offset - len(typed), offset), "caption")


def _names(typed: str, offset: int, known: Known) -> Iterator[Offer]:
    typed = typed.lstrip()
    for text, kind in known.like(typed):
        yield Offer(text, spelled(text), (offset - len(typed), offset), kind, near=0 if kind == "caption" else 1)


def _units(typed: str, offset: int) -> Iterator[Offer]:
    if (amount := _AMOUNT.search(typed)) is not None and (amount[1] or amount[2] or typed):
        for unit, about in words.UNITS.items():
            if unit.startswith(amount[2]):
                glued = "" if unit == "%" or amount[1] else " "
                yield Offer(unit, glued + unit, (offset - len(amount[2]), offset), "unit", about, 0)


def _expression(line: str, start: int, offset: int, known: Known) -> Iterator[Offer]:
    """Names and what may stand before or behind them, at the end of a part of a line."""
    bracket = line.rfind("[")
    if bracket > line.rfind("]"):
        typed = re.split(r";\s*", line[bracket + 1 :])[-1]
        yield from _words(words.BRACKETS, typed, offset)
        yield from _headings(typed, offset, known)
        return
    typed = _typed(line)
    if (test := _TEST.search(line)) is not None:
        yield from _words(words.TESTS, test[1], offset)
        return
    yield from _units(typed, offset)
    if typed[:1].isdigit() or (typed[:1] in "$€£¥" and typed):
        return
    yield from _words(words.PREFIXES, typed, offset, " ")
    for name, function in FUNCTIONS.items():
        if typed and name.startswith(typed):
            yield Offer(f"{name}(", f"{name}(", (offset - len(typed), offset), "function", function.summary, 0)
    yield from _names(typed, offset, known)


def _typed(line: str) -> str:
    """The name, or the beginning of one, that ends a part of a line; a parenthesis behind a word of a name belongs to
    it."""
    at = begins = 0
    quoted, named = _tokens().quoted, False
    while at < len(line):
        if (found := quoted.match(line, at)) is not None:
            at, begins, named = found.end(), found.end(), False
        elif not named and (found := _PREFIX.match(line, at) or _FUNCTION.match(line, at)) is not None:
            at = begins = found.end()
        elif (found := _OPENS.match(line, at)) is not None and not (line[at] == "(" and named):
            at, named = found.end(), False
            begins = at
        else:
            if not line[at].isspace() and not named:
                begins, named = at, True
            at += 1
    return line[begins:].lstrip()
