"""Origins are asked their kind and their words; the sentence is for reports."""

from __future__ import annotations

from checker.core.origin import NOTHING, Origin
from checker.pipeline import release


def test_an_origin_is_printed_as_a_sentence() -> None:
    assert str(NOTHING) == ""
    assert str(Origin("caption", "Net margin")) == "caption: Net margin"
    assert str(Origin("head", "Shares", "in currency")) == "head: Shares, in currency"
    assert str(Origin("change", "change in %")) == "change in %"


def test_letters_inside_a_word_of_a_caption_decide_nothing() -> None:
    table = (
        "Plans (in thousands)\n\n| | 2023 | 2022 |\n|---|---|---|\n| Average contributions | 12,500 | 11,300 "
        "|\n| Average benefits | 10,500 | 10,300 |\n"
    )
    figures = release("a.md", table.encode()).statements[0].figures
    assert not any(why.startswith("caption:") for figure in figures for why in figure.why)
