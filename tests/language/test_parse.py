"""What a text becomes: names, operators, lists, amounts, conditions, clauses."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from checker.core.rule import (
    All,
    Amount,
    Any,
    Binary,
    Call,
    Clauses,
    Concept,
    Definition,
    Either,
    Expr,
    Item,
    Name,
    Negative,
    Not,
    Optional,
    Override,
    Relation,
    Rule,
    SeverityStep,
    Shifted,
    Skip,
    Tolerance,
    Use,
)
from checker.core.rule import Test as Asked
from checker.language import parse

A, B, C, D = Name("A"), Name("B"), Name("C"), Name("D")


def _one(text: str) -> Rule | Definition | Concept | Use | Override | Skip:
    file = parse(text, "f.rules", "f")
    assert not file.problems, file.problems
    (declaration,) = file.declarations
    return declaration


def _right(text: str) -> Expr:
    """The right side of `T = text`."""
    rule = _one(f"T = {text}")
    assert isinstance(rule, Rule) and isinstance(rule.relations[0], Relation)
    return rule.relations[0].right


def _clauses(*lines: str) -> Clauses:
    rule = _one("\n    ".join(("A = B", *lines)))
    assert isinstance(rule, Rule)
    return rule.clauses


# ---- names


@pytest.mark.parametrize(
    "name",
    [
        "Net income (loss)",
        "Mortgage- and asset-backed",
        "Notes (3.0% and 2.9%)",
        "Revenue, net",
        "Sum of the parts",
        "Gross profit as percent of sales",
        "Prior service cost",
        "Whether or not it is reportedly so",
        "Brand and Other",
        "S&P 500 ETF, net: at cost",
    ],
)
def test_bare_names_hold_what_captions_hold(name: str) -> None:
    assert _right(name) == Name(name)


def test_a_trailing_colon_and_odd_blanks_are_no_part_of_a_name() -> None:
    assert _right("Cash\u00a0and   cash\tequivalents:") == Name("Cash and cash equivalents")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"Cash - net"', "Cash - net"),
        ('"so-called ""other"""', 'so-called "other"'),
        ("“the “so-called”", "the “so-called"),
        ('"Common stock (..."', "Common stock (..."),
    ],
)
def test_quoted_names_are_captions_exactly(written: str, meant: str) -> None:
    assert _right(written) == Name(meant, quoted=True)


def test_brackets_are_items() -> None:
    assert _right('Net income[cash flow; March 31, 2013; "Full Year"]') == Name(
        "Net income", False, (Item("cash flow"), Item("March 31, 2013"), Item("Full Year", True))
    )
    assert _right('"A - B"[Q1]') == Name("A - B", True, (Item("Q1"),))


# ---- operators


def test_operators_bind_as_usual() -> None:
    assert _right("A + B * C - D") == Binary("-", Binary("+", A, Binary("*", B, C)), D)
    assert _right("(A - B) / abs(C)") == Binary("/", Binary("-", A, B), Call("abs", (C,)))
    assert _right("−A – B × C ÷ D") == Binary("-", Negative(A), Binary("/", Binary("*", B, C), D))
    assert _right("max(A; B + C; min(D; 2))") == Call(
        "max", (A, Binary("+", B, C), Call("min", (D, Amount(Fraction(2)))))
    )


def test_tight_dashes_belong_to_names_and_spaced_ones_subtract() -> None:
    assert _right("A-B") == Name("A-B")
    assert _right("A -B") == Binary("-", A, B)


def test_alternatives_are_one_flat_choice_and_a_question_mark_makes_all_of_it_optional() -> None:
    assert _right("A | B | C?") == Optional(Either((A, B, C)))
    assert _right("(A | B) | (C + D)") == Either((Either((A, B)), Binary("+", C, D)))
    assert _right("D - (A | B)?") == Binary("-", D, Optional(Either((A, B))))


def test_a_list_is_a_signed_sum() -> None:
    listed = _right("sum of\n    + A\n\n    - B | C?   # the first\n    # nothing\n    + D")
    assert listed == Binary("+", Binary("-", A, Optional(Either((B, C)))), D)
    assert _right("sum of\n    - A\n    + B") == Binary("+", Negative(A), B)


