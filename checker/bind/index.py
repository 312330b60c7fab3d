"""A release's lines by caption, and a rulebook's names by meaning. Looks things up; decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, field

from checker.algebra.exact import Exact, exact
from checker.core.caption import normal, unqualified
from checker.core.figure import Figure
from checker.core.period import Period
from checker.core.release import Release
from checker.core.remembered import remembered
from checker.core.rule import Concept, Definition, Rulebook
from checker.core.statement import PRIMARY, Column, Line, Statement
from checker.core.value import frozen

_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")


@remembered(8192)
def exactly(caption: str) -> str:
    """The form in which quoted names compare: kinds of dash and white space aside, nothing is forgiven but case."""
    return " ".join(_DASHES.sub(" - ", caption).split()).casefold().rstrip(":")


@frozen
class Spot:
    """A line in its statement. `turned`: what is printed unsigned here is the negative of the name it was found by."""

    statement: Statement
    line: Line
    turned: bool = False

    @property
    def rank(self) -> tuple[bool, int]:
        """Statements come before notes, notes before reconciliations, those before segments; summaries come after what
        they repeat."""
        return self.statement.summary, rank(self.statement)


def rank(statement: Statement) -> int:
    """0 for primary statements, then notes, reconciliations, segments."""
    if statement.kind in PRIMARY:
        return 0
    return {"reconciliation": 2, "segments": 3}.get(statement.kind or "notes", 1)


_BASIS = re.compile(
    r"non-?gaap|pro[ -]?forma|as adjusted|adjusted (?:statement|income|results|condensed|consolidated)", re.IGNORECASE
)


def another_basis(statement: Statement) -> bool:
    """Whether a whole statement is drawn up on another basis (non-GAAP, pro forma): its net income is not *the* net
    income.

    A reconciliation begins with the figures of the statements themselves and is none.
    """
    return bool(_BASIS.search(statement.title)) and "reconcil" not in statement.title.casefold()


_SET = 12
"""Statements of one set at most, the first ones, with which a later one is compared."""
_STEM = 6
"""Letters that tell one word of a caption from another."""


@define(slots=False)
class Lines:
    """The lines of one release by caption. Built once a release; nothing in it changes afterwards."""

    release: Release
    _nearest: dict[str, str | None] = field(factory=dict, init=False)

    @cached_property
    def by_caption(self) -> Mapping[str, tuple[Spot, ...]]:
        """Lines with figures under their compared caption, in reading order."""
        found: dict[str, list[Spot]] = {}
        for statement in self.release.statements:
            for line in statement.lines:
                if not line.is_heading and (caption := normal(line.caption)):
                    found.setdefault(caption, []).append(Spot(statement, line))
        return {caption: tuple(spots) for caption, spots in found.items()}

    @cached_property
    def by_qualified(self) -> Mapping[str, tuple[Spot, ...]]:
        """Lines whose caption says in brackets what it takes in or leaves out, under the caption before the
        brackets."""
        found: dict[str, list[Spot]] = {}
        for statement in self.release.statements:
            for line in statement.lines:
                if not line.is_heading and (caption := unqualified(line.caption)):
                    found.setdefault(caption, []).append(Spot(statement, line))
        return {caption: tuple(spots) for caption, spots in found.items()}

    @cached_property
    def by_concept(self) -> Mapping[str, tuple[Spot, ...]]:
        """Lines made of facts by the qualified name of their concept."""
        found: dict[str, list[Spot]] = {}
        for statement in self.release.statements:
            for line in statement.lines:
                if line.concept:
                    found.setdefault(line.concept, []).append(Spot(statement, line))
        return {concept: tuple(spots) for concept, spots in found.items()}

    @cached_property
    def places(self) -> Mapping[str, tuple[Spot, Column]]:
        """Line and column of every table figure, by its id."""
        return {
            figure.id: (spot, column)
            for statement in self.release.statements
            for line in statement.lines
            for spot in (Spot(statement, line),)
            for column, figure in zip(statement.columns, line.figures, strict=False)
            if figure is not None
        }

    @cached_property
    def sets(self) -> Mapping[int, int]:
        """Which set of primary statements each belongs to, by its index: a set ends where one of its statements comes
        again.

        A parent and its subsidiary, or a company and its operating partnership, print one set after the other.
        """
        found: dict[int, int] = {}
        current: list[Statement] = []
        number = 0
        for statement in self.release.statements:
            if statement.kind in PRIMARY and not statement.summary:
                if any(_again(statement, earlier) for earlier in current):
                    number, current = number + 1, []
                current = [*current, statement][:_SET]
                found[statement.index] = number
        return found

    @cached_property
    def told(self) -> Mapping[tuple[int, str | None], frozenset[Period]]:
        """The periods that the statements of one kind tell of in each set."""
        found: dict[tuple[int, str | None], set[Period]] = {}
        for statement in self.release.statements:
            if (number := self.sets.get(statement.index)) is not None:
                found.setdefault((number, statement.kind), set()).update(
                    column.period for column in statement.columns if column.period
                )
        return {key: frozenset(periods) for key, periods in found.items()}

    @cached_property
    def apart(self) -> Mapping[int, str]:
        """What tells periods of a second whole set of statements from those of the first: each is checked for
        itself."""
        kinds: dict[int, set[str]] = {}
        for statement in self.release.statements:
            if statement.index in self.sets:
                kinds.setdefault(self.sets[statement.index], set()).add(statement.kind or "")
        whole = [number for number, held in kinds.items() if {"balance sheet", "income statement"} <= held]
        return {index: f"{number} " for index, number in self.sets.items() if number in whole[1:]}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by its id."""
        return {figure.id: figure for figure in self.release.figures}

    def garbled(self, figures: Sequence[Figure]) -> bool:
        """Whether an amount that cannot be read stands among figures of one line, or of one column: it is told as that,
        and what they come to without it says nothing more."""
        spots = [self.places[figure.id] for figure in figures if figure.id in self.places]
        spans = [figure.place.span for figure in figures if figure.place.span is not None]
        if not self.release.unread or not spots or not spans:
            return False
        heads = {column.head for _, column in spots}
        alone = len({(spot.statement.index, spot.line.index) for spot, _ in spots}) == 1
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
        return any(
            unread.place.span is not None and low <= unread.place.span[0] <= high and (alone or heads == {unread.head})
            for unread in self.release.unread
        )

    @cached_property
    def primary(self) -> frozenset[str]:
        """The figures of primary statements, by their ids."""
        return frozenset(
            figure.id
            for statement in self.release.statements
            if statement.kind in PRIMARY
            for figure in statement.figures
        )

    @cached_property
    def values(self) -> Mapping[str, Exact]:
        """The printed value of every figure that has one, by its id."""
        return {figure.id: exact(figure.value) for figure in self.release.figures if figure.value is not None}

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        words: dict[str, set[str]] = {}
        for caption in self.by_caption:
            for word in _stems(caption):
                words.setdefault(word, set()).add(caption)
        return {word: frozenset(captions) for word, captions in words.items()}

    def nearest(self, name: str) -> str | None:
        """The printed caption that shares most words with `name`; None where none shares half of them."""
        if name not in self._nearest:
            self._nearest[name] = self._likest(name)
        return self._nearest[name]

    def _likest(self, name: str) -> str | None:
        wanted = _stems(normal(name))
        shared: dict[str, int] = {}
        for word in wanted:
            for caption in self._words.get(word, ()):
                shared[caption] = shared.get(caption, 0) + 1
        if not shared:
            return None
        likeness, best = max((count / len(wanted | _stems(caption)), caption) for caption, count in shared.items())
        return self.by_caption[best][0].line.caption.strip() if 2 * likeness >= 1 else None


