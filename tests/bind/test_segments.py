"""Segments: tables of every layout give the same figures to the same segments, a wrong one is found, what can be read
in two ways is not judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.core.finding import Finding
from checker.language import parse, resolve
from checker.pipeline import check
from checker.report.places import called

CONCEPTS = """
concept Revenues
    aka Net sales; Total net sales
    duration, currency, credit
concept Operating income
    aka Total operating income
    duration, currency, credit
concept Total assets
    instant, currency, debit
"""
RULES = """
rule revenues
    Revenues = sum of segments of Revenues
rule income
    Operating income = sum of segments of Operating income
rule margin
    Operating margin = Operating income / Revenues
    in each segment
rule covenant
    Operating income <= 20% * Revenues
    in each segment
"""
PERIODS = ("Three months ended June 30, 2023", "Three months ended June 30, 2022")
SALES = {
    "Americas": ("978", "911"),
    "Europe": ("664", "569"),
    "Rest of the world": ("301", "262"),
    "Eliminations": ("(38)", "(42)"),
}
INCOME = {
    "Americas": ("157", "137"),
    "Europe": ("93", "74"),
    "Rest of the world": ("36", "29"),
    "Corporate": ("(43)", "(36)"),
}
MARGIN = {"Americas": ("16.1%", "15.0%"), "Europe": ("14.0%", "13.0%"), "Rest of the world": ("12.0%", "11.1%")}
TOTALS = {"Net sales": ("1,905", "1,700"), "Operating income": ("243", "204")}
Rows = Sequence[Sequence[str]]


def table(heads: Sequence[str], rows: Rows) -> str:
    wide = len(heads) + 1
    lines = [["", *heads], ["---"] * wide, *([*row, *[""] * (wide - len(row))] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


STATEMENT = "CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS\n(in millions)\n\n" + table(
    PERIODS,
    [
        ("Net sales", "1,905", "1,700"),
        ("Cost of sales", "1,131", "1,020"),
        ("Gross profit", "774", "680"),
        ("Operating income", "243", "204"),
    ],
)
Amounts = Mapping[str, tuple[str, str]]


def under_titles(sales: Amounts, income: Amounts) -> str:
    """Segments are lines; the words before the table, or its total, name the measure."""
    first = table(PERIODS, [*((name, *amounts) for name, amounts in sales.items()), ("Total", *TOTALS["Net sales"])])
    second = table(
        PERIODS,
        [
            *((name, *amounts) for name, amounts in income.items()),
            ("Total operating income", *TOTALS["Operating income"]),
        ],
    )
    return (
        f"Net sales by segment were as follows (in millions):\n\n{first}\nThe results of our reportable segments "
        f"(in millions):\n\n{second}"
    )


def under_headings(sales: Amounts, income: Amounts) -> str:
    """Segments are lines; the heading above them names the measure."""
    rows: list[tuple[str, ...]] = []
    for measure, parts in (("Net sales", sales), ("Operating income", income)):
        rows += [(f"{measure}:",), *((name, *amounts) for name, amounts in parts.items()), ("Total", *TOTALS[measure])]
    return f"Segment information\n(in millions)\n\n{table(PERIODS, rows)}"


def beside_measures(sales: Amounts, income: Amounts) -> str:
    """Segments are lines, measures columns."""
    names = list(dict.fromkeys((*sales, *income)))
    rows = [(name, *sales.get(name, ("-", "-")), *income.get(name, ("-", "-"))) for name in names]
    heads = [f"{measure} {year}" for measure in TOTALS for year in ("2023", "2022")]
    total = ("Total", *TOTALS["Net sales"], *TOTALS["Operating income"])
    return f"Segment information\nThree months ended June 30\n(in millions)\n\n{table(heads, [*rows, total])}"


def in_sections(sales: Amounts, income: Amounts) -> str:
    """Segments are headings, with a line for each measure below them."""
    rows: list[tuple[str, ...]] = []
    for name in dict.fromkeys((*sales, *income)):
        rows += [
            (f"{name}:",),
            ("Net sales", *sales.get(name, ("-", "-"))),
            ("Operating income", *income.get(name, ("-", "-"))),
        ]
    rows += [("Consolidated:",), *((measure, *amounts) for measure, amounts in TOTALS.items())]
    return f"Segment information\n(in millions)\n\n{table(PERIODS, rows)}"


def in_columns(sales: Amounts, income: Amounts) -> str:
    """Segments are columns, a table for each period."""
    names = list(dict.fromkeys((*sales, *income)))
    parts = []
    for at, period in enumerate(PERIODS):
        rows = [
            (measure, *(amounts.get(name, ("-", "-"))[at] for name in names), TOTALS[measure][at])
            for measure, amounts in (("Net sales", sales), ("Operating income", income))
        ]
        parts.append(f"Segment information\n{period}\n(in millions)\n\n{table([*names, 'Total'], rows)}")
    return "\n".join(parts)


LAYOUTS = (under_titles, under_headings, beside_measures, in_sections, in_columns)
AGREEING = {
    *((rule, year, "", "agrees") for rule in ("revenues", "income") for year in ("2023", "2022")),
    *(("covenant", year, name, "agrees") for name in MARGIN for year in ("2023", "2022")),
}


Layout = Callable[[Amounts, Amounts], str]


def findings(text: str, rules: str = RULES) -> list[Finding]:
    book = resolve([parse(CONCEPTS, "concepts.rules", "concepts"), parse(rules, "house.rules", "house")])
    assert not book.faulty, book.problems
    return [one for one in check("release.md", text.encode(), book).findings if one.check.rule.startswith("house/")]


def told(text: str, rules: str = RULES) -> set[tuple[str, str, str, str]]:
    """What is decided: rule, year, segment, verdict."""
    found = (one for one in findings(text, rules) if one.verdict != "not applicable")
    return {(one.check.rule.removeprefix("house/"), _year(one), one.check.segment, one.verdict) for one in found}


def _year(one: Finding) -> str:
    return next(year for year in ("2023", "2022") if year in one.check.period)


def decided(text: str, rule: str, rules: str = RULES) -> list[Finding]:
    return [
        one for one in findings(text, rules) if one.check.rule == f"house/{rule}" and one.verdict != "not applicable"
    ]


def reasons(text: str, rule: str) -> list[str]:
    return [one.reason for one in findings(text) if one.check.rule == f"house/{rule}" and one.reason is not None]


def violations(text: str, of: str) -> list[Finding]:
    """Those of a rule, or of every rule that adds up segments."""
    found = [one for one in findings(text) if one.verdict == "violation"]
    return [
        one
        for one in found
        if ("sum of segments" in one.check.relation if of == "sum" else one.check.rule == f"house/{of}")
    ]


def transposed(text: str) -> str:
    """The amount with its first two different neighbouring digits swapped."""
    at = next(at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


# ---- every layout ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_figures_to_the_same_segments(layout: Layout) -> None:
    assert told(f"{STATEMENT}\n{layout(SALES, INCOME)}") == AGREEING


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", [*SALES, "Corporate"])
def test_a_wrong_figure_of_a_segment_is_found_and_so_is_one_of_what_stands_between_them(
    layout: Layout, name: str
) -> None:
    sales, income = dict(SALES), dict(INCOME)
    parts = sales if name in sales else income
    parts[name] = (transposed(parts[name][0]), parts[name][1])
    [broken] = violations(f"{STATEMENT}\n{layout(sales, income)}", "sum")
    assert broken.severity == "error"
    assert name in broken.check.in_words
    assert parts[name][0] in [figure.text for figure in broken.check.figures]


@pytest.mark.parametrize("printed, severity", [("1,905,417", None), ("1,950,417", "error"), ("1,733,208", "note")])
def test_a_consolidated_figure_that_the_segments_deny_is_wrong_where_a_slip_explains_it(
    printed: str, severity: str | None
) -> None:
    statement = table(PERIODS, [("Net sales", printed, "1,700,932"), ("Operating income", "243,112", "204,816")])
    rows = [
        ("Americas", "978,201", "911,406"),
        ("Europe", "664,185", "569,117"),
        ("Other", "263,031", "220,409"),
        ("Total", "1,905,417", "1,700,932"),
    ]
    text = (
        f"CONDENSED STATEMENTS OF OPERATIONS\n(in thousands)\n\n{statement}\nNet sales by segment (in "
        f"thousands):\n\n{table(PERIODS, rows)}"
    )
    assert [one.severity for one in decided(text, "revenues")] == [severity, None]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_segment_without_a_line_or_a_sign_is_found(layout: Layout) -> None:
    unsigned = {**SALES, "Eliminations": ("38", "(42)")}
    assert [one.check.rule for one in violations(f"{STATEMENT}\n{layout(unsigned, INCOME)}", "sum")] == [
        "house/revenues"
    ]


@given(st.permutations(list(SALES)), st.permutations(list(INCOME)), st.sampled_from(LAYOUTS))
def test_the_order_of_the_segments_changes_nothing(sales: list[str], income: list[str], layout: Layout) -> None:
    text = layout({name: SALES[name] for name in sales}, {name: INCOME[name] for name in income})
    assert told(f"{STATEMENT}\n{text}") == AGREEING


def test_without_a_consolidated_statement_the_total_of_the_table_is_compared() -> None:
    for layout in LAYOUTS:
        alone = {one for one in told(layout(SALES, INCOME)) if not one[2]}
        assert {rule for rule, *_ in alone} == {"revenues", "income"}
        assert {verdict for *_, verdict in alone} == {"agrees"}


# ---- subtotals -------------------------------------------------------------------------------------------------------


def test_a_subtotal_that_only_says_so_is_no_segment() -> None:
    rows = [
        ("Americas", "978", "911"),
        ("Europe", "664", "569"),
        ("Total segments", "1,642", "1,480"),
        ("All other", "263", "220"),
        ("Total", "1,905", "1,700"),
    ]
    text = f"Net sales by segment (in millions):\n\n{table(PERIODS, rows)}"
    for found in (decided(f"{STATEMENT}\n{text}", "revenues"), decided(text, "revenues")):
        assert [one.check.in_words.partition("(")[2] for one in found] == ["Americas + Europe + All other)"] * 2


def test_a_subtotal_with_a_name_of_its_own_is_the_segment() -> None:
    rows = [
        *(("Plastics", "600", "561"), ("Packaging", "378", "350"), ("Materials", "978", "911")),
        *(
            ("Coatings", "664", "569"),
            ("Silicones", "263", "220"),
            ("Performance", "927", "789"),
            ("Total", "1,905", "1,700"),
        ),
    ]
    [one, _] = decided(f"{STATEMENT}\nNet sales by segment (in millions):\n\n{table(PERIODS, rows)}", "revenues")
    assert one.check.in_words.endswith("(Materials + Performance)")


# ---- what is not judged ----------------------------------------------------------------------------------------------

OTHERS = ("Americas", "Europe", "Rest of the world")


def listed(total: tuple[str, str, str] | None, *, title: str = "Net sales by segment (in millions):") -> str:
    rows = [(name, *SALES[name]) for name in OTHERS]
    return f"{STATEMENT}\n{title}\n\n{table(PERIODS, [*rows, total] if total else rows)}"


def test_segments_that_come_to_a_total_of_their_own_are_not_compared_with_another() -> None:
    [reason] = reasons(listed(("Total segments", "1,943", "1,742")), "revenues")
    assert reason == "the segments of Revenues add up to something else in every period, and its total there is 1,943"


def test_segments_without_a_total_are_compared_only_where_they_are_the_whole_in_some_period() -> None:
    [reason] = reasons(listed(None), "revenues")
    assert (
        reason
        == "the segments of Revenues add up to something else in every period, and the table prints no total of them"
    )
    whole = f"{STATEMENT}\nNet sales by segment (in millions):\n\n" + table(
        PERIODS, [(name, *amounts) for name, amounts in SALES.items()]
    )
    assert [one.verdict for one in decided(whole, "revenues")] == ["agrees", "agrees"]
    assert [one.verdict for one in decided(whole.replace("978", "987"), "revenues")] == ["violation", "agrees"]


def test_a_table_that_adds_up_and_differs_is_a_note_unless_a_slip_explains_the_statement() -> None:
    stale = f"{STATEMENT}\n{under_titles(SALES, INCOME)}".replace("| Net sales | 1,905 |", "| Net sales | 1,627 |")
    [one] = [one for one in findings(stale) if one.verdict == "violation"]
    assert (one.severity, one.check.unlicensed) == (
        "note",
        "the table adds up to a total of its own, and no keying error explains the other",
    )


@pytest.mark.parametrize("title", ["Net sales by product (in millions):", "Net sales (in millions):"])
def test_a_table_that_does_not_speak_of_segments_is_none_of_segments(title: str) -> None:
    assert reasons(listed(("Total net sales", "1,905", "1,700"), title=title), "revenues") == [
        "no table gives Revenues by segment"
    ]


def test_a_table_of_just_the_segments_of_another_is_one_too() -> None:
    first, later = in_columns(SALES, INCOME).split("Segment information")[1:]
    assert told(f"{STATEMENT}\nSegment information{first}{later}") == AGREEING


def test_a_reconciliation_from_the_total_of_the_segments_breaks_nothing_down() -> None:
    rows = [
        ("Segment operating income", "286", "240"),
        ("Corporate expenses", "(43)", "(36)"),
        ("Total operating income", "243", "204"),
    ]
    text = f"{STATEMENT}\nSegment operating income is reconciled as follows (in millions):\n\n{table(PERIODS, rows)}"
    assert reasons(text, "income") == ["no table gives Operating income by segment"]
    rows = [
        ("Total reportable segments", "1,943", "1,742"),
        ("Other", "2", "3"),
        ("Eliminations", "(40)", "(45)"),
        ("Total net sales", "1,905", "1,700"),
    ]
    text = f"{STATEMENT}\nNet sales of reportable segments (in millions):\n\n{table(PERIODS, rows)}"
    assert reasons(text, "revenues") == ["no table gives Revenues by segment"]


def test_a_reconciliation_to_another_measure_breaks_nothing_down() -> None:
    rows = [
        ("Net sales by segment:",),
        *((name, *amounts) for name, amounts in SALES.items()),
        ("Total net sales", "1,905", "1,700"),
    ]
    text = f"{STATEMENT}\nReconciliation of net sales to adjusted net sales\n(in millions)\n\n{table(PERIODS, rows)}"
    assert reasons(text, "revenues") == ["no table gives Revenues by segment"]


def test_signs_count_as_printed_and_no_segment_is_turned_to_make_the_sum_hold() -> None:
    rules = (
        "concept Interest expense\n    aka Interest income (expense)\n    duration, currency, debit\nInterest "
        "expense = sum of segments of Interest expense"
    )
    statement = "CONDENSED STATEMENTS OF OPERATIONS\n(in millions)\n\n" + table(
        PERIODS, [("Net sales", "900", "800"), ("Interest income (expense)", "(50)", "(40)")]
    )

    def by_segment(europe: str, before: str) -> str:
        rows = [
            ("Interest expense:",),
            ("Americas", "(28)", "(21)"),
            ("Europe", europe, before),
            ("Loss on interest", "(4)", "(3)"),
            ("Total", "(50)", "(40)"),
        ]
        return f"{statement}\nSegment information\n(in millions)\n\n{table(PERIODS, rows)}"

    assert [one.verdict for one in decided(by_segment("(18)", "(16)"), "interest-expense", rules)] == [
        "agrees",
        "agrees",
    ]
    assert {one.verdict for one in decided(by_segment("(26)", "(22)"), "interest-expense", rules)} == {"violation"}


def test_a_section_that_gives_a_measure_twice_gives_it_not_at_all() -> None:
    rows = [
        (f"{name}:",) if at is None else ("Net sales", *at)
        for name in OTHERS
        for at in (None, SALES[name], SALES[name])
    ]
    text = f"{STATEMENT}\nSegment information\n(in millions)\n\n{table(PERIODS, rows)}"
    assert reasons(text, "revenues") == ["no table gives Revenues by segment"]


def test_columns_with_totals_at_both_ends_can_be_read_in_two_ways() -> None:
    rows = [("Net sales", "1,905", "978", "927", "1,905")]
    text = (
        f"{STATEMENT}\nSegment information\n{PERIODS[0]}\n(in "
        f"millions)\n\n{table(('Total', 'Americas', 'Europe', 'Consolidated'), rows)}"
    )
    assert reasons(text, "revenues") == ["no table gives Revenues by segment"]


def test_of_two_lines_under_different_headings_the_one_that_adds_up_to_the_statement_is_meant() -> None:
    rows = [("Average",), ("Total assets", "500", "400", "900"), ("Period end",), ("Total assets", "600", "310", "910")]
    segments = f"Segment information\nJune 30, 2023\n(in millions)\n\n{table(('Americas', 'Europe', 'Total'), rows)}"
    balance = "CONSOLIDATED BALANCE SHEETS\n(in millions)\n\n" + table(
        ("June 30, 2023",), [("Cash", "10"), ("Total assets", "900")]
    )
    rule = "Total assets = sum of segments of Total assets"
    assert [
        (one.verdict, one.check.figures[1].text)
        for one in findings(f"{balance}\n{segments}", rule)
        if one.verdict != "not applicable"
    ] == [("agrees", "500")]


# ---- in each segment -------------------------------------------------------------------------------------------------


def margins(printed: Amounts = MARGIN) -> str:
    rows = [(name, *amounts) for name, amounts in printed.items()]
    return f"{STATEMENT}\n{under_titles(SALES, INCOME)}\nOperating margin by segment:\n\n{table(PERIODS, rows)}"


def test_a_relation_is_judged_in_each_segment_across_tables_and_says_in_which() -> None:
    found = decided(margins(), "margin")
    assert {(one.check.segment, one.check.period, one.verdict) for one in found} == {
        (name, f"3 months to {year}-06-30", "agrees") for name in MARGIN for year in (2023, 2022)
    }
    assert found[0].check.in_words == "Americas: Operating margin = Operating income / Revenues"
    assert len({one.id for one in found}) == len(found)


def test_a_wrong_margin_of_one_segment_is_a_violation_in_it_alone() -> None:
    [broken] = violations(margins({**MARGIN, "Europe": ("17.0%", "13.0%")}), "margin")
    assert (broken.check.segment, broken.severity) == ("Europe", "error")


def test_margins_of_another_make_up_are_notes() -> None:
    adjusted = {
        name: (f"{float(one[:-1]) + 2:.1f}%", f"{float(two[:-1]) + 2:.1f}%") for name, (one, two) in MARGIN.items()
    }
    assert {one.severity for one in findings(margins(adjusted)) if one.verdict == "violation"} == {"note"}


def test_eliminations_and_corporate_are_no_segments() -> None:
    for layout in LAYOUTS:
        assert {one.check.segment for one in decided(f"{STATEMENT}\n{layout(SALES, INCOME)}", "covenant")} == set(
            OTHERS
        )


def test_tables_that_disagree_about_a_segment_leave_it_unjudged() -> None:
    again = table(
        PERIODS,
        [
            ("Americas", "950", "900"),
            ("Europe", "664", "569"),
            ("Rest of the world", "301", "262"),
            ("Total", "1,915", "1,731"),
        ],
    )
    text = f"{margins()}\nNet sales by segment, before reclassification (in millions):\n\n{again}"
    assert {one.check.segment for one in decided(text, "covenant")} == {"Europe", "Rest of the world"}
    assert "Revenues is ambiguous: “Americas” (978), “Americas” (950)" in reasons(text, "covenant")


def test_a_name_with_a_bracket_is_the_one_of_the_company() -> None:
    rule = "rule share\n    Revenues <= Revenues[income statement]\n    in each segment"
    found = [
        one for one in findings(f"{STATEMENT}\n{in_columns(SALES, INCOME)}", rule) if one.verdict != "not applicable"
    ]
    assert [(one.check.segment, [figure.text for figure in one.check.figures]) for one in found][:2] == [
        ("Americas", ["978", "1,905"]),
        ("Europe", ["664", "1,905"]),
    ]


def test_a_declared_segment_is_one_under_each_of_its_names() -> None:
    concept = 'concept Americas\n    aka "North and South America"\n    segment\n'
    renamed = margins({"North and South America": MARGIN["Americas"], "Europe": MARGIN["Europe"]})
    assert {one.check.segment for one in decided(renamed, "margin")} == {"Europe"}
    assert {one.check.segment for one in decided(renamed, "margin", RULES + concept)} == {"Americas", "Europe"}


def test_a_sentence_cannot_be_judged_in_each_segment_and_says_so() -> None:
    [one] = findings(margins(), "rule x\n    each total = sum of its lines\n    in each segment")
    assert one.reason == "not yet: a sentence cannot be judged in “each segment”"


def test_a_suspect_in_a_column_of_a_segment_is_called_by_it() -> None:
    parts = {**SALES, "Europe": ("646", "569")}
    [broken] = violations(f"{STATEMENT}\n{in_columns(parts, INCOME)}", "sum")
    europe = next(figure for figure in broken.check.figures if figure.text == "646")
    assert called(europe) == "Net sales (Europe)"
    assert called(broken.check.figures[0]) == "Net sales"
