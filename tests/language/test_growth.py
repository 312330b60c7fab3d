"""Rule files of strangers: reading one and looking for its mistakes takes as many times longer as it is longer, and no
pattern in it takes for ever.

Counted are the lines of the program that are run through, never seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import load
from checker.language.ids import fits
from checker.workshop.linting import linted
from tests.work import lines_run

TIMES = 4
ROOM = 1.5

SHAPES: dict[str, Callable[[int], str]] = {
    "aliases of one name": lambda count: "".join(f"concept C{i}\n    aka Revenues\n" for i in range(count)),
    "elided captions": lambda count: "".join(f'Revenues = "C (..." + "(... {i}"\n' for i in range(count)),
    "equal left sides": lambda count: "Gross profit = Revenues - Cost of revenues\n" * count,
    "faulty rules": lambda count: "".join(f"rule r{i}\n    Grosss profitt {i} == Revenuez -\n" for i in range(count)),
    "names that nobody knows": lambda count: "".join(
        f"concept Item {i} of stock\n    instant\nItem {i} of stocks = Item {i} of stick\n" for i in range(count)
    ),
    "definitions of something": lambda count: "".join(
        f"define Growth{i} of X = X - prior X\nGrowth{i} of Revenue{i} > 0\n" for i in range(count)
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_rules_grows_as_the_file_does(shape: str, tmp_path: Path) -> None:
    def work(count: int) -> int:
        path = tmp_path / f"{count}.rules"
        path.write_text(SHAPES[shape](count), encoding="utf-8")
        return lines_run(lambda: linted([path]))

    work(25)  # what is worked out once for a process is not of the file
    nothing = work(0)
    one, more = work(25) - nothing, work(25 * TIMES) - nothing
    assert more < ROOM * TIMES * one


def test_a_pattern_of_many_stars_is_answered_at_once() -> None:
    long = "a" * 100_000
    assert not fits("*a" * 500 + "*b", long)
    assert fits("*a" * 500 + "*", long)


def test_a_file_whose_patterns_were_made_to_hang_is_read(tmp_path: Path) -> None:
    path = tmp_path / "g.rules"
    path.write_text(
        f'rule {"a" * 60}\n    Revenues = Goodwill\noverride {"*a" * 40}*b\n    severity note\n    because "x"\n',
        encoding="utf-8",
    )
    assert [problem.severity for problem in load([path]).problems] != []


@given(st.text("ab/*", max_size=8), st.text("ab/", max_size=12))
def test_a_pattern_fits_what_its_regular_expression_fits(target: str, own: str) -> None:
    meant = re.compile(".*".join(re.escape(part) for part in target.split("*")) + r"(?:/.*)?", re.DOTALL)
    assert fits(target, own) is (meant.fullmatch(own) is not None)
