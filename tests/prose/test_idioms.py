"""What the sentences of releases say: each quantity with its role, direction, metric and period."""

from __future__ import annotations

from itertools import count

import pytest

from checker.core.claim import Claim
from checker.core.document import Paragraph
from checker.core.place import Anchor, Anchored
from checker.extract.prose import claims

_LEAD = (
    "NEW YORK -- Acme Widgets, Inc. (NASDAQ: ACME) today announced results for its first quarter ended March 31, 2013."
)


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
            (
                "Revenues were $16.2 million for the quarter ended March 31, 2013, an increase of $4.6 million, "
                "or 40.2%, from the first quarter of 2012."
            ),
            [
                ("$16.2 million", "level", 0, "Revenues", Q1),
                ("$4.6 million", "change", 1, "Revenues", Q1),
                ("40.2%", "relative change", 1, "Revenues", Q1),
            ],
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
            (
                "Net loss for the first quarter was $1.6 million, or ($0.01) per share, as compared to $0.8 million and"
                " ($0.02) per share in the same period a year ago."
            ),
            [
                ("$1.6 million", "level", 0, "Net loss", Q1),
                ("($0.01) per share", "level", 0, "Net loss", Q1),
                ("$0.8 million", "prior", 0, "Net loss", LAST),
                ("($0.02) per share", "prior", 0, "Net loss", LAST),
            ],
        ),
        (
            (
                "At March 31, 2013, the Company had a working capital deficit and stockholders' deficit of $8.3 million"
                " and $6.7 million, respectively, as compared to a working capital deficit of $8.0 million and $6.1"
                " million, respectively, at December 31, 2012."
            ),
            [
                ("$8.3 million", "level", 0, "working capital deficit", "@2013-03-31"),
                ("$6.7 million", "level", 0, "stockholders deficit", "@2013-03-31"),
                ("$8.0 million", "prior", 0, "working capital deficit", "@2012-12-31"),
                ("$6.1 million", "prior", 0, "stockholders deficit", "@2012-12-31"),
            ],
        ),
        (
            (
                "Net revenue for the three months ended March 31, 2013, and 2012 was $4.9 million, and $3.5 "
                "million respectively, an increase of 38%."
            ),
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
            (
                "Finance income for the first quarter of 2013 was $19,959,000, a 35% increase compared to finance"
                " income of $14,806,000 for the first quarter of 2012."
            ),
            [
                ("$19,959,000", "level", 0, "Finance income", Q1),
                ("35%", "relative change", 1, "Finance income", Q1),
                ("$14,806,000", "prior", 0, "finance income", LAST),
            ],
        ),
        (
            (
                "The provision for loan losses was $900,000 in the first quarter of 2013, $800,000 in the "
                "immediate prior quarter."
            ),
            [
                ("$900,000", "level", 0, "provision for loan losses", Q1),
                ("$800,000", "level", 0, "provision for loan losses", "3@2012-12-31"),
            ],
        ),
        (
            (
                "The tax rate was 22% for the three months and 26% for the year ended March 31, 2013, compared to 21%"
                " for the three months and 11% for the year ended March 31, 2012."
            ),
            [
                ("22%", "level", 0, "tax rate", Q1),
                ("26%", "level", 0, "tax rate", "12@2013-03-31"),
                ("21%", "prior", 0, "tax rate", LAST),
                ("11%", "prior", 0, "tax rate", "12@2012-03-31"),
            ],
        ),
        (
            "Acme increased first quarter sales by $33,000 to $1.2 million.",
            [("$33,000", "change", 1, "sales", Q1), ("$1.2 million", "level", 1, "sales", Q1)],
        ),
        (
            "Group revenue up 4% to £43.2m (2012: £41.4m)",
            [
                ("4%", "relative change", 1, "Group revenue", Q1),
                ("£43.2m", "level", 1, "Group revenue", Q1),
                ("£41.4m", "prior", 0, "Group revenue", LAST),
            ],
        ),
        (
            "Group revenue up 4% to £43.2m (£41.4m in 2012)",
            [
                ("4%", "relative change", 1, "Group revenue", Q1),
                ("£43.2m", "level", 1, "Group revenue", Q1),
                ("£41.4m", "prior", 0, "Group revenue", LAST),
            ],
        ),
        (
            "Revenue increased 14% to R43.2 million",
            [("14%", "relative change", 1, "Revenue", Q1), ("R43.2 million", "level", 1, "Revenue", Q1)],
        ),
        (
            "Turnover for the three months to 31 March 2013 was £43.2m (three months to 31 March 2012: £41.4m)",
            [("£43.2m", "level", 0, "Turnover", Q1), ("£41.4m", "prior", 0, "Turnover", LAST)],
        ),
        (
            "Revenue of £43.2m (2012: £41.4m), operating profit of £3.4m (2012: £2.8m) and EPS of 25.2p (2012: 19.6p).",
            [
                ("£43.2m", "level", 0, "Revenue", Q1),
                ("£41.4m", "prior", 0, "Revenue", LAST),
                ("£3.4m", "level", 0, "operating profit", Q1),
                ("£2.8m", "prior", 0, "operating profit", LAST),
                ("25.2p", "level", 0, "EPS", Q1),
                ("19.6p", "prior", 0, "EPS", LAST),
            ],
        ),
        (
            "Adjusted EPS of 30.7p (Q1 2012: 28.0p), an increase of 10%.",
            [
                ("30.7p", "level", 0, "Adjusted EPS", Q1),
                ("28.0p", "prior", 0, "Adjusted EPS", LAST),
                ("10%", "relative change", 1, "Adjusted EPS", Q1),
            ],
        ),
        (
            "Loss before tax was £2.1m (2012: profit of £0.4m; 2011: loss of £3.0m).",
            [
                ("£2.1m", "level", 0, "Loss before tax", Q1),
                ("£0.4m", "prior", 0, "Loss before tax", LAST),
                ("£3.0m", "prior", 0, "Loss before tax", "3@2011-03-31"),
            ],
        ),
        (
            "Revenue: $100.0 million, up 91%",
            [("$100.0 million", "level", 0, "Revenue", Q1), ("91%", "relative change", 1, "Revenue", Q1)],
        ),
        (
            "Operating cash flow – up 4% to CHF 5 million",
            [
                ("4%", "relative change", 1, "Operating cash flow", Q1),
                ("CHF 5 million", "level", 1, "Operating cash flow", Q1),
            ],
        ),
        (
            "Diluted EPS: $1.74 vs. $0.88",
            [("$1.74", "level", 0, "Diluted EPS", Q1), ("$0.88", "prior", 0, "Diluted EPS", LAST)],
        ),
        (
            "Sales of EUR 200.3m, +19% YoY (Q1 2012: EUR 168.3m)",
            [
                ("EUR 200.3m", "level", 0, "Sales", Q1),
                ("+19%", "relative change", 1, "Sales", Q1),
                ("EUR 168.3m", "prior", 0, "Sales", LAST),
            ],
        ),
        (
            "Net sales of $5.1 million, -3%",
            [("$5.1 million", "level", 0, "Net sales", Q1), ("-3%", "relative change", 1, "Net sales", Q1)],
        ),
        (
            "Revenue increased to $16.2 million from $11.5 million, or 40%.",
            [
                ("$16.2 million", "level", 1, "Revenue", Q1),
                ("$11.5 million", "prior", 0, "Revenue", LAST),
                ("40%", "relative change", 1, "Revenue", Q1),
            ],
        ),
        (
            "Costs were RMB 45.2 million (US$6.5 million), as against RMB 40.1 million in the first quarter of 2012.",
            [
                ("RMB 45.2 million", "level", 0, "Costs", Q1),
                ("(US$6.5 million)", "level", 0, "Costs", Q1),
                ("RMB 40.1 million", "prior", 0, "Costs", LAST),
            ],
        ),
        (
            "Revenue more than doubled to $4.0 million from $1.9 million",
            [("$4.0 million", "level", 1, "Revenue", Q1), ("$1.9 million", "prior", 0, "Revenue", LAST)],
        ),
    ],
)
def test_idioms(sentence: str, expected: list[tuple[str, str, int, str, str]]) -> None:
    assert [row(claim) for claim in said(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Revenue increased 8% to $44.1 million on a constant currency basis.", ["8%", "$44.1 million"]),
        ("Revenue up 5% organically, and gross profit up 4% to $2.1 million.", ["5%"]),
        (
            "On a like-for-like basis, sales rose 3% to $5.2 million (2012: $5.0 million).",
            ["3%", "$5.2 million", "$5.0 million"],
        ),
        ("Operating profit was up 5% (4% at constant exchange rates).", ["4%"]),
        ("Annual revenue increased 43% to $268 million.", ["43%", "$268 million"]),
        ("Net income was $5.2 million, excluding charges, on revenue of $40.1 million.", ["$5.2 million"]),
        ("Revenue up 4% to $5.2 million, gross profit up 5%", []),
    ],
)
def test_amounts_on_another_basis_are_told(sentence: str, expected: list[str]) -> None:
    found = [claim.figure.text for claim in said(sentence) if claim.otherwise]
    assert [text for text in found if text in expected] == expected
    assert not (set(found) - set(expected)) or "excluding" in sentence


