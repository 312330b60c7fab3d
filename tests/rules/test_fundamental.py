"""The table of the fundamental relations and of the data quality rules: complete, and every rule that it names is
there."""

from __future__ import annotations

import re

from checker.language import load
from checker.resources import rules_folder

PAGE = (rules_folder() / "us-gaap" / "fundamental.md").read_text(encoding="utf-8")
RELATIONS = {f"BS{n}" for n in range(1, 6)} | {f"IS{n}" for n in range(1, 12)} | {f"CF{n}" for n in range(1, 7)}
QUALITY = "0004 0009 0084 0090 0108 0114 0117 0118 0126 0128 0130 0140 0187 0224 0227".split()


def _told() -> set[str]:
    rows = " ".join(re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE)[1:])
    spans = re.sub(
        r"(\w\w)(\d) to \1(\d)",
        lambda span: ", ".join(f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)),
        rows,
    )
    return set(re.findall(r"\b(?:BS|IS|CF)\d+", spans))


def test_every_fundamental_relation_has_its_row() -> None:
    assert _told() == RELATIONS


def test_every_data_quality_rule_is_accounted_for() -> None:
    assert [number for number in QUALITY if not re.search(rf"\b{number}\b", PAGE)] == []


def test_every_rule_that_the_table_names_is_there() -> None:
    ids = {rule.id for rule in load([]).rules}
    missing = []
    for file, names in re.findall(r"\[[\w-]+\]\(([\w-]+)\.md\): ([^.|;]+)", PAGE):
        for name in re.split(r", | and ", names):
            if (
                re.fullmatch(
                    r"[a-z]+(?:-[a-z0-9]+)+|balance|split|equity|activities|noncurrent|liabilities", name.strip()
                )
                and f"us-gaap/{file}/{name.strip()}" not in ids
            ):
                missing.append(f"us-gaap/{file}/{name.strip()}")
    assert missing == []
