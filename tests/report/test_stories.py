"""Findings with one cause are one story: told once, with the candidates and what would decide where the evidence leaves
a choice."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import attrs

from checker.core.finding import Finding, Story, Suspect, Waiver
from checker.core.report import Checked, Report
from checker.report import FORMATS
from checker.report.places import Places
from checker.report.stories import grouped, told
from tests.report.sample import CHECKED, REPORT, VIOLATION

PLACES = Places(CHECKED)
GROSS = Suspect("f6", "1,489,945", "digits transposed", Fraction(99, 100))
REVENUES = Suspect("f2", "11,543,705", "digits transposed", Fraction(1, 100))
NAMED = Story("s1", (GROSS,), ("f6",), broken=3, repairs=3)
OPEN = Story(
    "s1",
    (attrs.evolve(GROSS, score=Fraction(2, 3)), attrs.evolve(REVENUES, score=Fraction(1, 3))),
    (),
    broken=1,
    repairs=1,
)


def finding(number: str, story: Story | None) -> Finding:
    return attrs.evolve(VIOLATION, id=number, story=story, suspects=story.suspects if story else ())


def report(*findings: Finding) -> Report:
    document: Checked = attrs.evolve(CHECKED, findings=findings)
    return attrs.evolve(REPORT, documents=(document,))


def test_a_named_figure_is_one_sentence() -> None:
    said = told(NAMED, PLACES)
    assert (
        said.headline
        == "Gross profit 1,498,945 is probably 1,489,945 (digits transposed): repairs 3 of 3 relations, breaks none"
    )
    assert said.candidates == () and said.decides == ""


def test_two_figures_of_one_act_share_its_name() -> None:
    swapped = tuple(attrs.evolve(one, cause="rows swapped") for one in (GROSS, REVENUES))
    said = told(Story("s1", swapped, ("f6", "f2"), broken=2, repairs=2), PLACES)
    assert said.headline.startswith(
        "Revenues 11,534,705 is probably 11,543,705 and Gross profit 1,498,945 is probably 1,489,945 (rows swapped)"
    )


def test_where_the_evidence_leaves_a_choice_nobody_is_named() -> None:
    said = told(OPEN, PLACES)
    assert said.headline == "One of these is probably wrong; any of them would repair the broken relation"
    assert (
        said.candidates[0] == "Gross profit 1,498,945 on line 6, perhaps 1,489,945 (digits transposed)"
        and len(said.candidates) == 2
    )
    assert said.decides.startswith("To decide, compare with the source, Gross profit first")


def test_what_explains_only_with_another_says_so_in_every_format() -> None:
    pair = tuple(
        attrs.evolve(one, together=(other,), score=Fraction(1, 2)) for one, other in ((GROSS, "f2"), (REVENUES, "f6"))
    )
    checked = report(finding("a", attrs.evolve(OPEN, suspects=pair)))
    said = "together with Revenues 11,534,705"
    assert told(attrs.evolve(OPEN, suspects=pair), PLACES).candidates[0].endswith(f"(digits transposed; {said})")
    for name in ("text", "markdown", "html", "sarif", "junit", "github", "gitlab"):
        assert said in " ".join(str(FORMATS[name].render(checked)).split()), name
    row, _ = csv.DictReader(io.StringIO(str(FORMATS["csv"].render(checked))))
    assert (row["suspect"], row["cause"], row["together"]) == ("1,498,945", "digits transposed", "Revenues 11,534,705")
    assert json.loads(str(FORMATS["json"].render(checked)))["documents"][0]["findings"][0]["suspects"][0][
        "together"
    ] == ["f2"]


def test_who_explains_alone_stands_with_nobody() -> None:
    row, _ = csv.DictReader(io.StringIO(str(FORMATS["csv"].render(report(finding("a", NAMED))))))
    assert row["together"] == "" and "together with" not in str(FORMATS["text"].render(report(finding("a", NAMED))))


def test_findings_of_one_story_stand_together() -> None:
    one, other, again = finding("a", NAMED), finding("b", None), finding("c", NAMED)
    assert [
        (story and story.id, [member.id for member in members]) for story, members in grouped((one, other, again))
    ] == [("s1", ["a", "c"]), (None, ["b"])]


def test_a_terminal_a_comment_and_a_page_tell_a_story_once() -> None:
    for name in ("text", "markdown", "html"):
        rendered = " ".join(str(FORMATS[name].render(report(finding("a", NAMED), finding("b", NAMED)))).split())
        assert rendered.count("repairs 3 of 3 relations, breaks none") == 1


def test_a_terminal_and_a_comment_list_the_candidates() -> None:
    for name in ("text", "markdown"):
        rendered = " ".join(str(FORMATS[name].render(report(finding("a", OPEN)))).split())
        assert (
            "One of these is probably wrong" in rendered
            and "Revenues 11,534,705 on line" in rendered
            and "To decide" in rendered
        )


def test_what_is_waived_is_no_story() -> None:
    waived = attrs.evolve(finding("a", NAMED), waived=Waiver("known", "cfo", "2030-01-01"))
    for name in ("text", "markdown"):
        assert "is probably" not in str(FORMATS[name].render(report(waived)))
