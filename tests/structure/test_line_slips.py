"""Slips of whole lines, which break a sum in every column at once: one left out of a total, printed twice, missing,
blank in one column."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from checker.core.statement import Kind, Statement
from checker.core.structure import Sum
from checker.core.unit import SHARES
from checker.structure import infer
from tests.structure.tables import licensed, relations, release, slips, statement, sums

ASSETS = """
Current assets:
  Cash  14,250  12,180
  Short-term investments  8,300  7,950
  Trade receivables, net  22,417  20,333
  Inventories  10,905  11,240
  Contract assets  {contract}
Total current assets  {current}
Plant and equipment, net  31,500  32,100
Goodwill  12,000  12,050
Total assets  {assets}
Current liabilities:
  Trade payables  9,120  8,870
  Accruals  11,305  10,940
Total current liabilities  20,425  19,810
Borrowings  25,000  27,500
Total liabilities  45,425  47,310
"""


def printed(text: str, kind: Kind = "balance sheet") -> Statement:
    return evolve(statement(text), kind=kind)


def told(text: str, kind: Kind = "balance sheet") -> list[tuple[str, str, str]]:
    return slips(infer(release(printed(text, kind))).sums)


def assets(contract: str = "940  885", current: str = "56,812  52,588", total: str = "100,312  96,738") -> str:
    return ASSETS.format(contract=contract, current=current, assets=total)


def test_a_statement_that_foots_has_no_slip() -> None:
    assert told(assets()) == []


def test_a_line_left_out_in_every_column_is_an_error_of_its_total() -> None:
    wrong = assets(current="55,872  51,703", total="99,372  95,853")
    assert told(wrong) == [("error", "left out", "t0r6c0"), ("error", "left out", "t0r6c1")]
    assert (
        "Total current assets = Cash + Short-term investments + Trade receivables, net + Inventories + Contract assets"
        in relations(wrong)
    )


def test_no_other_sum_of_that_total_is_left_to_agree() -> None:
    found = infer(release(printed(assets(current="55,872  51,703", total="99,372  95,853")))).sums
    assert [one.relation for one in found if one.total == 6 and any(each.holds for each in one.instances)] == []


@pytest.mark.parametrize("line", ["Cash", "Short-term investments", "Inventories"])
def test_any_line_can_be_the_one_left_out_the_first_one_below_the_heading_that_the_total_names_too(line: str) -> None:
    text = assets()
    amounts = [
        int(one.replace(",", "")) for one in next(row for row in text.splitlines() if line in row).split("  ")[-2:]
    ]
    current = "  ".join(f"{whole - part:,}" for whole, part in zip((56_812, 52_588), amounts, strict=True))
    assert [kind for _, kind, _ in told(assets(current=current))] == ["left out", "left out"]


def test_a_line_left_out_in_one_column_alone() -> None:
    assert told(assets(current="55,872  52,588")) == [("error", "left out", "t0r6c0")]


def test_a_line_above_a_block_that_no_heading_takes_in_is_not_left_out() -> None:
    table = """
        Right-of-use assets  4,180  2,563
        Accrued liabilities  672  485
        Other long-term liabilities  3,671  2,164
        Total lease liabilities  4,343  2,649
        """
    assert told(table) == []


@pytest.mark.parametrize(
    "caption", ["of which pledged", "thereof pledged", "Included above: pledged", "davon verpfändet"]
)
def test_a_line_that_says_it_is_counted_already_is_not_left_out(caption: str) -> None:
    table = f"""
        Current assets:
          Cash  14,250  12,180
          Trade receivables  22,417  20,333
          {caption}  1,214  1,118
          Inventories  10,905  11,240
        Total current assets  47,572  43,753
        """
    assert told(table) == []


def test_a_line_that_others_beside_it_add_up_to_is_not_left_out() -> None:
    table = """
        Liabilities:
          Provisions  16,390  16,211
          Financing  108,638  119,386
          short-term  44,914  65,321
          long-term  63,724  54,065
          Payables  12,828  11,303
        Total liabilities  137,856  146,900
        """
    assert all(kind != "left out" for _, kind, _ in told(table))


@pytest.mark.parametrize(
    "gathered",
    [
        "Other comprehensive loss for the year",
        "Net other comprehensive expense",
        "Sonstiges Ergebnis",
        "Net loss on hedges",
    ],
)
def test_a_part_of_what_the_line_below_gathers_is_not_left_out(gathered: str) -> None:
    table = f"""
        Loss for the year  (689,353)  (283,884)
        Exchange differences  (1,253,968)  (735,672)
        {gathered}  (1,264,536)  (705,711)
        Total comprehensive expense for the year  (1,953,889)  (989,595)
        """
    assert told(table, "comprehensive income") == []


SUBSCRIBERS = """
Customers:
  Broadband  41,318  39,764
{part}  {amounts}
  Television  12,907  13,455
  Voice  8,246  8,871
