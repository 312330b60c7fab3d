"""The idioms of a sentence, by the grammar `claims.lark`: which quantities are levels, changes, goals, origins and comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from attrs import frozen
from lark import Lark, Token, Transformer, UnexpectedInput
from lark.lexer import Lexer

from checker.extract.prose.quantities import Quantity
from checker.extract.prose.tags import Tag
from checker.resources import grammar


@frozen
class Amount:
    """One quantity and its renderings ("$4.6 million, or 40.2%"); `trail` is the direction of the noun behind it ("a 40% increase")."""

    renderings: tuple[Quantity, ...]
    trail: int = 0


@frozen
class Part:
    """One piece of a sentence: `kind` is change, goal, origin, against, level, words, period, comma, beside, moved or stop."""

    kind: str
    tag: Tag
    fillers: tuple[Tag, ...] = ()
    """Words and periods between its first word and its amounts."""
    amounts: tuple[Amount, ...] = ()
    respectively: bool = False


@frozen
class _List:
    amounts: tuple[Amount, ...]
    respectively: bool


class _Tags(Lexer):
    """Hands the tags to the parser as they are: a token's value is its tag."""

    def __init__(self, lexer_conf: Any) -> None:
        """Nothing of the grammar's configuration is needed."""

    def lex(self, data: Any, *rest: Any) -> Iterator[Token]:
        """One token a tag."""
        for tag in data:
            token = Token(tag.kind, tag.text)
            token.value = tag
            yield token


class _Parts(Transformer):  # type: ignore[type-arg]
    """The tree as parts."""

    def sentence(self, children: list[Any]) -> tuple[Part, ...]:
        return tuple(child if isinstance(child, Part) else Part(child.type.lower(), child.value) for child in children)

    def amount(self, children: list[Token]) -> Amount:
        trail = next((child.value.direction for child in children if child.type == "TRAIL"), 0)
        return Amount(tuple(child.value.quantity for child in children if child.type == "QUANTITY"), trail)

    def listing(self, children: list[Any]) -> _List:
        amounts = tuple(child for child in children if isinstance(child, Amount))
        return _List(amounts, any(isinstance(child, Token) and child.type == "RESPECTIVELY" for child in children))

    def _part(self, kind: str, children: list[Any]) -> Part:
        listed = children[-1]
        tokens = [child for child in children[:-1] if isinstance(child, Token)]
        first = tokens[0].value if tokens else Tag("LEVEL", listed.amounts[0].renderings[0].start, listed.amounts[0].renderings[0].start, "")
        fillers = tuple(token.value for token in tokens[1:] if token.type in ("WORDS", "PERIOD", "COMMA"))
        return Part(kind, first, fillers, listed.amounts, listed.respectively)

    def change(self, children: list[Any]) -> Part:
        return self._part("change", children)

    def goal(self, children: list[Any]) -> Part:
        return self._part("goal", children)

    def origin(self, children: list[Any]) -> Part:
        return self._part("origin", children)

    def against(self, children: list[Any]) -> Part:
        return self._part("against", children)

    def level(self, children: list[Any]) -> Part:
        return self._part("level", children)


@cache
def _parser() -> Lark:
    return Lark(grammar("claims.lark"), start="sentence", parser="lalr", lexer=_Tags, transformer=_Parts(), maybe_placeholders=False)


def parse(tags: Sequence[Tag]) -> tuple[Part, ...]:
    """What the tagged sentence is made of; raises where the grammar does not take it, which no tagged sentence should bring about."""
    parsed: tuple[Part, ...] = _parser().parse(tags)  # type: ignore[assignment]
    return parsed


def parts(tags: Sequence[Tag]) -> tuple[Part, ...]:
    """The same, with nothing said where the grammar does not take it: a fault of the tagger must not cost the release."""
    try:
        return parse(tags)
    except UnexpectedInput:
        return ()
