"""The example release with errors typed into its text: what a reader of the report is told, from the bytes of the file
on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from checker.report.places import Places
from checker.report.stories import Told, told

TEXT = (Path(__file__).parents[2] / "examples" / "fusion-2013q1.md").read_text(encoding="utf-8")
LIABILITIES = ("14,091,783", "14,396,108", "4,281,422", "72,247", "1,199,250", "232,310", "34,273,120")
"""Of March 31, 2013, from total current liabilities down to total liabilities."""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def stories(text: str, rulebook: Rulebook) -> list[Told]:
    """What the report says is behind its violations, each story once."""
    found = check("draft.md", text.encode(), rulebook)
    return [
        told(story, Places(found))
        for story in {one.story.id: one.story for one in found.findings if one.story is not None}.values()
    ]


def rearranged(before: Sequence[str], after: Sequence[str]) -> str:
    """The release with other amounts in the first column of the lines that print these."""
    lines = TEXT.split("\n")
    for old, new in zip(before, after, strict=True):
        at = next(index for index, line in enumerate(TEXT.split("\n")) if line.split("\t")[1:2] == [old])
        lines[at] = lines[at].replace(f"\t{old}", f"\t{new}", 1)
    return "\n".join(lines)


def test_the_release_as_it_is_has_no_story(rulebook: Rulebook) -> None:
    assert stories(TEXT, rulebook) == []


def test_digits_transposed(rulebook: Rulebook) -> None:
    (one,) = stories(TEXT.replace("34,273,120", "34,723,120", 1), rulebook)
    assert one.headline == (
        "Total liabilities 34,723,120 is probably 34,273,120 (digits transposed): repairs 2 of 2 relations, breaks none"
    )


def test_copied_from_the_comparative_column(rulebook: Rulebook) -> None:
    (one,) = stories(TEXT.replace("5,808,040\t4,810,083", "4,810,083\t4,810,083"), rulebook)
    assert one.headline.startswith(
        "Total current assets 4,810,083 is probably 5,808,040 (copied from the comparative column)"
    )


def test_adjacent_rows_swapped(rulebook: Rulebook) -> None:
    (one,) = stories(rearranged(LIABILITIES[:2], LIABILITIES[1::-1]), rulebook)
    assert one.headline.endswith("(rows swapped): repair 2 of 2 relations, break none")
    assert "14,396,108 is probably 14,091,783" in one.headline and "14,091,783 is probably 14,396,108" in one.headline


@pytest.mark.parametrize("down", [True, False])
def test_a_column_shifted_by_a_row(down: bool, rulebook: Rulebook) -> None:
    moved = (LIABILITIES[-1], *LIABILITIES[:-1]) if down else (*LIABILITIES[1:], LIABILITIES[0])
    (one,) = stories(rearranged(LIABILITIES, moved), rulebook)
    assert one.headline.startswith("7 figures are probably wrong (column shifted): repair")
    for line, amount in zip(one.candidates, LIABILITIES, strict=True):
        assert line.endswith(f"probably {amount}")


def test_errors_that_cancel_in_total_assets(rulebook: Rulebook) -> None:
    (one,) = stories(TEXT.replace("5,808,040", "5,880,040").replace("19,382,226", "19,310,226"), rulebook)
    assert "Total current assets 5,880,040 is probably 5,808,040 (digits transposed)" in one.headline
    assert "Total other assets 19,310,226 is probably 19,382,226 (off by the same amount)" in one.headline


def exchanged(text: str, *amounts: str) -> str:
    """The text with both amounts of the line that prints them the other way round."""
    one, two = amounts
    assert text.count(f"{one}\t{two}") == 1
    return text.replace(f"{one}\t{two}", f"{two}\t{one}")


@pytest.mark.parametrize(
    ("caption", "one", "two"),
    [
        ("Gross profit", "4,416,825", "1,489,945"),
        ("Total liabilities", "34,273,120", "33,180,166"),
        ("Cost of revenues", "11,751,596", "10,044,760"),
    ],
)
def test_columns_of_a_line_exchanged_are_one_story(caption: str, one: str, two: str, rulebook: Rulebook) -> None:
    (story,) = stories(exchanged(TEXT, one, two), rulebook)
    assert story.headline.startswith(
        f"{caption} {two} is probably {one} and {caption} {one} is probably {two} (columns swapped): repair "
    )
    repaired, _, broken = story.headline.partition(": repair ")[2].split()[:3]
    assert repaired == broken and story.headline.endswith("break none") and story.decides == ""


def test_columns_exchanged_and_a_slip_elsewhere_are_two_stories(rulebook: Rulebook) -> None:
    found = stories(exchanged(TEXT, "4,416,825", "1,489,945").replace("34,273,120", "34,723,120", 1), rulebook)
    assert sorted(one.headline.rpartition("(")[2].split(")")[0] for one in found) == [
        "columns swapped",
        "digits transposed",
    ]


def test_two_lines_exchanged_are_two_stories(rulebook: Rulebook) -> None:
    found = stories(exchanged(exchanged(TEXT, "4,416,825", "1,489,945"), "34,273,120", "33,180,166"), rulebook)
    assert len(found) == 2 and all("(columns swapped)" in one.headline for one in found)


def test_two_errors_are_two_stories(rulebook: Rulebook) -> None:
    found = stories(TEXT.replace("1,489,945", "1,498,945").replace("34,273,120", "34,723,120", 1), rulebook)
    assert sorted(one.headline.split(" is probably")[0] for one in found) == [
        "Gross profit 1,498,945",
        "Total liabilities 34,723,120",
    ]


def test_the_same_figure_printed_right_elsewhere(rulebook: Rulebook) -> None:
    """Depreciation of the reconciliation is wrong in a way that no finger slips; the income statement prints it."""
    head, sep, tail = TEXT.rpartition("849,915")
    (one,) = stories(f"{head}731,604{tail}", rulebook)
    assert "731,604 is probably 849,915 (printed right elsewhere)" in one.headline and sep