Total customers  {total}
"""


@pytest.mark.parametrize(
    "part", ["  Broadband fibre", "  Broadband fibre 3", "  BROADBAND OVER FIBRE", "    Broadband by cable"]
)
def test_a_part_of_the_line_above_it_is_not_left_out(part: str) -> None:
    assert told(customers(part)) == []


@pytest.mark.parametrize(
    "part",
    [
        "  Mobile",
        "  Broadband and mobile",
        "  Broadband, business",
        "  Broadband - other",
        "  Broadbandless",
        "    Mobile",
    ],
)
def test_a_line_that_is_no_part_of_the_one_above_it_is_left_out(part: str) -> None:
    assert {kind for _, kind, _ in told(customers(part))} == {"left out"}


@pytest.mark.parametrize("amounts", ["47,911  38,212", "(22,604)  (20,118)"])
def test_what_is_larger_than_the_line_above_it_or_of_the_other_sign_is_no_part_of_it(amounts: str) -> None:
    assert {kind for _, kind, _ in told(customers("  Broadband fibre", amounts))} == {"left out"}


def test_a_part_that_the_total_counts_in_one_column_is_left_out_of_the_other() -> None:
    both = SUBSCRIBERS.format(part="  Broadband fibre", amounts="22,604  20,118", total="85,075  62,090")
    assert told(both) == [("error", "left out", "t0r5c1")]


def customers(part: str, amounts: str = "22,604  20,118") -> str:
    return SUBSCRIBERS.format(part=part, amounts=amounts, total="62,471  62,090")


def test_accumulated_other_comprehensive_income_gathers_nothing() -> None:
    table = """
        Equity:
          Common stock  1,210  1,205
          Paid-in capital  48,310  47,115
          Retained earnings  21,407  18,322
          Accumulated other comprehensive loss  (1,105)  (986)
        Total equity  48,415  47,334
        """
    assert {kind for _, kind, _ in told(table)} == {"left out"}


def test_a_line_printed_twice_that_the_total_counts_once() -> None:
    twice = assets().replace("  Inventories  10,905  11,240\n", "  Inventories  10,905  11,240\n" * 2)
    assert told(twice) == [("error", "printed twice", "t0r7c0"), ("error", "printed twice", "t0r7c1")]


def test_a_line_that_is_missing_is_a_warning_with_what_the_others_come_to() -> None:
    assert told(assets().replace("  Trade receivables, net  22,417  20,333\n", "")) == [
        ("warning", "missing", "t0r5c0")
    ]


NESTED = """
Current assets:
Cash  9,410  7,905
Restricted cash  331  203
Securities  6,904  1,852
Financing receivables:
Held for investment  5,564  6,851
Held for sale  865  939
Inventories:
Finished goods  174  158
Work in process  1,327  1,394
Total inventories  1,501  1,552
Deferred costs  957  967
Total current assets  25,532  20,269
Plant, gross  18,588  18,695
Less: depreciation  (13,145)  (13,361)
Plant, net  5,443  5,334
Goodwill  56,385  55,949
Total assets  87,360  81,552
Payables  3,200  3,100
Accruals  1,100  1,050
Total current liabilities  4,300  4,150
"""


@pytest.mark.parametrize("gone", ["Cash", "Restricted cash", "Securities", "Held for sale", "Deferred costs"])
def test_a_total_that_is_called_after_a_heading_takes_in_all_blocks_below_it(gone: str) -> None:
    assert told(NESTED) == []
    short = "\n".join(line for line in NESTED.splitlines() if not line.startswith(f"{gone}  "))
    assert [each[:2] for each in told(short)] == [("warning", "missing")]


SECTIONS = """
Operating activities
Net income  2,112  1,874
Depreciation  640  611
Share-based pay  221  205
Sundry gains  {gains}
Change in receivables  (310)  (287)
Net cash provided by operating activities  {cash}
Investing activities
Purchases of plant  (955)  (870)
Sales of plant  85  40
Net cash used in investing activities  (870)  (830)
"""


def test_a_section_of_a_statement_that_goes_on_in_the_next_table_may_lack_a_line() -> None:
    whole = SECTIONS.format(gains="(96)  (57)", cash="2,567  2,346")
    assert told(whole, "cash flow") == []
    assert [each[:2] for each in told(whole.replace("Share-based pay  221  205\n", ""), "cash flow")] == []
    longer = whole.replace("Sundry gains", "Deferred taxes  57  -\nSundry gains").replace("2,567", "2,624")
    assert told(longer, "cash flow") == []
    short = longer.replace("Share-based pay  221  205\n", "")
    assert [each[:2] for each in told(short, "cash flow")] == [("warning", "missing")]


def test_the_signs_of_cash_flows_are_those_printed() -> None:
    whole = (
        SECTIONS.format(gains="(96)  (57)", cash="2,567  2,346")
        .replace("Share-based pay", "Deferred taxes  48  12\nShare-based pay")
        .replace("2,567", "2,615")
        .replace("2,346", "2,358")
    )
    short = whole.replace("Sundry gains  (96)  (57)\n", "")
    assert [each[:2] for each in told(short, "cash flow")] == [("warning", "missing")], (
        "48 with a minus explains one column"
    )


def test_nothing_is_missing_where_the_rest_of_the_statement_does_not_foot() -> None:
    lines = (
        assets().replace("  Trade receivables, net  22,417  20,333\n", "").replace("  Accruals  11,305  10,940\n", "")
    )
    assert told(lines) == []


REGIONS = """
Sales by region
Americas  41,250  38,116
Europe  22,630  21,088
Asia  {asia}
        Sundry items  1,204  998
