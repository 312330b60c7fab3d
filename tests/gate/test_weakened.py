"""Whatever asks for less than usual is named, with the file or the option it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from checker.gate.baseline import Baseline
from checker.gate.policy import Policy
from checker.gate.waivers import Entry, Waivers
from checker.gate.weakened import weakened
from checker.language import load

TODAY = dt.date(2026, 7, 1)
PLAIN = Policy(TODAY)
NONE: Mapping[str, object] = {
    "select": (),
    "ignore": (),
    "no-shipped": False,
    "min-coverage": None,
    "clearly-trivial": None,
}


def said(
    settings: Mapping[str, object], policy: Policy = PLAIN, rules: tuple[Path, ...] = (), typed: tuple[str, ...] = ()
) -> tuple[str, ...]:
    return weakened(
        {**NONE, **settings},
        lambda name: "options" if name in typed else "tieout.toml",
        load(list(rules), shipped=True),
        policy,
    )


def test_a_run_without_a_weakening_says_nothing() -> None:
    assert said({"min-coverage": 80}) == ()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ignore": ("a/*", "b/*", "c")}, "ignore 3"),
        ({"select": ("a",)}, "select 1"),
        ({"min-coverage": 0}, "min-coverage 0"),
        ({"no-shipped": True}, "no-shipped"),
        ({"clearly-trivial": "1000 billion"}, "clearly-trivial 1000 billion"),
    ],
)
def test_a_setting_that_asks_for_less_is_named(settings: Mapping[str, object], words: str) -> None:
    assert said(settings) == (f"tieout.toml: {words}",)


def test_every_source_is_named_once() -> None:
    both = said({"ignore": ("a",), "min-coverage": 0, "select": ("b",)}, typed=("select",))
    assert both == ("options: select 1", "tieout.toml: ignore 1, min-coverage 0")


def test_skips_and_overrides_of_rule_files_are_named(tmp_path: Path) -> None:
    rules = tmp_path / "house.rules"
    rules.write_text(
        'skip us-gaap/balance-sheet/balance\n    because "x"\n\noverride us-gaap/income-statement/gross-profit\n   '
        ' severity note\n    because "x"\n'
    )
    (one,) = said({}, rules=(rules,))
    assert one.endswith("house.rules: skip 1, override 1")


def test_an_override_that_only_asks_for_more_weakens_nothing(tmp_path: Path) -> None:
    rules = tmp_path / "house.rules"
    rules.write_text('override us-gaap/income-statement/gross-profit\n    severity error\n    because "x"\n')
    assert said({}, rules=(rules,)) == ()


def test_waivers_and_a_baseline_are_named() -> None:
    entry = Entry("a/b", "draft.md", "as restated", "CFO", TODAY)
    policy = Policy(
        TODAY, waivers=Waivers("w.toml", (entry,)), baseline=Baseline("b.json", {("draft.md", "a/b", "1"): 9})
    )
    assert said({}, policy) == ("w.toml: 1 waiver", "b.json: 9 findings counted")
