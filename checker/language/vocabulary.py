"""What a rule file says, and what of it is known by name: all that lints look at. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from checker.core.caption import normal
from checker.core.rule import Concept, Definition, Name, Override, Rule, Rulebook, RuleFile, Span
from checker.core.value import frozen
from checker.language.walk import Node, names, stated
from checker.lexicon.near import Near


@frozen
class Printed:
    """What a release prints: its captions and the heads of its columns by the form in which they compare, and the scale
    of its money, as a word."""

    captions: Mapping[str, str]
    where: str = "the release"
    scale: str = ""

    @cached_property
    def near(self) -> Near:
        """The captions, to seek near ones among."""
        return Near(tuple(self.captions))


@frozen
class Vocabulary:
    """What is known by name: concepts by every name they go by, definitions, and how definitions with a parameter
    begin."""

    concepts: Mapping[str, Concept]
    definitions: frozenset[str]
    openings: tuple[str, ...]
    claims: Mapping[str, tuple[Concept, ...]]
    """For each name, the concepts that go by it."""

    percents: frozenset[str]
    """Definitions and concepts whose value is printed as a percentage, by every name."""

    page: Printed | None = None
    """What a release prints, where rules are looked at beside one."""

    @property
    def printed(self) -> Mapping[str, str]:
        """The captions of the release."""
        return self.page.captions if self.page is not None else {}

    @cached_property
    def sharing(self) -> Mapping[tuple[str, str | None], tuple[Concept, ...]]:
        """For each name and measure, the first two concepts of different names that go by it and measure that."""
        found: dict[tuple[str, str | None], tuple[Concept, ...]] = {}
        for name, owners in self.claims.items():
            for one in owners:
                before = found.get((name, one.measure), ())
                if not before or (len(before) == 1 and normal(before[0].name) != normal(one.name)):
                    found[name, one.measure] = (*before, one)
        return found

    @cached_property
    def _opened(self) -> Mapping[str, tuple[str, ...]]:
        """How definitions with a parameter begin, by their first word."""
        found: dict[str, list[str]] = {}
        for opening in dict.fromkeys(self.openings):
            found.setdefault(opening.partition(" ")[0], []).append(opening)
        return {word: tuple(openings) for word, openings in found.items()}

    @cached_property
    def measured(self) -> Mapping[str, Concept]:
        """The concepts by the names that say what is measured: none that a definition takes, or that several concepts
        share which measure different things."""
        return {
            name: concept
            for name, concept in self.concepts.items()
            if name not in self.definitions and self._is_one(name, concept)
        }

    def _is_one(self, name: str, concept: Concept) -> bool:
        return normal(concept.name) == name or len({one.measure for one in self.claims.get(name, ())}) < 2

    def knows(self, text: str) -> bool:
        """Whether a name is a concept, a definition, a caption of the release, or a definition of something that is
        one."""
        key = normal(text)
        if key in self.concepts or key in self.definitions or key in self.printed:
            return True
        return any(
            key.startswith(opening + " ") and self.knows(key[len(opening) + 1 :])
            for opening in self._opened.get(key.partition(" ")[0], ())
        )


def known(rulebook: Rulebook) -> Vocabulary:
    """The vocabulary of a rulebook."""
    concepts: dict[str, Concept] = {}
    claims: dict[str, list[Concept]] = {}
    for concept in rulebook.concepts:
        for text in dict.fromkeys(normal(text) for text in (concept.name, *(alias.text for alias in concept.aliases))):
            concepts.setdefault(text, concept)
            claims.setdefault(text, []).append(concept)
    for concept in rulebook.concepts:
        concepts[normal(concept.name)] = concept
    plain = frozenset(
        normal(text)
        for one in rulebook.definitions
        for text in (one.name, *(alias.text for alias in one.clauses.aliases))
    )
    openings = tuple(normal(one.name[: -len(one.parameter)]) for one in rulebook.definitions if one.parameter)
    defined = (one for one in rulebook.definitions if one.printed_as == "percent" and not one.parameter)
    percents = {normal(text) for one in defined for text in (one.name, *(alias.text for alias in one.clauses.aliases))}
    percents |= {name for name, concept in concepts.items() if concept.measure == "percent" and name not in plain}
    return Vocabulary(
        concepts, plain, openings, {text: tuple(owners) for text, owners in claims.items()}, frozenset(percents)
    )


# ---- what a file says ------------------------------------------------------------------------------------------------


def roots(file: RuleFile) -> Iterator[tuple[str, Node]]:
    """Every expression, relation and condition of a file, with the parameter under which it stands."""
    for declaration in file.declarations:
        match declaration:
            case Rule() | Override():
                yield from (("", relation) for relation in declaration.relations)
                yield from (("", node) for node in (*stated(declaration.clauses), *declaration.clauses.excepted))
            case Definition():
                yield declaration.parameter, declaration.expression
                yield from (("", node) for node in stated(declaration.clauses))


def bare_names(file: RuleFile) -> Iterator[Name]:
    """Every name of a file that is neither quoted nor a parameter."""
    for parameter, root in roots(file):
        for name in names([root]):
            if not name.quoted and not (parameter and (name.text == parameter or name.text.endswith(f" {parameter}"))):
                yield name


def bare(name: Name, text: str) -> Span:
    """The stretch of a name alone, without its bracket."""
    start, end = name.span
    opening = text.find("[", start, end) if name.brackets else -1
    return start, start + len(text[start : opening if opening >= 0 else end].rstrip())
