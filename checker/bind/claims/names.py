"""What a metric phrase of running text can mean: lines by their captions, concepts by their other names, definitions.

A phrase means a line *exactly* when nothing is left over on either side but words that measure nothing ("total",
"reported", articles).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import define

from checker.bind.index import Spot
from checker.bind.lookup import Book
from checker.core.caption import normal
from checker.core.remembered import remembered
from checker.core.rule import Definition, Rulebook
from checker.lexicon.abbreviations import SHORT

Key = tuple[str, ...]

_IDLE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "our",
        "its",
        "their",
        "his",
        "company",
        "total",
        "consolidated",
        "reported",
        "in",
        "on",
        "to",
        "by",
        "at",
        "from",
        "and",
        "as",
        "record",
        "quarterly",
        "annual",
        "overall",
        "also",
        "attributable",
        "s",
        "gaap",
        "u",
    ]
)
_SAME = {"shareholder": "stockholder", "shareowner": "stockholder", "sale": "sale"}
_PARTS = frozenset({"segment", "division", "region"})
_LITTLE = frozenset({"and", "of", "the", "for", "in", "on"})
_ABBREVIATION = re.compile(r"\(\s*(?:the\s+)?[“\"‘']{0,2}(?P<short>[A-Z][A-Za-z&]{1,6})[”\"’']{0,2}\s*\)")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z][\w’'-]*,?\s+){1,7}\Z")
_REACH = 200
"""Characters before an abbreviation in which the words stand that it is short for."""
_SPENT = ("expense", "cost")
"""Words that captions under a heading of expenses leave out: "Research and development"."""
_QUOTIENTS = frozenset({"ratio", "percentage"})
_SIGNS = frozenset({"positive", "negative", "milestone"})


@remembered(16384)
def key(text: str) -> Key:
    """The words of a phrase that measure something, in order and in the singular."""
    words = normal(text).split()
    joined = [f"non{word}" if before == "non" else word for before, word in pairwise(("", *words)) if word != "non"]
    return tuple(_singular(word) for word in joined if word not in _IDLE)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("xes", "ches", "shes", "sses")):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _SAME.get(word, word)


def spelled_out(words: Sequence[str], short: str) -> str | None:
    """The last words whose initials make the abbreviation; None where none do. Little words need none."""
    letters = [letter for letter in short.removesuffix("s").lower() if letter.isalpha()]
    kept: list[str] = []
    for word in reversed(words):
        initials = [part[0].lower() for part in word.split("-") if part]
        if initials and letters[-len(initials) :] == initials:
            del letters[-len(initials) :]
        elif word.lower() not in _LITTLE:
            return None
        kept.insert(0, word)
        if not letters:
            return " ".join(kept)
    return None


@define(slots=False)
class Vocabulary:
    """A rulebook's concepts and definitions by key. Built once a rulebook."""

    rulebook: Rulebook

    @cached_property
    def concepts(self) -> Mapping[Key, tuple[Key, ...]]:
        """For each name of a concept, the keys of all its names."""
        found: dict[Key, tuple[Key, ...]] = {}
        for concept in self.rulebook.concepts:
            keys = tuple(
                dict.fromkeys(
                    key(name)
                    for name in (
                        concept.name,
                        *(alias.text for alias in concept.aliases if not alias.text.endswith("...")),
                    )
                )
            )
            for words in keys:
                found.setdefault(words, keys)
            found[keys[0]] = keys
        return found

    @cached_property
    def definitions(self) -> Mapping[Key, Definition]:
        """Definitions without a parameter, under each of their names."""
        found: dict[Key, Definition] = {}
        for definition in self.rulebook.definitions:
            if not definition.parameter:
                for name in (definition.name, *(alias.text for alias in definition.clauses.aliases)):
                    found.setdefault(key(name), definition)
        return found


