"""What tags state, against print, against each other, and against the filing's own calculations."""

from __future__ import annotations

import pytest

from checker.core.finding import Finding
from checker.core.report import Checked
from checker.language import load
from checker.pipeline import check
from tests.tagged import GOOD, GROSS_PROFIT, Row, linkbase, page, row, tag

BOOK = load([])


def checked(content: bytes, **beside: bytes) -> Checked:
    """The page with the shipped rules, and its linkbase beside it."""
    return check("a.htm", content, BOOK, {f"{name}.xml": text for name, text in beside.items()})


def said(content: bytes, rule: str = "printed", **beside: bytes) -> list[Finding]:
    """What one rule of the pack decided, alone or with others that ask the same."""
    findings = checked(content, **beside).findings
    return [
        one
        for one in findings
        if f"tags/facts/{rule}" in (one.check.rule, *one.check.also) and one.verdict != "not applicable"
    ]


def changed(at: int, **otherwise: dict[str, str]) -> bytes:
    """The good page with one line tagged otherwise."""
    caption, concept, amounts, _ = GOOD[at]
    return page((*GOOD[:at], row(caption, concept, *amounts, **otherwise), *GOOD[at + 1 :]))


def test_a_page_whose_tags_are_right_raises_nothing() -> None:
    done = checked(page(), acme_cal=GROSS_PROFIT)
    assert not [one for one in done.findings if one.verdict == "violation"]
    assert not [one for one in done.problems if one.code in ("P110", "P111")]
    assert done.tagged is not None
    assert (done.tagged.facts, done.tagged.tied, done.tagged.agree, done.tagged.doubtful) == (15, 15, 15, 0)


# ---- print against tag -----------------------------------------------------------------------------------------------


def test_a_sign_that_one_tag_of_a_line_turns_round() -> None:
    (one,) = said(changed(3, then={"sign": "-"}))
    assert (one.verdict, one.severity) == ("violation", "error")
    assert "like the 2 others" in one.check.in_words
    assert one.message.startswith("(120) is not 120")


def test_a_line_tagged_against_its_print_throughout_is_no_error() -> None:
    assert not said(changed(3, now={"sign": "-"}, then={"sign": "-"}, before={"sign": "-"}))


def test_in_a_line_of_two_amounts_a_turned_sign_is_a_warning() -> None:
    content = page((*GOOD, row("Interest", "Interest", "21", "23", then={"sign": "-"})))
    (one,) = said(content)
    assert one.severity == "warning"


def test_a_column_that_prints_everything_the_other_way_round_is_no_error() -> None:
    rates: list[Row] = [row(f"Rate {at}", f"Rate{at}", "12", "13", "14", before={"sign": "-"}) for at in range(5)]
    assert not said(page((*GOOD, *rates)))


@pytest.mark.parametrize("scale", ["3", "9", "0"])
def test_a_scale_that_one_tag_of_a_line_has_otherwise(scale: str) -> None:
    (one,) = said(changed(0, now={"scale": scale}))
    assert (one.verdict, one.severity) == ("violation", "error")
    assert f"1,610 with scale {scale}" in one.check.in_words


def test_a_whole_line_of_another_scale_is_a_doubt_of_reading_and_said_once() -> None:
    other = {"scale": "3"}
    done = checked(changed(3, now=other, then=other, before=other))
    assert not [one for one in done.findings if one.check.rule == "tags/facts/printed" and one.verdict == "violation"]
    assert [one.code for one in done.problems if one.code.startswith("P1")] == ["P110"]
    assert done.tagged is not None and done.tagged.doubtful == 3


def test_a_word_for_the_scale_in_a_sentence_leaves_no_doubt() -> None:
    sentence = "<p>During the year ended December 31, 2023, the adjusted cost of investments was ${} billion.</p>"
    assert len(said(page(after=sentence.format(tag("Cost", "6.9", "now", decimals="-8"))))) == 1
    assert not said(page(after=sentence.format(tag("Cost", "6.9", "now", scale="9", decimals="-8"))))
    assert not said(
        page(
            after="<p>Of the amounts in millions, ${} were costs of the year 2023.</p>".format(tag("Cost", "69", "now"))
        )
    )


def test_a_unit_that_one_tag_of_a_line_has_otherwise() -> None:
    (one,) = said(changed(1, before={"unitRef": "eur"}))
    assert (one.verdict, one.severity) == ("violation", "error")
    assert "EUR" in one.message and one.difference is None


