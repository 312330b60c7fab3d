"""What blocks: the exit status of a document, and which status outranks which."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from checker.core.finding import Finding, Waiver
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.gate import CLEAN, FINDINGS, INTERNAL, UNREADABLE, USAGE, Settings, decide, decided, of_run, worst
from tests.report import sample
from tests.report.sample import CHECKED

DEFAULT = Settings()


def document(*findings: Finding, untested: int = 0, problems: tuple[Problem, ...] = ()) -> Checked:
    summary = attrs.evolve(CHECKED.summary, untested=untested)
    return attrs.evolve(CHECKED, findings=findings, problems=problems, summary=summary)


def test_agreement_is_clean() -> None:
    assert decide(document(sample.AGREES), DEFAULT).status == CLEAN


def test_an_error_blocks() -> None:
    assert decide(document(sample.AGREES, sample.VIOLATION), DEFAULT).status == FINDINGS


@pytest.mark.parametrize(("fail_on", "status"), [("error", CLEAN), ("warning", FINDINGS), ("note", FINDINGS)])
def test_fail_on_says_from_where(fail_on: str, status: int) -> None:
    warning = attrs.evolve(sample.VIOLATION, severity="warning")
    assert decide(document(sample.AGREES, warning), Settings(fail_on=fail_on)).status == status  # type: ignore[arg-type]


def test_a_required_rule_that_did_not_apply_blocks_by_its_severity() -> None:
    assert decide(document(sample.AGREES, sample.REQUIRED), DEFAULT).status == CLEAN
    assert decide(document(sample.AGREES, sample.REQUIRED), Settings(fail_on="warning")).status == FINDINGS


def test_rounding_blocks_only_where_asked() -> None:
    assert decide(document(sample.ROUNDING), DEFAULT).status == CLEAN
    assert decide(document(sample.ROUNDING), Settings(fail_on_rounding=True)).status == FINDINGS


def test_a_waived_finding_does_not_block() -> None:
    waived = attrs.evolve(sample.VIOLATION, waived=Waiver("known", "cfo", "2030-01-01"))
    assert decide(document(sample.AGREES, waived), DEFAULT).status == CLEAN


def test_too_little_tested_is_not_clean() -> None:
    assert decide(document(sample.AGREES, untested=3), DEFAULT).status == CLEAN  # half of six
    assert decide(document(sample.AGREES, untested=4), DEFAULT).status == UNREADABLE
    assert decide(document(sample.AGREES, untested=4), Settings(min_coverage=Fraction(1, 3))).status == CLEAN


def test_a_document_without_a_figure_in_a_table_is_not_clean() -> None:
    prose = attrs.evolve(
        document(sample.ROUNDING),
        figures=(sample.MARGIN,),
        summary=attrs.evolve(CHECKED.summary, figures=0, untested=0),
    )
    assert decide(prose, DEFAULT).status == UNREADABLE


@pytest.mark.parametrize("findings", [(), (sample.REQUIRED,)])
def test_a_document_without_a_decided_check_is_not_clean(findings: tuple[Finding, ...]) -> None:
    assert decide(document(*findings), Settings(min_coverage=Fraction(0))).status == UNREADABLE


def test_trouble_with_reading_outranks_findings() -> None:
    broken = document(sample.VIOLATION, problems=(Problem("R101", "error", "is no text"),))
    assert decide(broken, DEFAULT).status == UNREADABLE
    assert (
        decide(document(sample.VIOLATION, problems=(Problem("R104", "warning", "2 characters"),)), DEFAULT).status
        == FINDINGS
    )


def test_a_crash_on_one_document_outranks_everything_said_of_others() -> None:
    crashed = document(problems=(Problem("T001", "error", "internal error"),))
    assert (
        of_run([decide(document(sample.VIOLATION), DEFAULT), decide(crashed, DEFAULT)], (), DEFAULT).status == INTERNAL
    )


def test_the_outcome_of_a_run_says_what_came_of_its_documents() -> None:
    outcomes = [
        decide(one, DEFAULT)
        for one in (document(sample.AGREES), document(sample.VIOLATION), document(sample.AGREES, untested=4))
    ]
    said = of_run(outcomes, (), DEFAULT, ("tieout.toml: ignore 3",))
    assert (said.status, said.weakened) == (UNREADABLE, ("tieout.toml: ignore 3",))
    assert said.reasons == ("1 of 3 documents not checked", "1 of 3 documents with findings that count")
    assert of_run([], (), DEFAULT).unchecked


def test_what_could_not_be_opened_was_not_read() -> None:
    closed = Problem("T004", "error", "cannot be opened: Permission denied", "drafts/old")
    assert of_run([decide(document(sample.AGREES), DEFAULT)], [closed], DEFAULT).status == UNREADABLE


def test_the_gate_alone_marks_what_blocks() -> None:
    warning = attrs.evolve(sample.VIOLATION, severity="warning", blocks=False)
    strict, lax = (decided(document(warning, sample.ROUNDING), Settings(fail_on=one)) for one in ("warning", "error"))  # type: ignore[arg-type]
    assert [one.blocks for one in strict.findings] == [True, False]
    assert not any(one.blocks for one in lax.findings)
    assert lax.outcome is not None and lax.outcome.passed


def test_a_document_of_which_only_sentences_were_checked_says_so() -> None:
    prose = attrs.evolve(
        document(sample.ROUNDING),
        figures=(sample.MARGIN,),
        summary=attrs.evolve(CHECKED.summary, figures=0, untested=0),
    )
    assert decide(prose, DEFAULT).reasons == (
        "no figure in a table was found: only sentences were checked, 1 statement of them",
    )


def test_the_status_of_a_run_is_its_worst() -> None:
    assert worst([CLEAN, FINDINGS, CLEAN]) == FINDINGS
    assert worst([FINDINGS, UNREADABLE, CLEAN]) == UNREADABLE
    assert worst([USAGE, UNREADABLE]) == USAGE
    assert worst([]) == UNREADABLE


def test_a_decision_says_why() -> None:
    assert decide(document(sample.AGREES, untested=4), DEFAULT).reasons == (
        "only 2 of 6 table figures were tested, fewer than 50 %",
    )
    assert decide(document(sample.VIOLATION), DEFAULT).reasons == ("1 finding at or above error",)
