"""The labels of question-answering sets: which are plain, and what the rule language makes of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benchmarks.derivations import Question, outcome, plain
from benchmarks.tables import Cut
from checker.language import load

_ROWS = (
    ("", "2019", "2018"),
    ("Revenue", "$ 1,200", "$ 1,000"),
    ("Cost of revenue", "(700)", "(600)"),
    ("Gross margin", "41.7%", "40.0%"),
)
_TABLE = Cut("test", "test", _ROWS)


@pytest.mark.parametrize(
    ("arithmetic", "expected"),
    [
        ("1200 - 1000", ("change", (1200, 1000))),
        ("(1200 - 1000) / 1000 * 100", ("percent change", (1200, 1000))),
        ("(1200 - 1000) / 1200", None),
        ("1200 + 1000 + 5.5", ("sum", (1200, 1000, Fraction(11, 2)))),
        ("700 / 1200", ("ratio", (700, 1200))),
        ("(1200 + 1000) / 2", None),
        ("1200 *", None),
    ],
)
def test_what_is_plain(arithmetic: str, expected: tuple[str, tuple[int, ...]] | None) -> None:
    assert plain(arithmetic) == expected


@pytest.mark.parametrize(
    ("kind", "operands", "answer", "factor", "expected"),
    [
        ("change", (1200, 1000), "200", 1, "agrees"),
        ("change", (1000, 1200), "-200", 1, "agrees"),
        ("percent change", (1200, 1000), "20.0%", 100, "agrees"),
        ("percent change", (1200, 1000), "0.2", 1, "agrees"),
        ("percent change", (1200, 1000), "21.0%", 100, "another answer (violation)"),
        ("sum", (1200, -700), "500", 1, "agrees"),
        ("ratio", (700, 1200), "58.3", 100, "agrees"),
        ("change", (Fraction("41.7"), 40), "1.7", 1, "agrees"),
        ("change", (1200, 999), "201", 1, "a cell was not read"),
    ],
)
def test_names_give_the_answer(
    kind: str, operands: tuple[Fraction, ...], answer: str, factor: int, expected: str
) -> None:
    question = Question("test", "test", "", kind, tuple(Fraction(one) for one in operands), answer, factor, _TABLE)
    assert outcome(question, load([])) == expected
