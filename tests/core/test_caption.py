"""How captions compare."""

from __future__ import annotations

import pytest

from checker.core.caption import normal


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Basic (in dollars per share)", "basic"),
        ("Diluted (in shares)", "diluted"),
        ("Net sales (in U.S. dollars)", "net sales"),
        ("Net (loss) income (unaudited)", "net income"),
        ("(in shares)", "in shares"),
        ("Deposits (in transit)", "deposits in transit"),
    ],
)
def test_brackets_that_give_a_unit_or_a_sign_are_no_part_of_a_caption(printed: str, plain: str) -> None:
    assert normal(printed) == plain
