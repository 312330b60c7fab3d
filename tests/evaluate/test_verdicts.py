"""What each verdict means, on printed figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from checker.core.check import Check, Threshold
from checker.core.expression import Absolute, Add, Constant, Divide, Greatest, Multiply, Variable, negative
from checker.core.finding import Finding
from checker.core.rule import Tolerance
from checker.evaluate import evaluate
from tests.evaluate.making import check, figure, growth, hundredfold, sum_check, tolerance

REVENUES = figure("Revenues", "16168421", text="16,168,421")
COST = figure("Cost of revenues", "11751596", text="11,751,596")
PROFIT = figure("Gross profit", "4416825", text="4,416,825")


def judged(one: Check) -> Finding:
    (finding,) = evaluate([one])
    return finding


def profit(revenues: str, cost: str, gross: str, step: str = "0.1", **rest: object) -> Check:
    figures = [figure("g", gross, step), figure("r", revenues, step), figure("c", cost, step)]
    return check(Variable("g"), Add((Variable("r"), negative(Variable("c")))), figures, **rest)


class TestEquations:
    def test_equal_as_printed_agrees(self) -> None:
        finding = judged(
            check(
                Variable("Gross profit"),
                Add((Variable("Revenues"), negative(Variable("Cost of revenues")))),
                [PROFIT, REVENUES, COST],
            )
        )
        assert finding.verdict == "agrees" and finding.severity is None and finding.difference == 0
        assert finding.message == "4,416,825 = 16,168,421 - 11,751,596"

    def test_three_roundings_may_lose_a_tenth(self) -> None:
        finding = judged(profit("16.2", "11.7", "4.4"))
        assert (finding.verdict, finding.severity, finding.unlikely) == ("rounding", None, False)
        assert (finding.difference, finding.allowance, finding.units_of_last_place) == (
            Fraction(-1, 10),
            Fraction(3, 20),
            Fraction(-1),
        )
        assert {share.figure: share.allowance for share in finding.shares} == dict.fromkeys("grc", Fraction(1, 20))
        assert (
            finding.message
            == "4.4 = 16.2 - 11.7 but for 0.1 USD (one unit of the last place); rounding explains up to 0.15"
        )

    def test_two_tenths_are_more_than_three_roundings(self) -> None:
        finding = judged(profit("11.5", "10.0", "1.7"))
        assert (finding.verdict, finding.severity) == ("violation", "error")
        assert (
            finding.message
            == "1.7 is not 11.5 - 10.0 = 1.5: the difference is 0.2 USD (2 units of the last place), and "
            "rounding explains no more than 0.15"
        )

    def test_amounts_in_a_scale_are_told_in_it(self) -> None:
        total, one, two = (
            figure(key, f"{amount}000000", "1000000", text=text, scale=Decimal(10**6))
            for key, amount, text in (("t", "95871", "95,871"), ("a", "31185", "31,185"), ("b", "1686", "1,686"))
        )
        assert (
            judged(sum_check(total, [one, two])).message
            == "95,871 is not 31,185 + 1,686 = 32,871: the difference is 63,000 USD in millions (63,000 units of the"
            " last place), and rounding explains no more than 1.5"
        )

    def test_what_is_negative_stands_in_brackets_and_a_dash_is_nothing(self) -> None:
        total, one, two = (
            figure("t", "-650420", text="(650,420)"),
            figure("a", "-605420", text="(605,420)"),
            figure("b", "0", text="—"),
        )
        assert (
            judged(sum_check(total, [one, two])).message
            == "(650,420) is not (605,420) + 0 = (605,420): the difference is 45,000 USD (45,000 units of the "
            "last place), and rounding explains no more than 1.5"
        )

    def test_a_quotient_has_no_currency(self) -> None:
        figures = [
            figure(key, amount) for key, amount in (("a", "95871"), ("b", "21100"), ("c", "31185"), ("d", "1686"))
        ]
        message = judged(
            check(Divide(Variable("a"), Variable("b")), Divide(Variable("c"), Variable("d")), figures)
        ).message
        assert "the difference is 13.95" in message and "USD" not in message
        assert (
            "USD" in judged(check(Variable("a"), Multiply(Constant(Fraction(2)), Variable("b")), figures[:2])).message
        )

    def test_a_figure_printed_coarser_agrees_where_the_rest_rounds_to_it(self) -> None:
        for amount, verdict in (
            ("16168421", "agrees"),
            ("16150000", "agrees"),
            ("16250000", "agrees"),
            ("16250000.5", "rounding"),
            ("16250001", "violation"),
        ):
            prose, table = figure("p", "16200000", "100000", text="$16.2 million"), figure("t", amount, "1")
            assert judged(check(Variable("p"), Variable("t"), [prose, table])).verdict == verdict
            assert judged(check(Variable("t"), Variable("p"), [table, prose])).verdict == verdict

    def test_two_coarse_figures_round_but_never_agree_unless_equal(self) -> None:
        figures = [figure("a", "16200000", "100000"), figure("b", "4600000", "100000"), figure("c", "11534705")]
        assert judged(check(Variable("a"), Add((Variable("b"), Variable("c"))), figures)).verdict == "rounding"

    def test_a_coefficient_counts_in_the_allowance(self) -> None:
        figures = [figure("a", "100"), figure("b", "49")]
        assert (
            judged(check(Variable("a"), Multiply(Constant(Fraction(2)), Variable("b")), figures)).verdict == "violation"
        )
        figures = [figure("a", "99"), figure("b", "49")]
        assert judged(
            check(Variable("a"), Multiply(Constant(Fraction(2)), Variable("b")), figures)
        ).allowance == Fraction(3, 2)

    def test_a_dash_is_a_reported_zero(self) -> None:
        assert (
            judged(sum_check(figure("t", "5"), [figure("a", "5"), figure("b", "0", form="dash", text="-")])).verdict
            == "agrees"
        )


class TestUnlikely:
    @pytest.mark.parametrize(("addends", "unlikely_from", "worst"), [(10, 4, 5), (20, 5, 10), (30, 6, 15)])
    def test_the_worst_case_allows_more_than_ever_happens(self, addends: int, unlikely_from: int, worst: int) -> None:
        lines = [figure(f"x{at}", "100") for at in range(addends)]
        found = [judged(sum_check(figure("t", str(100 * addends + off)), lines)) for off in range(worst + 2)]
        assert [finding.verdict for finding in found] == ["agrees"] + ["rounding"] * worst + ["violation"]
        assert [finding.unlikely for finding in found[1:-1]] == [off >= unlikely_from for off in range(1, worst + 1)]
        assert {finding.severity for finding in found if finding.unlikely} == {"note"}

    def test_one_unit_is_unlikely_where_sums_are_forced(self) -> None:
        finding = judged(sum_check(figure("t", "11"), [figure("a", "5"), figure("b", "5")], forced=True))
        assert (finding.verdict, finding.unlikely, finding.severity) == ("rounding", True, "note")

    def test_a_sentence_forces_nothing(self) -> None:
        prose = [
            figure(key, amount, "100000", origin="prose")
            for key, amount in (("t", "4600000"), ("a", "2300000"), ("b", "2200000"))
        ]
        assert not judged(sum_check(prose[0], prose[1:], forced=True)).unlikely


class TestRatios:
    def test_growth_counts_the_prior_amount_once(self) -> None:
        """16.2 / 11.5 - 1 lies between 39.8 and 42.0 %; with the prior amount counted twice it would lie between 39.4
        and 42.5 %."""
        assert judged(growth("40.2", "16168421", "11534705")).verdict == "agrees"
        assert judged(growth("40.3", "16168421", "11534705")).verdict == "violation"
        assert judged(growth("41.9", "16.2", "11.5", "0.1")).verdict == "rounding"
        assert judged(growth("42.1", "16.2", "11.5", "0.1")).verdict == "violation"

    def test_the_two_ways_to_write_growth_are_judged_alike(self) -> None:
        figures = [figure("p", "41.9", "0.1", "percent"), figure("a", "16.2", "0.1"), figure("b", "11.5", "0.1")]
        other = Add((hundredfold(Variable("a"), Variable("b")), Constant(Fraction(-100))))
        one, two = judged(growth("41.9", "16.2", "11.5", "0.1")), judged(check(Variable("p"), other, figures))
        assert (one.verdict, one.difference, one.allowance) == (two.verdict, two.difference, two.allowance)

    def test_growth_over_a_loss(self) -> None:
        figures = [figure("p", "150", "1", "percent"), figure("a", "50"), figure("b", "-100")]
        assert (
            judged(
                check(
                    Variable("p"),
                    hundredfold(Add((Variable("a"), negative(Variable("b")))), Absolute(Variable("b"))),
                    figures,
                )
            ).verdict
            == "agrees"
        )

    def test_earnings_per_share_agree_when_they_round_to_what_is_printed(self) -> None:
        figures = [
            figure("e", "-0.01", "0.01", "USD/share"),
            figure("n", "-1695526"),
            figure("s", "178670488", unit="shares"),
        ]
        assert judged(check(Variable("e"), Divide(Variable("n"), Variable("s")), figures)).verdict == "agrees"
        assert judged(check(Variable("n"), Multiply(Variable("e"), Variable("s")), figures)).verdict == "rounding"

    def test_a_divisor_that_may_be_zero_is_not_applicable(self) -> None:
        figures = [figure("p", "100", "1", "percent"), figure("a", "5"), figure("b", "0")]
        finding = judged(check(Variable("p"), hundredfold(Variable("a"), Variable("b")), figures))
        assert (finding.verdict, finding.reason) == ("not applicable", "division by what may be zero: b")

    def test_a_product_of_two(self) -> None:
        """1.5 * 2.5 = 3.75 to 2.5 * 3.5 = 8.75, against half a unit around the left side."""
        figures = [figure("l", "6", "1"), figure("a", "2", "1"), figure("b", "3", "1")]
        for left, verdict in (
            ("6", "agrees"),
            ("4", "rounding"),
            ("9", "rounding"),
            ("3", "violation"),
            ("10", "violation"),
        ):
            figures[0] = figure("l", left)
            assert judged(check(Variable("l"), Multiply(Variable("a"), Variable("b")), figures)).verdict == verdict

    def test_the_larger_of_two_whose_order_rounding_hides(self) -> None:
        """max(a; b) - a with a = b = 10 is between 0 and 1: both cases, each figure once in each."""
        for left, verdict in (("0", "agrees"), ("1", "rounding"), ("2", "violation"), ("-1", "violation")):
            figures = [figure("l", left), figure("a", "10"), figure("b", "10")]
            right = Add((Greatest((Variable("a"), Variable("b"))), negative(Variable("a"))))
            assert judged(check(Variable("l"), right, figures)).verdict == verdict


class TestInequalities:
    @pytest.mark.parametrize(
        ("left", "comparison", "verdict"),
        [
            ("9", "<", "agrees"),
            ("10", "<", "rounding"),
            ("11", "<", "violation"),
            ("12", "<", "violation"),
            ("10", "<=", "agrees"),
            ("11", "<=", "rounding"),
            ("12", "<=", "violation"),
            ("11", ">", "agrees"),
            ("10", ">", "rounding"),
            ("9", ">", "violation"),
            ("10", ">=", "agrees"),
            ("9", ">=", "rounding"),
            ("8", ">=", "violation"),
        ],
    )
    def test_true_as_printed_or_possible_or_neither(self, left: str, comparison: str, verdict: str) -> None:
        figures = [figure("a", left), figure("b", "10")]
        assert judged(check(Variable("a"), Variable("b"), figures, comparison=comparison)).verdict == verdict


class TestTolerance:
    def test_exact_allows_nothing(self) -> None:
        assert judged(profit("16.2", "11.7", "4.4", tolerance=Tolerance("exact"))).verdict == "violation"
        assert judged(profit("16.2", "11.7", "4.5", tolerance=Tolerance("exact"))).verdict == "agrees"

    @pytest.mark.parametrize(
        ("allowed", "passes"),
        [
            (tolerance("3", "units"), True),
            (tolerance("2", "units"), False),
            (tolerance("0.3", "currency"), True),
            (tolerance("0.2", ""), False),
            (tolerance("7", "percent"), True),
            (tolerance("6", "percent"), False),
        ],
    )
    def test_a_stated_amount_takes_the_place_of_rounding(self, allowed: Tolerance, passes: bool) -> None:
        """4.8 against 4.5: three units of the last place, 6.25 % of the larger."""
        assert judged(profit("16.2", "11.7", "4.8", tolerance=allowed)).verdict == (
            "rounding" if passes else "violation"
        )

    @pytest.mark.parametrize(
        ("allowed", "passes"),
        [
            (tolerance("1", "points"), True),
            (tolerance("0.5", "points"), False),
            (tolerance("100", "basis points"), True),
        ],
    )
    def test_points_are_points_of_a_percentage(self, allowed: Tolerance, passes: bool) -> None:
        figures = [figure("p", "41.0", "0.1", "percent"), figure("a", "140000"), figure("b", "100000")]
        one = check(
            Variable("p"),
            hundredfold(Add((Variable("a"), negative(Variable("b")))), Variable("b")),
            figures,
            percent=True,
            tolerance=allowed,
        )
        assert judged(one).verdict == ("rounding" if passes else "violation")


class TestSeverity:
    def test_thresholds_raise_it_by_the_difference(self) -> None:
        steps = (Threshold("error", Fraction(100)), Threshold("warning", Fraction(10)))
        lines = [figure("a", "4"), figure("b", "6")]
        found = [
            judged(sum_check(figure("t", str(10 + off)), lines, severity="note", thresholds=steps))
            for off in (5, 10, 11, 101)
        ]
        assert [finding.severity for finding in found] == ["note", "note", "warning", "error"]

    def test_an_unlicensed_violation_is_a_note(self) -> None:
        assert judged(profit("11.5", "10.0", "1.7", unlicensed="no other column confirms it")).severity == "note"

    def test_not_applicable_passes_its_reason_through(self) -> None:
        finding = judged(Check("r", "", "A = B", "written", "2013", reason="B is not reported"))
        assert (finding.verdict, finding.severity, finding.reason, finding.message) == (
            "not applicable",
            None,
            "B is not reported",
            "B is not reported",
        )

    def test_a_required_rule_that_does_not_apply_has_its_severity(self) -> None:
        assert (
            judged(
                Check(
                    "r", "", "A = B", "written", "2013", reason="B is not reported", required=True, severity="warning"
                )
            ).severity
            == "warning"
        )

    def test_a_figure_is_never_compared_with_itself(self) -> None:
        assert (
            judged(check(Variable("a"), Variable("a"), [figure("a", "5")])).reason
            == "it would compare a figure with itself"
        )
        double = Divide(Multiply(Constant(Fraction(2)), Variable("a")), Constant(Fraction(2)))
        assert judged(check(Variable("a"), double, [figure("a", "5")])).verdict == "not applicable"

    def test_what_is_not_meaningful_is_not_compared(self) -> None:
        blank = evolve(figure("a", "5", text="NM", caption="Change"), value=None, form="not meaningful")
        assert (
            judged(check(Variable("a"), Variable("b"), [blank, figure("b", "5")])).reason
            == "Change is not meaningful (NM)"
        )


class TestFingerprints:
    def test_amounts_and_lines_do_not_matter(self) -> None:
        one, two = judged(profit("16.2", "11.7", "4.4")), judged(profit("11.5", "10.0", "1.5"))
        assert one.id == two.id

    def test_repeats_are_numbered_in_order(self) -> None:
        ids = [finding.id for finding in evaluate([profit("16.2", "11.7", "4.4")] * 3)]
        assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]
