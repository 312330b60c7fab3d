"""Tables whose heads state an equation: which columns it relates, which rows it is true of, and when a row that breaks
it may be called wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.bind import bind
from checker.core.finding import Finding
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import parse, resolve
from checker.read import read
from checker.structure import infer
from tests.examples import examples

RULES = """
rule across
    each row total = sum of its columns

rule periods
    each long period = sum of its short periods
"""


def judged(table: str, name: str = "release.md") -> list[Finding]:
    release = infer(extract(read(name, table.encode())))
    return [
        one
        for one in evaluate(bind(release, resolve([parse(RULES, "house.rules", "house")])))
        if one.verdict != "not applicable"
    ]


def wrong(table: str, name: str = "release.md") -> list[tuple[str, str | None]]:
    return [(one.check.figures[0].text, one.severity) for one in judged(table, name) if one.verdict == "violation"]


RESTATED = """
# Note 3. Correction of an error

| | As Previously Reported | Adjustments | As Restated |
|---|---|---|---|
| Inventories | € 6,418,205 | € (1,250,400) | € 5,167,805 |
| Total current assets | 31,880,914 | (1,250,400) | 30,630,514 |
| Retained earnings | 12,004,377 | (1,250,400) | 10,753,977 |
| Basic earnings per share | 0.84 | (0.11) | 0.73 |
"""


def test_restated_amounts_are_those_reported_and_the_adjustment() -> None:
    found = judged(RESTATED)
    assert [one.verdict for one in found] == ["agrees"] * 4
    assert found[0].check.relation == "Inventories, As Restated = As Previously Reported + Adjustments"


@pytest.mark.parametrize(
    ("right", "printed"),
    [
        ("30,630,514", "30,603,514"),
        ("10,753,977", "17,053,977"),
        ("6,418,205", "6,148,205"),
        ("10,753,977", "10,753,997"),
    ],
)
def test_a_slip_in_one_of_them_is_an_error(right: str, printed: str) -> None:
    assert [severity for _, severity in wrong(RESTATED.replace(right, printed))] == ["error"]


def test_one_row_is_enough_where_a_slip_explains_it() -> None:
    one = "\n".join(RESTATED.splitlines()[:6])
    assert [finding.verdict for finding in judged(one)] == ["agrees"]
    assert wrong(one.replace("5,167,805", "5,176,805")) == [("5,176,805", "error")]


def test_amounts_per_share_that_do_not_add_up_are_a_note() -> None:
    assert wrong(RESTATED.replace("0.73", "0.78")) == [("0.78", "note")]


def test_rows_that_do_not_keep_what_the_heads_say_say_nothing_of_any() -> None:
    assert not judged(RESTATED.replace("5,167,805", "5,000,000").replace("10,753,977", "9,000,000"))


def test_adjustments_that_are_taken_off_are_known_by_the_rows() -> None:
    table = RESTATED.replace("(1,250,400)", "1,250,400").replace("(0.11)", "0.11")
    assert {one.check.relation.partition(" = ")[2] for one in judged(table)} == {"As Previously Reported - Adjustments"}
    assert wrong(table.replace("30,630,514", "30,360,514")) == [("30,360,514", "error")]


BRIDGE = """
<p>Reconciliation of GAAP to non-GAAP results (in thousands)</p>
<table>
<tr><td></td><td>GAAP</td><td>Share-based payments</td><td>Amortization of intangibles</td><td>Non-GAAP</td></tr>
<tr><td>Cost of sales</td><td>77,310</td><td>(1,204)</td><td>(2,150)</td><td>73,956</td></tr>
<tr><td>Selling and marketing</td><td>30,655</td><td>(2,877)</td><td>(910)</td><td>26,868</td></tr>
<tr><td>Research</td><td>18,402</td><td>(3,311)</td><td></td><td>15,091</td></tr>
</table>
"""


def test_a_bridge_between_two_measures_adds_up_in_html() -> None:
    assert [one.verdict for one in judged(BRIDGE, "release.html")] == ["agrees"] * 3
    assert wrong(BRIDGE.replace("26,868", "26,886"), "release.html") == [("26,886", "error")]


QUARTERS = """
# Quarterly results (in millions), year ended December 31, 2024

