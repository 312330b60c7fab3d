"""What a draft is worth: `tieout infer` on the first release of each issuer that has several, and its rules held
against the others: how many apply there, what they say, and how many alarms they raise.

A rule applies where it is judged in at least one period. An alarm is a violation at error; every one is a rule that
held by chance, a statement that changed its lines, or a difference in the later release.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from itertools import groupby
from pathlib import Path

from attrs import frozen

from benchmarks import corpus
from checker.core.report import Checked
from checker.language import load
from checker.pipeline import check
from checker.workshop.drafting import drafted


@frozen
class Tried:
    """The draft of one issuer on one of its other releases."""

    rules: int
    applied: int
    verdicts: Counter[str]
    alarms: int


def tried(checked: Checked, rules: int) -> Tried:
    """What the rules of a draft said of another release."""
    own = [one for one in checked.findings if one.check.house and one.verdict != "not applicable"]
    return Tried(
        rules,
        len({one.check.rule for one in own}),
        Counter(one.verdict for one in own),
        sum(one.verdict == "violation" and one.severity == "error" for one in own),
    )


def main() -> None:
    """Prints a line an issuer and one for all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--most", type=int, default=3, help="other releases of an issuer at most")
    most = asked.parse_args().most
    folder = corpus.root()
    found = [
        one
        for batch in (folder, folder / "second")
        if (batch / "manifest.csv").is_file()
        for one in corpus.files(batch, ("a_release",))
        if one.is_text
    ]
    print(f"{'':20}{'rules':>6}{'releases':>10}{'applied':>9}{'agree':>8}{'rounding':>10}{'violated':>10}{'alarms':>8}")
    every: list[Tried] = []
    for company, group in groupby(sorted(found, key=lambda one: (one.company, one.name)), key=lambda one: one.company):
        first, *others = list(group)
        if not others:
            continue
        made = drafted(first.name, first.content())
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "draft.rules"
            path.write_text(made.text, encoding="utf-8")
            book = load([path])
            rules = sum(not rule.shipped for rule in book.rules)
            own = [tried(check(one.name, one.content(), book), rules) for one in others[:most]] if rules else []
        every += own
        print(row(company, rules, own))
    print(row("all", sum(one.rules for one in every), every))


def row(name: str, rules: int, own: list[Tried]) -> str:
    """A line of the table; applied is the share of rule and release that were judged."""
    counts = sum((one.verdicts for one in own), Counter[str]())
    asked = sum(one.rules for one in own)
    share = f"{sum(one.applied for one in own) / asked:.0%}" if asked else "-"
    alarms = sum(one.alarms for one in own)
    return (
        f"{name:20}{rules:6}{len(own):10}{share:>9}{counts['agrees']:8,}{counts['rounding']:10,}"
        f"{counts['violation']:10,}{alarms:8,}"
    )


if __name__ == "__main__":
    main()
