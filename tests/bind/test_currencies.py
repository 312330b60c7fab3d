"""An amount of a rule speaks of its currency: on a page in another one the rule does not apply, and says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from checker.core.finding import Finding
from checker.language import load
from checker.pipeline import check

Found = Callable[[str, str, str], list[Finding]]
PAGE = """
# Consolidated balance sheet

({head})

| | December 31, 2024 | December 31, 2023 |
|---|---|---|
| Total current assets | {sign}135.0 | {sign}115.0 |
| Property | 65.0 | 55.0 |
| Total assets | {sign}200.0 | {sign}170.0 |
"""


@pytest.fixture(name="found")
def _found(tmp_path: Path) -> Found:
    return partial(found_in, tmp_path / "house.rules")


def found_in(file: Path, rule: str, head: str, sign: str) -> list[Finding]:
    file.write_text(rule)
    checked = check("release.md", PAGE.format(head=head, sign=sign).encode(), load([file], shipped=False))
    return [one for one in checked.findings if one.check.house]


@pytest.mark.parametrize(
    ("amount", "head", "sign"),
    [
        ("$150 million", "in millions of euros", ""),
        ("$150 million", "in millions", "€"),
        ("€150 million", "in millions of U.S. dollars", "$"),
        ("CHF 150 million", "in millions of euros", "€"),
        ("HK$150 million", "in millions of euros", "€"),
        ("EUR 150 million", "£ million", "£"),
        ("¥150 million", "in millions of U.S. dollars", "$"),
    ],
)
def test_amounts_of_another_currency_decide_nothing(found: Found, amount: str, head: str, sign: str) -> None:
    (one,) = found(f"rule a\n    Total assets >= {amount}\n", head, sign)
    assert one.verdict == "not applicable"
    assert (one.check.reason or "").startswith(f"the rule speaks of {amount.split('150')[0].strip()}, and the page")


@pytest.mark.parametrize(
    ("amount", "head", "sign"),
    [
        ("$180 million", "in millions of U.S. dollars", "$"),
        ("$180 million", "in millions of Canadian dollars", "$"),
        ("US$180 million", "in millions of U.S. dollars", "$"),
        ("€180 million", "in millions of euros", ""),
        ("EUR 180 million", "in millions", "€"),
        ("CHF 180 million", "CHF million", ""),
        ("CHF 180 million", "in millions", ""),  # a page that names no currency is judged
        ("180 million", "in millions of euros", "€"),
        ("¥180 million", "RMB million", ""),
    ],
)
def test_amounts_of_the_currency_of_the_page_are_judged(found: Found, amount: str, head: str, sign: str) -> None:
    assert [one.verdict for one in found(f"rule a\n    Total assets >= {amount}\n", head, sign)] == [
        "agrees",
        "violation",
    ]


@pytest.mark.parametrize(
    "clause", ["when Total assets > $10 million", "tolerance $1 million", "severity warning; error above $1 million"]
)
def test_clauses_speak_of_their_currency_too(found: Found, clause: str) -> None:
    rule = f"rule a\n    Total assets = Total current assets + 65 million\n    {clause}\n"
    (one,) = found(rule, "in millions of euros", "€")
    assert one.verdict == "not applicable"
    assert "the rule speaks of $" in (one.check.reason or "")
    assert [each.verdict for each in found(rule, "in millions of U.S. dollars", "$")] == ["agrees", "violation"]