| | Q1 | Q2 | Q3 | Q4 | Full Year 2024 |
|---|---|---|---|---|---|
| Net sales | 8,114 | 8,402 | 8,377 | 9,206 | 34,099 |
| Operating profit | 1,212 | 1,301 | 1,266 | 1,405 | 5,184 |
| Capital expenditures | (310) | (288) | (402) | (517) | (1,517) |
| Cash at end of period | 2,410 | 2,155 | 2,302 | 2,861 | 2,861 |
"""


def test_quarters_make_the_year_and_balances_do_not() -> None:
    found = {one.check.figures[0].text: (one.verdict, one.severity) for one in judged(QUARTERS)}
    assert found == {"34,099": ("agrees", None), "5,184": ("agrees", None), "(1,517)": ("agrees", None)}


def test_a_quarter_that_prints_the_year_is_an_error() -> None:
    assert ("(1,517)", "error") in wrong(
        QUARTERS.replace("(517)", "(1,517)").replace(
            "| Cash at end of period | 2,410 | 2,155 | 2,302 | 2,861 | 2,861 |\n", ""
        )
    )


SEGMENTS = """
                              (in thousands)
                     Beverages     Snacks   Eliminations   Consolidated
External revenue       412,880    118,402              -        531,282
Inter-segment            9,117      3,050        (12,167)             -
Operating income        61,334     20,118           (411)        81,041
"""


def test_segments_and_eliminations_make_the_whole() -> None:
    assert [one.verdict for one in judged(SEGMENTS, "release.txt")] == ["agrees"] * 3
    assert wrong(SEGMENTS.replace("81,041", "81,401"), "release.txt") == [("81,401", "error")]
    assert wrong(SEGMENTS.replace("20,118", "27,955"), "release.txt") == [("81,041", "error")]


def test_two_figures_that_differ_under_a_total_are_no_error() -> None:
    assert wrong(
        SEGMENTS + "Repurchases                  -    (48,300)             -        (44,708)\n", "release.txt"
    ) in ([], [("(44,708)", "note")])


FAIR = """
| | Amortized Cost | Gross Unrealized Gains | Gross Unrealized Losses | Fair Value |
|---|---|---|---|---|
| Treasury bills | 41,202 | 117 | 64 | 41,255 |
| Corporate bonds | 18,733 | 210 | 322 | 18,621 |
"""


def test_losses_without_a_sign_are_taken_off() -> None:
    assert [one.verdict for one in judged(FAIR)] == ["agrees"] * 2
    assert wrong(FAIR.replace("18,621", "18,261")) == [("18,261", "error")]


@settings(deadline=None, max_examples=examples(25))
@given(
    st.lists(st.tuples(st.integers(10_000, 9_999_999), st.integers(-9_999, 9_999).filter(bool)), min_size=1, max_size=6)
)
def test_what_adds_up_agrees_in_every_row(rows: list[tuple[int, int]]) -> None:
    lines = "".join(
        f"| Line {place} of it | {before:,} | {change:,} | {before + change:,} |\n"
        for place, (before, change) in enumerate(rows)
    )
    assert {
        one.verdict for one in judged("| | As Reported | Adjustment | As Restated |\n|---|---|---|---|\n" + lines)
    } <= {"agrees"}


EXCEPTIONAL = """
# Income statement

| €m | {heads} |
|---|---|---|---|
| Revenue | 812.4 | - | 812.4 |
| Operating profit | 96.3 | (14.8) | 81.5 |
| Profit before tax | 88.1 | (14.8) | 73.3 |
| Profit for the year | 66.7 | (11.2) | 55.5 |
"""
HEADS = (
    "Before exceptional items | Exceptional items | After exceptional items",
    "Pre-exceptional items | Exceptional items (note 4) | Post-exceptional items",
    "Underlying | Non-recurring items | Statutory",
    "Before adjusting items | Adjusting items | Statutory results",
)


@pytest.mark.parametrize("heads", HEADS)
def test_results_after_exceptional_items_are_those_before_and_the_items(heads: str) -> None:
    table = EXCEPTIONAL.format(heads=heads)
    assert [one.verdict for one in judged(table)] == ["agrees"] * 4
    assert wrong(table.replace("| 81.5", "| 91.5")) == [("91.5", "error")]


def test_a_head_that_says_thousands_of_something_else_breaks_no_row_that_foots_as_printed() -> None:
    table = """
# Consolidated statement of equity (in millions)

| | Common Stock (in Thousands) | Paid-in Capital | Deficit | Total Stockholders' Equity |
|---|---|---|---|---|
| Balance, December 31, 2041 | 56 | 13,727 | (5,371) | 8,412 |
| Net income | — | 214 | 2,787 | 3,001 |
| Stock awards | — | 364 | (503) | (139) |
| Other | — | 21 | (885) | (864) |
| Balance, December 31, 2042 | 56 | 14,326 | (3,972) | 10,410 |
"""
    assert wrong(table) == []


@pytest.mark.parametrize("dash", ["—", "0", "-"])
def test_an_adjustment_that_is_printed_as_none_leaves_the_amount_as_it_is(dash: str) -> None:
    table = """
