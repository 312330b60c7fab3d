"""Sentences as published releases write them, with the figures they speak of: what is tied to what, and what is left
alone.

Each case is a sentence about a first quarter, the lines of the table it was printed with (this year, last year), and
for every quantity the figures it rests on; an empty string where nothing may be tied. Read and labelled by hand.
"""

from __future__ import annotations

from functools import cache

import pytest

from checker.bind.claims import bind_claims
from checker.core.release import Release
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read
from tests.prose.corruption import links_of

_HEAD = (
    "NEW YORK -- Acme Widgets, Inc. (NASDAQ: ACME) today announced results for its first quarter ended March 31, 2013."
)
_INCOME = (
    ("Net revenue", "4,882", "3,528"),
    ("Cost of goods sold", "1,700", "1,320"),
    ("Gross profit", "3,182", "2,208"),
    ("Selling, general and administrative", "2,284", "2,170"),
    ("Research and development", "307", "221"),
    ("Provision for loan losses", "900", "450"),
    ("Net income (loss)", "558", "(169)"),
    ("Earnings per share", "", ""),
    ("Basic", "$0.11", "$(0.03)"),
    ("Diluted", "$0.10", "$(0.03)"),
    ("Other revenue", "", ""),
    ("Licence", "310", "280"),
    ("Royalties", "120", "90"),
)


@cache
def _rulebook() -> Rulebook:
    return load((), True)


def _release(sentence: str, scale: str = "(in thousands)") -> Release:
    rows = "\n".join(f"{caption}\t{now}\t{then}" for caption, now, then in _INCOME)
    text = (
        f"{_HEAD}\n\n{sentence}\n\nConsolidated Statements of Operations\n{scale}\n\n\tThree Months Ended March "
        f"31,\t\n\t2013\t2012\n{rows}\n"
    )
    return extract(read("acme.txt", text.encode()))


def _tied(sentence: str) -> list[tuple[str, str]]:
    release = _release(sentence)
    links = {
        one.claim.figure.id: " ".join(figure.text for figure in one.figures) for one in links_of(release, _rulebook())
    }
    return [(claim.figure.text, links.get(claim.figure.id, "")) for claim in release.claims]