def test_contexts_that_were_exchanged() -> None:
    found = said(changed(2, now={"when": "then"}, then={"when": "now"}))
    assert len(found) == 2
    assert all("2022-01-01 to 2022-12-31" in one.message and "2023-01-01 to 2023-12-31" in one.message for one in found)


def test_the_context_of_a_year_that_the_table_does_not_show() -> None:
    from tests.tagged import context

    caption, concept, amounts, _ = GOOD[2]
    (one,) = said(
        page(
            (*GOOD[:2], row(caption, concept, *amounts, now={"when": "long"}), *GOOD[3:]),
            contexts=context("long", 2019),
        )
    )
    assert "2019" in one.message


def test_a_line_of_opening_balances_is_of_other_days_throughout() -> None:
    content = changed(4, now={"when": "then"}, then={"when": "before"}, before={"when": "older"})
    assert not [one for one in said(content) if one.check.apart]


# ---- duplicates ------------------------------------------------------------------------------------------------------


def test_last_years_column_with_this_years_context_states_one_period_twice() -> None:
    (one,) = said(changed(2, then={"when": "now"}), "duplicates")
    assert (one.verdict, one.severity) == ("violation", "error")
    assert one.message.startswith("440 is not 490")


@pytest.mark.parametrize(
    ("text", "otherwise", "verdict"),
    [
        ("1.6", {"scale": "9", "decimals": "-8"}, "agrees"),
        ("1.7", {"scale": "9", "decimals": "-8"}, "violation"),
        ("1,611", {}, "violation"),
        ("1,610,400", {"scale": "3", "decimals": "-3"}, "agrees"),
        ("1,610,501", {"scale": "3", "decimals": "-3"}, "violation"),
    ],
)
def test_duplicates_agree_within_their_rounding(text: str, otherwise: dict[str, str], verdict: str) -> None:
    (one,) = said(page(after=f"<p>{tag('Revenues', text, 'now', **otherwise)}</p>"), "duplicates")
    assert one.verdict == verdict


def test_a_tag_that_claims_more_than_its_print_counts_as_it_is_printed() -> None:
    sentence = (
        f"<p>Revenues for the year ended December 31, 2023 were "
        f"${tag('Revenues', '1.6', 'now', scale='9', decimals='-6')} billion.</p>"
    )
    assert [one.verdict for one in said(page(after=sentence), "duplicates")] == ["agrees"]


def test_other_dimensions_and_other_units_are_other_facts() -> None:
    after = f"<p>{tag('Revenues', '5', 'now', unitRef='eur')}</p>"
    assert not said(page(after=after), "duplicates")


def test_hidden_amounts_that_nothing_shows_are_counted() -> None:
    hidden = tag("Unshown", "5", "now") + tag("Revenues", "1,610", "now")
    counts = checked(page(hidden=hidden)).tagged
    assert counts is not None and (counts.facts, counts.hidden, counts.tied) == (17, 1, 15)


# ---- calculations ----------------------------------------------------------------------------------------------------


def test_a_calculation_that_holds_tests_the_printed_figures() -> None:
    done = checked(page(), acme_cal=GROSS_PROFIT)
    found = [one for one in done.findings if "tags/facts/calculations" in (one.check.rule, *one.check.also)]
    assert [one.verdict for one in found] == ["agrees"] * 3
    assert all(figure.origin == "table" for one in found for figure in one.check.figures)


def test_a_calculation_that_does_not_hold_is_a_warning() -> None:
    base = linkbase(
        ("GrossProfit", "Revenues", "1"),
        ("GrossProfit", "CostOfRevenue", "-1"),
        ("GrossProfit", "SellingExpense", "-1"),
    )
    found = said(page(), "calculations", acme_cal=base)
    assert [(one.verdict, one.severity) for one in found] == [("violation", "warning")] * 3


def test_what_is_not_reported_adds_nothing_and_a_total_alone_is_no_calculation() -> None:
    base = linkbase(
        ("GrossProfit", "Revenues", "1"), ("GrossProfit", "CostOfRevenue", "-1"), ("GrossProfit", "Unreported", "1")
    )
    assert {one.verdict for one in said(page(GOOD[2:]), "calculations", acme_cal=base)} == set()
    done = checked(page(), acme_cal=base)
    assert not [one for one in done.findings if one.verdict == "violation"]


