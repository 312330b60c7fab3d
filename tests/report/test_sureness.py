"""How sure a finding is, as the formats say it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.core.finding import Finding
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from checker.report.redacted import GONE, document
from checker.report.shape import finding as as_data
from checker.report.stories import sureness

NOTE = """
| | 2024 | 2023 | 2022 |
|---|---|---|---|
| Wages | 41,205 | 39,870 | 38,115 |
| Rent | 8,310 | 8,120 | 7,905 |
| Energy | 3,775 | 2,990 | 2,640 |
| Total costs | {total} | 50,980 | 48,660 |
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def broken(total: str, rulebook: Rulebook) -> list[Finding]:
    checked = check("a.md", NOTE.format(total=total).encode(), rulebook)
    return [one for one in checked.findings if one.verdict == "violation" and one.check.basis == "inferred"]


def test_a_slip_in_a_total_is_likely_an_error_and_says_why(rulebook: Rulebook) -> None:
    (one,) = broken("53,920", rulebook)
    assert one.likelihood is not None and one.likelihood > Fraction(1, 2)
    assert "it holds in 2 other columns" in sureness(one) and sureness(one).startswith(
        f"{100 * one.likelihood} % likely"
    )
    said = as_data(one)
    assert said["reasons"] == [one.check.because] and Fraction(str(said["likelihood"])) == one.likelihood


def test_what_agrees_is_no_error_however_likely(rulebook: Rulebook) -> None:
    checked = check("a.md", NOTE.format(total="53,290").encode(), rulebook)
    assert not any(sureness(one) or one.likelihood for one in checked.findings)


def test_captions_in_reasons_are_redacted(rulebook: Rulebook) -> None:
    checked = check("a.md", NOTE.format(total="53,920").encode(), rulebook)
    hidden = document(checked)
    assert {one.check.because for one in hidden.findings} <= {"", GONE}
