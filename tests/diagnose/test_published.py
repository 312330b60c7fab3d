"""Errors that companies printed and corrected are seen in the statements they stood in, with the shipped rules and
nothing written for them."""

from __future__ import annotations

import pytest

from benchmarks.published import ERRORS, FOLDER, Published, checked, outcome, table
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.name)
def test_a_published_error_is_a_violation(error: Published, rulebook: Rulebook) -> None:
    found = outcome(error, checked(error, rulebook))
    assert found.violations, "a note would not stop the publication"
    assert found.located >= 1, "the likeliest figure is a wrong one, with the amount of the correction"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.name)
def test_the_corrected_statement_is_clean(error: Published, rulebook: Rulebook) -> None:
    text = (FOLDER / f"{error.name}.md").read_text(encoding="utf-8")
    for wrong, right in error.corrections:
        assert text.count(f"| {wrong} |") == 1
        text = text.replace(f"| {wrong} |", f"| {right} |")
    found = check("corrected.md", text.encode(), rulebook)
    assert [finding.message for finding in found.findings if finding.verdict == "violation"] == []


def test_every_statement_is_of_a_row() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {error.name for error in ERRORS}


def test_what_was_printed_is_true(rulebook: Rulebook) -> None:
    """The table of the benchmark and that of the documentation say what the program does."""
    printed = (FOLDER.parents[2] / "benchmarks" / "published.txt").read_text(encoding="utf-8")
    page = (FOLDER.parents[2] / "docs" / "diagnosis.md").read_text(encoding="utf-8")
    assert printed.splitlines() == list(table(rulebook))
    for error in ERRORS:
        found = outcome(error, checked(error, rulebook))
        word = "named" if found.named else "with runners-up"
        assert f"| {error.issuer} | {error.kind} | {found.located} of {len(error.corrections)}, {word} |" in page