def _violations(sentence: str, scale: str = "(in thousands)") -> list[str]:
    found = evaluate(bind_claims(_release(sentence, scale), _rulebook()))
    return [one.check.relation for one in found if one.verdict == "violation" and one.severity != "note"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Net revenue was $4.9 million, compared to $3.5 million in the first quarter of 2012, up 38%.",
            [("$4.9 million", "4,882"), ("$3.5 million", "3,528"), ("38%", "4,882 3,528")],
        ),
        (
            "Net income was $558,000, compared to a net loss of ($169,000) in the first quarter of 2012.",
            [("$558,000", "558"), ("($169,000)", "(169)")],
        ),
        (
            "Gross margin was 65%, compared to 63% in the first quarter of 2012.",
            [("65%", "3,182 4,882"), ("63%", "2,208 3,528")],
        ),
        (
            (
                "Net revenue for the three months ended March 31, 2013, and 2012 was $4.9 million, and $3.5 "
                "million respectively, an increase of 38%."
            ),
            [("$4.9 million", "4,882"), ("$3.5 million", "3,528"), ("38%", "4,882 3,528")],
        ),
        (
            (
                "Selling, general and administrative expenses for the first quarter of 2013 were approximately $2.3"
                " million, compared with $2.2 million in 2012, an increase of 5%."
            ),
            [("$2.3 million", "2,284"), ("$2.2 million", "2,170"), ("5%", "2,284 2,170")],
        ),
        (
            (
                "For the quarter ended March 31, 2013, Acme reported revenue of $4.9 million, an increase of "
                "$1,354,000 (or 38%) over the same period in 2012."
            ),
            [("$4.9 million", "4,882"), ("$1,354,000", "4,882 3,528"), ("38%", "4,882 3,528")],
        ),
        (
            (
                "The provision for loan losses was $900,000 in the first quarter of 2013, $610,000 in the immediate"
                " prior quarter, and $450,000 in the first quarter of 2012."
            ),
            [("$900,000", "900"), ("$610,000", ""), ("$450,000", "450")],
        ),
        (
            "Net revenue of $4.9 million was up from $3.5 million a year ago, as retail revenue increased 12%.",
            [("$4.9 million", "4,882"), ("$3.5 million", "3,528"), ("12%", "")],
        ),
        (
            (
                "The Nova division, which remains in development, generated revenues of $1.2 million in the "
                "first quarter of 2013."
            ),
            [("$1.2 million", "")],
        ),
        (
            (
                "Acme announced today that net revenue was $4.9 million in the first quarter of 2013, while cost "
                "of goods sold was $1.7 million."
            ),
            [("$4.9 million", "4,882"), ("$1.7 million", "1,700")],
        ),
        (
            (
                "Research and development (R&D) expenses rose in 2013. R&D expenses were $307,000 in the first "
                "quarter of 2013."
            ),
            [("$307,000", "307")],
        ),
        (
            "Net income was $0.11 per share ($0.10 per share on a diluted basis) in the first quarter of 2013.",
            [("$0.11 per share", "0.11"), ("$0.10 per share", "0.10")],
        ),
        ("Licence revenue was $310,000 in the first quarter of 2013.", [("$310,000", "310")]),
        ("Research and development expenses were $307,000 in the first quarter of 2013.", [("$307,000", "307")]),
        (
            "The gain was offset by cost of goods sold of $1.7 million in the first quarter of 2013.",
            [("$1.7 million", "1,700")],
        ),
        ("We expect net revenue of $5.2 million in the second quarter of 2013.", [("$5.2 million", "")]),
        (
            "Net revenue is expected to be in the range of $5.0 million to $5.5 million.",
            [("$5.0 million", ""), ("$5.5 million", "")],
        ),
    ],
)
def test_what_is_tied(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert _tied(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Net revenue was $4.9 million, compared to $3.6 million in the first quarter of 2012, up 38%.",
        "Net revenue was $4.9 billion, compared to $3.5 million in the first quarter of 2012, up 38%.",
        "Net revenue was $4.9 million, compared to $3.5 million in the first quarter of 2012, down 38%.",
        (
            "Net revenue was $9.4 million in the first quarter of 2013, compared to $3.5 million in the first "
            "quarter of 2012."
        ),
    ],
)
def test_a_wrong_claim_beside_a_right_one_is_a_violation(sentence: str) -> None:
    assert _violations(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Net revenue was $2.2 million in the first quarter of 2013.",
        "Net revenue increased 12% in the first quarter of 2013 on a constant-currency basis.",
        (
            "The Nova division generated revenues of $1.2 million, and gross margin of 93%, compared to 95% in "
            "the first quarter of 2012."
        ),
        "Net revenue was approximately $4.8 million in the first quarter of 2013.",
        "Gross margin was 64% in the first quarter of 2013, compared to 62% in the first quarter of 2012.",
        (
            "Net revenue increased 8.5% to $1.6 million in the first quarter of 2013, compared to $1.5 million "
            "in the first quarter of 2012."
        ),
        (
            "Of the $3.2 million and $2.2 million gross profit in the first quarters of 2013 and 2012, "
            "respectively, $2.9 million and $2.0 million is taxed."
        ),
    ],
)
def test_what_nothing_confirms_stays_quiet(sentence: str) -> None:
    assert _violations(sentence) == []


def test_a_scale_that_the_table_does_not_state_is_ours_to_miss() -> None:
    growth = "Net revenue was $4.9 million, up 38% from the first quarter of 2012."
    assert _violations(growth) == []
    assert _violations(growth, "") == []
    assert _violations(f"{growth} Gross profit was $3,182 and cost of goods sold $1,700.", "") == [
        "Net revenue of $4.9 million = Net revenue"
    ]


def test_the_arithmetic_of_a_sentence_needs_no_table() -> None:
    assert (
        _violations(
            "Adjusted backlog was $36.5 million in the first quarter of 2013, compared to $46.0 million in the first"
            " quarter of 2012, a decline of $9.5 million."
        )
        == []
    )
    assert _violations(
        "Adjusted backlog was $36.2 million in the first quarter of 2013, compared to $46.0 million in the "
        "first quarter of 2012, a decline of $9.5 million."
    )


