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


def test_a_name_that_says_nothing_has_no_parts() -> None:
    assert not any("Products" in relation for relation in relations(PRODUCTS.replace("Net sales", "Other")) if relation.startswith("Other"))