@define(slots=False)
class Meanings:
    """The lines of one release by key, beside a rulebook's concepts and definitions. Built once a release."""

    book: Book

    @property
    def vocabulary(self) -> Vocabulary:
        """What the rulebook calls things."""
        return self.book.names.rulebook.once(Vocabulary)

    @cached_property
    def lines(self) -> Mapping[Key, tuple[Spot, ...]]:
        """Lines with figures, under the key of their caption."""
        found: dict[Key, list[Spot]] = {}
        for spots in self.book.lines.by_caption.values():
            for spot in spots:
                if words := key(spot.line.caption):
                    found.setdefault(words, []).append(spot)
        return {words: tuple(spots) for words, spots in found.items()}

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[int]]:
        """The numbers, in the order of `lines`, of the keys that hold a word."""
        found: dict[str, list[int]] = {}
        for number, words in enumerate(self.lines):
            for word in dict.fromkeys(words):
                found.setdefault(word, []).append(number)
        return found

    def sharing(self, words: Key) -> Sequence[tuple[Key, tuple[Spot, ...]]]:
        """The lines whose keys share a word with these, in the order of `lines`."""
        numbers = {number for word in words for number in self._by_word.get(word, ())}
        return [self._in_order[number] for number in sorted(numbers)]

    @cached_property
    def _in_order(self) -> Sequence[tuple[Key, tuple[Spot, ...]]]:
        return tuple(self.lines.items())

    def exact(self, words: Key) -> tuple[tuple[Spot, ...], ...]:
        """The lines that the phrase names, best first: by its own words, then by the other names of its concept."""
        found = []
        for variant in variants(words):
            if spots := self.lines.get(variant):
                found.append(spots)
            if keys := self.vocabulary.concepts.get(variant):
                same = tuple(spot for name in keys for spot in self.lines.get(name, ()))
                if same:
                    found.append(same)
        return tuple(found)

    @cached_property
    def _sections(self) -> Mapping[frozenset[str], tuple[Spot, ...]]:
        """Lines under the words of their caption and of the section above it together: "Net sales" over "Latin
        America"."""
        found: dict[frozenset[str], list[Spot]] = {}
        for spots in self.lines.values():
            for spot in spots:
                for section in spot.line.under[-1:] or (spot.statement.title,):
                    found.setdefault(frozenset(key(section)) | frozenset(key(spot.line.caption)), []).append(spot)
        return {words: tuple(spots) for words, spots in found.items()}

    def within(self, words: Key) -> tuple[Spot, ...]:
        """The lines whose caption and section together say the phrase, in whatever order."""
        return tuple(
            spot
            for spot in self._sections.get(frozenset(words) - _PARTS, ())
            if set(key(spot.line.caption)) < set(words)
        )

    @cached_property
    def _short(self) -> Mapping[str, str]:
        """What the text's own abbreviations stand for: "Sales and marketing (S&M) expenses"."""
        found: dict[str, str] = {}
        for paragraph in self.book.lines.release.paragraphs:
            text = paragraph.text
            for match in _ABBREVIATION.finditer(text):
                words = _WORDS_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
                if words is not None and (meant := spelled_out(words[0].split(), match["short"])) is not None:
                    found.setdefault(match["short"], meant)
        return found

    def in_full(self, phrase: str) -> str:
        """The phrase with the text's own abbreviations spelled out, and those that all know."""
        return " ".join(
            self._short.get(word) or self._short.get(word.removesuffix("s")) or SHORT.get(word.rstrip(","), word)
            for word in phrase.split()
        )

    def definition(self, words: Key) -> Definition | None:
        """The definition that the phrase names."""
        definitions = self.vocabulary.definitions
        return next((definitions[variant] for variant in variants(words) if variant in definitions), None)


@remembered(4096)
def variants(words: Key) -> tuple[Key, ...]:
    """The phrase as it stands, then without words that only give its sign: "adjusted EBITDA loss", "positive
    EBITDA"."""
    plain = tuple(word for word in words if word not in _SIGNS)
    found = [words, plain]
    if plain[:1] == ("group",) and len(plain) > 1:
        found.append(plain[1:])
    if (
        plain and plain[: len(plain) // 2] == plain[len(plain) // 2 :]
    ):  # a heading and the sentence below it: "Finance cost Finance cost was ..."
        found.append(plain[: len(plain) // 2])
    if "loss" in plain and len(plain) > 1:
        found += [
            tuple(word for word in plain if word != "loss"),
            tuple("income" if word == "loss" else word for word in plain),
        ]
    if "deficit" in plain and len(plain) > 1 and "capital" not in plain:
        found.append(tuple("equity" if word == "deficit" else word for word in plain))
    if len(plain) > 2 and any(word in plain for word in _QUOTIENTS):  # "the ratio of A to B" of a line "A to B"
        found.append(tuple(word for word in plain if word not in _QUOTIENTS))
    if plain[-1:] in (("level",), ("balance",), ("figure",)):
        found.append(plain[:-1])
    if plain in (("profit",), ("loss",)):  # "Profit for 2020 was ..." of "Profit for the year"
        found += [
            (*plain, *behind) for behind in (("year",), ("period",), ("financial", "year"), ("financial", "period"))
        ]
    if len(plain) > 2 and plain[-1] in _SPENT:
        found.append(plain[:-1])
    elif len(plain) > 1 and plain[-1] not in _SPENT:
        found.append((*plain, "expense"))
    return tuple(dict.fromkeys(variant for variant in found if variant))
