"""How often the wrong figure is named: figures of real documents are falsified, one or two per copy, and the suspects
are looked at.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.diagnose [--kinds 3] [--seed 5]

Releases and filings are parted in two halves by company and seed: costs were tuned on the first; the second is what to
believe. Every falsification changes the text of the file and the whole program runs over the copy. Each document gets
`--kinds` of the eight kinds, drawn by the seed, and one copy with two errors; the example release gets far more. A
falsification counts as detected when more violations above note rest on a figure in its place than on the document as
published. *First*: the best-scored suspect of those violations stands there. *Right amount*: and what it should read is
what was printed. A *single name* is a story that leaves no choice. Two errors are told apart when each is the first
suspect of violations that rest on it.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.corpus import files, half, root, share
from benchmarks.mutations import KEYING, KINDS, Kind, Mutation, applied, mutation, printed
from checker.bind import bind
from checker.core.figure import Figure
from checker.core.finding import Finding, Suspect
from checker.core.rule import Rulebook
from checker.diagnose import diagnose
from checker.evaluate import evaluate
from checker.language import load
from checker.pipeline import release

SEED = Path(__file__).parent.parent / "examples" / "fusion-2013q1.md"
ALL: tuple[Kind, ...] = (*KINDS, "scale")
SLIPS = (*KEYING, "scale")
EXAMPLE, FIRST, SECOND = "the example release", "first half (tuned on)", "second half"


@frozen
class Error:
    """One falsification as it stands in the copy: its place, and the text that was there."""

    kind: Kind
    span: tuple[int, int]
    was: str
    before: int
    """Violations that rest on its place in the published document."""


@frozen
class Copy:
    """A falsified document, checked but not yet diagnosed."""

    name: str
    errors: tuple[Error, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    published: frozenset[str]
    """Ids of the violations of the published document."""


# ---- copies ----------------------------------------------------------------------------------------------------------


def copies(
    document: tuple[str, bytes], rulebook: Rulebook, kinds: Sequence[Kind], rng: random.Random
) -> Iterator[Copy]:
    """A copy with one error for each kind, and one with two errors for every four kinds or fewer."""
    name, content = document
    clean = release(name, content)
    loud = [finding for finding in evaluate(bind(clean, rulebook)) if counts(finding)]
    for changes in _changes(content, kinds, rng):
        text, errors = content, list[Error]()
        for change in sorted(changes, key=lambda change: -change.span[0]):
            before = sum(any(_overlap(figure, change.span) for figure in finding.check.figures) for finding in loud)
            moved = len(change.now) - len(change.was)
            errors = [
                Error(one.kind, (one.span[0] + moved, one.span[1] + moved), one.was, one.before) for one in errors
            ]
            errors.append(Error(change.kind, change.now_at, change.was.decode(), before))
            text = applied(text, change)
        copy = release(name, text)
        yield Copy(
            name, tuple(errors), copy.figures, evaluate(bind(copy, rulebook)), frozenset(finding.id for finding in loud)
        )


def _changes(content: bytes, kinds: Sequence[Kind], rng: random.Random) -> Iterator[tuple[Mutation, ...]]:
    places = printed(content)
    if not places:
        return

    def one(kind: Kind) -> Mutation | None:
        tried = (mutation(content, place, kind, rng) for place in rng.sample(places, min(12, len(places))))
        return next((change for change in tried if change is not None), None)

    for kind in kinds:
        change = one(kind)
        if change is not None:
            yield (change,)
    for _ in range((len(kinds) + 3) // 4):
        two = [one(rng.choice(KEYING)) for _ in range(2)]
        if (
            two[0] is not None
            and two[1] is not None
            and (two[0].span[1] < two[1].span[0] or two[1].span[1] < two[0].span[0])
        ):
            yield two[0], two[1]


def counts(finding: Finding) -> bool:
    """Whether it is a violation above note."""
    return finding.verdict == "violation" and finding.severity != "note"


def _overlap(figure: Figure, span: tuple[int, int]) -> bool:
    return figure.place.span[0] < span[1] and span[0] < figure.place.span[1]


# ---- judging ---------------------------------------------------------------------------------------------------------


def judged(copy: Copy, tally: Counter[str]) -> float:
    """Count what the diagnosis says of one copy; the processor time it took."""
    began = time.process_time()
    findings = diagnose(copy.findings, copy.figures)
    took = time.process_time() - began
    loud = [finding for finding in findings if counts(finding)]
    truths = [{figure.id for figure in copy.figures if _overlap(figure, error.span)} for error in copy.errors]
    resting = [
        [finding for finding in loud if any(figure.id in here for figure in finding.check.figures)] for here in truths
    ]
    detected = [len(found) > error.before for found, error in zip(resting, copy.errors, strict=True)]
    if len(copy.errors) == 1:
        _one(copy.errors[0], ranked(resting[0]) if detected[0] else [], truths[0], tally)
        tally[f"{copy.errors[0].kind} detected"] += detected[0]
    elif all(detected):
        names = [ranked(found) for found in resting]
        tally["two n"] += 1
        firsts = {one[0].figure for one in names if one}
        three = {suspect.figure for one in names for suspect in one[:3]}
        tally["two apart"] += all(here & firsts for here in truths)
        tally["two three"] += all(here & three for here in truths)
    if any(detected):
        _single([finding for finding in loud if finding.id not in copy.published], set().union(*truths), tally)
    return took


def _one(error: Error, names: Sequence[Suspect], here: set[str], tally: Counter[str]) -> None:
    tally[f"{error.kind} n"] += 1
    tally[f"{error.kind} first"] += any(one.figure in here for one in names[:1])
    tally[f"{error.kind} three"] += any(one.figure in here for one in names[:3])
    tally[f"{error.kind} right"] += any(
        one.figure in here and _digits(one.proposed) == _digits(error.was) for one in names[:1]
    )


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def ranked(findings: Sequence[Finding]) -> list[Suspect]:
    """Every suspect once, likeliest first."""
    named: dict[str, Suspect] = {}
    for suspect in sorted(
        (suspect for finding in findings for suspect in finding.suspects), key=lambda suspect: -suspect.score
    ):
        named.setdefault(suspect.figure, suspect)
    return list(named.values())


def _single(fresh: Sequence[Finding], right: set[str], tally: Counter[str]) -> None:
    """Names printed without a runner-up, over all findings that the errors brought about."""
    stories = {finding.story.id: finding.story for finding in fresh if finding.story is not None}
    tally["stories"] += len(stories)
    for story in stories.values():
        if story.named:
            tally["named"] += 1
            tally["named right"] += set(story.named) <= right


# ---- printing --------------------------------------------------------------------------------------------------------


def table(title: str, tally: Counter[str], times: Sequence[float]) -> Iterator[str]:
    """The lines of one half."""
    yield ""
    yield f"{title}: {sum(tally[f'{kind} n'] for kind in ALL)} copies with one error"
    yield f"  {'error':14}{'detected':>12}  {'first':36}{'among three':>14}{'right amount':>14}"
    for name, kinds in (*((kind, (kind,)) for kind in ALL), ("keying slips", SLIPS)):
        n, detected, first, three, right = (
            sum(tally[f"{kind} {what}"] for kind in kinds) for what in ("n", "detected", "first", "three", "right")
        )
        yield (
            f"  {name:14}{f'{detected}/{n}':>12}  "
            f"{share(first, detected):36}{_percent(three, detected):>14}{_percent(right, detected):>14}"
        )
    yield (
        f"  single names that were right   {share(tally['named right'], tally['named'])}, in {tally['named']} of "
        f"{tally['stories']} stories"
    )
    yield (
        f"  two errors, both detected: told apart {share(tally['two apart'], tally['two n'])}; among three "
        f"{_percent(tally['two three'], tally['two n'])}"
    )
    ordered = sorted(times)
    if ordered:
        at = [1000 * ordered[int(part * (len(ordered) - 1))] for part in (0.5, 0.95, 1)]
        yield f"  diagnosis, ms of processor time a copy: p50 {at[0]:.1f}, p95 {at[1]:.1f}, max {at[2]:.1f}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def main() -> None:
    """Measure the example release, and both halves of the corpus where there is one."""
    options = argparse.ArgumentParser()
    options.add_argument("--kinds", type=int, default=3)
    options.add_argument("--seed", default="5")
    asked = options.parse_args()
    rulebook = load([])
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    times: dict[str, list[float]] = defaultdict(list)
    for copy in copies((SEED.name, SEED.read_bytes()), rulebook, ALL * 24, random.Random(asked.seed)):
        times[EXAMPLE].append(judged(copy, tallies[EXAMPLE]))
    if "TIEOUT_CORPUS" in os.environ:
        for one in files(root(), ("a_release", "b_filing")):
            if one.is_text:
                rng, part = (
                    random.Random(f"{asked.seed} {one.company}/{one.name}"),
                    {"first": FIRST, "second": SECOND}[half(one.company, asked.seed)],
                )
                for copy in copies((one.name, one.content()), rulebook, rng.sample(ALL, asked.kinds), rng):
                    times[part].append(judged(copy, tallies[part]))
    else:
        print("no corpus (TIEOUT_CORPUS): the example release alone")
    print(
        f"companies split by sha256 of '{asked.seed}|company', {asked.kinds} kinds of error a document; "
        f"shares with 95 % intervals"
    )
    for title in (EXAMPLE, FIRST, SECOND):
        if tallies[title]:
            print("\n".join(table(title, tallies[title], times[title])))


if __name__ == "__main__":
    main()
