"""Tags of filings: print against tags, planted errors of tagging, and the verdicts on calculations beside those of
Arelle.

    TIEOUT_CORPUS=FOLDER python -m benchmarks.xbrl [--differences] [--only print|planted|calculations] [--every N]

Print is read without its tags. Both batches have been worked on, so that no figure is unseen. Every error and warning
on the published filings was opened by hand (`tags.csv` says whose it is); notes, tags that claim more digits than print
shows, were not. Calculations are compared for every filing of the corpus that has an instance and a linkbase, as it is,
with amounts moved by a few units of their last place, and with duplicates rounded once more; where Arelle
(arelle-release) is not installed, they are only counted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve

from benchmarks.corpus import root, share
from benchmarks.extraction import content_of
from checker.bind.index import Lines
from checker.bind.lookup import Book
from checker.bind.prepared import prepared
from checker.bind.tags import calculation_checks, duplicate_checks, print_checks, tagged
from checker.bind.tags.calculations import Calculation, calculations
from checker.bind.tags.compared import Group, compared
from checker.core.fact import Fact, Tagging
from checker.core.finding import Finding
from checker.core.period import instant
from checker.core.release import Release
from checker.core.rule import Rule, Rulebook
from checker.core.unit import SHARES
from checker.evaluate import evaluate
from checker.extract import extract
from checker.language import load
from checker.read import read
from checker.read.typed import read_release

_TAGGED = b"inlineXBRL"
_OPENED = Path(__file__).with_name("tags.csv")
_PLANTED = (
    "sign",
    "scale up",
    "scale down",
    "context of another column",
    "two contexts exchanged",
    "another year's context",
    "unit",
)
_EACH = 4
"""Errors of each kind that are planted in one filing."""
_SEED = "tieout-xbrl-1"
_PAIRS = {
    "aapl-20100925.xml": "aapl-20101027",
    "aapl-20181229.xml": "aapl-20181229",
    "aapl-20230930_htm.xml": "aapl-20230930",
    "grve_10q_htm.xml": "grve-20251231",
    "mlac-20251231.xml": "mlac-20251231",
    "msft-20150630.xml": "msft-20150731",
    "nflx-20091231.xml": "nflx-20100222",
    "nflx-20241018_htm.xml": "nflx-20241018",
}
"""Instances of the corpus and the beginning of the name of their linkbases."""


def pages(folder: Path) -> Iterator[Path]:
    """The tagged pages of a batch."""
    for path in sorted((folder / "docs").rglob("*.htm*")):
        if path.is_file() and _TAGGED in content_of(path)[:400_000]:
            yield path


def release_of(path: Path) -> Release:
    """A page as read: its figures and its facts."""
    return extract(read(path.name.removesuffix(".gz"), content_of(path)))


def _rules(book: Rulebook) -> dict[str, Rule]:
    return {rule.id.rpartition("/")[2]: rule for rule in book.rules if rule.id.startswith("tags/")}


def judged(release: Release, book: Rulebook) -> tuple[Finding, ...]:
    """What is said of its tags against print and against each other."""
    rules, known = _rules(book), Book(Lines(release), book.once(prepared).names)
    return evaluate((*print_checks(rules["printed"], known), *duplicate_checks(rules["duplicates"], known)))


def _broken(found: Sequence[Finding]) -> list[Finding]:
    return [one for one in found if one.verdict == "violation"]


# ---- print against tags ----------------------------------------------------------------------------------------------


def of_print(paths: Sequence[Path], book: Rulebook, shown: bool) -> list[tuple[Path, Release]]:
    """One line over a batch; the releases, for errors to be planted in."""
    opened = (
        {
            (row["filing"], row["concept"], row["rule"]): row["whose"]
            for row in csv.DictReader(_OPENED.open(encoding="utf-8"))
        }
        if _OPENED.exists()
        else {}
    )
    total: Counter[str] = Counter()
    kept: list[tuple[Path, Release]] = []
    seconds = 0.0
    for path in paths:
        release = release_of(path)
        begun = time.process_time()
        counts, problems = tagged(release)
        broken = _broken(judged(release, book))
        seconds += time.process_time() - begun
        if counts is None:
            continue
        kept.append((path, release))
        total.update({name: getattr(counts, name) for name in ("facts", "tied", "agree", "doubtful", "hidden")})
        total.update(problem.code for problem in problems)
        total["with a difference"] += bool(broken)
        for one in broken:
            tag = next(figure for figure in one.check.figures if figure.origin == "tag")
            key = path.name.removesuffix(".gz"), tag.why[0].removeprefix("tag: "), one.check.rule.rpartition("/")[2]
            total[f"{one.severity}: {opened.get(key, 'not opened')}"] += 1
            if shown:
                print("  " + " | ".join((*key, str(one.severity), opened.get(key, "not opened"), one.message[:160])))
    print(
        f"{len(kept)} tagged pages, {total['facts']} facts, on figures that were read "
        f"{share(total['tied'], total['facts'])}"
    )
    print(
        f"  state what is printed {share(total['agree'], total['tied'])}, doubtful readings "
        f"{total['doubtful']}, hidden and not shown {total['hidden']}"
    )
    print(f"  pages whose scale (P110) or period (P111) was read otherwise: {total['P110']} and {total['P111']}")
    said = ", ".join(f"{name} {count}" for name, count in sorted(total.items()) if ":" in name)
    print(
        f"  differences told in {total['with a difference']} pages: {said or 'none'}; "
        f"{1000 * seconds / max(1, len(kept)):.0f} ms a page"
    )
    return kept


# ---- planted errors --------------------------------------------------------------------------------------------------


def planted(releases: Sequence[tuple[Path, Release]], book: Rulebook) -> None:
    """How many planted errors of tagging are told, by kind: the fact itself has to stand in a finding that was not
    there before."""
    found: dict[str, list[int]] = {kind: [0, 0] for kind in _PLANTED}
    for path, release in releases:
        source = random.Random(f"{_SEED}|{path.name}")
        before = {_said(one) for one in _broken(judged(release, book))}
        groups = [group for group in compared(release).groups if len(group.pairs) > 1]
        for kind in _PLANTED:
            for _ in range(_EACH):
                changed = _change(kind, groups, source)
                if not changed:
                    continue
                facts = tuple(changed.get(fact.id, fact) for fact in release.tags.facts)
                after = _broken(judged(evolve(release, tags=evolve(release.tags, facts=facts)), book))
                told = {figure.id for one in after if _said(one) not in before for figure in one.check.figures}
                found[kind][0] += bool(told & set(changed))
                found[kind][1] += 1
    for kind, (told_, all_) in found.items():
        print(f"  {kind:26} {share(told_, all_)}")


def _said(one: Finding) -> tuple[object, ...]:
    return one.check.rule, tuple(figure.id for figure in one.check.figures), one.message


def _change(kind: str, groups: Sequence[Group], source: random.Random) -> dict[str, Fact]:
    """One or two facts of a line of a table, as they should not be."""
    fitting = [
        group
        for group in groups
        if all(pair.fact.value for pair in group.pairs)
        and len({pair.fact.period for pair in group.pairs}) == len(group.pairs)
    ]
    if not fitting:
        return {}
    one, two = source.sample(source.choice(fitting).pairs, 2)
    fact, other = one.fact, two.fact
    assert fact.value is not None
    match kind:
        case "sign":
            return {fact.id: evolve(fact, value=-fact.value)}
        case "scale up" | "scale down":
            power = 3 if kind == "scale up" else -3
            return {fact.id: evolve(fact, value=fact.value * Decimal(10) ** power, scale=fact.scale + power)}
        case "context of another column":
            return {fact.id: evolve(fact, period=other.period)} if fact.value != other.value else {}
        case "two contexts exchanged":
            return (
                {fact.id: evolve(fact, period=other.period), other.id: evolve(other, period=fact.period)}
                if fact.value != other.value
                else {}
            )
        case "another year's context":
            period = fact.period
            if period is None or period.end is None:
                return {}
            end = period.end.replace(year=period.end.year - 5, day=min(period.end.day, 28))
            start = period.start and period.start.replace(year=period.start.year - 5, day=min(period.start.day, 28))
            return {
                fact.id: evolve(
                    fact,
                    period=instant(end, str(end))
                    if start is None
                    else evolve(period, start=start, end=end, text=f"{start} to {end}"),
                )
            }
        case _:
            return {fact.id: evolve(fact, unit=SHARES)} if fact.unit != SHARES else {}


# ---- calculations ----------------------------------------------------------------------------------------------------


def of_calculations(folder: Path, book: Rulebook) -> None:
    """Every filing with an instance and a linkbase, beside Arelle."""
    here = folder / "docs" / "b_xbrl"
    files = {path.name.removesuffix(".gz"): path for path in sorted(here.rglob("*")) if path.is_file()}
    peer = find_spec("arelle") is not None and find_spec("lxml") is not None
    total: Counter[str] = Counter()
    seconds = [0.0, 0.0]
    for name, stem in _PAIRS.items():
        if name in files and f"{stem}_cal.xml" in files:
            instance, linkbase = content_of(files[name]), content_of(files[f"{stem}_cal.xml"])
            for variant, content in (("as it is", instance), *_variants(name, instance)):
                line = _compared((name, variant), (content, linkbase), book, (peer, seconds, total))
                if variant == "as it is" or "unequal" in line:
                    print(f"  {line}")
    print(
        f"  {total['bound']} calculations bound, {total['broken']} broken, in {total['files']} instances; "
        f"unequal to the peer: {total['unequal']}"
    )
    if peer:
        print(
            f"  processor time for all: {seconds[0]:.1f} s, Arelle {seconds[1]:.1f} s (loading, without "
            f"taxonomies, and judging)"
        )


def _compared(
    names: tuple[str, str], contents: tuple[bytes, bytes], book: Rulebook, sums: tuple[bool, list[float], Counter[str]]
) -> str:
    peer, seconds, total = sums
    begun = time.process_time()
    bound, broken = _ours(contents, book)
    seconds[0] += time.process_time() - begun
    total.update({"bound": len(bound), "broken": len(broken), "files": 1})
    line = f"{names[0]:24} {names[1]:20} {len(bound):4} bound, {len(broken):3} broken"
    if not peer:
        return line
    from benchmarks.arelle import verdicts

    theirs = verdicts(*contents)
    seconds[1] += theirs.seconds
    unequal = len(bound ^ _local(theirs.bound)) + len(broken ^ _local(theirs.inconsistent))
    total["unequal"] += unequal
    return f"{line}, Arelle {len(theirs.bound):4} and {len(theirs.inconsistent):3}" + (
        f", unequal {unequal}" if unequal else ""
    )


def _local(keys: frozenset[tuple[str, str, tuple[object, ...]]]) -> set[tuple[object, ...]]:
    return {(role, concept.rpartition(":")[2], rest) for role, concept, rest in keys}


def _ours(contents: tuple[bytes, bytes], book: Rulebook) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """The calculations that are bound, and those that are broken; by role, concept and the rest of what its facts are
    facts of."""
    release = read_release("instance.xml", contents[0], {"filing_cal.xml": contents[1]})
    assert release is not None
    rule, known = _rules(book)["calculations"], Book(Lines(release), book.once(prepared).names)
    bound, broken = set(), set()
    for one in calculations(release.tags):
        if all(fact.nil for fact in one.total) or all(fact.nil for _, facts in one.items for fact in facts):
            continue
        key = one.network, one.total[0].concept.rpartition(":")[2], one.total[0].sort[1:]
        bound.add(key)
        alone = evolve(release, tags=_only(release.tags, one))
        if any(
            finding.verdict == "violation"
            for finding in evaluate(tuple(calculation_checks(rule, evolve(known, lines=Lines(alone)))))
        ):
            broken.add(key)
    return bound, broken


def _only(tagging: Tagging, one: Calculation) -> Tagging:
    """The facts of one calculation, and its arcs."""
    facts = (*one.total, *(fact for _, found in one.items for fact in found))
    concept = one.total[0].concept
    return evolve(
        tagging,
        facts=facts,
        contributions=tuple(arc for arc in tagging.contributions if (arc.network, arc.total) == (one.network, concept)),
    )


def _variants(name: str, instance: bytes) -> Iterator[tuple[str, bytes]]:
    """The instance with amounts moved by a few units of their last place, and with coarser duplicates."""
    if find_spec("lxml") is None:
        return
    from benchmarks.arelle import doubled, nudged

    yield "moved", nudged(instance, f"{_SEED}|{name}")
    yield "with duplicates", doubled(nudged(instance, f"{_SEED}|{name}"), f"{_SEED}|{name}")


def has_instance(folder: Path) -> tuple[int, int, int]:
    """How many submissions hold an instance or a linkbase, how many instances and how many linkbases lie beside each
    other."""
    inside = 0
    for path in sorted((folder / "docs").rglob("*.txt*")):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        inside += b"<TYPE>EX-101.INS" in body or b"<TYPE>EX-101.CAL" in body
    names = [path.name.removesuffix(".gz") for path in (folder / "docs").rglob("*") if path.is_file()]
    return (
        inside,
        sum(name in _PAIRS or name.endswith(".xbrl") for name in names),
        sum(name.endswith("_cal.xml") for name in names),
    )


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--differences", action="store_true", help="print every difference")
    options.add_argument("--only", choices=("print", "planted", "calculations"))
    options.add_argument("--every", type=int, default=1, help="every so many pages only")
    chosen = options.parse_args()
    corpus, book = root(), load([])
    if chosen.only != "calculations":
        for name, folder in (("first batch", corpus), ("second batch", corpus / "second")):
            print(f"{name}: ", end="")
            kept = of_print(
                [path for at, path in enumerate(pages(folder)) if at % chosen.every == 0], book, chosen.differences
            )
            if chosen.only != "print":
                print("  planted, told:")
                planted(kept, book)
    if chosen.only in (None, "calculations"):
        for name, folder in (("first batch", corpus), ("second batch", corpus / "second")):
            inside, instances, linkbases = has_instance(folder)
            print(
                f"{name}: {inside} submissions with an instance or a calculation linkbase inside, {instances} "
                f"instances and {linkbases} calculation linkbases"
            )
        of_calculations(corpus, book)


if __name__ == "__main__":
    main()
