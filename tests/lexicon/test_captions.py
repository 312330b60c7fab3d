"""Words of summation: what is known in one language is known in all, and wherever it is asked for."""

from __future__ import annotations

import pytest

from checker.extract.entries import Entry
from checker.extract.sections import place
from checker.lexicon import captions


@pytest.mark.parametrize(
    ("caption", "of"),
    [
        ("Total", ""),
        ("Total goodwill", "goodwill"),
        ("Sub-total", ""),
        ("Subtotals", ""),
        ("Goodwill, total", "goodwill"),
        ("Summe Vorräte", "vorräte"),
        ("Umsatzerlöse gesamt", "umsatzerlöse"),
        ("Umsatzerlöse insgesamt", "umsatzerlöse"),
        ("Total des actifs", "actifs"),
        ("Sous-total", ""),
        ("Summa tillgångar", "tillgångar"),
        ("資産合計", "資産"),
        ("合計", ""),
        ("Totally diluted", None),
        ("Sum insured", None),
        ("会計", None),
        ("Goodwill", None),
    ],
)
def test_a_total_says_what_it_is_the_total_of(caption: str, of: str | None) -> None:
    assert captions.total_of(caption) == of
    assert (captions.word(caption) == "total") == (of is not None)
    assert captions.named(caption) == (of or "")


@pytest.mark.parametrize("word", captions.TOTALS)
def test_every_word_of_a_total_heads_a_whole_column_and_names_nothing(word: str) -> None:
    assert captions.whole_column(word.upper())
    assert captions.total_of(word.title()) == ""
    assert word.replace("-", " ") in captions.NAMELESS


def _entry(caption: str, heading: bool = False) -> Entry:
    return Entry(caption, (None,) if heading else ("x",), 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "total"),
    [
        ("Current assets:", "Total current assets"),
        ("Kurzfristige Vermögenswerte:", "Summe kurzfristige Vermögenswerte"),
        ("Kurzfristige Vermögenswerte:", "Kurzfristige Vermögenswerte gesamt"),
        ("Actifs courants:", "Total des actifs courants"),
        ("流動資産:", "流動資産合計"),
    ],
)
def test_a_total_closes_its_section_in_every_language(heading: str, total: str) -> None:
    placed = place((_entry(heading, True), _entry("A"), _entry("B"), _entry(total), _entry("C")), 0)
    assert [bool(line.under) for line in placed] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("caption", "opens", "closes"),
    [("Anfangsbestand", True, False), ("Endbestand", False, True), ("Cash at beginning of year", True, False)],
)
def test_balances_open_and_close_in_every_language(caption: str, opens: bool, closes: bool) -> None:
    assert (captions.opens(caption), captions.closes(caption)) == (opens, closes)


@pytest.mark.parametrize(
    ("caption", "less", "plus"),
    [
        ("Less: tax", True, False),
        ("(abzüglich Steuern)", True, False),
        ("Add back", False, True),
        ("zzgl. Zinsen", False, True),
        ("Less: net (income)/loss of others", False, False),
        ("Less: (earnings) loss attributable to minorities", False, False),
        ("Less: net income (loss) of others", True, False),
        ("Less: net loss (income) of others", True, False),
    ],
)
def test_signs_are_words_too(caption: str, less: bool, plus: bool) -> None:
    assert (captions.deducted(caption), captions.added(caption)) == (less, plus)
