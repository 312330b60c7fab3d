"""Tables of votes: every line of a meeting comes to the same number of shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.report import Checked
from checker.language import load
from checker.lexicon.votes import are_votes
from checker.pipeline import check

LIBRARY = load([])
PRESENT = 94_230_118
NON_VOTES = 6_120_044


def page(lines: list[tuple[str, int, int, int]], heads: str = "For | Withheld | Broker Non-Votes") -> str:
    rows = "".join(f"| {name} | {cast:,} | {withheld:,} | {brokers:,} |\n" for name, cast, withheld, brokers in lines)
    return f"# Voting results\n\n| Nominee | {heads} |\n|---|---|---|---|\n{rows}"


def meeting(*withheld: int) -> list[tuple[str, int, int, int]]:
    return [
        (f"Director {'ABCDEFGH'[place]}", PRESENT - NON_VOTES - each, each, NON_VOTES)
        for place, each in enumerate(withheld)
    ]


def judged(text: str) -> Checked:
    return check("results.md", text.encode(), LIBRARY)


def broken(checked: Checked) -> list[tuple[str, str | None]]:
    return [(one.check.relation, one.severity) for one in checked.findings if one.verdict == "violation"]


def test_lines_of_one_meeting_agree_and_every_vote_is_tested() -> None:
    checked = judged(page(meeting(1_204_331, 806_412, 3_991_208, 655_020)))
    assert not broken(checked)
    assert checked.summary.untested == 0


@pytest.mark.parametrize("heads", ["For | Withheld | Broker Non-Votes", "Votes For | Votes Against | Abstentions"])
@pytest.mark.parametrize("line", [0, 1, 3])
def test_a_slip_on_any_line_is_an_error_and_stands_on_it(heads: str, line: int) -> None:
    lines = meeting(1_204_331, 806_412, 3_991_208, 655_020)
    name, cast, withheld, brokers = lines[line]
    lines[line] = (name, cast, withheld + 40_000, brokers)
    ((relation, severity),) = broken(judged(page(lines, heads)))
    assert severity == "error"
    assert relation.startswith(f"All votes on {name} ")


def test_two_lines_tell_nothing_of_each_other() -> None:
    lines = meeting(1_204_331, 806_412)
    lines[0] = (lines[0][0], lines[0][1] + 10, *lines[0][2:])
    assert not broken(judged(page(lines)))


def test_a_meeting_of_several_classes_is_left_alone() -> None:
    lines = [(name, cast + 7 * place, *rest) for place, (name, cast, *rest) in enumerate(meeting(9, 8, 7, 6))]
    assert not broken(judged(page([(a, b, c, d) for a, b, c, d in lines])))


def test_heads_that_only_sound_alike_are_no_votes() -> None:
    assert are_votes(["For", "Against", "Abstain", "Broker Non-Votes"])
    assert are_votes(["Votes Cast For", "Votes Withheld"])
    assert not are_votes(["For the year", "Against"])
    assert not are_votes(["Against", "Abstain"])
    assert not are_votes(["For", "Against", "Total"])


@given(st.lists(st.integers(0, 9_000_000), min_size=3, max_size=8))
def test_no_split_of_the_same_shares_is_an_alarm(withheld: list[int]) -> None:
    assert not broken(judged(page(meeting(*withheld))))
