"""The benchmark of wrong amounts of sentences makes what it says."""

from __future__ import annotations

import random

from benchmarks.sentences import KINDS, tried
from checker.extract import extract
from checker.language import load
from checker.read import read

_TEXT = (
    b"Acme Inc. (NASDAQ: ACME) results for its first quarter ended March 31, 2013.\n\nNet revenue was $4.9 million in"
    b" the first quarter of 2013, compared to $3.5 million in the first quarter of 2012, up 38%.\n\nGross profit was"
    b" $3.2 million in the first quarter of 2013, compared to $2.2 million in the first quarter of"
    b" 2012.\n\nConsolidated Statements of Operations\n(in thousands)\n\n\tThree Months Ended March"
    b" 31,\t\n\t2013\t2012\nNet revenue\t4,882\t3,528\nCost of goods sold\t1,700\t1,320\nGross profit\t3,182\t2,208\n"
)


def test_every_kind_is_tried_and_most_are_found() -> None:
    found = list(tried(extract(read("acme.txt", _TEXT)), load([]), 3, random.Random(1)))
    assert {one.kind for one in found} == set(KINDS)
    assert 2 * sum(one.found for one in found) > len(found)
    # the year that is changed may be that of the amount beside it
    assert not any(one.found and one.same for one in found if one.kind != "period")