def test_facts_of_dimensions_do_not_add_to_the_whole() -> None:
    from tests.tagged import context

    segment = '<xbrli:segment><xbrldi:explicitMember dimension="a:Axis">a:Tools</xbrldi:explicitMember></xbrli:segment>'
    after = f"<p>{tag('Revenues', '5', 'part')} {tag('GrossProfit', '3', 'part')}</p>"
    found = said(page(contexts=context("part", 2023, segment), after=after), "calculations", acme_cal=GROSS_PROFIT)
    assert [
        (one.verdict, [figure.text for figure in one.check.figures]) for one in found if one.verdict == "violation"
    ] == [("violation", ["3", "5"])]


def test_duplicates_that_disagree_calculate_nothing() -> None:
    content = page(after=f"<p>{tag('GrossProfit', '441', 'now')}</p>")
    periods = {
        one.check.period
        for one in checked(content, acme_cal=GROSS_PROFIT).findings
        if "tags/facts/calculations" in (one.check.rule, *one.check.also)
    }
    assert len(periods) == 2


def test_tags_test_no_figure_and_accuse_none() -> None:
    with_tags, without = checked(changed(3, then={"sign": "-"})), checked(page())
    assert [one.status for one in with_tags.coverage.values()] == [one.status for one in without.coverage.values()]
    assert all(not one.suspects for one in with_tags.findings)


def test_duplicates_of_fewer_digits_narrow_what_printed_figures_leave_open() -> None:
    """125 and 135 can come to 261, each being half a unit more; as 120 and 130 in tens they cannot be more than they
    are."""
    base = linkbase(("Whole", "One", "1"), ("Whole", "Two", "1"))
    rows = (row("One", "One", "125"), row("Two", "Two", "135"), row("Whole", "Whole", "261"))
    coarser = f"<p>{tag('One', '120', 'now', decimals='-7')} {tag('Two', '130', 'now', decimals='-7')}</p>"
    assert [one.verdict for one in said(page((*GOOD, *rows)), "calculations", acme_cal=base)] == ["rounding"]
    assert [one.verdict for one in said(page((*GOOD, *rows), after=coarser), "calculations", acme_cal=base)] == [
        "violation"
    ]


def test_tags_that_claim_more_digits_than_print_shows_are_told_once() -> None:
    def told(content: bytes) -> list[str]:
        return [one.message for one in checked(content).problems if (one.code, one.severity) == ("P113", "note")]

    claiming = changed(1, then={"decimals": "-3"})
    (message,) = told(claiming)
    assert "to 1,000, and print shows 1,000,000" in message and not said(claiming)
    assert not told(changed(1, then={"decimals": "INF"})), "an exact amount may be printed coarser"


def test_hidden_amounts_are_named_once() -> None:
    problems = checked(page(hidden=tag("Unshown", "5", "now"))).problems
    assert [(one.code, one.severity) for one in problems if one.code == "P112"] == [("P112", "note")]
    assert "a:Unshown" in next(one.message for one in problems if one.code == "P112")


def test_a_redacted_report_tells_nothing_of_tags_but_where() -> None:
    import json

    from checker.report.redacted import document
    from checker.report.shape import document as shaped

    for content in (
        changed(3, then={"sign": "-"}),
        changed(1, before={"unitRef": "eur"}),
        changed(2, then={"when": "now"}),
    ):
        told = shaped(document(checked(content)))
        findings = told["findings"]
        assert isinstance(findings, list)
        text = json.dumps(
            [told["tags"], told["figures"], *(one for one in findings if one["rule"].startswith("tags/"))]
        )  # type: ignore[index, call-overload]
        assert not [word for word in ("120", "1,020", "490", "SellingExpense", "Gross", "others") if word in text]


def test_noughts_of_an_amount_in_a_sentence_may_be_meant() -> None:
    sentence = "<p>During the year ended December 31, 2023, the company bought back shares for ${} million.</p>"
    assert "P113" not in [
        one.code for one in checked(page(after=sentence.format(tag("Bought", "3,000", "now")))).problems
    ]
    assert "P113" in [
        one.code for one in checked(page(after=sentence.format(tag("Bought", "3,000", "now", decimals="-5")))).problems
    ]


def test_brackets_are_no_sign_where_a_sign_stands_inside_of_others() -> None:
    line = row(
        "Change", "Change", "(34.6)", "(△11.9)", "(12.1)", now={"sign": ""}, then={"sign": "-"}, before={"sign": ""}
    )
    assert not said(page((*GOOD, line)))


def test_of_two_units_in_a_line_of_two_the_one_that_print_does_not_have_is_a_warning() -> None:
    (one,) = said(page((*GOOD, row("Interest", "Interest", "21", "23", then={"unitRef": "shares"}))))
    assert (one.severity, one.difference) == ("warning", None)
    assert "shares" in one.message