@pytest.mark.parametrize(
    ("again", "alarmed"),
    [
        (
            (
                "Adjusted backlog was $36.5 million in the first quarter of 2013, compared to $46.2 million in "
                "the first quarter of 2012."
            ),
            False,
        ),
        (
            (
                "Adjusted backlog was $35.6 million in the first quarter of 2013, compared to $46.2 million in "
                "the first quarter of 2012."
            ),
            True,
        ),
        (
            (
                "Adjusted backlog was $35.6 million in the first quarter of 2013, compared to $42.7 million in "
                "the first quarter of 2012."
            ),
            False,
        ),
        (
            (
                "Adjusted backlog was $12.9 million in the first quarter of 2013, compared to $46.2 million in "
                "the first quarter of 2012."
            ),
            False,
        ),
    ],
    ids=["the same", "one slip", "something else", "no slip"],
)
def test_the_text_against_itself(again: str, alarmed: bool) -> None:
    said = (
        "Adjusted backlog was $36.5 million in the first quarter of 2013, compared to $46.2 million in the first "
        "quarter of 2012."
    )
    assert bool(_violations(f"{said} Demand was strong. {again}")) == alarmed


def test_the_number_of_a_form_is_no_amount() -> None:
    assert _tied("The exhibits are furnished with this Form 8-K and not filed with Form 10-K for 2013.") == []


def test_better_is_neither_higher_nor_lower() -> None:
    assert (
        _violations(
            "Cost of goods sold improved to $1.7 million in the first quarter of 2013, compared to $1.3 "
            "million in the first quarter of 2012."
        )
        == []
    )


def _divided(heading: str) -> list[str]:
    """What is tied under a heading, in a release with a table by segment."""
    rows = "\n".join(f"{caption}\t{now}\t{then}" for caption, now, then in _INCOME)
    text = (
        f"{_HEAD}\n\n{heading}\n\nNet revenue increased 38%.\n\nConsolidated Statements of Operations\n(in"
        f" thousands)\n\n\tThree Months Ended March 31,\t\n\t2013\t2012\n{rows}\n\nSegment results\n(in"
        " thousands)\n\n\tThree Months Ended March"
        " 31,\t\n\t2013\t2012\nRetail\t3,000\t2,000\nWholesale\t1,882\t1,528\n"
    )
    release = extract(read("acme.txt", text.encode()))
    return [one.claim.figure.text for one in links_of(release, _rulebook()) if not one.off]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("First Quarter Results", ["38%"]), ("Net revenue", ["38%"]), ("Retail", []), ("Wholesale", [])],
)
def test_under_the_name_of_a_segment_the_company_is_not_meant(heading: str, expected: list[str]) -> None:
    assert _divided(heading) == expected


def test_a_table_that_prints_too_coarsely_to_tell_says_nothing() -> None:
    """Of a segment, in a table printed in billions: 482 million "agrees" with 0, and 1.0 billion is no slip of 2."""
    rows = "Net revenue\t54\t63\nOperating income (loss)\t0\t2\nNet income\t2\t8\n"
    sentence = (
        "We had operating income of $482 million in the first quarter of 2013, compared to $1.0 billion in the "
        "first quarter of 2012."
    )
    text = (
        f"{_HEAD}\n\n{sentence}\n\nConsolidated Statements of Operations\n(in billions)\n\n\tThree Months Ended "
        f"March 31,\t\n\t2013\t2012\n{rows}\n"
    )
    found = evaluate(bind_claims(extract(read("acme.txt", text.encode())), _rulebook()))
    assert found
    assert not any(one.verdict == "violation" and one.severity != "note" for one in found)


