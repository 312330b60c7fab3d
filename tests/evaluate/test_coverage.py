"""What counts as tested, and from what change on an error would be noticed."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.core.expression import Divide, Variable
from checker.core.finding import Finding, Waiver
from checker.core.report import Coverage
from checker.evaluate import cover, evaluate, summarise
from tests.evaluate.making import check, figure, growth, sum_check

A, B, C, TOTAL = figure("a", "10"), figure("b", "20"), figure("c", "99"), figure("t", "30")
GOOD = sum_check(TOTAL, [A, B], ticks=("F",))
BAD = check(Variable("c"), Variable("a"), [C, A])
SHARES = [figure("e", "-0.01", "0.01", "USD/share"), figure("n", "-1695526"), figure("s", "178670488", unit="shares")]
PER_SHARE = check(Variable("e"), Divide(Variable("n"), Variable("s")), SHARES)


def covered(*findings: Finding) -> dict[str, Coverage]:
    return dict(cover([A, B, C, TOTAL], findings))


def test_every_figure_has_an_entry() -> None:
    assert covered() == {key: Coverage() for key in "abct"}


def test_an_equation_that_holds_tests_its_figures_and_ticks_them() -> None:
    said = covered(*evaluate([GOOD]))
    assert said["a"] == Coverage("agreed", Fraction(2), ("F",))
    assert said["c"] == Coverage()


def test_violated_comes_before_rounding_before_agreed() -> None:
    findings = evaluate([GOOD, BAD, sum_check(figure("t", "31"), [A, B])])
    assert {key: said.status for key, said in covered(*findings).items()} == {
        "a": "violated",
        "b": "rounding",
        "c": "violated",
        "t": "rounding",
    }


def test_notes_inequalities_and_what_does_not_apply_do_not_count() -> None:
    findings = evaluate(
        [
            evolve(BAD, unlicensed="no other column confirms it"),
            evolve(BAD, comparison=">"),
            evolve(BAD, reason="a is not reported"),
        ]
    )
    assert {said.status for said in covered(*findings).values()} == {"untested"}


def test_what_was_inferred_from_this_very_column_does_not_test_it() -> None:
    inferred = evolve(GOOD, basis="inferred", unlicensed="nothing confirms that this column should foot")
    assert covered(*evaluate([inferred]))["a"].status == "untested"
    twin = evolve(
        sum_check(figure("t2", "3"), [figure("a2", "1"), figure("b2", "2")]),
        basis="inferred",
        unlicensed="nothing confirms it",
    )
    assert covered(*evaluate([inferred, twin]))["a"].status == "agreed"


def test_a_share_count_behind_a_cent_may_move_by_a_third() -> None:
    said = cover(SHARES, evaluate([PER_SHARE]))
    change = said["s"].noticed_from
    assert change is not None and Fraction(1, 3) < change / 178670488 < Fraction(2, 5)
    assert said["e"].noticed_from == Fraction(1, 100)
    assert said["s"].is_loose(SHARES[2])


def test_growth_notices_what_moves_it_by_a_tenth() -> None:
    said = cover(growth("40.2", "16168421", "11534705").figures, evaluate([growth("40.2", "16168421", "11534705")]))
    assert {key: one.noticed_from for key, one in said.items()} == {
        "p": Fraction(1, 10),
        "a": Fraction(2534),
        "b": Fraction(1808),
    }


def test_the_summary_counts_table_figures_other_than_zero() -> None:
    figures = [A, B, C, TOTAL, figure("z", "0"), figure("p", "30", origin="prose")]
    findings = evaluate([GOOD, BAD, evolve(BAD, reason="absent"), evolve(BAD, unlicensed="inferred")])
    summary = summarise(figures, cover(figures, findings), findings)
    assert (summary.figures, summary.agreed, summary.violated, summary.untested) == (4, 2, 2, 0)
    assert (summary.agrees, summary.violations, summary.notes, summary.not_applicable) == (1, 1, 1, 1)
    waived = [evolve(finding, waived=Waiver("known", "me", "2030-01-01")) for finding in findings]
    assert summarise(figures, cover(figures, waived), waived).violations == 0


@given(st.integers(10, 10**7), st.integers(1, 10**7))
def test_loosely_tested_is_what_more_than_one_wrong_digit_in_ten_or_one_percent_would_pass(
    amount: int, least: int
) -> None:
    said = Coverage("agreed", Fraction(least))
    text = str(amount)
    wrong = [
        int(text[:at] + digit + text[at + 1 :])
        for at, right in enumerate(text)
        for digit in "0123456789"
        if digit != right
    ]
    passed = sum(abs(other - amount) < least for other in wrong)
    assert said.is_loose(figure("x", text)) == (100 * least > amount or 10 * passed > len(wrong))


def test_a_share_count_behind_an_amount_of_two_digits_is_loosely_tested() -> None:
    shares = figure("s", "49854", unit="shares")
    assert Coverage("agreed", Fraction(280)).is_loose(shares)
    assert not Coverage("agreed", Fraction(2)).is_loose(shares)
    assert not Coverage("agreed", None).is_loose(shares)
    assert not Coverage("untested", Fraction(280)).is_loose(shares)


def test_what_only_a_second_printing_bears_out_is_loosely_tested() -> None:
    one, two = figure("a", "48213"), figure("b", "48213")
    again = evolve(check(Variable("a"), Variable("b"), [one, two]), basis="inferred")
    assert cover([one, two], evaluate([again]))["a"].is_loose(one)
    written = evolve(again, basis="written")
    assert not cover([one, two], evaluate([written]))["a"].is_loose(one)
    summed = sum_check(one, [figure("c", "40000"), figure("d", "8213")])
    assert not cover([one, two], evaluate([again, summed]))["a"].is_loose(one)
