"""The idioms of a sentence, by the grammar `claims.lark`: which quantities are levels, changes, goals, origins and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from checker.core.value import frozen
from checker.extract.prose.automaton import reduced
from checker.extract.prose.quantities import Quantity
from checker.extract.prose.tags import Tag


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


def _sentence(children: list[Any]) -> tuple[Part, ...]:
    return tuple(child if isinstance(child, Part) else Part(child.kind.lower(), child) for child in children)


def _amount(children: list[Tag]) -> Amount:
    trail = next((tag.direction for tag in children if tag.kind == "TRAIL"), 0)
    return Amount(tuple(tag.quantity for tag in children if tag.quantity is not None), trail)


def _listing(children: list[Any]) -> _List:
    amounts = tuple(child for child in children if isinstance(child, Amount))
    return _List(amounts, any(isinstance(child, Tag) and child.kind == "RESPECTIVELY" for child in children))


def _part(kind: str, children: list[Any]) -> Part:
    listed = children[-1]
    tags = [child for child in children[:-1] if isinstance(child, Tag)]
    start = listed.amounts[0].renderings[0].start
    fillers = tuple(tag for tag in tags[1:] if tag.kind in ("WORDS", "PERIOD", "COMMA"))
    return Part(kind, tags[0] if tags else Tag("LEVEL", start, start, ""), fillers, listed.amounts, listed.respectively)


_MAKE: Mapping[str, Callable[[list[Any]], Any]] = {
    "sentence": _sentence,
    "amount": _amount,
    "listing": _listing,
    **{kind: partial(_part, kind) for kind in ("change", "goal", "origin", "against", "level")},
}
"""What each rule of the grammar makes of what it consists of; a rule that is not here leaves it as it is."""


def parse(tags: Sequence[Tag]) -> tuple[Part, ...]:
    """What the tagged sentence is made of; raises ValueError where the grammar does not take it, which no tagged sentence should bring about."""
    found: tuple[Part, ...] = reduced(tags, _MAKE)[0]
    return found


def parts(tags: Sequence[Tag]) -> tuple[Part, ...]:
    """The same, with nothing said where the grammar does not take it: a fault of the tagger must not cost the release."""
    try:
        return parse(tags)
    except ValueError:
        return ()
