"""A proposed amount looks like the figure it would replace."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from checker.diagnose.printing import printed_as
from tests.evaluate.making import figure


@pytest.mark.parametrize(("text", "value", "step", "scale", "amount", "proposed"), [
    ("(1,596,280)", "-1596280", "1", "1", "-1956280", "(1,956,280)"),
    ("1,596,280", "1596280", "1", "1", "-1956280", "(1,956,280)"),
    ("(1,596,280)", "-1596280", "1", "1", "1956280", "1,956,280"),
    ("-1,596", "-1596", "1", "1", "1956", "1,956"),
    ("999", "999", "1", "1", "12345", "12,345"),
    ("1596280", "1596280", "1", "1", "1956280", "1956280"),
    ("1 596 280", "1596280", "1", "1", "1956280", "1 956 280"),
    ("1.596.280", "1596280", "1", "1", "1956280", "1.956.280"),
    ("1.596,28", "1596.28", "0.01", "1", "1956.28", "1.956,28"),
    ("16.2 million", "16200000", "100000", "1000000", "12600000", "12.6 million"),
    ("40.2%", "40.2", "0.1", "1", "42.0", "42.0%"),
    ("40.2%", "40.2", "0.1", "1", "-4.2", "(4.2%)"),
    ("(0.01)", "-0.01", "0.01", "1", "-0.10", "(0.10)"),
    ("4,281", "4281000", "1000", "1000", "4821000", "4,821"),
    ("4,281.5", "4281500", "100", "1000", "4821500", "4,821.5"),
    ("$ 1.234", "1.234", "0.001", "1", "1.324", "$ 1.324"),
    ("-", "0", "1", "1", "58145", "58,145"),
    ("1'234'567", "1234567", "1", "1", "7654321", "7'654'321"),
])  # fmt: skip
def test_in_the_style_of_the_figure(text: str, value: str, step: str, scale: str, amount: str, proposed: str) -> None:
    assert printed_as(figure("a", value, step, text=text, scale=Decimal(scale)), Fraction(amount)) == proposed
