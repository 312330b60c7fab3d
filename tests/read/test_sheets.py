"""Statements aligned by blanks, one after another in a file: thirty of them read right, and silent."""

from __future__ import annotations

import pytest

from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check
from tests.read.sheets import Sheet, Style, texts

SETS = tuple(texts())
SCALES = {"million": 1_000_000, "thousand": 1_000}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load([])


def checked(text: str, rulebook: Rulebook) -> Checked:
    return check("a.txt", text.encode(), rulebook)


@pytest.mark.parametrize(("style", "sheets", "text"), SETS)
def test_each_statement_is_one_with_its_lines_its_heads_and_its_scale(
    style: Style, sheets: tuple[Sheet, ...], text: str, rulebook: Rulebook
) -> None:
    found = checked(text, rulebook).statements
    assert [one.kind for one in found] == [sheet.kind for sheet in sheets]
    assert all(one.title.startswith(sheet.title) for one, sheet in zip(found, sheets, strict=True))
    scale = next(value for word, value in SCALES.items() if word in style.scale)
    for one, sheet in zip(found, sheets, strict=True):
        assert [line.caption.lower() for line in one.lines] == [caption.strip().lower() for caption, _ in sheet.lines]
        values = [tuple(figure and figure.value for figure in line.figures) for line in one.lines if any(line.figures)]
        assert values == [tuple(scale * amount for amount in amounts) for _, amounts in sheet.lines if amounts]
        heads = tuple(" ".join(words).lower() for words in zip(*style.heads, strict=True))
        assert tuple(column.head.lower() for column in one.columns) == heads


@pytest.mark.parametrize("text", [text for _, _, text in SETS])
def test_what_is_right_is_silent_and_every_figure_is_tested(text: str, rulebook: Rulebook) -> None:
    said = checked(text, rulebook)
    assert [finding.verdict for finding in said.findings if finding.verdict == "violation"] == []
    assert said.problems == ()
    assert said.summary.untested == 0