Total sales  {total}
"""


def test_a_stray_line_of_any_table_is_told_wherever_it_is_indented() -> None:
    assert told(REGIONS.format(asia="9,871  8,440", total="74,955  68,642"), "segments") == []
    stray = told(REGIONS.format(asia="9,871  8,440", total="73,751  67,644"), "segments")
    assert {kind for _, kind, _ in stray} == {"left out"}


def test_a_list_of_bonds_may_go_on_elsewhere() -> None:
    bonds = (
        "Senior notes\n2.5% due 2031  1,000  1,000\n3.1% due 2034  1,500  1,500\nOther  410  388\nTotal notes  "
        "4,910  4,888"
    )
    assert told(bonds, "notes") == []


def test_highlights_need_not_print_every_line_of_a_total() -> None:
    short = assets().replace("  Trade receivables, net  22,417  20,333\n", "")
    assert told(short, "notes") == [("warning", "missing", "t0r5c0")]
    assert slips(infer(release(evolve(printed(short), summary=True))).sums) == []


LEASES = """
Future payments
2025  {first}
2026  1,240  1,105
2027  1,115  1,080
Thereafter  2,310  2,755
Total payments  6,035  6,190
"""


def test_a_table_of_one_total_may_lack_less_than_the_half_of_it() -> None:
    whole = LEASES.format(first="1,370  1,250")
    assert told(whole, "notes") == []
    short = whole.replace("2025  1,370  1,250\n", "")
    assert told(short, "notes") == [("warning", "missing", "t0r4c0")]
    most = short.replace("Thereafter  2,310  2,755\n", "")
    assert told(most, "notes") == [], "what is printed is hardly the list of what the total counts"
    assert told(short.replace("6,190", "3,190"), "notes") == [], "one column lacks something and the other has too much"


def test_a_total_of_two_may_lack_one_but_no_reconciliation_begins_with_a_line_of_its_total() -> None:
    table = "By region\nAmericas  41,250  38,116\n{rest}Total sales  63,880  59,204"
    assert told(table.format(rest="Other countries  22,630  21,088\n"), "segments") == []
    assert told(table.format(rest=""), "segments") == [("warning", "missing", "t0r2c0")]
    assert told(table.format(rest=""), "reconciliation") == []


def test_nothing_is_missing_where_loose_lines_stand_before_the_block() -> None:
    loose = (
        "Headcount costs  9,330  8,127\nBy region\nAmericas  41,250  38,116\nEurope  12,630  11,088\nTotal sales "
        " 63,880  59,204"
    )
    assert told(loose, "segments") == []


def test_a_blank_in_one_column_of_a_line_whose_total_counts_it() -> None:
    assert told(assets().replace("22,417  20,333", ".  20,333")) == [("warning", "blank", "t0r6c0")]


@pytest.mark.parametrize(("aside", "blank"), [("22,417", []), ("31,508", [("warning", "blank", "t0r6c0")])])
def test_an_amount_that_stands_in_a_column_of_its_own_was_shifted(
    aside: str, blank: list[tuple[str, str, str]]
) -> None:
    assert told(assets().replace("22,417  20,333", f".  20,333  {aside}")) == blank


def test_many_blanks_are_our_reading() -> None:
    table = assets()
    for amount in ("22,417", "11,305", "12,000"):
        table = table.replace(f"  {amount}", "  .", 1)
    assert told(table) == []


RESULTS = """
Revenues  16,168,421  11,534,705
Cost of revenues  11,751,596  10,044,760
Gross profit  4,416,825  1,489,945
Operating expenses:
  Depreciation  849,915  98,223
  Selling  4,267,597  2,051,142