def _again(one: Statement, earlier: Statement) -> bool:
    """Whether a statement is of the kind and of a period of an earlier one, and most lines of both are called the same:
    the second half of one is not."""
    if one.kind != earlier.kind or not {column.period for column in one.columns if column.period} & {
        column.period for column in earlier.columns
    }:
        return False
    own, its = ({normal(line.caption) for line in each.lines if not line.is_heading} - {""} for each in (one, earlier))
    return 2 * len(own & its) >= max(len(own), len(its)) > 0


def _stems(caption: str) -> set[str]:
    """Its words by how they begin: one letter more or less at the end, or swapped there, is the same word."""
    return {word.rstrip("s")[:_STEM] for word in caption.split()}


@frozen
class Caption:
    """A compared caption; `negated` where what is printed unsigned under it is the negative, `opens` where longer
    captions that begin so are meant too."""

    text: str
    negated: bool = False
    opens: bool = False


@define(slots=False)
class Names:
    """A rulebook's names by meaning. Built once a rulebook."""

    rulebook: Rulebook
    shipped: bool = False
    """Names as the rules that come with the program use them: a concept keeps its meaning there, whatever an auditor
    defines."""
    _captions: dict[str, tuple[Caption, ...]] = field(factory=dict, init=False)

    @cached_property
    def concepts(self) -> Mapping[str, tuple[Concept, ...]]:
        """Concepts by each of their compared names.

        A concept's own name means it alone; an alias that several share means either, told apart by what they measure.
        """
        found: dict[str, list[Concept]] = {}
        for concept in self.rulebook.concepts:
            for alias in concept.aliases:
                if concept not in (sharing := found.setdefault(normal(alias.text), [])):
                    sharing.append(concept)
        return {name: tuple(sharing) for name, sharing in found.items()} | {
            normal(concept.name): (concept,) for concept in self.rulebook.concepts
        }

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Definitions by each of their compared names; those with a parameter without the parameter's name."""
        found: dict[str, Definition] = {}
        for definition in self.rulebook.definitions:
            for name in (definition.name, *(alias.text for alias in definition.clauses.aliases)):
                if self.shipped and not definition.shipped and normal(name) in self.concepts:
                    continue
                found.setdefault(self.stem(name, definition.parameter), definition)
        return found

    @staticmethod
    def stem(name: str, parameter: str) -> str:
        """`Growth of X` without its parameter: `growth of`."""
        return normal(re.sub(rf"\s+{re.escape(parameter)}$", "", name) if parameter else name)

    def definition(self, name: str) -> tuple[Definition, str] | None:
        """The definition that `name` uses, with the argument for its parameter (empty without one)."""
        if (found := self.definitions.get(normal(name))) is not None and not found.parameter:
            return found, ""
        words = name.split()
        for cut in range(len(words) - 1, 0, -1):
            stem = self.definitions.get(normal(" ".join(words[:cut])))
            if stem is not None and stem.parameter:
                return stem, " ".join(words[cut:])
        return None

    def captions(self, concept: Concept) -> tuple[Caption, ...]:
        """Every caption a concept may stand under."""
        if concept.name not in self._captions:
            aliases = (
                Caption(normal(alias.text), alias.negated, alias.text.endswith(("...", "…")))
                for alias in concept.aliases
            )
            self._captions[concept.name] = (Caption(normal(concept.name)), *aliases)
        return self._captions[concept.name]
