"""What stands at a place of a file: its declaration, read alone, and the name, word or list entry in it. Takes as long
as the declaration, not the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from checker.core.caption import normal
from checker.core.rule import (
    Clauses,
    Concept,
    Declaration,
    Definition,
    Item,
    Name,
    Override,
    Rule,
    RuleFile,
    Skip,
    Span,
    Use,
)
from checker.core.value import evolve, frozen
from checker.language import parse
from checker.language.vocabulary import bare, roots
from checker.language.walk import nodes
from checker.serve.text import Text

_MOST_LINES = 2_000
"""Lines of a declaration that are looked at around a place."""
_HEAD = re.compile(r"(?:concept|define)[ \t\u00a0]+")

Role = Literal["declares", "alias", "uses", "heading", "id", "pack"]
"""`declares`: the name of a concept or definition where it is declared; `heading`: an entry of a bracket; `id`: of a
rule, in `override` and `skip`."""


@frozen
class Stand:
    """A name in a file: what it is there, its stretch, and the text it names something by."""

    role: Role
    span: Span
    text: str
    quoted: bool = False
    brackets: tuple[Item, ...] = ()

    @property
    def key(self) -> str:
        """The form in which it compares."""
        return normal(self.text) or self.text


def block(text: Text, offset: int) -> Span:
    """The lines of the declaration around a place."""
    number = text.line_of(offset)
    first = number
    while first > 0 and number - first < _MOST_LINES and not _begins(text.line(first)):
        first -= 1
    last = number + 1
    while last < len(text.starts) and last - number < _MOST_LINES and not _begins(text.line(last)):
        last += 1
    return text.starts[first], text.starts[last] if last < len(text.starts) else len(text.text)


def _begins(line: str) -> bool:
    return bool(line) and not line[0].isspace() and line[0] != "#"


def alone(text: Text, offset: int) -> tuple[RuleFile, int]:
    """The declaration around a place as a file of its own, and where it begins."""
    start, end = block(text, offset)
    body = text.text[start:end]
    return parse(body, "", ""), start + len(body) - len(body.removeprefix("\ufeff"))


def at(text: Text, offset: int) -> Stand | None:
    """The name at a place; of a declaration that cannot be read, none."""
    file, start = alone(text, offset)
    found = [one for one in stands(file) if one.span[0] <= offset - start <= one.span[1]]
    best = min(found, key=lambda one: one.span[1] - one.span[0], default=None)
    return None if best is None else evolve(best, span=(best.span[0] + start, best.span[1] + start))


def stands(file: RuleFile) -> Iterator[Stand]:
    """Every name of a file, wherever it stands."""
    for declaration in file.declarations:
        yield from _declared(declaration, file.text)
        for alias in _clauses(declaration).aliases if not isinstance(declaration, Concept) else declaration.aliases:
            yield Stand("alias", alias.span, alias.text, alias.quoted)
        for item in _clauses(declaration).within:
            yield Stand("heading", item.span, item.text, item.quoted)
    for _, root in roots(file):
        for node, _level in nodes([root]):
            if isinstance(node, Name):
                yield Stand("uses", bare(node, file.text), node.text, node.quoted, node.brackets)
                yield from (
                    Stand("heading", item.span, item.text, item.quoted)
                    for item in node.brackets
                    if isinstance(item, Item)
                )


def _clauses(declaration: Declaration) -> Clauses:
    return Clauses() if isinstance(declaration, (Concept, Use, Skip)) else declaration.clauses


def _declared(declaration: Declaration, text: str) -> Iterator[Stand]:
    match declaration:
        case Concept() | Definition():
            yield Stand("declares", name_of(declaration, text), declaration.name)
        case Use(targets):
            yield from _listed("pack", targets, declaration.span, text)
        case Skip(targets):
            yield from _listed("id", targets, declaration.span, text)
        case Override(target):
            yield from _listed("id", [target], declaration.span, text)
        case _:
            return


def _listed(role: Role, targets: Sequence[str], span: Span, text: str) -> Iterator[Stand]:
    start = text.find(" ", span[0])
    for target in targets:
        found = text.find(target, start, span[1])
        if start >= 0 and found >= 0:
            yield Stand(role, (found, found + len(target)), target)
            start = found + len(target)


def name_of(declaration: Concept | Definition, text: str) -> Span:
    """The stretch of the name that a declaration gives, with its quotes."""
    head = _HEAD.match(text, declaration.span[0])
    start = head.end() if head else declaration.span[0]
    if text[start : start + 1] == '"':
        quoted = re.compile(r'"(?:[^"]|"")*"').match(text, start)
        return start, quoted.end() if quoted else start + 1
    if text[start : start + 1] == "“":
        return start, text.find("”", start) + 1 or start + 1
    return start, start + len(declaration.name)


def id_of(rule: Rule, text: str) -> Span:
    """Where the id of a rule stands, or the first line of one that is named by its left side."""
    end = text.find("\n", *rule.span)
    stated = re.compile(r"rule[ \t]+([^\s]+)").match(text, rule.span[0], rule.span[1])
    return stated.span(1) if stated else (rule.span[0], end if end >= 0 else rule.span[1])
