"""Claims of running text, measured: what is linked, what is noticed when one is corrupted, alarms on published
documents, and the time prose costs.

    python -m benchmarks.claims                              the example, and with TIEOUT_CORPUS=FOLDER its releases and
    filings TIEOUT_CORPUS=FOLDER python -m benchmarks.claims --sample 2 --links 300
                                                             links drawn by a seed, to be read by a person, each with
                                                             the figures it rests on

How many links are right is read off tests/prose/labelled_links.txt: a sample that was drawn by the seed it names and
read against the documents.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from math import comb
from pathlib import Path

from benchmarks.corpus import Filed, files, root
from checker.bind.claims import bind_claims, linked, why_silent
from checker.bind.claims.links import Link
from checker.bind.index import Lines, Names
from checker.bind.lookup import Book, period_text
from checker.core.release import Release
from checker.core.rule import Rulebook
from checker.evaluate import evaluate
from checker.extract import extract
from checker.extract.prose import claims
from checker.language import load
from checker.read import read
from tests.prose.corruption import Corruption, corruptions, links_of

_ROOT = Path(__file__).resolve().parent.parent
_EXAMPLE = _ROOT / "examples" / "fusion-2013q1.md"
_LABELLED = _ROOT / "tests" / "prose" / "labelled_links.txt"
_GROUPS = ("a_release", "b_filing")
_KINDS = ("linked, by words", "linked, by value", "not linked", "no claim")
_LARGEST = 6_000_000


def main() -> None:
    """Print every measurement, or a sample to read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=None, metavar="SEED")
    parser.add_argument("--links", type=int, default=300)
    options = parser.parse_args()
    rulebook = load([])
    if options.sample is not None:
        show(options.sample, options.links, rulebook)
        return
    _example(_EXAMPLE.read_bytes(), rulebook)
    _labelled()
    if os.environ.get("TIEOUT_CORPUS"):
        _published(rulebook)


# ---- the example -----------------------------------------------------------------------------------------------------


def _example(content: bytes, rulebook: Rulebook) -> None:
    release = extract(read("example.md", content))
    links = links_of(release, rulebook)
    print(
        f"example: {len(release.claims)} mentions, {len(links)} linked, {sum(one.off for one in links)} of "
        f"them off, {len(alarms(release, rulebook))} alarms"
    )
    noticed, tried = Counter[str](), Counter[str]()
    missed: list[str] = []
    for corruption in {(one.start, one.end, one.replacement): one for one in corruptions(content, links)}.values():
        tried[corruption.kind] += 1
        corrupted = extract(read("example.md", corruption.applied(content)))
        if alarms(corrupted, rulebook):
            noticed[corruption.kind] += 1
        else:
            missed.append(f"{_shown(content, corruption)}: {_why(corrupted, corruption, rulebook)}")
    for kind, number in tried.items():
        print(f"  corrupted, {kind}: {noticed[kind]} of {number} noticed")
    print(
        f"  corrupted: {noticed.total()} of {tried.total()} noticed "
        f"({100 * noticed.total() / tried.total():.1f} %); not noticed:"
    )
    for line in missed:
        print(f"    {line}")


def _shown(content: bytes, corruption: Corruption) -> str:
    """What was done, in a few words."""
    if corruption.kind.startswith("swapped"):
        return f"{corruption.kind} in {' '.join(corruption.claim.split())!r}"
    line = corruption.applied(content)
    begin = content.rfind(corruption.claim.encode(), 0, corruption.end + len(corruption.claim))
    return f"{corruption.kind}, {corruption.claim} -> {line[begin : begin + len(corruption.claim)].decode()}"


def _why(release: Release, corruption: Corruption, rulebook: Rulebook) -> str:
    """Why nothing is said of it: of what the corrupted sentence claims, the first that is not what the tables show,
    else that all still is."""
    links = links_of(release, rulebook)
    size = max(corruption.end - corruption.start, 40)
    near = [
        one
        for one in links
        if abs(one.claim.figure.place.span[0] - corruption.start)
        < (size + 400 if corruption.kind.startswith("swapped") else 40)
    ]
    off = next((one for one in near if one.off), None)
    if off is None:
        return (
            "no figure has the period that it names now"
            if corruption.kind.startswith("swapped")
            else "rounding explains it"
        )
    reason = why_silent(off, links)
    return (
        f"{off.claim.figure.text.replace(chr(92), '')} is not what the table shows, but "
        f"{reason or 'the sentence names another period'}"
    )


def alarms(release: Release, rulebook: Rulebook) -> list[str]:
    """The violations that claims raise, notes aside."""
    return [
        f"{finding.check.relation}: {finding.message}"
        for finding in evaluate(bind_claims(release, rulebook))
        if finding.verdict == "violation" and finding.severity != "note"
    ]


# ---- published documents ---------------------------------------------------------------------------------------------


def _documents() -> Iterator[tuple[Filed, Release]]:
    for filed in files(root(), _GROUPS):
        if filed.is_text and len(content := filed.content()) <= _LARGEST:
            yield filed, extract(read(filed.name, content))


def _links(release: Release, rulebook: Rulebook) -> tuple[Link, ...]:
    """The links that agree: what disagrees is reported, or is no link."""
    return tuple(one for one in linked(release.claims, Book(Lines(release), Names(rulebook))) if not one.off)