def test_prefixes_take_what_follows_them() -> None:
    assert _right("prior A + B") == Binary("+", Shifted("prior", A), B)
    assert _right("opening (A + B)") == Shifted("opening", Binary("+", A, B))
    assert _right("sum of lines of Current assets") == Shifted("sum of lines of", Name("Current assets"))
    assert _right("closing A | prior B") == Either((Shifted("closing", A), Shifted("prior", B)))


@pytest.mark.parametrize(
    ("written", "value", "unit", "currency"),
    [
        ("100", 100, "", ""),
        ("1,000.25", Fraction(100025, 100), "", ""),
        ("$50 million", 50_000_000, "currency", "$"),
        ("HK$50 million", 50_000_000, "currency", "HK$"),
        ("€.5", Fraction(1, 2), "currency", "€"),
        ("CHF 1,000", 1000, "currency", "CHF"),
        ("EUR 2 million", 2_000_000, "currency", "EUR"),
        ("250 thousand", 250_000, "", ""),
        ("1.1 billion", 1_100_000_000, "", ""),
        ("5%", 5, "percent", ""),
        ("0.1 %", Fraction(1, 10), "percent", ""),
        ("3 points", 3, "points", ""),
        ("50 basis points", 50, "basis points", ""),
        ("2 units", 2, "units", ""),
    ],
)
def test_amounts_are_exact(written: str, value: Fraction, unit: str, currency: str) -> None:
    assert _right(written) == Amount(Fraction(value), unit, currency=currency)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["EUR 500 million notes due 2030", "USD 3 notes", "CADmium 5", "SEK 40 kronor"])
def test_a_caption_that_begins_like_an_amount_is_a_name(written: str) -> None:
    assert _right(written) == Name(written)


def test_spans_are_characters_of_the_file_and_hold_the_text() -> None:
    text = "# first\r\nTotal = sum of   # list\r\n    + Alpha (x)[Q1]\r\n    + (“é” | Beta)?\r\n"
    file = parse(text, "f", "f")
    (rule,) = file.declarations
    assert isinstance(rule, Rule) and isinstance(rule.relations[0], Relation)
    assert rule.relations[0].text == "Total = sum of + Alpha (x)[Q1] + (“é” | Beta)?"
    sum_ = rule.relations[0].right
    assert isinstance(sum_, Binary) and isinstance(sum_.right, Optional)
    assert text[slice(*sum_.left.span)] == "Alpha (x)[Q1]"
    assert text[slice(*sum_.right.span)] == "(“é” | Beta)?"
    assert text[slice(*rule.span)].startswith("Total") and text[slice(*rule.span)].endswith("?")


# ---- conditions and clauses


def test_conditions() -> None:
    when = _clauses("when A is reported OR NOT B is not zero AND (C != 5 OR D > 0)").when
    one, two = Asked(A, "reported"), Not(Asked(B, "zero", negated=True))
    three = Any((Relation("!=", C, Amount(Fraction(5)), "C != 5"), Relation(">", D, Amount(Fraction(0)), "D > 0")))
    assert when == Any((one, All((two, three))))
    lines = ("when A is missing", "AND B is positive", "AND C is negative")
    assert _clauses(*lines).when == All((Asked(A, "missing"), Asked(B, "positive"), Asked(C, "negative")))


def test_clauses() -> None:
    stated = _clauses(
        'in full year; "Note 5"',
        'except A; "B", "C"',
        "severity note; warning above 5% * D; error above $1 million",
        "tolerance 2 units",
        'because "so, ""they"" say"',
        "required",
        "see ASC 260; DQC_0095",
        "tick F",
        "tags one; two",
        "effective from 2018-01-01 to 2020-12-31",
    )
    assert stated == Clauses(
        within=(Item("full year"), Item("Note 5", True)),
        excepted=(A, Name("B", True), Name("C", True)),
        severity="note",
        steps=(
            SeverityStep("warning", Binary("*", Amount(Fraction(5), "percent"), D)),
            SeverityStep("error", Amount(Fraction(1_000_000), "currency", currency="$")),
        ),
        tolerance=Tolerance("amount", Amount(Fraction(2), "units")),
        because='so, "they" say',
        required=True,
        see=("ASC 260", "DQC_0095"),
        ticks=("F",),
        tags=("one", "two"),
        effective_from=dt.date(2018, 1, 1),
        effective_to=dt.date(2020, 12, 31),
    )


