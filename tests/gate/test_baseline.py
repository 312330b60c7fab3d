"""The baseline: it counts, it only shrinks, and nothing of a document stands in it."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.finding import Finding, Waiver
from checker.core.report import Checked
from checker.gate import CLEAN, FINDINGS, Settings, decide
from checker.gate.baseline import Baseline, Counts, beyond, counted, key, leftovers, pruned, read, written
from checker.gate.policy import Policy, applied
from checker.gate.policy import leftovers as leftovers_of_the_run
from checker.gate.selection import Selection
from tests.report import sample
from tests.report.sample import CHECKED

TODAY = dt.date(2026, 6, 30)
FILE = "tieout-baseline.json"


def document(*findings: Finding) -> Checked:
    return attrs.evolve(CHECKED, findings=(sample.AGREES, *findings))


def same(count: int) -> tuple[Finding, ...]:
    """So many findings with one fingerprint, numbered as the program does."""
    return tuple(
        attrs.evolve(sample.VIOLATION, id="a2" if number == 1 else f"a2-{number}") for number in range(1, count + 1)
    )


def counts(*findings: Finding) -> Counts:
    return counted(document(*findings), FILE, Settings())


kinds = st.tuples(st.sampled_from(["a.md", "b.md"]), st.sampled_from(["r1", "r2"]), st.sampled_from(["x", "y"]))
tables = st.dictionaries(kinds, st.integers(1, 5))


def test_what_is_counted_does_not_block_and_what_is_beyond_does() -> None:
    policy = Policy(TODAY, baseline=Baseline(FILE, counts(*same(2))))
    assert decide(applied(document(*same(2)), policy).checked, Settings()).status == CLEAN
    third = applied(document(*same(3)), policy).checked
    assert decide(third, Settings()).reasons == ("1 finding at or above error",)
    assert third.summary.violations == 1


def test_another_finding_of_the_same_rule_blocks() -> None:
    policy = Policy(TODAY, baseline=Baseline(FILE, counts(*same(1))))
    other = attrs.evolve(sample.VIOLATION, id="c7")
    assert decide(applied(document(other), policy).checked, Settings()).status == FINDINGS


def test_only_what_blocks_is_counted() -> None:
    note = attrs.evolve(sample.VIOLATION, severity="note")
    waived = attrs.evolve(sample.VIOLATION, waived=Waiver("known", "cfo", "2030-01-01"))
    assert not counts(note, waived, sample.ROUNDING)
    assert counted(document(note), FILE, Settings(fail_on="note"))


def test_no_line_no_amount_and_no_text_stands_in_it() -> None:
    text = written(counts(*same(2)))
    assert json.loads(text)["documents"] == {"release.md": {"us-gaap/income-statement/gross-profit": {"a2:4.24": 2}}}
    for secret in ("Gross profit", "1498945", "9000", "Revenues"):
        assert secret not in text


@given(tables)
def test_what_is_written_is_read_again(table: Counts) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(written(table))
        assert read(path).counts == table
        assert written(read(path).counts) == written(table)


@given(tables, tables)
def test_pruning_never_adds_and_covers_what_it_can(old: Counts, new: Counts) -> None:
    left = pruned(old, new)
    assert all(count <= old[kind] for kind, count in left.items())
    assert beyond(left, new) == beyond(old, new)


def test_a_rule_that_was_left_out_is_not_called_fixed() -> None:
    baseline = Baseline(FILE, counts(*same(1)))
    for selection, said in (
        (Selection(), ["G203"]),
        (Selection(select=("house/*",)), []),
        (Selection(ignore=("gross-profit",)), []),
    ):
        policy = Policy(TODAY, baseline=baseline, selection=selection)
        assert [problem.code for problem in leftovers_of_the_run(policy, [applied(document(), policy)])] == said


def test_what_is_fixed_is_said() -> None:
    baseline = Baseline(FILE, counts(*same(3)))
    one = applied(document(*same(1)), Policy(TODAY, baseline=baseline))
    (problem,) = leftovers(baseline, ["release.md"], one.needed)
    assert (problem.code, problem.message) == (
        "G203",
        "2 findings of release.md in the baseline are fixed, or differ by another amount now",
    )
    assert not list(leftovers(baseline, ["other.md"], {}))


@given(st.fractions(), st.fractions())
def test_another_difference_is_another_finding_and_none_can_be_read_off(one: Fraction, two: Fraction) -> None:
    before, after = (counts(attrs.evolve(sample.VIOLATION, difference=value)) for value in (one, two))
    if one == two:
        assert before == after
    elif abs(two) >= 10 * max(abs(one), Fraction(1)):
        assert before != after  # grown by a power of ten: the hash is not even asked
    for _, _, fingerprint in before:
        assert len(fingerprint.rpartition(".")[2]) == 2  # eight bits


def test_a_counted_difference_that_grows_blocks_again() -> None:
    policy = Policy(TODAY, baseline=Baseline(FILE, counts(*same(1))))
    grown = attrs.evolve(sample.VIOLATION, difference=Fraction(80_000))
    one = applied(document(grown), policy)
    assert decide(one.checked, Settings()).status == FINDINGS
    assert [problem.code for problem in leftovers_of_the_run(policy, [one])] == ["G203"]


def test_documents_are_named_from_the_folder_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert key("drafts/a.md", FILE) == key(str(tmp_path / "drafts" / "a.md"), FILE) == "drafts/a.md"
    assert key("drafts/a.md", "drafts/base.json") == "a.md"
    assert key("-", FILE) == "-"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        "[" * 100000,
        '{"schema": "tieout-baseline/2"}',
        '{"schema": "tieout-baseline/2", "documents": {"a": {"r": {"x": -1}}}}',
        '{"schema": "tieout-baseline/2", "documents": {"a": {"r": {"x": true}}}}',
        '{"schema": "tieout-baseline/9", "documents": {}}',
        "\xff",
    ],
)
def test_a_file_that_is_no_baseline_is_a_problem_not_a_crash(tmp_path: Path, body: str) -> None:
    path = tmp_path / FILE
    path.write_text(body, encoding="latin-1")
    assert [problem.code for problem in read(path).problems] == ["G202"]