| (in millions) | GAAP | Adjustments | Non-GAAP |
|---|---|---|---|
| Subscriptions | 30,174 | {dash} | {alike} |
| Cost of revenue | 8,047 | (612) | 7,435 |
| Research and development | 7,219 | (1,633) | 5,586 |
| General and administrative | 1,317 | (342) | 975 |
"""
    assert wrong(table.format(dash=dash, alike="30,174")) == []
    assert wrong(table.format(dash=dash, alike="30,147")) == [("30,147", "error")]
    assert wrong(table.format(dash="", alike="30,147")) == []


def test_a_total_of_a_group_of_columns_adds_up_its_own_group_alone() -> None:
    table = """
# Other equity

<table>
<tr><td rowspan="2"></td><td colspan="2">Reserves</td><td colspan="3">Items of income</td>
<td rowspan="2">Total</td></tr>
<tr><td>General</td><td>Retained earnings</td><td>Pensions</td><td>Currency</td><td>Total</td></tr>
<tr><td>Opening balance</td><td>3,066</td><td>8,612</td><td>(77)</td><td>11</td><td>(66)</td><td>11,612</td></tr>
<tr><td>Income for the year</td><td>–</td><td>–</td><td>(5)</td><td>(58)</td><td>(63)</td><td>(63)</td></tr>
<tr><td>Currency recycled</td><td>–</td><td>–</td><td>–</td><td>(7)</td><td>(7)</td><td>(7)</td></tr>
<tr><td>Pensions settled</td><td>–</td><td>–</td><td>(12)</td><td>–</td><td>(12)</td><td>(12)</td></tr>
</table>
"""
    assert wrong(table, "page.html") == []


def test_a_line_with_an_amount_that_cannot_be_read_is_told_as_that_alone() -> None:
    rows = [
        "| At the start | 3,500 | (74) | 2,661 | 6,087 |",
        "| Profit for the year | – | – | 512 | 512 |",
        "| Hedges | – | 31 | – | 31 |",
        "| Dividends | – | – | (205) | (205) |",
        "| At the end | 3,500 | {hedges} | 2,968 | 6,425 |",
    ]
    table = (
        "# Statement of changes in equity\n\n| | Share capital | Hedges | Retained | Total |\n|---|---|---|---|---|\n"
    )
    table += "\n".join(rows)
    assert wrong(table.format(hedges="(43)")) == []
    assert wrong(table.format(hedges="(34)")) != []
    assert wrong(table.format(hedges="(4,3)")) == []


def test_a_figure_that_was_set_one_row_off_breaks_no_total() -> None:
    table = """
# Revenue by region

| £m | Europe | America | Asia | Total |
|---|---|---|---|---|
| Equipment | 2.6 | 36.7 | 4.5 | 43.8 |
| Machines | 1.9 | 37.4 |  | 45.7 |
| Tools of all kinds |  |  | 6.4 |  |
| Healthcare | 8.0 | 14.7 | 2.0 | 24.7 |
| Technology | 21.8 | 16.9 | 3.7 | 42.4 |
"""
    assert wrong(table) == []
    assert wrong(table.replace("6.4", "7.4")) != []


COUNTRIES = """
# Note 6. Geographic areas (in millions of euros)

| | Norway 2043 | Norway 2042 | Chile 2043 | Chile 2042 | Elsewhere 2043 | Elsewhere 2042 | Total 2043 | Total 2042 |
|---|---|---|---|---|---|---|---|---|
| External revenue | 1,145 | 1,022 | 6,563 | 5,124 | 2,849 | 2,013 | {revenue} | 8,159 |
| Non-current assets | 1,918 | 1,374 | 4,284 | 3,825 | 357 | 345 | 6,559 | {assets} |
| Segment assets | 3,114 | 2,987 | 9,451 | 8,802 | 1,276 | 1,101 | 13,841 | 12,890 |
| Segment liabilities | 1,208 | 1,190 | 2,377 | 2,214 | 604 | 588 | 4,189 | 3,992 |
"""


def test_of_two_years_beside_each_other_a_total_is_one_of_its_own() -> None:
    found = judged(COUNTRIES.format(revenue="10,557", assets="5,544"))
    assert [one.verdict for one in found] == ["agrees"] * 8
    assert wrong(COUNTRIES.format(revenue="10,557", assets="5,454")) == [("5,454", "error")]
    assert wrong(COUNTRIES.format(revenue="10,575", assets="5,544")) == [("10,575", "error")]
