"""Slips of whole lines as a reader of the report is told of them, from the bytes of text, Markdown and HTML on."""

from __future__ import annotations

import pytest

from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from checker.report.places import Places
from checker.report.stories import Told, told

ROWS = (
    ("Current assets", "", ""),
    ("Cash at bank", "3,118,402", "2,907,316"),
    ("Contract assets", "212,775", "198,640"),
    ("Trade receivables", "4,225,142", "2,924,302"),
    ("Inventories", "507,949", "341,118"),
    ("Total current assets", "8,064,268", "6,371,376"),
    ("Plant and equipment", "2,349,326", "2,406,944"),
    ("Intangible assets", "1,026,326", "1,031,905"),
    ("Total assets", "11,439,920", "9,810,225"),
    ("Current liabilities", "", ""),
    ("Trade payables", "3,671,386", "3,127,550"),
    ("Accruals", "1,136,281", "1,090,012"),
    ("Total current liabilities", "4,807,667", "4,217,562"),
    ("Long-term borrowings", "2,500,000", "2,750,000"),
    ("Total liabilities", "7,307,667", "6,967,562"),
    ("Share capital", "1,908,491", "1,902,117"),
    ("Retained earnings", "2,223,762", "940,546"),
    ("Total equity", "4,132,253", "2,842,663"),
    ("Total equity and liabilities", "11,439,920", "9,810,225"),
)
Rows = tuple[tuple[str, str, str], ...]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def markdown(rows: Rows) -> str:
    head = "Balance sheet (EUR)\n\n| | June 30, 2024 | June 30, 2023 |\n|---|---|---|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def html(rows: Rows) -> str:
    head = "<tr><td></td><td>30 June 2024</td><td>30 June 2023</td></tr>"
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><p>Balance sheet (in EUR)</p><table>{head}{body}</table></body></html>"


def text(rows: Rows) -> str:
    head = f"Balance sheet (in EUR)\n\n{'':40}{'June 30,':>16}{'June 30,':>16}\n{'':40}{'2024':>16}{'2023':>16}\n"
    return head + "".join(f"{row[0]:40}{row[1]:>16}{row[2]:>16}\n" for row in rows)


LAYOUTS = {"draft.md": markdown, "draft.html": html, "draft.txt": text}


def checked(rows: Rows, name: str, rulebook: Rulebook) -> Checked:
    return check(name, LAYOUTS[name](rows).encode(), rulebook)


def said(found: Checked) -> list[Told]:
    return [
        told(story, Places(found))
        for story in {one.story.id: one.story for one in found.findings if one.story is not None}.values()
    ]


def loud(found: Checked) -> set[tuple[str, str | None]]:
    return {
        (one.check.relation.split(" = ")[0], one.severity)
        for one in found.findings
        if one.verdict == "violation" and one.severity != "note"
    }


def with_amounts(amounts: dict[str, tuple[str, str]]) -> Rows:
    return tuple((caption, *amounts.get(caption, (one, two))) for caption, one, two in ROWS)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_sheet_as_it_should_be_has_nothing_to_say(name: str, rulebook: Rulebook) -> None:
    found = checked(ROWS, name, rulebook)
    assert loud(found) == set() and not found.problems


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_line_left_out_everywhere_and_carried_on_is_one_story_of_its_total(name: str, rulebook: Rulebook) -> None:
    wrong = with_amounts(
        {
            "Total current assets": ("7,851,493", "6,172,736"),
            "Total assets": ("11,227,145", "9,611,585"),
            "Total equity and liabilities": ("11,227,145", "9,611,585"),
            "Retained earnings": ("2,010,987", "741,906"),
            "Total equity": ("3,919,478", "2,644,023"),
        }
    )
    found = checked(wrong, name, rulebook)
    assert ("Total current assets", "error") in loud(found)
    (story,) = said(found)
    assert "leaves out Contract assets" in story.headline
    first = next(one for one in found.findings if one.suspects).suspects[0]
    assert first.proposed in ("8,064,268", "6,371,376") and first.cause == "leaves out Contract assets"


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_line_left_out_of_one_column_names_the_total_alone(name: str, rulebook: Rulebook) -> None:
    (story,) = said(checked(with_amounts({"Total current assets": ("7,851,493", "6,371,376")}), name, rulebook))
    assert story.headline == (
        "Total current assets 7,851,493 is probably 8,064,268 (leaves out Contract assets): repairs 2 of 2 "
        "relations, breaks none"
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_line_printed_twice_is_named(name: str, rulebook: Rulebook) -> None:
    twice = tuple(row for each in ROWS for row in ([each] * 2 if each[0] == "Trade receivables" else [each]))
    (story,) = said(checked(twice, name, rulebook))
    assert story.headline.startswith(
        "Trade receivables 4,225,142 is probably wrong and Trade receivables 2,924,302 is probably wrong "
        "(printed twice)"
    )


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_missing_line_is_a_warning_that_says_what_the_others_come_to(name: str, rulebook: Rulebook) -> None:
    found = checked(tuple(row for row in ROWS if row[0] != "Trade receivables"), name, rulebook)
    assert loud(found) == {("Total current assets", "warning")}
    (story,) = said(found)
    assert story.candidates[0].endswith("(its lines come to 3,839,126: one may be missing)")


@pytest.mark.parametrize("name", ["draft.md", "draft.html"])
def test_a_blank_in_one_column_is_a_warning(name: str, rulebook: Rulebook) -> None:
    found = checked(with_amounts({"Inventories": ("", "341,118")}), name, rulebook)
    assert ("Total current assets", "warning") in loud(found)
