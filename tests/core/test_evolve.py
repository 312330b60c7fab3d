"""Values with some fields changed: as attrs makes them, for private, defaulted and single fields too."""

from __future__ import annotations

import attrs
import pytest

from checker.core.value import evolve, frozen


@frozen
class _Pair:
    first: int
    _second: int = 2
    made: int = attrs.field(init=False, default=7)


@frozen
class _One:
    only: str


@attrs.define
class _Open:
    names: list[str]
    count: int = 0


def test_fields_are_changed_and_the_others_kept() -> None:
    pair = _Pair(1, 3)
    assert evolve(pair, first=5) == attrs.evolve(pair, first=5) == _Pair(5, 3)
    assert evolve(pair, second=9) == attrs.evolve(pair, second=9) == _Pair(1, 9)
    assert evolve(pair) == pair
    assert evolve(_One("a"), only="b") == _One("b")


def test_it_serves_classes_that_are_not_frozen() -> None:
    known = ["a"]
    changed = evolve(_Open(known), count=2)
    assert changed == _Open(["a"], 2)
    assert changed.names is known


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError):
        evolve(_One("a"), other=1)  # type: ignore[call-arg]