def test_amounts_may_be_stated_in_the_unit_of_the_tables() -> None:
    amounts = [
        (f"Item {letter}", f"{number:,}", f"{number - 7:,}")
        for number, letter in zip(range(2101, 3301, 101), "ABCDEFGHIJKL", strict=True)
    ]
    rows = "\n".join("\t".join(row) for row in amounts)
    said = " ".join(f"{caption} was ${now} in the first quarter of 2013." for caption, now, _ in amounts)
    text = (
        f"{_HEAD}\n\n(Dollars in millions except per share amounts)\n\n{said}\n\nConsolidated Statements of"
        f" Operations\n(in millions)\n\n\tThree Months Ended March 31,\t\n\t2013\t2012\n{rows}\n"
    )
    release = extract(read("acme.txt", text.encode()))
    assert [claim.figure.value for claim in release.claims[:2]] == [2_101_000_000, 2_202_000_000]
    assert len([one for one in links_of(release, _rulebook()) if not one.off]) == len(amounts)
    assert (
        extract(read("acme.txt", text.replace("(Dollars in millions except per share amounts)", "").encode()))
        .claims[0]
        .figure.value
        == 2101
    )


def test_under_the_name_of_a_segment_the_table_beside_it_is_meant() -> None:
    rows = "\n".join(f"{caption}\t{now}\t{then}" for caption, now, then in _INCOME)
    head = "\tThree Months Ended March 31,\t\n\t2013\t2012\n"
    text = (
        f"{_HEAD}\n\nConsolidated Statements of Operations\n(in thousands)\n\n{head}{rows}\n\n"
        f"Segment results\n(in thousands)\n\n{head}Retail\t3,000\t2,000\nWholesale\t1,882\t1,528\n\n"
        f"Retail\n\n(in thousands)\n\n{head}Net revenue\t3,000\t2,000\nOperating profit\t411\t380\n\n"
        "Net revenue increased 50% to $3.0 million in the first quarter of 2013. Operating profit was $558,000.\n"
    )
    release = extract(read("acme.txt", text.encode()))
    assert [
        (one.claim.figure.text, [figure.text for figure in one.figures])
        for one in links_of(release, _rulebook())
        if not one.off
    ] == [
        ("50%", ["3,000", "2,000"]),
        ("$3.0 million", ["3,000"]),
    ]


def test_a_table_of_percentages_alone_shows_levels() -> None:
    text = (
        f"{_HEAD}\n\nThe cost of deposits was 3.00% in the first quarter of 2013, compared to 4.10% in the first"
        " quarter of 2012.\n\nWeighted average interest rates\n\n\tThree Months Ended March 31,\t\n\t2013\t2012\nYield"
        " on loans\t6.20%\t8.10%\nCost of deposits\t3.00%\t4.10%\n"
    )
    release = extract(read("acme.txt", text.encode()))
    assert [one.figures[0].text for one in links_of(release, _rulebook()) if not one.off] == ["3.00%", "4.10%"]


def test_lines_without_a_full_stop_speak_of_the_period_of_the_heading_above_them() -> None:
    heading = (
        "Key Financial Highlights for the Nine Months Ended September 30, 2013 Compared to the Same Prior Year Period"
    )
    lines = "* Net revenue increased 38% to $4.9 million\n\n* Net loss was $2.9 million\n\n"
    text = (
        f"{_HEAD}\n\n{heading}\n\n{lines}Statements of Operations\n(in thousands)\n\n\tThree Months Ended "
        "September 30,\t\tNine Months Ended September 30,\t\n"
    )
    text += (
        "\t2013\t2012\t2013\t2012\nNet revenue\t1,882\t1,528\t4,882\t3,528\nNet loss\t(900)\t(800)\t(2,900)\t(1,800)\n"
    )
    found = extract(read("acme.txt", text.encode())).claims
    assert {
        claim.figure.period.months
        for claim in found
        if claim.figure.period is not None and claim.role in ("level", "relative change")
    } == {9}


def test_what_two_amounts_include_is_not_one_quantity() -> None:
    said = "Interest of $41 million in the first quarter of 2013 included $19 million related to old debt. "
    said += "Other income of $31 million in the first quarter of 2013 included $18 million from the sale of a tower."
    release = extract(read("acme.txt", f"{_HEAD}\n\n{said}\n".encode()))
    assert [claim.figure.text for claim in release.claims if claim.figure.caption == "included"] == [
        "$19 million",
        "$18 million",
    ]
    assert not any("included" in one.check.relation for one in evaluate(bind_claims(release, _rulebook())))
