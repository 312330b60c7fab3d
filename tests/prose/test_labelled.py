"""Three hundred links of published documents, drawn before they were looked at and read one by one: few are wrong, and
they can be made again."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.claims import between
from checker.core.rule import Rulebook
from checker.extract import extract
from checker.language import load
from checker.read import read
from tests.prose.corruption import links_of
from tests.prose.labelled import LABELLED, Labelled, labelled

_ALL = tuple(labelled(LABELLED.read_text(encoding="utf-8")))
_ALONE = tuple(one for one in _ALL if one.verdict == "right" and not one.needs)


@cache
def _rulebook() -> Rulebook:
    return load([])


def _texts(text: str) -> str:
    return " ".join(text.split())


def _tied(one: Labelled, content: bytes) -> list[list[str]]:
    """What the claim is tied to, as often as its amount is stated; nothing where it is not what the figures show."""
    links = links_of(extract(read("excerpt.txt", content)), _rulebook())
    return [
        sorted(_texts(figure.text) for figure in link.figures)
        for link in links
        if not link.off and _texts(link.claim.figure.text) == one.claim
    ]


def test_at_most_three_of_three_hundred_links_are_wrong() -> None:
    wrong = sum(one.verdict == "wrong" for one in _ALL)
    assert len(_ALL) == 300
    assert len({one.company for one in _ALL}) >= 15
    assert wrong <= 3
    assert between(wrong, len(_ALL))[1] < 0.03


def test_nearly_all_excerpts_stand_alone() -> None:
    assert len(_ALONE) >= 0.95 * len(_ALL)


@pytest.mark.parametrize("part", range(6))
def test_the_links_are_made_again(part: int) -> None:
    sample = _ALONE[part::6]
    assert [one.sentence for one in sample if sorted(one.rests_on) not in _tied(one, one.document())] == []


def test_another_figure_is_not_linked_in_its_place() -> None:
    """With the right figure gone from the table, what remains beside it is not taken for it."""
    sample = [one for one in _ALONE[::5] if len(one.rests_on) == 1]
    astray = []
    for one in sample:
        rows = tuple((caption, cells) for caption, cells in one.rows if not any(cell.endswith("*") for cell in cells))
        content = Labelled(
            one.verdict, one.company, one.opening, one.sentence, one.claim, one.title, one.unit, one.heads, rows
        ).document()
        astray += [(one.sentence, tied) for tied in _tied(one, content)]
    assert len(sample) > 30
    assert len(astray) <= 1, astray


def test_intervals_are_exact() -> None:
    assert between(0, 300) == pytest.approx((0, 0.01222), abs=1e-5)
    assert between(3, 300) == pytest.approx((0.00207, 0.02894), abs=1e-5)
    assert between(10, 10)[1] == 1
