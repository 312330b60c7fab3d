"""The parser of tagged sentences: it runs on the tables of grammar/claims.lark that grammar/claims.json holds ready made.

Lark makes the tables and is not needed to run on them, for importing it takes longer than reading most releases. Where the stored tables do not fit
the grammar, they are made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from checker.core.value import frozen
from checker.extract.prose.tags import Tag
from checker.resources import grammar

_END = "$END"


@frozen
class Tables:
    """An LALR(1) automaton: in a state a symbol leads to another state (from 0 on) or, below zero, to reducing by the rule -1 - action."""

    start: int
    rules: Sequence[tuple[str, int]]
    """The name of each rule and how many symbols it consists of."""
    states: Sequence[Mapping[str, int]]


def reduced(tags: Sequence[Tag], make: Mapping[str, Callable[[list[Any]], Any]]) -> list[Any]:
    """The tags, reduced by the rules of the grammar; ValueError where it does not take them. A rule without an entry in `make` leaves its parts as they are."""
    tables = _tables()
    rules, actions = tables.rules, tables.states
    states = [tables.start]
    parts: list[list[Any]] = []
    for kind, part in (*((tag.kind, [tag]) for tag in tags), (_END, [])):
        while (action := actions[states[-1]].get(kind)) is not None and action < 0:
            name, size = rules[-1 - action]
            at = len(parts) - size
            children = [child for part in parts[at:] for child in part]
            del parts[at:], states[at + 1 :]
            parts.append([make[name](children)] if name in make else children)
            states.append(actions[states[-1]][name])
        if action is None:
            raise ValueError(f"{kind} has no place here")
        parts.append(part)
        states.append(action)
    return parts[0]


@cache
def _tables() -> Tables:
    try:
        stored = json.loads(grammar("claims.json"))
        if stored.pop("grammar") == digest():
            return Tables(**stored)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return made()


def made() -> Tables:
    """The tables of the grammar, by Lark."""
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    lark = Lark(grammar("claims.lark"), start="sentence", parser="lalr", maybe_placeholders=False)
    data, memo = lark.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    rules = [number for number, entry in memo.items() if "expansion" in entry]
    states = [
        {table["tokens"][symbol]: -1 - rules.index(target["@"]) if reduces else target for symbol, (reduces, target) in actions.items()}
        for _, actions in sorted(table["states"].items())
    ]
    accepting = table["end_states"]["sentence"]
    states[accepting][_END] = accepting
    names = [(memo[number]["origin"]["name"], len(memo[number]["expansion"])) for number in rules]
    return Tables(table["start_states"]["sentence"], names, states)


def digest() -> str:
    """What tells whether tables are those of the grammar as it is."""
    return hashlib.sha256(grammar("claims.lark").encode()).hexdigest()
