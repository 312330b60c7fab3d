"""A release: one document with its figures found and typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import field

from checker.core.claim import Claim
from checker.core.document import Document, Paragraph
from checker.core.fact import Tagging
from checker.core.figure import Figure, Unread
from checker.core.problem import Problem
from checker.core.statement import Statement
from checker.core.structure import Repeat, Sum
from checker.core.value import frozen
from checker.core.working import Reckoning, Working

_WITHOUT_PRINT = frozenset({"xbrl", "xbrl json"})
"""What files of facts without print are called."""


@frozen
class Source:
    """What the release was read from; the blocks are no longer kept."""

    path: str
    sha256: str
    format: str
    encoding: str
    size: int = 0

    @property
    def is_without_print(self) -> bool:
        """Whether it holds facts alone, in no order that means anything."""
        return self.format in _WITHOUT_PRINT

    @classmethod
    def of(cls, document: Document) -> Source:
        """The identity of a document as read."""
        return cls(document.path, document.sha256, document.format, document.encoding, document.size)


@frozen
class Release:
    """Statements and text of one document. Stages add to it: extract its statements and claims, structure its sums."""

    source: Source
    statements: tuple[Statement, ...]
    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[Claim, ...] = ()
    sums: tuple[Sum, ...] = ()
    problems: tuple[Problem, ...] = ()
    forces_sums: bool | None = None
    """The document's habit: its sums foot to the last digit (True), are rounded one by one (False), or it is too short
    to say (None)."""
    repeats: tuple[Repeat, ...] = ()
    """Amounts printed in several places of the document."""
    unread: tuple[Unread, ...] = ()
    """What stands in columns of figures and is none."""
    workings: tuple[Working, ...] = ()
    """What the cells of a workbook with formulas store."""
    reckonings: tuple[Reckoning, ...] = ()
    """What figures should come to by the formulas of the workbook."""
    tags: Tagging = Tagging()
    """What the tags of a filing state; nothing where it has none."""
    twins: Mapping[str, str] = field(factory=dict)
    """The figure that a fact's tag encloses, by their ids. Print was read without looking at tags."""

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure in reading order: tables first, then those that claims print."""
        tables = tuple(figure for statement in self.statements for figure in statement.figures)
        return tables + tuple(claim.figure for claim in self.claims)
