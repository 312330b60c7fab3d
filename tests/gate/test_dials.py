"""Three dials that are never mixed: rounding decides verdicts, what is clearly trivial or material decides
severities."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from checker import pipeline
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.gate.dials import Dials, amount, measured, probed, stated, weighed
from checker.gate.policy import Policy, applied
from checker.language import load
from tests.report import sample


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50,000", 50000),
        ("250 thousand", 250000),
        ("$1.5 million", 1500000),
        ("0.5", Fraction(1, 2)),
        ("much", None),
        ("5%", None),
        ("", None),
        ("-3", None),
    ],
)
def test_amounts_as_people_write_them(text: str, value: Fraction | None) -> None:
    assert amount(text) == value


def severity(dials: Dials, **changes: object) -> str | None:
    return weighed(attrs.evolve(sample.VIOLATION, **changes), dials).severity  # type: ignore[arg-type]


def test_what_is_clearly_trivial_is_one_step_less_severe() -> None:
    assert severity(Dials(trivial=Fraction(9000))) == "warning"
    assert severity(Dials(trivial=Fraction(8999))) == "error"
    assert severity(Dials(trivial=Fraction(9000)), severity="warning") == "note"


def test_what_is_material_is_an_error() -> None:
    assert severity(Dials(materiality=Fraction(8999)), severity="warning") == "error"
    assert severity(Dials(materiality=Fraction(9000)), severity="warning") == "warning"


def test_what_is_only_inferred_stays_a_note_however_large() -> None:
    check = attrs.evolve(sample.VIOLATION.check, unlicensed="no other column confirms it")
    assert severity(Dials(materiality=Fraction(1)), severity="note", check=check) == "note"


@pytest.mark.parametrize("finding", [sample.ROUNDING, sample.REQUIRED, sample.AGREES])
def test_rounding_ratios_and_what_did_not_apply_are_left_alone(finding: Finding) -> None:
    assert weighed(finding, Dials(Fraction(0), Fraction(10**9))) == finding


def test_verdicts_never_change() -> None:
    assert weighed(sample.VIOLATION, Dials(trivial=Fraction(10**9))).verdict == "violation"


# ---- from definitions in the rules -----------------------------------------------------------------------------------


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "house.rules"


def draft(seed: Path, rules: Path) -> tuple[Checked, Policy]:
    book = load([rules])
    assert not book.faulty
    content = seed.read_text().replace("1,489,945", "1,498,945").encode()
    return pipeline.check("draft.md", content, probed(book)), Policy(dt.date(2026, 6, 30), stated=stated(book))


def test_a_definition_states_an_amount(seed: Path, rules: Path) -> None:
    rules.write_text("define Materiality = 1 million\ndefine Clearly trivial = 10 thousand\n")
    assert stated(load([rules])) == Dials(Fraction(1000000), Fraction(10000))
    checked, policy = draft(seed, rules)
    after = applied(checked, policy).checked
    gross = [
        one.severity for one in after.findings if one.check.rule.endswith("gross-profit") and one.verdict == "violation"
    ]
    assert gross == ["warning"]


def test_a_definition_computes_an_amount_from_the_document(seed: Path, rules: Path) -> None:
    rules.write_text("define Clearly trivial = 1% * abs(Total assets)\n")
    checked, policy = draft(seed, rules)
    assert measured(checked.findings)[0] == Dials(trivial=Fraction(27539592, 100))
    after = applied(checked, policy).checked
    assert not [one for one in after.findings if one.check.rule.startswith("gate/")]
    assert [
        one.severity for one in after.findings if one.check.rule.endswith("gross-profit") and one.verdict == "violation"
    ] == ["warning"]


def test_probes_leave_coverage_as_it_was(seed: Path, rules: Path) -> None:
    rules.write_text("define Materiality = 1% * abs(Total assets)\n")
    plain = pipeline.check("draft.md", seed.read_bytes(), load([rules]))
    after = applied(*draft_of(seed, rules)).checked
    assert after.coverage == plain.coverage and after.summary == plain.summary


def draft_of(seed: Path, rules: Path) -> tuple[Checked, Policy]:
    book = load([rules])
    return pipeline.check("draft.md", seed.read_bytes(), probed(book)), Policy(
        dt.date(2026, 6, 30), stated=stated(book)
    )


def test_a_rulebook_without_dials_is_left_as_it_is() -> None:
    book = load([])
    assert probed(book) is book
