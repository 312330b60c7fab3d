"""Values of the vocabulary show what they hold, as attrs would show it, and stay frozen."""

from __future__ import annotations

import attrs
import pytest

from checker.core.expression import Constant, Variable
from checker.core.place import Place
from checker.core.problem import Problem
from checker.core.rule import Item, Name


def test_a_value_shows_its_fields_and_those_of_the_values_in_it() -> None:
    problem = Problem("R101", "warning", "a 'quoted' text", place=Place(1, 2, (3, 4)))
    plain = attrs.make_class("Problem", {field.name: attrs.field() for field in attrs.fields(Problem)})
    assert repr(problem) == repr(plain(**{field.name: getattr(problem, field.name) for field in attrs.fields(Problem)}))
    assert "place=Place(line=1, column=2, span=(3, 4)" in repr(problem)


def test_a_value_is_compared_by_its_fields_and_cannot_change() -> None:
    assert Variable("a") == Variable("a") != Constant(1)  # type: ignore[arg-type]
    assert len({Variable("a"), Variable("a")}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Variable("a").figure = "b"  # type: ignore[misc]


def test_values_of_two_classes_differ_though_their_fields_are_the_same() -> None:
    assert Name("a") != Item("a")  # type: ignore[comparison-overlap]
    assert Variable("a") != ("a",)  # type: ignore[comparison-overlap]


def test_where_a_name_stands_in_its_file_is_no_part_of_it() -> None:
    first, second = Name("Revenues", span=(0, 8)), Name("Revenues", span=(40, 48))
    assert first == second
    assert hash(first) == hash(second)