def test_a_file_may_be_one_relation() -> None:
    rule = _one("Total assets = Total liabilities + Total equity")
    assert isinstance(rule, Rule)
    assert (rule.id, rule.title) == ("f/total-assets", "Total assets = Total liabilities + Total equity")


def test_other_declarations() -> None:
    assert _one("use us-gaap; house/common") == Use(("us-gaap", "house/common"))
    assert _one('skip a/*; b\n    because "no"') == Skip(("a/*", "b"), "no", "f.rules")
    define = _one("define Growth of X = (X - prior X) / abs(prior X)   as percent\n    aka Increase of X, in percent")
    assert isinstance(define, Definition)
    assert (define.name, define.parameter, define.printed_as, define.clauses.aliases[0].text) == (
        "Growth of X",
        "X",
        "percent",
        "Increase of X, in percent",
    )
    concept = _one("concept Basic shares\n    duration, shares\n    xbrl a:B")
    assert isinstance(concept, Concept)
    assert (concept.timing, concept.measure, concept.balance, concept.tags) == ("duration", "shares", None, ("a:B",))
    segment = _one("concept Europe\n    segment")
    assert isinstance(segment, Concept) and segment.stands_for == "segment"


# ---- lines


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "|", "= C +", "<", ">=", "−", "×"])
def test_a_line_that_begins_with_an_operator_continues_the_one_above(operator: str) -> None:
    left = "T" if operator[0] in "=<>" else "T = A"
    assert not parse(f"{left}\n\n    # why\n    {operator} B", "f", "f").problems


def test_what_follows_a_semicolon_or_a_comma_at_the_end_of_a_line_continues_it() -> None:
    stated = _clauses("except A;", "B", "tags one;   # first", "two")
    assert (stated.excepted, stated.tags) == ((A, B), ("one", "two"))
    concept = _one("concept A\n    duration,\n    currency\n    xbrl a:b,\n        c:d")
    assert isinstance(concept, Concept) and (concept.measure, concept.tags) == ("currency", ("a:b", "c:d"))


def test_a_number_sign_is_a_comment_only_after_a_blank_and_outside_of_quotes() -> None:
    assert _right('"Note # 5"   # a comment') == Name("Note # 5", True)


def test_one_bad_rule_never_stops_the_others() -> None:
    file = parse("A = \nB = C\nrule x\n    D = \n    E = F G[\nH = I", "f", "f")
    assert [declaration.id for declaration in file.declarations if isinstance(declaration, Rule)] == ["f/b", "f/h"]
    assert [problem.place.line for problem in file.problems if problem.place] == [1, 4, 5]


@pytest.mark.parametrize(
    ("text", "code", "helps"),
    [
        ("Gross profit is revenues less cost of revenues", "E112", "words are no operators"),
        ("The profit should be equal to revenues minus costs.", "E112", "words are no operators"),
        ("=B5-B6", "E110", "a rule names both sides by their captions"),
        ("rule x\n    =SUM(B5:B9)", "E110", "cells of a sheet such as B5 have no names here"),
        ("A => B", "E103", ""),
        ("A = 'Net sales' - B", "E130", 'a name is quoted so: "Net sales"'),
        ("A / B >= 25 percent", "E157", "write `25%`"),
        ("A >= $1.5bn", "E157", "write `$1.5 billion`"),
        ("A >= 5e6", "E111", "amounts are written"),
        ("A >= 5 m", "E157", "write `5 million`"),
        ("A = 16.168.421", "E155", "write `16,168,421`"),
        ("A = 2 B", "E111", "if both belong to one caption"),
        ("A = B\n    when A > 0 and B > 0", "E147", "in capitals"),
        ("rule My rule\n    A = B", "E121", "an id has no blanks"),
    ],
)
def test_habits_from_elsewhere_are_told_what_is_written_instead(text: str, code: str, helps: str) -> None:
    [problem] = parse(text, "own.rules", "own").problems
    assert problem.code == code and helps in (problem.help or "")
