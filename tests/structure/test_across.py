"""Sums across the lines of a table."""

from __future__ import annotations

from tests.structure.tables import licensed, sums

HEADS = ("Retail", "Wholesale", "Eliminations", "Total")
SEGMENTS = """
Revenues  41,302  27,455  (1,204)  67,553
Cost of sales  30,118  19,770  (1,204)  48,684
Depreciation  2,745  1,933  -  4,678
Operating income  8,439  5,752  -  14,191
Assets  88,217  61,090  (7,350)  141,957
"""


def test_segments_and_eliminations_make_the_total() -> None:
    (found,) = [each for each in sums(SEGMENTS, HEADS) if each.kind == "row total"]
    assert found.relation == "Total = Retail + Wholesale + Eliminations"
    assert len(found.instances) == 5


def test_three_lines_are_no_witness() -> None:
    assert not [each for each in sums("\n".join(SEGMENTS.strip().splitlines()[:3]), HEADS) if each.kind == "row total"]


def test_one_mistyped_figure_is_seen_in_its_line() -> None:
    (instance,) = [each for each in licensed(sums(SEGMENTS.replace("61,090", "16,090"), HEADS)) if "slip" in each.licensed]
    assert instance.total == "t0r4c3"
