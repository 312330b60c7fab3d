"""The parser: the only module of the language that knows Lark.

The tables come ready made (grammar/rules.json); where that file does not fit the grammar or the installed Lark, they
are built anew, which takes some tenths of a second more. Never `Lark(cache=True)`: it unpickles a predictable file in a
shared folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import lark
from lark import Lark, TextSlice, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.grammar import Rule as Production
from lark.lexer import TerminalDef

from checker.core.rule import Span
from checker.core.value import frozen
from checker.language.build import Builder, Draft
from checker.resources import grammar


@frozen
class Stop:
    """Where the parser could not go on: the state it was in, the token (its kind, text and stretch) and what could have
    stood there."""

    state: int
    kind: str
    text: str
    span: Span
    possible: frozenset[str]


def read(text: str, span: Span) -> Draft | Stop:
    """One declaration of a text that was laid out."""
    parser = _parser()
    try:
        return parser.parse(TextSlice(text, *span))  # type: ignore[return-value]
    except UnexpectedInput as error:
        return _stop(error, text, span)


def _stop(error: UnexpectedInput, text: str, span: Span) -> Stop:
    state = error.state.position if hasattr(error.state, "position") else -1
    if isinstance(error, UnexpectedToken):
        token = error.token
        possible = frozenset(error.accepts or error.expected)
        if token.type == "$END":
            return Stop(state, "$END", "", (span[1], span[1]), possible)
        return Stop(state, token.type, str(token), (token.start_pos or 0, token.end_pos or 0), possible)
    assert isinstance(error, UnexpectedCharacters)
    at = error.pos_in_stream or 0
    return Stop(state, "", text[at], (at, at + 1), frozenset(error.allowed or ()))


@cache
def _parser() -> Lark:
    try:
        if stored := _stored():
            return _restored(stored)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return _built(grammar("rules.lark"))


def _stored() -> dict[str, Any] | None:
    """The stored tables, if they are those of this grammar and of the installed Lark."""
    try:
        stored = json.loads(grammar("rules.json"))
        return stored if (stored["grammar"], stored["lark"]) == (_digest(grammar("rules.lark")), _series()) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _built(source: str) -> Lark:
    return Lark(source, parser="lalr", lexer="contextual", maybe_placeholders=False, transformer=Builder())


def _restored(stored: dict[str, Any]) -> Lark:
    data = stored["data"]
    table = data["parser"]["parser"]
    table["tokens"] = _by_number(table["tokens"])
    table["states"] = {int(state): _by_number(actions) for state, actions in table["states"].items()}
    return Lark._load_from_dict(data, _by_number(stored["memo"]), transformer=Builder())  # type: ignore[no-untyped-call, no-any-return]


def _by_number(mapping: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in mapping.items()}


@cache
def terminals() -> Mapping[str, str]:
    """The regular expression of every token, by its name in the grammar: for whatever else must tell tokens apart as
    the parser does."""
    return {terminal.name: terminal.pattern.to_regexp() for terminal in _parser().terminals}


def current() -> bool:
    """Whether grammar/rules.json fits the grammar. It is not compared with new tables: Lark numbers its states
    differently every time."""
    return _stored() is not None


def tables() -> str:
    """The tables of the grammar as JSON, for grammar/rules.json; `python -m checker.language.tables` writes it."""
    source = grammar("rules.lark")
    data, memo = Lark(source, parser="lalr", lexer="contextual", maybe_placeholders=False).memo_serialize(
        [TerminalDef, Production]
    )
    stored = {"grammar": _digest(source), "lark": _series(), "data": data, "memo": memo}
    return json.dumps(stored, separators=(",", ":"), ensure_ascii=True, sort_keys=True) + "\n"


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _series() -> str:
    return ".".join(lark.__version__.split(".")[:2])
