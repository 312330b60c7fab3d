"""A calculation that is pointed out becomes a rule of the house that finds the very figures, with a specimen that
agrees."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from checker.cli import run
from tests.review.conftest import Begin, Review

TABLE = """\
Portfolio of licences

| | 2013 | 2012 |
|---|---|---|
| Licences at the beginning | 410 | 395 |
| Granted | 52 | 31 |
| Returned | 12 | 16 |
| Royalty income of the year | 77 | 64 |
| Licences at the end | {end} | 410 |
"""


def named(review: Review, caption: str, head: str) -> str:
    sheet = review.session.sheet()
    return next(sheet.anchors[one.id] for one in sheet.checked.figures if one.caption == caption and head in one.head)


def asked(review: Review, year: str, *signs: int) -> dict[str, Any]:
    parts = [named(review, caption, year) for caption in ("Licences at the beginning", "Granted", "Returned")]
    return {
        "revision": 1,
        "total": named(review, "Licences at the end", year),
        "parts": [list(one) for one in zip(parts, signs or (0, 0, 0), strict=True)],
    }


def test_the_signs_are_those_with_which_it_holds(begin: Begin) -> None:
    review = begin(TABLE.format(end=450))
    assert review.call("suggest", asked(review, "2013"))[1] == {"signs": [1, 1, -1], "holds": True, "difference": ""}
    status, found = review.call("suggest", asked(review, "2013", 1, 1, 1))
    assert status == 200 and found["holds"] is False and found["difference"] == "(24)"


def test_it_becomes_a_rule_with_its_specimen_and_is_judged_at_once(begin: Begin) -> None:
    review = begin(TABLE.format(end=450))
    status, found = review.call("add", {**asked(review, "2013"), "by": 'J"D'})
    assert status == 200 and found["revision"] == 2, found
    text = Path("house.rules").read_text()
    assert (
        "Licences at the end = Licences at the beginning + Granted - Returned" in text.replace('"', "")
        and 'by J""D' in text
    )
    assert "450" not in Path("house.md").read_text(), "a specimen holds no amount of the release"
    assert run(["rules", "test", "house.rules"]) == 0
    own = [
        one
        for one in review.session.shown.checked.findings
        if "house/licences-at-the-end" in (one.check.rule, *one.check.also)
    ]
    assert {one.verdict for one in own} == {"agrees"} and len(own) == 2 and "these lines are meant" in text
    assert "8 of 10" in str(review.state()) or review.session.shown.checked.summary.untested == 2
    assert run(["check", "draft.md", "--rules", "house.rules", "--quiet", "--min-coverage", "0"]) == 0


def test_one_that_does_not_hold_is_added_as_it_was_chosen_and_blocks(begin: Begin) -> None:
    review = begin(TABLE.format(end=461))
    status, found = review.call("add", {**asked(review, "2013", 1, 1, -1), "by": "JD"})
    assert status == 200 and "off by" in str(found["added"]), found
    assert run(["check", "draft.md", "--rules", "house.rules", "--quiet", "--min-coverage", "0"]) == 1


def test_a_second_one_is_appended_under_another_name(begin: Begin) -> None:
    review = begin(TABLE.format(end=450))
    assert review.call("add", {**asked(review, "2013"), "by": "JD"})[0] == 200
    status, _ = review.call("add", {**asked(review, "2012"), "revision": 2, "by": "JD"})
    text = Path("house.rules").read_text()
    assert status == 200 and "rule licences-at-the-end\n" in text and "rule licences-at-the-end-2\n" in text
    assert run(["rules", "test", "house.rules"]) == 0


@pytest.mark.parametrize("years", [("2013", "2012")])
def test_what_does_not_belong_together_is_refused(begin: Begin, years: tuple[str, str]) -> None:
    review = begin(TABLE.format(end=450))
    total, other = (named(review, "Licences at the end", year) for year in years)
    for wrong in (
        {"total": total, "parts": []},
        {"total": total, "parts": [[total, 0]]},
        {"total": total, "parts": [[other, 0]]},
        {"total": "d0f9999", "parts": [[other, 0]]},
        {"total": total, "parts": "all"},
        {"total": total, "parts": [[named(review, "Granted", "2013"), 0]] * 100},
    ):
        assert review.call("add", {"revision": 1, "by": "JD", **wrong})[0] == 409
    assert not Path("house.rules").exists()


def test_what_it_says_stays_told(begin: Begin) -> None:
    review = begin(TABLE.format(end=461))
    assert review.call("add", {**asked(review, "2013", 1, 1, -1), "by": "JD"})[0] == 200
    time.sleep(1.5)
    state = review.state()
    assert state["revision"] == 2 and "Licences at the end" in str(state["changes"])
