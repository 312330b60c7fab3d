"""Declarations as JSON and back. It builds only the classes of core/rule.py, whatever the text says, and runs nothing.

A value is itself where JSON has it; else a list whose first entry says what it is: 0 a tuple, 1 a fraction, 2 a day,
from 3 on a class with its fields (of a span the two ends, without a list of their own; 3 alone stands for no clauses).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any as Anything

import attrs

from checker.core import rule as core
from checker.core.rule import Declaration

_CLASSES: tuple[type, ...] = (
    core.Clauses,
    *(
        core.Amount,
        core.Item,
        core.Name,
        core.Call,
        core.Shifted,
        core.Either,
        core.Optional,
        core.Negative,
        core.Binary,
    ),
    *(core.Relation, core.Each, core.Test, core.Not, core.All, core.Any, core.SeverityStep, core.Tolerance, core.Alias),
    *(core.Rule, core.Definition, core.Concept, core.Use, core.Override, core.Skip),
)
_FIRST = 3
"""Numbers below it stand for what is no class: a tuple, a fraction, a day."""
_NUMBERS = {made: number for number, made in enumerate(_CLASSES, _FIRST)}
_FIELDS = {made: tuple(field.name for field in attrs.fields(made)) for made in _CLASSES}
_SPANS = tuple(_FIELDS[made].index("span") if "span" in _FIELDS[made] else -1 for made in _CLASSES)
_NO_CLAUSES = core.Clauses()

VOCABULARY = "; ".join(f"{made.__name__}: {' '.join(_FIELDS[made])}" for made in _CLASSES)
"""What the numbers of a text mean: one that was written with another vocabulary is another text."""


def encode(files: Sequence[Sequence[Declaration]]) -> str:
    """The declarations of several files as JSON, a line for each file."""
    lines = [json.dumps([_plain(declaration) for declaration in file], separators=(",", ":")) for file in files]
    return "[" + ",\n".join(lines) + "]\n"


def decode(text: str) -> tuple[tuple[Declaration, ...], ...]:
    """What `encode` was given; ValueError, TypeError, LookupError or RecursionError for any other text."""
    files = tuple(tuple(_value(one) for one in file) for file in json.loads(text))
    if not all(isinstance(one, Declaration) for file in files for one in file):
        raise ValueError("an entry is no declaration")
    return files


def _plain(value: Anything) -> Anything:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [0, *map(_plain, value)]
    if isinstance(value, Fraction):
        return [1, value.numerator, value.denominator]
    if isinstance(value, dt.date):
        return [2, value.isoformat()]
    if value == _NO_CLAUSES:
        return [_FIRST]
    coded: list[Anything] = [_NUMBERS[type(value)]]
    for name in _FIELDS[type(value)]:
        coded += value.span if name == "span" else (_plain(getattr(value, name)),)
    return coded


def _value(coded: Anything) -> Anything:
    if type(coded) is not list:
        return coded
    kind = coded[0]
    parts = [part if type(part) is not list else _value(part) for part in coded[1:]]
    if kind == 0:
        return tuple(parts)
    if kind >= _FIRST:
        if not parts:
            return _NO_CLAUSES
        at = _SPANS[kind - _FIRST]
        if at >= 0:
            parts[at : at + 2] = [(parts[at], parts[at + 1])]
        return _CLASSES[kind - _FIRST](*parts)
    return Fraction(*parts) if kind == 1 else dt.date.fromisoformat(*parts)
