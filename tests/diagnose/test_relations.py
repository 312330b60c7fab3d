"""A finding as a constraint: what one of its figures may print so that the relation stands, and which findings have a
say."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.core.expression import Add, Constant, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.core.finding import Finding, Waiver
from checker.core.period import duration
from checker.diagnose.relations import Net, components, linear_room, net
from checker.evaluate import evaluate
from tests.evaluate.making import check, figure, growth, sum_check

AMOUNTS = st.integers(-1000, 1000)
A, B, T = figure("a", "1200"), figure("b", "300"), figure("t", "1600")
BROKEN = sum_check(T, [A, B])


def of(*findings: Finding) -> Net:
    return net(findings, [one for finding in findings for one in finding.check.figures])


def found(*checks: object) -> list[Finding]:
    return list(evaluate(checks))  # type: ignore[arg-type]


@given(AMOUNTS, st.sampled_from([-2, -1, 1, 3]), AMOUNTS, st.integers(0, 50))
def test_at_both_ends_of_its_room_a_relation_just_stands(
    printed: int, coefficient: int, difference: int, allowance: int
) -> None:
    ends = linear_room((printed, coefficient), difference, allowance)
    assert None not in ends and Fraction(ends[0] or 0) <= Fraction(ends[1] or 0)
    misses = [difference + coefficient * (Fraction(end or 0) - printed) for end in ends]
    assert sorted(misses) == [-allowance, allowance]


def test_the_room_of_each_figure_of_a_sum() -> None:
    [finding] = found(BROKEN)
    relation = of(finding).broken[0]
    assert (relation.difference, relation.allowance) == (100, Fraction(3, 2))
    assert of(finding).room(relation, "t") == (Fraction(2997, 2), Fraction(3003, 2))
    assert of(finding).room(relation, "a") == (Fraction(2597, 2), Fraction(2603, 2))


def test_a_relation_that_holds_by_tolerance_leaves_what_it_misses_by() -> None:
    holding = evolve(found(BROKEN)[0], verdict="agrees")
    [relation] = of(holding).touching("t")
    assert relation.allowance == 100
    assert not relation.broken


def test_the_room_of_a_figure_in_a_quotient_reaches_half_a_step_farther() -> None:
    [finding] = found(growth("12", "1100", "1000"))
    relations = of(finding)
    room = relations.room(relations.broken[0], "p")
    assert room is not None and room[0] is not None and room[1] is not None
    assert Fraction("9.84") < room[0] < Fraction("9.85") and Fraction("10.15") < room[1] < Fraction("10.16")


def test_the_widest_step_counts_as_often_as_its_figure() -> None:
    coarse, whole = figure("c", "40", "10"), figure("w", "500")
    [finding] = found(check(Variable("w"), Add((Multiply(Constant(Fraction(3)), Variable("c")),)), [whole, coarse]))
    assert of(finding).broken[0].coarsest == 30


def test_a_figure_whose_parts_cancel_has_no_part_in_the_relation() -> None:
    right = Add((Variable("a"), Variable("b"), negative(Variable("b"))))
    [finding] = found(check(Variable("t"), right, [T, A, B]))
    assert set(of(finding).broken[0].coefficients) == {"t", "a"}


# ---- signs that a relation does not know -----------------------------------------------------------------------------


def test_two_printings_of_opposite_sign_do_not_know_which_is_right() -> None:
    [opposite] = found(check(Variable("t"), negative(Variable("a")), [T, A]))
    assert of(opposite).broken[0].blind == {"t", "a"}
    [alike] = found(check(Variable("t"), Variable("a"), [T, A]))
    assert of(alike).broken[0].blind == frozenset()


def test_what_running_text_tells_knows_no_sign() -> None:
    told = evolve(A, origin="prose")
    [finding] = found(check(Variable("t"), Variable("a"), [T, told]))
    assert of(finding).broken[0].blind == {"t", "a"}


def test_a_figure_read_with_the_other_sign_is_not_asked_for_its_own() -> None:
    [finding] = found(sum_check(T, [A, B], turned=("b",)))
    assert of(finding).broken[0].blind == {"b"}


# ---- who has a say ---------------------------------------------------------------------------------------------------


def test_a_violation_that_is_only_a_note_bears_witness_and_has_no_say() -> None:
    note = evolve(found(BROKEN)[0], severity="note")
    relations = of(note)
    assert not relations.broken and not relations.touching("a")
    assert [one.finding for one in relations.notes("a")] == [note]


def test_a_violation_that_someone_has_accepted_is_no_witness_either() -> None:
    accepted = evolve(found(BROKEN)[0], waived=Waiver("known", "A. Auditor", "2014-01-01"))
    relations = of(accepted)
    assert not relations.broken and not relations.touching("a") and not list(relations.notes("a"))


def test_bounds_say_nothing_of_what_stands_there() -> None:
    relations = of(*found(check(Variable("t"), Variable("a"), [T, A], comparison="<=")))
    assert not relations.broken and not relations.resting


def test_broken_relations_that_share_a_figure_through_others_are_one_component() -> None:
    c, d, e, f = (figure(key, str(1000 + 97 * at)) for at, key in enumerate("cdef"))
    pairs = ((A, T), (c, d), (T, e), (A, f), (e, c))
    relations = of(*found(*(check(Variable(one.id), Variable(two.id), [one, two]) for one, two in pairs))).broken
    assert [len(one) for one in components(relations[:3])] == [1, 2]
    assert [len(one) for one in components(relations[:4])] == [1, 3]
    assert [len(one) for one in components(relations)] == [5]


# ---- down a column ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "below"),
    [
        ({}, "x"),
        ({"head": "2012"}, "y"),
        ({"statement": "balance sheet"}, "y"),
        ({"period": duration(dt.date(2012, 3, 31), 3)}, "y"),
        ({"value": None}, "y"),
    ],
)
def test_the_next_figure_down_a_column_is_of_the_same_one(changed: dict[str, object], below: str) -> None:
    above, next_, last = (
        evolve(figure(key, "7"), head="2013", statement="income statement") for key in ("w", "x", "y")
    )
    column: list[Figure] = [above, evolve(next_, **changed), last]  # type: ignore[arg-type]
    relations = net([], column)
    lower = relations.below("w")
    assert lower is not None and lower.id == below
    assert relations.below("y") is None


def test_no_column_goes_on_in_the_text() -> None:
    told = evolve(figure("x", "7"), origin="prose")
    assert net([], [figure("w", "7"), told]).below("w") is None
    assert net([], [told, figure("w", "7")]).below("x") is None
