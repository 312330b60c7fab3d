"""One act that makes several figures wrong is one story, with every figure named; and what is not known is said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from attrs import evolve

from checker.core.figure import Reading
from checker.core.finding import Finding, Story
from checker.core.unit import money
from checker.diagnose import diagnose
from checker.evaluate import evaluate
from tests.diagnose.statements import checks, release, shown
from tests.diagnose.test_suspects import RIGHT, by_caption, findings
from tests.evaluate.making import figure, sum_check


def stories(found: list[Finding]) -> list[Story]:
    """Every story once, in the order of the findings."""
    return list({finding.story.id: finding.story for finding in found if finding.story is not None}.values())


def said(story: Story) -> dict[str, tuple[str, str]]:
    """What should stand where, and why it does not."""
    return {suspect.figure: (suspect.proposed, suspect.cause) for suspect in story.suspects}


def right(keys: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The right amounts of figures, with these causes."""
    return {key: (shown(RIGHT[key]), cause) for key, cause in keys.items()}


def column(statement: str, first: int, last: int) -> list[str]:
    return [f"{statement}{row}.0" for row in range(first, last + 1)]


def test_three_violations_of_one_figure_are_one_story() -> None:
    key = by_caption("Total liabilities")
    found = findings({key: 34723120})
    (story,) = stories(found)
    assert story.named == (key,) and (story.repairs, story.broken) == (2, 2)
    assert said(story) == {key: ("34,273,120", "digits transposed")}
    assert sum(finding.story is not None for finding in found) == 2


def test_what_is_broken_and_what_holds_is_counted() -> None:
    """One sum is broken through the interest, and no other relation rests on it."""
    (story,) = stories(findings({by_caption("Interest expense, net"): -695519}))
    assert (story.broken, story.repairs, story.holds) == (1, 1, 0)


def test_errors_that_cancel_in_the_sum_between_them_are_one_story() -> None:
    """What one subtotal has too much the other has too little: total assets foots, both subtotals do not."""
    one, two = by_caption("Total current assets"), by_caption("Total other assets")
    (story,) = stories(findings({one: RIGHT[one] + 72000, two: RIGHT[two] - 72000}))
    assert set(story.named) == {one, two} and (story.repairs, story.broken) == (2, 2)
    assert {key: text for key, (text, _) in said(story).items()} == {one: "5,808,040", two: "19,382,226"}


def test_an_error_carried_on_to_the_next_total_is_one_story() -> None:
    """A leaf printed elsewhere too, and its total, moved together: what ties the leaf and what sums the total are both
    broken."""
    leaf, total = by_caption("Depreciation and amortization"), by_caption("Total operating expenses")
    (story,) = stories(findings({leaf: RIGHT[leaf] + 90000, total: RIGHT[total] + 90000}))
    assert {leaf, total} <= set(said(story)) and story.repairs == story.broken == 2
    assert said(story)[leaf][0] == "849,915" and said(story)[total][0] == "5,117,512"


def test_two_errors_with_nothing_in_common_are_two_stories() -> None:
    one, two = by_caption("Total operating expenses"), by_caption("Total liabilities")
    found = stories(findings({one: 5711512, two: 34723120}))
    assert [story.named for story in found] == [(one,), (two,)]


def test_rows_swapped() -> None:
    one, two = by_caption("Total liabilities"), by_caption("Preferred stock")
    (story,) = stories(findings({one: RIGHT[two], two: RIGHT[one]}))
    assert said(story) == right({one: "rows swapped", two: "rows swapped"}) and set(story.named) == {one, two}


def test_columns_of_a_line_swapped() -> None:
    """Both periods break; each figure stands where the other should."""
    one, two = by_caption("Total liabilities"), by_caption("Total liabilities", 1)
    (story,) = stories(findings({one: RIGHT[two], two: RIGHT[one]}))
    assert said(story) == right({one: "columns swapped", two: "columns swapped"})
    assert (story.repairs, story.broken) == (4, 4)