def _published(rulebook: Rulebook) -> None:
    counted: dict[str, Counter[str]] = {group: Counter() for group in _GROUPS}
    companies: dict[str, set[str]] = {group: set() for group in _GROUPS}
    raised: list[str] = []
    prose = seconds = linking = 0.0
    for filed, release in _documents():
        ids = count(1)
        begin = time.process_time()
        claims(release.paragraphs, release.statements, lambda ids=ids: f"p{next(ids)}")  # type: ignore[misc]
        middle = time.process_time()
        links = _links(release, rulebook)
        linking += time.process_time() - middle
        seconds += middle - begin
        prose += sum(len(paragraph.text) for paragraph in release.paragraphs)
        row, tied = counted[filed.group], {one.claim.figure.id: one.basis for one in links}
        row["documents"] += 1
        for claim in release.claims:
            basis = tied.get(claim.figure.id)
            said = claim.figure.period is not None and claim.figure.caption
            row[f"linked, by {basis}" if basis else "not linked" if said else "no claim"] += 1
        companies[filed.group] |= {filed.company} if links else set()
        raised += [f"{filed.company}, {filed.name[-40:]}: {alarm}" for alarm in alarms(release, rulebook)]
    for group, row in counted.items():
        mentions = sum(row[kind] for kind in _KINDS)
        shares = "; ".join(f"{kind} {row[kind]} ({100 * row[kind] / mentions:.1f} %)" for kind in _KINDS)
        print(
            f"{group}: {row['documents']} documents, {mentions} mentions, links in those of "
            f"{len(companies[group])} companies: {shares}"
        )
    print("  (no claim: the sentence names no quantity, or no period, or speaks of the future)")
    print(f"alarms: {len(raised)}")
    for line in raised:
        print(f"  {line}")
    print(
        f"reading prose: {1000 * seconds / (prose / 20_000):.1f} ms for 20 KB; linking: "
        f"{1000 * linking / (prose / 20_000):.1f} ms for 20 KB"
    )


# ---- a sample, and what was read in it -------------------------------------------------------------------------------


def show(seed: int, number: int, rulebook: Rulebook) -> None:
    """So many links drawn by the seed, in the order of the documents."""
    pool = [(filed, release, one) for filed, release in _documents() for one in _links(release, rulebook)]
    drawn = sorted(random.Random(seed).sample(range(len(pool)), min(number, len(pool))))
    print(f"seed {seed}: {len(drawn)} of {len(pool)} links, {len({pool[at][0].company for at in drawn})} companies")
    for number, at in enumerate(drawn, 1):
        filed, release, one = pool[at]
        print(f"{number} {filed.company} {filed.name[-40:]} {one.basis}\n{described(one, release)}")


def described(one: Link, release: Release) -> str:
    """A link as a person reads it: the sentence around the claim, how it was taken, and the figures it rests on with
    their lines."""
    claim = one.claim
    sentence, text = " ".join(claim.sentence.split()), " ".join(claim.figure.text.split())
    at = max(0, sentence.find(text))
    around = f"{sentence[max(0, at - 220) : at]}>>{text}<<{sentence[at + len(text) : at + len(text) + 110]}"
    stands = {
        figure.id: (statement, line)
        for statement in release.statements
        for line in statement.lines
        for figure in line.figures
        if figure is not None
    }
    rows = [
        (
            f"    {figure.text} | {' > '.join((*line.under[-1:], line.caption))} | {period_text(figure.period)} | "
            f"{statement.kind} {statement.title[:50]}"
        )
        for figure in one.figures
        for statement, line in (stands[figure.id],)
    ]
    how = (
        f"{claim.role}, {claim.figure.caption[:70]!r}, "
        f"{period_text(claim.figure.period)}{f' from {period_text(one.base)}' if one.base else ''}"
    )
    return "\n".join([f"  {around}", f"  {how}, {claim.figure.why[0]}", *rows])


def _labelled() -> None:
    if not _LABELLED.is_file():
        return
    lines = _LABELLED.read_text(encoding="utf-8").splitlines()
    read_, companies = (
        Counter(line.split()[1] for line in lines if line.startswith("@ ")),
        {line.split()[2] for line in lines if line.startswith("@ ")},
    )
    wrong, number = read_["wrong"], read_.total()
    low, high = between(wrong, number)
    drawn = next(line[2:] for line in lines if line.startswith("# drawn"))
    print(f"links read by a person ({drawn}): {wrong} of {number} wrong, of {len(companies)} companies;", end=" ")
    print(f"wrong between {100 * low:.2f} and {100 * high:.2f} % (95 %, Clopper and Pearson 1934)")


def between(part: int, whole: int) -> tuple[float, float]:
    """The exact interval of a share at 95 %: from where so many or more, to where so many or fewer, would be seen once
    in forty times."""
    return (_root(part, whole, 1) if part else 0.0), (_root(part, whole, -1) if part < whole else 1.0)


def _root(part: int, whole: int, side: int) -> float:
    low, high = Fraction(0), Fraction(1)
    for _ in range(40):
        middle = (low + high) / 2
        share = float(middle)
        seen = range(part, whole + 1) if side > 0 else range(part + 1)
        chance = sum(comb(whole, number) * share**number * (1 - share) ** (whole - number) for number in seen)
        if (chance < 0.025) == (side > 0):
            low = middle
        else:
            high = middle
    return float(low)


if __name__ == "__main__":
    main()
