"""Alarms on published documents, and which falsified figures raise a violation, from inside the program and by halves
of the companies.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.detection [--mutants 5] [--seed 1] [--documents N] [--groups a_release
    b_filing] [--alarms] [--misses]

A published document is taken to be right: every violation above note is an alarm until someone has read it. Then single
figures of its tables are falsified, one per copy. A copy counts as detected when more violations rest on a figure in
the falsified place than on the document as published; as located when the best-scored suspect of those stands there; as
located among three when one of the three best does. Numbers are drawn by markup and spacing alone
(`mutations.printed`), so that a document or a figure that could not be read counts against the program. "Primary" are
tables that look like a balance sheet, an income or a cash-flow statement by their words. The two halves hold different
companies: what is tuned on one is believed on the other.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from benchmarks.corpus import Filed, files, half, root, sampled, share
from benchmarks.mutations import KEYING, KINDS, Mutation, applied, drawn, is_markup, printed
from checker.core.finding import Finding
from checker.core.report import Checked
from checker.core.rule import Rulebook
from checker.language import load
from checker.pipeline import check

Span = tuple[int, int]
HALVES = ("first", "second")
_PRIMARY = (
    ("total assets", "liabilities"),
    ("operating activities", "financing activities"),
    (
        r"net (?:income|loss|earnings)",
        r"revenue|sales|interest income|premiums",
        r"operating|before (?:income )?tax|provision for",
    ),
)


@frozen
class Outcome:
    """What became of one falsified copy."""

    document: str
    change: Mutation
    primary: bool
    detected: bool = False
    located: bool = False
    among_three: bool = False
    stray: int = 0
    """New violations that rest elsewhere."""


def loud(checked: Checked) -> list[Finding]:
    """The violations above note."""
    return [one for one in checked.findings if one.verdict == "violation" and one.severity != "note"]


def told(finding: Finding) -> str:
    """One line that says what a finding is about."""
    return f"{finding.check.rule} | {finding.check.relation[:150]} | {finding.check.period} | {finding.message}"


def standing(checked: Checked, span: Span) -> set[str]:
    """The figures that stand in this place."""
    return {one.id for one in checked.figures if one.place.span[0] < span[1] and span[0] < one.place.span[1]}


def resting(checked: Checked, span: Span) -> list[Finding]:
    """The violations that rest on a figure in this place."""
    here = standing(checked, span)
    return [one for one in loud(checked) if any(figure.id in here for figure in one.check.figures)]


def judged(published: Checked, change: Mutation, copy: Checked) -> tuple[bool, bool, bool, int]:
    """Detected, located, located among three, and the number of stray violations."""
    fresh, here = resting(copy, change.now_at), standing(copy, change.now_at)
    if len(fresh) <= len(resting(published, change.span)):
        fresh = []
    ranked = sorted((suspect for one in fresh for suspect in one.suspects), key=lambda suspect: -suspect.score)
    best = [suspect.figure in here for suspect in ranked[:3]]
    return bool(fresh), best[:1] == [True], any(best), max(0, len(loud(copy)) - len(loud(published)) - len(fresh))


def is_primary(content: bytes, span: Span) -> bool:
    """Whether a number stands in a primary statement, by the words of its table (in text: of its surroundings)."""
    if is_markup(content):
        begin, end = content.rfind(b"<table", 0, span[0]), content.find(b"</table", span[0])
    else:
        begin, end = max(0, span[0] - 2500), span[0] + 2500
    words = re.sub(rb"<[^>]*>", b" ", content[begin:end]).decode("utf-8", "replace").lower()
    return any(all(re.search(word, words) for word in several) for several in _PRIMARY)


def outcomes(document: Filed, published: Checked, rulebook: Rulebook, options: argparse.Namespace) -> list[Outcome]:
    """Each falsified copy of one document with what became of it."""
    content = document.content()
    rng = random.Random(f"{options.seed}|{document.company}/{document.name}")
    found = []
    for change in drawn(content, printed(content), options.mutants, rng):
        copy = check(document.name, applied(content, change), rulebook)
        found.append(
            Outcome(
                f"{document.company}/{document.name}",
                change,
                is_primary(content, change.span),
                *judged(published, change, copy),
            )
        )
    return found


def table(found: Iterable[Outcome]) -> list[str]:
    """One line for each kind of slip and each kind of place."""
    several = list(found)
    groups: list[tuple[str, list[Outcome]]] = [
        (kind, [one for one in several if one.change.kind == kind]) for kind in KINDS
    ]
    slips = [one for one in several if one.change.kind in KEYING]
    groups += [
        ("keying slips in primary statements", [one for one in slips if one.primary]),
        ("keying slips in other tables", [one for one in slips if not one.primary]),
        ("keying slips in all tables", slips),
        ("all", several),
    ]
    lines = []
    for name, group in groups:
        seen = sum(one.detected for one in group)
        located = (
            (
                f"located first {sum(one.located for one in group)}/{seen}, among three "
                f"{sum(one.among_three for one in group)}/{seen}"
            )
            if seen
            else ""
        )
        lines.append(f"  {name:36} {share(seen, len(group)):36} {located}")
    return lines


def summary(name: str, documents: Sequence[tuple[Filed, Checked]], found: Sequence[Outcome]) -> list[str]:
    """The printed block of one half."""
    read = [checked for _, checked in documents if checked.figures]
    alarms = [len(loud(checked)) for checked in read]
    figures = sum(checked.summary.figures for checked in read)
    untested = sum(checked.summary.untested for checked in read)
    return [
        f"{name}: {len(documents)} documents of {len({document.company for document, _ in documents})} companies",
        f"  read   {share(len(read), len(documents))}",
        f"  tested {share(figures - untested, figures)} of the table figures",
        (
            f"  alarms {sum(alarms)}, {sum(alarms) / max(1, len(read)):.3f} a document; documents with one "
            f"{share(sum(map(bool, alarms)), len(read))}"
        ),
        *table(found),
        f"  new violations that rest elsewhere: {sum(one.stray for one in found)}",
    ]


def main() -> None:
    """Print the tables of both halves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutants", type=int, default=5)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--documents", type=int, default=10_000, help="so many documents, drawn by the seed")
    parser.add_argument("--groups", nargs="+", default=["a_release", "b_filing"])
    parser.add_argument("--alarms", action="store_true", help="list every alarm")
    parser.add_argument(
        "--misses", action="store_true", help="list what was not detected in the first half, the one to tune on"
    )
    options = parser.parse_args()
    begun, rulebook = time.process_time(), load([])
    chosen = sampled([one for one in files(root(), options.groups) if one.is_text], options.documents, options.seed)
    documents: dict[str, list[tuple[Filed, Checked]]] = {name: [] for name in HALVES}
    found: dict[str, list[Outcome]] = {name: [] for name in HALVES}
    listing: Counter[str] = Counter()
    for one in chosen:
        published, name = check(one.name, one.content(), rulebook), half(one.company, options.seed)
        documents[name].append((one, published))
        found[name] += outcomes(one, published, rulebook, options)
        listing.update(f"alarm: {one.company}/{one.name} {told(alarm)}" for alarm in loud(published))
        if not published.figures:
            listing[f"not read: {one.company}/{one.name}"] += 1
    print(
        f"companies split by sha256 of '{options.seed}|company', {options.mutants} falsified copies a "
        f"document; shares with 95 % intervals"
    )
    for name in HALVES:
        print("\n".join(["", *summary(name, documents[name], found[name])]))
    print("\n" + "\n".join(["both halves", *table([one for name in HALVES for one in found[name]])]))
    if options.alarms:
        print("\n" + "\n".join(listing))
    if options.misses:
        for missed in found["first"]:
            if not missed.detected:
                change = missed.change
                print(
                    f"missed: {missed.document} {change.kind} {change.was!r} -> {change.now!r} at "
                    f"{change.span} primary {missed.primary}"
                )
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
