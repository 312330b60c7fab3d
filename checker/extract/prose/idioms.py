"""The idioms of a sentence, by the grammar `claims.lark`: which quantities are levels, changes, goals, origins and comparisons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from attrs import frozen
from lark import Lark, Token, Transformer, UnexpectedInput
from lark import __version__ as lark_version
from lark.grammar import Rule as Production
from lark.lexer import Lexer, TerminalDef

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
    source = grammar("claims.lark")
    try:
        stored = json.loads(grammar("claims.json"))
        if stored["grammar"] == _digest(source) and stored["lark"] == _series():
            return _restored(stored)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return _built(source, _Parts())


def _built(source: str, transformer: _Parts | None) -> Lark:
    return Lark(source, start="sentence", parser="lalr", lexer=_Tags, transformer=transformer, maybe_placeholders=False)


def _restored(stored: dict[str, Any]) -> Lark:
    data = stored["data"]
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = _Tags
    table = data["parser"]["parser"]
    table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
    table["states"] = {int(state): {int(key): value for key, value in actions.items()} for state, actions in table["states"].items()}
    memo = {int(key): value for key, value in stored["memo"].items()}
    return Lark._load_from_dict(data, memo, transformer=_Parts())  # type: ignore[no-untyped-call, no-any-return]


def tables() -> str:
    """The tables of the grammar as JSON, for grammar/claims.json; `python -m checker.extract.prose.tables` writes it."""
    source = grammar("claims.lark")
    data, memo = _built(source, None).memo_serialize([TerminalDef, Production])
    stored = {"grammar": _digest(source), "lark": _series(), "data": data, "memo": memo}
    return json.dumps(stored, separators=(",", ":"), ensure_ascii=True, sort_keys=True, default=lambda _: "tags") + "\n"


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _series() -> str:
    """Tables fit all releases of Lark with the same first two numbers."""
    return ".".join(lark_version.split(".")[:2])


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
