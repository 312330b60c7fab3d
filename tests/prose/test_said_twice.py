"""Amounts that a text states twice in other words, that are the sum of others of their sentence, or that the words
around them tie to a line: each is a tick, and none of them raises anything."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bind.claims import bind_claims
from checker.bind.claims.within import directions
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.lexicon.parting import announces_causes, announces_parts
from checker.read import read

_TABLE = """| | Year ended 31 December 2031 | Year ended 31 December 2030 |
|---|---|---|
| Turnover | 71,455 | 66,120 |
| Cost of sales | (40,310) | (38,905) |
| Gross profit | 31,145 | 27,215 |
| Gain on disposal of the Orsay quarry | 2,317 | 118 |
| Profit before tax | 33,462 | 27,333 |
"""
_FILLING = (
    "The group employs 1,240 people in eleven mines and four harbours.",
    "Rents of €4.1 million are due for barges and cranes.",
    "Dividends of €3.3 million were paid to the founders of the group.",
    "A grant of €2.2 million covers training of welders.",
    "Fuel for lorries took €6.9 million of what was spent on transport.",
    "Insurance against floods is renewed each spring for €1.7 million.",
    "Guarantees of €5.6 million stand behind loans to suppliers.",
    "Research on dust took €0.9 million and two laboratories.",
)


@cache
def _rulebook() -> Rulebook:
    return load((), True)


def _said(*sentences: str) -> tuple[list[str], list[str]]:
    """The relations that anything breaks, and the texts of the figures of sentences that some relation bears out."""
    paragraphs = (*sentences[:1], *_FILLING, *sentences[1:])
    page = "\n\n".join(("Quarrel Stone Group", *paragraphs, "Income statement (EUR thousand)", _TABLE))
    found = evaluate(bind_claims(extract(read("release.md", page.encode())), _rulebook()))
    broken = [one.check.relation for one in found if one.verdict == "violation"]
    tied = {
        figure.text
        for one in found
        if one.verdict in ("agrees", "rounding")
        for figure in one.check.figures
        if figure.origin == "prose"
    }
    return broken, sorted(tied)


_TWICE = (
    (
        "In May 2031 the group pledged €7.4 million to restore the landfill at Brody under a settlement.",
        "In May 2031 the group pledged €{} to restore the landfill at Brody, as auditors note.",
        "7.4 million",
    ),
    (
        "We sold 312,000 tonnes of granite to the tramway authority of Lviv at fixed rates.",
        "At fixed rates we sold {} tonnes of granite to the tramway authority of Lviv.",
        "312,000",
    ),
    (
        "A revolving facility with Banque Meunier provides up to €18.5 million for dredging works.",
        "For dredging works, the revolving facility with Banque Meunier provides up to €{} until it expires.",
        "18.5 million",
    ),
)


@pytest.mark.parametrize(("first", "second", "amount"), _TWICE)
def test_an_amount_told_twice_is_tied_to_its_other_telling(first: str, second: str, amount: str) -> None:
    broken, tied = _said(first, second.format(amount))
    assert broken == [] and any(amount in text for text in tied)


@pytest.mark.parametrize(("first", "second", "amount"), _TWICE)
def test_another_amount_is_not_said_to_be_wrong(first: str, second: str, amount: str) -> None:
    broken, tied = _said(
        first, second.format(amount.replace("7.4", "9.3").replace("312", "415").replace("18.5", "22.6"))
    )
    assert broken == [] and not any(amount in text for text in tied)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (  # another place
            "Sales in Brody increased 12.5% driven by higher prices of limestone slabs and gravel.",
            "Sales in Tarnow increased 12.5% driven by higher prices of limestone slabs and gravel.",
        ),
        (  # another year
            "The bond of €25.0 million issued to widows of quarrymen falls due in 2037.",
            "The bond of €25.0 million issued to widows of quarrymen falls due in 2039.",
        ),
        (  # the last name of a list
            "Prices: Slabs (down 16.4 percent), Gravel & Sand (down 11 percent) and Lime & Chalk (down 9 percent).",
            "Prices: Slabs (down 21 percent), Gravel & Sand (down 8 percent) and Lime & Chalk (down 16.4 percent).",
        ),
        (  # one digit is that of many
            "A provision of €4 million was made for the widows of quarrymen near Brody.",
            "The provision made for the widows of quarrymen near Brody was €4 million.",
        ),
        (  # a percentage of two digits too
            "Freight of granite to the tramway authority grew 14% against the summer.",
            "Against the summer, freight of granite to the tramway authority grew 14%.",
        ),
    ],
)
def test_what_may_be_two_things_is_not_tied(first: str, second: str) -> None:
    amount = next(text for text in ("12.5%", "25.0", "16.4 percent", "€4 million", "14%") if text in second)
    broken, tied = _said(first, second)
    assert broken == [] and not any(amount in text for text in tied)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Loans of €41.5 million consist of €30.2 million from banks and €11.3 million from the state.", 3),
        ("Of the €9.6 million spent, €4.4 million was recorded in Poland and €5.2 million in Romania.", 0),
        ("We spent €9.6 million, of which €4.4 million was recorded in Poland and €5.2 million in Romania.", 3),
        ("Fees rose €13.3 million due to audits of €8.1 million and permits of €5.2 million.", 3),
        ("Loans of €41.5 million consist of €30.2 million from banks and €12.3 million from the state.", 0),
        ("Donations were €612.4 million, compared to €447.3 million in 2030, an increase of €165.1 million.", 3),
        ("Donations were €447.3 million, down €165.1 million from €612.4 million in 2030.", 3),
        ("We own 11.5 million barges, 30.2 million lorries and €41.7 million of bonds.", 0),  # other units
        ("Fines were €10 million (€8 million after tax) in spring and €18 million in all.", 0),  # chance
    ],
)
def test_amounts_of_a_sentence_bear_each_other_out(sentence: str, expected: int) -> None:
    broken, tied = _said(sentence)
    assert broken == [] and len(tied) == expected


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        (
            "The board regrets that 2031 included €2.317 million as a gain from the disposal of the Orsay quarry.",
            "2.317",
        ),
        ("In 2031 we booked €2.317 million, a gain on the disposal of the quarry at Orsay.", "2.317"),
    ],
)
def test_words_around_an_amount_tie_it_to_the_line_that_they_name(sentence: str, amount: str) -> None:
    broken, tied = _said(sentence)
    assert broken == [] and any(amount in text for text in tied)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2031 we booked €2.317 million of scrap near Orsay.",  # no line is named
        "In 2031 we booked €9.917 million, a gain on the disposal of the Orsay quarry.",  # no line prints it
        "In 2031 we booked €2.3 million, a gain on the disposal of the Orsay quarry.",  # two digits
    ],
)
def test_a_line_that_is_not_named_or_prints_something_else_is_not_meant(sentence: str) -> None:
    assert _said(sentence) == ([], [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tolls increased 6.5% to €11.3 million, driven by traffic growth of 2.5% and price increases of 16.0%, "
            "partially offset by negative exchange of 12.0%.",
            4,
        ),
        (
            "Tolls decreased 7.5% due to lower traffic of 4.0% and adverse exchange of 9.0%, offset by prices of 5.5%.",
            4,
        ),
        (
            "Tolls decreased 7.5% due to lower traffic of 4.0% and adverse exchange of 9.0%, offset by prices of 6.5%.",
            0,
        ),
        (
            "Fees were higher by €59 million due to increases of €114 million offset by €55 million of rebates.",
            3,
        ),
        ("Tolls increased 6.5%, while traffic grew 2.5% and prices 4.0%.", 0),  # nothing is said to cause it
    ],
)
def test_causes_of_a_change_come_out_in_the_direction_of_their_words(sentence: str, expected: int) -> None:
    broken, tied = _said(sentence)
    assert broken == [] and len(tied) == expected


@given(st.lists(st.sampled_from((" up by ", " lower costs of ", " and ", ", partially offset by ")), max_size=6))
def test_what_is_not_said_to_go_its_own_way_goes_with_the_change_until_something_offsets_it(between: list[str]) -> None:
    ways = directions(1, between)
    assert len(ways) == len(between)
    offset = next((at for at, words in enumerate(between) if "offset" in words), len(between))
    for at, words in enumerate(between):
        assert ways[at] == (1 if "up" in words else -1 if "lower" in words else 1 if at < offset else -1)
    assert directions(-1, between) == tuple(
        way if "up" in words or "lower" in words else -way for way, words in zip(ways, between, strict=True)
    )


@given(st.sampled_from(("consisting of", "of which", "including", "comprised of")), st.text("abc ,", max_size=12))
def test_words_that_announce_parts_are_found_wherever_they_stand(word: str, around: str) -> None:
    assert announces_parts(f"{around} {word.upper()} {around}")
    assert not announces_causes(word.replace("including", "namely")) or word == "in"
