"""What the sentences of releases say: each quantity with its role, direction, metric and period."""

from __future__ import annotations

from itertools import count

import pytest

from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.place import Anchor, Anchored
from checker.extract.prose import claims

_LEAD = "NEW YORK -- Acme Widgets, Inc. (NASDAQ: ACME) today announced results for its first quarter ended March 31, 2013."


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of ASCII, one paragraph a line."""
    found, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found.append(Paragraph(Anchored(line, (Anchor(0, at, 1, number, 1),))))
        at += len(line.encode()) + 1
    return tuple(found)


def said(sentence: str) -> tuple[Claim, ...]:
    """The claims of a sentence in a release about the first quarter of 2013."""
    ids = count(1)
    return claims(paragraphs(f"{_LEAD}\n{sentence}"), (), lambda: f"f{next(ids)}")


def row(claim: Claim) -> tuple[str, str, int, str, str]:
    """A claim as the tables below write it."""
    period = claim.figure.period
    when = "" if period is None or period.end is None else f"{period.months or ''}@{period.end.isoformat()}"
    return claim.figure.text, claim.role, claim.direction, claim.figure.caption, when


Q1, LAST = "3@2013-03-31", "3@2012-03-31"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Revenues were $16.2 million for the quarter ended March 31, 2013, an increase of $4.6 million, or 40.2%, from the first quarter of 2012.",
            [("$16.2 million", "level", 0, "Revenues", Q1), ("$4.6 million", "change", 1, "Revenues", Q1), ("40.2%", "relative change", 1, "Revenues", Q1)],
        ),
        (
            "Gross profit increased 196% to $4.4 million compared to the three month period ended March 31, 2012.",
            [("196%", "relative change", 1, "Gross profit", Q1), ("$4.4 million", "level", 1, "Gross profit", Q1)],
        ),
        (
            "Gross margin decreased to 8.2% in the first quarter of 2013 from 11.6% in the same period of a year ago.",
            [("8.2%", "level", -1, "Gross margin", Q1), ("11.6%", "prior", 0, "Gross margin", LAST)],
        ),
        (
            "Net loss for the first quarter was $1.6 million, or ($0.01) per share, as compared to $0.8 million and "
            "($0.02) per share in the same period a year ago.",
            [
                ("$1.6 million", "level", 0, "Net loss", Q1),
                ("($0.01) per share", "level", 0, "Net loss", Q1),
                ("$0.8 million", "prior", 0, "Net loss", LAST),
                ("($0.02) per share", "prior", 0, "Net loss", LAST),
            ],
        ),
        (
            "At March 31, 2013, the Company had a working capital deficit and stockholders' deficit of $8.3 million and $6.7 million, respectively, "
            "as compared to a working capital deficit of $8.0 million and $6.1 million, respectively, at December 31, 2012.",
            [
                ("$8.3 million", "level", 0, "working capital deficit", "@2013-03-31"),
                ("$6.7 million", "level", 0, "stockholders deficit", "@2013-03-31"),
                ("$8.0 million", "prior", 0, "working capital deficit", "@2012-12-31"),
                ("$6.1 million", "prior", 0, "stockholders deficit", "@2012-12-31"),
            ],
        ),
        (
            "Net revenue for the three months ended March 31, 2013, and 2012 was $4.9 million, and $3.5 million respectively, an increase of 38%.",
            [
                ("$4.9 million", "level", 0, "Net revenue", Q1),
                ("$3.5 million", "level", 0, "Net revenue", LAST),
                ("38%", "relative change", 1, "Net revenue", Q1),
            ],
        ),
        (
            "Net revenues for the first quarter were $27,847,000 up 6% from $26,270,000 in the preceding quarter.",
            [
                ("$27,847,000", "level", 0, "Net revenues", Q1),
                ("6%", "relative change", 1, "Net revenues", Q1),
                ("$26,270,000", "prior", 0, "Net revenues", "3@2012-12-31"),
            ],
        ),
        (
            "Finance income for the first quarter of 2013 was $19,959,000, a 35% increase compared to finance income of "
            "$14,806,000 for the first quarter of 2012.",
            [
                ("$19,959,000", "level", 0, "Finance income", Q1),
                ("35%", "relative change", 1, "Finance income", Q1),
                ("$14,806,000", "prior", 0, "finance income", LAST),
            ],
        ),
        (
            "The provision for loan losses was $900,000 in the first quarter of 2013, $800,000 in the immediate prior quarter.",
            [("$900,000", "level", 0, "provision for loan losses", Q1), ("$800,000", "level", 0, "provision for loan losses", "3@2012-12-31")],
        ),
        (
            "The tax rate was 22% for the three months and 26% for the year ended March 31, 2013, compared to 21% for the three months "
            "and 11% for the year ended March 31, 2012.",
            [
                ("22%", "level", 0, "tax rate", Q1),
                ("26%", "level", 0, "tax rate", "12@2013-03-31"),
                ("21%", "prior", 0, "tax rate", LAST),
                ("11%", "prior", 0, "tax rate", "12@2012-03-31"),
            ],
        ),
        ("Acme increased first quarter sales by $33,000 to $1.2 million.", [("$33,000", "change", 1, "sales", Q1), ("$1.2 million", "level", 1, "sales", Q1)]),
    ],
)
def test_idioms(sentence: str, expected: list[tuple[str, str, int, str, str]]) -> None:
    assert [row(claim) for claim in said(sentence)] == expected


@pytest.mark.parametrize(
    ("printed", "value", "step", "unit"),
    [
        ("$16.2 million", "16200000", "100000", "USD"),
        ("$1.1 billion", "1100000000", "100000000", "USD"),
        ("$419,390", "419390", "1", "USD"),
        ("$558,000", "558000", "1000", "USD"),
        ("($0.01) per share", "-0.01", "0.01", "USD/share"),
        ("$.33 per diluted share", "0.33", "0.01", "USD/share"),
        ("33 cents per share", "0.33", "0.01", "USD/share"),
        ("40.2%", "40.2", "0.1", "percent"),
        ("16 percent", "16", "1", "percent"),
        ("50 basis points", "0.50", "0.01", "percent"),
        ("1.2 percentage points", "1.2", "0.1", "percent"),
        ("negative $0.21 million", "-210000", "10000", "USD"),
        ("EUR 27 million", "27000000", "1000000", "EUR"),
        ("3,495", "3495", "1", "number"),
        ("2.5 times", "2.5", "0.1", "ratio"),
    ],
)
def test_quantities_are_exact_and_know_their_last_place(printed: str, value: str, step: str, unit: str) -> None:
    (claim,) = said(f"In the first quarter of 2013 the measure was {printed} in all.")
    figure = claim.figure
    assert (figure.text, str(figure.value), str(figure.step), str(figure.unit)) == (printed, value, step, unit)


@pytest.mark.parametrize(
    "sentence", ["Call 1-800-555-1212 at 4:30 pm on May 14, 2013.", "See Section 21E, Note 7 and the Form 10-Q for 2012.", "The Company has 12 offices."]
)
def test_dates_times_and_numbers_that_count_nothing_are_no_claims(sentence: str) -> None:
    assert said(sentence) == ()


def test_what_is_expected_has_no_period_and_so_no_figure() -> None:
    assert {claim.figure.period for claim in said("For the second quarter of 2013 we expect revenues of $17 million.")} == {None}


def test_a_range_is_no_amount() -> None:
    assert {claim.hedge for claim in said("Analysts had seen first quarter revenue in the range of $15 million to $16 million.")} == {"range"}


@pytest.mark.parametrize(("hedge", "printed"), [("approximately", "$2.3 million"), ("more than", "$5.3 million"), ("nearly", "40%")])
def test_hedges_are_kept(hedge: str, printed: str) -> None:
    (claim,) = said(f"Revenue in the first quarter of 2013 was {hedge} {printed}.")
    assert (claim.hedge, claim.figure.text) == (hedge, printed)


def test_a_table_flattened_into_a_line_says_nothing() -> None:
    assert said("Revenue: North $481,788 $387,249 $900,308 $705,807 South 14,565 19,029 32,423 37,439 $496,353 $406,278 $932,731 $743,246") == ()
