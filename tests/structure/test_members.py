"""Sums of lines that share one caption, each under a head of its own."""

from __future__ import annotations

from tests.structure.tables import licensed, relations, sums

PRODUCTS = """
Net sales  95,359  90,753
Cost of sales  50,492  48,482
Gross margin  44,867  42,271
Products
Net sales  68,714  66,886
Cost of sales  44,030  42,424
Services
Net sales  26,645  23,867
Cost of sales  6,462  6,058
"""

REGIONS = """
Cards
Loans  45,217  41,302
Losses  1,298  896
Consumer
Loans  284,431  270,018
Losses  11,271  6,453
Both
Loans  329,648  311,320
Losses  {losses}  7,349
"""


def test_parts_below_the_last_line_sum_to_the_line_they_break_down() -> None:
    assert relations(PRODUCTS)[:2] == [
        "Net sales = Products: Net sales + Services: Net sales",
        "Cost of sales = Products: Cost of sales + Services: Cost of sales",
    ]


def test_a_slip_in_a_part_speaks_where_the_other_column_holds() -> None:
    broken = licensed(sums(PRODUCTS.replace("26,645", "26,465")))
    assert [instance.total for instance in broken] == ["t0r0c0"]


def test_heads_that_do_not_add_up_for_another_caption_are_no_parts() -> None:
    assert [found.relation for found in sums(REGIONS.format(losses="12,569"))] == [
        "Loans = Cards: Loans + Consumer: Loans",
        "Losses = Cards: Losses + Consumer: Losses",
    ]
    assert licensed(sums(REGIONS.format(losses="14,015").replace("45,217", "47,983"))) == []


BUSINESSES = """
Cards
Loans  45,217,306  41,302,118  38,114,507
Losses  1,298,114  896,203  744,518
Fees  3,112,807  2,986,411  2,705,093
Consumer
Loans  297,806,131  270,018,442  251,907,613
Losses  11,271,302  6,453,817  5,880,206
Trust
Fees  884,205  791,336  760,118
Both
Loans  329,648,750  311,320,560  290,022,120
Losses  12,569,416  7,350,020  {losses}
Fees  5,930,554  5,417,200  4,988,731
"""
"""The loans of one business are another amount in the first column, and no slip of the fingers."""


def test_parts_that_add_up_for_another_caption_bear_each_other_out() -> None:
    assert [instance.total for instance in licensed(sums(BUSINESSES.format(losses="6,624,724")))] == ["t0r10c0"]


def test_parts_that_do_not_in_one_column_of_another_caption_bear_nothing_out() -> None:
    assert licensed(sums(BUSINESSES.format(losses="7,108,355"))) == []


def test_a_name_that_says_nothing_has_no_parts() -> None:
    assert not any(
        "Products" in relation
        for relation in relations(PRODUCTS.replace("Net sales", "Other"))
        if relation.startswith("Other")
    )


INTANGIBLES = """
Snacks
Goodwill  1,451  14  1,465
Brands  751  (36)  715
Total  2,202  (22)  2,180
Drinks
Goodwill  11,947  (4)  11,943
Franchises  7,061  28  7,089
Brands  2,508  .  2,508
Total  21,516  24  21,540
Total goodwill  13,398  10  13,408
Total franchises  7,061  28  7,089
Total brands  3,259  (36)  3,223
Total  23,718  2  23,720
"""

EQUITY = """
Total equity, beginning balances  60,146  48,672
Common stock
Beginning balances  73,812  64,849
Stock issued  1,423  8,963
Ending balances  75,235  73,812
Retained earnings
Beginning balances  (13,666)  (16,177)
Net income  5,736  2,511
Ending balances  (7,930)  (13,666)
Total equity, ending balances  67,305  60,146
"""


def test_a_total_adds_up_the_lines_of_all_sections_that_it_names() -> None:
    found = relations(INTANGIBLES)
    assert "Total goodwill = Snacks: Goodwill + Drinks: Goodwill" in found
    assert "Total brands = Snacks: Brands + Drinks: Brands" in found
    assert "Total = Total goodwill + Total franchises + Total brands" in found


def test_lines_that_a_named_total_adds_up_still_make_the_totals_of_their_sections() -> None:
    assert "Total = Goodwill + Brands" in relations(INTANGIBLES)
    assert "Total = Goodwill + Franchises + Brands" in relations(INTANGIBLES)


def test_a_slip_in_a_total_that_names_its_parts_speaks() -> None:
    broken = licensed(sums(INTANGIBLES.replace("Total goodwill  13,398", "Total goodwill  13,938")))
    assert "t0r9c0" in {instance.total for instance in broken}


def test_the_total_of_all_opening_balances_is_found_where_it_stands_above_them() -> None:
    assert any(relation.startswith("Total equity, beginning balances = ") for relation in relations(EQUITY))


def test_a_slip_in_an_opening_total_speaks_where_the_other_column_holds() -> None:
    broken = licensed(sums(EQUITY.replace("60,146  48,672", "60,416  48,672")))
    assert [instance.total for instance in broken] == ["t0r0c0"]
