"""A file as an editor shows it: everything wrong with it, and the names that are known beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from checker.bind.index import Lines, Names, Spot
from checker.bind.lookup import Book, bearing
from checker.bind.narrow import Narrowing
from checker.core.caption import normal
from checker.core.problem import Problem
from checker.core.release import Release
from checker.core.rule import Name, Rulebook, RuleFile
from checker.core.value import evolve, frozen
from checker.language import lint
from checker.language.loading import beside
from checker.serve.text import Text
from checker.workshop.linting import printed

_WHILE_WAITING = 50_000
"""Characters of a file beyond which it is looked at in the background only."""


@frozen
class Opened:
    """The release that rules are written for: its lines by caption, and every caption as it is printed."""

    name: str
    release: Release

    @cached_property
    def lines(self) -> Lines:
        """Its lines, to be found by caption."""
        return Lines(self.release)

    @cached_property
    def captions(self) -> Mapping[str, str]:
        """Captions, heads and sections by the form in which they compare."""
        found = dict(printed([self.release]).captions)
        for statement in self.release.statements:
            for line in statement.lines:
                for section in line.under:
                    if key := normal(section):
                        found.setdefault(key, section.strip())
        return {key: " ".join(text.split()) for key, text in found.items()}


@frozen
class Looked:
    """What was found in one state of a file."""

    text: Text
    file: RuleFile
    book: Rulebook
    problems: tuple[Problem, ...]

    @cached_property
    def names(self) -> Names:
        """The names that the file may use."""
        return Names(self.book)

    def bearers(self, name: Name, opened: Opened) -> tuple[Spot, ...]:
        """The lines of the release that a name means, as binding finds them, the best first."""
        return bearing(name, Narrowing(), Book(opened.lines, self.names)).spots


def quick(text: Text) -> bool:
    """Whether a file is small enough to be looked at while the editor waits."""
    return len(text.text) <= _WHILE_WAITING


def looked(path: Path, text: Text, opened: Opened | None) -> Looked:
    """A file as if it were saved, beside the shipped library and what it uses; where a release is at hand, names are
    looked for there too."""
    return linted(understood(path, text), opened)


def understood(path: Path, text: Text) -> Looked:
    """The file as it reads, with what is wrong with that."""
    file, book = beside(path, text.content)
    return Looked(text, file, book, tuple(dict.fromkeys(one for one in book.problems if one.path == file.path)))


def linted(found: Looked, opened: Opened | None) -> Looked:
    """The same with what looks wrong though it can be read."""
    if found.book.faulty:
        return found
    page = printed([opened.release]) if opened is not None else None
    return evolve(found, problems=tuple(dict.fromkeys((*found.problems, *lint([found.file], found.book, page)))))
