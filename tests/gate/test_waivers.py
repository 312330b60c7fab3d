"""Waivers: what they must say, what they waive, and how they end."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.gate.policy import Policy, applied, leftovers
from checker.gate.selection import Selection
from checker.gate.waivers import Entry, Terms, Waivers, document_fits, read, same_difference, written
from tests.report import sample
from tests.report.sample import CHECKED

TODAY = dt.date(2026, 6, 30)
GOOD = """
[[waiver]]
rule = "gross-profit"
document = "release.md"
reason = "restated in the filing"
approver = "J. Doe"
expires = 2026-12-31
difference = "9000"
"""
ENTRY = Entry("gross-profit", "release.md", "restated", "J. Doe", dt.date(2026, 12, 31), Fraction(9000))


def file(folder: Path, text: str) -> Waivers:
    path = folder / "tieout-waivers.toml"
    path.write_text(text, encoding="utf-8")
    return read(path, Terms(TODAY))


def judged(entry: Entry, finding: Finding = sample.VIOLATION, today: dt.date = TODAY) -> tuple[Checked, list[str]]:
    """The sample after one waiver, and the codes of what is left over."""
    policy = Policy(today, waivers=Waivers("w.toml", (entry,)))
    one = applied(attrs.evolve(CHECKED, findings=(sample.AGREES, finding)), policy)
    return one.checked, [problem.code for problem in leftovers(policy, [one])]


# ---- the file --------------------------------------------------------------------------------------------------------


def test_a_waiver_as_written(tmp_path: Path) -> None:
    waivers = file(tmp_path, GOOD)
    assert not waivers.problems
    (entry,) = waivers.entries
    assert (entry.rule, entry.difference, entry.expires, entry.line) == ("gross-profit", 9000, dt.date(2026, 12, 31), 2)


@pytest.mark.parametrize("key", ["rule", "document", "reason", "approver", "expires"])
def test_none_of_five_words_may_be_missing(tmp_path: Path, key: str) -> None:
    without = "\n".join(line for line in GOOD.splitlines() if not line.startswith(key))
    waivers = file(tmp_path, without)
    assert [problem.message for problem in waivers.problems] == [f"a waiver needs {key}"]
    assert not waivers.entries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("= 1", "G102"),
        ("[" * 5000, "G102"),
        ("rule = 1", "G103"),
        ("waiver = 3", "G103"),
        (GOOD.replace("reason", "raeson"), "G103"),
        (GOOD.replace('"9000"', "9000.5"), "G103"),
        (GOOD.replace('"9000"', '"1/0"'), "G103"),
        (GOOD.replace("2026-12-31", '"soon"'), "G103"),
        (GOOD.replace("2026-12-31", "2031-12-31"), "G104"),
    ],
)
def test_what_is_wrong_with_a_file_keeps_the_run_from_starting(tmp_path: Path, text: str, code: str) -> None:
    assert code in {problem.code for problem in file(tmp_path, text).problems}


def test_a_file_that_is_not_there_is_said() -> None:
    assert [problem.code for problem in read(Path("nowhere.toml"), Terms(TODAY)).problems] == ["G101"]


names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: bool(text.strip()))


@given(names, names, st.fractions())
def test_what_is_written_is_read_again(reason: str, approver: str, difference: Fraction) -> None:
    import tomllib

    text = written(attrs.evolve(ENTRY, reason=reason, approver=approver, difference=difference, finding="a2"))
    (table,) = tomllib.loads(text)["waiver"]
    assert (table["reason"], table["approver"], table["expires"]) == (reason, approver, ENTRY.expires)
    assert same_difference(Fraction(table["difference"]), difference)


# ---- what it waives --------------------------------------------------------------------------------------------------


def test_a_waived_finding_stays_and_is_counted_apart() -> None:
    checked, left = judged(ENTRY)
    waived = checked.findings[1].waived
    assert waived is not None and (waived.reason, waived.approver, waived.expires) == (
        "restated",
        "J. Doe",
        "2026-12-31",
    )
    assert checked.summary.violations == 0 and left == []


def test_on_its_last_day_it_still_holds_and_then_no_more() -> None:
    assert judged(ENTRY, today=ENTRY.expires)[0].findings[1].waived is not None
    checked, left = judged(ENTRY, today=ENTRY.expires + dt.timedelta(days=1))
    assert checked.findings[1].waived is None and left == ["G105"]


@given(st.fractions())
def test_no_other_difference_is_waived(difference: Fraction) -> None:
    checked, left = judged(ENTRY, attrs.evolve(sample.VIOLATION, difference=difference))
    assert (checked.findings[1].waived is not None) == (difference == 9000)
    assert left == ([] if difference == 9000 else ["G107"])


def test_the_other_direction_is_another_difference() -> None:
    assert judged(attrs.evolve(ENTRY, difference=Fraction(-9000)))[1] == ["G107"]


def test_without_a_difference_it_waives_only_what_has_none() -> None:
    assert judged(attrs.evolve(ENTRY, difference=None))[1] == ["G107"]
    required = attrs.evolve(ENTRY, rule="total-assets", difference=None)
    assert judged(required, sample.REQUIRED)[0].findings[1].waived is not None


def test_a_waiver_of_something_that_agrees_waives_nothing() -> None:
    assert judged(ENTRY, sample.AGREES)[1] == ["G106"]


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ("gross-profit", True),
        ("us-gaap/income-statement/gross-profit", True),
        ("us-gaap/*", True),
        ("seed/gross-profit", True),  # it says the same
        ("net-income", False),
        ("profit", False),
    ],
)
def test_rules_are_named_as_everywhere(rule: str, fits: bool) -> None:
    assert (judged(attrs.evolve(ENTRY, rule=rule))[0].findings[1].waived is not None) == fits


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("draft.md", "draft.md", True),
        ("draft.md", "./draft.md", True),
        ("draft.md", "drafts/draft.md", True),
        ("drafts/*.md", "drafts/a.md", True),
        ("drafts\\a.md", "drafts/a.md", True),
        ("draft.md", "mydraft.md", False),
        ("drafts/*.md", "other/a.md", False),
    ],
)
def test_documents_are_named_by_path_end_or_glob(pattern: str, path: str, fits: bool) -> None:
    assert document_fits(pattern, path) == fits


def test_a_waiver_of_a_document_that_was_not_checked_is_no_problem() -> None:
    assert judged(attrs.evolve(ENTRY, document="other.md"))[1] == []


def test_a_waiver_of_a_rule_that_was_left_out_is_no_problem() -> None:
    policy = Policy(TODAY, waivers=Waivers("w.toml", (ENTRY,)), selection=Selection(ignore=("gross-profit",)))
    one = applied(attrs.evolve(CHECKED, findings=(sample.AGREES,)), policy)
    assert list(leftovers(policy, [one])) == []


def test_a_document_that_could_not_be_read_does_not_make_waivers_unused() -> None:
    policy = Policy(TODAY, waivers=Waivers("w.toml", (ENTRY,)))
    one = applied(attrs.evolve(CHECKED, findings=(), figures=()), policy)
    assert list(leftovers(policy, [one])) == []


def test_the_difference_stands_in_the_help_alone_which_a_redacted_run_leaves_out() -> None:
    policy = Policy(TODAY, waivers=Waivers("w.toml", (ENTRY,)))
    one = applied(attrs.evolve(CHECKED, findings=(attrs.evolve(sample.VIOLATION, difference=Fraction(8765)),)), policy)
    (problem,) = leftovers(policy, [one])
    assert "8765" in (problem.help or "") and "8765" not in problem.message and "9000" not in problem.message


@pytest.mark.parametrize(
    "difference", ['"1e999999999"', '"1/0"', '"9000.5.1"', '"' + "1" * 6000 + '"', '"\uff19"', "9000.0", '""']
)
def test_a_difference_is_an_amount_without_exponents(tmp_path: Path, difference: str) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(
        '[[waiver]]\nrule = "a"\ndocument = "b"\nreason = "c"\napprover = "d"\nexpires = 2026-12-31\ndifference ='
        f" {difference}\n",
        encoding="utf-8",
    )
    assert [problem.code for problem in read(path, Terms(dt.date(2026, 7, 1))).problems] == ["G103"]


def test_a_number_that_no_one_could_mean_is_no_toml(tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text("[[waiver]]\ndifference = " + "1" * 6000)
    assert [problem.code for problem in read(path, Terms(dt.date(2026, 7, 1))).problems] == ["G102"]
