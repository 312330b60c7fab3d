"""The judge's benchmark: what its slips of whole lines do to a document, and what leaving an objection out may do."""

from __future__ import annotations

import random
from collections import Counter

from benchmarks.judge import Slip, _line, curve, observations, voice, weighed
from benchmarks.mutations import printed
from checker.judge.sums import OBJECTIONS

PAGE = b"""Balance sheet (in thousands)

                              2024       2023
Cash                        12,480     10,935
Receivables                 31,722     29,450
Inventories                 18,651     19,004
Total current assets        62,853     59,389
"""


def test_a_line_is_left_out_or_printed_twice() -> None:
    place = next(one for one in printed(PAGE) if one.text == "31,722")
    fewer, more = _line(PAGE, place, "left out"), _line(PAGE, place, "printed twice")
    assert fewer is not None and more is not None
    assert b"Receivables" not in fewer and len(fewer.splitlines()) == len(PAGE.splitlines()) - 1
    assert more.count(b"Receivables                 31,722     29,450\n") == 2


def test_an_objection_that_is_left_out_silences_nothing_more() -> None:
    seen = list(observations(("Acme", "page.txt", PAGE), random.Random(3), 24))
    assert [one.broken for one in seen if not one.kind] == [()] and len(seen) == 9
    for one in seen:
        for objection in OBJECTIONS:
            assert len(voice(one)) <= len(voice(one, [other for other in OBJECTIONS if other is not objection]))
    assert [line.split(":")[0] for line in weighed(seen) if "bits:" in line] == [
        f"  {more:+3} bits" for more in (-6, -4, -2, -1, 0, 1, 2, 4)
    ]


def test_the_points_of_the_curve_only_rise() -> None:
    heard = [frozenset({"error"}), frozenset({"warning"}), frozenset({"note"}), frozenset[str]()]
    lines = list(curve([Slip("digit", True, True, one) for one in heard], Counter(error=1, note=2), 2))
    assert [line.split(";")[1].split("(")[1].split(";")[0].split("/")[0] for line in lines[0:6:2]] == ["1", "2", "3"]