@pytest.mark.parametrize(
    ("printed", "value", "step", "unit"),
    [
        ("25.2p", "0.252", "0.001", "GBP/share"),
        ("19.6 pence", "0.196", "0.001", "GBP/share"),
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
    "sentence",
    [
        "Call 1-800-555-1212 at 4:30 pm on May 14, 2013.",
        "See Section 21E, Note 7 and the Form 10-Q for 2012.",
        "The Company has 12 offices.",
    ],
)
def test_dates_times_and_numbers_that_count_nothing_are_no_claims(sentence: str) -> None:
    assert said(sentence) == ()


def test_what_is_expected_has_no_period_and_so_no_figure() -> None:
    assert {
        claim.figure.period for claim in said("For the second quarter of 2013 we expect revenues of $17 million.")
    } == {None}


def test_a_range_is_no_amount() -> None:
    assert {
        claim.hedge
        for claim in said("Analysts had seen first quarter revenue in the range of $15 million to $16 million.")
    } == {"range"}


@pytest.mark.parametrize(
    ("hedge", "printed"), [("approximately", "$2.3 million"), ("more than", "$5.3 million"), ("nearly", "40%")]
)
def test_hedges_are_kept(hedge: str, printed: str) -> None:
    (claim,) = said(f"Revenue in the first quarter of 2013 was {hedge} {printed}.")
    assert (claim.hedge, claim.figure.text) == (hedge, printed)


def test_a_table_flattened_into_a_line_says_nothing() -> None:
    assert (
        said(
            "Revenue: North $481,788 $387,249 $900,308 $705,807 South 14,565 19,029 32,423 37,439 $496,353 "
            "$406,278 $932,731 $743,246"
        )
        == ()
    )


def test_what_goes_on_from_the_sentence_before_is_no_addition() -> None:
    [claim] = said("In addition, we had $5,613 million in unused lines of credit as of March 31, 2013.")
    assert "addition" not in claim.figure.caption.lower()
    [claim] = said("Additions to property and equipment were $61.3 million in the first quarter of 2013.")
    assert claim.figure.caption == "Additions to property and equipment"


LISTED = """Acme Corp reports results for 2024

Consolidated balance sheets (in millions)

| | December 31, 2024 | December 31, 2023 |
|---|---|---|
| Cash | 265 | 310 |
| Short-term investments | 12,481 | 3,274 |
| Total | 12,746 | 3,584 |

Consolidated statements of cash flows (in millions)

| | 2024 | 2023 |
|---|---|---|
| Proceeds from issuance of common stock | 833 | 170 |
| Repayments of debt | (400) | - |
| Net cash provided by financing activities | 433 | 170 |
| Fees | 386 | 400 |

"""


@pytest.mark.parametrize(
    "said",
    [
        "At December 31, 2024, we had $0.3 billion of cash, $12.5 billion of short-term investments, and $10.0 billion"
        " of unused credit lines.",
        "Net cash provided by financing activities for 2024 increased $263 million as compared to 2023, primarily due"
        " to lower repayments of $200 million in 2023 and a $663 million increase in the proceeds from issuance of"
        " common stock.",
        "Fees of $386 million (2023 - $400 million) remained similar compared to the prior year.",
        "Fees of $386 million (2023 - $400 million) were lower for want of the listing of last year.",
        "Expenses were $9.8 million and $5.5 million for the period from January 1, 2024 to July 21, 2024 and July 22,"
        " 2024 to September 30, 2024, respectively, an increase of $7.1 million, or 87%, compared to $8.2 million"
        " during the nine months ended September 30, 2023.",
    ],
)
def test_each_amount_is_that_of_its_own_words_and_time(said: str) -> None:
    from checker.language import load
    from checker.pipeline import check

    findings = check("page.md", (LISTED + said + "\n").encode(), load([])).findings
    assert [one.check.relation for one in findings if one.verdict == "violation"] == []
