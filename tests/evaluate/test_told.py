"""Every amount of a sentence is counted once: tied to a table, held against the text alone, or untied for one
reason."""

from __future__ import annotations

from checker import pipeline
from checker.language import load

_TEXT = (
    "Acme Inc. (NASDAQ: ACME) results for its first quarter ended March 31, 2013.\n\nNet revenue was $4.9 million in"
    " the first quarter of 2013, compared to $3.5 million in the first quarter of 2012, up 38%.\n\nThe order book grew"
    " 20% to $12.0 million in the first quarter of 2013 from $10.0 million in the first quarter of 2012.\n\nNet revenue"
    " rose 31% at constant exchange rates in the first quarter of 2013. Store rents were $0.4 million in the first"
    " quarter of 2013.\n\nWe expect net revenue of $5.2 million in the second quarter of 2013.\n\nConsolidated"
    " Statements of Operations\n(in thousands)\n\n\tThree Months Ended March 31,\t\n\t2013\t2012\nNet"
    " revenue\t4,882\t3,528\nCost of goods sold\t1,700\t1,320\nGross profit\t3,182\t2,208\n"
)


def test_each_amount_is_counted_once() -> None:
    said = pipeline.check("acme.txt", _TEXT.encode(), load([])).told
    assert said is not None
    assert (said.amounts, said.tied, said.together) == (9, 3, 3)
    assert dict(said.untied) == {
        "of what no table shows": 1,
        "of the future, or of no period": 1,
        "on another basis": 1,
    }
    assert said.tied + said.together + sum(count for _, count in said.untied) == said.amounts


def test_a_document_without_sentences_has_none_to_count() -> None:
    said = pipeline.check("acme.txt", b"Revenue\t4,882\t3,528\n", load([])).told
    assert said is not None and said.amounts == 0 and not said.untied
