"""Findings with one cause are one story: told once, with the runners-up where the evidence leaves a choice."""

from __future__ import annotations

from fractions import Fraction

import attrs

from checker.core.finding import Finding, Suspect, Waiver
from checker.core.report import Checked
from checker.report import FORMATS
from checker.report.stories import evidence, stories
from tests.report.sample import CHECKED, REPORT, VIOLATION


def checked(*findings: Finding) -> Checked:
    return attrs.evolve(CHECKED, findings=findings)


def suspected(number: str, *suspects: tuple[str, str]) -> Finding:
    """The violation of the sample with these figures and scores as suspects."""
    return attrs.evolve(VIOLATION, id=number, suspects=tuple(Suspect(figure, "1", "one digit", Fraction(score)) for figure, score in suspects))


def test_findings_that_suspect_one_figure_first_are_one_story() -> None:
    (story,) = stories(checked(suspected("a", ("f6", "0.99")), suspected("b", ("f6", "0.99"))))
    assert [finding.id for finding in story.findings] == ["a", "b"] and not story.others
    assert evidence(story, 3) == "one digit; behind 2 of 3 findings"


def test_runners_up_are_told_where_they_are_nearly_as_likely() -> None:
    (close,) = stories(checked(suspected("a", ("f6", "0.5"), ("f2", "0.4"), ("f4", "0.1"))))
    assert [figure.id for figure, _ in close.others] == ["f2"] and close.more == 1
    (clear,) = stories(checked(suspected("a", ("f6", "0.8"), ("f2", "0.1"))))
    assert clear.others == () and clear.more == 1


def test_what_is_waived_is_no_story() -> None:
    assert stories(checked(attrs.evolve(suspected("a", ("f6", "0.99")), waived=Waiver("known", "cfo", "2030-01-01")))) == ()


def test_a_terminal_and_a_comment_tell_the_stories_of_several_findings_only() -> None:
    several = attrs.evolve(REPORT, documents=(checked(suspected("a", ("f6", "0.99")), suspected("b", ("f6", "0.99"))),))
    single = attrs.evolve(REPORT, documents=(checked(suspected("a", ("f6", "0.99"))),))
    for name in ("text", "markdown"):
        assert "robably wrong" in str(FORMATS[name].render(several)) and "robably wrong" not in str(FORMATS[name].render(single))
    open_choice = attrs.evolve(REPORT, documents=(checked(suspected("a", ("f6", "0.5"), ("f2", "0.5")), suspected("b", ("f6", "0.5"))),))
    assert "perhaps wrong: Gross profit 1,498,945" in str(FORMATS["text"].render(open_choice))
