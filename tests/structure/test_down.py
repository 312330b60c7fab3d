"""Sums down a table, as printed statements have them."""

from __future__ import annotations

import pytest

from tests.structure.tables import licensed, relations, sums

INCOME = """
Revenues  16,168,421  11,534,705
Cost of revenues  11,751,596  10,044,760
Gross profit  4,416,825  1,489,945
Operating expenses:
Depreciation and amortization  849,915  98,223
Selling general and administrative expenses  4,267,597  2,051,142
Total operating expenses  5,117,512  2,149,365
Operating loss  (700,687)  (659,420)
Other (expenses) income:
Interest expense, net of interest income  (659,519)  (57,086)
Other  (236,074)  (69,445)
Total other (expenses) income  (895,593)  (126,531)
Net loss  (1,596,280)  (785,951)
"""


def test_an_income_statement_is_a_chain_of_differences_and_totals() -> None:
    assert relations(INCOME) == [
        "Gross profit = Revenues - Cost of revenues",
        "Total operating expenses = Depreciation and amortization + Selling general and administrative expenses",
        "Operating loss = Gross profit - Total operating expenses",
        "Total other (expenses) income = Interest expense, net of interest income + Other",
        "Net loss = Operating loss + Total other (expenses) income",
    ]


def test_nested_totals_take_their_parts_with_them() -> None:
    assert relations("""
        Current assets:
          Cash  419,390  543,214
          Accounts receivable  4,225,142  2,924,302
          Inventory  507,949  341,118
        Total current assets  5,152,481  3,808,634
        Property and equipment  2,349,326  2,406,944
        Goodwill  2,406,269  2,406,269
        TOTAL ASSETS  9,908,076  8,621,847
        """) == [
        "Total current assets = Cash + Accounts receivable + Inventory",
        "TOTAL ASSETS = Total current assets + Property and equipment + Goodwill",
    ]


def test_a_blank_caption_under_a_rule_is_a_subtotal() -> None:
    assert relations("""
        Buildings  41,300  40,112
        Machinery  27,455  25,981
        ---
        .  68,755  66,093
        Less accumulated depreciation  (31,870)  (29,004)
        ---
        Property, net  36,885  37,089
        """) == ["(no caption) = Buildings + Machinery", "Property, net = (no caption) + Less accumulated depreciation"]


def test_a_deduction_printed_without_its_sign_is_taken_off() -> None:
    assert relations("""
        Accounts receivable  52,345  47,871
        Less: allowance for doubtful accounts  1,205  1,117
        Accounts receivable, net  51,140  46,754
        Total  51,140  46,754
        """)[0].startswith("Accounts receivable, net = Accounts receivable - Less: allowance") or relations("""
        Accounts receivable  52,345  47,871
        Less: allowance for doubtful accounts  1,205  1,117
        Total receivables, net  51,140  46,754
        """) == ["Total receivables, net = Accounts receivable - Less: allowance for doubtful accounts"]


def test_a_total_may_stand_above_its_details() -> None:
    assert relations("""
        Total revenues  98,412  91,007
          Products  61,300  58,212
          Services  37,112  32,795
        """) == ["Total revenues = Products + Services"]


def test_a_balance_rolls_forward() -> None:
    found = sums("""
        Balance at beginning of year  12,345  10,987
        Additions  4,321  3,210
        Payments  (2,109)  (1,852)
        Balance at end of year  14,557  12,345
        """)
    assert [each.kind for each in found] == ["roll-forward"]
    assert all(instance.holds for each in found for instance in each.instances)


def test_a_line_that_is_missing_in_one_column_counts_as_nothing_there() -> None:
    (found,) = sums("""
        North  12,345  10,987
        South  4,321  .
        West  7,113  8,224
        Total  23,779  19,211
        """)
    assert [(len(instance.terms), instance.holds) for instance in found.instances] == [(3, True), (2, True)]


def test_a_dash_is_zero() -> None:
    (found,) = sums("""
        North  12,345  10,987
        South  4,321  -
        West  7,113  8,224
        Total  23,779  19,211
        """)
    assert all(instance.holds for instance in found.instances)


def test_independent_rounding_still_makes_a_sum() -> None:
    (found,) = sums("""
        North  12.4  11.0
        South  4.3  3.9
        West  7.2  8.2
        Total  23.8  23.2
        """)
    assert all(instance.holds for instance in found.instances)


def test_what_a_broken_case_costs_is_taken_back_where_the_rest_of_its_column_foots() -> None:
    table = """
        Net sales  80,173  82,700
        Gross profit  26,714  27,628
        Operating expenses:
        Selling, general and administrative  13,270  13,267
        Depreciation and amortization  1,304  1,222
        Total operating expenses  14,574  14,489
        Operating income  12,140  13,139
        Interest and other (income) expense:
        Interest income and other, net  (74)  (5)
        Interest expense  943  753
        Interest and other, net  869  748
          Earnings before provision for income taxes  {earnings}  12,391
        Provision for income taxes  2,739  2,987
        Net earnings  8,532  9,404
        """
    alone = table.replace("14,574", "14,475").replace("869", "896").format(earnings="36,814")
    bits = [
        next(found.bits for found in sums(text) if found.relation.startswith("Earnings before provision"))
        for text in (table.format(earnings="36,814"), alone)
    ]
    assert bits[0] > bits[1]


