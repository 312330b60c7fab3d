"""Lints speak only of what the rulebook knows, and stay silent on what is merely unknown. (test_codes.py holds one pair
of examples for each.)"""

from __future__ import annotations

import pytest

from checker.language import lint, parse, resolve

VOCABULARY = """
concept Revenues
    aka Net sales
    duration, currency
concept Cost of revenues
    duration, currency
concept Cash
    instant, currency
concept Total current assets
    instant, currency
concept Basic shares
    duration, shares
concept Basic earnings per share
    duration, per share
concept Gross margin
    duration, percent
define Growth of X = (X - prior X) / prior X
"""


def _lint(text: str) -> list[tuple[str, str]]:
    """Code and hint of every lint of a text, missing reasons left out."""
    known, file = parse(VOCABULARY, "known.rules", "known"), parse(text, "own.rules", "own")
    assert not known.problems and not file.problems, file.problems
    return [
        (problem.code, problem.help or "") for problem in lint([file], resolve([known, file])) if problem.code != "W403"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Anything at all = Something else - What nobody knows",
        "Total noncurrent assets = Cash + Other assets",
        "Growth of Revenues <= Growth of Net sales + 5%",
        'Cash = "Cost of revenus"',
        "Revenues = Basic earnings per share * Basic shares",
        "Gross margin = (Revenues - Cost of revenues) / Revenues",
        "Basic earnings per share = Unknown / Basic shares",
        "closing Cash = opening Cash + Revenues - Cost of revenues",
        "Cash >= $50 million",
        "abs(Gross margin - prior Gross margin) <= 3 points",
        "Cash and cash equivalents = max(Net cash, gross; 0)",
        "Gross margin >= 25%",
        "Gross margin >= 0.25",
        "Debt / Revenues <= 3.5",
        "Non-cash items = Mortgage-backed securities + Net gain(loss) on sale",
        'Revenues[full year] = Revenues[nine months] + Revenues[Q4; 2013] + Revenues["Prior year"]',
        "Revenues[March 31, 2013] = Revenues[twelve months] + Revenues[Europe]",
        "Iffy items = Wherever sold",
        "Revenues = sum of quarters of Revenues",
    ],
)
def test_good_rules_get_no_lint(text: str) -> None:
    assert _lint(text) == []


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("A = Cost of revneues", "E201", "did you mean `Cost of revenues`?"),
        ("Revenues = max(Revenues, Cash; 0)", "E202", "write `Revenues; Cash`: items are separated by `;`"),
        ("Cash = Revenues", "E205", "a balance moves by flows: `closing X = opening X + flow`"),
        ("Revenues = Basic shares", "E204", "divide or multiply one of them"),
        ("Cash = $5 + 5%", "E204", "divide or multiply one of them"),
        (
            "Revenues = A\n    tolerance 0.5%",
            "W404",
            "leave it out, or state `2 units` (of the last place) or an amount",
        ),
        (
            "A = B and because of C",
            "E214",
            "clauses stand on lines of their own; a caption that holds `because` goes in quotes",
        ),
        (
            "where Revenues > 0",
            "E214",
            "a condition stands on a line of its own that begins with `when`; a caption that begins so goes in quotes",
        ),
        ("A = Revenues-Cost of revenues", "E217", "operators stand between blanks: `Revenues - Cost of revenues`"),
        ("A = Revenues/Basic shares", "E217", "operators stand between blanks: `Revenues / Basic shares`"),
        (
            "A = Sum(Revenues, Cash)",
            "E218",
            "write the operators; the functions are abs( min( max(, lower case, with `;` between their items",
        ),
        ("Gross margin >= 25", "E219", "write `25%`"),
        ("25 <= Gross margin", "E219", "write `25%`"),
        ("A = Revenues and Cash", "E214", "two names are joined by an operator; `|` takes the first that is reported"),
    ],
)
def test_slips_are_noticed(text: str, code: str, hint: str) -> None:
    assert _lint(text) == [(code, hint)]


def test_a_rule_without_a_reason_is_noted() -> None:
    file = parse("A = B", "own.rules", "own")
    assert [(problem.code, problem.severity) for problem in lint([file], resolve([file]))] == [("W403", "note")]


def test_a_definition_takes_its_name_from_a_concept() -> None:
    assert (
        _lint(
            "concept Gross profit\n    aka Gross margin rate\n    currency\ndefine Gross margin rate = A / B "
            "  as percent\nGross margin rate >= 25%"
        )
        == []
    )


def test_a_name_that_concepts_of_several_units_share_has_no_unit() -> None:
    shared = (
        "concept Basic shares\n    aka Basic\n    shares\nconcept Basic earnings per share\n    aka Basic\n    "
        "per share\n"
    )
    assert _lint(f"{shared}Basic earnings per share = Revenues / Basic") == []


@pytest.mark.parametrize(
    "word", ["H1", "Q5", "last quarter", "fiscal year", "13 weeks", "YTD", "first half", "two months"]
)
def test_a_word_about_time_that_names_no_period_is_noticed(word: str) -> None:
    for text in (f"A = Revenues[{word}]", f"rule x\n    A = B\n    in {word}"):
        assert [code for code, _ in _lint(text)] == ["E225"]


UNJUDGED = (
    "A = sum of entities of Revenues",
    "A = B[last year’s release]",
    "rule x\n    A = B\n    in each entity",
    "A = B[each segment]",
    "rule x\n    each total = sum of its lines\n    in each segment",
)


@pytest.mark.parametrize("text", UNJUDGED)
def test_what_is_not_judged_yet_is_said(text: str) -> None:
    assert [code for code, _ in _lint(text)] == ["W405"]


@pytest.mark.parametrize("text", ["A = sum of segments of Revenues", "rule x\n    A = B\n    in each segment"])
def test_what_is_judged_in_segments_is_not_noticed(text: str) -> None:
    assert "W405" not in [code for code, _ in _lint(text)]