Total operating expenses  5,117,512  2,149,365
Operating loss  (700,687)  (659,420)
Interest  (659,519)  (57,086)
Other  (236,074)  (69,445)
Net loss  (1,596,280)  (785,951)
"""


def test_a_line_that_an_agreeing_result_passes_over_is_a_warning() -> None:
    stray = RESULTS.replace("Cost of revenues", "Sundry items  312,450  287,113\nCost of revenues")
    assert told(RESULTS, "income statement") == []
    assert told(stray, "income statement") == [("warning", "left out", "t0r3c0")]


BRIDGE = """
Profit as reported  45,320  41,210
{plus}  12,450  10,300
{less}  3,100  2,250
Adjusted profit  {adjusted}
"""


@pytest.mark.parametrize(
    ("plus", "less"),
    [
        ("Add: restructuring costs", "Less: gain on disposal"),
        ("Plus: closure of plants", "Deduct: insurance recovered"),
        ("zuzüglich Restrukturierung", "abzüglich Veräußerungsgewinn"),
    ],
)
def test_lines_counted_against_their_words_are_an_error(plus: str, less: str) -> None:
    assert slips(sums(BRIDGE.format(plus=plus, less=less, adjusted="54,670  49,260"))) == []
    wrong = slips(sums(BRIDGE.format(plus=plus, less=less, adjusted="35,970  33,160")))
    assert wrong == [("error", "turned round", "t0r3c0"), ("error", "turned round", "t0r3c1")]


@pytest.mark.parametrize(
    "table",
    [
        "Pension income  375  310\nLess: pension cost  1,725  1,796\nTotal pension adjustment  2,100  2,106",
        "Operating profit  4,375  4,310\nLess: restructuring charges  1,725  796\nAdjusted profit  6,100  5,106",
        "Net loss  40,116  144,666\nLess: preferred dividends  1,200  13,831\nNet loss to owners  41,316  158,497",
        "Deficit of the year  40,116  14,466\nLess: tax  1,200  1,831\nDeficit after tax  41,316  16,297",
    ],
)
def test_what_is_excluded_and_what_is_taken_off_a_loss_is_added(table: str) -> None:
    assert slips(sums(table)) == []


def test_a_gain_that_an_adjusted_profit_adds_and_a_cost_that_a_profit_adds_are_errors_still() -> None:
    for line, total in (("Less: gain on disposal", "Adjusted profit"), ("Less: operating costs", "Profit before tax")):
        told_of = slips(sums(f"Gross profit  45,320  41,210\n{line}  3,100  2,250\n{total}  48,420  43,460"))
        assert [slip for _, slip, _ in told_of] == ["turned round", "turned round"]


@pytest.mark.parametrize(
    "line", ["Less: Net loss attributable to minorities", "Less losses of partners", "less: the net loss of affiliates"]
)
def test_a_loss_that_is_taken_off_is_added(line: str) -> None:
    table = f"Net income  32,001  20,673\n{line}  6,040  1,266\nNet income of the owners  38,041  21,939"
    assert slips(sums(table)) == []


def test_a_difference_leaves_no_line_out() -> None:
    """A selection of lines of a balance sheet: the equity is what assets are above what stands between."""
    table = """
        Total assets  46,789  56,913  37,600
        Total liabilities  30,028  28,372  14,792
        Convertible preferred stock  -  -  51,520
        Accumulated deficit  (73,004)  (55,475)  (29,453)
        Total stockholders' equity  16,761  28,541  (28,712)
        """
    assert all(kind != "left out" for _, kind, _ in told(table))


def test_what_is_reclassified_and_what_is_less_than_a_year_bind_no_sign() -> None:
    assert (
        slips(
            sums(
                "Less than 1 year  3,952  5,270\n1 to 3 years  1,085  1,783\n3 to 5 years  121  200\nTotal  "
                "5,158  7,253"
            )
        )
        == []
    )
    income = """
        Change in unrealized gains (losses)  (1,800)  (678)
        Less: reclassification adjustment  362  255
        Net change  (1,438)  (423)
        """
    assert slips(sums(income)) == []


def test_deductions_that_are_added_up_first_bind_no_sign() -> None:
    shares = """
        Comprehensive income  1,240  1,105
        Less: profit of minority holders  320  360
        Less: translation of minority holders  (250)  (140)
        Comprehensive income of minority holders  70  220
        """
    assert slips(sums(shares)) == []


RENTS = """
2026  12,450
2027  11,380
2028  {third}
Thereafter  4,335
Total rents payable  {total}
Less: interest  (5,120)
Total liabilities from leases  {liability}
"""


def test_one_column_is_enough_where_a_slip_explains_a_total_from_the_top_of_its_table() -> None:
    right = sums(RENTS.format(third="9,725", total="37,890", liability="32,770"))
    wrong = sums(RENTS.format(third="9,275", total="37,890", liability="32,770"))
    assert licensed(right) == []
    assert [instance.total for instance in licensed(wrong)] == ["t0r4c0"]


def test_one_column_is_not_enough_where_no_slip_explains_it() -> None:
    assert licensed(sums(RENTS.format(third="3,062", total="37,890", liability="32,770"))) == []


amount = st.integers(1_000, 99_999_999)


@given(st.lists(st.tuples(amount, amount), min_size=4, max_size=9), st.data())
def test_a_total_of_all_its_lines_never_leaves_one_out(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    total = tuple(map(sum, zip(*rows, strict=True)))
    text = "\n".join(f"Line {chr(65 + at)}  {one:,}  {two:,}" for at, (one, two) in enumerate(rows))
    assert slips(sums(f"{text}\nTotal  {total[0]:,}  {total[1]:,}")) == []
    at = data.draw(st.integers(1, len(rows) - 1))
    if all(
        min(abs(rows[at][0] - one), abs(rows[at][1] - two)) > 9 for one, two in rows[:at] + rows[at + 1 :]
    ):  # else rounding takes one for another
        short = [whole - part for whole, part in zip(total, rows[at], strict=True)]
        found: tuple[Sum, ...] = sums(f"{text}\nTotal  {short[0]:,}  {short[1]:,}")
        assert all(not each.holds for one in found if one.total == len(rows) for each in one.instances)


ADJUSTMENTS = """
Net income as reported  21,640  18,312
Gain on sale of land  {gain}
Write-down of stocks  (3,120)  (2,815)
Costs of closure  (1,044)  -
Total adjustments  (4,902)  (3,775)
Net income as restated  16,738  14,537
"""


def test_an_adjustment_without_brackets_that_is_taken_off_all_the_same() -> None:
    assert told(ADJUSTMENTS.format(gain="(738)  (960)"), "reconciliation") == []
    wrong = told(ADJUSTMENTS.format(gain="738  960"), "reconciliation")
    assert wrong == [("error", "turned round", "t0r4c0"), ("error", "turned round", "t0r4c1")]


def test_an_adjustment_that_says_less_or_that_no_bracket_stands_beside_is_taken_off_by_its_words() -> None:
    assert told(ADJUSTMENTS.format(gain="738  960").replace("Gain", "Less: gain"), "reconciliation") == []
    assert (
        told(
            ADJUSTMENTS.format(gain="738  960").replace("Total adjustments", "Total costs and gains"), "reconciliation"
        )
        == []
    )


DILUTED = """
Income for basic earnings per share  {basic}
Plus: Interest on convertible notes  1,340  1,118
Income for diluted earnings per share  {diluted}
"""


def test_a_line_called_plus_that_is_taken_off_on_the_way_down() -> None:
    assert told(DILUTED.format(basic="31,902  28,455", diluted="33,242  29,573"), "notes") == []
    assert {kind for _, kind, _ in told(DILUTED.format(basic="31,902  28,455", diluted="30,562  27,337"), "notes")} == {
        "turned round"
    }


SCHEDULE = """
Remainder of 2025  1,260
2026  {second}
2027  1,990
2028  3,079
2029  1,013
{last}
Total  {total}
"""


@pytest.mark.parametrize(("second", "severity"), [("3,714", "error"), ("3,147", "error"), ("6,409", "warning")])
def test_years_and_what_comes_after_them_are_all_there_is_in_one_column_too(second: str, severity: str) -> None:
    whole = SCHEDULE.format(second="3,417", last="Thereafter  8,198", total="18,957")
    assert told(whole, "notes") == []
    assert [(loud, total) for loud, _, total in told_of_any(whole.replace("3,417", second))] == [(severity, "t0r6c0")]


def told_of_any(text: str) -> list[tuple[str, str, str]]:
    found = infer(release(printed(text, "notes"))).sums
    return [
        (each.severity, each.licensed, each.total)
        for one in found
        for each in one.instances
        if each.licensed and not each.holds
    ]


def test_years_without_an_end_or_with_another_line_are_no_such_schedule() -> None:
    wrong = SCHEDULE.format(second="6,409", last="Thereafter  8,198", total="18,957")
    assert told_of_any(wrong.replace("Thereafter", "Other commitments")) == []
    assert told_of_any(wrong.replace("2027", "Unamortized discount")) == []


# ---- a line that is missing: every column breaks at once ---------------------------------------------------------

INCOME = """
Net sales  {sales}
Cost of sales  41,200  36,960
Gross profit  58,800  47,040
Operating expenses:
Research and development  15,480  13,900
Selling and marketing  12,320  11,100
Administration  10,000  9,000
Total operating expenses  37,800  34,000
Operating income  21,000  13,040
Interest expense  (1,200)  (1,100)
Income before income taxes  19,800  11,940
Income tax expense  4,158  2,507
Net income  15,642  9,433
Basic shares  10,000  10,000
"""
FLOWS = """
Cash flows from operating activities:
Profit  15,642  9,433
Depreciation  4,110  3,905
Receivables  (2,084)  1,118
Other  412  (77)
Cash generated by operating activities  18,080  14,379
Cash flows from investing activities:
Plant bought  (6,350)  (4,120)
Shares sold  1,905  640
Cash used in investing activities  (4,445)  (3,480)
Cash flows from financing activities:
Loans drawn  5,000  2,000
Loans repaid  (9,250)  (7,150)
Dividends  (3,210)  (2,900)
Cash used in financing activities  (7,460)  (8,050)
Change in cash  6,175  2,849
Cash, beginning of year  12,180  9,331
Cash, end of year  18,355  12,180
"""


def with_shares(text: str) -> Statement:
    """An income statement to its end, with the shares that a short list of results does not print."""
    table = printed(text, "income statement")
    *lines, last = table.lines
    shares = tuple(evolve(figure, unit=SHARES) if figure else None for figure in last.figures)
    return evolve(table, lines=(*lines, evolve(last, figures=shares)))


def without(text: str, caption: str) -> str:
    kept = [row for row in text.splitlines() if not row.strip().startswith(f"{caption}  ")]
    assert len(kept) == len(text.splitlines()) - 1
    return "\n".join(kept)


@pytest.mark.parametrize(
    ("caption", "total"),
    [
        ("Cost of sales", "Gross profit"),
        ("Income tax expense", "Net income"),
        ("Research and development", "Total operating expenses"),
    ],
)
def test_a_line_of_an_income_statement_that_is_missing_is_told_at_the_result_it_leads_to(
    caption: str, total: str
) -> None:
    table = with_shares(without(INCOME.format(sales="100,000  84,000"), caption))
    found = infer(release(table)).sums
    assert [(kind, severity) for severity, kind, _ in slips(found)] == [("missing", "warning")]
    assert [one.relation.split(" = ")[0] for one in found for each in one.instances if each.slip] == [total]


@pytest.mark.parametrize("caption", ["Profit", "Receivables", "Plant bought", "Loans repaid", "Dividends"])
def test_a_line_of_an_activity_that_is_missing_is_told_however_much_it_is(caption: str) -> None:
    assert [kind for _, kind, _ in told(without(FLOWS, caption), "cash flow")] == ["missing"]


@pytest.mark.parametrize("text", [INCOME.format(sales="100,000  84,000"), FLOWS])
def test_a_statement_of_results_or_activities_that_foots_lacks_nothing(text: str) -> None:
    assert told(text, "cash flow" if "Cash flows" in text else "income statement") == []


def test_a_line_that_counts_with_another_sign_is_not_missing() -> None:
    text = INCOME.format(sales="100,000  84,000").replace("(1,200)  (1,100)", "1,200  1,100")
    assert told(text, "income statement") == []


def test_an_amount_missed_by_what_another_line_prints_is_not_missing() -> None:
    assert told(without(FLOWS, "Dividends") + "\nDividends paid, see above  3,210  2,900", "cash flow") == []


def test_two_totals_that_nothing_comes_to_show_a_statement_misread() -> None:
    assert told(without(without(FLOWS, "Profit"), "Dividends"), "cash flow") == []


def test_a_list_of_results_in_a_discussion_passes_over_lines() -> None:
    table = without(without(INCOME.format(sales="100,000  84,000"), "Income tax expense"), "Basic shares")
    assert told(table, "income statement") == []


def test_a_short_list_of_results_lacks_nothing() -> None:
    table = "Revenue  100,000  84,000\nOperating income  21,000  13,040\nNet income  15,642  9,433\n"
    assert told(table, "income statement") == []


def test_a_block_that_is_broken_down_further_on_lacks_nothing() -> None:
    detail = "\nHardware\nOperating expenses:\nResearch and development  9,480  8,900\n"
    table = without(INCOME.format(sales="100,000  84,000"), "Research and development")
    assert [kind for _, kind, _ in told(table, "income statement")] == ["missing"]
    assert told(table + detail, "income statement") == []


def test_a_total_that_some_run_of_lines_before_it_comes_to_lacks_nothing() -> None:
    text = FLOWS.replace("Dividends  (3,210)", "Debt  4,250  5,150\nDebt  (4,250)  (5,150)\nDividends  (3,210)")
    assert told(text, "cash flow") == []


@pytest.mark.parametrize("before", ["Receivables", "Loans drawn", "Loans repaid", "Cash used in financing activities"])
def test_a_stray_line_among_those_of_an_activity_is_told_the_first_and_the_last_too(before: str) -> None:
    text = FLOWS.replace(f"\n{before}  ", f"\nSundry items  (1,347)  918\n{before}  ")
    assert [kind for _, kind, _ in told(text, "cash flow")] == ["left out", "left out"]


PRODUCTS = """
Oncology  6,312  5,090
Immunology  3,993  4,722
Infectious diseases  803  965
Product A  360  297
Product B  396  438
Other infectious diseases  47  233
Cardiovascular  930  892
Total sales  12,038  {total}
"""


def test_a_line_whose_parts_stand_under_it_is_left_out_of_no_total() -> None:
    """Also where the parts come to a little more than it in one column, where the total counts them."""
    assert told(PRODUCTS.format(total="11,672"), "income statement") == []


def test_the_first_line_of_a_block_without_a_heading_is_left_out_where_another_column_counts_it() -> None:
    table = """
        Patents  4,120  3,980
        Plant  18,455  17,210
        Total non-current assets  22,575  21,190
        Inventories  6,215  5,870
        Trade receivables  9,940  9,105
        Cash  3,318  2,764
        Total current assets  19,473  11,869
        Total assets  42,048  33,059
        """
    assert told(table) == [("error", "left out", "t0r6c1")]


def test_a_line_that_is_blank_where_the_sum_is_broken_was_not_read() -> None:
    rows = "Loans drawn  5,000  2,000  7,000\nLoans repaid  {}  (7,150)  (9,000)\nDividends  (3,210)  {}  (2,100)\n"
    table = f"""
        Cash flows from operating activities:
        Profit  15,642  9,433  8,310
        Depreciation  4,110  3,905  3,720
        Net cash provided by operating activities  19,752  13,338  12,030
        Cash flows from investing activities:
        Plant bought  (6,350)  (4,120)  (2,240)
        Shares sold  1,905  640  712
        Net cash used in investing activities  (4,445)  (3,480)  (1,528)
        Cash flows from financing activities:
        {rows.format(".", ".")}
        Net cash used in financing activities  (7,460)  (8,050)  (4,100)
        Net change in cash  7,847  1,808  6,402
        """
    assert told(table, "cash flow") == []


PAYMENTS = """
2021  3,410
2022  3,205
2023  2,980
Thereafter  4,660
Total undiscounted payments  14,255
Less: interest  {interest}
Present value of lease liabilities  {left}
"""


@pytest.mark.parametrize("interest", ["(2,105)", "2,105"])
@pytest.mark.parametrize(("left", "wrong"), [("12,150", 0), ("12,510", 1), ("12,105", 1), ("11,873", 0)])
def test_what_a_total_of_one_column_leaves_when_lines_below_it_are_taken_off(
    interest: str, left: str, wrong: int
) -> None:
    found = infer(release(statement(PAYMENTS.format(interest=interest, left=left)))).sums
    assert sum(bool(one.licensed) and not one.holds for each in found for one in each.instances) == wrong


def test_a_line_below_a_total_that_is_not_taken_off_proves_nothing() -> None:
    text = PAYMENTS.format(interest="(2,105)", left="12,510").replace("Less: interest", "Guarantees")
    found = infer(release(statement(text))).sums
    assert all(one.holds for each in found for one in each.instances)


def test_a_stray_line_above_a_total_whose_lines_are_all_known_is_passed_over() -> None:
    table = """