def test_a_ledger_of_hundreds_of_lines_is_summed_where_a_word_says_so() -> None:
    accounts = [(f"Account {number}", number * number * 37 % 900_001 + 1_000) for number in range(1, 301)]
    ledger = "\n".join(f"{name}  {amount:,}" for name, amount in accounts)
    whole = f"  {sum(amount for _, amount in accounts):,}"
    assert [len(one.terms) for one in sums(f"{ledger}\nTotal{whole}")] == [300]
    assert not sums(
        f"{ledger}\nCredits{whole}"
    )  # hardly ever do so many lines add up in a line that no word calls a total


def test_a_line_of_one_column_is_taken_off_where_no_bracket_says_what_is_negative() -> None:
    assert relations("""
        Sales  1,216,355  -
        Cost of sales  578,887  -
        Development  2,580,795  439,469
        Marketing  1,545,687  70,520
        Administration  832,998  242,077
        Loss from operations  4,322,012  752,066
        """) == ["Loss from operations = -Sales + Cost of sales + Development + Marketing + Administration"]


def test_a_line_of_one_column_is_taken_off_where_its_caption_says_so() -> None:
    assert relations("""
        Loss for the year  (84,377)  (61,204)
        Depreciation  41,906  39,553
        Impairment  23,118  20,487
        Less: gain on disposal of a branch  -  17,625
        Provisions  12,344  10,902
        Cash used in operations  (7,009)  (7,887)
        """) == [
        (
            "Cash used in operations = Loss for the year + Depreciation + Impairment - Less: gain on disposal of "
            "a branch + Provisions"
        )
    ]


def test_a_line_of_one_column_is_taken_off_where_another_is_in_several() -> None:
    assert relations("""
        Reported operating profit  28,371  15,624  12
        Interest income  1,204  987  7
        Mark-to-market  (9,474)  (4,526)  -
        Restructuring  (2,085)  -  -
        Underlying operating profit  41,134  21,137  19
        """) == [
        "Underlying operating profit = Reported operating profit + Interest income - Mark-to-market - Restructuring"
    ]


def test_a_line_of_one_column_is_taken_off_where_nothing_else_makes_the_sum() -> None:
    assert relations("""
        Net loss  (48,071)  (33,131)  (18,963)
        Dividends on preferred stock  6,344  -  -
        Net loss of common shareholders  (54,415)  (33,131)  (18,963)
        """) == ["Net loss of common shareholders = Net loss - Dividends on preferred stock"]


DEFERRED = """
Research and development  {research}  5,067
Net operating losses  2,624  2,259
Inventory  1,430  1,788
Accrued compensation  931  1,031
Gross deferred tax assets  12,711  10,145
Valuation allowance  (3,047)  (2,586)
Total deferred tax assets  9,664  7,559
Property and equipment  (5,156)  (4,776)
Licenses  (494)  (386)
Total deferred tax liabilities  (5,650)  (5,162)
Net deferred tax assets  4,014  2,397
"""


def test_a_line_that_no_word_calls_a_total_is_one_where_the_rest_of_the_broken_column_foots() -> None:
    broken = DEFERRED.format(research="7,762")
    assert relations(broken) == relations(DEFERRED.format(research="7,726"))
    alone = "\n".join(broken.strip().splitlines()[:5])
    assert relations("\n".join(DEFERRED.format(research="7,726").strip().splitlines()[:5])) and not licensed(
        sums(alone)
    )


LOANS = """
Gross loans  1,052,218  1,002,161  880,896
Reserve for losses  (15,511)  (14,854)  (13,161)
Net loans  1,036,707  987,307  867,735
Net residential loans  121,785  114,556  117,537
Net commercial loans  863,784  824,339  710,362
Net consumer loans  51,138  48,412  39,836
.  {printed}  987,307  867,735
"""


@pytest.mark.parametrize("printed", ["1,036,707", "103,707"])
def test_both_sides_of_a_balance_are_not_mixed_even_where_one_of_them_is_mistyped(printed: str) -> None:
    assert relations(LOANS.format(printed=printed)) == [
        "Net loans = Gross loans + Reserve for losses",
        "(no caption) = Net residential loans + Net commercial loans + Net consumer loans",
    ]


DERIVATIVES = """
Fair value of swaps  (318)  .  1,333  .
Fair value of caps  .  456  .  (75)
Realized swaps  (628)  .  156  .
Realized caps  .  232  .  (591)
Total swaps  (946)  .  1,489  .
Total caps  .  688  .  (666)
"""


def test_lines_that_print_nothing_beside_a_total_are_left_to_the_total_of_their_own_columns() -> None:
    assert relations(DERIVATIVES) == [
        "Total swaps = Fair value of swaps + Realized swaps",
        "Total caps = Fair value of caps + Realized caps",
    ]


def test_a_line_named_like_the_heading_above_it_is_the_total_of_what_stands_between() -> None:
    assert relations("""
        Net income  959  641
        Other comprehensive income, net of tax:
          Pension benefits  -  3
        Other comprehensive income, net of tax  -  3
        Comprehensive income  959  644
        """) == [
        "Other comprehensive income, net of tax = Pension benefits",
        "Comprehensive income = Net income + Other comprehensive income, net of tax",
    ]


def test_a_line_named_like_its_heading_with_nothing_between_is_no_total() -> None:
    assert (
        relations("""
        Rent  300  200
        Income taxes:
        Income taxes  300  200
        Levies  41  38
        """)
        == []
    )