@pytest.mark.parametrize("down", [True, False])
def test_a_column_that_slid_by_a_row(down: bool) -> None:
    """Seven liabilities stand a row too low or too high; the one that fell off the end stands at the other."""
    keys = column("b", 19, 25)
    amounts = [RIGHT[key] for key in keys]
    moved = [amounts[-1], *amounts[:-1]] if down else [*amounts[1:], amounts[0]]
    (story,) = stories(findings(dict(zip(keys, moved, strict=True))))
    assert said(story) == right(dict.fromkeys(keys, "column shifted")) and set(story.named) == set(keys)


def test_a_column_that_slid_and_lost_its_last_amount() -> None:
    keys = column("b", 19, 25)
    printed = [RIGHT[keys[0]], *[RIGHT[key] for key in keys[:-1]]]
    (story,) = stories(findings(dict(zip(keys, printed, strict=True))))
    assert said(story) == right(dict.fromkeys(keys[1:], "column shifted"))


def test_a_digit_that_slid_over_to_its_neighbour() -> None:
    """3,212,920 and 1,811,915 should be 212,920 and 31,811,915, as the other column makes likely."""
    before = [figure("a1", "198334", caption="a", head="y"), figure("b1", "29440218", caption="b", head="y")]
    lines = [
        figure("a", "3212920", head="x"),
        figure("b", "1811915", head="x"),
        figure("c", "402118330", head="x"),
        figure("t", "434143165", head="x"),
    ]
    (found,) = diagnose(evaluate([sum_check(lines[3], lines[:3])]), [*lines, *before])
    assert found.story is not None
    assert said(found.story) == {
        "a": ("212920", "digit moved to its neighbour"),
        "b": ("31811915", "digit moved to its neighbour"),
    }


def test_copied_from_the_comparative_column() -> None:
    key = by_caption("Total current liabilities")
    (story,) = stories(findings({key: RIGHT[by_caption("Total current liabilities", 1)]}))
    assert said(story) == right({key: "copied from the comparative column"})


def test_the_same_figure_printed_right_elsewhere() -> None:
    """The net loss of the reconciliation is no slip of the fingers, but the income statement prints what it should
    be."""
    key = "r0.0"
    (story,) = stories(findings({key: -2718281}))
    assert said(story) == right({key: "printed right elsewhere"}) and story.named == (key,)


def test_a_cell_that_can_be_read_in_two_ways_is_ours_to_put_right() -> None:
    key = by_caption("Goodwill")
    doubtful = Reading(Decimal(2406269), Decimal(1), money("USD"), "a blank between digits")
    figures = [evolve(one, readings=(doubtful,)) if one.id == key else one for one in release({key: 2406})]
    (story,) = stories(list(diagnose(evaluate(checks(figures)), figures)))
    assert story.named == (key,) and said(story)[key][0] == "2,406,269" and "misread" in said(story)[key][1]


def test_a_sure_figure_and_one_that_leaves_a_choice() -> None:
    """Two errors in one sum, of which one is certain for other reasons: it is named, and the rest are candidates."""
    sure, other = by_caption("Total stockholders' deficit"), by_caption("Common stock")
    (story,) = stories(findings({sure: -673528, other: 1906491}))
    assert story.named == (sure,) and len(story.suspects) > 1 and other in said(story)


def test_one_relation_and_no_slip_names_nobody() -> None:
    """Not even where every other figure of it is cleared."""
    a, b, t, again = figure("a", "1234"), figure("b", "5678"), figure("t", "9999"), figure("t2", "9999")
    checks_ = [sum_check(t, [a, b]), sum_check(again, [t]), sum_check(figure("a2", "1234"), [a])]
    found = diagnose(evaluate(checks_), [a, b, t, again])
    (story,) = stories(list(found))
    assert story.named == () and [suspect.figure for suspect in story.suspects] == ["b"]