Interest revenue  19,959  14,806
{stray}General and administrative  4,218  3,260
Interest expense  438  222
Provisions  -  300
Total expenses  4,656  3,782
Income before taxes  15,303  11,024
Provision for taxes  6,299  4,515
Net income  9,004  6,509
"""
    assert told(table.format(stray=""), "income statement") == []
    found = told(table.format(stray="Sundry items  6,371  2,920\n"), "income statement")
    assert [kind for _, kind, _ in found] == ["left out"]


def test_a_total_that_is_one_line_of_a_later_one_lacks_none_of_the_lines_beside_it() -> None:
    """Its own lines stand in another table: "Total loans" among the assets of a bank."""
    bank = (
        "Assets\nCash  6,532  13,055\nSecurities  36,809  35,193\nTotal loans  118,135  112,907\n"
        "Premises  2,024  2,110\nOther assets  6,500  6,735\nTotal assets  170,000  170,000\n"
        "Liabilities\nDeposits  120,000  121,000\nBorrowings  30,000  29,000\nTotal liabilities  150,000  150,000\n"
        "Equity\nCapital  15,000  15,000\nRetained earnings  5,000  5,000\nTotal equity  20,000  20,000\n"
        "Total liabilities and equity  170,000  170,000\n"
    )
    assert told(bank) == []


def test_a_summary_of_another_company_picks_out_what_it_likes() -> None:
    """Lines below the total that nothing sums up show that not all lines are printed."""
    few = "Affiliate\nCash  964  752\nReceivables  11,647  8,607\nCosts  27,537  41,853\nTotal assets  42,146  55,337\n"
    assert told(few, "notes") == [("warning", "missing", "t0r4c0")]
    assert told(few + "Notes payable  19,391  21,234\nDeferred revenue  4,454  12,667\n", "notes") == []


BANK = """
Interest income
Interest on loans  17,328  15,787  12,272
Interest on securities  866  879  1,022
Total interest income  18,194  16,666  13,294
Interest expense
{deposits}Interest on borrowings  1,283  1,050  771
Total interest expense  6,604  5,908  4,086
Net interest income  11,590  10,758  9,208
"""


def test_the_larger_part_of_a_total_called_after_its_heading_is_missing() -> None:
    assert told(BANK.format(deposits="Interest on deposits  5,321  4,858  3,315\n"), "notes") == []
    assert [kind for _, kind, _ in told(BANK.format(deposits=""), "notes")] == ["missing"]
    assert told(BANK.format(deposits="").replace("Total interest expense", "Total paid"), "notes") == []


PAID = """
Purchases of vehicles  (412.6)  (287.3)
{less}  {taken}
Cash paid for vehicles  {total}
"""


@pytest.mark.parametrize("less", ["Less: proceeds from disposal of vehicles", "Deduct: grants received"])
def test_what_an_outflow_that_prints_its_sign_is_less_by_is_added(less: str) -> None:
    table = PAID.format(less=less, taken="37.2  61.9", total="(375.4)  (225.4)")
    assert slips(sums(table)) == []
    drawn = f"Cash  81.2  64.4\nLoans drawn  (310.0)  (290.0)\n{less}  125.0  60.0\nNet exposure  (103.8)  (165.6)"
    assert slips(sums(drawn)) == []


SECTION_OF_ONE = """
Share capital  512,300  512,300
Retained earnings  801,175  694,260
Total equity  1,313,475  1,206,560
Liabilities:
Employee benefits obligation  198,400  211,900
Non-current liability  198,400  211,900
Accounts payable  902,115  874,310
Income tax payable  144,020  131,705
Current liabilities  1,046,135  1,006,015
Total liabilities  1,244,535  1,217,915
Total equity and liabilities  2,558,010  2,424,475
"""


def test_the_one_line_of_a_section_is_counted_by_its_subtotal() -> None:
    assert told(SECTION_OF_ONE, "balance sheet") == []


def test_a_result_whose_lines_ran_together_passes_over_none() -> None:
    table = """
    Grants  918  402
    Research  3,215  2,940
    1,1872,4021,591  4,806  4,377
    Loss from operations  (3,888)  (3,975)
    Other income  49  97
    Net loss  (3,839)  (3,878)
    """
    assert told(table, "income statement") == []


EARNED = """
Revenue  604.8  571.3
Cost of sales  (291.4)  (280.9)
Gross profit  313.4  290.4
Operating expenses  (228.9)  (214.2)
{memo}  131.6  119.4
Profit from operations  84.5  76.2
Finance income  3.1  2.4
Finance expense  (1.9)  (2.2)
Profit before tax  85.7  76.4
Tax  (21.4)  (19.1)
Profit after tax  64.3  57.3
"""


def test_a_result_shown_for_information_lacks_no_line_where_a_later_one_is_what_its_lines_come_to() -> None:
    assert told(EARNED.format(memo="Earnings before interest, tax and depreciation"), "income statement") == []


def test_liabilities_never_count_assets() -> None:
    table = """
    Current assets:
    Cash  318  5,126
    Total current assets  318  5,126
    Equipment  1,204  1,655
    Total assets  1,522  6,781
    Current liabilities:
    Accounts payable  9,310  3,240
    Loan payable  -  2,119
    Loan from director  7,145  1,480
    Total current liabilities  16,455  6,839
    Total liabilities  16,455  6,839
    Stockholders' deficit:
    Common stock  4,100  4,100
    Accumulated deficit  (19,033)  (4,158)
    Total stockholders' deficit  (14,933)  (58)
    Total liabilities and stockholders' deficit  1,522  6,781
    """
    assert told(table, "balance sheet") == []


def test_less_what_stands_in_a_line_in_brackets_is_added_back() -> None:
    table = """
    Total assets  31,480  29,466
    Current liabilities  (14,955)  (13,921)
    Less: borrowings and leases in them  812  361
    Invested capital  17,337  15,906
    """
    assert slips(sums(table)) == []
    turned = "Revenue  4,530  4,120\nOther income  210  195\nLess: operating costs  3,100  2,250\nProfit  7,840  6,565"
    assert [slip for _, slip, _ in slips(sums(turned))] == ["turned round", "turned round"]
