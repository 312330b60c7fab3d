"""Which figure is named when a release does not add up, and when nobody is."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.core.expression import Variable
from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.diagnose import diagnose
from checker.evaluate import evaluate
from tests.diagnose.statements import checks, release, shown
from tests.evaluate.making import check, figure, growth, sum_check
from tests.examples import examples

RIGHT = {figure.id: int(figure.value or 0) for figure in release()}


def findings(changed: Mapping[str, int]) -> list[Finding]:
    figures = release(changed)
    return list(diagnose(evaluate(checks(figures)), figures))


def ranked(found: list[Finding]) -> list[Suspect]:
    """Every suspect once, likeliest first."""
    named: dict[str, Suspect] = {}
    for suspect in sorted((s for finding in found for s in finding.suspects), key=lambda suspect: -suspect.score):
        named.setdefault(suspect.figure, suspect)
    return list(named.values())


def by_caption(caption: str, column: int = 0) -> str:
    return [figure.id for figure in release() if figure.caption == caption][column]


@pytest.mark.parametrize(
    ("caption", "printed", "cause"),
    [
        ("Total liabilities", 34723120, "digits transposed"),
        ("Notes payable, net of discount", 1436108, "digit dropped"),
        ("Capital in excess of par value", -147608509, "wrong sign"),
        ("Accounts receivable, net", 4225, "wrong scale"),
        ("Gross profit", 4716825, "one digit wrong"),
        ("Total liabilities", 344273120, "digit doubled"),
        ("Total current assets", 4810083, "copied from the comparative column"),
        ("Net loss", -785951, "copied from the comparative column"),
    ],
)
def test_a_keying_slip_is_named_with_what_should_stand_there(caption: str, printed: int, cause: str) -> None:
    key = by_caption(caption)
    found = findings({key: printed})
    assert [(s.figure, s.proposed, s.cause) for s in ranked(found)] == [(key, shown(RIGHT[key]), cause)]
    assert all(finding.suspects == () for finding in found if finding.verdict != "violation")


def test_a_clean_release_has_no_suspects() -> None:
    assert all(finding.suspects == () for finding in findings({}))


def test_two_errors_far_apart_are_told_apart() -> None:
    one, two = by_caption("Total operating expenses"), by_caption("Total other assets")
    assert {s.figure for s in ranked(findings({one: 5711512, two: 9382226}))} == {one, two}


def test_two_errors_in_one_sum_are_found_together() -> None:
    one, two = by_caption("Total current assets"), by_caption("Total other assets")
    named = ranked(findings({one: 5880040, two: 19832226}))
    assert {(s.figure, s.proposed) for s in named[:2]} == {(one, "5,808,040"), (two, "19,382,226")}


def test_two_rows_swapped() -> None:
    one, two = by_caption("Total liabilities"), by_caption("Preferred stock")
    named = ranked(findings({one: RIGHT[two], two: RIGHT[one]}))
    assert {(s.figure, s.proposed, s.cause) for s in named} == {
        (one, "34,273,120", "rows swapped"),
        (two, "119", "rows swapped"),
    }


def test_one_relation_without_a_slip_is_one_of_these() -> None:
    lines = [figure("a", "1234"), figure("b", "5678"), figure("t", "9999")]
    (found,) = diagnose(evaluate([sum_check(lines[2], lines[:2])]), lines)
    assert {s.figure for s in found.suspects} == {"a", "b", "t"}
    assert {s.score for s in found.suspects} == {Fraction(333, 1000)}
    assert {s.proposed for s in found.suspects} == {"4321", "8765", "6912"}


def test_an_equation_that_holds_clears_its_figures() -> None:
    a, b, t, again = figure("a", "1234"), figure("b", "5678"), figure("t", "9999"), figure("c", "1234")
    tie = check(Variable("a"), Variable("c"), [a, again])
    found, _ = diagnose(evaluate([sum_check(t, [a, b]), tie]), [a, b, t, again])
    assert {s.figure for s in found.suspects} == {"b", "t"}


def test_notes_have_no_say() -> None:
    figures = release({by_caption("Gross profit"): 4716825})
    quiet = [evolve(one, unlicensed="only inferred") for one in checks(figures)]
    assert all(finding.suspects == () for finding in diagnose(evaluate(quiet), figures))


def test_ratios_speak_too() -> None:
    """Growth of 40.2 % clears the revenues it is made of: the cost must be wrong."""
    rise = growth("40.2", "16168421", "11534705")
    revenues = rise.figures[1]
    cost, profit = figure("c", "11715596"), figure("g", "4416825")
    gross = sum_check(revenues, [cost, profit])
    found, _ = diagnose(evaluate([gross, rise]), [*rise.figures, cost, profit])
    assert found.verdict == "violation"
    assert [(s.figure, s.proposed) for s in found.suspects] == [("c", "11751596")]


# ---- measured --------------------------------------------------------------------------------------------------------


def corrupted(amount: int, kind: str, other: int, rng: random.Random) -> int | None:
    """One keying error, or (`other`) any number of the same length; None where it cannot be made."""
    sign, digits = (-1 if amount < 0 else 1), str(abs(amount))
    at = rng.randrange(len(digits))
    match kind:
        case "digit":
            digits = digits[:at] + rng.choice("123456789".replace(digits[at], "")) + digits[at + 1 :]
        case "transpose" if at + 1 < len(digits):
            digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        case "drop" if len(digits) > 1:
            digits = digits[:at] + digits[at + 1 :]
        case "double":
            digits = digits[:at] + digits[at] + digits[at:]
        case "stale":
            digits = str(abs(other))
        case "sign":
            sign = -sign
        case "scale":
            digits += "000"
        case "other":
            digits = rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])
    wrong = sign * int(digits)
    return wrong if wrong not in (0, amount) else None


def located(kind: str, tries: int) -> tuple[int, int, int, int]:
    """Errors detected, named first, among the first three, and named alone but wrongly."""
    rng = random.Random(kind)
    detected = first = third = wrong = 0
    for key in rng.choices([key for key, amount in RIGHT.items() if amount], k=tries):
        twin = key[:-1] + ("1" if key.endswith("0") else "0")
        error = corrupted(RIGHT[key], kind, RIGHT[twin], rng)
        found = findings({key: error}) if error is not None else []
        if not any(finding.verdict == "violation" for finding in found):
            continue
        names = [s.figure for s in ranked(found)]
        detected += 1
        first += names[:1] == [key]
        third += key in names[:3]
        wrong += bool(names) and names[0] != key and ranked(found)[0].score >= Fraction(9, 10)
    return detected, first, third, wrong


KEYING = ("digit", "transpose", "drop", "double", "stale", "sign", "scale")


def test_keying_errors_are_located() -> None:
    tallies = [located(kind, 40) for kind in KEYING]
    detected, first, third, wrong = (sum(column) for column in zip(*tallies, strict=True))
    assert first >= 0.88 * detected
    assert third >= 0.97 * detected
    assert wrong <= 0.02 * detected


def test_other_errors_are_located_where_other_columns_help() -> None:
    detected, first, third, _ = located("other", 60)
    assert first >= 0.6 * detected
    assert third >= 0.86 * detected


# ---- laws ------------------------------------------------------------------------------------------------------------

CHANGES = st.dictionaries(st.sampled_from(sorted(RIGHT)), st.integers(-(10**9), 10**9), max_size=4)


@settings(max_examples=examples(60), deadline=None)
@given(CHANGES)
def test_any_release_is_diagnosed_the_same_way_twice(changed: dict[str, int]) -> None:
    one, two = findings(changed), findings(changed)
    assert one == two
    for finding in one:
        own = {figure.id for figure in finding.check.figures}
        assert all(s.figure in own and 0 < s.score < 1 for s in finding.suspects)


@example("b26.0", 1165001)
@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(sorted(key for key, amount in RIGHT.items() if amount)), st.integers(2, 10**9))
def test_a_figure_named_alone_repairs_all_and_breaks_nothing(key: str, printed: int) -> None:
    found = findings({key: printed})
    named = ranked(found)
    if len(named) != 1:
        return
    text = named[0].proposed.replace(",", "")
    needed = (
        -Decimal(text.strip("()")) if text.startswith("(") else Decimal(text)
    )  # the lost point of an amount of few digits may be put back
    repaired = evaluate(checks(release({key: printed, named[0].figure: needed})))
    assert all(finding.verdict in ("agrees", "rounding") for finding in repaired)


def test_verdicts_are_never_changed() -> None:
    figures = release({by_caption("Gross profit"): 4716825})
    before = evaluate(checks(figures))
    assert [evolve(finding, suspects=(), story=None) for finding in diagnose(before, figures)] == list(before)


def test_figures_of_any_step_and_none() -> None:
    for step in ("0", "0.01", "1000"):
        lines = [evolve(figure("a", "1000"), step=Decimal(step)), figure("b", "5678"), figure("t", "9999999")]
        (found,) = diagnose(evaluate([sum_check(lines[2], lines[:2])]), lines)
        assert found.suspects


def test_what_nothing_explains_names_nobody_alone() -> None:
    """Five unrelated errors in one statement: the search gives up and says so by its scores."""
    keys = ["b0.0", "b4.0", "b6.0", "b9.0", "b12.0"]
    named = ranked(findings({key: 7_000_003 + 1_111_117 * at for at, key in enumerate(keys)}))
    assert named and all(suspect.score <= Fraction(1, 2) for suspect in named)


def test_a_figure_nobody_listed_is_still_known() -> None:
    lines = [figure("a", "1234"), figure("b", "5678"), figure("t", "9999")]
    unlisted: list[Figure] = []
    assert len(diagnose(evaluate([sum_check(lines[2], lines[:2])]), unlisted)[0].suspects) == 3
