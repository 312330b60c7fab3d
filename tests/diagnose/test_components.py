"""Broken equations that share figures, directly or through others, are one component."""

from __future__ import annotations

from itertools import product
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from checker.core.finding import Finding
from checker.diagnose.relations import Relation, components


def _relation(figures: frozenset[str]) -> Relation:
    return Relation(cast(Finding, None), dict.fromkeys(sorted(figures), 1), True, 9, 0)


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=10))
def test_equations_are_in_one_component_just_where_figures_lead_from_one_to_the_other(
    drawn: list[frozenset[str]],
) -> None:
    relations = [_relation(figures) for figures in drawn]
    found = components(relations)
    number = {id(relation): group for group, members in enumerate(found) for relation in members}
    assert sorted(number) == sorted(map(id, relations))
    reach = [set(figures) for figures in drawn]
    for _ in drawn:  # as far as figures lead
        for one, two in product(reach, reach):
            if one & two:
                one |= two
    for first, second in product(range(len(drawn)), repeat=2):
        assert (number[id(relations[first])] == number[id(relations[second])]) == bool(reach[first] & reach[second])
