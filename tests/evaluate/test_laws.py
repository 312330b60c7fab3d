"""Laws that hold for any figures: what a true release prints is never a violation, what no rounding explains always
is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.core.check import Check
from checker.core.expression import Add, Constant, Divide, Expression, Multiply, Variable, negative
from checker.core.figure import Figure
from checker.evaluate import cover, evaluate
from tests.evaluate.making import check, figure
from tests.evaluate.oracle import corners, linear_verdict

STEPS = st.sampled_from(["0.01", "0.1", "1", "1000", "100000"])
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False)
ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def printed(key: str, amount: Decimal, step: str, way: str) -> Figure:
    """The amount as printed to the step."""
    return figure(key, str((amount / Decimal(step)).to_integral_value(way) * Decimal(step)), step)


def equation(coefficients: Sequence[int], figures: Sequence[Figure], **rest: object) -> Check:
    """`first = sum(coefficient * figure)`, the first one with coefficient -1."""
    terms: list[Expression] = [
        Multiply(Constant(Fraction(c)), Variable(one.id)) for c, one in zip(coefficients[1:], figures[1:], strict=True)
    ]
    return check(Variable(figures[0].id), Add(tuple(terms)), figures, **rest)


SUMS = st.lists(st.tuples(st.sampled_from([-2, -1, 1, 1, 1, 3]), AMOUNTS, STEPS, ROUNDINGS), min_size=1, max_size=8)


def true_sum(lines: list[tuple[int, Decimal, str, str]], total_step: str, way: str) -> Check:
    total = sum((c * amount for c, amount, _, _ in lines), Decimal(0))
    figures = [printed("t", total, total_step, way)] + [
        printed(f"x{at}", amount, step, how) for at, (_, amount, step, how) in enumerate(lines)
    ]
    return equation([-1, *(line[0] for line in lines)], figures)


@given(SUMS, STEPS, ROUNDINGS)
def test_a_true_total_is_never_a_violation(lines: list[tuple[int, Decimal, str, str]], step: str, way: str) -> None:
    assert evaluate([true_sum(lines, step, way)])[0].verdict in ("agrees", "rounding")


@given(SUMS, STEPS, ROUNDINGS, st.booleans())
def test_an_error_beyond_all_rounding_is_always_one(
    lines: list[tuple[int, Decimal, str, str]], step: str, way: str, up: bool
) -> None:
    true = true_sum(lines, step, way)
    reach = sum((abs(c) * Decimal(s) for c, _, s, _ in lines), Decimal(step))
    steps = (reach / Decimal(step)).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) + 1
    wrong = evolve(
        true.figures[0], value=(true.figures[0].value or Decimal(0)) + (steps if up else -steps) * Decimal(step)
    )
    assert evaluate([evolve(true, figures=(wrong, *true.figures[1:]))])[0].verdict == "violation"


FIGURES = st.lists(
    st.tuples(st.sampled_from([-2, -1, 1, 1, 3]), st.integers(-30, 30), st.sampled_from(["0", "0.5", "1", "1", "10"])),
    min_size=1,
    max_size=6,
)


def small(lines: list[tuple[int, int, str]], total: int, step: str) -> tuple[list[int], list[Figure]]:
    figures = [figure("t", str(total), step)] + [
        figure(f"x{at}", str(value), s) for at, (_, value, s) in enumerate(lines)
    ]
    return [-1, *(line[0] for line in lines)], figures


@given(FIGURES, st.integers(-60, 60), st.sampled_from(["0", "0.5", "1", "1", "10"]))
def test_scaled_whole_numbers_judge_as_plain_fractions_do(
    lines: list[tuple[int, int, str]], total: int, step: str
) -> None:
    coefficients, figures = small(lines, total, step)
    finding = evaluate([equation(coefficients, figures)])[0]
    assert finding.verdict == linear_verdict(coefficients, figures)
    low, high = corners(
        Add((finding.check.left or Constant(Fraction(0)), negative(finding.check.right or Constant(Fraction(0))))),
        figures,
    )
    assert finding.allowance == (high - low) / 2
    assert (finding.verdict == "violation") == (not low <= 0 <= high)


@given(FIGURES, st.integers(-60, 60), st.randoms(use_true_random=False))
def test_the_order_of_operands_changes_nothing(
    lines: list[tuple[int, int, str]], total: int, rng: random.Random
) -> None:
    coefficients, figures = small(lines, total, "1")
    pairs = list(zip(coefficients[1:], figures[1:], strict=True))
    rng.shuffle(pairs)
    one, two = (
        evaluate([equation(coefficients, figures)])[0],
        evaluate([equation([-1, *(c for c, _ in pairs)], [figures[0], *(f for _, f in pairs)])])[0],
    )
    assert (one.id, one.verdict, one.difference, one.allowance, one.unlikely) == (
        two.id,
        two.verdict,
        two.difference,
        two.allowance,
        two.unlikely,
    )


@given(FIGURES, st.integers(-60, 60), st.integers(0, 6))
def test_a_wider_step_never_makes_a_violation(lines: list[tuple[int, int, str]], total: int, which: int) -> None:
    coefficients, figures = small(lines, total, "1")
    before = evaluate([equation(coefficients, figures)])[0]
    at = which % len(figures)
    figures[at] = evolve(figures[at], step=figures[at].step * 3 + 1)
    after = evaluate([equation(coefficients, figures)])[0]
    assert before.verdict == "violation" or after.verdict != "violation"


@given(st.integers(-50, 50), st.integers(-60, 60), st.integers(1, 60), st.sampled_from(["0.1", "1", "2"]))
def test_growth_is_as_tight_as_its_corners(percent: int, current: int, prior: int, step: str) -> None:
    figures = [
        figure("p", str(percent), "1", "percent"),
        figure("a", str(current), step),
        figure("b", str(prior), step),
    ]
    right = Multiply(Constant(Fraction(100)), Divide(Add((Variable("a"), negative(Variable("b")))), Variable("b")))
    finding = evaluate([check(Variable("p"), right, figures, percent=True)])[0]
    if 2 * prior <= Decimal(step):
        assert finding.verdict == "not applicable"
        return
    low, high = corners(Add((Variable("p"), negative(right))), figures)
    assert (finding.verdict == "violation") == (not low <= 0 <= high)


@given(FIGURES, st.integers(-60, 60))
def test_a_change_is_noticed_from_exactly_where_coverage_says(lines: list[tuple[int, int, str]], total: int) -> None:
    coefficients, figures = small(lines, total, "1")
    finding = evaluate([equation(coefficients, figures)])[0]
    if finding.verdict == "violation":
        return
    coverage = cover(figures, [finding])
    for at, one in enumerate(figures):
        change = coverage[one.id].noticed_from
        if not one.step or change is None:
            continue

        def moved(by: Fraction, at: int = at, one: Figure = one) -> str:
            changed = [*figures]
            changed[at] = evolve(one, value=(one.value or Decimal(0)) + Decimal(by.numerator) / Decimal(by.denominator))
            return evaluate([equation(coefficients, changed)])[0].verdict

        before = change - Fraction(one.step)
        assert "violation" in (moved(change), moved(-change))
        assert "violation" not in (moved(before), moved(-before))
