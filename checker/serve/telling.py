"""What an editor shows of a name, a word or a code when the pointer rests on it, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checker.bind.index import Spot
from checker.core.problem import Problem
from checker.core.rule import Concept, Definition, Name, Span
from checker.functions import FUNCTIONS
from checker.language import fits
from checker.language.check import SENTENCES
from checker.serve import words
from checker.serve.looking import Looked, Opened
from checker.serve.naming import Stand, at
from checker.serve.text import Text
from checker.workshop.codes import EXPLAINED, explanation

_MOST = 8
"""Lines of a release that are shown for one name, and names of a concept."""
_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~])")
_CODE = re.compile(r"\b[A-Z]\d{3}\b")
_SPOKEN: Mapping[str, str] = {
    **words.BRACKETS,
    **words.PROPERTIES,
    **words.KINDS,
    **words.LEVELS,
    **words.TESTS,
    **words.UNITS,
    **words.PRINTED_AS,
    **words.TOLERANCES,
    **words.LOGIC,
    **words.SMALL,
    **words.PREFIXES,
    **words.OF_CONCEPTS,
    **words.CLAUSES,
    **words.DECLARATIONS,
    **{name: function.summary for name, function in FUNCTIONS.items()},
    **dict.fromkeys(SENTENCES, "A sentence that speaks of the structure of statements."),
}
_LONGEST = max(len(phrase.split()) for phrase in _SPOKEN)


Told = tuple[str, Span]
"""A text in Markdown, and the stretch that it is about."""


def told(text: Text, offset: int, looked: Looked | None, opened: Opened | None) -> Told | None:
    """What there is to say of a place: the meaning of its name with its values in the release, of a word, and of a code
    that was reported there."""
    parts: list[str] = []
    stand = at(text, offset)
    span = stand.span if stand is not None else None
    if stand is not None and looked is not None:
        parts += _name(stand, looked, opened)
    if not parts and (word := _word(text, offset)) is not None:
        phrase, span = word
        parts.append(f"**{phrase}**: {_SPOKEN.get(phrase) or _code(phrase)}")
    for problem in _reported(looked, text, offset):
        code = EXPLAINED.get(problem.code)
        parts += [f"**{problem.code}**: {escaped(code.what)}. {escaped(code.why)}"] if code is not None else []
    return ("\n\n".join(parts), span or (offset, offset)) if parts else None


def page(code: str) -> str:
    """A code as `tieout explain` prints it."""
    known = EXPLAINED.get(code.upper())
    return explanation(known) if known is not None else f"there is no code {code[:20]}\n"


def escaped(text: str) -> str:
    """A text that may come from a document as Markdown that shows it and does nothing else."""
    return " ".join(_SIGNS.sub(r"\\\1", text).split())


def _code(phrase: str) -> str:
    return escaped(EXPLAINED[phrase].what)


def _reported(looked: Looked | None, text: Text, offset: int) -> Iterator[Problem]:
    """What was reported of the place, while the text is still the one that was looked at."""
    if looked is None or looked.text.text != text.text:
        return
    byte = len(text.text[:offset].encode("utf-8", "surrogatepass"))
    seen: set[str] = set()
    for problem in looked.problems:
        if (
            problem.severity != "note"
            and problem.place is not None
            and problem.place.span[0] <= byte <= problem.place.span[1]
            and problem.code not in seen
        ):
            seen.add(problem.code)
            yield problem


def _word(text: Text, offset: int) -> tuple[str, Span] | None:
    """The longest phrase of the language that stands around a place in its line, or a code."""
    number = text.line_of(offset)
    start, line = text.starts[number], text.line(number)[:1_000]
    for code in _CODE.finditer(line):
        if code.start() <= offset - start <= code.end() and code[0] in EXPLAINED:
            return code[0], (start + code.start(), start + code.end())
    if (each := line.strip().replace("’", "'")) in SENTENCES:
        return each, (start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
    pieces = [match.span() for match in re.finditer(r"[^\s()\[\];,\"“”]+", line)]
    here = next((index for index, (first, last) in enumerate(pieces) if first <= offset - start <= last), None)
    if here is None:
        return None
    for length in range(_LONGEST, 0, -1):
        for first in range(max(here - length + 1, 0), min(here, len(pieces) - length) + 1):
            begin, end = pieces[first][0], pieces[first + length - 1][1]
            if (phrase := " ".join(line[begin:end].split())) in _SPOKEN:
                return phrase, (start + begin, start + end)
    return None


# ---- names -----------------------------------------------------------------------------------------------------------


def _name(stand: Stand, looked: Looked, opened: Opened | None) -> list[str]:
    if stand.role == "id":
        return [f"`{rule.id}`: {escaped(rule.title)}" for rule in looked.book.rules if fits(stand.text, rule.id)][
            :_MOST
        ]
    if stand.role in ("pack", "heading"):
        return []
    parts: list[str] = []
    found = looked.names.definition(stand.text) if not stand.quoted or stand.role == "declares" else None
    concepts = looked.names.concepts.get(stand.key, ()) if not stand.quoted or stand.role == "declares" else ()
    if found is not None:
        parts += _definition(found[0], found[1], looked)
    for concept in concepts:
        parts.append(_concept(concept))
    if opened is not None:
        spots = looked.bearers(Name(stand.text, stand.quoted, stand.brackets), opened)
        parts += _values(spots, opened)
    if not parts and stand.role == "uses":
        parts.append(
            "A caption exactly as it is printed."
            if stand.quoted
            else "No concept and no definition: a caption as a release prints it."
        )
    return parts


def _definition(one: Definition, argument: str, looked: Looked) -> list[str]:
    start, end = one.expression.span
    source = looked.file.text if one.path == looked.file.path else ""
    made = f" = {escaped(source[start:end])}" if source else ""
    said = [
        f"**{escaped(one.name)}**{made}",
        f"A definition{f' of {one.parameter} = {escaped(argument)}' if argument else ''}, in {escaped(one.path)}",
    ]
    return [*said, *([f"Printed as {one.printed_as}."] if one.printed_as else [])]


def _concept(one: Concept) -> str:
    kinds = ", ".join(
        filter(None, (one.timing, one.measure, one.balance, one.stands_for if one.stands_for != "line" else ""))
    )
    other = [escaped(f"minus {alias.text}" if alias.negated else alias.text) for alias in one.aliases[:_MOST]]
    also = f"\n\nAlso: {'; '.join(other)}{'; …' if len(one.aliases) > _MOST else ''}" if other else ""
    return f"**{escaped(one.name)}** (concept{f': {kinds}' if kinds else ''}){also}"


def _values(spots: Sequence[Spot], opened: Opened) -> list[str]:
    """What the release prints on the lines that a name means, column by column."""
    if not spots:
        return [f"{escaped(opened.name)} prints no such line."]
    lines = [values(spot) for spot in spots[:_MOST]]
    more = f"\n- and on {len(spots) - _MOST} more lines" if len(spots) > _MOST else ""
    return [f"In {escaped(opened.name)}:\n\n" + "\n".join(f"- {escaped(line)}" for line in lines) + more]


def values(spot: Spot) -> str:
    """One line of a release: its caption, and its figures with the heads of their columns."""
    heads = {column.index: column.head for column in spot.statement.columns}
    figures = [
        (figure.unescaped, figure.head or heads.get(index, ""))
        for index, figure in enumerate(spot.line.figures)
        if figure is not None
    ]
    said = "; ".join(f"{text} ({head})" if head else text for text, head in figures[:_MOST])
    return f"{spot.line.caption}: {said}"
