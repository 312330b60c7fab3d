"""Sentences with `each`: every one is judged or says what it waits for, and the clauses of its rule hold for all of
them alike."""

from __future__ import annotations

from typing import get_args

import pytest

from checker.bind import bind
from checker.core.finding import Finding
from checker.core.rule import Sentence
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer

RELEASE = """
# Consolidated statements of operations

| | Three Months Ended March 31, 2013 | Nine Months Ended March 31, 2013 \
| Three Months Ended March 31, 2012 | Nine Months Ended March 31, 2012 |
|---|---|---|---|---|
| Products | $ 9,412 | $ 27,877 | $ 8,301 | $ 24,118 |
| Services | 3,208 | 9,115 | 3,377 | 9,021 |
| Total revenues | 12,620 | 36,992 | 11,678 | 33,139 |

# Consolidated balance sheets

| | March 31, 2013 | March 31, 2012 |
|---|---|---|
| Cash | $ 4,225 | $ 2,924 |
| Receivables | 1,507 | 1,341 |
| Total assets | 5,732 | 4,265 |
"""


def judged(clauses: str, release: str = RELEASE) -> list[Finding]:
    rule = "rule house\n" + "".join(f"    {line}\n" for line in clauses.splitlines())
    return list(
        evaluate(
            bind(infer(extract(read("release.md", release.encode()))), resolve([parse(rule, "house.rules", "house")]))
        )
    )


def totals(clauses: str, release: str = RELEASE) -> set[str]:
    return {
        one.check.figures[0].caption
        for one in judged(f"each total = sum of its lines\n{clauses}".strip(), release)
        if one.verdict != "not applicable"
    }


def reason(clauses: str) -> str | None:
    (one,) = judged(f"each total = sum of its lines\n{clauses}")
    return one.reason


@pytest.mark.parametrize("sentence", get_args(Sentence))
def test_every_sentence_of_the_language_is_judged_or_says_what_it_waits_for(sentence: Sentence) -> None:
    found = judged(sentence)
    assert found
    assert all(one.verdict != "not applicable" or one.reason for one in found)


def test_in_and_except_choose_among_what_a_sentence_finds() -> None:
    assert totals("") == {"Total revenues", "Total assets"}
    assert totals("in balance sheet") == {"Total assets"}
    assert totals("in nine months") == {"Total revenues"}
    assert totals("except Total assets") == {"Total revenues"}
    assert reason("in cash flow") == "its clauses leave out all that is built that way"


def test_conditions_and_periods_hold_for_sentences_too() -> None:
    assert totals("when Products > 10") == {"Total revenues"}
    assert reason("when Products < 10") == "its condition does not hold"
    assert {one.check.period for one in judged("each total = sum of its lines\neffective from 2013-01-01")} == {
        "Three Months Ended March 31, 2013",
        "Nine Months Ended March 31, 2013",
        "March 31, 2013",
    }
    assert reason("effective from 2020-01-01") == "in force from 2020-01-01"


def test_required_severity_and_tolerance_hold_for_sentences_too() -> None:
    (idle,) = judged("each share column = figure / base\nrequired\nseverity warning")
    assert (idle.verdict, idle.severity) == ("not applicable", "warning")
    slipped = RELEASE.replace("5,732", "5,372")
    severities = {
        steps: {
            one.severity
            for one in judged(f"each total = sum of its lines\n{steps}", slipped)
            if one.verdict == "violation"
        }
        for steps in ("severity warning; error above 300", "severity warning; error above 400", "tolerance 400 units")
    }
    assert severities == {
        "severity warning; error above 300": {"error"},
        "severity warning; error above 400": {"warning"},
        "tolerance 400 units": set(),
    }


def test_a_short_period_exceeds_no_long_one_of_its_line() -> None:
    found = judged("each short period <= its long period")
    assert [one.verdict for one in found] == ["agrees"] * 6
    (wrong,) = [
        one
        for one in judged("each short period <= its long period", RELEASE.replace("9,115", "911"))
        if one.verdict == "violation"
    ]
    assert [figure.text for figure in wrong.check.figures] == ["3,208", "911"]
    assert len(judged("each short period <= its long period", RELEASE.replace("9,115", "(9,115)"))) == 4


def test_a_part_exceeds_no_whole_of_amounts_that_are_not_negative() -> None:
    found = judged("each part <= its whole")
    assert [one.verdict for one in found] == ["agrees"] * 12
    assert (
        len(judged("each part <= its whole", RELEASE.replace("$ 4,225", "$ (4,225)").replace("5,732", "(2,718)"))) == 10
    )
